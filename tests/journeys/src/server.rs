//! The server of xtask with what only tests want of one: it records what it was
//! asked, the page may be under a path, and WebAssembly may have a wrong type.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::{Redirect, Response};
use axum::routing::any;
use xtask::serving::{self, STRICT_CSP};

use crate::Outcome;

/// More than any request of the page could carry, in bytes.
const BODY_LIMIT: usize = 64 << 20;

/// What is served, and how.
#[derive(Debug, Clone, Default)]
pub struct ServeOptions {
    /// The folder of the built page.
    pub dist: PathBuf,
    /// The Content-Security-Policy; `None` stands for [`STRICT_CSP`], and an
    /// empty one is not sent. The page as one file carries its own.
    pub csp: Option<String>,
    /// The path that the page is under, as `tools/brand`; `None` for the root.
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
    /// What is behind the question mark, if there is one.
    pub query: Option<String>,
    /// The length of the body in bytes.
    pub body_bytes: usize,
}

/// A server that runs until this value is dropped.
#[derive(Debug)]
pub struct RunningServer {
    server: serving::RunningServer,
    base: String,
    requests: Arc<Mutex<Vec<RequestRecord>>>,
}

impl RunningServer {
    /// Starts a server at a free port.
    ///
    /// # Errors
    /// When the page was not built, or no port is free.
    pub fn start(options: ServeOptions) -> Outcome<Self> {
        let csp = options.csp.as_deref().unwrap_or(STRICT_CSP);
        let site = serving::site(&options.dist, csp)?;
        let (base, site) = match options.sub_path {
            None => ("/".to_owned(), site),
            Some(path) => {
                let folder = format!("/{path}");
                let base = format!("{folder}/");
                let moved = base.clone();
                let site = Router::new()
                    .nest_service(&base, site)
                    .route(&folder, any(move || async move { Redirect::permanent(&moved) }));
                (base, site)
            }
        };
        let requests = Arc::default();
        let record = Arc::clone(&requests);
        let wasm_type = options.wasm_type;
        let site = site.layer(from_fn(move |request: Request, next: Next| {
            watched(request, next, Arc::clone(&record), wasm_type)
        }));
        Ok(Self {
            server: serving::RunningServer::start(serving::reserve(0)?, site)?,
            base,
            requests,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The address of the page, which ends in a slash.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address(), self.base)
    }

    /// All requests so far, oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Answers a request, and records it.
async fn watched(
    request: Request,
    next: Next,
    requests: Arc<Mutex<Vec<RequestRecord>>>,
    wasm_type: Option<&'static str>,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT).await;
    let path = parts.uri.path().to_owned();
    requests
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(RequestRecord {
            method: parts.method.to_string(),
            path: path.clone(),
            query: parts.uri.query().map(str::to_owned),
            body_bytes: body.as_ref().map_or(BODY_LIMIT, |body| body.len()),
        });
    let body = Body::from(body.unwrap_or_default());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(wrong) = wasm_type.filter(|_| path.ends_with(".wasm")) {
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(wrong));
    }
    response
}
