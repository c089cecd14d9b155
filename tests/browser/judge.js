// Judges pages that are kept and printed, at the width of a desk and of a telephone, light and dark, and prints what was seen as JSON.
// node judge.js CHROMIUM FOLDER_OF_PAGES NAMES
"use strict";
const { chromium } = require("playwright-core");
const fs = require("fs");
const [, , executablePath, pages, names] = process.argv;
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const judged = async (browser, name, width, scheme) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
  const page = await context.newPage();
  const address = `file://${pages}/${name}.html`;
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (failure) => said.push(String(failure)));
  page.on("request", (request) => { if (request.url() !== address && !request.url().startsWith("data:")) said.push(request.url()); });
  await page.goto(address);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run());
  await context.close();
  return { name, width, scheme, said, overflow, violations: result.violations.map((one) => `${one.id}: ${one.nodes[0].html}`) };
};

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const found = [];
  for (const name of names.split(",")) {
    for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [390, "light"], [390, "dark"]]) {
      found.push(await judged(browser, name, width, scheme));
    }
  }
  await browser.close();
  console.log(JSON.stringify(found));
})().catch((failure) => { console.error(failure); process.exit(1); });
