// In the page around a frame: makes <iframe data-labor-brand-assessment> as
// high as the page in it says and, where it has no width, as wide as its place,
// tells it which part of it is in sight, and passes its events on.
(() => {
"use strict";

const NAME = "labor-brand-assessment";
// A page with two frames may name this script twice.
if (self.laborBrandAssessmentHost) return;
self.laborBrandAssessmentHost = true;

const LOWEST = 200;
const HIGHEST = 100000;
// The events of the element.
const EVENTS = ["ready", "change", "export", "error"];

const frames = () => Array.from(document.querySelectorAll("iframe[data-" + NAME + "]"));
const origin = (frame) => new URL(frame.src, document.baseURI).origin;

window.addEventListener("message", (event) => {
  const { data } = event;
  if (!data || data.from !== NAME) return;
  const frame = frames().find((frame) => frame.contentWindow === event.source);
  if (!frame || event.origin !== origin(frame)) return;
  known.add(frame);
  if (data.type === "hello") hello(frame);
  if (data.type === "height" && Number.isInteger(data.height)) {
    const height = Math.min(Math.max(data.height, LOWEST), HIGHEST);
    // The height is that of what is inside; some sites count the border in.
    const border = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
    // What a site says of all its frames is not meant for this one.
    frame.style.setProperty("height", height + border + "px", "important");
    tellSoon();
  }
  if (EVENTS.includes(data.type)) {
    frame.dispatchEvent(new CustomEvent("assessment-" + data.type, { detail: data.detail, bubbles: true, composed: true }));
  }
});

const send = (frame, message) => frame.contentWindow.postMessage(Object.assign({ from: NAME }, message), origin(frame));

// Frames whose page has made itself known; to others nobody would listen.
const known = new WeakSet();

function hello(frame) {
  // One without an address has no page of ours in it.
  if (origin(frame) === "null") return;
  if (!frame.getAttribute("width") && !frame.style.width) {
    for (const [name, value] of [["width", "100%"], ["box-sizing", "border-box"]]) frame.style.setProperty(name, value, "important");
  }
  send(frame, { type: "hello" });
  tellSoon();
}

// How much of a frame is out of sight above and below, in CSS pixels. The
// frame itself never scrolls, so what shall stay in sight has to be told.
function tell() {
  asked = false;
  for (const frame of frames().filter((frame) => known.has(frame))) {
    const { top, bottom } = frame.getBoundingClientRect();
    const most = Math.max(bottom - top - LOWEST, 0);
    const hidden = (length) => Math.min(Math.max(length, 0), most);
    send(frame, { type: "view", above: hidden(-top), below: hidden(bottom - window.innerHeight) });
  }
}

let asked = false;

function tellSoon() {
  if (!asked) requestAnimationFrame(tell);
  asked = true;
}

for (const name of ["scroll", "resize"]) window.addEventListener(name, tellSoon, { capture: true, passive: true });

// A frame that was there before this script has said its word already.
const greet = () => frames().forEach(hello);
if (document.readyState === "complete") greet();
else window.addEventListener("load", greet);
})();
