/** The page for publishers: what is chosen is what is shown, what is copied works in another site's page, and all of it is there without script. */
import { EMBED_KINDS, type EmbedKind } from '#embed/embedCode.ts';
import { CHARTS } from '#charts/registry.ts';
import { article, drawn, expect, frameOf, modeIn, test, type Frame, type Page, type Publisher } from './publisher.ts';

const EMBEDS = ['story', ...Object.keys(CHARTS)];

async function open(page: Page, publisher: Publisher, embed = 'members'): Promise<void> {
  await page.goto(`${publisher.embeds}publishers/`);
  await page.locator('.live iframe').scrollIntoViewIfNeeded();
  await page.locator('[name="embed"]').selectOption(embed);
}

async function choose(page: Page, way: EmbedKind): Promise<string> {
  const details = page.locator(`[data-way-in="${way}"]`);
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  return (await details.locator('code').textContent()) ?? '';
}

/** The page within the preview. */
async function hostOf(page: Page): Promise<Frame> {
  await expect.poll(() => page.frames().some((one) => one.url().endsWith('/publishers/host/'))).toBe(true);
  const host = page.frames().find((one) => one.url().endsWith('/publishers/host/'));
  if (!host) throw new Error('no preview');
  await host.waitForLoadState();
  return host;
}

const MODES: Readonly<Record<EmbedKind, string | undefined>> = {
  script: 'pinned',
  ghost: 'pinned',
  frame: 'pager',
  wordpress: 'pager',
  amp: 'pager',
  picture: undefined,
};

for (const way of EMBED_KINDS)
  test(`${way}: the preview shows each embed as such a page would have it`, async ({ page, publisher }) => {
    await open(page, publisher, 'story');
    await choose(page, way);
    const host = await hostOf(page);
    for (const embed of EMBEDS.toReversed()) {
      await page.locator('[name="embed"]').selectOption(embed);
      if (MODES[way] === undefined) {
        await expect.poll(() => host.locator('figure img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1_000);
        expect(await host.locator('iframe').count()).toBe(0);
        continue;
      }
      await host.locator('[data-place]').evaluate((place) => place.scrollIntoView());
      await expect
        .poll(() =>
          page
            .frames()
            .filter((one) => one.url().includes('/embed/'))
            .map((one) => new URL(one.url()).pathname.split('/').at(-2)),
        )
        .toEqual([embed]);
      await expect.poll(async () => modeIn(await frameOf(page)), embed).toBe(MODES[way]);
    }
  });

test('theme, width and language are shown as they are chosen', async ({ page, publisher }) => {
  await open(page, publisher);
  const host = await hostOf(page);
  await page.locator('[name="theme"]').selectOption('dark');
  await page.locator('[name="width"]').selectOption('320');
  expect(await choose(page, 'frame')).toContain('?theme=dark');
  await host.locator('iframe').scrollIntoViewIfNeeded();
  const embed = await frameOf(page);
  await expect.poll(() => embed.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(20, 24, 31)');
  expect(await embed.evaluate(() => innerWidth)).toBe(320);
  expect(await choose(page, 'script')).toMatch(/chart="members" lang="en" theme="dark"/);
});

for (const way of ['script', 'frame', 'ghost', 'picture'] as const)
  test(`${way}: what is copied works in a page of another site`, async ({ page, context, publisher }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page, publisher);
    const printed = await choose(page, way);
    await page.locator(`[data-way-in="${way}"] [data-copy]`).click();
    await expect(page.locator(`[data-way-in="${way}"] output`)).not.toBeEmpty();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(printed);
    expect(copied).toContain(publisher.embeds);
    await page.goto(publisher.put(article(copied)));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    if (way === 'picture') await expect.poll(() => page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1_000);
    else await expect.poll(async () => modeIn(await frameOf(page))).toBe(MODES[way]);
    await drawn(page);
  });

test('where the browser does not let the page copy, what would be copied is selected', async ({ page, publisher }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await open(page, publisher);
  const printed = await choose(page, 'frame');
  await page.locator('[data-way-in="frame"] [data-copy]').click();
  await expect(page.locator('[data-way-in="frame"] output')).not.toBeEmpty();
  expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe(printed);
});

test('the script with its hash is taken from a host that allows it; one changed byte, and the publisher’s own words stay', async ({
  page,
  publisher,
  faults,
}) => {
  await page.goto(`${publisher.embeds}publishers/`);
  const [tag, element] = [await page.locator('#versions code').textContent(), (await page.locator('[data-way-in="script"] code').textContent()) ?? ''];
  expect(tag).toMatch(/integrity="sha384-[\w+/=]{64}"/);
  const withTag = element.replace(/<script[\s\S]*/, tag ?? '');
  let changed = '';
  await page.context().route(/\/embed\/v1-/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'access-control-allow-origin': '*' }, body: (await answer.text()) + changed });
  });
  await page.goto(publisher.put(article(withTag)));
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  await expect.poll(async () => modeIn(await frameOf(page))).toBe('pinned');
  changed = ' ';
  await page.goto(publisher.put(article(withTag)));
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  await expect(page.locator('size-of-the-room strong')).toBeVisible();
  await expect(page.locator('size-of-the-room img')).toBeVisible();
  await drawn(page, 20);
  expect(page.frames()).toHaveLength(1);
  expect(faults.splice(0)).toEqual([expect.stringContaining('integrity')]);
});

test('the policy lines are enough, and each is needed', async ({ page, publisher, faults }) => {
  await open(page, publisher);
  const [lines, code] = [(await page.locator('#policy code').textContent()) ?? '', await choose(page, 'script')];
  // As the page for publishers says of a policy that forbids style attributes, as this one does.
  const snippet = code.replaceAll(/ style="[^"]*"/g, '');
  const withPolicy = (policy: string) =>
    publisher.put({
      html: article(snippet).replace(/<style>.*?<\/style>/, ''),
      headers: { 'Content-Security-Policy': `default-src 'none'; ${policy.replaceAll('\n', ' ')}` },
    });
  await page.goto(withPolicy(lines));
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  await expect.poll(async () => modeIn(await frameOf(page))).toBe('pinned');
  expect(faults).toEqual([]);
  for (const line of lines.split('\n')) {
    await page.goto(withPolicy(lines.replace(line, '')));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    await expect.poll(() => faults.splice(0).filter((fault) => fault.includes('Content Security Policy')).length, line).toBeGreaterThan(0);
  }
});

test('without script every way’s code for the story can be read', async ({ browser, publisher }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${publisher.embeds}publishers/`);
  await expect(page.locator('.choices')).toBeHidden();
  await expect(page.locator('[data-copy]').first()).toBeHidden();
  for (const way of EMBED_KINDS) {
    expect(await choose(page, way)).toContain('../');
    await expect(page.locator(`[data-way-in="${way}"] code`)).toBeVisible();
  }
  await expect(page.locator('.unaddressed')).toBeVisible();
  await context.close();
});
