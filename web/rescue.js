// After the page has stopped: offers what was kept last as a file, and a
// reload. Nothing of the module is used, as it may be half way through a
// change. It comes with the glue, as the network may be gone by then.
(() => {
  const NAME = "labor-brand-assessment";
  const SENTENCES = {{sentences}};

  const sum = (text) => {
    let crc = -1;
    for (const byte of new TextEncoder().encode(text)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ 0xEDB88320 & -(crc & 1);
    }
    return (~crc >>> 0).toString(16).padStart(8, "0");
  };

  // As src/desk/record.rs writes it; what is not whole is none.
  const read = (text) => {
    try {
      const at = text.indexOf("\n");
      const [kind, version, crc] = text.split(" ", 3);
      const line = text.slice([kind, version, crc, ""].join(" ").length, at);
      const body = text.slice(at + 1);
      const stamp = JSON.parse(line);
      if (kind !== "case" || version !== "2" || sum(line) !== crc || sum(body) !== stamp.sum) return null;
      return { revision: stamp.version.revision, time: stamp.at, members: JSON.parse(body) };
    } catch (_) {
      return null;
    }
  };

  const newest = (texts) => texts.map(read).filter(Boolean).sort((a, b) => b.revision - a.revision)[0];

  const part = (name) => name.replace(/%/g, "%25").replace(/\//g, "%2F");

  // As src/browser/public_mark.rs marks the tab.
  const isPublic = (settings) => {
    try {
      return sessionStorage["public-machine/" + NAME + "/" + part(settings["storage-key"]) + "/head"] !== undefined;
    } catch (_) {
      return false;
    }
  };

  // As src/desk opens it: what a window has noted, or what the store has.
  const draft = async (root, settings, desk) => {
    const prefix = "labor-brand-desk/" + part(settings["storage-key"]) + "/";
    const own = part(root.getAttribute("data-open-case") || "");
    const inTab = settings.storage === "session";
    const area = inTab ? sessionStorage : localStorage;
    const noted = Object.keys(area).filter((key) => key.startsWith(prefix + "case/" + own + "/"));
    let found = [];
    const take = (pairs) => {
      found = pairs;
      return [];
    };
    if (!inTab) await desk(prefix, false, ["case/" + own], ["history/" + own + "/"], [], take).catch(() => {});
    const isRecord = ([key]) => key.startsWith("case/");
    const texts = (pairs) => pairs.map(([, text]) => text);
    return newest(texts(found.filter(isRecord)).concat(noted.map((key) => area[key]))) || newest(texts(found));
  };

  // As src/documents/case_file.rs writes it; what it does not know of a file goes along.
  const file = ({ time, members: { page = {}, ...members } }) => JSON.stringify({
    ...page.file,
    format: NAME,
    format_version: 1,
    policy: { id: page.policy, version: "", sha256: "" },
    saved_at: new Date(time).toISOString(),
    case: members,
  }, null, 2) + "\n";

  const button = (notice, name, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.setAttribute("data-action", name);
    made.onclick = act;
    notice.appendChild(made);
  };

  // `wechat` gives what shows files in a browser that downloads none.
  return async ({ root, settings }, desk, wechat) => {
    const says = SENTENCES[root.lang];
    const notice = root.parentNode.querySelector("#lba-rescue");
    button(notice, "reload", says.reload, () => location.reload());
    if (isPublic(settings)) {
      // What is kept is another window's. Who comes next finds nothing, also where the browser keeps the page to come back to.
      addEventListener("pagehide", () => {
        for (const shown of root.parentNode.querySelectorAll("[data-outside=file]")) shown.remove();
        root.textContent = "";
      });
      return;
    }
    const state = settings.storage !== "none" && await draft(root, settings, desk).catch(() => null);
    if (!state) return;
    const label = says.download.split("{time}").join(new Date(state.time).toLocaleString("zh-CN"));
    button(notice, "rescue-draft", label, () => {
      if (wechat) {
        wechat.then((outside) => outside.show(root, { name: says.file + ".json", mime: "application/json", text: file(state) }));
        return;
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([file(state)], { type: "application/json" }));
      link.download = says.file + ".json";
      link.click();
    });
  };
})()
