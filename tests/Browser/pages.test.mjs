// How every notebook looks with its saved outputs: as the kernel's HTML page and in Jupyter Notebook. Nothing is run.
// Usage: node pages.test.mjs URL FOLDER PAGES (see ./run). One line a test on stdout; screenshots in FOLDER/pages.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assert, flags, pixels } from './looking.mjs';

const [url, folder, notebooks] = process.argv.slice(2);
const { chromium } = createRequire(join(folder, 'package.json'))('playwright-core');
const pages = join(folder, 'pages');
mkdirSync(pages, { recursive: true });

const names = readdirSync(notebooks, { recursive: true }).map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.ipynb')).sort();
const figureType = 'application/vnd.plotly.v1+json';

// The figures that a notebook has saved.
function figures(name) {
  const outputs = JSON.parse(readFileSync(join(notebooks, name))).cells.flatMap((cell) => cell.outputs ?? []);
  return outputs.map((output) => output.data?.[figureType]).filter(Boolean);
}

const shotName = (name, suffix) => join(pages, `${name.replaceAll('/', '-').replace('.ipynb', '')}-${suffix}.png`);

async function assertDrawn(page, charts, what) {
  const count = await charts.count();
  for (let i = 0; i < count; i++) {
    const found = await pixels(page, charts.nth(i));
    assert(found.width > 200 && found.height > 80 && found.different > 500 && found.colours > 8, `${what} ${i + 1} is blank: ${JSON.stringify(found)}`);
  }
  return count;
}

// The widest thing that does not fit the page; code and tables scroll inside their own frames.
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function asPage(page, name) {
  await page.goto(pathToFileURL(join(pages, name.replace('.ipynb', '.html'))).href, { timeout: 300_000 });
  const saved = figures(name);
  if (await page.evaluate(() => typeof globalThis.Plotly) !== 'undefined') {
    await page.waitForFunction(() => document.querySelectorAll('.figure').length === document.querySelectorAll('.figure.drawn').length, null, { timeout: 300_000 });
    const faults = await page.evaluate((all) => all.flatMap((figure, i) => (Plotly.validate(figure.data, figure.layout) ?? []).map((fault) => `figure ${i + 1}: ${fault.msg}`)), saved);
    assert(faults.length === 0, `Plotly.validate: ${faults.join('; ')}`);
  }
  const drawn = await assertDrawn(page, page.locator('.figure'), 'figure');
  assert(drawn === saved.length, `${drawn} figures are shown, ${saved.length} are saved`);
  const broken = await page.evaluate(() => [...document.images].filter((image) => !image.complete || image.naturalWidth === 0).map((image) => image.getAttribute('src').slice(0, 60)));
  assert(broken.length === 0, `pictures that do not load: ${broken.join(', ')}`);
  assert(await page.locator('pre.tex, code.tex').count() === 0, 'a formula is shown as TeX');
  const wide = await overflow(page);
  assert(wide <= 0, `the page is ${wide} pixels too wide`);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: shotName(name, 'page'), fullPage: true, timeout: 300_000 });
}

async function inJupyter(page, name) {
  await page.goto(`${url}/notebooks/${name}`, { timeout: 60_000 });
  await page.waitForFunction(() => globalThis.Jupyter?.notebook?._fully_loaded, null, { timeout: 60_000 });
  assert(await page.locator('.output_svg svg').count() >= figures(name).length, `fewer pictures than the ${figures(name).length} figures`);
  await assertDrawn(page, page.locator('.output_svg svg'), 'chart');
  await page.evaluate(() => document.querySelector('#site').scrollTo(0, 0));
  await page.screenshot({ path: shotName(name, 'jupyter') });
  await page.evaluate(() => Jupyter.notebook.session?.delete());
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
let failed = 0;
try {
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 1000 } })).newPage();
  page.on('dialog', (dialog) => dialog.accept().catch(() => undefined));
  for (const [how, look] of [['as a page', asPage], ['in Jupyter', inJupyter]]) {
    for (const name of names) {
      try {
        await look(page, name);
        console.log(`ok browser: ${name} ${how}`);
      } catch (error) {
        failed++;
        console.log(`not ok browser: ${name} ${how} # ${error.message.split('\n')[0]}`);
        await page.screenshot({ path: shotName(name, `failed-${failed}`) }).catch(() => undefined);
      }
    }
  }
} finally {
  await browser.close();
}
process.exit(failed > 0 ? 1 : 0);
