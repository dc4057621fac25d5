// What a reader does in Jupyter Notebook with the first notebook: open, Run All, watch, interrupt, restart.
// Usage: node notebook.test.mjs URL FOLDER (see ./run). One line a test on stdout; screenshots in FOLDER.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { assert, flags, pixels } from './looking.mjs';

const [url, folder] = process.argv.slice(2);
const { chromium } = createRequire(join(folder, 'package.json'))('playwright-core');
const tests = [];
const test = (name, body) => tests.push({ name, body });
const minutes = (n) => n * 60_000;

let page;

async function until(what, limit, condition) {
  const end = Date.now() + limit;
  while (Date.now() < end) {
    const value = await condition();
    if (value) return value;
    await page.waitForTimeout(50);
  }
  throw new Error(`not within ${limit / 1000} s: ${what}`);
}

async function shot(name) {
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const running = () => page.locator('.code_cell.running').count();

async function open(notebook) {
  // Generous limits throughout: a loaded machine is slow, not wrong. What must be quick is asserted by its own number.
  await page.goto(`${url}/notebooks/${notebook}`, { timeout: 300_000 });
  await page.waitForFunction(() => globalThis.Jupyter?.notebook?._fully_loaded && Jupyter.notebook.kernel?.is_connected(), null, { timeout: 300_000 });
}

// Puts code into a new cell at the end and runs it; returns the cell's locator.
async function runInNewCell(code) {
  const index = await page.evaluate((text) => {
    const cell = Jupyter.notebook.insert_cell_at_bottom('code');
    cell.set_text(text);
    Jupyter.notebook.select(Jupyter.notebook.ncells() - 1);
    cell.execute();
    return Jupyter.notebook.ncells() - 1;
  }, code);
  const cell = page.locator('#notebook-container > .cell').nth(index);
  await cell.scrollIntoViewIfNeeded();
  return cell;
}

async function finished(cell, limit) {
  await until('the cell ends', limit, async () => !(await cell.evaluate((element) => element.classList.contains('running'))));
}

test('00-start-here opens on the C# kernel with no question', async () => {
  await open('00-start-here.ipynb');
  assert(await page.locator('.modal-dialog:visible').count() === 0, 'a dialog is open');
  assert(await page.evaluate(() => Jupyter.notebook.kernel.name) === '.net-csharp', 'another kernel');
  assert((await page.locator('.kernel_indicator_name').innerText()).includes('.NET (C#)'), 'another name is shown');
  assert(await page.locator('.cm-keyword').count() > 0, 'C# is not highlighted');
  await shot('1-opened');
});

test('Run All shows live progress and ends with no error', async () => {
  const seen = new Set();
  await page.locator('#celllink').click();
  await page.locator('#run_all_cells').click();
  await until('a cell runs', 60_000, running);
  let photographed = false;
  await until('all cells are done', minutes(10), async () => {
    // A live display is one output whose markup changes while its cell runs.
    for (const text of await page.locator('.code_cell.running .output_html').allInnerTexts()) seen.add(text);
    if (seen.size >= 3 && !photographed) {
      photographed = true;
      await page.locator('.code_cell.running .output_html').first().scrollIntoViewIfNeeded({ timeout: 1000 }).catch(() => undefined);
      await shot('2-running');
    }
    return (await running()) === 0 && (await page.evaluate(() => !Jupyter.notebook.kernel_busy));
  });
  assert(await page.locator('.output_error').count() === 0, `an error is shown: ${(await page.locator('.output_error').allInnerTexts()).join('\n').slice(0, 500)}`);
  const unrun = await page.evaluate(() => Jupyter.notebook.get_cells().filter((cell) => cell.cell_type === 'code' && cell.get_text().trim() && !cell.input_prompt_number).length);
  assert(unrun === 0, `${unrun} cells have not run`);
  assert(seen.size >= 3, `live progress had ${seen.size} states`);
});

test('the charts are drawn', async () => {
  const charts = page.locator('.output_svg svg');
  const count = await charts.count();
  assert(count >= 1, 'no chart in the page');
  for (let i = 0; i < count; i++) {
    await charts.nth(i).scrollIntoViewIfNeeded();
    const found = await pixels(page, charts.nth(i));
    assert(found.width > 200 && found.height > 100, `chart ${i} is ${found.width} by ${found.height}`);
    assert(found.different > 1000 && found.colours > 8, `chart ${i} is blank: ${JSON.stringify(found)}`);
    await charts.nth(i).screenshot({ path: join(folder, `3-chart-${i}.png`) });
  }
  await shot('3-charts');
});

test('interrupt stops an endless cell and variables stay', async () => {
  const kept = await runInNewCell('int keptByTheReader = 41;');
  await finished(kept, 60_000);
  const cell = await runInNewCell('while (true) { }');
  await until('the cell runs', 30_000, () => cell.evaluate((element) => element.classList.contains('running')));
  await page.waitForTimeout(1000);
  const started = Date.now();
  await page.locator('button[data-jupyter-action="jupyter-notebook:interrupt-kernel"]').click();
  await finished(cell, 30_000);
  const took = Date.now() - started;
  console.error(`# interrupted after ${took} ms`);
  assert(took < 5000, `it took ${took} ms`);
  await cell.locator('.output_error').waitFor({ timeout: 30_000 });
  await shot('4-interrupted');
  const after = await runInNewCell('Console.Write(keptByTheReader + 1);');
  await until('the variable is there', 30_000, async () => (await after.locator('.output_stdout').allInnerTexts()).join('').includes('42'));
});

test('a million lines leave the page responsive', async () => {
  await page.evaluate(() => {
    globalThis.longestStall = 0;
    let last = performance.now();
    const beat = () => {
      const now = performance.now();
      globalThis.longestStall = Math.max(globalThis.longestStall, now - last);
      last = now;
      setTimeout(beat, 10);
    };
    beat();
  });
  const cell = await runInNewCell('for (int i = 0; i < 1_000_000; i++) Console.WriteLine(i);');
  await finished(cell, minutes(5));
  await until('the end is shown', 30_000, async () => (await cell.locator('.output_stdout').evaluateAll((all) => all.some((one) => one.textContent.includes('999999')))));
  const stall = await page.evaluate(() => globalThis.longestStall);
  assert(stall < 8000, `the page stood still for ${Math.round(stall)} ms`);
  console.error(`# longest stall of the page: ${Math.round(stall)} ms`);
  await page.evaluate(() => Jupyter.notebook.delete_cell(Jupyter.notebook.ncells() - 1));
});

test('input is asked for in the page', async () => {
  const cell = await runInNewCell('Console.Write($"read {Console.ReadLine()}");');
  const box = cell.locator('input.raw_input');
  await box.waitFor({ timeout: 30_000 });
  await box.fill('from the page');
  await box.press('Enter');
  await until('the answer arrives', 30_000, async () => (await cell.locator('.output_stdout').allInnerTexts()).join('').includes('read from the page'));
});

test('Tab completes and Shift-Tab explains', async () => {
  await page.evaluate(() => {
    const cell = Jupyter.notebook.insert_cell_at_bottom('code');
    cell.set_text('Console.WriteL');
    Jupyter.notebook.select(Jupyter.notebook.ncells() - 1);
    Jupyter.notebook.edit_mode();
    cell.code_mirror.setCursor(0, 14);
  });
  await page.keyboard.press('Tab');
  await until('the word is completed', 60_000, () => page.evaluate(() => Jupyter.notebook.get_selected_cell().get_text() === 'Console.WriteLine'));
  await page.keyboard.press('Shift+Tab');
  await until('the tooltip explains', 60_000, async () => (await page.locator('#tooltip').innerText()).includes('WriteLine('));
  await shot('5-tooltip');
  await page.keyboard.press('Escape');
});

test('restart begins anew', async () => {
  await page.locator('button[data-jupyter-action="jupyter-notebook:confirm-restart-kernel"]').click();
  await page.locator('.modal-dialog .btn-danger').click();
  await page.waitForTimeout(500);
  await until('the kernel is back', 90_000, () => page.evaluate(() => Jupyter.notebook.kernel.is_connected() && !Jupyter.notebook.kernel_busy));
  const cell = await runInNewCell('keptByTheReader');
  await cell.locator('.output_error').waitFor({ timeout: 90_000 });
  assert((await cell.locator('.input_prompt').innerText()).includes('[1]'), 'numbers did not begin anew');
  await shot('6-restarted');
});

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
let failed = 0;
try {
  page = await (await browser.newContext({ viewport: { width: 1200, height: 1000 } })).newPage();
  page.on('dialog', (dialog) => dialog.accept().catch(() => undefined));
  for (const { name, body } of tests) {
    try {
      await body();
      console.log(`ok browser: ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok browser: ${name} # ${error.message.split('\n')[0]}`);
      await shot(`failed-${failed}`).catch(() => undefined);
    }
  }
} finally {
  await browser.close();
}
process.exit(failed > 0 ? 1 : 0);
