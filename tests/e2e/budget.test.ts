/** Budgets that are the same on every machine: bytes as they are sent, requests, elements, layout shift, and the one font. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ADDRESSES, BUDGETS, type Budget } from '../bench/budget.ts';
import { expect, test, type Page } from './page.ts';
import { BUILD } from './story.ts';

/** The bytes of a built file as a host sends it: packed by the build, or as it is where packing saves nothing. */
function sent(path: string): number {
  const file = join(BUILD, path.endsWith('/') || path === '' ? `${path}index.html` : path);
  const packed = statSync(`${file}.gz`, { throwIfNoEntry: false });
  return packed?.size ?? readFileSync(file).length;
}

/** Every file of this site that the page asks for until it has been read to its end. */
async function filesOf(page: Page, address: string): Promise<string[]> {
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).pathname.slice(1)));
  await page.goto(`.${address}`);
  await page.evaluate(() => window.reader.settle(4));
  const icon = await page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href);
  if (icon) asked.add(new URL(icon).pathname.slice(1));
  await page.evaluate(async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo({ top, behavior: 'instant' });
      await window.reader.frame();
    }
  });
  await page.evaluate(() => window.reader.settle(4));
  return [...asked];
}

/** What is over the budget, by name. */
function over(measured: Budget, budget: Budget): string[] {
  const names = ['js', 'total', 'requests', 'nodes'] as const;
  return names.flatMap((name) => (measured[name] > budget[name] ? [`${name}: ${measured[name]}, not ${budget[name]}`] : []));
}

for (const [name, address] of Object.entries(ADDRESSES))
  test(`${name}: light to the last byte`, async ({ page }) => {
    const files = await filesOf(page, address);
    const js = files.filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + sent(file), 0);
    const total = files.reduce((sum, file) => sum + sent(file), 0);
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    const measured = { js, total, requests: files.length, nodes };
    console.log(`${name}: ${JSON.stringify(measured)}`);
    const budget = BUDGETS[name as keyof typeof BUDGETS];
    expect(over(measured, budget)).toEqual([]);
    expect(over({ ...measured, js: budget.js + 1, nodes: budget.nodes + 1 }, budget), 'what is over is noticed').toHaveLength(2);
  });

/** What moved since the page was opened, without the reader. */
const SHIFTS = () => {
  const shifts: string[] = [];
  Reflect.set(window, 'moved', shifts);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ('value' in entry && 'sources' in entry)
        shifts.push(
          `${Number(entry.value).toFixed(4)} ${(entry.sources as { node: Node | null }[]).map(({ node }) => (node instanceof Element ? `${node.localName}.${node.className}` : (node?.textContent ?? '')).slice(0, 40)).join(', ')}`,
        );
  }).observe({ type: 'layout-shift', buffered: true });
};

/** Opens a page whose script comes only when all else has been painted: a fast line hides what moves then. */
async function shiftsWithLateScript(page: Page, address: string, change: (html: string) => string = (html) => html): Promise<unknown> {
  await page.addInitScript(SHIFTS);
  let release: (() => void) | undefined;
  const painted = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\.js$/, async (route) => {
    await painted;
    await route.continue();
  });
  await page.route(/\/$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });
  await page.goto(`.${address}`, { waitUntil: 'commit' });
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  release?.();
  await page.waitForLoadState('load');
  await page.evaluate(() => window.reader.settle(8));
  return page.evaluate(() => Reflect.get(window, 'moved'));
}

for (const width of [390, 1350])
  for (const address of ['/', '/steps/', '/evidence/', '/publishers/'])
    test(`${address}: nothing moves when the script comes late, ${width} px wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      expect(await shiftsWithLateScript(page, address)).toEqual([]);
    });

test('what moves when the script comes late is noticed', async ({ page }) => {
  await page.setViewportSize({ width: 1350, height: 900 });
  const seeded = (html: string) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '').replaceAll('visibility:hidden', 'display:none');
  expect(await shiftsWithLateScript(page, '/', seeded)).not.toEqual([]);
});
