'use strict';
/* What a walk does on the pages of the bench, by Playwright: from a fresh
 * context each page is tapped open, looked at, pictured, and left by the back
 * key. playwright.js FOLDER BROWSER PAGES */
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');

const [folder, executablePath, pages] = process.argv.slice(2);

async function answer(route) {
  const { pathname } = new URL(route.request().url());
  const file = path.join(folder, pathname === '/' ? 'index.html' : pathname);
  await route.fulfill({ body: fs.readFileSync(file),
    contentType: 'text/html; charset=utf-8' });
}

function look(page) {
  return page.evaluate(() => [...document.querySelectorAll('body *')].map((e) => {
    const b = e.getBoundingClientRect();
    const s = getComputedStyle(e);
    return [e.tagName, e.innerText, b.x, b.y, b.width, b.height, s.color,
      s.backgroundColor, s.fontSize, s.visibility, e.checked];
  }));
}

(async () => {
  const browser = await chromium.launch({ executablePath,
    args: ['--no-sandbox'] });
  for (let i = 0; i < Number(pages); i++) {
    const context = await browser.newContext({ viewport:
      { width: 412, height: 915 } });
    await context.route('**/*', answer);
    const page = await context.newPage();
    await page.goto('https://app.example/');
    await look(page);
    await page.click(`#p${i}`);
    await page.waitForLoadState();
    await look(page);
    await page.screenshot();
    await page.goBack();
    await look(page);
    await context.close();
  }
  await browser.close();
})();
