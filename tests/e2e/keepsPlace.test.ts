/** The reader keeps their place: whatever becomes of the room, the step that they were at is the step that they are at, in words, picture and address. */
import { expect, nameOf, open, settle, test, type Page, type Viewport } from './page.ts';
import { STEPS } from './story.ts';

const PORTRAIT = { width: 390, height: 844 };
const LANDSCAPE = { width: 844, height: 390 };
const DESKTOP = { width: 1440, height: 900 };

/** Long enough for the address to follow, if it would. */
const rest = (page: Page) => settle(page, 20);

async function resize(page: Page, size: Viewport): Promise<void> {
  await page.setViewportSize(size);
  await rest(page);
}

/** Takes the reader to where a step's address would, and this share of a screen further. */
async function read(page: Page, id: string, further = 0): Promise<void> {
  await page.evaluate(
    ([step, share]) => {
      document.getElementById(step)?.scrollIntoView();
      scrollBy({ top: share * innerHeight, behavior: 'instant' });
    },
    [id, further] as const,
  );
  await rest(page);
}

/** What speaks against the reader being at this step: its address, its picture, its words. */
function faultsAt(id: string): string[] {
  const faults = location.hash === `#${id}` ? [] : [`the address is ${location.hash || 'without a step'}`];
  const step = document.getElementById(id);
  if (!step) return [`no step ${id}`];
  if (matchMedia('(max-height: 30em)').matches) {
    const inView = ['[data-slot] svg', 'h3'].some((selector) => {
      const { top = 0, bottom = 0 } = step.querySelector(selector)?.getBoundingClientRect() ?? {};
      return top < innerHeight - 1 && bottom > 1;
    });
    if (!inView) faults.push('neither its picture nor its heading is in view');
  } else {
    const shown = step.closest('.passage')?.querySelector<HTMLElement>('.stage-picture')?.dataset['step'];
    if (shown !== id) faults.push(`the stage shows ${shown}`);
  }
  return [...faults, ...window.reader.wrong()].map((fault) => `${id} at ${innerWidth}x${innerHeight}: ${fault}`);
}

const faults = (page: Page, id: string) => page.evaluate(faultsAt, id);
const scrolled = (page: Page) => page.evaluate(() => scrollY);
const address = (page: Page) => new URL(page.url()).hash;

/** A phone at every step; the rest at one in four, which is each kind of place in turn. */
for (const [size, turned, every] of [
  [PORTRAIT, LANDSCAPE, 1],
  [LANDSCAPE, PORTRAIT, 4],
  [DESKTOP, { width: 900, height: 1440 }, 4],
  [{ width: 768, height: 1024 }, { width: 1024, height: 768 }, 4],
] as const)
  test(`a step is kept when the screen is turned, and to the pixel when it is turned back, ${nameOf(size)}`, async ({ page }) => {
    await page.setViewportSize(size);
    await open(page);
    const found: string[] = [];
    for (const [i, { id }] of STEPS.entries()) {
      if (i % every) continue;
      // At its place of rest, while it arrives, and further down in it.
      await read(page, id, [0, -0.2, 0.3][i % 3]);
      const before = await scrolled(page);
      const at = address(page).slice(1);
      if (i % 3 !== 1 && at !== id) found.push(`${id}: begins at ${at}`);
      if (!STEPS.some((step) => step.id === at)) continue;
      await resize(page, turned);
      found.push(...(await faults(page, at)));
      await resize(page, size);
      found.push(...(await faults(page, at)));
      const after = await scrolled(page);
      if (Math.abs(after - before) > 1) found.push(`${id}: from ${before} to ${after} px`);
    }
    expect(found).toEqual([]);
  });

test('a picture that has arrived has arrived in every room', async ({ page }) => {
  await page.setViewportSize(DESKTOP);
  await open(page);
  await read(page, 'maskpark');
  const sizes = [PORTRAIT, { width: 768, height: 1024 }, { width: 600, height: 700 }, { width: 1100, height: 700 }, DESKTOP];
  for (const size of sizes) {
    await resize(page, size);
    await expect(page.locator('[data-of=members] .stage-picture'), nameOf(size)).toHaveAttribute('data-progress', '1');
    expect(await faults(page, 'maskpark')).toEqual([]);
  }
});

test('ten turns add up to nothing', async ({ page }) => {
  await page.setViewportSize(PORTRAIT);
  await open(page);
  await read(page, 'others', 0.37);
  const before = await scrolled(page);
  const landed = new Set<number>();
  for (let i = 0; i < 10; i += 1) {
    await resize(page, LANDSCAPE);
    landed.add(await scrolled(page));
    expect(await faults(page, 'others')).toEqual([]);
    await resize(page, PORTRAIT);
    expect(await faults(page, 'others')).toEqual([]);
    expect(Math.abs((await scrolled(page)) - before)).toBeLessThanOrEqual(1);
  }
  expect([...landed]).toHaveLength(1);
});

test('a window that is drawn smaller and larger, past each change of layout, stays at its step', async ({ page }) => {
  await page.setViewportSize(DESKTOP);
  await open(page);
  await read(page, 'forty-years', 0.15);
  const before = await scrolled(page);
  const widths = [1300, 1100, 950, 890, 800, 660, 620, 500, 390, 320];
  const way = [...widths.map((width) => ({ width, height: 900 })), ...[700, 500, 470, 400].map((height) => ({ width: 320, height }))];
  for (const size of [...way, ...way.toReversed(), { width: 1440, height: 420 }, DESKTOP]) {
    await page.setViewportSize(size);
    await settle(page, 4);
    expect(await faults(page, 'forty-years')).toEqual([]);
  }
  await rest(page);
  expect(Math.abs((await scrolled(page)) - before)).toBeLessThanOrEqual(1);
});

test('the browser’s zoom and another text size keep the step', async ({ page, context }) => {
  await page.setViewportSize(DESKTOP);
  await open(page);
  await read(page, 'views', 0.2);
  const before = await scrolled(page);
  const client = await context.newCDPSession(page);
  for (const zoom of [1.25, 2, 3, 1.5, 0.8, 1]) {
    await client.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(DESKTOP.width / zoom),
      height: Math.round(DESKTOP.height / zoom),
      deviceScaleFactor: zoom,
      mobile: false,
    });
    await rest(page);
    expect(await faults(page, 'views'), `zoom ${zoom}`).toEqual([]);
  }
  for (const size of ['150%', '24px', '80%', '']) {
    await page.evaluate((text) => (document.documentElement.style.fontSize = text), size);
    await rest(page);
    expect(await faults(page, 'views'), `text ${size}`).toEqual([]);
  }
  expect(Math.abs((await scrolled(page)) - before)).toBeLessThanOrEqual(1);
});

test('the step is put back before anything is drawn', async ({ page }) => {
  await page.setViewportSize(PORTRAIT);
  await open(page);
  await read(page, 'million');
  const seen = await page.evaluate(async () => {
    const shown = () => document.getElementById('million')?.closest('.passage')?.querySelector<HTMLElement>('.stage-picture')?.dataset['step'];
    document.documentElement.style.fontSize = '30px';
    const frames: (string | undefined)[] = [];
    for (let i = 0; i < 5; i += 1) {
      await window.reader.frame();
      frames.push(shown());
    }
    return frames;
  });
  expect(new Set(seen)).toEqual(new Set(['million']));
});

test('what opens or changes above the reader does not move them', async ({ page }) => {
  await page.setViewportSize(DESKTOP);
  // As in a browser that does not anchor.
  await page.addInitScript(() => addEventListener('DOMContentLoaded', () => (document.documentElement.style.overflowAnchor = 'none')));
  await open(page);
  await read(page, 'million', 0.1);
  const top = () => page.evaluate(() => document.getElementById('million')?.getBoundingClientRect().top);
  const before = (await top()) ?? NaN;
  await page.evaluate(() => document.querySelectorAll('[data-of=members] details').forEach((table) => table.setAttribute('open', '')));
  await rest(page);
  expect(Math.abs(((await top()) ?? NaN) - before)).toBeLessThanOrEqual(1);
  expect(await faults(page, 'million')).toEqual([]);
});

test('a reload keeps the step: in the room it was read in to the pixel, in another by its address', async ({ page }) => {
  await page.setViewportSize(PORTRAIT);
  await open(page);
  await read(page, 'million', 0.2);
  const before = await scrolled(page);
  await page.reload();
  await rest(page);
  expect(await faults(page, 'million')).toEqual([]);
  expect(Math.abs((await scrolled(page)) - before)).toBeLessThanOrEqual(1);
  for (const size of [LANDSCAPE, DESKTOP, PORTRAIT]) {
    await resize(page, size);
    await page.reload();
    await rest(page);
    expect(await faults(page, 'million')).toEqual([]);
  }
});

test('Back to the story finds the step that was left, also when the screen was turned meanwhile', async ({ page }) => {
  await page.setViewportSize(PORTRAIT);
  await open(page);
  for (const [id, size] of [
    ['silence', LANDSCAPE],
    ['million', DESKTOP],
    ['others', PORTRAIT],
  ] as const) {
    await read(page, id, 0.1);
    await page.goto('./accessibility/');
    await page.setViewportSize(size);
    await page.goBack();
    await rest(page);
    expect(await faults(page, id)).toEqual([]);
  }
});

test('Back and Forward between places of the story keep each step, at every turn', async ({ page }) => {
  await page.setViewportSize(PORTRAIT);
  await open(page);
  await page.evaluate(() => (location.hash = 'maskpark'));
  await rest(page);
  await page.evaluate(() => (location.hash = 'views'));
  await rest(page);
  for (const size of [LANDSCAPE, DESKTOP, PORTRAIT]) {
    await page.goBack();
    await rest(page);
    expect(await faults(page, 'maskpark')).toEqual([]);
    await resize(page, size);
    expect(await faults(page, 'maskpark')).toEqual([]);
    await page.goForward();
    await rest(page);
    expect(await faults(page, 'views')).toEqual([]);
  }
});

test('the cover stays the cover', async ({ page }) => {
  await page.setViewportSize(PORTRAIT);
  await open(page);
  await page.evaluate(() => scrollTo({ top: 60, behavior: 'instant' }));
  await rest(page);
  for (const size of [LANDSCAPE, DESKTOP, PORTRAIT]) {
    await resize(page, size);
    expect(address(page)).toBe('');
  }
  expect(await scrolled(page)).toBeCloseTo(60, 0);
});

for (const size of [PORTRAIT, DESKTOP])
  test(`the address of a section stays that section’s, also where the first of its parts stands on the same screen, ${nameOf(size)}`, async ({ page }) => {
    await page.setViewportSize(size);
    await open(page, 'sources');
    await rest(page);
    const heading = page.locator('#sources > h2');
    await expect(heading).toBeInViewport();
    for (const other of [LANDSCAPE, size, DESKTOP, size]) {
      expect(address(page)).toBe('#sources');
      await resize(page, other);
      await expect(heading).toBeInViewport();
    }
    expect(address(page)).toBe('#sources');
    await page.reload();
    await rest(page);
    expect(address(page)).toBe('#sources');
    // By a link within the page as well; and once the reader goes on, the address goes with them.
    await open(page);
    await page.locator('.cover a[href="#sources"]').click();
    await rest(page);
    expect(address(page)).toBe('#sources');
    await page.mouse.move(100, 300);
    await page.mouse.wheel(0, 400);
    await rest(page);
    expect(address(page)).not.toBe('#sources');
  });

test('a phone’s own bars come and go without moving picture, words or address', async ({ page }) => {
  await page.setViewportSize(PORTRAIT);
  await open(page);
  await read(page, 'million', -0.25);
  const state = () =>
    page.evaluate(() => {
      const { step, progress } = document.getElementById('million')?.closest('.passage')?.querySelector<HTMLElement>('.stage-picture')?.dataset ?? {};
      return { step, progress, scrollY, hash: location.hash };
    });
  const before = await state();
  expect(Number(before.progress), 'it is arriving').toBeLessThan(0.9);
  // No emulation has a bar that collapses: it changes what `innerHeight` says, and `svh` not.
  await page.evaluate(() => {
    Object.defineProperty(window, 'innerHeight', { value: innerHeight + 110, configurable: true });
    dispatchEvent(new Event('resize'));
  });
  await rest(page);
  expect(await state()).toEqual(before);
  // It collapses while the reader scrolls: that is theirs, and not taken back.
  await page.evaluate(() => {
    scrollBy({ top: 90, behavior: 'instant' });
    dispatchEvent(new Event('resize'));
  });
  await rest(page);
  expect((await state()).scrollY - before.scrollY).toBeCloseTo(90, 0);
});
