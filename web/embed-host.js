// In the page around a frame: makes <iframe data-labor-brand-assessment> as
// high as the page in it says, and passes its events on.
(() => {
"use strict";

const NAME = "labor-brand-assessment";
const LOWEST = 200;
const HIGHEST = 100000;

const frames = () => Array.from(document.querySelectorAll("iframe[data-" + NAME + "]"));
const origin = (frame) => new URL(frame.src, document.baseURI).origin;

window.addEventListener("message", (event) => {
  const { data } = event;
  if (!data || data.from !== NAME) return;
  const frame = frames().find((frame) => frame.contentWindow === event.source);
  if (!frame || event.origin !== origin(frame)) return;
  if (data.type === "hello") hello(frame);
  if (data.type === "height" && Number.isInteger(data.height)) {
    const height = Math.min(Math.max(data.height, LOWEST), HIGHEST);
    // The height is that of what is inside; some sites count the border in.
    const border = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
    frame.style.height = height + border + "px";
  }
  if (data.type === "change") {
    frame.dispatchEvent(new CustomEvent("assessment-change", { detail: data.detail, bubbles: true }));
  }
});

const hello = (frame) => frame.contentWindow.postMessage({ from: NAME, type: "hello" }, origin(frame));

// A frame that was there before this script has said its word already.
window.addEventListener("load", () => frames().forEach(hello));
})();
