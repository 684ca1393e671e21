/** Embeds hold what the story's own page holds: axe finds nothing in any way of running, light and dark. */
import { axeFaults, installAxe, languageFaults } from './access.ts';
import { article, expect, frameOf, modeIn, plainFrame, test, type Publisher } from './publisher.ts';

/** axe is put into the frame from outside, which its policy rightly forbids. */
test.use({ bypassCSP: true });

const ROOMS: Readonly<Record<string, (id: string, publisher: Publisher) => string>> = {
  pinned: (id, { embeds }) => `<size-of-the-room chart="${id}"></size-of-the-room><script src="${embeds}embed/v1.js" defer></script>`,
  tall: (id, { embeds }) => plainFrame(`${embeds}embed/${id}/`, id === 'story' ? 24_000 : 5_200),
  pager: (id, { embeds }) => plainFrame(`${embeds}embed/${id}/`, 720),
};

for (const [mode, room] of Object.entries(ROOMS))
  for (const id of ['story', 'members'])
    for (const width of [390, 1280])
      test(`${id}, ${mode}, ${width} wide`, async ({ page, publisher }) => {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(publisher.put(article(room(id, publisher))));
        await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
        const embed = await frameOf(page);
        await expect.poll(() => modeIn(embed)).toBe(mode);
        await installAxe(embed);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          // A chart stands within a page that has its own first heading: it begins at the second level.
          const faults = (await embed.evaluate(axeFaults, 'html')).filter((fault) => id === 'story' || fault !== 'page-has-heading-one: html');
          expect(faults, colorScheme).toEqual([]);
        }
        expect(await embed.evaluate(languageFaults)).toEqual([]);
      });

test('axe in a frame notices a button without a name', async ({ page, publisher }) => {
  await page.goto(publisher.put(article(plainFrame(`${publisher.embeds}embed/members/`, 720))));
  const embed = await frameOf(page);
  await expect.poll(() => modeIn(embed)).toBe('pager');
  await installAxe(embed);
  await embed.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
  expect(await embed.evaluate(axeFaults, 'html')).toContainEqual(expect.stringMatching(/^button-name/));
});
