/** The code as it is copied, in pages with other people's rules: the embed stays in its column, whole and in its shape, and nothing scrolls sideways. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printed, shownOf, embedCodeOf, type Offered, type EmbedKind } from '#embed/embedCode.ts';
import { CHARTS } from '#charts/registry.ts';
import { ensure, startNginx } from './nginx.ts';
import { contentOf, drawn, expect as ask, frameOf, modeIn, test, type Page, type Publisher } from './publisher.ts';
import { BUILD, TITLE } from './story.ts';

/** An embed takes its time to wake where many pages are opened at once. */
const expect = ask.configure({ timeout: 20_000 });

const WAYS = ['script', 'frame', 'picture'] as const satisfies readonly EmbedKind[];
const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;

interface Theme {
  readonly css?: string;
  /** What a content system puts around the code. */
  readonly around?: readonly [before: string, after: string];
}

/** The rules that are in use, each by what it does to what is put into an article. */
const THEMES: Readonly<Record<string, Theme>> = {
  'no rule at all': {},
  'no rule but margins': { css: 'body{margin:0 8px}' },
  'a column for each child, as block themes have': {
    css: '.article{padding:0 10px}.article>*{max-width:620px;margin-left:auto!important;margin-right:auto!important}',
  },
  'a column for each child, by margins that a style could take away': { css: '.article>*{max-width:580px;margin:0 auto 1.25em}' },
  'a column that is a grid': { css: '.article{display:grid;grid-template-columns:[full] 1fr [main] minmax(0,680px) [end] 1fr}.article>*{grid-column:main}' },
  'a column that is flexible': { css: '.article{display:flex;flex-direction:column;align-items:stretch;max-width:700px;margin:0 auto}' },
  'pictures no wider than the column, and their height left': { css: 'body{max-width:600px;margin:0 auto}img{max-width:100%}' },
  'pictures of a limited height': { css: 'body{max-width:600px;margin:0 auto}img{max-width:100%;max-height:300px}' },
  'pictures as wide as the column': { css: 'body{max-width:600px;margin:0 auto}img{width:100%}' },
  'frames whose height is left to them': { css: 'body{max-width:600px;margin:0 auto}iframe{max-width:100%;height:auto;border:2px solid}' },
  'frames in the shape of a film': { css: 'body{max-width:600px;margin:0 auto}iframe{width:100%;height:auto;aspect-ratio:16/9;margin:2em}' },
  'frames of a limited height': { css: 'iframe{max-height:400px;width:auto}' },
  'a paragraph around it': { css: '.article{max-width:620px;margin:0 auto}', around: ['<p>', '</p>'] },
  'a paragraph around it, and a column for each child': {
    css: '.article>*{max-width:620px;margin-left:auto!important;margin-right:auto!important}',
    around: ['<p>', '<br /></p>'],
  },
};

/** What the page for publishers offers, as the build wrote it. */
const offeredText = /data-offered="([^"]*)"/.exec(readFileSync(join(BUILD, 'publishers/index.html'), 'utf8'))?.[1] ?? '';
const [offer] = (JSON.parse(offeredText.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')) as Offered).offers;

/** The code for an embed, as the page for publishers prints it for a site at `root`. */
function codeOf(way: EmbedKind, root: string, id = 'paths'): string {
  const embed = offer?.embeds.find((one) => one.id === id);
  if (!offer || !embed) throw new Error(`${id} is not offered`);
  return printed(embedCodeOf(way, { root, offer, embed, theme: 'auto' }));
}

/** The frame that AMP makes of our code, for a site at an address. */
function ampFrame(root: string): string {
  const [embed] = offer?.embeds ?? [];
  return offer && embed ? printed(shownOf('amp', { root, offer, embed, theme: 'auto' })) : '';
}

function pageWith(code: string, { css = '', around: [before, after] = ['', ''] }: Theme): string {
  const words = '<p class="words">Words of the publisher, in the column, enough of them to fill more than one line at every width that there is.</p>'.repeat(
    12,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A publisher’s page</title><style>${css}</style></head><body><div class="article">${words}${before}${code}${after}${words}</div></body></html>`;
}

/** What a reader sees of the embed beside the words around it, in pixels of the page. */
function seen() {
  const box = (of: Element | null | undefined) => of?.getBoundingClientRect();
  const shown = document.querySelector('size-of-the-room') ?? document.querySelector('.article iframe') ?? document.querySelector('.article img');
  const image = shown instanceof HTMLImageElement ? shown : null;
  const [words, embed] = [box(document.querySelector('.words')), box(shown)];
  const { objectFit = '' } = image ? getComputedStyle(image) : {};
  return {
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    left: (embed?.left ?? NaN) - (words?.left ?? NaN),
    right: (words?.right ?? NaN) - (embed?.right ?? NaN),
    height: embed?.height ?? NaN,
    border: shown ? getComputedStyle(shown).borderTopWidth : '',
    // Stretched: what it shows is not in the shape of its file.
    stretch: image && objectFit !== 'contain' ? (image.width / image.height) * (image.naturalHeight / image.naturalWidth) : 1,
    loaded: image === null || image.naturalWidth > 0,
  };
}

/** Brings what was put into the page into view, and waits until it is what it will be. */
async function arrive(page: Page, way: EmbedKind): Promise<void> {
  await page.evaluate(() => document.querySelector('.article :is(size-of-the-room, iframe, img)')?.scrollIntoView());
  if (way === 'picture') await expect.poll(async () => (await page.evaluate(seen)).loaded).toBe(true);
  else await expect.poll(async () => modeIn(await frameOf(page))).toMatch(way === 'script' ? /pinned/ : /pager/);
  await drawn(page);
}

for (const [name, theme] of Object.entries(THEMES))
  for (const way of WAYS)
    test(`${way}: ${name}`, async ({ page, publisher }) => {
      const code = codeOf(way, publisher.embeds);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.goto(publisher.put(pageWith(code, theme)));
        await arrive(page, way);
        const found = await page.evaluate(seen);
        expect(found.sideways, 'what a reader must scroll sideways').toBe(0);
        expect(Math.abs(found.left), `left of its column at ${size.width}`).toBeLessThanOrEqual(1);
        expect(found.right, 'no further right than its column').toBeGreaterThanOrEqual(-1);
        if (way === 'picture') expect(found.stretch).toBeCloseTo(1, 1);
        else {
          expect(found.right, 'as wide as its column').toBeLessThanOrEqual(1);
          expect(found.height, 'as high as a page of it').toBeGreaterThanOrEqual(720);
          expect(found.border).toBe('0px');
        }
        if (way === 'script') await expect(page.getByText('Read the whole story').first()).toBeHidden();
        // The words after it are still the page's own, in their column, below it.
        const after = await page.evaluate(() => {
          const [first, last] = ['.words', '.words:last-child'].map((one) => document.querySelector(one)?.getBoundingClientRect());
          return { left: (last?.left ?? NaN) - (first?.left ?? NaN), within: document.querySelector('size-of-the-room .words') !== null };
        });
        expect(after).toEqual({ left: 0, within: false });
      }
    });

test('the check would notice a picture without its styles, and a frame without its own', async ({ page, publisher }) => {
  await page.setViewportSize(SIZES[0]);
  const bare = (code: string) => code.replaceAll(/ style="[^"]*"/g, '');
  await page.goto(publisher.put(pageWith(bare(codeOf('picture', publisher.embeds)), {})));
  await arrive(page, 'picture');
  expect((await page.evaluate(seen)).sideways).toBeGreaterThan(700);
  const squeezed = THEMES['pictures no wider than the column, and their height left'] ?? {};
  await page.goto(publisher.put(pageWith(bare(codeOf('picture', publisher.embeds)), squeezed)));
  await arrive(page, 'picture');
  expect((await page.evaluate(seen)).stretch).toBeLessThan(0.5);
  const film = THEMES['frames whose height is left to them'] ?? {};
  await page.goto(publisher.put(pageWith(bare(codeOf('frame', publisher.embeds)), film)));
  expect((await page.evaluate(seen)).height).toBeLessThan(200);
});

/** A page that writes the height that Datawrapper's message tells into the frame's attribute, and no style. */
const BY_ATTRIBUTE = `<script>addEventListener('message',function(e){var told=e.data&&e.data['datawrapper-height'];for(var id in told||{})document.querySelectorAll('iframe').forEach(function(f){if(f.contentWindow===e.source)f.height=told[id]})})</script>`;

test('the plain frame is as high as its content where a page resizes frames by their attribute: none needs less than its least height', async ({
  page,
  publisher,
}) => {
  await page.setViewportSize({ width: 1920, height: 1_000 });
  for (const id of ['story', ...Object.keys(CHARTS)]) {
    await page.goto(publisher.put(pageWith(BY_ATTRIBUTE + codeOf('frame', publisher.embeds, id), {})));
    await page.evaluate(() => document.querySelector('iframe')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed), id).toBe('tall');
    const height = () => page.evaluate(() => document.querySelector('iframe')?.getBoundingClientRect().height ?? NaN);
    await expect.poll(async () => Math.abs((await height()) - (await contentOf(embed))), id).toBeLessThanOrEqual(1);
  }
});

// ——— Pages that are isolated from other origins ———

/** A page that takes nothing of another origin that does not say so. */
function isolated(publisher: Publisher, code: string, policy: string): string {
  return publisher.put({ html: pageWith(code, {}), headers: { 'Cross-Origin-Embedder-Policy': policy, 'Cross-Origin-Opener-Policy': 'same-origin' } });
}

test.describe('in a page that is isolated from other origins', () => {
  const missing = ensure();
  test.skip(missing !== undefined, missing);

  for (const policy of ['require-corp', 'credentialless'])
    for (const way of WAYS)
      test(`${policy}, ${way}: what the shipped settings send lets it in`, async ({ page, publisher }) => {
        const site = await startNginx(BUILD);
        try {
          const code = codeOf(way, site.origin.replace('127.0.0.1', 'localhost') + '/');
          await page.goto(isolated(publisher, code, policy));
          expect(await page.evaluate(() => crossOriginIsolated), 'the page is isolated').toBe(true);
          await arrive(page, way);
        } finally {
          await site.stop();
        }
      });

  for (const [name, sandbox, opens] of [
    ['opens beside the page, whole, from the frame that AMP makes', undefined, true],
    ['the check would notice a sandbox that its pages inherit: those are refused with the headers that are shipped', 'allow-scripts allow-popups', false],
  ] as const)
    test(`a link out: ${name}`, async ({ page, publisher }) => {
      const site = await startNginx(BUILD);
      try {
        const html = ampFrame(`${site.origin.replace('127.0.0.1', 'localhost')}/`);
        await page.goto(publisher.put(pageWith(sandbox ? html.replace(/sandbox="[^"]*"/, `sandbox="${sandbox}"`) : html, {})));
        await page.evaluate(() => document.querySelector('iframe')?.scrollIntoView());
        const embed = await frameOf(page);
        const opened = page.waitForEvent('popup');
        await embed.locator('.embed-foot a').click();
        const story = await opened;
        await expect.poll(() => story.title().catch(() => ''), 'what it shows').not.toBe('');
        expect((await story.title()) === TITLE).toBe(opens);
        await story.close();
      } finally {
        await site.stop();
      }
    });

  test('the check would notice a frame that says nothing of what it loads', async ({ page, publisher }) => {
    const site = await startNginx(BUILD, (shipped) => shipped.replace(/\n.*Embedder-Policy.*\n/, '\n'));
    try {
      const code = codeOf('frame', site.origin.replace('127.0.0.1', 'localhost') + '/');
      const blocked = page.waitForEvent('requestfailed');
      await page.goto(isolated(publisher, code, 'require-corp'));
      await page.evaluate(() => document.querySelector('iframe')?.scrollIntoView());
      expect((await blocked).failure()?.errorText).toContain('BLOCKED_BY_RESPONSE');
    } finally {
      await site.stop();
    }
  });
});
