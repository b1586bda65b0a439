// One journey in an old Chromium: types, reads the score, saves, opens again,
// exports. Called as `node journey.mjs VERSION ADDRESS FOLDER`; prints what it
// saw as JSON. FOLDER is for what is unpacked and downloaded.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

const [version, address, folder] = process.argv.slice(2);
const here = path.dirname(fileURLToPath(import.meta.url));
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

  const open = async () => {
    await page.goto(address);
    await page.waitForSelector("#labor-brand-assessment[data-mounted]", { timeout: 60000 });
  };
  const step = async (id) => {
    await page.click(`a[data-step='${id}']`);
    await page.waitForSelector(`main[data-view='${id}']`);
  };
  const total = () => page.$eval("[data-total]", (place) => place.textContent);

  await open();
  seen.kind = await page.$eval("#labor-brand-assessment", (root) => root.getAttribute("data-mounted"));
  await step("questions");
  for (const [fact, value] of [["annual_revenue_wan", "320"], ["brand_employees", "500"]]) {
    await page.waitForSelector(`input[data-fact='${fact}']`);
    await page.type(`input[data-fact='${fact}']`, value);
    await page.keyboard.press("Tab");
  }
  await page.waitForFunction(() => document.querySelector("[data-total]").textContent !== "0");
  seen.total = await total();
  await page.waitForFunction(() => document.querySelector(".saved").textContent.includes("已保存"));
  await page.screenshot({ path: path.join(folder, "chromium-" + version + ".png"), fullPage: true });
  // Nothing may stick out of the page sideways.
  seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

  await open();
  seen.totalAgain = await total();
  await step("review");
  await page.click("[data-action='export-json']");
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
