// Looks at pages as people will: on a phone and on a screen, by day and by night. Prints a line of JSON for each look.
// node look.js BROWSER FOLDER: opens each .html of the folder, and writes a picture of it beside it.
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('playwright-core');

const [executablePath, folder] = process.argv.slice(2);
const looks = [360, 1200].flatMap(width => ['light', 'dark'].map(colorScheme => ({ width, colorScheme })));

(async () => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  for (const name of fs.readdirSync(folder).filter(name => name.endsWith('.html')).sort()) {
    for (const { width, colorScheme } of looks) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      const complaints = [];
      const requests = [];
      page.on('console', message => complaints.push(message.text()));
      page.on('pageerror', error => complaints.push(String(error)));
      page.on('request', request => requests.push(request.url()));
      await page.goto(pathToFileURL(path.join(folder, name)).href);
      const heading = page.locator('h1');
      const look = {
        page: name, width, colorScheme, complaints, requests: requests.length,
        title: await page.title(),
        verdict: await heading.innerText(),
        verdictTop: Math.round((await heading.boundingBox()).y),
        pageWidth: await page.evaluate(() => document.documentElement.scrollWidth),
        tooWide: await page.evaluate(() => [...document.querySelectorAll('body *')]
          .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(element => element.tagName)),
        lowContrast: await page.evaluate(contrasts),
        scripts: await page.locator('script').count(),
      };
      await page.screenshot({ path: path.join(folder, `${path.basename(name, '.html')}-${width}-${colorScheme}.png`), fullPage: true });
      console.log(JSON.stringify(look));
      await context.close();
    }
  }

  await browser.close();
})().catch(error => {
  console.error(error);
  process.exitCode = 1;
});

// Texts whose colour is nearer to what is behind them than WCAG AA permits.
function contrasts() {
  const numbers = colour => colour.match(/[\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = numbers(colour).map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if (numbers(colour)[3] !== 0) {
        return colour;
      }
    }

    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('body *')]
    .filter(element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
    .filter(element => {
      const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05) < 4.5;
    })
    .map(element => `${element.tagName} ${element.textContent.slice(0, 40)}`);
}
