/**
 * The scroll oracle in a publisher's page: a seeded monkey scrolls, jumps, resizes and changes the frame, and after each
 * the picture must be the one that the place of the frame on the reader's screen asks for. By the frame's own height with
 * and without a sandbox, and pinned by our loader. What a picture should show is worked out here, from geometry alone.
 */
import { Chance } from './random.ts';
import { article, expect, frameOf, modeIn, plainFrame, test, type Frame, type Page } from './publisher.ts';

const SEED = Number(process.env['ORACLE_SEED'] ?? 20250729);
const OPERATIONS = Number(process.env['ORACLE_OPERATIONS'] ?? 60);
/** How long a picture may stand wrong, in frames of the host: what crosses from page to frame takes some. */
const PROMISE = 60;
/** The reading line, as a share of the room that the words have below the place of rest; and, in a frame, of a step's height. */
const BESIDE = 0.62;
const BENEATH = 0.85;
const APART = 0.8;
const TOLERANCE = 0.005;

const WAYS = {
  'with a height of its own': (embeds: string) => plainFrame(`${embeds}embed/members/`, 5_600, ''),
  'with a height of its own, in a sandbox': (embeds: string) => plainFrame(`${embeds}embed/members/`, 5_600),
  'pinned by the loader': (embeds: string) => `<script src="${embeds}embed/v1.js"></script><size-of-the-room id="frame" chart="members"></size-of-the-room>`,
} as const;

interface Place {
  /** The host's viewport, and where the frame's box stands on it, in pixels. */
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
}

const placeOf = (page: Page): Promise<Place> =>
  page.evaluate(() => {
    const box = document.getElementById('frame')?.getBoundingClientRect() ?? new DOMRect();
    return { height: innerHeight, top: box.top, bottom: box.bottom };
  });

/** What is wrong with the picture, for a host's viewport of one of these heights; undefined when it is right, or out of view. */
async function wrong(frame: Frame, { height, top, bottom }: Place, heights: readonly number[]): Promise<string | undefined> {
  if (bottom < 1 || top > height - 1) return undefined;
  const found = await frame.evaluate(() => {
    const picture = document.querySelector<HTMLElement>('.stage-picture');
    const [passage, stage] = [document.querySelector('.passage'), document.querySelector('.stage')];
    const drawn = picture?.querySelector('svg') !== null;
    return {
      mode: document.documentElement.dataset['mode'],
      shown: picture && drawn ? { step: picture.dataset['step'] ?? '', progress: Number(picture.dataset['progress']) } : undefined,
      own: innerHeight,
      scroll: scrollY,
      stage: stage?.getBoundingClientRect().height ?? 0,
      beside: (stage?.getBoundingClientRect().left ?? 0) > (passage?.getBoundingClientRect().left ?? 0) + 1,
      apart: Number.parseFloat(document.documentElement.style.getPropertyValue('--step')),
      steps: [...document.querySelectorAll('.step')].map((step) => ({ id: step.id, top: step.getBoundingClientRect().top + scrollY })),
    };
  });
  const { mode, shown, steps, beside, stage, apart, own } = found;
  if (!shown) return `no picture in view, ${mode}`;
  const pinned = mode === 'pinned';
  // Pinned, the frame is the screen, and the host tells it how far the reader is in its box.
  const scroll = pinned ? Math.min(Math.max(0, -top), Math.max(0, bottom - top - own)) : -top;
  if (pinned && Math.abs(found.scroll - scroll) > 1) return `has scrolled ${found.scroll}, not ${scroll}`;
  const moments = (pinned ? [own] : heights).flatMap((view) => {
    const rest = beside ? 0 : stage;
    const line = Math.min(rest + (view - rest) * (beside ? BESIDE : BENEATH), rest + apart * APART);
    // A step that stands on a line to a pixel may be on either side of it.
    return [-1, 0, 1].map((pixel) => {
      const passed = steps.filter((step) => step.top - scroll <= line + pixel);
      const last = passed.at(-1);
      const at = last ? last.top - scroll : Infinity;
      const progress = !last ? 0 : at - rest <= 1 ? 1 : Math.min(1, Math.max(0, (line - at) / (line - rest)));
      return { step: (last ?? steps[0])?.id ?? '', progress };
    });
  });
  const right = moments.some(({ step, progress }) => step === shown.step && Math.abs(progress - shown.progress) <= TOLERANCE);
  const [, , moment] = moments;
  return right ? undefined : `${mode} shows ${shown.step} ${shown.progress}, its place asks for ${moment?.step} ${moment?.progress.toFixed(3)}`;
}

type Operation = (page: Page, chance: Chance) => Promise<string>;

const wheel: Operation = async (page, chance) => {
  const way = (chance.next() < 0.65 ? 1 : -1) * chance.whole(20, 1_600);
  await page.mouse.move(320, chance.whole(80, 300));
  await page.mouse.wheel(0, way);
  return `wheel ${way}`;
};
const key: Operation = async (page, chance) => {
  const name = chance.of(['PageDown', 'PageDown', 'PageUp', 'Space', 'Home', 'End', 'ArrowDown', 'ArrowUp'] as const);
  await page.keyboard.press(name);
  return name;
};
const jump: Operation = async (page, chance) => {
  const share = chance.next();
  await page.evaluate((to) => {
    const box = document.getElementById('frame')?.getBoundingClientRect() ?? new DOMRect();
    scrollTo({ top: scrollY + box.top - innerHeight + to * (box.height + innerHeight), behavior: 'instant' });
  }, share);
  return `jump to ${share.toFixed(3)}`;
};
const resize: Operation = async (page, chance) => {
  const height = chance.of([600, 720, 800, 900, 1_000]);
  await page.setViewportSize({ width: 800, height });
  return `a screen of ${height} px`;
};
const grow: Operation = async (page, chance) => {
  const height = chance.of([5_400, 5_600, 6_000, 6_400]);
  await page.evaluate((to) => document.querySelector('iframe')?.setAttribute('height', String(to)), height);
  return `a frame of ${height} px`;
};

const WEIGHTED: readonly (readonly [number, Operation])[] = [
  [40, wheel],
  [20, key],
  [25, jump],
  [8, resize],
  [7, grow],
];
const BY_WEIGHT = WEIGHTED.flatMap(([weight, operation]) => Array.from({ length: weight }, () => operation));

/** Waits for the picture to be right, as long as is promised; what is still wrong then. */
async function atRest(page: Page, frame: Frame, seen: readonly number[]): Promise<{ fault: string | undefined; frames: number }> {
  let fault: string | undefined;
  let [before, still] = ['', 0];
  for (let frames = 0; frames < PROMISE * 4; frames += 1) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    const place = await placeOf(page);
    const now = JSON.stringify(place);
    still = now === before ? still + 1 : 0;
    before = now;
    if (still < 2) continue;
    fault = await wrong(frame, place, [...new Set([place.height, ...seen])]);
    if (fault === undefined || still > PROMISE) return { fault, frames: still };
  }
  return { fault: fault ?? 'the host does not come to rest', frames: PROMISE };
}

async function openFrame(page: Page, html: string, mode: string): Promise<Frame> {
  await page.setViewportSize({ width: 800, height: 720 });
  await page.goto(html);
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  const frame = await frameOf(page);
  await expect.poll(() => modeIn(frame)).toBe(mode);
  return frame;
}

for (const [how, embed] of Object.entries(WAYS))
  test(`a frame ${how} shows what its place asks for, whatever the reader does`, async ({ page, publisher }) => {
    test.setTimeout(240_000 + OPERATIONS * 2_000);
    const frame = await openFrame(page, publisher.put(article(embed(publisher.embeds))), how.startsWith('pinned') ? 'pinned' : 'tall');
    const chance = new Chance(SEED);
    const [done, faults]: [string[], string[]] = [[], []];
    let [inView, longest] = [0, 0];
    // What the frame has seen of the host's height: only while it reaches over both ends can it know a new one.
    let seen = 720;
    for (let i = 0; i < OPERATIONS; i += 1) {
      done.push(await chance.of(BY_WEIGHT)(page, chance));
      const { fault, frames } = await atRest(page, frame, [seen]);
      if (fault) faults.push(`${fault}, after ${done.slice(-3).join(', ')}`);
      else longest = Math.max(longest, frames);
      const { top, bottom, height } = await placeOf(page);
      if (top < 0 && bottom > height) seen = height;
      if (bottom > 0 && top < height) inView += 1;
    }
    console.log(
      `oracle, a frame ${how}, seed ${SEED}: ${done.length} operations, ${inView} in view, ${faults.length} mismatches, right within ${longest} frames`,
    );
    expect(faults).toEqual([]);
    expect(inView).toBeGreaterThan(OPERATIONS / 3);
  });

test('the oracle of frames notices a picture that no longer follows', async ({ page, publisher }) => {
  const frame = await openFrame(page, publisher.put(article(WAYS['with a height of its own'](publisher.embeds))), 'tall');
  await jumpTo(page, 0.3);
  expect((await atRest(page, frame, [720])).fault).toBeUndefined();
  await frame.evaluate(() => {
    window.requestAnimationFrame = () => 0;
    window.IntersectionObserver.prototype.observe = () => undefined;
    const picture = document.querySelector<HTMLElement>('.stage-picture');
    if (picture) new MutationObserver(() => picture.dataset['step'] === 'one' || (picture.dataset['step'] = 'one')).observe(picture, { attributes: true });
    if (picture) picture.dataset['step'] = 'one';
  });
  await jumpTo(page, 0.6);
  expect((await atRest(page, frame, [720])).fault).toContain('shows one');
});

async function jumpTo(page: Page, share: number): Promise<void> {
  await page.evaluate((to) => {
    const box = document.getElementById('frame')?.getBoundingClientRect() ?? new DOMRect();
    scrollTo({ top: scrollY + box.top - innerHeight + to * (box.height + innerHeight), behavior: 'instant' });
  }, share);
}
