/** The story without script: every word, every picture, every table, and no gap where something should have been. */
import { expect, nameOf, open, test, VIEWPORTS, type Page } from './page.ts';
import { installReader } from './reader.ts';
import { CHARTS, printedPattern, printedTexts } from './story.ts';

/** The text of each part of the page that holds words, in order, with its spaces made even. */
function blocksOf(): string[] {
  return [...document.querySelectorAll('h1, h2, h3, p, dt, dd, li, caption, th, td, summary, figcaption')].map((block) =>
    (block.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
  );
}

/** What a reader without script misses or is left waiting for. */
async function faultsOf(page: Page): Promise<string[]> {
  const text = (await page.evaluate(() => document.body.innerText)).replaceAll(/\s+/g, ' ');
  const missing = printedTexts().filter((one) => !printedPattern(one).test(text));
  const faults = missing.map((one) => `not on the page: “${one}”`);
  const waiting = /\b(loading|please wait|enable javascript|javascript)\b/i.exec(text);
  if (waiting) faults.push(`the page says “${waiting[0]}”`);
  faults.push(...(await page.evaluate(pictureFaults, CHARTS)), ...(await page.evaluate(tableFaults)), ...(await page.evaluate(gapFaults)));
  return faults;
}

function pictureFaults(charts: readonly string[]): string[] {
  return charts.flatMap((chart) => {
    const stage = document.querySelector(`.island[data-chart="${chart}"]`)?.closest('.stage');
    if (!stage) return [`${chart}: no stage`];
    const variants = [...stage.querySelectorAll('.still')].filter((still) => still.checkVisibility());
    const wanted = innerWidth >= 640 ? 'wide' : 'narrow';
    if (variants.length !== 1 || !variants[0]?.classList.contains(wanted))
      return [`${chart}: shows ${variants.map((one) => one.className).join() || 'nothing'}, expected ${wanted}`];
    const svg = variants[0].querySelector('svg');
    const marks = svg?.querySelectorAll('rect, path, text').length ?? 0;
    if (!svg?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || marks < 2) return [`${chart}: nothing is drawn`];
    // Where it stands, or where it sticks while the words pass it.
    const seen = [svg, ...document.querySelectorAll(`[data-of="${chart}"] .step:nth-last-child(1 of .step)`)].some((place) => {
      place.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = svg.getBoundingClientRect();
      return width > 200 && height > 120 && [0.2, 0.5, 0.8].every((share) => stage.contains(document.elementFromPoint(left + width * share, top + height / 2)));
    });
    return seen ? [] : [`${chart}: never to be seen whole`];
  });
}

function tableFaults(): string[] {
  return [...document.querySelectorAll('.numbers:has(table)')].flatMap((table) => {
    const rows = [...table.querySelectorAll('tbody tr')];
    const name = table.querySelector('caption')?.textContent ?? 'a table';
    if (!rows.length) return [`${name}: no rows`];
    const closed = rows.filter((row) => !row.checkVisibility({ contentVisibilityAuto: true }) || row.getBoundingClientRect().height < 10);
    return closed.length ? [`${name}: ${closed.length} of ${rows.length} rows cannot be seen`] : [];
  });
}

/** More than a screen of paper, or of anything else, without a word or a picture in it. */
function gapFaults(): string[] {
  scrollTo({ top: 0, behavior: 'instant' });
  const boxes = [...document.querySelectorAll('h1, h2, h3, p, li, dt, dd, tr, summary, svg')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden'))
    .map((element) => {
      const { top, bottom, left, width } = element.getBoundingClientRect();
      // A picture that sticks beside the words does not fill a gap between them.
      const picture = element.closest('.stage');
      return {
        top: top + scrollY,
        bottom: bottom + scrollY,
        left,
        width,
        name: (element.textContent ?? '').trim().slice(0, 40),
        beside: picture !== null && left > 1,
      };
    })
    .filter(({ beside, width }) => !beside && width > 1)
    .sort((a, b) => a.top - b.top);
  const faults: string[] = [];
  let bottom = 0;
  for (const box of boxes) {
    if (box.top - bottom > innerHeight) faults.push(`${Math.round(box.top - bottom)} px of nothing before “${box.name}”`);
    bottom = Math.max(bottom, box.bottom);
  }
  const end = document.documentElement.scrollHeight - bottom;
  if (end > innerHeight) faults.push(`${Math.round(end)} px of nothing at the end`);
  return faults;
}

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  for (const viewport of VIEWPORTS)
    test(`nothing is missing and nothing waits, ${nameOf(viewport)}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.goto('./');
      expect(printedTexts().length).toBeGreaterThan(150);
      expect(await faultsOf(page)).toEqual([]);
    });

  test('the check would notice a missing sentence, picture or table, a wait, and a gap', async ({ page }) => {
    await page.setViewportSize(VIEWPORTS[0]);
    await page.goto('./');
    await page.evaluate(installReader);
    await page.evaluate(() => {
      document.querySelector('#maskpark p')?.remove();
      document.querySelector('#others h3')?.setAttribute('hidden', '');
      document.querySelector('[data-of=views] .still.wide svg')?.replaceChildren();
      document.querySelector<HTMLElement>('[data-of=paths] .stage')?.style.setProperty('display', 'none');
      document.querySelector<HTMLElement>('[data-of=members] .numbers table')?.style.setProperty('display', 'none');
      document.querySelector('#hundred')?.append('Loading…');
      document.querySelector<HTMLElement>('#asked')?.style.setProperty('margin-top', '150vh');
    });
    const faults = await faultsOf(page);
    for (const expected of [
      'not on the page: “The forum had',
      'not on the page: “{other-subforums-900k|capital} members',
      'the page says “Loading',
      'views: nothing is drawn',
      'paths: shows nothing',
      'rows cannot be seen',
      'px of nothing before “What they asked for',
    ])
      expect(faults).toContainEqual(expect.stringContaining(expected));
  });
});

test('the words are the same with and without script', async ({ page, browser, baseURL }) => {
  await open(page);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  const bare = await context.newPage();
  await bare.goto('./');
  const blocks = await bare.evaluate(blocksOf);
  expect(blocks.length).toBeGreaterThan(200);
  expect(await page.evaluate(blocksOf)).toEqual(blocks);
  await context.close();
});
