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

  let result = null;
  window.addEventListener("assessment-change", (event) => result = event.detail);

  // The result as a picture, in figures only.
  const picture = () => {
    const canvas = make("canvas");
    canvas.width = 720;
    canvas.height = 400;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 720, 400);
    pen.fillStyle = "#1a4f8f";
    pen.fillRect(0, 0, 720, 12);
    const write = (text, size, y, colour) => {
      pen.fillStyle = colour || "#1b2430";
      pen.font = size + "px 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";
      pen.fillText(text, 48, y);
    };
    const words = { eligible: "符合", ineligible: "不符合", unknown: "待确认" };
    write(document.title, 28, 76);
    write("自评总分 " + result.total + " 分", 56, 170, "#1a4f8f");
    write("从严 " + result.range.strict + " 分，从宽 " + result.range.lenient + " 分", 30, 236);
    write("申报资格：" + words[result.eligibility], 30, 290);
    write("自查结果，以主管部门认定为准。" + new Date().toLocaleDateString("zh-CN"), 24, 352, "#4a5767");
    return canvas.toDataURL("image/png");
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
      } else {
        make("p", "微信内不能下载和打印表格。请导出数据（JSON），到浏览器里打开后再打印。", notice);
      }
      if (result) {
        make("p", "下面是自评结果的图片，长按可以保存。", notice);
        const image = make("img", "", notice);
        image.src = picture();
        image.alt = "自评总分 " + result.total + " 分";
      }
      notice.scrollIntoView();
    },
  };
})()
