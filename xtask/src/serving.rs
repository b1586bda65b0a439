//! A server for the built page, as strict as the strictest host: every day of
//! development, and every test, happens under its security policy.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::thread::JoinHandle;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tokio::sync::oneshot;
use tower_http::services::ServeDir;

use crate::build::targets::SINGLE_FILE;
use crate::failure::{Failure, Result};

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

/// Takes a port on 127.0.0.1, until the listener is dropped; 0 takes any free one.
///
/// # Errors
/// When the port is taken or not allowed.
pub fn reserve(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::AddrInUse => "is taken".to_owned(),
            _ => format!("cannot be used ({error})"),
        };
        Failure::new(format!("port {port} {reason}: choose another one with --port"))
    })
}

/// The page in a folder as it is served: compressed where a twin is there, with
/// the types and the caching of docs/网站接入说明.md, and under a security policy;
/// an empty one is not sent. The page as one file carries its own.
///
/// # Errors
/// When the folder holds no built page, or the policy is not one line of plain characters.
pub fn site(folder: &Path, csp: &str) -> Result<Router> {
    if !folder.join("index.html").is_file() {
        return Err(Failure::new(format!(
            "{} holds no built page: run `cargo xtask build`",
            folder.display()
        )));
    }
    let csp = match csp {
        "" => None,
        policy => Some(HeaderValue::from_str(policy).map_err(|_| {
            Failure::new("a Content-Security-Policy must be one line of plain characters: correct it")
        })?),
    };
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    let with_headers = from_fn(move |request: Request, next: Next| {
        let csp = csp.clone();
        async move {
            let path = request.uri().path().to_owned();
            let mut response = next.run(request).await;
            add_headers(&mut response, &path, csp);
            response
        }
    });
    Ok(Router::new().fallback_service(files).layer(with_headers))
}

fn add_headers(response: &mut Response, path: &str, csp: Option<HeaderValue>) {
    let is_kept_for_ever = path.contains("/assets/") && response.status().is_success();
    let headers = response.headers_mut();
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, REFERRER_POLICY, "no-referrer");
    // Public files, which pages of other hosts and sandboxed frames may read as well.
    set(headers, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    let caching = if is_kept_for_ever {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    set(headers, CACHE_CONTROL, caching);
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_text = |kind: &&str| kind.starts_with("text/") || kind.starts_with("application/json");
    if let Some(kind) = kind.filter(|kind| !kind.contains("charset")).filter(is_text)
        && let Ok(kind) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(CONTENT_TYPE, kind);
    }
    if let Some(csp) = csp {
        let own = HeaderValue::from_static("frame-ancestors 'self'");
        let is_single = path.ends_with(SINGLE_FILE);
        headers.insert(CONTENT_SECURITY_POLICY, if is_single { own } else { csp });
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// A server that runs until this value is dropped.
#[derive(Debug)]
pub struct RunningServer {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl RunningServer {
    /// Serves a site at a port that was taken, on a thread of its own, so that a
    /// test that blocks does not block it. It answers when this function returns.
    ///
    /// # Errors
    /// When the system gives no thread or socket.
    pub fn start(listener: TcpListener, site: Router) -> Result<Self> {
        let failed = |error: std::io::Error| Failure::new(format!("the server cannot start: {error}"));
        let address = listener.local_addr().map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .map_err(failed)?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
                    return;
                };
                // Connections that a browser keeps open end with the runtime.
                tokio::select! {
                    _ = axum::serve(listener, site) => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::path::PathBuf;

    fn ask(server: &RunningServer, request: &str) -> String {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        let request = format!("{request}\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A folder with a page, which is gone when this is.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("xtask-serving-{name}-{}", std::process::id()));
            std::fs::create_dir_all(folder.join("dist/assets")).unwrap();
            std::fs::write(folder.join("secret.txt"), "secret").unwrap();
            std::fs::write(folder.join("dist/index.html"), "<p>page").unwrap();
            std::fs::write(folder.join("dist/a.js"), "script").unwrap();
            std::fs::write(folder.join("dist/assets/a-1.wasm"), "raw").unwrap();
            std::fs::write(folder.join("dist/assets/a-1.wasm.br"), "small").unwrap();
            Self(folder)
        }

        fn serve(&self) -> RunningServer {
            let site = site(&self.0.join("dist"), STRICT_CSP).unwrap();
            RunningServer::start(reserve(0).unwrap(), site).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn every_answer_carries_the_policy() {
        let folder = Folder::new("headers");
        let server = folder.serve();
        let page = ask(&server, "GET /?x=1 HTTP/1.1");
        let missing = ask(&server, "GET /nothing HTTP/1.1");
        let refused = ask(&server, "POST / HTTP/1.1\r\nContent-Length: 0");
        assert!(
            page.starts_with("HTTP/1.1 200") && page.ends_with("<p>page"),
            "{page}"
        );
        assert!(page.contains("content-type: text/html; charset=utf-8"), "{page}");
        assert!(missing.starts_with("HTTP/1.1 404"), "{missing}");
        assert!(refused.starts_with("HTTP/1.1 405"), "{refused}");
        for answer in [page, missing, refused] {
            assert!(answer.contains(STRICT_CSP), "{answer}");
            assert!(answer.contains("x-content-type-options: nosniff"), "{answer}");
            assert!(answer.contains("access-control-allow-origin: *"), "{answer}");
        }
        let script = ask(&server, "GET /a.js HTTP/1.1");
        assert!(
            script.contains("content-type: text/javascript; charset=utf-8"),
            "{script}"
        );
        assert!(script.contains("cache-control: no-cache"), "{script}");
    }

    #[test]
    fn a_compressed_twin_is_sent_to_whoever_takes_it() {
        let folder = Folder::new("twins");
        let server = folder.serve();
        let small = ask(
            &server,
            "GET /assets/a-1.wasm HTTP/1.1\r\nAccept-Encoding: gzip, br",
        );
        assert!(
            small.contains("content-encoding: br") && small.ends_with("small"),
            "{small}"
        );
        assert!(
            small.contains("content-type: application/wasm") && small.contains("immutable"),
            "{small}"
        );
        let raw = ask(
            &server,
            "GET /assets/a-1.wasm HTTP/1.1\r\nAccept-Encoding: br;q=0",
        );
        assert!(raw.ends_with("raw") && !raw.contains("content-encoding"), "{raw}");
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let folder = Folder::new("outside");
        let server = folder.serve();
        for path in [
            "/../secret.txt",
            "/assets/../../secret.txt",
            "/%2e%2e/secret.txt",
            "//secret.txt",
        ] {
            let answer = ask(&server, &format!("GET {path} HTTP/1.1"));
            assert!(
                !answer.ends_with("secret") && !answer.contains(" 200 "),
                "{answer}"
            );
        }
    }

    #[test]
    fn a_taken_port_is_shown_with_the_fix() {
        let folder = Folder::new("port");
        let server = folder.serve();
        let failure = reserve(server.address().port()).unwrap_err().to_string();
        assert!(
            failure.contains("is taken: choose another one with --port"),
            "{failure}"
        );
    }

    #[test]
    fn a_folder_without_a_page_is_refused() {
        let failure = site(&std::env::temp_dir().join("no page here"), STRICT_CSP).unwrap_err();
        assert!(failure.to_string().contains("cargo xtask build"));
    }
}
