// In the frame: tells the page around how high this one is and what happens in
// it, once that page has made itself known, and tells no one else.
(() => {
"use strict";

const NAME = "labor-brand-assessment";
if (window.parent === window) return;

let host = null;
let told = 0;

const send = (message, origin) => window.parent.postMessage(Object.assign({ from: NAME }, message), origin);

// The body is as high as what stands in it, whatever the height of the frame,
// so that a new height of the frame leads to no other.
function report() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (!host || height === told) return;
  told = height;
  send({ type: "height", height }, host);
}

// What stays in sight keeps clear of what the page around does not show.
function view(sides) {
  for (const side of ["above", "below"]) {
    if (Number.isFinite(sides[side])) document.documentElement.style.setProperty("--frame-" + side, sides[side] + "px");
  }
}

window.addEventListener("message", (event) => {
  const { data } = event;
  if (event.source !== window.parent || !data || data.from !== NAME) return;
  if (data.type === "view" && event.origin === host) view(data);
  if (data.type !== "hello") return;
  // A page without an origin cannot be addressed; its frame keeps the height it was given.
  if (event.origin === "null") return;
  host = event.origin;
  told = 0;
  report();
  early.splice(0).forEach(pass);
});

// What happened before that page was known.
const early = [];

function pass(message) {
  if (host) send(message, host);
  else early.push(message);
}

for (const type of ["ready", "change", "export", "error"]) {
  window.addEventListener("assessment-" + type, ({ detail }) => pass({ type, detail }));
}

new ResizeObserver(report).observe(document.body);
// The one message to whoever is around: it holds nothing but the name.
send({ type: "hello" }, "*");
})();
