/** Steady and small: nothing shifts, few requests, little script and style. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test as beside } from './faultInjection.ts';
import { expect, nameOf, open, settle, test, VIEWPORTS, type Page } from './page.ts';
import { listen } from './publisher.ts';
import { BUILD } from './story.ts';

/** Budgets of the story page (issue: the story, whole); kB of 1,000 bytes in gzip. */
const SCRIPT = 36_000;
const STYLE = 12_000;
const REQUESTS = 6;

declare global {
  interface Window {
    shifts: { value: number; what: string }[];
    /** True when the cover was whole in the first frame. */
    coverFirst: boolean;
  }
}

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

function recordShifts(): void {
  window.shifts = [];
  const isShift = (entry: PerformanceEntry): entry is LayoutShift => 'value' in entry && 'sources' in entry;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (isShift(entry)) {
        const what = entry.sources.map(({ node }) =>
          (node instanceof Element ? `${node.localName}.${node.className || node.id}` : (node?.textContent ?? '')).slice(0, 40),
        );
        window.shifts.push({ value: entry.value, what: `${entry.value.toFixed(4)} ${what.join(', ')} at ${Math.round(scrollY)} px` });
      }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Reads to the end by the wheel, as fast as the page moves. */
async function readToTheEnd(page: Page, height: number): Promise<void> {
  await page.mouse.move(200, height - 60);
  const atEnd = () => page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2);
  for (let i = 0; i < 200 && !(await atEnd()); i += 1) {
    await page.mouse.wheel(0, height * 0.9);
    await page.evaluate(() => window.reader.frame());
  }
  expect(await atEnd(), 'the wheel reached the end').toBe(true);
}

for (const viewport of VIEWPORTS)
  test(`nothing jumps under the reader’s eyes, and little is fetched, from load to end, ${nameOf(viewport)}`, async ({ page }) => {
    await page.addInitScript(recordShifts);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.setViewportSize(viewport);
    await open(page);
    await readToTheEnd(page, viewport.height);
    expect(await page.evaluate(() => window.shifts.map(({ what }) => what))).toEqual([]);
    expect(requests.filter((url) => /\.(woff2?|ttf|otf)$/.test(url))).toEqual([expect.stringContaining('newsreader.woff2')]);
    // The browser asks for the tab's icon again at each new address; where it is kept, nothing is sent.
    expect(new Set(requests).size, requests.join()).toBeLessThanOrEqual(REQUESTS);
    // The faces that stand in for it are the machine's own, and no machine has all of them.
    expect(await page.evaluate(() => [...document.fonts].filter(({ family }) => family === 'Newsreader').map(({ status }) => status))).toEqual(['loaded']);
  });

/** Opens a page that comes in these pieces: each is drawn before the next is sent, or whatever else `drawn` waits for. */
async function openInPieces(
  page: Page,
  pieces: readonly string[],
  drawn: () => Promise<unknown> = () => page.evaluate(() => window.reader.frame()),
): Promise<void> {
  const waiting = [...pieces];
  let send = (): void => undefined;
  const server = createServer((request, response) => {
    if (request.url !== '/') return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    send = () => {
      response.write(waiting.shift() ?? '');
      if (!waiting.length) response.end();
    };
    send();
  });
  const port = await listen(server, '127.0.0.1');
  await page.addInitScript(recordShifts);
  await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'commit' });
  while (waiting.length) {
    await drawn();
    send();
  }
  await page.waitForLoadState('load');
  await page.evaluate(() => window.reader.frame());
  server.closeAllConnections();
  server.close();
}

/** What makes a browser wait for the cover. */
const WAITS = /<link rel="expect"[^>]*>/;

beside('the first that is painted is the whole cover, however the line cuts the page', async ({ page }) => {
  const whole = readFileSync(join(BUILD, 'index.html'), 'utf8');
  const [heading, end] = [whole.indexOf('<h1'), whole.indexOf('<figure class="stage"')];
  await page.addInitScript(() => requestAnimationFrame(() => (window.coverFirst = document.querySelector('.cover + *') !== null)));
  // No frame comes that could be waited for: a piece is waited for by what it brings.
  const brought = ['.cover', '.cover .ways'];
  await openInPieces(page, [whole.slice(0, heading), whole.slice(heading, end), whole.slice(end)], () =>
    page.waitForFunction((mark) => document.querySelector(mark), brought.shift() ?? '', { polling: 50 }),
  );
  expect(await page.evaluate(() => window.coverFirst)).toBe(true);
  const [start, rest] = [whole.slice(0, heading).replace(WAITS, ''), whole.slice(heading)];
  await openInPieces(page, [start, rest]);
  expect(await page.evaluate(() => window.coverFirst), 'where it is not told, the bar comes first').toBe(false);
});

for (const path of ['', 'steps/', 'plain/', 'evidence/'])
  // The cover has a layout for each; the other pages have one for wide and one for narrow screens.
  for (const viewport of path === '' ? VIEWPORTS : [VIEWPORTS[0], VIEWPORTS[2]])
    beside(`nothing jumps while the words are still on their way, /${path}, ${nameOf(viewport)}`, async ({ page }) => {
      // Above the first picture a piece is what is between two ends; the rest comes whole.
      // For a browser that cannot wait for the cover: one that can draws nothing of this.
      const whole = readFileSync(join(BUILD, path, 'index.html'), 'utf8').replace(WAITS, '');
      const rest = Math.min(...['class="stage', 'class="screen-picture', '<table'].map((mark) => whole.indexOf(mark)).filter((at) => at > 0));
      const opening = whole.slice(0, rest).split(/(?<=<\/(?:button|li|nav|h1|h2|p|summary|svg)>)/);
      expect(opening.length).toBeGreaterThan(10);
      await page.setViewportSize(viewport);
      await openInPieces(page, [...opening, whole.slice(rest)]);
      expect(await page.evaluate(() => window.shifts.map(({ what }) => what))).toEqual([]);
    });

for (const viewport of VIEWPORTS)
  beside(`nothing jumps in a frame when its script comes after its words, ${nameOf(viewport)}`, async ({ page }) => {
    const whole = readFileSync(join(BUILD, 'embed/members/index.html'), 'utf8');
    const script = whole.indexOf('<script>');
    await page.setViewportSize(viewport);
    await openInPieces(page, [whole.slice(0, script / 2), whole.slice(script / 2, script), whole.slice(script)]);
    expect(await page.evaluate(() => window.shifts.map(({ what }) => what))).toEqual([]);
    await expect(page.locator('h1, h2, h3').locator('visible=true')).not.toHaveCount(0);
  });

beside('a frame whose script never runs shows its words all the same', async ({ page }) => {
  const whole = readFileSync(join(BUILD, 'embed/members/index.html'), 'utf8');
  // Its policy knows the script by its hash.
  await openInPieces(page, [whole.replace('<script>', '<script>;')]);
  const words = page.locator('.step p').first();
  expect(await page.locator('html').getAttribute('data-waiting'), 'the script did not run').toBe('');
  await expect(words).toBeVisible();
});

test('nothing jumps when the font and the script come late', async ({ page }) => {
  await page.addInitScript(recordShifts);
  let release = (): void => undefined;
  const painted = new Promise<void>((resolve) => (release = resolve));
  const late: string[] = [];
  await page.route(/\.(woff2|js)$/, async (route) => {
    await painted;
    late.push(route.request().url());
    await route.continue();
  });
  await page.goto('./', { waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length)).toBe(1);
  expect(late, 'the words stood before font and script came').toEqual([]);
  release();
  await page.waitForLoadState('load');
  await settle(page);
  expect(late.length).toBe(2);
  expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
  expect(await page.evaluate(() => window.shifts.map(({ what }) => what))).toEqual([]);
});

test('the check of steadiness would notice a line that comes late', async ({ page }) => {
  await page.addInitScript(recordShifts);
  await open(page);
  await page.evaluate(() => {
    const late = document.createElement('p');
    late.textContent = 'Late';
    document.querySelector('.cover-words')?.prepend(late, late.cloneNode(true));
  });
  await expect.poll(() => page.evaluate(() => window.shifts.length)).toBeGreaterThan(0);
});

function gzipped(...sources: readonly string[]): number {
  return sources.reduce((sum, source) => sum + gzipSync(source, { level: 9 }).length, 0);
}

test('the story costs its reader little script and little style', () => {
  const page = readFileSync(join(BUILD, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+\.js)"/g)].map(([, address = '']) => address);
  const inline = [...page.matchAll(/<script(?![^>]*(?:\bsrc=|ld\+json))[^>]*>([\s\S]*?)<\/script>/g)].map(([, source = '']) => source);
  const script = gzipped(...scripts.map((name) => readFileSync(join(BUILD, name), 'utf8')), ...inline);
  const styles = [...page.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, source = '']) => source);
  const style = gzipped(...styles);
  console.log(`script ${script} bytes and style ${style} bytes in gzip`);
  expect(scripts.length).toBeGreaterThan(0);
  expect(styles.length).toBeGreaterThan(0);
  expect(page, 'no style sheet beside the inline one').not.toMatch(/<link[^>]*stylesheet/);
  expect(script).toBeLessThanOrEqual(SCRIPT);
  expect(style).toBeLessThanOrEqual(STYLE);
});
