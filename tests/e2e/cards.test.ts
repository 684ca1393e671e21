/** Evidence cards: every figure that a reader meets opens what it rests on, by any hand, and leads back. */
import { expect, nameOf, open, settle, test, VIEWPORTS, type Page } from './page.ts';

const [WIDE, , PHONE] = VIEWPORTS;

/** Figures of the story that a reader can see and that open nothing. */
const closed = (page: Page) =>
  page.evaluate(async () => {
    const cards = await (await fetch('cards.html')).text();
    return [...document.querySelectorAll<HTMLElement>('main [data-fact]')].flatMap((figure) => {
      const id = figure.dataset['fact'] ?? '';
      if (figure instanceof SVGElement || id.startsWith('scale-') || figure.closest('.visually-hidden, template')) return [];
      const link = figure.closest<HTMLAnchorElement>('a.source');
      return link?.hash === `#${id}` && cards.includes(`<template id="card-${id}">`) ? [] : [`${id}: ${figure.textContent}`];
    });
  });

const card = (page: Page) => page.locator('#card');

test('every figure in the story opens a card', async ({ page }) => {
  await open(page);
  expect(await page.locator('main a.source').count()).toBeGreaterThan(80);
  expect(await closed(page)).toEqual([]);
});

test('the check of figures would notice one without a card', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const link = document.querySelector('main .step a.source');
    link?.replaceWith(...link.childNodes);
  });
  expect(await closed(page)).toHaveLength(1);
});

for (const viewport of [WIDE, PHONE])
  test(`a card opens at once, in view, beside its figure, and nothing moves, ${nameOf(viewport)}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page, 'maskpark');
    const figure = page.locator('#maskpark p a.source:visible').first();
    await figure.scrollIntoViewIfNeeded();
    await settle(page);
    const before = await figure.boundingBox();
    // From the reader's click to the card on the screen, in the page's own time.
    const took = await figure.evaluate(
      (link) =>
        new Promise<number>((resolve) => {
          const start = performance.now();
          (link as HTMLElement).click();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
        }),
    );
    await expect(card(page)).toBeVisible();
    console.log(`card at ${nameOf(viewport)}: ${took.toFixed(0)} ms`);
    expect(await figure.boundingBox()).toEqual(before);
    const box = await card(page).boundingBox();
    if (!box) throw new Error('the card has no box');
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(viewport.width + 1);
    expect(box.y + box.height).toBeLessThanOrEqual(viewport.height + 1);
    if (viewport === PHONE) expect(box.y + box.height, 'a sheet at the foot').toBeGreaterThan(viewport.height - 2);
  });

test('a card works by keyboard alone: Enter and Space open it, Escape closes it, the focus returns', async ({ page }) => {
  await open(page, 'maskpark');
  const figure = page.locator('#maskpark p a.source').first();
  for (const key of ['Enter', 'Space']) {
    await figure.focus();
    await page.keyboard.press(key);
    await expect(card(page)).toBeVisible();
    await expect(card(page).locator('h2')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(card(page).getByRole('button')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(card(page)).toBeHidden();
    await expect(figure).toBeFocused();
  }
  expect(new URL(page.url()).pathname, 'the reader stays in the story').toBe('/');
});

test('no network is needed for a card once the page is there', async ({ page, context }) => {
  await open(page, 'maskpark');
  await context.setOffline(true);
  await page.locator('#maskpark p a.source').first().click();
  await expect(card(page).locator('.printed q').first()).toBeVisible();
});

test('a reader who is quicker than the cards waits for them', async ({ page }) => {
  let send = (): void => undefined;
  const asked = new Promise<void>((resolve) => (send = resolve));
  await page.route('**/cards.html', async (route) => {
    await asked;
    await route.continue();
  });
  const request = page.waitForRequest('**/cards.html');
  await page.goto('./', { waitUntil: 'commit' });
  await request;
  await page.locator('#maskpark p a.source').first().click();
  await expect(card(page)).toBeHidden();
  send();
  await expect(card(page).locator('h2 data')).toHaveAttribute('data-fact', 'maskpark-users');
  expect(new URL(page.url()).pathname).toBe('/');
});

for (const [what, half] of [
  ['do not come', (): string => ''],
  ['come in part', (whole: string): string => whole.slice(0, whole.length / 2)],
] as const)
  test(`where the cards ${what} a figure leads to its place in the ledger, which says the same`, async ({ page }) => {
    await page.route('**/cards.html', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: half(await response.text()) });
    });
    await open(page, 'maskpark');
    await page.locator('#maskpark p a.source').first().click();
    await expect(page).toHaveURL(/\/evidence\/#maskpark-users$/);
  });

test('where the cards are long in coming, the reader who asks for one is led to the ledger', async ({ page }) => {
  await page.route('**/cards.html', () => undefined);
  await open(page, 'maskpark');
  await page.locator('#maskpark p a.source').first().click();
  await expect(page).toHaveURL(/\/evidence\/#maskpark-users$/);
});

test('a figure that was asked for too early opens its card once the cards have come, though the reader had given up', async ({ page }) => {
  let send = (): void => undefined;
  const held = new Promise<void>((resolve) => (send = resolve));
  await page.clock.install();
  await page.route('**/cards.html', async (route) => {
    await held;
    await route.continue();
  });
  await page.setViewportSize(WIDE);
  await open(page, 'maskpark');
  const figure = page.locator('[data-of=members] .stage-picture text[data-fact="maskpark-users"]').first();
  await figure.click();
  await page.clock.fastForward(10_000);
  await expect(card(page)).toBeHidden();
  const come = page.waitForResponse('**/cards.html');
  send();
  await (await come).finished();
  await figure.click();
  await expect(card(page).locator('h2 data')).toHaveAttribute('data-fact', 'maskpark-users');
});

test('cards that did not come are asked for again by the next reader’s click', async ({ page }) => {
  const whole = await (await page.request.get('./cards.html')).text();
  let asked = 0;
  await page.route('**/cards.html', (route) => route.fulfill({ contentType: 'text/html', body: (asked += 1) === 1 ? '' : whole }));
  await open(page, 'maskpark');
  expect(asked).toBe(1);
  await page.locator('#maskpark p a.source').first().click();
  await expect(card(page).locator('h2 data')).toHaveAttribute('data-fact', 'maskpark-users');
  expect(new URL(page.url()).pathname).toBe('/');
});

test('a click outside and the card’s own button close it', async ({ page }) => {
  await open(page, 'maskpark');
  const figure = page.locator('#maskpark p a.source').first();
  await figure.click();
  await page.mouse.click(5, 400);
  await expect(card(page)).toBeHidden();
  await figure.click();
  await card(page).getByRole('button').click();
  await expect(card(page)).toBeHidden();
});

test('our own arithmetic shows its sum, and each number in it opens its own card', async ({ page }) => {
  await open(page, 'forty-years');
  await page.locator('main a.source[href$="#nth-room-sentence-days"]').first().click();
  await expect(card(page).locator('.formula')).toHaveText('40 × 365.25 = 14610');
  await card(page).locator('a.source[href$="#nth-room-sentence"]').first().click();
  await expect(card(page).locator('h2 data')).toHaveAttribute('data-fact', 'nth-room-sentence');
  await expect(card(page).locator('.printed q').first()).toBeVisible();
});

test('figures on the stage open the same card, by pointer and by keyboard', async ({ page }) => {
  await page.setViewportSize(WIDE);
  await open(page, 'maskpark');
  await page.locator('[data-of=members] .stage-picture text[data-fact="maskpark-users"]').first().click();
  await expect(card(page).locator('h2 data')).toHaveAttribute('data-fact', 'maskpark-users');
  await page.keyboard.press('Escape');
  await page.locator('[data-of=members] .stage-sources').focus();
  await expect(page.locator('[data-of=members] .stage-sources')).toBeInViewport();
  await page.keyboard.press('Enter');
  await card(page).locator('a.source[href$="#maskpark-users"]').focus();
  await page.keyboard.press('Enter');
  await expect(card(page).locator('h2 data')).toHaveAttribute('data-fact', 'maskpark-users');
});

test('a card has an address', async ({ page }) => {
  await page.goto('/#card-weibo-views-270m');
  await expect(card(page).locator('h2 data')).toHaveAttribute('data-fact', 'weibo-views-270m');
  await page.goto('/#card-no-such-fact');
  await expect(card(page)).toBeHidden();
});

test('without script, and without popovers, a figure leads to its place in the ledger', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('#maskpark p a.source').first().click();
  await expect(page).toHaveURL(/\/evidence\/#[a-z0-9-]+$/);
  expect(await page.evaluate(() => true).catch(() => 'no script')).toBeTruthy();
  await context.close();
  const old = await browser.newContext();
  await old.addInitScript(() => {
    delete (HTMLElement.prototype as Partial<HTMLElement>).showPopover;
  });
  const tab = await old.newPage();
  await tab.goto('/#maskpark');
  await tab.locator('#maskpark p a.source').first().click();
  await expect(tab).toHaveURL(/\/evidence\/#[a-z0-9-]+$/);
  await old.close();
});
