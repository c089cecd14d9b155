// Walks through the served pages at the width of a desk and of a telephone, and prints what was seen as JSON.
// node visit.js CHROMIUM ADDRESS FOLDER_OF_PICTURES LANGUAGE SEARCH
"use strict";
const { chromium } = require("playwright-core");
const fs = require("fs");
const [, , executablePath, address, pictures, language, search] = process.argv;
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const judged = async (browser, url, width) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run());
  await context.close();
  return result.violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
};

const walk = async (browser, width) => {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (failure) => said.push(String(failure)));
  page.on("request", (request) => { if (!request.url().startsWith(address)) said.push(request.url()); });
  const seen = [];
  const look = async (name) => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.screenshot({ path: `${pictures}/serve-${name}-${language}-${width}.png`, fullPage: true });
    seen.push({ name, overflow, url: page.url(), violations: await judged(browser, page.url(), width) });
  };
  await page.goto(address);
  await look("board");
  await page.goto(`${address}hazards`);
  const all = await page.locator("table tbody tr").count();
  await page.fill("input[name=q]", search);
  await page.press("input[name=q]", "Enter");
  await page.waitForURL(/q=/);
  const found = await page.locator("table tbody tr").count();
  await look("list");
  const link = page.locator("a[href^='/record/']").first();
  const id = (await link.textContent()).trim();
  await link.click();
  await page.waitForURL(/record/);
  await look("record");
  const opened = (await page.textContent("body")).includes(id);
  await page.close();
  return { width, said, all, found, opened, seen };
};

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const walks = [];
  for (const width of [1280, 390]) walks.push(await walk(browser, width));
  await browser.close();
  console.log(JSON.stringify(walks));
})().catch((failure) => { console.error(failure); process.exit(1); });
