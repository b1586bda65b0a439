// Runs in the measured page before anything of its own: notes when it paints, when its first
// input can be typed into, when it answers an edit, and how long a key takes.
if (window === top && !window.measured) {
  const measured = (window.measured = { ready: null, live: null, memories: new Set() });
  const note = (made) => {
    const exports = Object.values((made.instance || made).exports || {});
    exports.filter((one) => one instanceof WebAssembly.Memory).forEach((one) => measured.memories.add(one));
    return made;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const before = WebAssembly[name];
    WebAssembly[name] = (...given) => before.apply(WebAssembly, given).then(note);
  }
  measured.wasm = () => [...measured.memories].reduce((sum, one) => sum + one.buffer.byteLength, 0);
  const inputs = () => [...document.querySelectorAll("input[data-fact]:not([type=radio]):not([type=checkbox])")];
  const usable = (one) => !one.disabled && !one.readOnly && one.getClientRects().length > 0;
  measured.input = () => inputs().find(usable);
  // What the browser has drawn: a task after the frame.
  const drawn = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(0);
    });
  measured.put = (input, value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const observed = (seen) => {
    const observer = new MutationObserver(() => {
      if (seen()) observer.disconnect();
    });
    observer.observe(document, { childList: true, characterData: true, subtree: true });
  };
  const total = () => [...document.querySelectorAll("[data-total],[data-eligibility],[data-question],output")].map((one) => one.textContent).join();
  let tried = 0;
  const attempt = () => {
    const input = measured.input();
    if (!input) return void setTimeout(attempt, 4);
    const before = total();
    tried += 1;
    measured.put(input, String(300 + 200 * (tried % 2)));
    setTimeout(() => {
      if (total() === before) return void attempt();
      measured.live = performance.now();
      measured.put(measured.input(), "");
    }, 20);
  };
  const look = () => {
    if (!measured.input()) return void requestAnimationFrame(look);
    drawn(() => {
      measured.ready = performance.now();
      attempt();
    });
  };
  requestAnimationFrame(look);
  // Armed, then a real key: when the page was changed by it, and when that was drawn.
  measured.arm = () => {
    const input = measured.input();
    input.focus();
    input.select();
    measured.key = new Promise((resolve) => {
      let pressed = null;
      addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true, once: true });
      observed(() => {
        if (pressed === null) return false;
        const changed = performance.now() - pressed;
        drawn(() => resolve([changed, performance.now() - pressed]));
        return true;
      });
    });
  };
  const frame = () => new Promise((then) => requestAnimationFrame(then));
  measured.edits = async (count) => {
    for (let edit = 0; edit < count; edit += 1) {
      measured.put(measured.input(), String(edit % 700));
      if (edit % 5 === 0) await frame();
    }
  };
  measured.steps = async (count) => {
    const names = ["questions", "form", "eligibility", "score", "evidence", "review", "questions"];
    for (let step = 0; step < count; step += 1) {
      document.querySelector(`a[data-step=${names[step % names.length]}]`).click();
      await frame();
    }
    document.querySelector("a[data-step=questions]").click();
    await frame();
  };
  // From a press to the frame that shows it, and the tasks that kept a frame waiting meanwhile.
  const shown = (act, seen) =>
    new Promise((resolve) => {
      const start = performance.now();
      act();
      const look = () => (seen() ? drawn(() => resolve(performance.now() - start)) : requestAnimationFrame(look));
      queueMicrotask(look);
    });
  const lines = () => [...document.querySelectorAll("[data-case-file]")].filter((one) => !one.hidden);
  measured.desk = (count) =>
    shown(() => document.querySelector("[data-action=open-desk]").click(), () => lines().length >= count);
  // How long the script is busy with what was typed, before anything can be drawn.
  measured.filter = (words) => {
    const input = document.querySelector("[data-case-search]");
    const start = performance.now();
    measured.put(input, words);
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const busy = performance.now() - start;
        drawn(() => resolve([busy, performance.now() - start, lines().length]));
      };
      port2.postMessage(0);
    });
  };
}
