/** For the fault suite: a page in trouble, and what its reader then misses. Nothing of the code under test is used. */
import { test as base, type Page } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { installReader } from './reader.ts';
import { BUILD } from './story.ts';

export { expect, type Page } from '@playwright/test';

interface Fixtures {
  /** Errors that nobody caught, so far. What the browser says on the console about a file that it could not have is none. */
  errors: string[];
}

export const test = base.extend<Fixtures>({
  errors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on('weberror', (error) => errors.push(error.error().message));
      await context.addInitScript(installReader);
      await use(errors);
    },
    { auto: true },
  ],
});

/** Every page of the build by its address below the root; a language's own folder says the same as the root. */
export const PAGES = readdirSync(BUILD, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('index.html') && !path.startsWith('en/'))
  .map((path) => `./${path.slice(0, -'index.html'.length)}`);

/** The text of each part of the page that holds words, in order, with its spaces made even. */
export function wordsOf(): string[] {
  return [...document.querySelectorAll('h1, h2, h3, p, dt, dd, li, caption, th, td, summary, figcaption')].map((block) =>
    (block.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
  );
}

/** Stages without a picture that can be seen, by chart; where nothing sticks, a picture for each step will do. */
export function emptyStages(): string[] {
  const drawn = (svg: Element) =>
    svg.checkVisibility({ visibilityProperty: true }) && svg.getBoundingClientRect().width > 100 && svg.querySelectorAll('rect, path, text').length > 1;
  return [...document.querySelectorAll<HTMLElement>('.island')].flatMap((island) => {
    const slots = [...(island.closest('.passage')?.querySelectorAll('[data-slot]') ?? [])].filter((slot) => slot.checkVisibility());
    const shown = [...island.querySelectorAll('svg.picture')].some(drawn);
    // A step's own picture comes when it is near; here the reader has been everywhere.
    const own = slots.length > 0 && slots.every((slot) => [...slot.querySelectorAll('svg.picture')].some(drawn));
    return shown || own ? [] : [island.dataset['chart'] ?? 'a chart'];
  });
}

/** Goes down the page, a screen at a time, and stays at its end. */
export async function readDown(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo({ top, behavior: 'instant' });
      await window.reader.frame();
      await window.reader.frame();
    }
  });
}

/** The words that a reader without script has: what no fault may take away. */
export async function wordsWithoutScript(page: Page, address: string, baseURL: string | undefined): Promise<string[]> {
  const context = await page
    .context()
    .browser()
    ?.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  if (!context) throw new Error('no browser');
  const bare = await context.newPage();
  await bare.goto(address);
  const words = await bare.evaluate(wordsOf);
  await context.close();
  return words;
}
