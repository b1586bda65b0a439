//! A server for the built page, as strict as the strictest host: every day of
//! development, and every test, happens under its security policy.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONTENT_ENCODING,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, REFERRER_POLICY,
    VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::failure::{Failure, Result};
use crate::ways::SINGLE_FILE;

/// The security policy that the page is made for.
pub const STRICT_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'self'";

/// The security policy with other hosts that may frame the page, in the words
/// of `frame-ancestors`: `https://www.example.gov.cn`, several with spaces between.
///
/// # Errors
/// When they hold what would begin another directive.
pub fn csp_with_framing_hosts(hosts: &str) -> Result<String> {
    if hosts.contains([';', ',']) || hosts.trim().is_empty() || hosts.chars().any(char::is_control) {
        return Err(Failure::new(
            "--frame-ancestors takes hosts with spaces between, as \"https://www.example.gov.cn\": correct it",
        ));
    }
    let own = "frame-ancestors 'self'";
    Ok(STRICT_CSP.replace(own, &format!("{own} {}", hosts.trim())))
}

/// More than any request of the page could carry, in bytes.
const BODY_LIMIT: usize = 64 << 20;

/// What is served, and how.
#[derive(Debug, Clone, Default)]
pub struct ServeOptions {
    /// The folder of the built page.
    pub dist: PathBuf,
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The Content-Security-Policy; `None` stands for [`STRICT_CSP`], and an
    /// empty one is not sent. The page as one file carries its own.
    pub csp: Option<String>,
    /// The path that the page stands under, as `tools/brand`; `None` for the root.
    pub sub_path: Option<String>,
    /// The type that WebAssembly is sent as, where it shall be a wrong one, as
    /// on servers that do not know the ending.
    pub wasm_type: Option<&'static str>,
}

/// One request that the server was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// The method, as `GET`.
    pub method: String,
    /// The path, as `/index.html`.
    pub path: String,
    /// What stands behind the question mark, if there is one.
    pub query: Option<String>,
    /// The length of the body in bytes.
    pub body_bytes: usize,
}

/// A server that runs until this value is dropped.
#[derive(Debug)]
pub struct RunningServer {
    address: SocketAddr,
    base: String,
    requests: Arc<Mutex<Vec<RequestRecord>>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl RunningServer {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the page, which ends in a slash.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// All requests so far, oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Waits for as long as the server runs.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A server that ended in a panic has ended all the same.
            let _ = thread.join();
        }
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Starts a server on a thread of its own, so that a test that blocks does not
/// block it. It answers when this function returns.
///
/// # Errors
/// When the page was not built, or the port is taken or not allowed.
pub fn start(options: ServeOptions) -> Result<RunningServer> {
    if !options.dist.join("index.html").is_file() {
        return Err(Failure::new(format!(
            "{} holds no built page: run `cargo xtask build`",
            options.dist.display()
        )));
    }
    let listener = reserve(options.port)?;
    let failed = |error: std::io::Error| Failure::new(format!("the server cannot start: {error}"));
    let address = listener.local_addr().map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(failed)?;

    let base = base(options.sub_path.as_deref());
    let requests = Arc::default();
    let csp = match options.csp.as_deref().unwrap_or(STRICT_CSP) {
        "" => None,
        policy => Some(HeaderValue::from_str(policy).map_err(|_| {
            Failure::new("a Content-Security-Policy must be one line of plain characters: correct it")
        })?),
    };
    let site = Arc::new(Site {
        dist: options.dist,
        base: base.clone(),
        csp,
        wasm_type: options.wasm_type,
        requests: Arc::clone(&requests),
    });
    let (stop, stopped) = oneshot::channel();
    let thread = std::thread::spawn(move || {
        runtime.block_on(async {
            let router = Router::new().fallback(respond).with_state(site);
            let Ok(listener) = TcpListener::from_std(listener) else {
                return;
            };
            // Connections that a browser keeps open end with the runtime.
            tokio::select! {
                _ = axum::serve(listener, router) => {}
                _ = stopped => {}
            }
        });
    });
    Ok(RunningServer {
        address,
        base,
        requests,
        stop: Some(stop),
        thread: Some(thread),
    })
}

/// Takes a port on 127.0.0.1, until the listener is dropped; 0 takes any free one.
///
/// # Errors
/// When the port is taken or not allowed.
pub fn reserve(port: u16) -> Result<std::net::TcpListener> {
    std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::AddrInUse => "is taken".to_owned(),
            _ => format!("cannot be used ({error})"),
        };
        Failure::new(format!("port {port} {reason}: choose another one with --port"))
    })
}

struct Site {
    dist: PathBuf,
    /// The path of the page, with a slash at both ends.
    base: String,
    csp: Option<HeaderValue>,
    wasm_type: Option<&'static str>,
    requests: Arc<Mutex<Vec<RequestRecord>>>,
}

async fn respond(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body_bytes = to_bytes(body, BODY_LIMIT)
        .await
        .map_or(BODY_LIMIT, |body| body.len());
    let path = parts.uri.path();
    let is_single = path.ends_with(SINGLE_FILE);
    site.requests
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(RequestRecord {
            method: parts.method.to_string(),
            path: path.to_owned(),
            query: parts.uri.query().map(str::to_owned),
            body_bytes,
        });
    let mut response = if matches!(parts.method, Method::GET | Method::HEAD) {
        site.answer(path, &parts.headers).await
    } else {
        let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "method not allowed\n");
        refusal
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        refusal
    };
    let headers = response.headers_mut();
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, REFERRER_POLICY, "no-referrer");
    // Public files, which pages of other hosts and sandboxed frames may read as well.
    set(headers, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if let Some(csp) = &site.csp {
        let own = HeaderValue::from_static("frame-ancestors 'self'");
        headers.insert(CONTENT_SECURITY_POLICY, if is_single { own } else { csp.clone() });
    }
    response
}

impl Site {
    async fn answer(&self, path: &str, asked: &HeaderMap) -> Response {
        if path.strip_suffix('/') != Some(path) && format!("{path}/") == self.base {
            let mut response = plain(StatusCode::PERMANENT_REDIRECT, "moved\n");
            if let Ok(location) = HeaderValue::from_str(&self.base) {
                response.headers_mut().insert(LOCATION, location);
            }
            return response;
        }
        let file = path.strip_prefix(self.base.as_str()).and_then(file_name);
        let Some(file) = file else {
            return plain(StatusCode::NOT_FOUND, "not found\n");
        };
        let accepted = asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        for (encoding, suffix) in encodings(accepted.unwrap_or_default()) {
            let twin = self.dist.join(format!("{file}{suffix}"));
            let Ok(bytes) = tokio::fs::read(twin).await else {
                continue;
            };
            let mut response = Response::new(Body::from(bytes));
            let headers = response.headers_mut();
            let wrong = self.wasm_type.filter(|_| file.ends_with(".wasm"));
            set(headers, CONTENT_TYPE, wrong.unwrap_or_else(|| mime_type(&file)));
            set(headers, CACHE_CONTROL, cache_control(&file));
            set(headers, VARY, "accept-encoding");
            if let Some(encoding) = encoding {
                set(headers, CONTENT_ENCODING, encoding);
            }
            return response;
        }
        plain(StatusCode::NOT_FOUND, "not found\n")
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    set(response.headers_mut(), CONTENT_TYPE, "text/plain; charset=utf-8");
    set(response.headers_mut(), CACHE_CONTROL, "no-cache");
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// The path of the page with a slash at both ends.
fn base(sub_path: Option<&str>) -> String {
    match sub_path.map(|path| path.trim_matches('/')) {
        None | Some("") => "/".to_owned(),
        Some(path) => format!("/{path}/"),
    }
}

/// The file in `dist/` that an address names, if it may name one: no part of
/// it may lead upwards or be hidden. Our names need no escapes, so that an
/// escaped dot is only an odd name that no file has.
fn file_name(path: &str) -> Option<String> {
    let path = match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if path.is_empty() => "index.html".to_owned(),
        None => path.to_owned(),
    };
    let safe = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    path.split('/').all(safe).then_some(path)
}

/// How a file may be sent to someone who accepts these encodings, best first:
/// the name of the encoding and the suffix of the file that holds it.
fn encodings(accepted: &str) -> Vec<(Option<&'static str>, &'static str)> {
    let takes = |wanted: &str| {
        let weight = |name: &str| {
            accepted.split(',').find_map(|entry| {
                let (coding, parameters) = entry.split_once(';').unwrap_or((entry, ""));
                let weight = parameters.trim().strip_prefix("q=").unwrap_or("1");
                coding
                    .trim()
                    .eq_ignore_ascii_case(name)
                    .then(|| weight.parse().unwrap_or(0.0))
            })
        };
        weight(wanted).or_else(|| weight("*")).unwrap_or(0.0) > 0.0
    };
    [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(name, _)| takes(name))
        .map(|(name, suffix)| (Some(name), suffix))
        .chain([(None, "")])
        .collect()
}

fn cache_control(file: &str) -> &'static str {
    if file.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn mime_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    fn ask(server: &RunningServer, request: &str) -> String {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        let request = format!("{request}\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-serving-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("dist/assets")).unwrap();
        std::fs::write(folder.join("secret.txt"), "secret").unwrap();
        std::fs::write(folder.join("dist/index.html"), "<p>page").unwrap();
        std::fs::write(folder.join("dist/assets/a-1.wasm"), "raw").unwrap();
        std::fs::write(folder.join("dist/assets/a-1.wasm.br"), "small").unwrap();
        folder
    }

    fn serve(folder: &std::path::Path, sub_path: Option<&str>) -> RunningServer {
        start(ServeOptions {
            dist: folder.join("dist"),
            sub_path: sub_path.map(str::to_owned),
            ..ServeOptions::default()
        })
        .unwrap()
    }

    #[test]
    fn every_answer_carries_the_policy_and_every_request_is_recorded() {
        let folder = folder("headers");
        let server = serve(&folder, None);
        let page = ask(&server, "GET /?x=1 HTTP/1.1");
        let missing = ask(&server, "GET /nothing HTTP/1.1");
        let refused = ask(&server, "POST / HTTP/1.1\r\nContent-Length: 0");
        assert!(
            page.starts_with("HTTP/1.1 200") && page.ends_with("<p>page"),
            "{page}"
        );
        assert!(missing.starts_with("HTTP/1.1 404"), "{missing}");
        assert!(refused.starts_with("HTTP/1.1 405"), "{refused}");
        for answer in [page, missing, refused] {
            assert!(answer.contains(STRICT_CSP), "{answer}");
            assert!(answer.contains("x-content-type-options: nosniff"), "{answer}");
            assert!(answer.contains("access-control-allow-origin: *"), "{answer}");
        }
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        assert_eq!(requests[0].query.as_deref(), Some("x=1"));
        drop(server);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_compressed_twin_is_sent_to_whoever_takes_it() {
        let folder = folder("twins");
        let server = serve(&folder, None);
        let small = ask(
            &server,
            "GET /assets/a-1.wasm HTTP/1.1\r\nAccept-Encoding: gzip, br",
        );
        assert!(small.contains("content-encoding: br") && small.ends_with("small"));
        assert!(small.contains("content-type: application/wasm") && small.contains("immutable"));
        let raw = ask(
            &server,
            "GET /assets/a-1.wasm HTTP/1.1\r\nAccept-Encoding: br;q=0",
        );
        assert!(raw.ends_with("raw") && !raw.contains("content-encoding"));
        drop(server);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let folder = folder("outside");
        let server = serve(&folder, None);
        for path in [
            "/../secret.txt",
            "/assets/../../secret.txt",
            "/%2e%2e/secret.txt",
            "//secret.txt",
        ] {
            let answer = ask(&server, &format!("GET {path} HTTP/1.1"));
            assert!(
                !answer.contains("secret\n") && !answer.contains(" 200 "),
                "{answer}"
            );
        }
        drop(server);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_sub_path_holds_the_whole_page() {
        let folder = folder("sub-path");
        let server = serve(&folder, Some("tools/brand"));
        assert!(server.url().ends_with("/tools/brand/"));
        assert!(ask(&server, "GET /tools/brand/ HTTP/1.1").ends_with("<p>page"));
        let moved = ask(&server, "GET /tools/brand HTTP/1.1");
        assert!(moved.contains("location: /tools/brand/"), "{moved}");
        assert!(ask(&server, "GET / HTTP/1.1").starts_with("HTTP/1.1 404"));
        drop(server);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_taken_port_is_told_with_the_mend() {
        let folder = folder("port");
        let server = serve(&folder, None);
        let failure = start(ServeOptions {
            dist: folder.join("dist"),
            port: server.address().port(),
            ..ServeOptions::default()
        })
        .unwrap_err();
        assert!(
            failure
                .to_string()
                .contains("is taken: choose another one with --port")
        );
        drop(server);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_best_encoding_comes_first_and_a_weight_of_zero_forbids() {
        let names =
            |accepted| -> Vec<&str> { encodings(accepted).iter().map(|(_, suffix)| *suffix).collect() };
        assert_eq!(names("gzip, deflate, br"), [".br", ".gz", ""]);
        assert_eq!(names("br;q=0, gzip;q=0.5"), [".gz", ""]);
        assert_eq!(names("*"), [".br", ".gz", ""]);
        assert_eq!(names(""), [""]);
    }

    #[test]
    fn types_are_those_that_browsers_ask_for() {
        assert_eq!(mime_type("assets/a-1.wasm"), "application/wasm");
        assert_eq!(mime_type("a.js"), "text/javascript; charset=utf-8");
        assert_eq!(mime_type("a"), "application/octet-stream");
    }
}
