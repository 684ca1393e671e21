/** A browser that lacks something, or forbids it: the same words, and still pictures where nothing can move. */
import { emptyStages, expect, readDown, test, wordsOf, wordsWithoutScript } from './faultInjection.ts';

/** What a moving picture cannot do without. */
const NEEDED: Readonly<Record<string, () => void>> = {
  IntersectionObserver: () => Reflect.deleteProperty(window, 'IntersectionObserver'),
  ResizeObserver: () => Reflect.deleteProperty(window, 'ResizeObserver'),
  matchMedia: () => Reflect.deleteProperty(window, 'matchMedia'),
  findLastIndex: () => Reflect.deleteProperty(Array.prototype, 'findLastIndex'),
  svh: () => {
    const { supports } = CSS;
    CSS.supports = (...words: string[]) => !words.join().includes('svh') && Reflect.apply(supports, CSS, words);
  },
};

for (const [name, take] of Object.entries(NEEDED))
  test(`without ${name} every word and every still picture stands`, async ({ page, baseURL, errors }) => {
    const words = await wordsWithoutScript(page, './', baseURL);
    await page.addInitScript(take);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto('./');
    await readDown(page);
    expect(await page.evaluate(wordsOf)).toEqual(words);
    expect(await page.evaluate(emptyStages)).toEqual([]);
    expect(await page.evaluate(() => document.querySelectorAll('.stage-picture > svg').length), 'nothing woke').toBe(0);
    expect([...errors, ...said]).toEqual([]);
  });

/** What the story can do without. */
const SPARED: Readonly<Record<string, () => void>> = {
  'no popover': () => {
    for (const name of ['popover', 'showPopover', 'hidePopover', 'togglePopover']) Reflect.deleteProperty(HTMLElement.prototype, name);
  },
  'storage that throws': () => {
    const refuse = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, { get: refuse });
    Object.defineProperty(document, 'cookie', { get: refuse, set: refuse });
  },
  'no canvas': () => {
    HTMLCanvasElement.prototype.getContext = () => null;
  },
  'a history that may not be changed': () => {
    history.replaceState = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  },
  'no visual viewport': () => {
    Object.defineProperty(window, 'visualViewport', { value: null });
  },
};

for (const [what, take] of Object.entries(SPARED))
  test(`with ${what} the story is whole and moves`, async ({ page, baseURL, errors }) => {
    const words = await wordsWithoutScript(page, './', baseURL);
    await page.addInitScript(take);
    await page.goto('./');
    await readDown(page);
    await page.evaluate(() => window.reader.settle(4));
    expect(await page.evaluate(wordsOf)).toEqual(words);
    expect(await page.evaluate(emptyStages)).toEqual([]);
    expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
    expect(await page.evaluate(() => document.querySelectorAll('.stage-picture > svg').length)).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

test('with fonts blocked the words stand in another face, and nothing breaks', async ({ page, baseURL, errors }) => {
  const words = await wordsWithoutScript(page, './', baseURL);
  await page.route(/\.woff2$/, (route) => route.abort('blockedbyclient'));
  await page.goto('./');
  await readDown(page);
  expect(await page.evaluate(wordsOf)).toEqual(words);
  expect(await page.evaluate(emptyStages)).toEqual([]);
  expect(errors).toEqual([]);
});

test('a broken browser would be noticed: the page’s errors reach the test', async ({ page, errors }) => {
  await page.addInitScript(() => {
    window.requestAnimationFrame = () => {
      throw new Error('seeded');
    };
  });
  await page.goto('./');
  await expect.poll(() => errors).toContain('seeded');
});
