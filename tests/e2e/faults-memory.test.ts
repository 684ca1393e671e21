/** Nothing piles up: however long the story is read, turned and left, listeners, nodes and memory stay; and a page at rest does nothing. */
import { chromium } from '@playwright/test';
import { expect, test, type Page } from './faultInjection.ts';
import { counts, piled } from './leaks.ts';
import { STEPS } from './story.ts';

/** How often the story is read from end to end, and the screen turned. */
const SCROLLS = 200;
const TURNS = 500;
/** How often each is done before the count begins: what the layouts remember (field/remember.ts) has an end, and is full by then. */
const FIRST_SCROLLS = 400;
const FIRST_TURNS = 500;
/** Reads from top to bottom and back so many times, at each step for a frame. */
async function read(page: Page, times: number): Promise<void> {
  const ids = STEPS.filter((_, i) => i % 4 === 0).map(({ id }) => id);
  await page.evaluate(
    async ({ places, rounds }) => {
      for (let i = 0; i < rounds; i += 1)
        for (const id of [...places, ...places.toReversed()]) {
          document.getElementById(id)?.scrollIntoView({ behavior: 'instant' });
          await window.reader.frame();
        }
    },
    { places: ids, rounds: times },
  );
  await page.evaluate(() => window.reader.settle(4));
}

async function turn(page: Page, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    await page.setViewportSize(i % 2 ? { width: 1000, height: 700 } : { width: 700, height: 1000 });
    await page.evaluate(() => window.reader.frame());
  }
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.evaluate(() => window.reader.settle(4));
}

for (const [what, act, first, times] of [
  [`the story is read from end to end ${SCROLLS} times`, read, FIRST_SCROLLS, SCROLLS],
  [`the screen is turned ${TURNS} times`, turn, FIRST_TURNS, TURNS],
] as const)
  test(`${what}, and nothing piles up`, async ({ page, errors }) => {
    // Thousands of frames, each as long as the machine makes it.
    test.setTimeout(900_000);
    await page.setViewportSize({ width: 1000, height: 700 });
    await page.goto('./');
    await read(page, 1);
    await act(page, first);
    const before = await counts(page);
    await act(page, times);
    const after = await counts(page);
    console.log(
      `${what}: ${before.nodes} → ${after.nodes} nodes, ${before.listeners} → ${after.listeners} listeners, heap ${before.heap} → ${after.heap} bytes`,
    );
    expect(piled(before, after, times)).toEqual([]);
    expect(errors).toEqual([]);
  });

test('the check would notice a listener, a node and memory that pile up', async ({ page }) => {
  await page.goto('./');
  await read(page, 1);
  const before = await counts(page);
  await page.evaluate(() => {
    const kept: unknown[] = [];
    Reflect.set(window, 'kept', kept);
    addEventListener('scroll', () => {
      kept.push(new Array(2000).fill(kept.length), document.createElement('p'));
      addEventListener('blur', () => kept.length);
    });
  });
  await read(page, 2);
  expect(piled(before, await counts(page), 2)).toHaveLength(3);
});

declare global {
  interface Window {
    /** What the page asked the browser to do later, since the test last looked. */
    asked: string[];
    /** The browser's own, which the test uses itself. */
    later: (callback: () => void) => unknown;
  }
}

/** Notes each call for a frame or a timer. */
function noteCalls(): void {
  window.asked = [];
  window.later = window.requestAnimationFrame.bind(window);
  const note = (name: 'requestAnimationFrame' | 'setTimeout' | 'setInterval' | 'requestIdleCallback') => {
    const original: unknown = Reflect.get(window, name);
    if (typeof original !== 'function') return;
    Reflect.set(window, name, (...given: unknown[]): unknown => {
      window.asked.push(name);
      return Reflect.apply(original, window, given);
    });
  };
  for (const name of ['requestAnimationFrame', 'setTimeout', 'setInterval', 'requestIdleCallback'] as const) note(name);
}

test('a page at rest asks for no frame and no timer, so a hidden one runs nothing', async ({ page }) => {
  await page.addInitScript(noteCalls);
  await page.goto(`./#${STEPS[4]?.id}`);
  await page.evaluate(() => window.reader.settle(20));
  const idle = (by = 0) =>
    page.evaluate(async (distance) => {
      window.asked = [];
      scrollBy(0, distance);
      for (let i = 0; i < 120; i += 1) await new Promise<void>((resolve) => window.later(resolve));
      return window.asked;
    }, by);
  expect(await idle()).toEqual([]);
  expect(await idle(40), 'the note is kept: a scroll is answered').toContain('requestAnimationFrame');
});

test('frozen in the background and woken again, the story goes on where it was', async ({ page, errors }) => {
  await page.goto(`./#${STEPS[4]?.id}`);
  await page.evaluate(() => window.reader.settle(4));
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await page.evaluate((id) => document.getElementById(id)?.scrollIntoView({ behavior: 'instant' }), STEPS[9]?.id ?? '');
  await page.evaluate(() => window.reader.settle(4));
  expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
  expect(errors).toEqual([]);
});

test('the browser keeps the page as it is for a reader who comes back', async ({ baseURL, launchOptions }) => {
  // Playwright turns this off by default, so the browser is started by the test, and spoken to without its help.
  const browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  try {
    const page = await browser.newPage({ baseURL: baseURL ?? '' });
    await page.addInitScript(() => addEventListener('pageshow', ({ persisted }) => Reflect.set(window, 'persisted', persisted)));
    await page.goto(`./#${STEPS[4]?.id}`);
    await page.goto('./fonts/OFL.txt');
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.enable');
    const { entries, currentIndex } = await session.send('Page.getNavigationHistory');
    const back = new Promise((resolve) => session.once('Page.frameNavigated', resolve));
    await session.send('Page.enable');
    await session.send('Page.navigateToHistoryEntry', { entryId: entries[currentIndex - 1]?.id ?? 0 });
    await back;
    const { result } = await session.send('Runtime.evaluate', { expression: 'window.persisted' });
    expect(result.value).toBe(true);
  } finally {
    await browser.close();
  }
});
