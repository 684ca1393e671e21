/**
 * What a reader gets in an old browser. Below the line of package.json's browserslist: every word and each passage's last picture,
 * still. From the line on: the pictures wake. What is asked in the page is asked with what Chromium 92 knows.
 */
import type { Frame, Locator, Page } from '@playwright/test';
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
const hiddenBy = (target: Locator, block: ScrollLogicalPosition) =>
  target.evaluate((element, where) => {
    element.scrollIntoView({ block: where, behavior: 'auto' });
    const line = element.getClientRects()[0];
    if (!line || line.height < 5 || getComputedStyle(element).visibility !== 'visible') return 'not shown';
    const over = document.elementFromPoint(line.left + Math.min(line.width / 2, 40), line.top + line.height / 2);
    return over && (element.contains(over) || over.contains(element)) ? undefined : `under ${over?.outerHTML.slice(0, 80) ?? 'nothing'}`;
  }, block);

/** What is wrong with a stage's picture, where the reader stands now; undefined when it is seen. */
const emptyStage = (stage: Locator) =>
  stage.evaluate((element) => {
    const svg = [...element.querySelectorAll('svg.picture')].filter((one) => one.getClientRects().length > 0);
    if (svg.length !== 1 || !svg[0]) return `${svg.length} pictures`;
    const { top, left, width, height } = svg[0].getBoundingClientRect();
    if (width < 200 || height < 100) return `${width} by ${height}`;
    if (svg[0].querySelectorAll('rect, path, text, circle').length < 2) return 'nothing drawn';
    const seen = Math.min(innerHeight, top + height) - Math.max(0, top);
    if (seen < 100) return `${seen} px of it in view`;
    const over = document.elementFromPoint(left + width / 2, Math.max(0, top) + seen / 2);
    return element.contains(over) ? undefined : `under ${over?.outerHTML.slice(0, 80) ?? 'nothing'}`;
  });

for (const viewport of VIEWPORTS)
  test.describe(`at ${viewport.width}x${viewport.height}`, () => {
    test.use({ viewport });

    test('the story has every step’s words and each passage’s picture; the pictures follow from the line on', async ({ page }) => {
      await page.goto('./');
      await drawn(page);
      await keep(page, 'cover');
      const wrong: string[] = [];
      for (const { id, chart } of STEPS) {
        const step = page.locator(`#${id}`);
        for (const words of [step.locator('h3'), step.locator('p:not(.unseen)').last()]) {
          const over = await hiddenBy(words, 'end');
          if (over) wrong.push(`${id}: ${over}`);
        }
        await step.evaluate((element) => element.scrollIntoView());
        if (wakes()) await expect(page.locator(`[data-of=${chart}] .stage-picture`), id).toHaveAttribute('data-step', /./);
        await drawn(page);
        const stage = await emptyStage(page.locator(`[data-of=${chart}] .stage`));
        if (stage) wrong.push(`${id}: picture: ${stage}`);
      }
      expect(wrong).toEqual([]);
      expect(await page.locator('.stage-picture > svg').count()).toBe(wakes() ? CHARTS.length : 0);
      for (const [i, { id, chart }] of STEPS.entries()) {
        if (i % 7) continue;
        await page.evaluate((step) => document.getElementById(step)?.scrollIntoView(), id);
        if (wakes()) await expect(page.locator(`[data-of=${chart}] .stage-picture`)).toHaveAttribute('data-step', id);
        await drawn(page);
        await keep(page, `story-${id}`);
      }
    });

    test('the story’s parts and its skip link lead where they say, and nothing lies on them', async ({ page }) => {
      await page.goto('./');
      await drawn(page);
      const skip = page.locator('.skip');
      const below = () => skip.evaluate((link) => link.getBoundingClientRect().bottom);
      expect(await below(), 'the skip link before it has the focus').toBeLessThanOrEqual(0);
      for (const link of await page.locator('.head a, .head button, .bar a, .bar summary, .cover a').all()) {
        if (!(await link.isVisible())) continue;
        expect(await hiddenBy(link, 'nearest'), await link.textContent().then(String)).toBeUndefined();
      }
      await page.evaluate(() => scrollTo(0, 0));
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
      expect(await below(), 'the skip link with the focus').toBeGreaterThan(20);
      expect(await hiddenBy(skip, 'nearest')).toBeUndefined();
      await keep(page, 'skip');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(new RegExp(`#${SCENES[0]}$`));
      const top = await page.locator(`#${SCENES[0]}`).evaluate((part) => part.getBoundingClientRect().top);
      expect(top).toBeGreaterThan(-10);
      expect(top).toBeLessThan(viewport.height);
    });

    test('/steps/ turns through every step, each with its words and its picture', async ({ page }) => {
      await page.goto('./steps/');
      const screens = await page.locator('[data-screen]').count();
      for (let i = 0; ; i += 1) {
        const screen = page.locator('[data-screen][data-current]');
        await expect(screen).toHaveCount(1);
        await drawn(page);
        expect(await hiddenBy(screen.locator('h1, h2, h3, .title').first(), 'nearest')).toBeUndefined();
        const id = (await screen.getAttribute('id')) ?? 'end';
        if (await screen.locator('.screen-picture').count()) {
          await screen.locator('.screen-picture').evaluate((picture) => picture.scrollIntoView({ block: 'nearest' }));
          expect(await emptyStage(screen.locator('.screen-picture')), id).toBeUndefined();
        }
        if (i % 8 === 2) await keep(page, `steps-${id}`);
        if (i === screens - 1) break;
        await screen.locator('[data-turn=next]').click();
      }
    });

    test('/plain/ has every step’s words and picture', async ({ page }) => {
      await page.goto('./plain/');
      const wrong: string[] = [];
      for (const { id } of STEPS) {
        const step = page.locator(`#${id}`);
        const over = await hiddenBy(step.locator('h3'), 'center');
        if (over) wrong.push(`${id}: ${over}`);
        const figure = step.locator('.page-picture').first();
        if (!(await figure.count())) continue;
        await figure.evaluate((one) => one.scrollIntoView({ block: 'center' }));
        const stage = await emptyStage(figure);
        if (stage) wrong.push(`${id}: picture: ${stage}`);
      }
      expect(wrong).toEqual([]);
      await keep(page, 'plain');
    });

    test('/evidence/ has its entries, and its filter works', async ({ page }) => {
      await page.goto('./evidence/');
      const entries = page.locator('.entry');
      const all = await entries.count();
      expect(await hiddenBy(entries.first().locator('h3'), 'center')).toBeUndefined();
      const select = page.locator('.filter select').first();
      await select.selectOption({ index: 1 });
      const shown = () => entries.evaluateAll((list) => list.filter((one) => one.getClientRects().length > 0).length);
      expect(await shown()).toBeGreaterThan(0);
      expect(await shown()).toBeLessThan(all);
      await keep(page, 'evidence');
    });

    test('/publishers/ has code that follows what is chosen', async ({ page }) => {
      await page.goto('./publishers/');
      const code = page.locator('[data-way-in] code').first();
      const before = await code.textContent();
      expect(before?.length).toBeGreaterThan(100);
      await page.locator('select[name=embed]').selectOption('views');
      await expect(code).not.toHaveText(before ?? '');
      await keep(page, 'publishers');
    });

    for (const [way, markup] of [
      ['in a plain frame', (embeds: string) => plainFrame(`${embeds}embed/views/`, 700)],
      ['in a tall plain frame', (embeds: string) => plainFrame(`${embeds}embed/views/`, 3000)],
      ['under the loader', (embeds: string) => LOADER(embeds, 'views')],
      ['the story under the loader', (embeds: string) => LOADER(embeds, 'story')],
    ] as const)
      test(`an embed ${way} has its words and its picture`, async ({ page, publisher }) => {
        await page.goto(publisher.put(article(markup(publisher.embeds))));
        const place = page.locator('#place');
        await place.evaluate((one) => one.scrollIntoView());
        const embed = await frameOf(page);
        await embed.locator('.step h3').first().waitFor({ state: 'attached' });
        await drawn(embed);
        if (!wakes() && way.includes('loader')) {
          // No frame has said that it is ready: the publisher's own words stand.
          await expect(page.locator('size-of-the-room b')).toBeVisible();
        } else if (!wakes()) {
          const wrong: string[] = [];
          for (const step of await embed.locator('.step').all()) {
            const over = await hiddenBy(step.locator('h3'), 'center');
            if (over) wrong.push(over);
          }
          const stage = embed.locator('.stage').first();
          await stage.evaluate((one) => one.scrollIntoView({ block: 'nearest' }));
          await drawn(page);
          const { height } = (await stage.boundingBox()) ?? { height: 0 };
          expect(height).toBeGreaterThan(100);
          expect(await stage.locator('svg.picture:visible').count()).toBe(1);
          expect(wrong).toEqual([]);
        } else {
          await expect.poll(() => embed.evaluate(() => document.documentElement.dataset['mode'])).not.toBe('flat');
          await expect.poll(() => embed.locator('.stage-picture > svg').count()).toBeGreaterThan(0);
        }
        await place.evaluate((one) => one.scrollIntoView());
        await keep(page, `embed ${way}`.replaceAll(' ', '-'));
      });
  });
