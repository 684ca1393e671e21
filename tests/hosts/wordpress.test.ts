/** WordPress: what an administrator and an author paste, in a theme of blocks and an older one, as the published page shows it on a phone and a wide screen. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { EmbedKind } from '#embed/embedCode.ts';
import { choiceOf, codeOf, embedIn, hosts, inColumn, inShape, leadsOut, opensCard, placeOf, SIZES, WORDS } from './host.ts';
import { ROOT } from './scratch.ts';
import { publish, THEMES, USERS } from './wordpress.ts';

const EDITORS = ['blocks', 'classic'] as const;
/** Ghost's code is that of the script. */
const WAYS = ['script', 'frame', 'wordpress', 'amp', 'picture'] as const satisfies readonly EmbedKind[];
const choice = choiceOf('members');
const { embed: offered, offer } = choice;

/** A post as each editor saves it: blocks with their marks, or text whose paragraphs WordPress makes when it is shown. */
function postOf(editor: (typeof EDITORS)[number], way: EmbedKind, code: string): string {
  if (editor === 'classic') return `${WORDS}\n\n${code}\n\nAnd after. ${WORDS}`;
  const words = (text: string) => `<!-- wp:paragraph -->\n<p>${text}</p>\n<!-- /wp:paragraph -->`;
  const block =
    way === 'wordpress'
      ? `<!-- wp:embed {"url":"${code}"} -->\n<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n${code}\n</div></figure>\n<!-- /wp:embed -->`
      : `<!-- wp:html -->\n${code}\n<!-- /wp:html -->`;
  return [words(WORDS), block, words(`And after. ${WORDS}`)].join('\n\n');
}

/** The publisher's words after the embed are in the same column, below it. */
async function wordsAfter(page: Page): Promise<void> {
  const place = await placeOf(page.locator('p', { hasText: 'And after.' }).last());
  expect([place.left, place.right], 'the words after it').toEqual([0, 0]);
}

for (const theme of THEMES)
  for (const user of USERS)
    for (const editor of EDITORS)
      for (const way of WAYS)
        test(`${theme}, ${user}, ${editor}, ${way}`, async ({ page }) => {
          const { wordpress } = hosts();
          const link = await publish(wordpress, user, postOf(editor, way, codeOf(way, choice)));
          const framed = way === 'wordpress' || (user === 'administrator' && (way === 'script' || way === 'frame'));
          for (const size of SIZES) {
            await page.setViewportSize(size);
            await page.goto(`${link}&hosts-theme=${theme}`);
            const what = `${size.width}`;
            // AMP's elements are none in a page without AMP: that page must only stay whole.
            const unframed = way === 'amp' ? page.locator('p', { hasText: WORDS }) : page.locator(`a[href*="${choice.root}"]`);
            const shown = (framed ? page.locator(way === 'script' ? 'size-of-the-room' : 'iframe[src*="/embed/"]') : unframed).first();
            await shown.scrollIntoViewIfNeeded();
            if (framed) {
              const embed = await embedIn(page);
              const mode = () => embed.evaluate(() => document.documentElement.dataset['mode']);
              await expect.poll(mode).toMatch(way === 'script' ? /pinned|tall/ : /pager|flat/);
              if (way === 'wordpress') await expect.poll(async () => (await placeOf(shown)).height).toBe(1_000);
              inColumn(await placeOf(shown), way !== 'wordpress', what);
              const frame = await embed.frameElement();
              expect(await frame.getAttribute('title'), 'its name').toBe(offered.title);
              expect(await frame.evaluate((one) => getComputedStyle(one as Element).borderTopWidth), 'no border').toBe('0px');
              // What stands in for the frame is gone: the link to the story stays below a plain frame, as its caption.
              if (way === 'script') await expect(page.locator('size-of-the-room strong')).toBeHidden();
              if (way === 'wordpress') await expect(page.locator('blockquote.wp-embedded-content')).toBeHidden();
              if (way === 'frame') expect((await placeOf(shown)).height).toBeGreaterThanOrEqual(720);
              if (way !== 'script') {
                const next = embed.locator('.turns button').last();
                const at = await next.evaluate((button) => button.getBoundingClientRect().bottom);
                expect(at, 'the way to the next page is within the frame').toBeLessThanOrEqual((await placeOf(shown)).height);
              }
              await opensCard(page, embed);
              await leadsOut(page, embed);
            } else {
              expect(page.frames().filter((frame) => frame.url().includes('/embed/'))).toHaveLength(0);
              inColumn(await placeOf(shown), false, what);
              // What is left for those who may not use scripts and frames: the title, the words, the picture, the link.
              if (way === 'script' || way === 'picture') {
                const picture = page.locator(`img[src^="${choice.root}"]`);
                await inShape(picture);
                inColumn(await placeOf(picture), false, `the picture at ${what}`);
                await expect(picture).toHaveAttribute('alt', offered.picture.alt);
              }
              if (way !== 'amp') await expect(page.getByText(offered.title).first()).toBeVisible();
              if (way === 'script') await expect(page.getByText(offered.summary).first()).toBeVisible();
              if (way !== 'amp') await expect(page.getByRole('link', { name: offer.more, exact: true })).toHaveAttribute('href', new RegExp(`^${choice.root}`));
            }
            await wordsAfter(page);
          }
        });

test('of the two who write, one may use scripts and frames', () => {
  const { users } = hosts().wordpress;
  expect([users.administrator.unfiltered, users.author.unfiltered]).toEqual([true, false]);
});

/** What wpautop makes of a text. */
function paragraphs(text: string): string {
  const { status, stdout, stderr } = spawnSync('php', [join(ROOT, 'tests/hosts/wordpress/autop.php'), '/usr/share/wordpress'], {
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr + stdout);
  return stdout;
}

for (const way of ['script', 'frame', 'picture'] as const)
  test(`${way}: WordPress's paragraphs leave the code as it is`, () => {
    const code = codeOf(way, choice);
    const made = paragraphs(`${WORDS}\n\n${code}\n\nAnd after.`);
    // It writes each <br> its own way, and nothing more.
    expect(made.trim()).toBe(`<p>${WORDS}</p>\n${code.replaceAll('<br>', '<br />')}\n<p>And after.</p>`);
  });

test('the check of paragraphs would notice code with a heading and lines of its own', () => {
  const code = '<size-of-the-room chart="members">\n  <h2>Title</h2>\n  <p>Words</p>\n</size-of-the-room>\n<script src="v1.js" defer></script>';
  expect(paragraphs(code)).toContain('<p><size-of-the-room chart="members"></p>\n<h2>Title</h2>');
});
