/** What a reader of a publisher's page must not lose: their place, when the page turns, grows, is zoomed, reloaded, or scrolls in a box of its own. */
import { STEPS } from './story.ts';
import { article, contentOf, drawn, expect, frameOf, modeIn, plainFrame, shownIn, test, type Frame, type Page, type Publisher } from './publisher.ts';

const MEMBERS = STEPS.filter(({ chart }) => chart === 'members').map(({ id }) => id);
const PORTRAIT = { width: 390, height: 844 };
const LANDSCAPE = { width: 844, height: 390 };

const STAND_IN = '<h2>How large the groups were</h2><p>A summary.</p><p><a href="/story">The story</a></p>';
const room = (publisher: Publisher, chart = 'members', more = '') =>
  `<size-of-the-room chart="${chart}" ${more}>${STAND_IN}</size-of-the-room><script src="${publisher.embeds}embed/v1.js" defer></script>`;
const VIEWPORT = '<meta name="viewport" content="width=device-width,initial-scale=1">';

declare global {
  interface Window {
    lastStep?: string;
  }
}

/** The step that the host was told last. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const { type, id } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
      if (type === 'step' && typeof id === 'string') window.lastStep = id;
    });
  });
}
const told = (page: Page) => page.evaluate(() => window.lastStep);

/** Brings the host to where the step is read, by scrolling as a reader does. */
async function readTo(page: Page, step: string): Promise<void> {
  for (let i = 0; i < 400 && (await told(page)) !== step; i += 1) {
    await page.evaluate(() => scrollBy({ top: 90, behavior: 'instant' }));
    await drawn(page, 2);
  }
  expect(await told(page)).toBe(step);
  await page.evaluate(() => scrollBy({ top: 120, behavior: 'instant' }));
  await drawn(page, 6);
}

/** Whether the step's heading or picture stands in the reader's view. */
async function inView(page: Page, frame: Frame, step: string): Promise<boolean> {
  const box = await frame.locator(`[id="${step}"]`).boundingBox();
  const { height } = page.viewportSize() ?? { height: 0 };
  return box !== null && box.y < height && box.y + box.height > 0;
}

for (const chart of ['members', 'story'])
  test(`${chart}: a phone that is turned and turned back, three times, shows the same step`, async ({ page, publisher }) => {
    await page.setViewportSize(PORTRAIT);
    await listen(page);
    await page.goto(publisher.put(article(room(publisher, chart), VIEWPORT)));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const frame = await frameOf(page);
    await expect.poll(() => modeIn(frame)).toBe('pinned');
    const step = MEMBERS[3] ?? '';
    await readTo(page, step);
    for (let turn = 0; turn < 3; turn += 1) {
      await page.setViewportSize(LANDSCAPE);
      await expect.poll(() => modeIn(frame)).toBe('flat');
      await drawn(page, 20);
      expect(await told(page), `landscape, turn ${turn}`).toBe(step);
      expect(await inView(page, frame, step), `in view, turn ${turn}`).toBe(true);
      await page.setViewportSize(PORTRAIT);
      await expect.poll(() => modeIn(frame)).toBe('pinned');
      await drawn(page, 20);
      expect(await told(page), `portrait, turn ${turn}`).toBe(step);
      expect(await shownIn(frame), `picture, turn ${turn}`).toBe(step);
    }
  });

/** How far the embed's box stands from the top of the reader's viewport, and how high it is, in pixels. */
const boxOf = (page: Page) =>
  page.evaluate(() => {
    const { top = NaN, height = NaN } = document.querySelector('size-of-the-room')?.getBoundingClientRect() ?? {};
    return { top, height };
  });

for (const chart of ['story', ...new Set(STEPS.map((step) => step.chart))])
  test(`${chart}: the height that is kept before the frame comes is the one that it needs`, async ({ page, publisher }) => {
    for (const { width, height } of [{ width: 1440, height: 900 }, { width: 390, height: 844 }, { width: 700, height: 620 }, LANDSCAPE]) {
      await page.setViewportSize({ width, height });
      await page.goto(publisher.put(article(room(publisher, chart), VIEWPORT)));
      const before = (await boxOf(page)).height;
      await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
      const frame = await frameOf(page);
      await expect.poll(() => modeIn(frame)).toMatch(height < 480 ? /flat|pager/ : /pinned/);
      await drawn(page, 12);
      await expect.poll(async () => Math.abs((await boxOf(page)).height - before), `${width}x${height}`).toBeLessThanOrEqual(height < 480 ? 0.3 * before : 1);
      // All of it can be reached: the box is as high as what is in it.
      if (height >= 480) expect(Math.abs((await contentOf(frame)) - before)).toBeLessThanOrEqual(1);
    }
  });

test('a reload, and Back, bring the reader to where they were in the embed', async ({ page, publisher }) => {
  await page.setViewportSize({ width: 1200, height: 800 });
  await listen(page);
  const address = publisher.put(article(room(publisher, 'story')));
  await page.goto(address);
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  await expect.poll(async () => modeIn(await frameOf(page))).toBe('pinned');
  await page.evaluate(() => scrollBy({ top: 9_000, behavior: 'instant' }));
  await expect.poll(() => told(page)).toBeTruthy();
  await drawn(page, 20);
  const [y, step] = [await page.evaluate(() => scrollY), await told(page)];
  for (const again of [() => page.reload(), async () => (await page.goto(publisher.put('<!doctype html><title>Another page</title>')), page.goBack())]) {
    await again();
    await expect.poll(() => told(page)).toBe(step);
    expect(Math.abs((await page.evaluate(() => scrollY)) - y)).toBeLessThanOrEqual(50);
  }
});

for (const chart of ['story', 'members'])
  test(`${chart}: an anchor below the embed is where its address leads, once the frame stands too`, async ({ page, publisher }) => {
    await page.setViewportSize({ width: 1200, height: 800 });
    const html = article(room(publisher, chart)).replace('</body>', `<h2 id="after">After</h2>${'<p>Words of the publisher.</p>'.repeat(60)}</body>`);
    await page.goto(`${publisher.put(html)}#after`);
    const after = () => page.evaluate(() => document.getElementById('after')?.getBoundingClientRect().top);
    await expect.poll(after).toBeLessThanOrEqual(1);
    // Up to the embed and its frame, then back by the same address.
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    await expect.poll(async () => modeIn(await frameOf(page))).toBe('pinned');
    await page.evaluate(() => (location.hash = ''));
    await page.evaluate(() => (location.hash = 'after'));
    await expect.poll(after).toBeLessThanOrEqual(1);
    await page.evaluate(() => document.querySelector('size-of-the-room')?.setAttribute('chart', 'paths'));
    await drawn(page, 30);
    expect(Math.abs((await after()) ?? NaN), 'what is read below stays where it is, whatever the embed becomes').toBeLessThanOrEqual(50);
  });

test('a frame that a page gives another width keeps its step', async ({ page, publisher }) => {
  await page.setViewportSize({ width: 1300, height: 900 });
  await listen(page);
  await page.goto(publisher.put(article(room(publisher), '<style>body{max-width:1000px}</style>')));
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  const frame = await frameOf(page);
  await expect.poll(() => modeIn(frame)).toBe('pinned');
  const step = MEMBERS[3] ?? '';
  await readTo(page, step);
  for (const width of [420, 1_000, 640, 420, 1_000]) {
    await page.evaluate((to) => document.body.style.setProperty('max-width', `${to}px`), width);
    await drawn(page, 20);
    expect(await told(page), `${width}`).toBe(step);
    expect(await shownIn(frame)).toBe(step);
  }
});

test('a frame without our loader keeps its step when its page gives it another width', async ({ page, publisher }) => {
  await page.setViewportSize({ width: 1300, height: 800 });
  await page.goto(publisher.put(article(plainFrame(`${publisher.embeds}embed/members/`, 5_200), '<style>body{max-width:1000px}</style>')));
  await listen(page);
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  const frame = await frameOf(page);
  await expect.poll(() => modeIn(frame)).toBe('tall');
  await page.evaluate(() => scrollBy({ top: 2_500, behavior: 'instant' }));
  await drawn(page, 20);
  const step = await shownIn(frame);
  expect(MEMBERS).toContain(step);
  for (const width of [420, 1_000, 420, 1_000]) {
    await page.evaluate((to) => document.body.style.setProperty('max-width', `${to}px`), width);
    await drawn(page, 40);
    expect(await shownIn(frame), `${width}`).toBe(step);
  }
});
