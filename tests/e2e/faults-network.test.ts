/** Each file of each page fails in each way: every word stays, every picture stands, and nothing breaks. */
import type { Route } from '@playwright/test';
import { emptyStages, expect, PAGES, readDown, test, wordsOf, wordsWithoutScript, type Page } from './faultInjection.ts';

/** What may happen to a file on its way. */
const WAYS: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  'is aborted': (route) => route.abort(),
  'is answered with 503': (route) => route.fulfill({ status: 503, body: 'Service unavailable' }),
  'never comes': () => Promise.resolve(),
  'is cut in half': async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ response, body: body.subarray(0, body.length / 2) });
  },
  'has the wrong type': async (route) =>
    route.fulfill({ response: await route.fetch(), headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' } }),
  'is gone after a new release': (route) => route.fulfill({ status: 404, contentType: 'text/html', body: '<!doctype html><title>Not found</title>' }),
};

/** The files that a page asks for as it is read to its end, and its icon, which this browser may not ask for. */
async function filesOf(page: Page, address: string): Promise<string[]> {
  const files = new Set<string>();
  page.on('request', (request) => request.isNavigationRequest() || files.add(request.url()));
  await page.goto(address);
  await readDown(page);
  files.add(await page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? ''));
  return [...files].filter(Boolean);
}

/** What the reader misses once everything that can come has come. */
async function missed(page: Page, address: string, words: readonly string[]): Promise<string[]> {
  await page.goto(address, { waitUntil: 'commit' });
  // A file that never comes keeps the page from being complete: its words are waited for, not its end.
  await expect.poll(() => page.evaluate(wordsOf)).toHaveLength(words.length);
  await readDown(page);
  const found = await page.evaluate(wordsOf);
  return [
    ...words.filter((text, i) => text !== found[i]).map((text) => `no words “${text.slice(0, 40)}”`),
    ...(await page.evaluate(emptyStages)).map((chart) => `no picture ${chart}`),
  ];
}

const EMBEDS = PAGES.filter((address) => address.includes('/embed/'));

test('an embed asks for nothing that could fail: its style, script and pictures stand in it', async ({ page }) => {
  expect(EMBEDS.length).toBeGreaterThan(5);
  for (const address of EMBEDS) {
    const asked: string[] = [];
    page.on('request', (request) => request.isNavigationRequest() || asked.push(request.url()));
    await page.goto(address);
    await page.evaluate(() => window.reader.settle(4));
    // Opened by itself it has an icon; in a frame nobody asks for that.
    expect(asked.filter((url) => !url.endsWith('/icon.png'))).toEqual([]);
  }
  const files = await filesOf(page, './');
  for (const kind of ['.js', '.woff2', '.png'])
    expect(
      files.some((file) => file.endsWith(kind)),
      `a page that asks is noticed: ${kind}`,
    ).toBe(true);
});

for (const address of PAGES.filter((one) => !EMBEDS.includes(one)))
  for (const [way, fail] of Object.entries(WAYS))
    test(`${address}: whichever file ${way}, nothing is missed`, async ({ page, context, baseURL, errors }) => {
      const words = await wordsWithoutScript(page, address, baseURL);
      const files = await filesOf(page, address);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const other = await context.newPage();
        await other.route(file, fail);
        expect(await missed(other, address, words), file).toEqual([]);
        await other.close();
      }
      expect(errors).toEqual([]);
    });

test('the check would notice a word or a picture that comes only with the script', async ({ page, baseURL }) => {
  const words = await wordsWithoutScript(page, './', baseURL);
  await page.route(/\.js$/, (route) => route.abort());
  await page.route(/\/$/, async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replaceAll(/<div class="still [\s\S]*?<\/svg>/g, '<div class="still">').replace('</h1>', '<br>in script only</h1>');
    await route.fulfill({ response, body: html });
  });
  const faults = await missed(page, './', words);
  expect(faults).toContainEqual(expect.stringMatching(/^no words/));
  expect(faults.filter((fault) => fault.startsWith('no picture')).length).toBeGreaterThan(1);
});
