// One journey in an old Chromium: types, reads the score, saves, opens again,
// looks at every step in a wide and a narrow window, exports. Called as
// `node journey.mjs VERSION ADDRESS FOLDER [HOST]`; prints what it saw as JSON.
// FOLDER is for what is unpacked and downloaded. HOST is the CSS selector of the
// element in whose shadow the page stands; without it the page stands by itself.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

const [version, address, folder, host = ""] = process.argv.slice(2);
const here = path.dirname(fileURLToPath(import.meta.url));
const measure = fs.readFileSync(path.join(here, "../accessibility/measure.js"), "utf8");
// The tree that the page is drawn in, in words of the page.
const root = host ? `(document.querySelector("${host}") || {}).shadowRoot` : "document";
const mounted = host ? ".lba[data-mounted]" : "#labor-brand-assessment[data-mounted]";
const steps = ["precheck", "questions", "form", "eligibility", "score", "evidence", "review"];
const { default: puppeteer } = await import("puppeteer-core");

// The package carries the browser compressed.
function unpacked() {
  const place = path.join(folder, "chromium-" + version);
  const program = path.join(place, "chromium");
  if (!fs.existsSync(path.join(place, "whole"))) {
    const packed = path.join(here, "node_modules", "chromium-" + version, "bin");
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(program, zlib.brotliDecompressSync(fs.readFileSync(path.join(packed, "chromium.br"))), { mode: 0o755 });
    for (const name of ["aws.tar.br", "swiftshader.tar.br"]) {
      const tar = path.join(place, name.replace(".br", ""));
      fs.writeFileSync(tar, zlib.brotliDecompressSync(fs.readFileSync(path.join(packed, name))));
      execFileSync("tar", ["-xf", tar, "-C", place]);
    }
    fs.writeFileSync(path.join(place, "whole"), "");
  }
  return { program, libraries: path.join(place, "lib") };
}

const { program, libraries } = unpacked();
const downloads = path.join(folder, "downloads-" + version + "-" + process.pid);
fs.mkdirSync(downloads, { recursive: true });

// A browser with a page that answers. In one process these browsers sometimes
// do not come up on a busy machine, long before they are asked for any address.
async function started() {
  for (let tries = 5; ; tries--) {
    const browser = await puppeteer.launch({
      executablePath: program,
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--single-process", "--no-zygote", "--lang=zh-CN"],
      env: { ...process.env, LD_LIBRARY_PATH: libraries },
    });
    let clock;
    const tooLate = new Promise((resolve) => clock = setTimeout(resolve, 15000));
    const answering = browser.newPage().then((page) => page.evaluate("1").then(() => page));
    answering.catch(() => {});
    const page = await Promise.race([answering, tooLate]);
    clearTimeout(clock);
    if (page) return { browser, page };
    browser.process().kill("SIGKILL");
    if (tries === 1) throw new Error("the browser does not come up");
  }
}

const { browser, page } = await started();
const seen = { version: await browser.version(), complaints: [] };
try {
  await page.setViewport({ width: 1280, height: 900 });
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("requestfailed", (request) => seen.complaints.push("failed " + request.url()));
  await page.evaluateOnNewDocument(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.violations.push(event.violatedDirective + " " + event.blockedURI);
    });
  });
  const client = await page.target().createCDPSession();
  await client.send("Page.setDownloadBehavior", { behavior: "allow", downloadPath: downloads });

  const look = (expression) => page.evaluate(`(root => ${expression})(${root})`);
  const becomes = (expression) => page.waitForFunction(`(root => root && ${expression})(${root})`, { timeout: 60000 });
  const find = async (selector) => {
    await becomes(`root.querySelector("${selector}")`);
    return (await page.evaluateHandle(`${root}.querySelector("${selector}")`)).asElement();
  };
  const open = async () => {
    await page.goto(address);
    // A piece that is still on its way when the page is left would count as one that failed.
    await becomes(`root.querySelector("${mounted}[data-whole]")`);
  };
  const step = async (id) => {
    // In a narrow window the list of steps is folded away.
    await look(`root.querySelector("a[data-step='${id}']").click()`);
    await find(`main[data-view='${id}']`);
  };
  const total = () => look("root.querySelector('[data-total]').textContent");

  await open();
  seen.kind = await look(`root.querySelector("${mounted}").getAttribute("data-mounted")`);
  await step("questions");
  await look("root.querySelector('[data-arrangement=all]').click()");
  for (const [fact, value] of [["annual_revenue_wan", "320"], ["brand_employees", "500"]]) {
    await (await find(`input[data-fact='${fact}']`)).type(value);
    await page.keyboard.press("Tab");
  }
  await becomes("root.querySelector('[data-total]').textContent !== '0'");
  seen.total = await total();
  await becomes("root.querySelector('.saved').textContent.includes('已保存')");

  await open();
  seen.totalAgain = await total();
  // Nothing may stick out of the page sideways, nor lie over something else.
  seen.faults = [];
  const examine = async (place) => {
    const found = await look(`(() => { ${measure} return [...measure.beyond(root), ...measure.overlapping(root)]; })()`);
    seen.faults.push(...found.map((fault) => place + ": " + fault));
    // A picture takes longer than all the rest, and the twin draws the same.
    if (seen.kind === "twin") return;
    const name = ["chromium", version, host.replace("#", "column-") || "page", place].join("-");
    await page.screenshot({ path: path.join(folder, name + ".png"), fullPage: true });
  };
  for (const width of [1280, 360]) {
    await page.setViewport({ width, height: 900 });
    for (const id of steps) {
      await step(id);
      await examine(id + "-" + width);
    }
    await look(`root.querySelector("[data-action='clear-all']").click()`);
    await becomes("root.querySelector('dialog').open");
    await examine("dialogue-" + width);
    const box = await look("(({ top, bottom, width }) => ({ top, bottom, width }))(root.querySelector('dialog').getBoundingClientRect())");
    if (box.top < 0 || box.bottom > 900 || box.width < 200) seen.faults.push("the dialogue is out of sight: " + JSON.stringify(box));
    await look(`root.querySelector("[data-action='cancel']").click()`);
    await becomes("!root.querySelector('dialog').open");
  }
  await page.setViewport({ width: 1280, height: 900 });

  await step("review");
  await (await find("[data-action='export-json']")).click();
  for (let tries = 0; tries < 200 && !seen.exported; tries++) {
    const file = fs.readdirSync(downloads).find((name) => name.endsWith(".json"));
    // The file may be there before it is whole.
    const text = file ? fs.readFileSync(path.join(downloads, file), "utf8").trimEnd() : "";
    if (text.endsWith("}")) seen.exported = JSON.parse(text).assessment.total;
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }
  seen.violations = await page.evaluate(() => window.violations);
} finally {
  await browser.close();
  fs.rmSync(downloads, { recursive: true, force: true });
}
console.log(JSON.stringify(seen));
