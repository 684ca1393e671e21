/**
 * What a reader gets in an old browser. Below the line of package.json's browserslist: every word and each passage's last picture,
 * still. From the line on: the pictures wake. What is asked in the page is asked with what Chromium 92 knows, so Playwright's locators,
 * which ask more of a browser, are not used.
 */
import type { Frame, Page } from '@playwright/test';
import { join } from 'node:path';
import { article, expect, frameOf, plainFrame, test } from '../e2e/publisher.ts';
import { CHARTS, ROOT, SCENES, STEPS } from '../e2e/story.ts';

const VIEWPORTS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

const LOADER = (embeds: string, chart: string) =>
  `<script src="${embeds}embed/v1.js" defer></script><size-of-the-room chart="${chart}"><p><b>The words that stand in</b></p></size-of-the-room>`;

const wakes = () => test.info().project.metadata['wakes'] === true;

/** Chromium tells developers of a trial that it had when popovers were new: no fault of the page. */
test.afterEach(({ faults }) => {
  const kept = faults.filter((fault) => !fault.includes("Found a 'popover' attribute"));
  faults.splice(0, faults.length, ...kept);
});

/** A picture of the page, for whoever looks through them. */
async function keep(page: Page, name: string): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {};
  await page.screenshot({ path: join(ROOT, '.cache/old-chromium/screenshots', `${test.info().project.name}-${name}-${width}.png`) });
}

/** Two frames of the screen. */
async function drawn(page: Page | Frame): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Why a reader who goes to an element does not see it, or what lies on it; undefined when they do. */
const hiddenBy = (page: Page | Frame, selector: string, block: ScrollLogicalPosition) =>
  page.evaluate(
    ([target, where]) => {
      const element = document.querySelector(target);
      element?.scrollIntoView({ block: where, behavior: 'auto' });
      const line = element?.getClientRects()[0];
      if (!element || !line || line.height < 5 || getComputedStyle(element).visibility !== 'visible') return `${target} is not shown`;
      const over = document.elementFromPoint(line.left + Math.min(line.width / 2, 40), line.top + line.height / 2);
      return over && (element.contains(over) || over.contains(element)) ? undefined : `${target} is under ${over?.outerHTML.slice(0, 80) ?? 'nothing'}`;
    },
    [selector, block] as const,
  );

/** What is wrong with the picture in a place, where the reader stands now; undefined when it is seen. */
const emptyPlace = (page: Page | Frame, selector: string) =>
  page.evaluate((target) => {
    const element = document.querySelector(target);
    const svg = [...(element?.querySelectorAll('svg.picture') ?? [])].filter((one) => one.getClientRects().length > 0);
    if (!element || svg.length !== 1 || !svg[0]) return `${target}: ${svg.length} pictures`;
    const { top, left, width, height } = svg[0].getBoundingClientRect();
    if (width < 200 || height < 100) return `${target}: ${width} by ${height}`;
    if (svg[0].querySelectorAll('rect, path, text, circle').length < 2) return `${target}: nothing drawn`;
    const seen = Math.min(innerHeight, top + height) - Math.max(0, top);
    if (seen < 100) return `${target}: ${seen} px of it in view`;
    const over = document.elementFromPoint(left + width / 2, Math.max(0, top) + seen / 2);
    return element.contains(over) ? undefined : `${target} is under ${over?.outerHTML.slice(0, 80) ?? 'nothing'}`;
  }, selector);

const goTo = (page: Page | Frame, selector: string) => page.evaluate((target) => document.querySelector(target)?.scrollIntoView(), selector);
const count = (page: Page | Frame, selector: string) => page.evaluate((target) => document.querySelectorAll(target).length, selector);
const shownStep = (page: Page, chart: string) =>
  page.evaluate((id) => document.querySelector<HTMLElement>(`[data-of=${id}] .stage-picture`)?.dataset['step'], chart);

/** Chooses in a list as a reader does. */
const choose = (page: Page, selector: string, index: number) =>
  page.evaluate(
    ([target, at]) => {
      const select = document.querySelector<HTMLSelectElement>(target);
      if (select) select.selectedIndex = at;
      select?.dispatchEvent(new Event('change', { bubbles: true }));
    },
    [selector, index] as const,
  );

for (const viewport of VIEWPORTS)
  test.describe(`at ${viewport.width}x${viewport.height}`, () => {
    test.use({ viewport });

    test('the story has every step’s words and each passage’s picture; the pictures follow from the line on', async ({ page }) => {
      await page.goto('./');
      await drawn(page);
      await keep(page, 'cover');
      const wrong: (string | undefined)[] = [];
      for (const [i, { id, chart }] of STEPS.entries()) {
        wrong.push(await hiddenBy(page, `#${id} h3`, 'end'), await hiddenBy(page, `#${id} p:not(.visually-hidden):nth-last-of-type(2)`, 'end'));
        await goTo(page, `#${id}`);
        if (wakes()) await expect.poll(() => shownStep(page, chart), id).toBe(id);
        await drawn(page);
        wrong.push(await emptyPlace(page, `[data-of=${chart}] .stage`));
        if (i % 7 === 0) await keep(page, `story-${id}`);
      }
      expect(wrong.filter(Boolean)).toEqual([]);
      expect(await count(page, '.stage-picture > svg')).toBe(wakes() ? CHARTS.length : 0);
      expect(await page.evaluate(() => [...document.querySelectorAll('.card')].filter((card) => card.getClientRects().length > 0).length), 'cards').toBe(0);
    });

    test('the story’s skip link is out of the way until it has the focus, and leads to the story', async ({ page }) => {
      await page.goto('./');
      await drawn(page);
      const below = () => page.evaluate(() => document.querySelector('.skip')?.getBoundingClientRect().bottom);
      expect(await below(), 'the skip link before it has the focus').toBeLessThanOrEqual(0);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.outerHTML)).toContain('class="skip"');
      expect(await below(), 'the skip link with the focus').toBeGreaterThan(20);
      expect(await hiddenBy(page, '.skip', 'nearest')).toBeUndefined();
      await keep(page, 'skip');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate(() => location.hash)).toBe(`#${SCENES[0]}`);
      await drawn(page);
      const top = await page.evaluate((id) => document.getElementById(id ?? '')?.getBoundingClientRect().top, SCENES[0]);
      expect(top).toBeGreaterThan(-10);
      expect(top).toBeLessThan(viewport.height);
    });

    test('/steps/ turns through every step, each with its words and its picture', async ({ page }) => {
      await page.goto('./steps/');
      const screens = await count(page, '[data-screen]');
      const current = '[data-screen][data-current]';
      const wrong: (string | undefined)[] = [];
      for (let i = 0; ; i += 1) {
        await expect.poll(() => count(page, current)).toBe(1);
        await drawn(page);
        wrong.push(await hiddenBy(page, `${current} :is(h1, h2, h3, .title)`, 'nearest'));
        if (await count(page, `${current} .screen-picture`)) {
          await page.evaluate((target) => document.querySelector(target)?.scrollIntoView({ block: 'nearest' }), `${current} .screen-picture`);
          const empty = await emptyPlace(page, `${current} .screen-picture`);
          if (empty) wrong.push(`${i}: ${empty}`);
        }
        if (i % 8 === 2) await keep(page, `steps-${i}`);
        if (i === screens - 1) break;
        await page.evaluate((target) => document.querySelector<HTMLElement>(target)?.click(), `${current} [data-turn=next]`);
      }
      expect(wrong.filter(Boolean)).toEqual([]);
    });

    test('/plain/ has every step’s words and picture', async ({ page }) => {
      await page.goto('./plain/');
      const wrong: (string | undefined)[] = [];
      for (const { id } of STEPS) {
        wrong.push(await hiddenBy(page, `#${id} h3`, 'center'));
        await page.evaluate((target) => document.querySelector(target)?.scrollIntoView({ block: 'center' }), `#${id} .page-picture`);
        if (await count(page, `#${id} .page-picture`)) wrong.push(await emptyPlace(page, `#${id} .page-picture`));
      }
      expect(wrong.filter(Boolean)).toEqual([]);
      await keep(page, 'plain');
    });

    test('/evidence/ has its entries, and its filter works', async ({ page }) => {
      await page.goto('./evidence/');
      const all = await count(page, '.entry');
      expect(await hiddenBy(page, '.entry h3', 'center')).toBeUndefined();
      await choose(page, '.filter select', 1);
      const shown = await page.evaluate(() => [...document.querySelectorAll('.entry')].filter((one) => one.getClientRects().length > 0).length);
      expect(shown).toBeGreaterThan(0);
      expect(shown).toBeLessThan(all);
      await keep(page, 'evidence');
    });

    test('/publishers/ has code that follows what is chosen', async ({ page }) => {
      await page.goto('./publishers/');
      const code = () => page.evaluate(() => document.querySelector('[data-way-in] code')?.textContent ?? '');
      const before = await code();
      expect(before.length).toBeGreaterThan(100);
      await choose(page, 'select[name=embed]', 2);
      expect(await code()).not.toBe(before);
      await keep(page, 'publishers');
    });

    for (const [way, markup] of [
      ['in a plain frame', (embeds: string) => plainFrame(`${embeds}embed/views/`, 700)],
      ['in a tall plain frame', (embeds: string) => plainFrame(`${embeds}embed/views/`, 3000)],
      ['under the loader', (embeds: string) => LOADER(embeds, 'views')],
      ['of the story under the loader', (embeds: string) => LOADER(embeds, 'story')],
    ] as const)
      test(`an embed ${way} has its words and its picture`, async ({ page, publisher }) => {
        await page.goto(publisher.put(article(markup(publisher.embeds))));
        await goTo(page, '#place');
        const embed = await frameOf(page);
        await expect.poll(() => count(embed, '.step h3')).toBeGreaterThan(0);
        if (wakes()) {
          await expect.poll(() => embed.evaluate(() => document.documentElement.dataset['mode'])).not.toBe('flat');
          await goTo(page, '#place');
          await expect.poll(() => count(embed, '.stage-picture > svg')).toBeGreaterThan(0);
        } else if (way.includes('loader')) {
          // No frame has said that it is ready: the publisher's own words stand.
          expect(await hiddenBy(page, 'size-of-the-room b', 'center')).toBeUndefined();
        } else {
          await drawn(page);
          const steps = await embed.evaluate(() => [...document.querySelectorAll('.step')].map(({ id }) => id));
          const wrong: (string | undefined)[] = [];
          for (const id of steps) wrong.push(await hiddenBy(embed, `#${id} h3`, 'center'));
          expect(wrong.filter(Boolean)).toEqual([]);
          await embed.evaluate(() => document.querySelector('.stage')?.scrollIntoView({ block: 'nearest' }));
          await drawn(page);
          expect(await emptyPlace(embed, '.stage')).toBeUndefined();
        }
        await keep(page, `embed ${way}`.replaceAll(' ', '-'));
      });
  });
