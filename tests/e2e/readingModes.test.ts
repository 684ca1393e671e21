/** The other ways to read: one step at a time, and the plain page. Whole without script, same places, same words. */
import { expect, nameOf, settle, test, VIEWPORTS, type Page } from './page.ts';
import { CHARTS, printedPattern, printedTexts, SCENES, STEPS } from './story.ts';

const [WIDE, , PHONE, SMALL] = VIEWPORTS;
/** Every screen between the first and the last: what is asked stands before the last scene. */
const PLACES = SCENES.flatMap((scene) => [
  ...(scene === SCENES.at(-1) ? ['asked'] : []),
  scene,
  ...STEPS.filter((step) => step.scene === scene).map(({ id }) => id),
]);

/** The ids of the screens that can be seen, and where the focus is. */
function shown(): { screens: string[]; focus: string | undefined } {
  const screens = [...document.querySelectorAll<HTMLElement>('[data-screen]')].filter((one) => one.checkVisibility());
  const nameOf = (one: Element | null | undefined) => one?.id || one?.querySelector('section')?.id || undefined;
  return { screens: screens.map((one) => nameOf(one) ?? ''), focus: nameOf(document.activeElement?.closest('[data-screen]')) };
}

/** What is wrong with the screen of a step: its heading, its picture, its words. */
function screenFaults(id: string): string[] {
  const screen = document.getElementById(id);
  if (!screen?.checkVisibility()) return [`${id} is not shown`];
  const faults: string[] = [];
  const heading = screen.querySelector('h2');
  if (!heading || document.activeElement !== heading) faults.push('the focus is not on its heading');
  if (heading) faults.push(...window.reader.unseen(heading).map((line) => `the heading’s line “${line}” cannot be seen`));
  const pictures = [...screen.querySelectorAll('.screen-picture svg')].filter((svg) => svg.checkVisibility());
  const { width = 0, height = 0 } = pictures[0]?.getBoundingClientRect() ?? {};
  if (screen.querySelector('.screen-picture') && (pictures.length !== 1 || width < 200 || height < 150))
    faults.push(`${pictures.length} pictures, ${width}x${height}`);
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} px too wide`);
  return faults.map((fault) => `${id}: ${fault}`);
}

/** Every run of the story's words that the page does not show. */
async function missing(page: Page): Promise<string[]> {
  const text = (await page.evaluate(() => document.body.innerText)).replaceAll(/\s+/g, ' ');
  return printedTexts().filter((one) => one !== 'Begin' && one !== 'Skip to the sources' && !printedPattern(one).test(text));
}

for (const way of ['steps', 'plain'])
  for (const viewport of [WIDE, SMALL])
    test(`${way}: without script every word, every step’s picture and every place is there, ${nameOf(viewport)}`, async ({ browser, baseURL }) => {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport, baseURL: baseURL ?? '' });
      const page = await context.newPage();
      await page.goto(`./${way}/`);
      expect(await missing(page)).toEqual([]);
      const faults = await page.evaluate(
        ({ places, steps }) => [
          ...places.filter((id) => !document.getElementById(id)).map((id) => `no place ${id}`),
          ...steps.flatMap((id) => {
            const pictures = [...(document.getElementById(id)?.querySelectorAll('.still svg') ?? [])].filter((svg) => svg.checkVisibility());
            const { width = 0, height = 0 } = pictures[0]?.getBoundingClientRect() ?? {};
            return pictures.length === 1 && width > 200 && height > 150 ? [] : [`${id}: ${pictures.length} pictures, ${width}x${height}`];
          }),
          ...(document.documentElement.scrollWidth > innerWidth ? ['too wide'] : []),
        ],
        { places: PLACES, steps: STEPS.map(({ id }) => id) },
      );
      expect(faults).toEqual([]);
      const tables = await page.locator('.numbers table').count();
      // What is in none of the articles has no numbers to list.
      expect(tables).toBe(CHARTS.filter((chart) => chart !== 'gaps').length);
      await context.close();
    });

test('plain: no script, tables open', async ({ page }) => {
  await page.goto('./plain/');
  expect(await page.locator('script:not([type="application/ld+json"])').count()).toBe(0);
  expect(await page.locator('.numbers:not([open])').count()).toBe(0);
});

for (const viewport of [WIDE, PHONE])
  test(`steps: every place is reached with one Next each, and back, ${nameOf(viewport)}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.goto('./steps/');
    expect(await page.evaluate(shown)).toEqual({ screens: ['start'], focus: undefined });
    const faults: string[] = [];
    for (const [i, id] of PLACES.entries()) {
      if (i % 2) await page.keyboard.press('ArrowRight');
      else await page.locator('[data-current] [data-turn="next"]').click();
      await expect.poll(() => page.evaluate(shown)).toEqual({ screens: [id], focus: id });
      faults.push(...(await page.evaluate(screenFaults, id)));
      if (new URL(page.url()).hash !== `#${id}`) faults.push(`${id}: the address is ${page.url()}`);
    }
    expect(faults).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await page.evaluate(shown)).screens).toEqual(['sources']);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await page.evaluate(shown)).screens).toEqual([PLACES.at(-1)]);
    await page.goBack();
    await expect.poll(async () => (await page.evaluate(shown)).screens).toEqual(['sources']);
  });

test('steps: turned, zoomed, reloaded, gone and come back, the screen is the one that was read', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto('./steps/#million');
  const stays = async (id: string) => {
    await expect.poll(async () => (await page.evaluate(shown)).screens).toEqual([id]);
    expect(new URL(page.url()).hash).toBe(`#${id}`);
    const seen = await page.evaluate((step) => {
      const boxes = [...document.querySelectorAll(`[id="${step}"] :is(h2, .screen-picture)`)].map((one) => one.getBoundingClientRect());
      return boxes.some(({ top, bottom }) => bottom > 1 && top < innerHeight - 1);
    }, id);
    expect(seen, 'its heading or its picture is in view').toBe(true);
  };
  const sizes = [{ width: 844, height: 390 }, PHONE, WIDE, { width: 720, height: 450 }, PHONE];
  for (const size of sizes) {
    await page.setViewportSize(size);
    await stays('million');
  }
  await page.setViewportSize({ width: 844, height: 390 });
  await page.reload();
  await stays('million');
  await page.keyboard.press('ArrowRight');
  await stays('views');
  await page.setViewportSize(PHONE);
  await page.goBack();
  await stays('million');
  await page.goto('./accessibility/');
  await page.setViewportSize(WIDE);
  await page.goBack();
  await stays('million');
});

test('steps: an address opens on its step; one that names none opens at the start', async ({ page }) => {
  await page.goto('./steps/#maskpark');
  await expect.poll(() => page.evaluate(shown)).toEqual({ screens: ['maskpark'], focus: 'maskpark' });
  expect(await page.evaluate(() => scrollY)).toBe(0);
  for (const hash of ['%E0%A4%A', '"><img>', 'constructor']) {
    await page.goto('about:blank');
    await page.goto(`./steps/#${hash}`);
    await expect.poll(async () => (await page.evaluate(shown)).screens).toEqual(['start']);
  }
  await page.goto('./steps/#help');
  await expect.poll(async () => (await page.evaluate(shown)).screens).toEqual(['sources']);
  expect(await page.evaluate(() => window.reader.unseen(document.querySelector('#help h3') ?? document.body))).toEqual([]);
});

test('steps: a swipe turns, a scroll, a pinch and a swipe from the edge do not', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ viewport: PHONE, hasTouch: true, isMobile: true, baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await page.goto('./steps/#hundred');
  // The page takes its touches without being waited for: what it makes of one is seen when the touch has ended.
  await page.evaluate(() => {
    for (const name of ['touchend', 'touchcancel'] as const)
      addEventListener(name, ({ touches }) => {
        if (!touches.length) document.body.dataset['touched'] = String(Number(document.body.dataset['touched'] ?? 0) + 1);
      });
  });
  let swipes = 0;
  const client = await context.newCDPSession(page);
  const swipe = async (from: readonly [number, number], to: readonly [number, number], fingers = 1) => {
    const points = ([x, y]: readonly [number, number]) => Array.from({ length: fingers }, (_, i) => ({ x: x + i * 40, y, id: i }));
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(from) });
    await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(to) });
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    swipes += 1;
    await expect(page.locator('body')).toHaveAttribute('data-touched', String(swipes));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    return (await page.evaluate(shown)).screens;
  };
  expect(await swipe([300, 200], [200, 190])).toEqual(['ten-thousand']);
  expect(await swipe([100, 200], [250, 210])).toEqual(['hundred']);
  expect(await swipe([300, 500], [240, 200])).toEqual(['hundred']);
  expect(await swipe([380, 200], [200, 200])).toEqual(['hundred']);
  expect(await swipe([200, 200], [60, 200], 2)).toEqual(['hundred']);
  await context.close();
});

test('steps: the browser keeps its own keys, and the arrows of something that scrolls sideways', async ({ page }) => {
  await page.goto('./steps/#hundred');
  for (const key of ['Alt+ArrowDown', 'Shift+ArrowRight', 'Control+ArrowRight', 'ArrowDown', 'Space', 'End', 'Home', 'PageDown'])
    await page.keyboard.press(key);
  expect((await page.evaluate(shown)).screens).toEqual(['hundred']);
  await page.evaluate(() => {
    const box = document.querySelector('#hundred')?.appendChild(document.createElement('div'));
    const wide = document.createElement('p');
    Object.assign(wide.style, { width: '4000px', height: '1em' });
    box?.append(wide);
    box?.setAttribute('tabindex', '0');
    Object.assign(box?.style ?? {}, { overflowX: 'auto', width: '200px' });
    box?.focus();
  });
  await page.keyboard.press('ArrowRight');
  expect((await page.evaluate(shown)).screens).toEqual(['hundred']);
});

test('the check of a screen notices a lost focus, a missing picture and a wide page', async ({ page }) => {
  await page.goto('./steps/#hundred');
  await expect.poll(() => page.evaluate(screenFaults, 'hundred')).toEqual([]);
  await page.evaluate(() => {
    (document.activeElement as HTMLElement).blur();
    document.querySelector('#hundred .screen-picture .wide')?.remove();
    document.querySelector<HTMLElement>('#hundred p')?.style.setProperty('width', '300vw');
  });
  const faults = await page.evaluate(screenFaults, 'hundred');
  for (const fault of ['the focus is not on its heading', '0 pictures', 'px too wide']) expect(faults).toContainEqual(expect.stringContaining(fault));
});

test('the reader’s place goes with them from way to way', async ({ page }) => {
  await page.setViewportSize(WIDE);
  await page.goto('./#others');
  await settle(page, 20);
  const hrefs = () => page.evaluate(() => [...document.querySelectorAll<HTMLAnchorElement>('[data-way]:not(.ways-here *)')].map((link) => link.hash));
  await page.evaluate(() => document.getElementById('million')?.scrollIntoView());
  await expect.poll(async () => new Set(await hrefs())).toEqual(new Set(['#million']));
  // Back on the cover, where the links stand, they still lead to the place that was read last.
  await page.keyboard.press('Home');
  await expect.poll(() => new URL(page.url()).hash).toBe('');
  expect(new Set(await hrefs())).toEqual(new Set(['#million']));
  await page.locator('.head [data-way]').first().click();
  await expect.poll(() => page.evaluate(shown)).toEqual({ screens: ['million'], focus: 'million' });
  await page.keyboard.press('ArrowRight');
  await page.locator('.head [data-way]').first().click();
  await settle(page);
  expect(new URL(page.url()).hash).toBe('#views');
  expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
  await page.locator('.other-ways summary').click();
  await page.locator('.other-ways a').last().click();
  expect(new URL(page.url()).pathname.endsWith('/plain/')).toBe(true);
  expect(new URL(page.url()).hash).toBe('#views');
  await page.locator('#outcry .ways-list a').first().click();
  expect(new URL(page.url()).hash).toBe('#outcry');
});
