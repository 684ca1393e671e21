/** Each picture in turn cannot be drawn, from the start or in the middle of its steps: the one that was built stands there, and the story goes on. */
import { emptyStages, expect, readDown, test, wordsOf, wordsWithoutScript, type Page } from './faultInjection.ts';
import { CHARTS, STEPS } from './story.ts';

declare global {
  interface Window {
    /** The chart that cannot be drawn from now on. */
    unable: string;
  }
}

const SEEDED = 'seeded: cannot be drawn';

/** A picture draws from what stands on its island: once the chart is named, asking for any of that throws. */
function makeBreakable(message: string): void {
  const { parse } = JSON;
  window.unable = '';
  JSON.parse = (text: string, ...more) => {
    const value: unknown = parse(text, ...more);
    const chart = [...document.querySelectorAll<HTMLElement>('.island')].find(({ dataset }) => dataset['view'] === text)?.dataset['chart'];
    if (chart === undefined || typeof value !== 'object' || value === null) return value;
    return new Proxy(value, {
      get(target, key) {
        if (window.unable === chart) throw new Error(message);
        return Reflect.get(target, key);
      },
    });
  };
}

/** What is wrong when one chart cannot be drawn: nothing but its own message, told to developers, may be. */
async function faultsWithout(page: Page, chart: string, words: readonly string[]): Promise<string[]> {
  const faults = (await page.evaluate(emptyStages)).map((one) => `no picture ${one}`);
  if ((await page.evaluate(wordsOf)).join('\n') !== words.join('\n')) faults.push('other words');
  for (const one of CHARTS) {
    const last = STEPS.findLast((step) => step.chart === one)?.id ?? '';
    await page.evaluate((id) => document.getElementById(id)?.scrollIntoView({ behavior: 'instant' }), last);
    await page.evaluate(() => window.reader.settle(4));
    const still = await page.evaluate(
      (name) => [...document.querySelectorAll(`.island[data-chart="${name}"] .still`)].some((picture) => picture.checkVisibility()),
      one,
    );
    const awake = await page.evaluate((name) => document.querySelector(`.island[data-chart="${name}"] .stage-picture > svg`) !== null, one);
    if (one === chart ? awake || !still : !awake || still)
      faults.push(`${one} is ${awake ? 'awake' : 'asleep'}, its still picture ${still ? '' : 'not '}shown`);
  }
  const wrong = await page.evaluate(() => window.reader.wrong());
  faults.push(...wrong.filter((fault) => fault !== `${chart} asleep in view`));
  return faults;
}

for (const chart of CHARTS) {
  test(`${chart} cannot be drawn from the start`, async ({ page, baseURL, errors }) => {
    const words = await wordsWithoutScript(page, './', baseURL);
    const said: string[] = [];
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    await page.addInitScript(makeBreakable, SEEDED);
    await page.addInitScript((name) => (window.unable = name), chart);
    await page.goto('./');
    await readDown(page);
    expect(await faultsWithout(page, chart, words)).toEqual([]);
    expect(said, 'developers are told').toEqual([expect.stringContaining(SEEDED)]);
    expect(errors).toEqual([]);
  });

  test(`${chart} cannot be drawn any more in the middle of its steps`, async ({ page, baseURL, errors }) => {
    const words = await wordsWithoutScript(page, './', baseURL);
    const said: string[] = [];
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    await page.addInitScript(makeBreakable, SEEDED);
    const [first] = STEPS.filter((step) => step.chart === chart);
    await page.goto(`./#${first?.id}`);
    await page.evaluate(() => window.reader.settle(4));
    expect(await page.evaluate((name) => document.querySelector(`.island[data-chart="${name}"] .stage-picture > svg`) !== null, chart)).toBe(true);
    await page.evaluate((name) => (window.unable = name), chart);
    await readDown(page);
    expect(await faultsWithout(page, chart, words)).toEqual([]);
    expect(said).toEqual([expect.stringContaining(SEEDED)]);
    expect(errors).toEqual([]);
  });

  test(`${chart} cannot be drawn where each step has a picture of its own`, async ({ page, errors }) => {
    await page.setViewportSize({ width: 844, height: 390 });
    await page.addInitScript(makeBreakable, SEEDED);
    await page.addInitScript((name) => (window.unable = name), chart);
    await page.goto('./');
    await readDown(page);
    expect(await page.evaluate(emptyStages)).toEqual([]);
    const empty = await page.evaluate(
      (name) => [...document.querySelectorAll(`[data-of="${name}"] [data-slot]`)].filter((slot) => slot.checkVisibility()).length,
      chart,
    );
    expect(empty, 'no empty room is left where a picture would be').toBe(0);
    expect(errors).toEqual([]);
  });
}

test('what a picture draws from is no JSON', async ({ page, baseURL, errors }) => {
  const words = await wordsWithoutScript(page, './', baseURL);
  await page.route(/\/$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/(data-chart="views" data-view=")/, '$1{') });
  });
  await page.goto('./');
  await readDown(page);
  expect(await faultsWithout(page, 'views', words)).toEqual([]);
  expect(errors).toEqual([]);
});

test('the check would notice a picture that is lost, and one that does not break', async ({ page, baseURL }) => {
  const words = await wordsWithoutScript(page, './', baseURL);
  await page.goto('./');
  await readDown(page);
  expect(await faultsWithout(page, 'views', words), 'nothing was broken').toEqual([expect.stringMatching(/^views is awake/)]);
  await page.evaluate(() => document.querySelector('[data-of=views] .stage-picture')?.replaceChildren());
  expect(await faultsWithout(page, 'views', words)).toContain('no picture views');
});
