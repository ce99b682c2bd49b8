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
    const page = await browser.newPage();
    const complaints = [];
    const requests = [];
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('request', request => requests.push(request.url()));
    await page.goto(pathToFileURL(path.join(folder, name)).href);
    for (const { width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const look = await page.evaluate(lookAround);
      await page.screenshot({ path: path.join(folder, `${path.basename(name, '.html')}-${width}-${colorScheme}.png`), fullPage: true });
      console.log(JSON.stringify({ page: name, width, colorScheme, complaints, requests: requests.length, ...look }));
    }

    await page.close();
  }

  await browser.close();
})().catch(error => {
  console.error(error);
  process.exitCode = 1;
});

function lookAround() {
  const elements = [...document.querySelectorAll('body *')];
  const heading = document.querySelector('h1');
  return {
    title: document.title,
    verdict: heading.innerText,
    verdictTop: Math.round(heading.getBoundingClientRect().top),
    pageWidth: document.documentElement.scrollWidth,
    tooWide: elements.filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(element => element.tagName),
    lowContrast: elements.filter(isHardToRead).map(element => `${element.tagName} ${element.textContent.slice(0, 40)}`),
    scripts: document.scripts.length,
  };

  // Whether the colour of a text is nearer to what is behind it than WCAG AA permits.
  function isHardToRead(element) {
    if (![...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())) {
      return false;
    }

    const [dark, light] = [brightness(getComputedStyle(element).color), brightness(behind(element))].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05) < 4.5;
  }

  function brightness(colour) {
    const [r, g, b] = numbers(colour).map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function behind(element) {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if (numbers(colour)[3] !== 0) {
        return colour;
      }
    }

    return 'rgb(255, 255, 255)';
  }

  function numbers(colour) {
    return colour.match(/[\d.]+/g).map(Number);
  }
}
