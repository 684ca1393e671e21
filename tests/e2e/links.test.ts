/** Addresses: every step has one, the reader's address follows, and what is no address does no harm. */
import { expect, nameOf, open, settle, test, VIEWPORTS, type Page } from './page.ts';
import { SCENES, STEPS, TITLE } from './story.ts';

const [WIDE, , PHONE] = VIEWPORTS;

/** What is wrong with a step that should be on the screen, words and picture. */
async function faultsAt(page: Page, id: string): Promise<string[]> {
  return page.evaluate((step) => {
    const faults: string[] = [];
    const heading = document.querySelector(`[id="${step}"] h3`);
    const picture = document.getElementById(step)?.closest('.passage')?.querySelector<HTMLElement>('.stage-picture');
    if (!heading || !picture) return [`${step}: no such step`];
    faults.push(...window.reader.unseen(heading).map((line) => `the heading’s line “${line}” cannot be seen`));
    const { step: shown, progress } = picture.dataset;
    if (shown !== step || progress !== '1') faults.push(`the stage shows ${shown} ${progress}`);
    return faults.map((fault) => `${step}: ${fault}`);
  }, id);
}

for (const viewport of [WIDE, PHONE])
  test(`a link to any step opens on its words and its picture, ${nameOf(viewport)}`, async ({ page }) => {
    const faults: string[] = [];
    for (const { id } of STEPS) {
      const fresh = await page.context().newPage();
      await fresh.setViewportSize(viewport);
      await open(fresh, id);
      faults.push(...(await faultsAt(fresh, id)));
      if (new URL(fresh.url()).hash !== `#${id}`) faults.push(`${id}: the address became ${fresh.url()}`);
      await fresh.close();
    }
    expect(faults).toEqual([]);
  });

for (const viewport of [WIDE, PHONE])
  test(`the address names the step that is read, without filling the reader’s history, ${nameOf(viewport)}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page);
    const entries = await page.evaluate(() => history.length);
    const visited = new Set<string>();
    await page.mouse.move(viewport.width / 2, viewport.height * 0.75);
    for (let i = 0; i < 20; i += 1) {
      await page.mouse.wheel(0, viewport.height * 1.7);
      await settle(page);
      const step = await page.evaluate(() => {
        // Where a part opens, and after the last picture, the address may be the part’s own.
        const opening = [...document.querySelectorAll('.opening, .plain')].map((one) => one.getBoundingClientRect());
        if (opening.some(({ top, bottom }) => top < innerHeight && bottom > 0)) return undefined;
        const stages = [...document.querySelectorAll('.stage')];
        const stage = stages.findLast((one) => one.getBoundingClientRect().top < innerHeight / 2);
        return stage && window.reader.expected(stage);
      });
      if (!step?.progress) continue;
      visited.add(step.step);
      await expect.poll(() => new URL(page.url()).hash, `the address at ${step.step}`).toBe(`#${step.step}`);
    }
    expect(visited.size, 'the wheel passed steps').toBeGreaterThan(6);
    expect(await page.evaluate(() => history.length)).toBe(entries);
    await page.keyboard.press('Home');
    await settle(page);
    await expect.poll(() => new URL(page.url()).hash, 'the cover has the story’s own address').toBe('');
  });

for (const viewport of [WIDE, PHONE])
  test(`each link of the progress line goes to its part, ${nameOf(viewport)}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page, STEPS[1]?.id);
    const faults: string[] = [];
    for (const scene of SCENES) {
      await page.locator(`[data-part="${scene}"]`).click();
      // Long enough for the address to follow, if it would.
      await settle(page, 20);
      faults.push(...(await page.evaluate(partFaults, scene)));
    }
    expect(faults).toEqual([]);
  });

/** What is wrong right after the link to a part was followed. */
function partFaults(id: string): string[] {
  const heading = document.getElementById(id)?.querySelector('h2');
  const current = [...document.querySelectorAll<HTMLElement>('[data-part][aria-current="true"]')].map(({ dataset }) => dataset['part']);
  const faults = heading ? window.reader.unseen(heading).map((line) => `the heading’s line “${line}” cannot be seen`) : ['no heading'];
  if (current.length !== 1 || current[0] !== id) faults.push(`the line marks ${current.join() || 'nothing'}`);
  if (location.hash !== `#${id}`) faults.push(`the address is ${location.hash || 'without a step'}`);
  return faults.map((fault) => `${id}: ${fault}`);
}

test('the story stands at its language’s own address too, script, font and pictures with it', async ({ page }) => {
  await page.setViewportSize(WIDE);
  await page.goto('./en/#maskpark');
  await settle(page);
  expect(await page.title()).toBe(TITLE);
  expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
  expect(await page.locator('[data-of=members] .stage-picture > svg').count()).toBe(1);
  expect(await page.evaluate(() => document.fonts.check('16px Newsreader'))).toBe(true);
});

const HOSTILE = ['"><img src=x onerror=document.title=1>', '__proto__', 'constructor', '100', '%E0%A4%A', 'javascript:document.title=1', 'one"],[id="two'];

for (const hash of HOSTILE)
  test(`an address that names no step is ignored and the story works: #${hash}`, async ({ page }) => {
    await open(page, hash);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(await page.title()).toBe(TITLE);
    expect(await page.locator('img').count()).toBe(0);
    await page.evaluate(() => document.getElementById('maskpark')?.scrollIntoView());
    await settle(page);
    expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
    await expect.poll(() => new URL(page.url()).hash).toBe('#maskpark');
  });

test.describe('the check of a link notices', () => {
  test.beforeEach(async ({ page }) => {
    await open(page, 'maskpark');
    expect((await faultsAt(page, 'maskpark')).join()).not.toMatch(/cannot be seen|shows others/);
  });

  test('a heading under something else', async ({ page }) => {
    await page.evaluate(() => {
      const cover = document.body.appendChild(document.createElement('div'));
      Object.assign(cover.style, { position: 'fixed', inset: '0', zIndex: '99' });
    });
    expect(await faultsAt(page, 'maskpark')).toContainEqual(expect.stringContaining('cannot be seen'));
  });

  test('a progress line that marks another part', async ({ page }) => {
    await page.evaluate(() => document.getElementById('view')?.scrollIntoView());
    await expect.poll(() => new URL(page.url()).hash).toBe('#view');
    const faults = await page.evaluate(partFaults, 'law');
    expect(new Set(faults)).toEqual(
      new Set(['law: the heading’s line “If it is not deemed obscene” cannot be seen', 'law: the line marks outcry', 'law: the address is #view']),
    );
  });

  test('a heading out of view, and the picture of another step', async ({ page }) => {
    await page.evaluate(() => document.getElementById('others')?.scrollIntoView());
    await settle(page);
    const faults = await faultsAt(page, 'maskpark');
    expect(faults).toContainEqual(expect.stringContaining('cannot be seen'));
    expect(faults).toContainEqual(expect.stringContaining('the stage shows others'));
  });
});
