//! The two pages that are written: the pictures by view, and the wording by place.

use std::fmt::Write as _;

use xtask::words::texts::PlacedText;

use super::{Shot, State, View};

/// What both pages look like.
const STYLE: &str = "body { font: 15px/1.5 sans-serif; margin: 24px; color: #222; background: #eee; } \
    nav { columns: 4; margin-block: 16px; } nav a { display: block; } \
    section { margin-block: 40px; } h2, h3 { margin-block: 8px; } \
    .shots { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; } \
    figure { margin: 0; background: #fff; padding: 8px; width: 300px; } \
    figure a { display: block; max-height: 640px; overflow: hidden; } figure img { width: 100%; display: block; } \
    figcaption { font-weight: bold; } figcaption ul { font: 12px/1.4 monospace; color: #a00; padding-left: 16px; } \
    table { border-collapse: collapse; background: #fff; width: 100%; } \
    td { border: 1px solid #ccc; padding: 4px 8px; vertical-align: top; } td:first-child { font: 12px/1.8 monospace; width: 30%; }";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn whole(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><h1>{title}</h1>\n{body}</body></html>\n"
    )
}

/// The pictures, view by view and state by state; a press on one shows it whole.
pub fn sheet(shots: &[Shot]) -> String {
    let mut body = String::from("<p><a href=\"wording.html\">All wording by place</a></p>\n<nav>");
    let views: Vec<&View> = View::ALL
        .iter()
        .filter(|view| shots.iter().any(|shot| shot.view.id == view.id))
        .collect();
    for view in &views {
        let _ = write!(body, "<a href=\"#{}\">{}</a>", view.id, escaped(view.name));
    }
    body.push_str("</nav>\n");
    for view in views {
        let _ = writeln!(
            body,
            "<section id=\"{}\"><h2>{} <small>{}</small></h2>",
            view.id,
            escaped(view.name),
            view.id
        );
        for state in State::ALL {
            let here: Vec<&Shot> = shots
                .iter()
                .filter(|shot| shot.view.id == view.id && shot.state == state)
                .collect();
            if here.is_empty() {
                continue;
            }
            let _ = writeln!(body, "<h3>{} · {}</h3><div class=\"shots\">", view.id, state.id());
            for shot in here {
                body.push_str(&figure(shot));
            }
            body.push_str("</div>\n");
        }
        body.push_str("</section>\n");
    }
    whole("All screens", &body)
}

fn figure(shot: &Shot) -> String {
    let faults: String = shot
        .faults
        .iter()
        .map(|fault| format!("<li>{}</li>", escaped(fault)))
        .collect();
    let pictures: String = shot
        .files
        .iter()
        .map(|file| format!("<a href=\"{file}\"><img loading=\"lazy\" src=\"{file}\" alt=\"\"></a>"))
        .collect();
    let list = if faults.is_empty() {
        faults
    } else {
        format!("<ul>{faults}</ul>")
    };
    format!(
        "<figure><figcaption>{} · {} px · {}{list}</figcaption>{pictures}</figure>\n",
        shot.state.id(),
        shot.width,
        shot.look
    )
}

/// Every text under the file and the key where it stands.
pub fn wording(texts: &[PlacedText]) -> String {
    let mut files: Vec<&str> = texts.iter().map(|text| text.file.as_str()).collect();
    files.dedup();
    let mut body = String::from("<p><a href=\"index.html\">All screens</a></p>\n<nav>");
    for file in &files {
        let _ = write!(body, "<a href=\"#{file}\">{file}</a>");
    }
    body.push_str("</nav>\n");
    for file in files {
        let _ = writeln!(body, "<section id=\"{file}\"><h2>{file}</h2><table>");
        for text in texts.iter().filter(|text| text.file == file) {
            let _ = writeln!(
                body,
                "<tr><td>{}</td><td>{}</td></tr>",
                escaped(&text.key),
                escaped(&text.words)
            );
        }
        body.push_str("</table></section>\n");
    }
    whole("All wording by place", &body)
}
