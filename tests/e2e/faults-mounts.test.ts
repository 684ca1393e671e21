/** A publisher's page that puts our element in and takes it out again, as the pages of apps do: nothing stays behind. */
import { counts, piled } from './leaks.ts';
import { article, expect, test, type Page } from './publisher.ts';

const MOUNTS = 500;
const FIRST = 60;
/** Of so many one is left until its frame says that it is ready; the others go before. */
const AWAITED = 20;

async function mount(page: Page, times: number): Promise<void> {
  await page.evaluate(
    async ([count, awaited]) => {
      const place = document.getElementById('place');
      place?.scrollIntoView();
      for (let i = 0; i < count; i += 1) {
        const room = document.createElement('size-of-the-room');
        room.setAttribute('chart', 'members');
        const ready = new Promise((resolve) => room.addEventListener('ready', resolve, { once: true }));
        place?.append(room);
        await (i % awaited === 0 ? ready : new Promise((resolve) => requestAnimationFrame(resolve)));
        room.remove();
      }
    },
    [times, AWAITED] as const,
  );
}

test(`our element is put in and taken out ${MOUNTS} times, and nothing piles up`, async ({ page, publisher }) => {
  test.setTimeout(900_000);
  await page.goto(publisher.put(article('', `<script src="${publisher.embeds}embed/v1.js"></script>`)));
  await mount(page, FIRST);
  const before = await counts(page);
  await mount(page, MOUNTS);
  const after = await counts(page);
  console.log(`mounts: ${before.nodes} → ${after.nodes} nodes, ${before.listeners} → ${after.listeners} listeners, heap ${before.heap} → ${after.heap} bytes`);
  expect(piled(before, after, MOUNTS)).toEqual([]);
});

test('an element that is not taken out is noticed', async ({ page, publisher }) => {
  await page.goto(publisher.put(article('', `<script src="${publisher.embeds}embed/v1.js"></script>`)));
  await mount(page, FIRST);
  const before = await counts(page);
  await page.evaluate(() => document.getElementById('place')?.append(document.createElement('size-of-the-room')));
  expect(piled(before, await counts(page), 1)).not.toEqual([]);
});
