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

  // As src/documents/record.rs writes it; what is not whole is none.
  const read = (kind, text) => {
    try {
      const at = text.indexOf("\n");
      const head = text.slice(0, at);
      const body = text.slice(at + 1);
      const [of, version, revision, writer, time, crc] = head.split(" ");
      if (of !== kind || version !== "1" || sum(head.slice(0, -8) + body) !== crc) return null;
      return { head, revision: +revision, writer, time: +time, members: JSON.parse(body) };
    } catch (_) {
      return null;
    }
  };

  const newest = (states) => states.filter(Boolean).sort((a, b) => b.revision - a.revision)[0];

  const revision = (head) => +head.split(" ")[2] || 0;

  // Whether a change is what came next after a record.
  const follows = ({ writer, revision: at, members: { base } }, state) => state
    ? base === state.head || writer === state.writer && at > state.revision && revision(base) <= state.revision
    : !base;

  const escaped = ({ "storage-key": name }) => name.replace(/%/g, "%25").replace(/\//g, "%2F");

  // As src/browser/public_mark.rs marks the tab.
  const isPublic = (settings) => {
    try {
      return sessionStorage["public-machine/" + NAME + "/" + escaped(settings) + "/head"] !== undefined;
    } catch (_) {
      return false;
    }
  };

  // As src/documents/keeper.rs opens it.
  const draft = async ({ storage, ...settings }, records) => {
    const key = escaped(settings);
    const [now, ...earlier] = storage === "session" ? [] : await records("read", key).catch(() => []);
    const area = storage === "session" ? sessionStorage : localStorage;
    const start = NAME + "/" + key + "/";
    let state = newest([now, area[start + "record"]].map((text) => read("draft", text)))
      || newest(earlier.concat([0, 1, 2].map((place) => area[start + "earlier/" + place]))
        .map((text) => read("draft", text)));
    const noted = Object.keys(area).filter((key) => key.startsWith(start + "change/"));
    const change = newest(noted.map((key) => read("change", area[key]))
      .filter((change) => change && follows(change, state)));
    if (change) {
      const before = change.members.base && state && state.members;
      state = { time: change.time, members: Object.assign({}, before, change.members.parts) };
      for (const part of change.members.gone) delete state.members[part];
    }
    return state;
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
  return async ({ root, settings }, records, wechat) => {
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
    const state = settings.storage !== "none" && await draft(settings, records).catch(() => null);
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
