/** What an embed moves in all, packed as hosts send it, and how few files that is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CHARTS } from '#charts/registry.ts';
import { article, expect, frameOf, modeIn, test, type Page } from './publisher.ts';
import { BUILD } from './story.ts';

const MOST = 80_000;
const LOADER = 3_000;

const packed = (path: string) => gzipSync(readFileSync(join(BUILD, path === '' || path.endsWith('/') ? `${path}index.html` : path)), { level: 9 }).length;

/** Every file of the site that a page asks for while its reader goes through what is embedded, with the bytes of each. */
async function moved(page: Page, site: string, read: () => Promise<void>): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  page.on('request', (request) => {
    if (!request.url().startsWith(site)) return;
    const path = new URL(request.url()).pathname.slice(1);
    files.set(path, packed(path));
  });
  await read();
  return files;
}

const sum = (files: ReadonlyMap<string, number>) => [...files.values()].reduce((one, other) => one + other, 0);

async function readThrough(page: Page, height: number): Promise<void> {
  await page.evaluate(async (to) => {
    for (let down = 0; down < to; down += 400) {
      scrollBy({ top: 400, behavior: 'instant' });
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, height);
}

for (const id of ['story', ...Object.keys(CHARTS)])
  test(`${id}: with the loader and all that it asks for`, async ({ page, publisher }) => {
    const files = await moved(page, publisher.embeds, async () => {
      await page.goto(
        publisher.put(article(`<size-of-the-room chart="${id}"></size-of-the-room><script src="${publisher.embeds}embed/v1.js" defer></script>`)),
      );
      await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
      await expect.poll(async () => modeIn(await frameOf(page))).toBe('pinned');
      await readThrough(page, id === 'story' ? 20_000 : 6_000);
    });
    console.log(`${id}: ${sum(files)} bytes in ${files.size} files`);
    expect([...files.keys()].sort()).toEqual(['embed/v1.js', `embed/${id}/`].sort());
    expect(files.get('embed/v1.js')).toBeLessThanOrEqual(LOADER);
    if (id !== 'story') return expect(sum(files)).toBeLessThanOrEqual(MOST);
    // No more than the story itself: its page, script and font.
    const own = await page.context().newPage();
    const story = await moved(own, publisher.embeds, async () => {
      await own.goto(publisher.embeds);
      await readThrough(own, 30_000);
    });
    expect([...story.keys()].some((path) => path.endsWith('.js')) && [...story.keys()].some((path) => path.endsWith('.woff2'))).toBe(true);
    console.log(`the story’s own page: ${sum(story)} bytes in ${story.size} files`);
    expect(sum(files)).toBeLessThanOrEqual(sum(story));
  });
