/** The story and a chart as WordPress shows an embed of a provider that it does not know: its filter, its script, its sandbox. */
import { FRAME, oembedHtml } from '#pages/oembed.ts';
import { asWordPress, WP_EMBED } from '../fixtures/wordpress.ts';
import { readJson, STEPS } from './story.ts';
import { article, drawn, expect, frameOf, modeIn, shownIn, test } from './publisher.ts';

const words = readJson<Record<string, string>>('src/content/en/embed.json');

for (const id of ['story', 'members'])
  test(`${id}: a post holds it at 600x1000, whole, and its links are followed by the host`, async ({ page, publisher }) => {
    await page.setViewportSize({ width: 640, height: 1_100 });
    const html = asWordPress(
      oembedHtml({ title: 'An embed', summary: 'A summary.', embed: `${publisher.embeds}embed/${id}/`, story: `${publisher.embeds}#one` }),
      'secret1234',
    );
    await page.goto(publisher.put(article(`<script>${WP_EMBED}</script>${html}`)));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => page.evaluate(() => document.querySelector('iframe')?.getBoundingClientRect().height)).toBe(1_000);
    expect(await page.evaluate(() => document.querySelector('iframe')?.getBoundingClientRect().width)).toBe(FRAME.width);
    await expect(page.locator('blockquote')).toBeHidden();
    await expect.poll(() => modeIn(embed)).toBe('pager');
    const seen = new Set<string>();
    const next = embed.getByRole('button', { name: words['next'] ?? '' });
    for (let i = 0; i < 150 && (await next.getAttribute('aria-disabled')) !== 'true'; i += 1) {
      await next.click();
      const step = await embed.evaluate(() => document.querySelector('.step[data-here]')?.id);
      if (step) seen.add(step);
    }
    const wanted = STEPS.filter(({ chart }) => id === 'story' || chart === id).map((step) => step.id);
    expect([...seen]).toEqual(wanted);
    if (id === 'members') expect(await shownIn(embed)).toBe(wanted.at(-1));
    await embed.locator('.embed-foot a').click();
    await expect.poll(() => page.evaluate(() => (window as Window & { followed?: string }).followed)).toMatch(/^http:\/\/localhost:\d+\//);
    await drawn(page);
    expect(page.context().pages()).toHaveLength(1);
  });
