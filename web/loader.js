// Brings the page to life wherever it stands: in its own page, in a frame, in
// one file, in the pages of a content management system, and as the element
// <labor-brand-assessment> in any other. Nothing here may need a browser newer
// than Chromium 80.
(() => {
"use strict";

const NAME = "labor-brand-assessment";
const VERSION = "{{version}}";
// Scripts hand themselves over under the build they belong to.
const BUILD = "{{build}}";
// What there is, by its address beside this script.
const FILES = {{files}};
const POLICY_SHA256 = "{{policy_sha256}}";
// Widths in CSS pixels below which the layout changes.
const WIDTHS = {{widths}};
const PAPER = "{{page_rule}}";
// The files of each piece of the module that does not come with its start.
const PIECES = {{pieces}};
// How many bytes of a policy and of a case file are read at most.
const POLICY_LIMIT = {{policy_limit}};
const CASE_LIMIT = {{case_limit}};

// What this script says itself in the first language, and which others there
// are: their sentences are fetched only where they are asked for.
const LANGUAGES = {{languages}};

const table = self.laborBrandAssessmentFiles = self.laborBrandAssessmentFiles || {};
// The address of a file: beside this script, or where a bundler has put it.
const address = {{address}};

// ── Trusted markup and addresses, where a browser asks for them ─────────────

let trusted;

// Made only where it is used: a second script of this page would break the
// host's policy by making it once more.
function trust() {
  if (trusted) return trusted;
  const rules = {
    // The views and the forms hold neither scripts nor handlers.
    createHTML(markup) {
      if (/<script|<[^>]*\son\w+\s*=/i.test(markup)) throw new TypeError("markup with a script");
      return markup;
    },
    // A script is asked for by its name: there is no way to one from elsewhere.
    createScriptURL: (name) => address(FILES[name]),
  };
  try {
    trusted = self.trustedTypes.createPolicy(NAME, rules);
  } catch (_) {
    trusted = rules;
  }
  return trusted;
}

const html = (markup) => trust().createHTML(markup);

// ── Files ──────────────────────────────────────────────────────────────────

const asked = {};

// What comes with the glue.
const withGlue = (name) => table[BUILD + "/" + name];

// What the script of that name hands over; asked for once.
function script(name) {
  const key = BUILD + "/" + name;
  if (key in table) return Promise.resolve(table[key]);
  // One file holds all it needs, unless the browser could not read a part of it.
  if (!FILES[name]) return Promise.reject(Object.assign(new Error("there is no " + name), { reason: "old" }));
  return asked[key] = asked[key] || new Promise((resolve, reject) => {
    const element = document.createElement("script");
    const fail = (reason) => {
      delete asked[key];
      reject(Object.assign(new Error(FILES[name] + " did not load"), { reason }));
    };
    // A script that came and hands over nothing is one that the browser cannot read.
    element.onload = () => key in table ? resolve(table[key]) : fail("old");
    element.onerror = () => fail("load");
    element.src = trust().createScriptURL(name);
    document.head.appendChild(element);
  });
}

const isScript = (name) => !FILES[name] || FILES[name].endsWith(".js");

function complete(response) {
  // A server that has another page by now has our files no more.
  if (!response.ok) throw Object.assign(new Error(response.status + " " + response.url), { gone: response.status < 500 });
  return response;
}

const fetched = (url) => fetch(url).then(complete);

// The bytes of that name, or an answer that holds them.
async function wasm(name) {
  if (!isScript(name)) return fetched(address(FILES[name]));
  const text = atob(await script(name));
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

// What is made of a name, and made again only where it failed.
function once(table, name, make) {
  table[name] = table[name] || make(name);
  table[name].catch(() => delete table[name]);
  return table[name];
}

// The text of that name.
const owned = {};

function own(name) {
  return once(owned, name, () => isScript(name) ? script(name) : fetched(address(FILES[name])).then((file) => file.text()));
}

// The text of a file that somebody else named; it is not read beyond the limit.
const foreign = (name, limit) => script("glue").then(() => withGlue("aid").foreign(name, limit, word));

const word = () => module("word");

// ── The module ─────────────────────────────────────────────────────────────

let engine;

function start() {
  engine = engine || begin();
  engine.catch(() => engine = null);
  return engine;
}

async function begin() {
  let refused = !takesWebAssembly();
  let isNamed = false;
  const bytes = refused ? null : wasm("wasm");
  if (bytes) bytes.catch(() => {});
  const glue = (await script("glue"))(html);
  if (!refused) {
    try {
      const source = await bytes;
      isNamed = !!source.headers && source.headers.get("Content-Type") === "application/wasm";
      await glue.default({ module_or_path: source });
    } catch (error) {
      // An older engine may lack what the module needs.
      if (!(error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError)) throw error;
      refused = true;
    }
  }
  if (refused) glue.twin(await script("twin"));
  const stopAll = (message) => stop(glue, message);
  glue.set_panic_handler(stopAll);
  // What is compiled from bytes has no address of its own in the words of an error.
  const called = (name) => address(FILES[name]).split("/").pop();
  const ours = FILES.glue ? [called("glue"), called("twin"), isNamed ? called("wasm") : "wasm://"] : [""];
  window.addEventListener("error", ({ error }) => {
    if (withGlue("aid").hasEnded(error, ours)) stopAll(error);
  });
  return Object.assign(glue, { kind: refused ? "twin" : "wasm" });
}

// A module that only some need, or a piece of the page's own, when it is first
// asked for. The others have no twin; the page's own has all pieces in it.
const modules = {};

function module(name) {
  return once(modules, name, begun);
}

async function begun(name) {
  const glue = await start();
  if (PIECES[name]) return Promise.all([restOfStyle(), ...glue.kind === "twin" ? [] : PIECES[name].map((part) => added(glue, part))]);
  // Where WebAssembly is refused, to try it would be a breach.
  if (glue.kind === "twin") throw new Error("WebAssembly is refused");
  const other = (await script(name))(html);
  await other.default({ module_or_path: await wasm(name + "-wasm") });
  return other;
}

// A part of the module, added to it; several pieces may need it.
function added(glue, part) {
  return once(modules, part, () => wasm(part).then(glue.add));
}

// What the first screen of a page of ours shows has its style in the page; the
// style of all else comes with the pieces. An element has all of it in one.
let isOurs = false;

function restOfStyle() {
  return isOurs && FILES.rest && once(modules, "rest", (name) => sheet(name, (link) => document.head.append(link)));
}

// A style sheet, put somewhere, which is there once it has loaded.
function sheet(name, put) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address(FILES[name]);
  const there = new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      reject(new Error(link.href + " did not load"));
    };
  });
  put(link);
  return there;
}

// Whether an empty module may be compiled: a security policy can forbid it,
// and then the large one need not be fetched. A policy that forbids it takes
// the attempt for a breach and tells everyone on the page who listens; so it is
// made in an empty frame, which is under the same policy and is gone at once.
function takesWebAssembly() {
  if (!self.WebAssembly) return false;
  const frame = document.createElement("iframe");
  let { Module } = WebAssembly;
  try {
    frame.hidden = true;
    document.documentElement.appendChild(frame);
    try {
      ({ Module } = frame.contentWindow.WebAssembly);
    } catch (_) {
      // In a sandbox a frame belongs to nobody, not even to the page around it.
    }
    return !!new Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch (_) {
    return false;
  } finally {
    frame.remove();
  }
}

// ── What can go wrong ──────────────────────────────────────────────────────

// Every place that the page stands in, with whom it tells.
const places = new Set();
let stopped = false;

// Called from inside the module, which must not be called back, or where it
// ended without a word. Only the first time tells what went wrong.
function stop(glue, message) {
  if (stopped) return;
  console.error(message);
  stopped = true;
  // Whatever still happens on the page reaches the module no more.
  glue.halt();
  for (const place of places) {
    place.root.setAttribute("data-stopped", "");
    rescue(place, "panic", message);
    if (place.settings) withGlue("rescue")(place, withGlue("desk"), WECHAT && script("wechat"));
  }
}

// What was typed stays on the page and can still be copied.
function rescue(place, reason, message) {
  const { root } = place;
  const sentence = place.says[reason];
  const late = document.getElementById("lba-late");
  if (late) late.remove();
  const before = root.parentNode;
  if (!before.querySelector("#lba-rescue")) {
    const notice = document.createElement("p");
    notice.id = "lba-rescue";
    notice.className = "rescue";
    notice.setAttribute("role", "alert");
    notice.setAttribute("data-reason", reason);
    notice.textContent = sentence;
    notice.lang = root.lang;
    notice.dir = root.dir;
    before.insertBefore(notice, root);
  }
  emit(place.target, "assessment-error", { reason: reason.replace("_", "-"), message: sentence, cause: String(message) });
}

async function failed(place, error) {
  console.error(error);
  await place.told;
  noLonger(place);
  // What was being loaded is not coming.
  if (!place.root.querySelector(".app")) place.root.textContent = "";
  const old = error instanceof SyntaxError || error instanceof ReferenceError;
  rescue(place, error.reason || (old ? "old" : "load"), error);
}

const because = (reason) => (error) => {
  throw Object.assign(error, { reason });
};

function emit(target, name, detail) {
  target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

// ── Drawing the page in a place ────────────────────────────────────────────

const primary = (tag) => tag.toLowerCase().split("-")[0];

// Has a place speak the language that is asked for around it, or the nearest to that.
function speak(place) {
  const asked = (place.target.closest("[lang]") || place.target).lang;
  const { lang, dir } = LANGUAGES.find(({ lang }) => lang === asked)
    || LANGUAGES.find(({ lang }) => primary(lang) === primary(asked)) || LANGUAGES[0];
  const says = place.says = Object.assign({}, LANGUAGES[0], { lang, dir });
  Object.assign(place.root, { lang, dir });
  // It has its languages itself; a translation would call answers and rules by other names.
  place.root.setAttribute("translate", "no");
  place.root.classList.add("notranslate");
  place.told = lang === LANGUAGES[0].lang ? null
    : own("start-" + lang).then((text) => Object.assign(says, JSON.parse(text)), console.error);
}

// The place of the page that an address names, and what else is in its hash.
const STEP = /^(?:(precheck|questions|form|eligibility|score|evidence|review)(\/[\w-]+)?|tables|desk|history|compare|merge|parts)$/;

function addressIn(hash) {
  const parts = hash.slice(1).split("&").filter((part) => part);
  return [parts.find((part) => STEP.test(part)) || "", parts.filter((part) => !STEP.test(part))];
}

async function draw(place, settings, policy) {
  const [glue, text, wording] = await Promise.all([
    start(),
    policy ? foreign(policy, POLICY_LIMIT).catch(because("policy")) : own("policy"),
    own("wording-" + place.says.lang),
    place.told,
  ]);
  const aid = withGlue("aid");
  place.settings = settings;
  let sha256 = POLICY_SHA256;
  if (policy) {
    await module("foreign");
    try {
      sha256 = glue.validate(text);
    } catch (error) {
      because("policy")(error);
    }
  }
  const answer = (outcome) => place.page && place.page.answer(outcome);
  const tell = (name, text) => {
    const detail = JSON.parse(text);
    if (name === "place" || name === "leave") {
      if (place.ways) place.ways[name](detail);
    } else if (name !== "hand-over") emit(place.target, name, detail);
    else if (detail.share) aid.share(detail, answer);
    else script("wechat").then((outside) => outside.show(place.root, detail, answer)).catch(() => answer("not-shown"));
  };
  if (glue.kind === "twin" || !PIECES.foreign) {
    settings.whole = "yes";
    restOfStyle();
  }
  Object.assign(settings, aid.offers(WECHAT, FILES.guide && address(FILES.guide)));
  if (settings.addresses) place.ways = aid.addresses(place, addressIn);
  // Held fast: what nobody holds, the glue takes off the page.
  const handed = [text, sha256, wording, JSON.stringify(settings), module, tell, withGlue("desk")];
  const page = place.page = await glue.mount(place.root, ...handed);
  // The draft of another scheme may have had that key.
  settings["storage-key"] = page.draft_key();
  place.root.setAttribute("data-mounted", glue.kind);
  for (const type of ["focusin", "keyup"]) place.root.addEventListener(type, aid.inSight);
  aid.keep(place.root);
  await catchUp(place);
  emit(place.target, "assessment-ready", { version: VERSION, policy: sha256 });
  aid.ahead(place, Object.keys(PIECES), module);
  return page;
}

const WECHAT = /MicroMessenger/i.test(navigator.userAgent);

// Says in WeChat, before anything is typed, what does not work there.
const warn = ({ root }) => WECHAT && script("wechat").then((outside) => outside.warn(root), () => {});

// ── What is done before the page is there, and files that are dropped ──────

const PRESSED = "a,button,summary";

// Does once the page is there what is done before, in that order. Texts and
// answers the module takes over itself.
function remember(place) {
  const { root } = place;
  // A list of files that is open when the module takes over answers later.
  const picker = root.querySelector("[type=file]");
  picker.onchange = () => open(place, picker.files);
  root.addEventListener("click", place.early = (event) => {
    const pressed = event.target.closest(PRESSED);
    if (!pressed) return;
    if (pressed.localName === "a") event.preventDefault();
    const name = ["step", "action"].find((name) => name in pressed.dataset);
    const text = pressed.textContent;
    const { id } = pressed.closest("[id]");
    wait(place, () => {
      const around = root.id === id ? root : root.querySelector("#" + id);
      const found = name ? root.querySelector(`[data-${name}="${pressed.dataset[name]}"]`)
        : around && [...around.querySelectorAll(PRESSED)].find((one) => one.textContent === text);
      if (!found) return;
      found.focus();
      found.click();
    });
  });
}

function wait(place, deed) {
  place.deeds.push(deed);
  if (place.waiting) return;
  place.root.setAttribute("aria-busy", "true");
  place.waiting = document.createElement("p");
  place.waiting.className = "waiting";
  place.waiting.setAttribute("role", "status");
  place.root.before(place.waiting);
  place.waiting.textContent = place.says.waiting;
}

async function catchUp(place) {
  place.root.removeEventListener("click", place.early);
  for (const deed of place.deeds.splice(0)) {
    deed();
    // What it changes is drawn a moment later.
    await new Promise((done) => setTimeout(done));
  }
  noLonger(place);
}

function noLonger(place) {
  place.root.removeAttribute("aria-busy");
  if (place.waiting) place.waiting.remove();
  place.waiting = null;
}

// Opens files as if they were picked.
function open(place, files) {
  if (!place.root.hasAttribute("data-mounted")) return wait(place, () => open(place, files));
  const input = place.root.querySelector("[data-action=import]:enabled");
  if (!input) return;
  input.files = files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// A file that is dropped is opened by the page, not by the browser in its place.
function takeDrops(around, place) {
  place.deeds = [];
  for (const type of ["dragover", "dragleave", "drop"]) {
    around.addEventListener(type, (event) => {
      const { dataTransfer } = event;
      if (!dataTransfer || ![...dataTransfer.types].includes("Files")) return;
      place.root.toggleAttribute("data-drop", type === "dragover");
      if (type === "dragleave") return;
      event.preventDefault();
      dataTransfer.dropEffect = "copy";
      if (type === "drop") open(place, dataTransfer.files);
    });
  }
}

// What may be set again while the page is open.
const LOOK = ["theme", "text-size"];
const LIVE = ["step", ...LOOK];

// ── The page in the light ──────────────────────────────────────────────────

function light() {
  const root = document.getElementById(NAME);
  if (!root || root.localName === NAME || root.hasAttribute("data-version")) return;
  root.setAttribute("data-version", VERSION);
  // In a page of ours the first screen is drawn already. Elsewhere the page
  // keeps to itself, as the element does.
  if (!root.querySelector(".app")) {
    states.set(root, { waiting: [], late: [] });
    settle(root);
    return;
  }
  isOurs = true;
  const place = { root, target: root };
  places.add(place);
  takeDrops(window, place);
  remember(place);
  // A frame takes neither its language nor its look from the page around it: its address may ask for them.
  const wanted = (name) => (location.hash.match("[#&]" + name + "=([\\w-]+)") || [])[1];
  if (wanted("lang")) root.lang = wanted("lang");
  speak(place);
  if (place.told) place.told.then(() => {
    for (const one of document.querySelectorAll("[data-says]")) {
      Object.assign(one, { textContent: place.says[one.dataset.says], lang: root.lang, dir: root.dir });
    }
  });
  warn(place);
  const settings = { addresses: "yes", "storage-key": root.getAttribute("data-storage-key") || "default" };
  const [step] = addressIn(location.hash);
  if (step) settings.step = step;
  for (const name of LOOK) if (wanted(name)) settings[name] = wanted(name);
  draw(place, settings, null).then(() => {
    const late = document.getElementById("lba-late");
    if (late) late.remove();
  }, (error) => failed(place, error));
}

// ── The element ────────────────────────────────────────────────────────────

// Storage keys in use, as two elements with the same key would overwrite each other's draft.
const keys = new Set();

function freeKey(wanted) {
  let key = wanted;
  for (let number = 2; keys.has(key); number++) key = wanted + "-" + number;
  if (key !== wanted) console.warn(NAME + ": the storage-key " + wanted + " is in use; " + key + " is taken");
  return key;
}

// The state of an element, which nobody outside may touch.
const states = new WeakMap();

// Draws or takes away, one after the other, until what is there is what is wanted.
async function settle(element) {
  const state = states.get(element);
  if (state.busy) {
    state.again = true;
    return;
  }
  state.busy = true;
  do {
    state.again = false;
    // A node that is moved is first taken out: a microtask later it is in again.
    await null;
    // What a module that has stopped has drawn stays as it is.
    if (stopped) break;
    const wanted = element.isConnected;
    if (state.page && (!wanted || state.stale)) takeAway(state);
    // One that is put back, or told otherwise, is tried once more.
    if (!wanted || state.stale) state.failed = false;
    state.stale = false;
    if (!state.page && wanted && !state.failed) await bring(element, state);
  } while (state.again);
  state.busy = false;
  for (const deed of state.waiting.splice(0)) deed();
}

async function bring(element, state) {
  if (!state.place) state.place = shadow(element);
  const { place } = state;
  const styled = dress(place);
  const attribute = (name) => element.getAttribute(element.localName === NAME ? name : "data-" + name);
  const key = attribute("storage-key") || "default";
  // One that is back has its own key again, whoever came meanwhile.
  if (state.wanted !== key || keys.has(state.key)) state.key = freeKey(key);
  keys.add(state.key);
  state.wanted = key;
  const notice = place.root.parentNode.querySelector("#lba-rescue");
  if (notice) notice.remove();
  speak(place);
  place.root.textContent = place.says.loading;
  const settings = { embedded: "yes", "storage-key": state.key };
  for (const name of ["storage", ...LIVE]) {
    if (attribute(name) !== null) settings[name] = attribute(name);
  }
  if (attribute("addresses") !== null) {
    settings.addresses = "yes";
    settings.step = addressIn(location.hash)[0] || settings.step;
  }
  places.add(place);
  warn(place);
  try {
    // What it held before it was taken away, where nothing else keeps it; but
    // another case is asked for in its place.
    if (state.isNewCase && state.handed) delete state.handed.draft;
    state.isNewCase = false;
    Object.assign(settings, state.handed);
    if (!settings.draft && attribute("case")) {
      settings["case-file"] = await foreign(attribute("case"), CASE_LIMIT).catch(async (error) => {
        // A draft may be there, and an empty case can be filled.
        await place.told;
        rescue(place, "case", error);
        return "";
      });
    }
    await styled;
    state.page = await draw(place, settings, attribute("policy")).catch(async (error) => {
      if (error.reason !== "policy" || attribute("policy-fallback") !== "built-in") throw error;
      await place.told;
      rescue(place, "policy_fallback", error);
      return draw(place, settings, null);
    });
    state.handed = null;
    for (const name of state.late.splice(0)) state.page.set(name, attribute(name) || "");
    state.unwatch = withGlue("aid").watch(element, place.root, WIDTHS, PAPER);
  } catch (error) {
    state.failed = true;
    places.delete(place);
    keys.delete(state.key);
    failed(place, error);
  }
}

function takeAway(state) {
  const { page, place } = state;
  state.handed = JSON.parse(page.hand_on());
  state.page = place.page = null;
  state.unwatch();
  if (place.ways) place.ways.end();
  place.ways = null;
  places.delete(place);
  keys.delete(state.key);
  place.root.removeAttribute("data-mounted");
  page.unmount();
}

function shadow(element) {
  const tree = element.attachShadow({ mode: "open" });
  const root = document.createElement("div");
  root.className = "lba";
  root.setAttribute("part", "page");
  tree.append(root);
  const place = { root, target: element };
  takeDrops(root, place);
  return place;
}

// The style of a place: asked for once, and again where it did not come.
function dress(place) {
  if (place.styled) return place.styled;
  place.styled = sheet("style", (link) => place.root.before(link));
  place.styled.catch(() => place.styled = null);
  return place.styled;
}

const ATTRIBUTES = ["policy", "policy-fallback", "case", "storage-key", "storage", "lang", "addresses", ...LIVE];

class Assessment extends HTMLElement {
  static get observedAttributes() {
    return ATTRIBUTES;
  }

  static get version() {
    return VERSION;
  }

  constructor() {
    super();
    states.set(this, { waiting: [], late: [] });
  }

  connectedCallback() {
    // What was set before this script was there is set once more, so that it counts.
    for (const name of PROPERTIES) {
      if (!Object.prototype.hasOwnProperty.call(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    settle(this);
  }

  disconnectedCallback() {
    settle(this);
  }

  attributeChangedCallback(name, old, value) {
    const state = states.get(this);
    if (!state.place || stopped) return;
    // What a person may change meanwhile can be set again to what it was.
    if (LIVE.includes(name)) {
      if (state.page) state.page.set(name, value || "");
      else state.late.push(name);
    } else if (old !== value) {
      if (name === "case") state.isNewCase = true;
      state.stale = true;
      settle(this);
    }
  }

  // The case file as text, without the numbers of identity and account.
  async exportCase() {
    return (await drawn(this)).case_file();
  }

  // Opens a case file: a File as one that is picked, its text, or what its text holds.
  async importCase(file) {
    const page = await drawn(this);
    if (file instanceof Blob) await page.open_file(file);
    else await page.open_case_file(typeof file === "string" ? file : JSON.stringify(file));
  }

  async print() {
    (await drawn(this)).print();
  }

  async reset() {
    await (await drawn(this)).reset();
  }
}

// The page of an element, once it stands.
function drawn(element) {
  const state = states.get(element);
  if (state.busy && !stopped) {
    return new Promise((resolve, reject) => {
      state.waiting.push(() => drawn(element).then(resolve, reject));
    });
  }
  if (state.page && !stopped) return Promise.resolve(state.page);
  return Promise.reject(new Error(NAME + " is not there"));
}

const PROPERTIES = ATTRIBUTES.filter((name) => name !== "lang").map((name) => {
  const property = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  Object.defineProperty(Assessment.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name) || "";
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
  return property;
});

const known = self.customElements && customElements.get(NAME);
if (known && known.version !== VERSION) {
  console.info(NAME + " " + known.version + " is at work; " + VERSION + " leaves the element to it");
}
if (self.customElements && !known) customElements.define(NAME, Assessment);

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", light);
light();
})();
