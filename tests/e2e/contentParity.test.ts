/** Nothing is lost on the way: the words file, the page as built, the page awake, the page without script and a reader mode say the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, open, test, type Page } from './page.ts';
import { BUILD, printedPattern, printedTexts, ROOT } from './story.ts';

/** What a page says: its sentences, its figures with their values, and the rows of its tables. */
interface Said {
  readonly sentences: string[];
  readonly figures: string[];
  readonly rows: string[];
}

/** Reads what a piece of HTML says. Goes into the page as it is. */
function saidIn(html: string): Said {
  const root = new DOMParser().parseFromString(html, 'text/html');
  // What only the browser's own reading sees: no words of the story.
  for (const own of root.querySelectorAll('template, script, style, svg, nav, .skip, .parts')) own.remove();
  const even = (text: string | null) => (text ?? '').replaceAll(/\s+/g, ' ').trim();
  const blocks = [...root.querySelectorAll('h1, h2, h3, p, dt, dd, li, caption, summary, figcaption')].filter((block) => !block.querySelector('p, li, dt'));
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  const sentences = blocks.flatMap((block) => [...segmenter.segment(even(block.textContent))].map(({ segment }) => segment.trim()));
  const figures = [...root.querySelectorAll('data, time')].map(
    (one) => `${even(one.textContent)} = ${one.getAttribute('value') ?? one.getAttribute('datetime')}`,
  );
  const rows = [...root.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => even(cell.textContent)).join(' | '));
  const set = (list: readonly string[]) => [...new Set(list.filter(Boolean))].sort();
  return { sentences: set(sentences), figures: set(figures), rows: set(rows) };
}

const said = (page: Page, html: string) => page.evaluate(saidIn, html);
const built = () => readFileSync(join(BUILD, 'index.html'), 'utf8');

/** What the one says and the other does not, both ways. */
function difference(a: Said, b: Said): string[] {
  return (['sentences', 'figures', 'rows'] as const).flatMap((kind) => {
    const [first, second] = [new Set(a[kind]), new Set(b[kind])];
    const without = (one: Set<string>, other: Set<string>, which: string) =>
      [...one].filter((text) => !other.has(text)).map((text) => `only the ${which}, ${kind}: ${text}`);
    return [...without(first, second, 'first'), ...without(second, first, 'second')];
  });
}

test('the page awake says what the page as built says', async ({ page }) => {
  await open(page);
  await page.keyboard.press('End');
  const content = await page.content();
  // The story's own policy lets nobody parse HTML in it.
  await page.goto('about:blank');
  const [before, after] = [await said(page, built()), await said(page, content)];
  expect(before.sentences.length).toBeGreaterThan(250);
  expect(before.figures.length).toBeGreaterThan(35);
  expect(before.rows.length).toBeGreaterThan(40);
  expect(difference(before, after)).toEqual([]);
});

test('the page without script says it too', async ({ page, browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  const bare = await context.newPage();
  await bare.goto('./');
  const content = await bare.content();
  await context.close();
  await page.goto('about:blank');
  expect(difference(await said(page, built()), await said(page, content))).toEqual([]);
});

test('every text of the words file is in the page as built', async ({ page }) => {
  await page.goto('about:blank');
  const text = await page.evaluate((html) => (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').replaceAll(/\s+/g, ' '), built());
  expect(printedTexts().filter((one) => !printedPattern(one).test(text))).toEqual([]);
});

/** What a reader mode leaves out on purpose: the story's furniture, not its words. */
const FURNITURE =
  /^(Skip to|Ways to read|Show the numbers|Download|Cite|The (numbers|picture) (for a link )?\(|Start the story|About \d+ minutes|“.*”, a picture in )/;

test('a reader mode keeps every sentence, figure and row', async ({ page }) => {
  await page.goto('about:blank');
  const source = readFileSync(join(ROOT, 'node_modules/@mozilla/readability/Readability.js'), 'utf8');
  const extract = await page.evaluate(
    ({ code, html }) => {
      const module: { exports?: new (document: Document, options: object) => { parse: () => { title: string; content: string } | null } } = {};
      new Function('module', code)(module);
      const root = new DOMParser().parseFromString(html, 'text/html');
      const parsed = module.exports && new module.exports(root, { keepClasses: true }).parse();
      return parsed ? `<h1>${parsed.title}</h1>${parsed.content}` : '';
    },
    { code: source, html: built() },
  );
  const [whole, kept] = [await said(page, built()), await said(page, extract)];
  const lost = difference(whole, kept).filter((line) => line.startsWith('only the first') && !FURNITURE.test(line.replace(/^[^:]*: /, '')));
  expect(lost).toEqual([]);
});

test('the comparison would notice a lost sentence, a changed figure and a lost row', async ({ page }) => {
  await page.goto('about:blank');
  const whole = built();
  // Some numbers stand in two tables: only a row that stands once can be lost.
  const row = whole.match(/<tr><th scope="row">.*?<\/tr>/gs)?.find((one) => whole.split(one).length === 2) ?? 'none';
  const broken = whole
    .replace('<p>The forum had', '<p hidden>')
    .replace(/value="100000"/, 'value="100001"')
    .replace(row, '');
  const kinds = difference(await said(page, whole), await said(page, broken)).map((line) => line.replace(/^only the \w+, (\w+):.*/s, '$1'));
  expect([...new Set(kinds)].sort()).toEqual(['figures', 'rows', 'sentences']);
});
