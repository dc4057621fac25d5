// The book that `ddpg-kernel book` makes of all notebooks: opened from its folder, without a server and offline, on a phone and on a wide screen, light and dark.
// Usage: node book.test.mjs FOLDER (see ./run); the book is in FOLDER/book. One line a test on stdout; screenshots in FOLDER/book-shots.
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { assert, flags, pixels } from './looking.mjs';

const folder = process.argv[2];
const { chromium } = createRequire(join(folder, 'package.json'))('playwright-core');
const book = join(folder, 'book'), shots = join(folder, 'book-shots');
mkdirSync(shots, { recursive: true });
const names = readdirSync(book, { recursive: true }).map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.html')).sort();
const address = (name) => pathToFileURL(join(book, name)).href;
const screens = [['phone', { width: 390, height: 800 }], ['wide', { width: 1500, height: 950 }]];

// The widest thing that does not fit the page; code and tables scroll inside their own frames.
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function open(page, name) {
  await page.goto(address(name), { timeout: 300_000 });
  await page.waitForFunction(() => document.querySelector('.search') && !document.querySelector('.search').hidden);
  if (await page.evaluate(() => typeof globalThis.Plotly) !== 'undefined')
    await page.waitForFunction(() => document.querySelectorAll('.figure').length === document.querySelectorAll('.figure.drawn').length, null, { timeout: 300_000 });
}

// Every page fits the screen, and all its links and pictures are there.
async function everyPage(page) {
  for (const name of names) {
    await open(page, name);
    const wide = await overflow(page);
    assert(wide <= 0, `${name} is ${wide} pixels too wide`);
    const links = await page.evaluate(() => [...document.querySelectorAll('a[href], link[href], script[src]')].map((element) => element.href || element.src));
    for (const link of links.filter((link) => link.startsWith('file:'))) assert(existsSync(fileURLToPath(link.split('#')[0])), `${name} leads to ${link.slice(address('').length)}`);
    const missing = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].map((link) => decodeURIComponent(link.hash.slice(1))).filter((id) => id && !document.getElementById(id)));
    assert(missing.length === 0, `${name} leads to parts that it has not: ${missing.join(', ')}`);
  }
}

// A reader's way: contents, a chapter with charts, search by keys, next, previous, back to the contents.
async function reading(page, screen) {
  await open(page, 'index.html');
  await page.screenshot({ path: join(shots, `index-${screen}.png`) });
  await page.locator('.chapters a').first().click();
  await page.waitForURL('**/00-start-here.html');
  await open(page, '00-start-here.html');
  await page.screenshot({ path: join(shots, `chapter-${screen}.png`) });
  const figures = page.locator('.figure');
  assert(await figures.count() > 0, 'the first chapter has no chart');
  const found = await pixels(page, figures.first());
  assert(found.width > 200 && found.height > 80 && found.colours > 8, `the chart is blank: ${JSON.stringify(found)}`);
  await page.screenshot({ path: join(shots, `figure-${screen}.png`) });
  const title = await figures.first().locator('.gtitle').boundingBox(), legend = await figures.first().locator('.legend').boundingBox();
  assert(!title || !legend || legend.y >= title.y + title.height || title.y >= legend.y + legend.height, "the chart's legend lies on its title");
  assert(!title || title.x + title.width <= page.viewportSize().width, "the chart's title leaves the screen");

  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await page.locator('.search input').fill('learning cur');
  await page.locator('.search li').first().waitFor();
  await page.screenshot({ path: join(shots, `search-${screen}.png`) });
  const box = await page.locator('.search ol').boundingBox();
  assert(box.x >= 0 && box.x + box.width <= page.viewportSize().width, 'the found headings leave the screen');
  const first = await page.locator('.search li a').first().getAttribute('href');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${first.split('#')[0]}*`);
  await page.locator('.search input').fill('no such heading at all');
  assert((await page.locator('.search p').textContent()).includes('No heading'), 'nothing is said of a search that finds nothing');
  await page.keyboard.press('Escape');

  await open(page, '03-policy-gradient.html');
  await page.locator('.turns [rel=next]').click();
  await page.waitForURL('**/04-target-networks.html');
  await page.locator('.turns [rel=prev]').click();
  await page.waitForURL('**/03-policy-gradient.html');
  await page.locator('.turns').scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(shots, `turns-${screen}.png`) });
  await page.locator('header > a').click();
  await page.waitForURL('**/index.html');
}

const luminance = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3);

async function lightAndDark(page, screen) {
  for (const [scheme, right] of [['light', (value) => value > 200], ['dark', (value) => value < 50]]) {
    await page.emulateMedia({ colorScheme: scheme });
    await open(page, '00-start-here.html');
    assert(right(await luminance(page)), `${scheme} looks ${await luminance(page)}`);
    await page.locator('.figure').first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(shots, `${scheme}-${screen}.png`) });
  }
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
let failed = 0;
try {
  for (const [screen, viewport] of screens) {
    for (const [what, look] of [['every page fits and leads somewhere', everyPage], ['is read from contents to search', reading], ['is light and dark', lightAndDark]]) {
      const context = await browser.newContext({ viewport, isMobile: screen === 'phone', offline: true });
      const page = await context.newPage(), faults = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => { if (!/^(file|data|blob):/.test(request.url())) faults.push(`asks for ${request.url()}`); });
      try {
        await look(page, screen);
        assert(faults.length === 0, faults.join('; '));
        console.log(`ok browser: the book ${what} (${screen})`);
      } catch (error) {
        failed++;
        console.log(`not ok browser: the book ${what} (${screen}) # ${error.message.split('\n')[0]}`);
        await page.screenshot({ path: join(shots, `failed-${failed}.png`) }).catch(() => undefined);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
process.exit(failed > 0 ? 1 : 0);
