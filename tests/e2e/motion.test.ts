/** Reduced motion: pictures cut from one to the next, and the preference may change while the story is read. */
import { expect, nameOf, open, settle, test, VIEWPORTS, type Page } from './page.ts';

const [WIDE, , PHONE] = VIEWPORTS;
/** Places down the page, as shares of its height: enough to stand between steps often. */
const PLACES = Array.from({ length: 45 }, (_, i) => (i + 0.37) / 45);

/** The pictures that stand between two pictures, and anything else that moves, at places down the page. */
async function movement(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const shown = new Map<string, string>();
  for (const share of PLACES) {
    await page.evaluate((at) => scrollTo({ top: at * (document.documentElement.scrollHeight - innerHeight), behavior: 'instant' }), share);
    await settle(page);
    const { moments, pictures, animations } = await page.evaluate(() => ({
      moments: [...document.querySelectorAll<HTMLElement>('.stage-picture')]
        .filter((one) => one.querySelector(':scope > svg'))
        .map(({ dataset }) => ({ step: dataset['step'] ?? '', progress: dataset['progress'] ?? '' })),
      pictures: window.reader.pictures(),
      animations: document.getAnimations().length,
    }));
    for (const { step, progress } of moments) if (progress !== '0' && progress !== '1') faults.push(`${step} stands at ${progress}`);
    if (animations) faults.push(`${animations} animations`);
    for (const [chart, picture] of Object.entries(pictures)) {
      // One step, one picture: wherever in the step the reader is.
      const key = `${chart} ${moments.map(({ step, progress }) => `${step} ${progress}`).join()}`;
      if ((shown.get(key) ?? picture) !== picture) faults.push(`${chart} has two pictures of one moment`);
      shown.set(key, picture);
    }
  }
  return faults;
}

for (const viewport of [WIDE, PHONE])
  test(`nothing moves for a reader who asked for stillness, ${nameOf(viewport)}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize(viewport);
    await open(page);
    expect(await movement(page)).toEqual([]);
    await page.keyboard.press('Home');
    await settle(page);
    await page.mouse.wheel(0, 500);
    await settle(page);
    expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
  });

test('the check of stillness would notice the moving story', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await open(page);
  expect(await movement(page)).toContainEqual(expect.stringMatching(/ stands at 0\.\d+/));
});

test('the preference is followed at once when it changes in the middle', async ({ page }) => {
  await page.setViewportSize(WIDE);
  await open(page, 'maskpark');
  // A third of a screen above its place of rest, the picture is on its way.
  await page.evaluate(() => scrollBy({ top: -innerHeight / 3, behavior: 'instant' }));
  await settle(page);
  const progress = () => page.evaluate(() => Number(document.querySelector<HTMLElement>('[data-of=members] .stage-picture')?.dataset['progress']));
  const moving = await progress();
  expect(moving).toBeGreaterThan(0.2);
  expect(moving).toBeLessThan(0.8);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(progress).toBe(1);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect.poll(progress).toBe(moving);
});
