/** Everyone can read it: axe and our own eyes over pages, steps, sizes and preferences; keyboard, focus, spacing, zoom. */
import { axeFaults, flowFaults, focusFaults, installAxe, languageFaults, lineLengths, pictureFaults } from './access.ts';
import { expect, goToStep, nameOf, settle, test, VIEWPORTS, type Page } from './page.ts';
import { STEPS } from './story.ts';

/** axe is put into the page from outside, which the page's policy rightly forbids. */
test.use({ bypassCSP: true });

const PAGES = ['', 'steps/', 'plain/', 'evidence/', 'accessibility/', 'publishers/', 'publishers/host/'];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
  // A screen of 1280 by 1024 at 400 %.
  { width: 320, height: 256 },
] as const;
/** No text smaller than this, in pixels (Chartability: small text), and none fainter than WCAG's AAA. */
const EYES = { least: 7, smallest: 12 };

/** Running text: its size in pixels and the characters of a full line. */
const LINE = { size: 18, least: 45, most: 75 };
const RUNNING = 'main p:not(.visually-hidden, .visually-hidden *, .dek, .kicker, .part, .licence, .quiet-words, .ways, .page-caption, .numbers *)';

interface Preference {
  readonly name: string;
  readonly media: Parameters<Page['emulateMedia']>[0];
}
const PREFERENCES: readonly Preference[] = [
  { name: 'light', media: {} },
  { name: 'dark', media: { colorScheme: 'dark' } },
  { name: 'more contrast', media: { contrast: 'more' } },
  { name: 'forced colours', media: { forcedColors: 'active' } },
];

/** Everything that is wrong with what the reader has before them. */
async function faultsIn(page: Page, selector: string): Promise<string[]> {
  return [
    ...(await page.evaluate(axeFaults, selector)),
    ...(await page.evaluate(pictureFaults, EYES)),
    ...(await page.evaluate(languageFaults)),
    ...(await page.evaluate(flowFaults)),
  ];
}

for (const path of PAGES)
  // Colours do not depend on the size: each is looked at on a wide screen, and the least room in light.
  for (const [size, preferences] of [
    [SIZES[0], PREFERENCES],
    [SIZES[2], PREFERENCES.slice(0, 1)],
  ] as const)
    test(`the page /${path} has no fault, ${preferences.map(({ name }) => name).join(', ')}, ${nameOf(size)}`, async ({ page }) => {
      await page.setViewportSize(size);
      await page.goto(`./${path}`);
      await settle(page);
      await installAxe(page);
      const faults: string[] = [];
      for (const { name, media } of preferences) {
        await page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none', ...media });
        await settle(page, 2);
        faults.push(...(await faultsIn(page, 'html')).map((fault) => `${name}: ${fault}`));
      }
      expect([...new Set(faults)]).toEqual([]);
    });

for (const [size, preferences] of [
  [SIZES[0], PREFERENCES.filter(({ name }) => name !== 'more contrast')],
  [SIZES[1], PREFERENCES.slice(0, 1)],
] as const)
  for (const { name, media } of preferences)
    test(`no step has a fault, ${name}, ${nameOf(size)}`, async ({ page }) => {
      await page.emulateMedia(media);
      await page.setViewportSize(size);
      await page.goto('./steps/');
      await installAxe(page);
      const faults: string[] = [];
      for (const { id } of STEPS) {
        await page.evaluate((step) => (location.hash = step), id);
        await settle(page, 2);
        faults.push(...(await faultsIn(page, `#${id}`)).map((fault) => `${id}: ${fault}`));
      }
      expect(faults).toEqual([]);
    });

test('the words on the stage can be read at every step of the story', async ({ page }) => {
  await page.goto('./');
  const faults: string[] = [];
  for (const { id } of STEPS) {
    await goToStep(page, id);
    faults.push(...(await page.evaluate(pictureFaults, EYES)).map((fault) => `${id}: ${fault}`));
  }
  expect([...new Set(faults)]).toEqual([]);
});

/** Walks the whole page with Tab, or with Shift+Tab from its end. */
async function walk(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<{ names: string[]; faults: string[] }> {
  const names: string[] = [];
  const faults: string[] = [];
  for (let i = 0; i < 900; i += 1) {
    await page.keyboard.press(key);
    const here = await page.evaluate(focusFaults);
    if (!here.name) return { names, faults };
    names.push(here.name);
    faults.push(...here.faults);
  }
  throw new Error('the keyboard does not leave the page');
}

for (const [path, sizes] of [
  ['', [VIEWPORTS[0], VIEWPORTS[3], VIEWPORTS[4], SIZES[2]]],
  ['steps/#silence', [...VIEWPORTS, SIZES[2]]],
  // Nothing sticks here, so nothing covers: where the room is least is enough.
  ['plain/', [SIZES[2]]],
] as const)
  for (const size of sizes)
    test(`what has the focus is whole in view, there and back, /${path}, ${nameOf(size)}`, async ({ page }) => {
      await page.setViewportSize(size);
      await page.goto(`./${path}`);
      await settle(page);
      if (path.includes('#')) await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const there = await walk(page, 'Tab');
      expect(there.names.length).toBeGreaterThan(path.includes('#') ? 4 : 30);
      expect(there.faults).toEqual([]);
      const back = await walk(page, 'Shift+Tab');
      expect(back.faults).toEqual([]);
    });

test('past the head: skip link first, the switch for motion within three stops, and no stop without a use', async ({ page }) => {
  await page.goto('./');
  const stops: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement?.className ?? ''));
  }
  expect(stops[0]).toBe('skip');
  expect(stops).toContain('motion');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await settle(page);
  expect(new URL(page.url()).hash).toBe('#room');
  expect(await page.locator('.stage :is(a, button, [tabindex="0"])').count()).toBeLessThanOrEqual(await page.locator('.stage').count());
});

/** How far the picture of a step has come when only half of the way into the step is scrolled. */
async function halfway(page: Page): Promise<string | undefined> {
  await page.evaluate(() => {
    const step = document.getElementById('ten-thousand');
    step?.scrollIntoView({ behavior: 'instant' });
    const stage = step?.closest('.passage')?.querySelector('.stage');
    scrollBy({ top: -(stage ? window.reader.travel(stage) : 0) / 2, behavior: 'instant' });
  });
  await settle(page);
  return page.evaluate(() => document.querySelector<HTMLElement>('[data-of=members] .stage-picture')?.dataset['progress']);
}

test('the switch on the page does what the system setting does; either is enough', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto('./');
  const motion = page.locator('.motion');
  expect(Number(await halfway(page))).toBeLessThan(0.9);
  expect(await motion.getAttribute('aria-pressed')).toBe('false');
  await motion.press('Enter');
  expect(await motion.getAttribute('aria-pressed')).toBe('true');
  expect(await halfway(page)).toBe('1');
  await motion.press('Space');
  expect(Number(await halfway(page))).toBeLessThan(0.9);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await halfway(page)).toBe('1');
  expect(await motion.getAttribute('aria-pressed')).toBe('true');
  expect(await motion.getAttribute('aria-disabled')).toBe('true');
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)).toBe(0);
});

for (const [name, connection] of [
  ['the reader saves data', { saveData: true }],
  ['the line is slow', { effectiveType: '2g' }],
] as const)
  test(`the camera cuts where ${name}, and the reader may let it move`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.addInitScript((value) => Object.defineProperty(navigator, 'connection', { value }), connection);
    await page.goto('./');
    expect(await halfway(page)).toBe('1');
    await page.locator('.motion').press('Enter');
    expect(Number(await halfway(page))).toBeLessThan(0.9);
  });

test('the keys of the browser stay the browser’s, and nothing is announced while the reader scrolls', async ({ page }) => {
  await page.goto('./');
  await settle(page);
  await page.evaluate(() => {
    const live = [...document.querySelectorAll('[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"], output')];
    for (const one of live)
      new MutationObserver(() => document.documentElement.setAttribute('data-announced', one.outerHTML.slice(0, 60))).observe(one, {
        childList: true,
        subtree: true,
        characterData: true,
      });
  });
  const at = () => page.evaluate(() => scrollY);
  for (const [key, least] of [
    ['Space', 400],
    ['PageDown', 400],
    ['ArrowDown', 20],
    ['End', 5000],
  ] as const) {
    const before = await at();
    await page.keyboard.press(key);
    await settle(page, 20);
    expect((await at()) - before, key).toBeGreaterThan(least);
  }
  await page.keyboard.press('Home');
  await settle(page, 20);
  expect(await at()).toBe(0);
  expect(await page.locator('[data-announced]').count()).toBe(0);
});

/** The style that a reader brings along, by what it is for. */
const STYLES = {
  'text spacing (WCAG success criterion on it)':
    '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}',
  'text at twice its size': 'html{font-size:38px!important}',
  'a style sheet of their own':
    '*{font-family:monospace!important;color:#ff0!important;background:#000!important;line-height:2!important}html{font-size:24px!important}',
};
for (const [name, css] of Object.entries(STYLES))
  test(`nothing is lost with ${name}`, async ({ page }) => {
    for (const path of PAGES)
      for (const size of [SIZES[0], { width: 320, height: 568 }]) {
        await page.setViewportSize(size);
        await page.goto(`./${path}`);
        await page.addStyleTag({ content: css });
        await settle(page);
        expect(await page.evaluate(flowFaults), `/${path} ${nameOf(size)}`).toEqual([]);
      }
  });

for (const [size, least] of [
  [{ width: 1440, height: 900 }, LINE.least],
  [{ width: 768, height: 1024 }, LINE.least],
  // A phone has no room for more than it holds.
  [{ width: 390, height: 844 }, 0],
] as const)
  test(`running text is large enough, and its lines are neither long nor short, ${nameOf(size)}`, async ({ page }) => {
    await page.setViewportSize(size);
    for (const path of ['', 'steps/', 'plain/', 'accessibility/']) {
      await page.goto(`./${path}`);
      await settle(page);
      const lines = await page.evaluate(lineLengths, RUNNING);
      if (path !== 'steps/') expect(lines.length, `/${path}`).toBeGreaterThan(3);
      expect(lines.filter((one) => one.size < LINE.size || one.characters > LINE.most || one.characters < least).map((one) => ({ path, ...one }))).toEqual([]);
    }
  });

test('words in the pictures grow with the reader’s text', async ({ page }) => {
  const smallest = () =>
    page.evaluate(() =>
      Math.min(...window.reader.pictureLines(document.querySelector('[data-of=comparison] .stage') ?? document.body).map(({ size }) => size)),
    );
  await page.setViewportSize(SIZES[0]);
  await page.goto('./');
  await goToStep(page, 'harmed');
  await settle(page);
  const usual = await smallest();
  await page.addStyleTag({ content: 'html{font-size:38px!important}' });
  // The stage is told of it between two frames, and draws in a task of its own.
  await expect.poll(smallest).toBeGreaterThan(1.4 * usual);
});

test.describe('the checks notice', () => {
  test.beforeEach(async ({ page }) => {
    await page.setViewportSize(SIZES[0]);
    await page.goto('./#maskpark');
    await settle(page);
    await installAxe(page);
  });

  test('what axe finds: a button without a name, faint text, a heading that is skipped; and what it leaves open', async ({ page }) => {
    await page.evaluate(() => {
      const step = document.getElementById('maskpark');
      step?.append(document.createElement('button'));
      step?.append(document.createElement('h6'));
      step?.querySelector('h6')?.append('a');
      step?.querySelector('p')?.setAttribute('style', 'color:#999');
      document.querySelector('.dek')?.setAttribute('style', 'color:#345');
    });
    const faults = await page.evaluate(axeFaults, 'html');
    for (const rule of ['button-name', 'heading-order', 'color-contrast', 'color-contrast undecided'])
      expect(faults).toContainEqual(expect.stringMatching(new RegExp(`^${rule}`)));
  });

  test('faint and small words in a picture, and a picture without words', async ({ page }) => {
    expect(await page.evaluate(pictureFaults, EYES)).toEqual([]);
    await page.evaluate(() => {
      const stage = document.querySelector('[data-of=members] .stage');
      const [first, second] = stage?.querySelectorAll('svg text') ?? [];
      first?.setAttribute('fill-opacity', '.5');
      second?.setAttribute('font-size', '9');
    });
    const faults = await page.evaluate(pictureFaults, EYES);
    expect(faults).toContainEqual(expect.stringMatching(/at \d\.\d\d : 1$/));
    expect(faults).toContainEqual(expect.stringMatching(/is 9\.0 px$/));
    await page.evaluate(() => document.querySelector('[data-of=members] .stage figcaption')?.remove());
    expect(await page.evaluate(pictureFaults, EYES)).toContain('a picture says nothing to a screen reader');
  });

  test('a name without its language', async ({ page }) => {
    await page.evaluate(() => {
      document.querySelector('#maskpark p')?.append('黃');
      document.querySelector('nav')?.setAttribute('aria-label', '黃');
    });
    const faults = await page.evaluate(languageFaults);
    expect(faults).toContainEqual(expect.stringContaining('has the language “en”'));
    expect(faults).toContainEqual(expect.stringContaining('can carry no language'));
  });

  test('a page that is too wide, text that is cut, text outside the page', async ({ page }) => {
    await page.evaluate(() => {
      const [one, two] = document.querySelectorAll<HTMLElement>('#others p:not(.visually-hidden)');
      Object.assign(one?.style ?? {}, { height: '1em', overflow: 'hidden' });
      Object.assign(two?.style ?? {}, { width: '200vw' });
    });
    const faults = await page.evaluate(flowFaults);
    for (const part of ['too wide', 'is cut', 'stands outside the page']) expect(faults).toContainEqual(expect.stringContaining(part));
  });

  test('a focus that is covered, and one without a ring', async ({ page }) => {
    await page.locator('[data-of=members] .numbers summary').first().focus();
    expect((await page.evaluate(focusFaults)).faults).toEqual([]);
    await page.addStyleTag({ content: 'body::after{content:"";position:fixed;inset:0;z-index:99;background:#fff}:focus-visible{outline:none!important}' });
    const { faults } = await page.evaluate(focusFaults);
    expect(faults).toContainEqual(expect.stringContaining('9 of 9 points are hidden'));
    expect(faults).toContainEqual(expect.stringContaining('no ring'));
  });
});
