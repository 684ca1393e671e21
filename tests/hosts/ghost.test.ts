/** Ghost: its HTML card with each piece of code, and the bookmark that it makes of an address, as the published page shows them. */
import { expect, test } from '@playwright/test';
import { asOwner, htmlCard, paragraph, publishCards } from './ghost.ts';
import { choiceOf, codeOf, embedIn, hosts, inColumn, inShape, leadsOut, opensCard, placeOf, SIZES, WORDS } from './host.ts';

const choice = choiceOf('members');
const { embed: offered, offer } = choice;

for (const way of ['ghost', 'frame', 'picture'] as const)
  test(`${way}, in an HTML card`, async ({ page }) => {
    const { ghost } = hosts();
    const link = await publishCards(ghost, [paragraph(WORDS), htmlCard(codeOf(way, choice)), paragraph(`And after. ${WORDS}`)]);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.goto(link);
      if (way === 'picture') {
        const picture = page.locator(`img[src^="${choice.root}"]`);
        await inShape(picture);
        inColumn(await placeOf(picture), false, `${size.width}`);
        await expect(page.getByRole('link', { name: offer.more, exact: true })).toHaveAttribute('href', new RegExp(`^${choice.root}`));
        continue;
      }
      const shown = page.locator(way === 'ghost' ? 'size-of-the-room' : 'iframe[src*="/embed/"]');
      await shown.scrollIntoViewIfNeeded();
      const embed = await embedIn(page);
      await expect.poll(() => embed.evaluate(() => document.documentElement.dataset['mode'])).toMatch(way === 'ghost' ? /pinned|tall/ : /pager/);
      inColumn(await placeOf(shown), true, `${size.width}`);
      expect((await placeOf(shown)).height).toBeGreaterThanOrEqual(720);
      const frame = await embed.frameElement();
      expect(await frame.getAttribute('title'), 'its name').toBe(offered.title);
      expect(await frame.evaluate((one) => getComputedStyle(one as Element).borderTopWidth), 'no border').toBe('0px');
      if (way === 'ghost') await expect(page.locator('size-of-the-room strong')).toBeHidden();
      await opensCard(page, embed);
      await leadsOut(page, embed);
      const after = await placeOf(page.locator('p', { hasText: 'And after.' }).last());
      expect([after.left, after.right], 'the words after it').toEqual([0, 0]);
    }
  });

interface Bookmark {
  readonly url: string;
  readonly metadata: Readonly<Record<'title' | 'description' | 'thumbnail', string | null>>;
}

test('a bookmark of the address has the title, the words and the picture, and leads to the story', async ({ page }) => {
  const { ghost, story } = hosts();
  const address = `${choice.root}embed/members/`;
  const bookmark = await asOwner<Bookmark>(ghost, `oembed/?url=${encodeURIComponent(address)}&type=bookmark`);
  expect(bookmark.metadata.title).toBe(offered.title);
  expect(bookmark.metadata.description).toBe(offered.summary);
  const link = await publishCards(ghost, [paragraph(WORDS), { type: 'bookmark', version: 1, ...bookmark, caption: '' }]);
  await page.goto(link);
  const card = page.locator('.kg-bookmark-card');
  await expect(card.locator('.kg-bookmark-title')).toHaveText(offered.title);
  const picture = card.locator('.kg-bookmark-thumbnail img');
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1_000);
  await expect(card.locator('a')).toHaveAttribute('href', new RegExp(`^${story}`));
});
