// Brings the page to life: fetches the policy and the module, mounts them, and
// says in plain words when that is not possible. Nothing here may need a
// browser newer than Chromium 80.

const ELEMENT = "labor-brand-assessment";
const RESCUE = "lba-rescue";

const SENTENCES = {
  old: "此浏览器版本过旧，无法运行本页。请换用新版的 Edge、Chrome、Firefox 或国产浏览器的“极速模式”打开本页。",
  load: "页面没有载入完整。请检查网络后刷新本页；此前保存在本浏览器的内容不受影响。",
  panic: "页面运行出错，已停止保存，以免改动已保存的内容。请刷新本页，从最近一次保存的内容继续。",
};

// What a person may do to the page; after a panic none of it reaches the module.
const EVENTS = [
  "beforeinput", "blur", "change", "click", "compositionend", "drop", "focusin", "focusout",
  "input", "keydown", "keyup", "paste", "pointerdown", "pointerup", "submit",
];

// The modules that are not part of the start: their scripts and their wasm.
const MODULES = { word: ["{{word_glue}}", "{{word_wasm}}"] };
const modules = {};

class WebAssemblyMissing extends Error {}

const address = (path) => new URL(path, import.meta.url).href;
const root = document.getElementById(ELEMENT);

// The module is fetched while the script around it is.
const wasm = typeof WebAssembly === "object" ? fetch(address("{{wasm}}")) : null;

start().catch((error) => {
  console.error(error);
  rescue(tooOld(error) ? "old" : "load");
});

async function start() {
  if (!root) throw new Error("the page has no element #" + ELEMENT);
  if (!wasm) throw new WebAssemblyMissing();
  const [policy, glue] = await Promise.all([
    text(address("{{policy}}")),
    import(address("{{glue}}")),
  ]);
  await glue.default({ module_or_path: wasm.then(complete) });
  glue.set_panic_handler(stop);
  glue.mount(root, policy, "{{policy_sha256}}", module);
  root.setAttribute("data-mounted", "");
}

// Fetches a module that only some need, when it is first asked for.
function module(name) {
  if (!modules[name]) {
    modules[name] = fetchModule(...MODULES[name].map(address));
    modules[name].catch(() => delete modules[name]);
  }
  return modules[name];
}

async function fetchModule(script, wasm) {
  const glue = await import(script);
  await glue.default({ module_or_path: fetch(wasm).then(complete) });
  return glue;
}

// A module that does not compile, or that a security policy of a browser
// before Chromium 97 refuses, is beyond what this browser can do.
function tooOld(error) {
  return error instanceof WebAssemblyMissing
    || error instanceof SyntaxError
    || (typeof WebAssembly === "object" && error instanceof WebAssembly.CompileError);
}

async function text(url) {
  return complete(await fetch(url)).text();
}

function complete(response) {
  if (!response.ok) throw new Error(response.status + " " + response.url);
  return response;
}

// Called once, from inside the module: it must not be called back.
function stop(message) {
  console.error(message);
  root.setAttribute("data-stopped", "");
  for (const name of EVENTS) {
    window.addEventListener(name, hold, true);
  }
  rescue("panic");
}

function hold(event) {
  if (event.composedPath().includes(root)) event.stopImmediatePropagation();
}

// What was typed stays on the page and can still be copied.
function rescue(reason) {
  if (document.getElementById(RESCUE)) return;
  const notice = document.createElement("p");
  notice.id = RESCUE;
  notice.className = "rescue";
  notice.setAttribute("role", "alert");
  notice.setAttribute("data-reason", reason);
  notice.textContent = SENTENCES[reason];
  const before = root || document.body.firstChild;
  before.parentNode.insertBefore(notice, before);
}
