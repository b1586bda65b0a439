// In WeChat's browser, which neither downloads nor prints: says so before
// anything is typed, and shows files as text to copy and the result as a
// picture to keep.
(() => {
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
    notice.setAttribute("aria-label", kind === "wechat" ? "微信内打开的提示" : "导出的内容");
    root.parentNode.insertBefore(notice, root);
    return notice;
  };

  // A button that copies a text; without the right to, the text is left selected.
  const copying = (notice, label, text, name) => {
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
      said.textContent = done ? "已复制。" : "请长按选中的文字复制。";
    });
  };

  return {
    warn(root) {
      const notice = box(root, "wechat");
      make("p", "微信内不能下载文件，也不能打印。请先用浏览器打开再填写：点右上角“…”，选“在浏览器打开”；或复制链接，粘贴到浏览器的地址栏。在微信里填写的内容，到浏览器里看不到。", notice);
      copying(notice, "复制链接", location.href, "本页链接");
    },

    show(root, { name, mime, text }) {
      const notice = box(root, "file");
      if (mime === "application/json") {
        make("p", "数据如下。请复制全部文字发给自己，到电脑上存为“" + name + "”，再用“打开文件”载入。", notice);
        copying(notice, "复制全部数据", text, "数据文件的内容");
      } else if (mime === "image/png") {
        make("p", "长按图片可以保存。", notice);
        const image = make("img", "", notice);
        image.src = text;
        image.alt = "自评结果";
      } else {
        make("p", "微信内不能下载和打印。请导出数据（JSON），到浏览器里打开后再下载或打印。", notice);
      }
      notice.scrollIntoView();
    },
  };
})()
