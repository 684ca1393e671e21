/** The ledger: every fact has a place and an address there, and a reader can narrow it down. */
import { expect, test, type Page } from './page.ts';
import { readJson } from './story.ts';

interface FactFile {
  readonly [id: string]: {
    readonly kind: string;
    readonly citations?: readonly { readonly article: string; readonly excerpt: string }[];
    readonly conflicts?: readonly string[];
  };
}
const evident = Object.entries(readJson<FactFile>('data/facts.json')).filter(([id, { kind }]) => id !== '$schema' && kind !== 'scale-mark');

const shown = (page: Page) => page.locator('.entry:visible');

test('every fact stands in the ledger, with every excerpt and every conflict that touches it', async ({ page }) => {
  await page.goto('./evidence/');
  const missing = await page.evaluate(
    (wanted) =>
      wanted.flatMap(({ id, excerpts, conflicts }) => {
        const entry = document.querySelector(`.entry[id="${id}"]`);
        const text = entry?.textContent ?? '';
        return [
          ...(entry ? [] : [id]),
          ...excerpts.filter((excerpt) => !text.includes(excerpt)).map((excerpt) => `${id}: ${excerpt}`),
          ...conflicts.filter((conflict) => !document.querySelector(`#conflicts [id="${conflict}"]`)).map((conflict) => `${id}: ${conflict}`),
        ];
      }),
    evident.map(([id, { citations = [], conflicts = [] }]) => ({ id, excerpts: citations.map(({ excerpt }) => excerpt), conflicts: [...conflicts] })),
  );
  expect(missing).toEqual([]);
  expect(await page.locator('.entry').count()).toBeGreaterThanOrEqual(60);
  expect(evident.length).toBeGreaterThanOrEqual(60);
});

test('what a card says, the ledger says too', async ({ page }) => {
  await page.goto('./cards.html');
  const cards = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLTemplateElement>('template[id^="card-"]')].flatMap(({ id, content }) =>
      [...content.querySelectorAll('q, dd')]
        .filter((one) => one.textContent.trim())
        .map((one) => [id.slice(5), one.textContent.replace(/\s+/g, ' ').trim()] as const),
    ),
  );
  await page.goto('./evidence/');
  const lost = await page.evaluate((said) => {
    const text = (element: Element | null) => element?.textContent.replace(/\s+/g, ' ') ?? '';
    return said.filter(([id, words]) => !text(document.querySelector(`.entry[id="${id}"]`)).includes(words));
  }, cards);
  expect(cards.length).toBeGreaterThan(300);
  expect(lost).toEqual([]);
});

test('the filter narrows the ledger by article, speaker and kind, says how many are left, and gives way to an address', async ({ page }) => {
  await page.goto('./evidence/');
  const all = await page.locator('.entry').count();
  await expect(shown(page)).toHaveCount(all);
  await page.locator('select[name=articles]').selectOption('petapixel');
  const ofPetaPixel = evident.filter(([, { citations = [] }]) => citations.some(({ article }) => article === 'petapixel')).length;
  const left = await shown(page).count();
  expect(left).toBeGreaterThanOrEqual(ofPetaPixel);
  expect(left).toBeLessThan(all);
  await expect(page.locator('.filter output')).toContainText(`${left} of ${all}`);
  await page.locator('select[name=bound]').selectOption('as-many-as');
  await expect(shown(page)).toHaveCount(1);
  await expect(shown(page)).toHaveAttribute('id', 'other-subforums-900k');
  await page.locator('select[name=speakers]').selectOption({ index: 1 });
  await page.evaluate(() => {
    location.hash = '#maskpark-users';
  });
  await expect(page.locator('.entry[id="maskpark-users"]')).toBeInViewport();
});

test('an address that cannot be decoded does no harm, as the page opens and later', async ({ page }) => {
  await page.goto('./evidence/#%E0%A4%A');
  await page.locator('select[name=articles]').selectOption('petapixel');
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('hashchange', () => setTimeout(resolve));
        location.hash = '#%A4';
      }),
  );
  await expect(page.locator('.filter output')).not.toContainText(`${await page.locator('.entry').count()} of`);
  // What the page complains of turns every test red.
});

test('an entry that is read stays where it is read, however the window is turned, and a filter starts anew', async ({ page }) => {
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.goto('./evidence/');
  // As in a browser that does not hold a place of its own.
  await page.evaluate(() => (document.documentElement.style.overflowAnchor = 'none'));
  await page.evaluate(() => window.reader.settle(8));
  const read = () =>
    page.evaluate(() => {
      const entry = [...document.querySelectorAll<HTMLElement>('.entry')].findLast((one) => one.offsetHeight && one.getBoundingClientRect().top <= 180);
      return { entry: entry?.id, top: scrollY };
    });
  await page.evaluate(() => {
    const entries = document.querySelectorAll('.entry');
    entries[40]?.scrollIntoView();
    scrollBy({ top: 60, behavior: 'instant' });
  });
  await page.evaluate(() => window.reader.settle(8));
  const before = await read();
  for (const size of [
    { width: 500, height: 800 },
    { width: 844, height: 390 },
    { width: 1200, height: 800 },
    { width: 390, height: 844 },
    { width: 1200, height: 800 },
  ]) {
    await page.setViewportSize(size);
    await page.evaluate(() => window.reader.settle(8));
    expect((await read()).entry).toBe(before.entry);
  }
  expect(Math.abs((await read()).top - before.top)).toBeLessThanOrEqual(1);
  await page.locator('select[name=bound]').selectOption('as-many-as');
  await page.locator('.entry:visible').evaluate((entry) => entry.scrollIntoView());
  await page.evaluate(() => window.reader.settle(8));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => window.reader.settle(8));
  await expect(page.locator('.entry:visible')).toBeInViewport();
});

test('without script every entry stands, and no filter is offered', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await page.goto('./evidence/');
  await expect(page.locator('.filter')).toBeHidden();
  await expect(shown(page)).toHaveCount(await page.locator('.entry').count());
  await context.close();
});

test('every download that a page offers is there, and every link within the ledger leads somewhere', async ({ page, request }) => {
  const asked = new Set<string>();
  for (const address of ['./', './evidence/', './en/', './en/evidence/']) {
    await page.goto(address);
    for (const href of await page.locator('a[download]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))) asked.add(href);
    const loose = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')]
        .filter(({ hash }) => !document.getElementById(decodeURIComponent(hash.slice(1))))
        .map(({ hash }) => hash),
    );
    expect(loose, address).toEqual([]);
  }
  expect(asked.size).toBeGreaterThan(20);
  for (const href of asked) {
    const answer = await request.get(href);
    expect(answer.status(), href).toBe(200);
    expect((await answer.body()).length, href).toBeGreaterThan(100);
  }
});
