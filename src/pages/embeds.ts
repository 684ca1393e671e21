/**
 * The embeds: the story and each chart as pages for a frame. One file each, which asks for nothing more: its script and
 * styles stand in it, held to their hashes by its policy, so it works in any sandbox and from a host that sends no header.
 */
import { render } from 'svelte/server';
import type { Content, PassageText } from '#content/schema.ts';
import { CHARTS } from '#charts/registry.ts';
import { textOf } from '#evidence/prose.ts';
import type { Data } from '#evidence/schema.ts';
import EmbedChart from '#components/EmbedChart.svelte';
import EmbedFooter from '#components/EmbedFooter.svelte';
import { toRoot } from '#edition/address.ts';
import { chartViewOf, tableOf } from '#edition/chartView.ts';
import { addressOf, cardTags, type Card } from './seo.ts';
import { documentStart, tag } from './document.ts';
import { stripHydrationComments, withIslands } from './islands.ts';
import { linkedPicture } from './pictures.ts';
import { escapeHtml } from '#embed/escapeHtml.ts';
import type { Embeddable } from './oembed.ts';
import { hashOf, cspOf } from '#build/csp.ts';
import { SHEETS } from '#styles/sheets.ts';

/** What an embed's page is made with. */
export interface EmbedClient {
  /** The script that wakes an embed, as one classic script; undefined for a site without script. */
  readonly frame: string | undefined;
  /** The address that the site will stand at, with a slash at its end; null when it is not known. */
  readonly origin: string | null;
  /** Scripts that a development server adds in its place, by address. */
  readonly development: readonly string[] | undefined;
}

/** What a chart's embed also takes: the way to the ledger, and what gives a page its evidence cards. */
interface ChartClient extends EmbedClient {
  readonly ledger: string;
  readonly cards: (page: string) => string;
}

/** The page that embeds one chart, at its folder in the site. */
export function chartEmbed(id: string, data: Data, content: Content, folder: string, client: ChartClient): string {
  const chart = CHARTS[id];
  const passage = passageOf(id, content);
  if (!chart || !passage) throw new Error(`no chart ${id}`);
  const view = chartViewOf(chart, data, content);
  const { body } = render(EmbedChart, { props: { content, passage, view, rows: tableOf(chart, data, content), ledger: client.ledger } });
  const text = content.charts[id];
  const page = { id, title: text?.title ?? id, description: textOf(text?.caption ?? []), step: passage.steps[0]?.id ?? '' };
  return embedPage(client.cards(withIslands(body, { [id]: view })), page, content, folder, client);
}

/** The page that embeds the story, from the body of the story's own page. */
export function storyEmbed(body: string, content: Content, folder: string, client: EmbedClient): string {
  const { title, description } = content.story;
  return embedPage(body, { id: 'story', title, description, step: '' }, content, folder, client);
}

/** What an embed is to those who ask by oEmbed. `origin` and `folder` say where it stands. */
export function embeddable(id: string, content: Content, folder: string, origin: string): Embeddable {
  const text = content.charts[id];
  const [title, summary] = text ? [text.title, textOf(text.caption)] : [content.story.title, content.story.description];
  const home = `${origin}${storyFolder(folder)}`;
  const step = passageOf(id, content)?.steps[0]?.id;
  return {
    title,
    summary,
    embed: `${origin}${folder}`,
    story: step ? `${home}#${step}` : home,
    provider: { name: content.story.title, url: home },
    image: `${origin}${pictureFor(id, content, folder).card}`,
  };
}

/** The pictures that an embed is shown with where it is linked. */
function pictureFor(id: string, content: Content, folder: string): Card['image'] {
  return linkedPicture(CHARTS[id] ?? null, content, storyFolder(folder));
}

/** Where a chart stands in the story. */
export function passageOf(chart: string, { story }: Content): PassageText | undefined {
  return story.scenes.flatMap(({ passages }) => passages).find((passage) => passage.chart === chart);
}

/** The folder of the story that an embed is from, from the root of the site. */
export function storyFolder(folder: string): string {
  return folder.replace(/embed\/[^/]+\/$/, '');
}

function embedPage(
  body: string,
  { id, title, description, step }: { readonly id: string; readonly title: string; readonly description: string; readonly step: string },
  content: Content,
  folder: string,
  { frame, origin, development }: EmbedClient,
): string {
  const { embed } = content;
  const hash = step && `#${step}`;
  const story = `${origin ?? toRoot(folder)}${storyFolder(folder)}${hash}`;
  const card: Card = { title, description, type: 'website', image: pictureFor(id, content, folder) };
  // A host that makes a bookmark of the address sends its readers to the story, as the frame does.
  const shown = cardTags(card, { url: origin === null ? undefined : story, at: (path) => addressOf(origin, folder, path) }, content);
  const foot = stripHydrationComments(render(EmbedFooter, { props: { words: embed, story } }).body);
  const script = frame === undefined ? undefined : scriptInPage(frame);
  const css = SHEETS.embed;
  const scripts = development
    ? development.map((address) => `<script type="module" src="${address}"></script>`)
    : script === undefined
      ? []
      : [`<script>${script}</script>`];
  const policy = cspOf([hashOf(css)], script === undefined ? [] : [hashOf(script)]);
  return `${documentStart(content, title, development ? undefined : policy, ' data-mode="flat" data-waiting')}
<meta name="description" content="${escapeHtml(description)}">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<base target="_blank">
<link rel="canonical" href="${escapeHtml(story)}">
${shown.map((meta) => tag('meta', meta)).join('\n')}
<link rel="icon" href="${toRoot(folder)}icon.png" type="image/png">
${origin === null ? '' : `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(`${origin}${folder}oembed.json`)}" title="${escapeHtml(title)}">\n`}<style>${css}</style>
</head>
<body>
${body}
${foot}
${scripts.join('\n')}
</body>
</html>
`;
}

/** A script as it may stand in a page. Throws when it would end there before its end. */
function scriptInPage(script: string): string {
  if (/<\/?script/i.test(script)) throw new Error('the script of the embeds names a script element');
  return script;
}
