/** Nothing is lost on paper, in the accessibility tree, or to a screen reader: every sentence and figure, in order. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, settle, test, type Page } from './page.ts';
import { plainPieces, printedTexts, ROOT, STEPS } from './story.ts';

/** Words that only the scrolled page has: its way in and its way out. */
const ONLY_SCROLLED = new Set(['Begin', 'Skip to the sources']);
const TEXTS = printedTexts().filter((text) => !ONLY_SCROLLED.has(text));

/** Text without its spaces and breaks, which a printer sets as it likes. */
const squeezed = (text: string) => text.replaceAll(/[\s\u00ad]+/g, '');

/** The pieces of the story's words that a rendering does not hold; without their Chinese script where a machine has no font to print it in. */
function missing(rendering: string, hasHan = true): string[] {
  // A character without a font is printed as an empty box, which reads as a null character.
  const read = (text: string) =>
    hasHan
      ? squeezed(text)
      : squeezed(text)
          .replaceAll(/\p{Script=Han}/gu, '')
          .replaceAll('\0', '');
  const text = read(rendering);
  return TEXTS.filter((one) => !plainPieces(one).every((piece) => text.includes(read(piece))));
}

/** Whether this machine draws Chinese script: without a font for it, every character is the same empty box. */
function drawsHan(): boolean {
  const drawn = (character: string) => {
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas to draw on');
    pen.font = '40px serif';
    pen.fillText(character, 20, 80);
    return canvas.toDataURL();
  };
  return drawn('\u4e00') !== drawn('\u56fd');
}

interface Printed {
  readonly pages: readonly string[];
  readonly text: string;
}

async function printed(page: Page): Promise<Printed> {
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A4', preferCSSPageSize: true })));
  const { text } = await extractText(pdf, { mergePages: false });
  return { pages: text, text: text.join('\n') };
}

/** The figures and addresses that a page holds, as printed. */
function figuresIn(): string[] {
  const figures = [...document.querySelectorAll('main :is(data, time)')].filter((one) => !one.closest('template')).map((one) => one.textContent ?? '');
  const addresses = [...document.querySelectorAll<HTMLAnchorElement>('main a[href^="https:"]')].map((one) => one.getAttribute('href') ?? '');
  return [...new Set([...figures, ...addresses])];
}

for (const path of ['', 'steps/', 'plain/'])
  test(`on paper, /${path} has every sentence, figure and source address, a picture for each step, and no empty page`, async ({ page }) => {
    await page.goto(`./${path}`);
    await settle(page);
    const { pages, text } = await printed(page);
    expect(missing(text, await page.evaluate(drawsHan))).toEqual([]);
    const figures = await page.evaluate(figuresIn);
    expect(figures.length).toBeGreaterThan(45);
    const squeezedText = squeezed(text);
    expect(figures.filter((figure) => !squeezedText.includes(squeezed(figure)))).toEqual([]);
    expect(pages.filter((one) => one.trim().length < 40)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    const without = await page.evaluate(
      (steps) =>
        steps.filter((id) => {
          const pictures = [...(document.getElementById(id)?.querySelectorAll('svg') ?? [])].filter((svg) => svg.checkVisibility());
          const { width = 0, height = 0 } = pictures[0]?.getBoundingClientRect() ?? {};
          return pictures.length !== 1 || width < 200 || height < 200;
        }),
      STEPS.map(({ id }) => id),
    );
    expect(without).toEqual([]);
  });

test('the check of paper would notice a lost sentence and an empty page', async ({ page }) => {
  await page.goto('./plain/');
  await page.evaluate(() => {
    document.querySelector('#maskpark p')?.remove();
    const empty = document.querySelector('#hundred')?.appendChild(document.createElement('div'));
    Object.assign(empty?.style ?? {}, { breakBefore: 'page', breakAfter: 'page', height: '90vh', gridColumn: '1 / 3' });
  });
  const { pages, text } = await printed(page);
  expect(missing(text)).toContainEqual(expect.stringContaining('The forum had'));
  expect(pages.some((one) => one.trim().length < 40)).toBe(true);
});

/** What stands in the accessibility tree, in its order. */
async function spokenTree(page: Page): Promise<string> {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  // As it is read: each node’s children before its next sibling.
  const read = (id: string | undefined): string => {
    const node = byId.get(id ?? '');
    if (!node) return '';
    if (!node.ignored && node.role?.value === 'StaticText') return String(node.name?.value ?? '');
    return (node.childIds ?? []).map(read).join('');
  };
  return read(nodes[0]?.nodeId);
}

for (const path of ['', 'plain/'])
  test(`the accessibility tree of /${path} holds every sentence, in the order of the page, each picture’s words in its step`, async ({ page }) => {
    await page.goto(`./${path}`);
    await settle(page);
    const tree = await spokenTree(page);
    expect(missing(tree)).toEqual([]);
    const text = squeezed(tree);
    const places = await page.evaluate(
      (steps) => steps.map((id) => document.getElementById(id)?.querySelector('.visually-hidden, figcaption')?.textContent ?? ''),
      STEPS.map(({ id }) => id),
    );
    const found = places.map((words) => text.indexOf(squeezed(words)));
    expect(found.every((at) => at >= 0)).toBe(true);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
  });

test('a lost sentence is seen in the tree', async ({ page }) => {
  await page.goto('./plain/');
  await page.evaluate(() => document.querySelector('#maskpark p')?.setAttribute('aria-hidden', 'true'));
  expect(missing(await spokenTree(page))).toContainEqual(expect.stringContaining('The forum had'));
});

test.describe('a screen reader', () => {
  // The reader is put into the page from outside, which the page's policy rightly forbids.
  test.use({ bypassCSP: true });

  const READER = readFileSync(join(ROOT, 'node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js'), 'utf8');

  /** Reads a place aloud from its beginning to its end. */
  const readAloud = (page: Page, selector: string) =>
    page.evaluate(
      async ({ source, place }) => {
        const container = document.querySelector(place);
        if (!container) throw new Error(`no ${place}`);
        const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
        const { virtual } = (await import(address)) as {
          virtual: { start: (o: object) => Promise<void>; next: () => Promise<void>; lastSpokenPhrase: () => Promise<string>; stop: () => Promise<void> };
        };
        await virtual.start({ container });
        const phrases: string[] = [];
        for (let i = 0; i < 2000; i += 1) {
          const phrase = await virtual.lastSpokenPhrase();
          // At its end it begins again.
          if (i > 0 && phrase === phrases[0]) break;
          phrases.push(phrase);
          await virtual.next();
        }
        await virtual.stop();
        return phrases;
      },
      { source: READER, place: selector },
    );

  test('speaks each step’s heading and its new fact, in order, once', async ({ page }) => {
    await page.goto('./');
    await settle(page);
    const faults: string[] = [];
    for (const { id } of STEPS) {
      const spoken = squeezed((await readAloud(page, `[id="${id}"]`)).join(' '));
      const { heading, fact } = await page.evaluate(
        (step) => ({
          heading: document.getElementById(step)?.querySelector('h3')?.textContent ?? '',
          fact: document.getElementById(step)?.querySelector('.visually-hidden')?.textContent ?? '',
        }),
        id,
      );
      if (!spoken.includes('heading')) faults.push(`${id}: no heading is spoken`);
      // Elements within a sentence are spoken with what they are; their words stay.
      const words = squeezed(fact).slice(0, 24);
      const times = spoken.split(words).length - 1;
      if (!heading || times !== 1) faults.push(`${id}: its fact is spoken ${times} times`);
    }
    expect(faults).toEqual([]);
  });
});
