/** Every step at every size: nothing overlaps, nothing is cut, nothing is too small, and every line can be read beside its picture. */
import { COVER_LIGHT } from '#charts/members/layout.ts';
import { expect, goToStep, nameOf, open, settle, test, VIEWPORTS, type Page, type Viewport } from './page.ts';
import { STEPS } from './story.ts';

/** No words in a picture are smaller, in pixels (storyboard, visual grammar); a tenth is the rounding of the stage to whole pixels. */
const smallestOn = ({ width }: Viewport) => (width < 360 ? 13 : 15);
/** The size at which nothing sticks. */
const LOW = VIEWPORTS[4];

/** What is wrong with the words in the pictures that the reader looks at, and with the width of the page. */
function pictureFaults(smallest: number): string[] {
  const faults: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} px too wide`);
  const roots = [...document.querySelectorAll<HTMLElement>('.stage, [data-slot]')].filter((root) => {
    const { top, bottom, width } = root.getBoundingClientRect();
    return width > 0 && top >= -1 && bottom <= innerHeight + 1 && root.querySelector('.stage-picture > svg');
  });
  for (const root of roots) {
    const room = root.getBoundingClientRect();
    const lines = window.reader.pictureLines(root);
    for (const { text, box, size } of lines) {
      const by = Math.max(room.left - box.left, box.right - room.right, room.top - box.top, box.bottom - room.bottom);
      if (by > 1) faults.push(`“${text}” stands ${Math.round(by)} px outside the picture`);
      if (size < smallest - 0.1) faults.push(`“${text}” is ${size.toFixed(1)} px`);
      const y = (box.top + box.bottom) / 2;
      const covered = [0.02, 0.5, 0.98].some((share) => !root.contains(document.elementFromPoint(box.left + (box.right - box.left) * share, y)));
      if (by <= 1 && covered) faults.push(`“${text}” is under something`);
    }
    lines.forEach((one, i) => {
      for (const other of lines.slice(i + 1)) {
        if (one.label === other.label) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (across > 1 && down > 1) faults.push(`“${one.text}” and “${other.text}” overlap by ${Math.round(across)}x${Math.round(down)} px`);
      }
    });
  }
  const low = matchMedia('(max-height: 30em)').matches;
  if (low ? roots.length < 1 : roots.length !== 1) faults.push(`${roots.length} pictures are whole in view`);
  return faults;
}

/** The lines of a step, in its order, that can nowhere be read while its picture is shown. */
function unreadLines(id: string): string[] {
  const step = document.getElementById(id);
  const stage = step?.closest('.passage')?.querySelector('.stage');
  if (!step || !stage) return [`no step ${id}`];
  const low = matchMedia('(max-height: 30em)').matches;
  const parts = [...step.querySelectorAll('h3, p:not(.visually-hidden)')];
  const unread = new Map(parts.map((part) => [part, new Set(window.reader.lines(part).keys())]));
  const { top, height } = step.getBoundingClientRect();
  const start = scrollY + top - innerHeight;
  for (let at = 0; at <= height + innerHeight; at += Math.max(12, innerHeight / 40)) {
    scrollTo({ top: start + at, behavior: 'instant' });
    if (!low && window.reader.expected(stage)?.step !== id) continue;
    for (const [part, left] of unread) {
      if (!left.size) continue;
      const lines = window.reader.lines(part);
      for (const i of [...left]) {
        const line = lines[i];
        if (line && window.reader.whole(line.box, part)) left.delete(i);
      }
    }
  }
  return [...unread].flatMap(([part, left]) =>
    left.size ? [`${left.size} lines of “${part.textContent?.trim().slice(0, 30)}…” can nowhere be read while ${id} is shown`] : [],
  );
}

function stickyElements(): string[] {
  return [...document.querySelectorAll('body *')]
    .filter((element) => /sticky|fixed/.test(getComputedStyle(element).position))
    .map(({ className, localName }) => `${localName}.${String(className)} sticks`);
}

/** Where the step's own picture should be, where nothing sticks. */
function slotFaults(id: string): string[] {
  const slot = document.querySelector(`[data-slot="${id}"]`);
  const picture = slot?.querySelector<HTMLElement>('.stage-picture');
  const { width = 0, height = 0 } = picture?.querySelector('svg')?.getBoundingClientRect() ?? {};
  if (!picture || width < 200 || height < 120) return [`${id} has no picture of its own`];
  const { step, progress } = picture.dataset;
  return step === id && progress === '1' ? [] : [`its picture shows ${step} ${progress}`];
}

/** The page as it is read where Newsreader comes too late or not at all: in the serif that the machine has. */
function loseFont(): void {
  for (const sheet of document.styleSheets) {
    const at = [...sheet.cssRules].findIndex((rule) => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue('font-family') === 'Newsreader');
    if (at >= 0) return sheet.deleteRule(at);
  }
  throw new Error('the page declares no Newsreader to lose');
}

/** Everything that is wrong at a step, words and pictures. */
async function faultsAt(page: Page, id: string, viewport: Viewport): Promise<string[]> {
  await goToStep(page, id);
  const faults: string[] = [];
  if (viewport === LOW) {
    await page.evaluate((step) => document.querySelector(`[data-slot="${step}"]`)?.scrollIntoView({ block: 'center', behavior: 'instant' }), id);
    await settle(page);
    faults.push(...(await page.evaluate(slotFaults, id)));
  }
  faults.push(...(await page.evaluate(pictureFaults, smallestOn(viewport))), ...(await page.evaluate(unreadLines, id)));
  return faults.map((fault) => `${id}: ${fault}`);
}

for (const viewport of VIEWPORTS) {
  test(`every step can be read and its picture seen, ${nameOf(viewport)}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page);
    const faults = viewport === LOW ? await page.evaluate(stickyElements) : [];
    for (const { id } of STEPS) faults.push(...(await faultsAt(page, id, viewport)));
    expect(faults).toEqual([]);
  });

  if (viewport !== LOW)
    test(`words in the pictures stay clear of each other while the pictures move, ${nameOf(viewport)}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await open(page);
      const faults: string[] = [];
      for (const { id } of STEPS)
        for (const progress of [0.2, 0.6, 0.75, 0.9]) {
          await page.evaluate(
            ({ step, share }) => {
              const element = document.getElementById(step);
              element?.scrollIntoView({ behavior: 'instant' });
              const stage = element?.closest('.passage')?.querySelector('.stage');
              const room = stage && window.reader.travel(stage);
              scrollBy({ top: -(room ?? 0) * (1 - share), behavior: 'instant' });
            },
            { step: id, share: progress },
          );
          await page.evaluate(() => window.reader.settle(2));
          faults.push(
            ...(await page.evaluate(pictureFaults, smallestOn(viewport)))
              .filter((fault) => !/whole in view/.test(fault))
              .map((fault) => `${id} at ${progress}: ${fault}`),
          );
        }
      expect(faults).toEqual([]);
    });

  if (viewport !== LOW)
    test(`every step’s picture holds its words when the font has not come, ${nameOf(viewport)}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await open(page);
      await page.evaluate(loseFont);
      const faults: string[] = [];
      for (const { id } of STEPS) {
        await goToStep(page, id);
        faults.push(...(await page.evaluate(pictureFaults, smallestOn(viewport))).map((fault) => `${id}: ${fault}`));
      }
      expect(faults).toEqual([]);
    });

  test(`the cover’s words stand clear of its light and of each other, ${nameOf(viewport)}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page);
    expect(await page.evaluate(coverFaults, COVER_LIGHT)).toEqual([]);
  });
}

/** What stands in the way of what on the cover. */
function coverFaults(place: typeof COVER_LIGHT): string[] {
  const names = ['.kicker', 'h1', '.dek', '.origin', '.note', '.ways'];
  const cover = document.querySelector('.cover');
  if (!cover) return ['no cover'];
  const faults: string[] = [];
  const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // The light is the cover's own until the stage behind it takes it over, and paints it at the same place.
  const own = [...document.querySelectorAll('.cover-light circle.light')].filter(shown).map((light) => light.getBoundingClientRect());
  const stage = document.querySelector('.first .stage-picture canvas')?.getBoundingClientRect();
  const { x, y, radius } = place;
  const painted = stage && new DOMRect(stage.left + stage.width * x - radius, stage.top + stage.height * y - radius, 2 * radius, 2 * radius);
  const lights = own.length || !painted ? own : [painted];
  const [light, ...more] = lights.filter(({ width }) => width > 0);
  // On a low screen the cover is longer than the screen, and the light further down.
  if (!light || light.top < 0 || light.bottom > Math.max(innerHeight, cover.getBoundingClientRect().bottom)) faults.push('no light on the cover');
  if (more.length) faults.push(`${more.length} lights more than one`);
  const all = names.flatMap((name) => {
    const element = cover.querySelector(name);
    return element ? window.reader.lines(element).map((line) => ({ ...line, name })) : [];
  });
  for (const name of names) if (!all.some((line) => line.name === name)) faults.push(`no ${name}`);
  all.forEach((line, i) => {
    const { box, text, name } = line;
    if (box.left < 0 || box.right > innerWidth) faults.push(`${name} “${text}” is cut`);
    const meets = (other: { left: number; right: number; top: number; bottom: number }, by: number) =>
      Math.min(box.right, other.right) - Math.max(box.left, other.left) > by && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > by;
    // Half a light's width of air around it.
    if (light && meets({ left: light.left - 6, right: light.right + 6, top: light.top - 6, bottom: light.bottom + 6 }, 0))
      faults.push(`${name} “${text}” meets the light`);
    for (const other of all.slice(i + 1)) if (other.name !== name && meets(other.box, 1)) faults.push(`${name} and ${other.name} overlap`);
  });
  // Down to its end the cover is read a screen at a time; each line must be whole and uncovered somewhere on the way.
  const unread = new Set(names);
  for (let top = 0; top <= cover.getBoundingClientRect().height && unread.size; top += 24) {
    scrollTo({ top, behavior: 'instant' });
    for (const name of [...unread]) {
      const element = cover.querySelector(name);
      if (element && window.reader.unseen(element).length === 0) unread.delete(name);
    }
  }
  for (const name of unread) faults.push(`${name} can nowhere be seen whole`);
  return faults;
}

test.describe('the check of the layout notices', () => {
  const WIDE = VIEWPORTS[0];
  test.beforeEach(async ({ page }) => {
    await page.setViewportSize(WIDE);
    await open(page);
    await goToStep(page, 'hundred');
  });

  test('a page that is too wide', async ({ page }) => {
    await page.evaluate(() => document.querySelector<HTMLElement>('#hundred p')?.style.setProperty('width', '200vw'));
    expect(await faultsAt(page, 'hundred', WIDE)).toContainEqual(expect.stringMatching(/the page is \d+ px too wide/));
  });

  test('words in a picture that overlap, stand outside, are too small, or are covered', async ({ page }) => {
    const change = (to: (text: SVGTextElement) => void) => page.locator('[data-of=members] .stage-picture > svg text').first().evaluate(to);
    await change((text) =>
      text.setAttribute('transform', `translate(0 ${(text.nextElementSibling?.getBoundingClientRect().top ?? 0) - text.getBoundingClientRect().top})`),
    );
    expect(await page.evaluate(pictureFaults, smallestOn(WIDE))).toContainEqual(expect.stringMatching(/“100” and “.*” overlap/));
    await change((text) => text.setAttribute('transform', 'translate(-200 0)'));
    expect(await page.evaluate(pictureFaults, smallestOn(WIDE))).toContainEqual(expect.stringMatching(/“100” stands \d+ px outside/));
    await change((text) => text.setAttribute('transform', 'scale(.1)'));
    expect(await page.evaluate(pictureFaults, smallestOn(WIDE))).toContainEqual(expect.stringMatching(/“100” is \d+\.\d px/));
    await change((text) => {
      text.removeAttribute('transform');
      const veil = document.body.appendChild(document.createElement('div'));
      Object.assign(veil.style, { position: 'fixed', inset: '0 0 0 38%', zIndex: '99' });
    });
    expect(await page.evaluate(pictureFaults, smallestOn(WIDE))).toContainEqual('“100” is under something');
  });

  test('a line that stands under the stage wherever the reader scrolls', async ({ page }) => {
    expect(await page.evaluate(unreadLines, 'hundred')).toEqual([]);
    await page.evaluate(() =>
      Object.assign(document.querySelector<HTMLElement>('#hundred h3')?.style ?? {}, { position: 'relative', left: '45vw', zIndex: '-1' }),
    );
    expect(await page.evaluate(unreadLines, 'hundred')).toEqual([
      expect.stringMatching(/^\d lines of “100 accounts…” can nowhere be read while hundred is shown$/),
    ]);
  });

  test('a stage that sticks where nothing should, and a step without a picture of its own', async ({ page }) => {
    expect(await page.evaluate(stickyElements)).toContain('figure.stage sticks');
    expect(await page.evaluate(slotFaults, 'hundred')).toEqual(['hundred has no picture of its own']);
  });

  test('a cover whose words meet the light or each other, or are cut', async ({ page }) => {
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await settle(page);
    await page.evaluate(() => {
      const move = (selector: string, styles: Record<string, string>) =>
        Object.assign(document.querySelector<HTMLElement>(selector)?.style ?? {}, { position: 'fixed', ...styles });
      move('.kicker', { left: '72vw', top: '55vh', width: '200px' });
      move('.note', { left: '0', top: '0', width: '400px' });
      move('.dek', { left: '0', top: '0', width: '400px' });
      move('.origin', { left: '90vw', top: '90vh', width: '600px' });
    });
    const faults = await page.evaluate(coverFaults, COVER_LIGHT);
    for (const fault of [/^\.kicker “.*” meets the light/, /^\.dek and \.note overlap/, /^\.origin “.*” is cut/])
      expect(faults).toContainEqual(expect.stringMatching(fault));
  });
});
