// In WeChat's browser, which neither downloads nor prints: says so before
// anything is typed, and shows files as text to copy and the result as a
// picture to keep.
(() => {
  const SENTENCES = {{sentences}};

  const says = (root) => SENTENCES[root.lang];

  const make = (name, text, parent) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  };

  const box = (root, kind) => {
    const old = root.parentNode.querySelector("[data-outside='" + kind + "']");
    if (old) old.remove();
    const notice = make("div");
    notice.className = "outside";
    notice.setAttribute("data-outside", kind);
    notice.setAttribute("role", "region");
    notice.lang = root.lang;
    notice.dir = root.dir;
    notice.setAttribute("aria-label", kind === "wechat" ? says(root).opened_here : says(root).exported);
    root.parentNode.insertBefore(notice, root);
    return notice;
  };

  // A button that copies a text; without the right to, the text is left selected.
  const copying = (root, notice, label, text, name, copied) => {
    const button = make("button", label, notice);
    button.type = "button";
    const said = make("span", "", notice);
    said.setAttribute("role", "status");
    const input = make("textarea", "", notice);
    input.value = text;
    input.readOnly = true;
    input.rows = 4;
    input.setAttribute("aria-label", name);
    button.addEventListener("click", () => {
      input.select();
      let done = false;
      try {
        done = document.execCommand("copy");
      } catch (_) {
        // It stays selected.
      }
      if (done && copied) copied();
      said.textContent = done ? says(root).copied : says(root).copy_by_hand;
    });
  };

  return {
    warn(root) {
      const notice = box(root, "wechat");
      make("p", says(root).use_a_browser, notice);
      copying(root, notice, says(root).copy_link, location.href, says(root).link);
    },

    show(root, { name, mime, text }, answer) {
      const notice = box(root, "file");
      if (mime === "application/json" || mime.startsWith("text/plain")) {
        make("p", says(root).data.split("{name}").join(name), notice);
        copying(root, notice, says(root).copy_data, text, says(root).data_label, answer && (() => answer("copied")));
      } else if (mime === "image/png") {
        make("p", says(root).keep_picture, notice);
        const image = make("img", "", notice);
        image.src = text;
        image.alt = says(root).picture;
      } else {
        make("p", says(root).no_files, notice);
      }
      notice.scrollIntoView();
    },
  };
})()
