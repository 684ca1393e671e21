/**
 * The scroll oracle: a seeded monkey reads the story in every way there is, while each frame's pictures are compared with
 * what the page's geometry says they should show. Every so often the whole picture is compared with that of a fresh page.
 */
import { Chance } from './random.ts';
import { expect, nameOf, open, settle, test, type Page, type Viewport } from './page.ts';
import { STEPS } from './story.ts';

const SEED = Number(process.env['ORACLE_SEED'] ?? 20250729);
/** How much is done at each size: in the gate little, by `npm run test:long` so much that all sizes and frames together pass 2,000. */
const OPERATIONS = Number(process.env['ORACLE_OPERATIONS'] ?? 170);
/** How often, in operations, the picture is compared with a fresh page's: at the next rest that has a picture in view. */
const SAMPLED = 30;

const RUNS: readonly { readonly home: Viewport; readonly sizes: readonly Viewport[] }[] = [
  {
    home: { width: 1440, height: 900 },
    sizes: [
      { width: 1100, height: 700 },
      { width: 900, height: 1440 },
      { width: 1440, height: 420 },
      { width: 1440, height: 900 },
    ],
  },
  {
    home: { width: 390, height: 844 },
    sizes: [
      { width: 844, height: 390 },
      { width: 390, height: 760 },
      { width: 412, height: 823 },
      { width: 390, height: 844 },
    ],
  },
  {
    home: { width: 768, height: 1024 },
    sizes: [
      { width: 1024, height: 768 },
      { width: 768, height: 900 },
      { width: 600, height: 1024 },
      { width: 768, height: 1024 },
    ],
  },
];

const KEYS = ['PageDown', 'PageDown', 'PageUp', 'Space', 'Shift+Space', 'Home', 'End', 'ArrowDown', 'ArrowUp'] as const;
/** Words to find on the page, as find-in-page does. */
const WORDS = ['anonymous', 'hashtag', 'arithmetic', 'blackmail', 'obscene', 'ultrasound', 'Southern Metropolis'] as const;

/** What the reader has done to the page beside scrolling it; a fresh page is given the same. */
interface Setting {
  zoom: number;
  size: Viewport;
}

type Operation = (page: Page, chance: Chance, setting: Setting, sizes: readonly Viewport[]) => Promise<string>;

const wheel: Operation = async (page, chance, { size }) => {
  await page.mouse.move(chance.whole(10, size.width - 10), chance.whole(60, size.height - 10));
  const turns = chance.whole(1, 4);
  const way = chance.next() < 0.7 ? 1 : -1;
  let total = 0;
  for (let i = 0; i < turns; i += 1) {
    const by = way * chance.whole(40, 1400);
    total += by;
    await page.mouse.wheel(0, by);
  }
  return `wheel ${total}`;
};
const key: Operation = async (page, chance) => {
  const name = chance.of(KEYS);
  await page.keyboard.press(name);
  return name;
};
const anchor: Operation = async (page, chance) => {
  const { id } = chance.of(STEPS);
  await page.evaluate((hash) => (location.hash = hash), id);
  return `#${id}`;
};
const part: Operation = async (page, chance) => {
  const number = chance.next();
  // By a click where the reader could click; by the keyboard's way where the links are out of view.
  const at = await page.evaluate((share) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-part]')];
    const link = links[Math.floor(share * links.length)];
    const box = link?.getBoundingClientRect();
    if (!link || !box) return undefined;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (link.contains(document.elementFromPoint(x, y))) return { x, y };
    link.click();
    return undefined;
  }, number);
  if (at) await page.mouse.click(at.x, at.y);
  return `part ${number.toFixed(2)}${at ? ' clicked' : ''}`;
};
const find: Operation = async (page, chance) => {
  const words = chance.of(WORDS);
  await page.evaluate((text) => {
    if ('find' in window && typeof window.find === 'function') window.find(text, false, false, true);
    getSelection()?.removeAllRanges();
  }, words);
  return `find ${words}`;
};
const travel: Operation = async (page, chance) => {
  const way = chance.next() < 0.6 ? 'back' : 'forward';
  await page.evaluate((to) => {
    if (to === 'back' && navigation.canGoBack) history.back();
    if (to === 'forward' && navigation.canGoForward) history.forward();
  }, way);
  return way;
};
const resize: Operation = async (page, chance, setting, sizes) => {
  setting.size = chance.of(sizes);
  await page.setViewportSize(setting.size);
  return nameOf(setting.size);
};
const zoom: Operation = async (page, _, setting) => {
  setting.zoom = setting.zoom === 1 ? 1.25 : 1;
  await page.evaluate(zoomText, setting.zoom);
  return `text at ${setting.zoom * 100} %`;
};
const table: Operation = async (page, chance) => {
  const number = chance.next();
  await page.evaluate((share) => {
    const tables = document.querySelectorAll('details');
    tables[Math.floor(share * tables.length)]?.toggleAttribute('open');
  }, number);
  return `table ${number.toFixed(2)}`;
};
const reload: Operation = async (page, _, setting) => {
  await page.reload();
  setting.zoom = 1;
  return 'reload';
};

const WEIGHTED: readonly (readonly [number, Operation])[] = [
  [34, wheel],
  [24, key],
  [10, anchor],
  [5, part],
  [5, find],
  [7, travel],
  [6, resize],
  [4, zoom],
  [3, table],
  [2, reload],
];
const OPERATIONS_BY_WEIGHT = WEIGHTED.flatMap(([weight, operation]) => Array.from({ length: weight }, () => operation));

/** Text larger or smaller for every element, as a reader's setting makes it. */
function zoomText(by: number): void {
  const { style } = document.documentElement;
  style.fontSize = '';
  if (by !== 1) style.fontSize = `${Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * by}px`;
}

/**
 * Opens the story on a second visit: it has the font in time (`font-display: optional`), as the fresh pages that it is compared with.
 * Other letters would put its steps elsewhere.
 */
async function openAgain(page: Page, hash = ''): Promise<void> {
  await open(page, hash);
  await page.reload();
  await settle(page);
}

/** The pictures that a page shows which was never scrolled, resized or reloaded, taken straight to the same place. */
async function freshPictures(page: Page, { zoom: by, size }: Setting): Promise<Record<string, string>> {
  const place = await page.evaluate(() => ({ top: scrollY, open: [...document.querySelectorAll('details')].map((details) => details.open) }));
  const fresh = await page.context().newPage();
  await fresh.setViewportSize(size);
  await open(fresh);
  await fresh.evaluate(zoomText, by);
  await fresh.evaluate(({ top, open }) => {
    document.querySelectorAll('details').forEach((details, i) => (details.open = open[i] ?? false));
    scrollTo({ top, behavior: 'instant' });
  }, place);
  await settle(fresh);
  // Where nothing sticks a page gives its steps their pictures as they come near, and so grows once it is there.
  await fresh.evaluate((top) => scrollTo({ top, behavior: 'instant' }), place.top);
  await settle(fresh);
  expect(await fresh.evaluate(() => scrollY), 'the fresh page stands at the same place').toBe(place.top);
  const pictures = await fresh.evaluate(() => window.reader.pictures());
  await fresh.close();
  await page.bringToFront();
  return pictures;
}

/** Where two pictures part. */
function differenceOf(ours: string, theirs = ''): string {
  const at = [...ours].findIndex((character, i) => character !== theirs[i]);
  return `…${ours.slice(at - 30, at + 50)}… and not …${theirs.slice(Math.max(0, at - 30), at + 50)}…`;
}

RUNS.forEach(({ home, sizes }, run) => {
  test(`whatever a reader does, the picture is the one that the words in view speak of, ${nameOf(home)}`, async ({ page }) => {
    test.setTimeout(240_000 + OPERATIONS * 2_000);
    const chance = new Chance(SEED + run * 7919);
    const setting: Setting = { zoom: 1, size: home };
    const [done, faults]: [string[], string[]] = [[], []];
    let [frames, comparisons, longest, fresh, sample] = [0, 0, 0, 0, SAMPLED];
    await page.addInitScript(() => addEventListener('load', () => window.reader.watch()));
    await page.setViewportSize(home);
    await openAgain(page);
    // What the page shows while it starts is another test's (start.test.ts).
    await page.evaluate(() => window.reader.watched());
    const collect = async () => {
      const seen = await page.evaluate(() => window.reader.watched());
      frames += seen.frames;
      comparisons += seen.comparisons;
      longest = Math.max(longest, seen.longest);
      faults.push(...seen.faults.map((fault) => `${fault}, after ${done.slice(-3).join(', ')}`));
    };
    for (let i = 1; i <= OPERATIONS; i += 1) {
      const operation = chance.of(OPERATIONS_BY_WEIGHT);
      if (operation === reload) await collect();
      done.push(await operation(page, chance, setting, sizes));
      await settle(page);
      const wrong = await page.evaluate(() => window.reader.wrong());
      faults.push(...wrong.map((fault) => `${fault} at rest, after ${done.slice(-3).join(', ')}`));
      await collect();
      if (i < sample) continue;
      // A wheel may leave the page between two pixels, where no page can be taken straight to.
      await page.evaluate(() => scrollTo({ top: Math.round(scrollY), behavior: 'instant' }));
      await settle(page);
      const ours = Object.entries(await page.evaluate(() => window.reader.pictures()));
      if (!ours.length) continue;
      sample += SAMPLED;
      fresh += ours.length;
      const theirs = await freshPictures(page, setting);
      for (const [name, picture] of ours)
        if (picture !== theirs[name])
          faults.push(`${name} at ${nameOf(setting.size)}, after ${done.slice(-3).join(', ')}, is not a fresh page's: ${differenceOf(picture, theirs[name])}`);
    }
    console.log(
      `oracle ${nameOf(home)}, seed ${SEED + run * 7919}: ${done.length} operations, ${frames} frames, ${comparisons} comparisons, ${faults.length} mismatches, longest ${Math.round(longest)} ms, ${fresh} pictures compared with a fresh page's`,
    );
    expect(faults).toEqual([]);
    expect(comparisons, 'the oracle has something to compare').toBeGreaterThan(done.length);
    expect(fresh).toBeGreaterThan(0);
  });
});

test.describe('the oracle notices', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => addEventListener('load', () => window.reader.watch()));
    await openAgain(page, 'maskpark');
    expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
  });

  test('a picture that no longer follows the reader', async ({ page }) => {
    // Scrollama's measured fault: after a jump over steps nothing wakes the picture.
    await page.evaluate(() => addEventListener('scroll', (event) => event.stopImmediatePropagation(), { capture: true }));
    await page.evaluate(() => {
      const frozen = document.querySelector<HTMLElement>('.stage-picture');
      if (!frozen) return;
      new MutationObserver(() => {
        if (frozen.dataset['step'] !== 'one') frozen.dataset['step'] = 'one';
      }).observe(frozen, { attributes: true });
      frozen.dataset['step'] = 'one';
    });
    await expect.poll(() => page.evaluate(() => window.reader.wrong())).toContainEqual(expect.stringMatching(/^members shows one/));
    await expect
      .poll(async () => (await page.evaluate(() => window.reader.watched())).faults)
      .toContainEqual(expect.stringMatching(/^members shows one .* after \d+ ms/));
  });

  test('a progress that is off by more than a hair', async ({ page }) => {
    await page.evaluate(() => document.querySelector<HTMLElement>('.stage-picture')?.setAttribute('data-progress', '0.9985'));
    expect(await page.evaluate(() => window.reader.wrong())).toContainEqual(
      expect.stringMatching(/^members shows maskpark 0\.9985, the page is at maskpark 1\.0000/),
    );
  });

  test('a picture that is drawn for another size', async ({ page }) => {
    await page.evaluate(() => document.querySelector('.stage-picture > svg')?.setAttribute('viewBox', '0 0 300 300'));
    expect(await page.evaluate(() => window.reader.wrong())).toContainEqual(expect.stringMatching(/^members is drawn for 300x300/));
  });

  test('a picture that differs from a fresh one in a single mark', async ({ page }) => {
    const setting = { zoom: 1, size: page.viewportSize() ?? { width: 1280, height: 720 } };
    expect(await page.evaluate(() => window.reader.pictures())).toEqual(await freshPictures(page, setting));
    await page.evaluate(() => document.querySelector('.stage-picture > svg text')?.setAttribute('opacity', '0.5'));
    expect(await page.evaluate(() => window.reader.pictures())).not.toEqual(await freshPictures(page, setting));
  });
});
