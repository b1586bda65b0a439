//! The configuration for nginx that webmasters are given, run as it stands but
//! for its folders, port and hosts.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use journeys::{Browser, Outcome, Profile};
use thirtyfour::By;
use xtask::serving;
use xtask::tools::{NGINX, OPENSSL};
use xtask::workspace::Workspace;

/// An nginx that runs until this value is dropped.
struct Nginx {
    child: Child,
    folder: PathBuf,
    port: u16,
    scheme: &'static str,
}

/// A certificate for this machine that it has signed itself, and its key.
fn certificate(folder: &Path) -> Outcome<(PathBuf, PathBuf)> {
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    let made = Command::new(OPENSSL)
        .args(["req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"])
        .args(["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"])
        .args(["-addext", "subjectAltName=IP:127.0.0.1"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()?;
    if !made.status.success() {
        return Err(String::from_utf8_lossy(&made.stderr).into());
    }
    Ok((certificate, key))
}

impl Nginx {
    fn start() -> Outcome<Self> {
        Self::start_with(false)
    }

    fn start_with(encrypted: bool) -> Outcome<Self> {
        let workspace = Workspace::find()?;
        let folder = workspace
            .target()
            .join(format!("journeys/nginx-{}-{encrypted}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let port = serving::reserve(0)?.local_addr()?.port();
        let mut text = fs::read_to_string(workspace.root().join("examples/nginx.conf"))?
            .replace("/run/labor-brand-assessment", &folder.display().to_string())
            .replace(
                "/srv/labor-brand-assessment",
                &workspace.dist().display().to_string(),
            )
            .replace("127.0.0.1:8081", &format!("127.0.0.1:{port}"));
        if encrypted {
            let (certificate, key) = certificate(&folder)?;
            let plain = format!("listen 127.0.0.1:{port};");
            assert!(text.contains(&plain));
            let encrypted = format!(
                "listen 127.0.0.1:{port} ssl; ssl_certificate {}; ssl_certificate_key {};",
                certificate.display(),
                key.display()
            );
            text = text.replace(&plain, &encrypted);
        }
        // As root its workers would be nobody, who may not read a person's folders.
        let root = Command::new("id").arg("-u").output()?;
        if root.stdout.starts_with(b"0\n") {
            text.insert_str(0, "user root;\n");
        }
        let configuration = folder.join("nginx.conf");
        fs::write(&configuration, text)?;
        let child = Command::new(NGINX)
            .arg("-c")
            .arg(&configuration)
            .arg("-e")
            .arg(folder.join("error.log"))
            .args(["-g", "daemon off;"])
            .spawn()?;
        let nginx = Self {
            child,
            folder,
            port,
            scheme: if encrypted { "https" } else { "http" },
        };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if start.elapsed() > Duration::from_secs(10) {
                let log = fs::read_to_string(nginx.folder.join("error.log")).unwrap_or_default();
                return Err(format!("nginx does not answer: {log}").into());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(nginx)
    }

    fn url(&self) -> String {
        format!("{}://127.0.0.1:{}/lba/", self.scheme, self.port)
    }

    /// The head of the answer, in small letters.
    fn head(&self, path: &str) -> Outcome<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let text = String::from_utf8_lossy(&answer).to_lowercase();
        Ok(text.split("\r\n\r\n").next().unwrap_or_default().to_owned())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn the_page_works_on_nginx_with_right_types_caching_and_compression() -> Outcome {
    let nginx = Nginx::start()?;
    let assets = Workspace::find()?.dist().join("assets");
    for entry in fs::read_dir(assets)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let kind = match name.rsplit('.').next() {
            Some("wasm") => "application/wasm",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("json") => "application/json; charset=utf-8",
            _ => continue,
        };
        let head = nginx.head(&format!("/lba/assets/{name}"))?;
        assert!(head.contains(&format!("content-type: {kind}")), "{name}: {head}");
        assert!(
            head.contains("content-encoding: gzip") && head.contains("immutable"),
            "{name}: {head}"
        );
        assert!(
            head.contains("content-security-policy: default-src 'none'")
                && head.contains("access-control-allow-origin: *"),
            "{name}: {head}"
        );
    }
    let page = nginx.head("/lba/")?;
    assert!(
        page.starts_with("http/1.1 200") && page.contains("cache-control: no-cache"),
        "{page}"
    );
    let moved = nginx.head("/lba")?;
    assert!(
        moved.starts_with("http/1.1 308") && moved.contains("/lba/"),
        "{moved}"
    );

    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.goto(nginx.url()).await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    assert_ne!(browser.find(By::Css("[data-total]")).await?.text().await?, "");
    browser.close().await
}

#[tokio::test]
async fn the_page_works_over_https() -> Outcome {
    let nginx = Nginx::start_with(true)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.goto(nginx.url()).await?;
    browser
        .find_soon("#labor-brand-assessment[data-mounted='wasm']")
        .await?;
    let secure = browser
        .execute("return isSecureContext && location.protocol", Vec::new())
        .await?;
    assert_eq!(secure.json().as_str(), Some("https:"));
    browser.click("a[data-step='review']").await?;
    browser
        .find_soon("[data-action='export-json']")
        .await?
        .click()
        .await?;
    profile.downloaded(".json").await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}
