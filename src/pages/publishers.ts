/** The page for publishers: what it offers, the code that it prints, and the page around an embed that it shows. */
import { render } from 'svelte/server';
import { DEFAULT_LANGUAGE, type Content } from '#content/schema.ts';
import { CHARTS } from '#charts/registry.ts';
import type { Chart, Size } from '#charts/types.ts';
import { printed, shownOf, unstyled, EMBED_KINDS, type Offer } from '#embed/embedCode.ts';
import { textOf } from '#evidence/prose.ts';
import Publishers from '#components/Publishers.svelte';
import type { Addresses } from '#edition/readingModes.ts';
import { EMBEDS, toRoot } from '#edition/address.ts';
import { documentStart } from './document.ts';
import { passageOf } from './embeds.ts';
import { stripHydrationComments } from './islands.ts';
import { escapeHtml } from '#embed/escapeHtml.ts';
import { hashOf, cspOf } from '#build/csp.ts';
import { SHEETS } from '#styles/sheets.ts';
import { pictureAlternative } from './pictures.ts';
import { integrityOf, loaderAddress } from './loaderFiles.ts';

/** The folder of the page that the preview stands in, below that of the page for publishers. */
export const HOST = 'host/';
/** The file that the build puts the licences into. */
export const LICENCES = 'licences.txt';

/** What can be put into a page, in every language. `sizeOf` gives the size of a chart's picture in a language. */
export function offersOf(contents: ReadonlyMap<string, Content>, sizeOf: (chart: Chart, content: Content) => Size): Offer[] {
  const languages = [...contents].sort(([a], [b]) => Number(b === DEFAULT_LANGUAGE) - Number(a === DEFAULT_LANGUAGE));
  return languages.map(([language, content]) => ({
    language,
    name: content.language.name,
    home: language === DEFAULT_LANGUAGE ? '' : `${language}/`,
    more: content.embed.story,
    embeds: EMBEDS.map((id) => {
      const text = content.charts[id];
      const chart = CHARTS[id] ?? Object.values(CHARTS)[0];
      if (!chart) throw new Error('there is no chart');
      const { steps = [] } = passageOf(chart.id, content) ?? {};
      return {
        id,
        title: text?.title ?? content.story.title,
        summary: text ? textOf(text.caption) : content.story.description,
        step: text ? (steps[0]?.id ?? '') : '',
        picture: { chart: chart.id, alt: pictureAlternative(chart, content), ...sizeOf(chart, content) },
      };
    }),
  }));
}

/** Where a page for publishers stands, and what the site has of its own. */
interface Place {
  readonly folder: string;
  readonly addresses: Addresses;
  readonly origin: string | null;
  /** The publishers' script, where the site has one. */
  readonly loader: string | undefined;
  /** Whether the site holds the licences of what it is made with. */
  readonly licences: boolean;
}

/** What stands between the page's <body> tags. */
export function publishersBody(content: Content, offers: readonly Offer[], { folder, addresses, origin, loader, licences }: Place): string {
  const root = toRoot(folder);
  const pinned = loader === undefined ? undefined : { path: loaderAddress(loader), integrity: integrityOf(loader) };
  const site = { root: origin ?? root, offers, pinned };
  const props = { content, addresses, site, located: origin !== null, host: HOST, licences: licences ? `${root}${LICENCES}` : undefined };
  return stripHydrationComments(render(Publishers, { props }).body);
}

/** A page of nobody's with the first offer in it, for the preview; its script puts another there. `folder` is the page's own. */
export function hostPage(content: Content, offers: readonly Offer[], folder: string, loader: string | undefined): string {
  const { publishers: words } = content;
  const root = toRoot(folder);
  const [offer] = offers;
  const [embed] = offer?.embeds ?? [];
  const shown = offer && embed ? printed(unstyled(shownOf(EMBED_KINDS[0], { root, offer, embed, theme: 'auto' }))) : '';
  const integrity = loader === undefined ? undefined : hashOf(loader);
  const lines = (count: number) => '<p class="line"></p>\n'.repeat(count);
  return `${documentStart(content, words.host.title, cspOf([hashOf(SHEETS.host)], integrity ? [integrity] : [], true))}
<meta name="description" content="${escapeHtml(words.live.text)}">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${root}icon.png" type="image/png">
<style>${SHEETS.host}</style>
${integrity ? `<script src="${root}embed/v1.js" integrity="${integrity}" crossorigin defer></script>\n` : ''}</head>
<body>
<main>
<h1>${escapeHtml(words.host.heading)}</h1>
${lines(3)}<div data-place data-root="${root}">
${shown}
</div>
${lines(9)}</main>
</body>
</html>
`;
}
