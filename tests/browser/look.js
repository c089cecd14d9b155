// Opens each page at the width of a desk and of a telephone, light and dark, and prints what was seen as JSON.
// node look.js CHROMIUM FOLDER_OF_PAGES FOLDER_OF_PICTURES LANGUAGES
"use strict";
const { chromium } = require("playwright-core");
const fs = require("fs");
const [, , executablePath, pages, pictures, languages] = process.argv;
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const measured = () => {
  const words = [...document.querySelectorAll("svg.drawing")].map((svg) => [...svg.querySelectorAll("text")]);
  const sizes = words.flat().map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a);
  const meeting = [];
  for (const texts of words) {
    const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
    boxes.forEach(([one, a], place) => {
      for (const [other, b] of boxes.slice(place + 1)) {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom - 4 <= b.top || b.bottom - 4 <= a.top;
        if (!apart) meeting.push(`${one} / ${other}`);
      }
    });
  }
  return { overflow: document.documentElement.scrollWidth - innerWidth, smallest: Math.min(...sizes), meeting };
};

const look = async (browser, language, width, scheme) => {
  const address = `file://${pages}/${language}.html`;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (failure) => said.push(String(failure)));
  page.on("request", (request) => { if (request.url() !== address) said.push(request.url()); });
  await page.goto(address);
  const seen = await page.evaluate(measured);
  await page.screenshot({ path: `${pictures}/${language}-${width}-${scheme}.png`, fullPage: true });
  const rows = page.locator("#rows-overdue tbody tr");
  const all = await rows.count();
  await page.fill("#find-overdue", "YH 20230828");
  const filtered = await rows.locator("visible=true").count();
  await page.locator("#rows-overdue a").locator("visible=true").first().click();
  // The browser tells the page of a new address in its own time, after the click has returned.
  const opened = await page.locator("details:target[open]").waitFor({ timeout: 10000 }).then(() => true, () => false);
  await page.close();

  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
  const judged = await context.newPage();
  await judged.goto(address);
  await judged.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await judged.evaluate(axe);
  const result = await judged.evaluate(() => window.axe.run());
  const violations = result.violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
  await context.close();
  return { language, width, scheme, said, rows: all, filtered, opened, violations, ...seen };
};

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const found = [];
  for (const language of languages.split(",")) {
    for (const width of [1280, 390]) {
      for (const scheme of ["light", "dark"]) found.push(await look(browser, language, width, scheme));
    }
  }
  await browser.close();
  console.log(JSON.stringify(found));
})().catch((failure) => { console.error(failure); process.exit(1); });
