/** The site as a function: data and words in, every file out. */
import { render } from 'svelte/server';
import { browserslist } from '../../package.json';
import { DEFAULT_LANGUAGE, parseContent, type Content, type RawContents } from '#content/schema.ts';
import { CRITICAL } from '#content/chartability.ts';
import { CHARTS } from '#charts/registry.ts';
import type { Data } from '#evidence/schema.ts';
import type { Entry } from '#edition/entry.ts';
import { FIRST_STAGE } from '#components/firstStage.ts';
import Cards from '#components/Cards.svelte';
import Accessibility from '#components/Accessibility.svelte';
import Ledger from '#components/Ledger.svelte';
import Plain from '#components/Plain.svelte';
import Steps from '#components/Steps.svelte';
import Story from '#components/Story.svelte';
import { addressesOf, embedsOf, PAGES, toRoot, addressesFrom, type Address, type Page } from '#edition/address.ts';
import { chartGapsOf, chartViewOf, tableOf } from '#edition/chartView.ts';
import { chartEmbed, embeddable, storyEmbed, storyFolder } from '#pages/embeds.ts';
import { entriesOf } from '#edition/entries.ts';
import { citationOf } from '#edition/citation.ts';
import { addressOf, canonicalFolder, headLinks, openGraph, robotsTxt, sitemapXml, type Card, type Whole } from '#pages/seo.ts';
import { documentStart, tag } from '#pages/document.ts';
import { chartCsv, chartCsvPath, chartsCsvMetadata, DOWNLOADS, factsCsv, factsCsvMetadata } from '#pages/downloads.ts';
import { headersFile } from './headers.ts';
import { stripHydrationComments, withIslands } from '#pages/islands.ts';
import { jsonLd } from '#pages/jsonLd.ts';
import { escapeHtml } from '#embed/escapeHtml.ts';
import { linkedPicture, pictureFiles, pictureSize } from '#pages/pictures.ts';
import { hashOf, cspOf } from './csp.ts';
import { oembedJson } from '#pages/oembed.ts';
import { HOST, hostPage, LICENCES, offersOf, publishersBody } from '#pages/publishers.ts';
import { loaderFiles } from '#pages/loaderFiles.ts';
import { factsJson, factsSchemaJson } from '#pages/publishedFacts.ts';
import { SHEETS } from '#styles/sheets.ts';
import { COLOURS } from '#styles/tokens.ts';

/** The compiled browser code and the static files: what the site holds that is not made from data and words. */
export interface Client {
  /** Files as they are, by path from the root of the site. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** The path of each page's script; a page that is not named has none. */
  readonly scripts: Readonly<Partial<Record<Page, string>>>;
  /** The script of the embeds, which stands in each of their pages, and the publishers' loader; a site without script has neither. */
  readonly frame?: string;
  readonly loader?: string;
  /** Scripts that a development server adds, by address; they break the policy, so the page then has none. */
  readonly development?: Readonly<Partial<Record<Page, readonly string[]>>>;
}

/** What the builder chooses. */
export interface Setting {
  /** Where the site will stand, as parseOrigin gives it; null when it is not known: addresses then stay relative. */
  readonly origin: string | null;
  /** False leaves out the charts as PNG, which take most of a build's time. */
  readonly pictures?: boolean;
}

const FRAME_IN_DEVELOPMENT = ['/@vite/client', '/src/browser/embed.ts'];
/** The first version of each browser in which the pictures move, as package.json has it: `firefox >= 104`. */
const VERSIONS = Object.fromEntries(browserslist.map((one) => one.split(' >= ') as [string, string]));
const WITHOUT_SCRIPT: Client = { files: new Map(), scripts: {} };
/** Words a minute of a careful reader, on the low side of what studies of silent reading report (Brysbaert 2019: 238). */
const READING_SPEED = 220;
/** The story’s evidence cards, beside it. */
const CARDS = 'cards.html';
/** The face of every page, in `static/`. */
const FONT = 'fonts/newsreader.woff2';

/**
 * Every file of the site, by path. The same data, words and client give the same bytes.
 * Throws a ValidationError when the content does not fit the data.
 */
export function site(
  data: Data,
  contents: RawContents,
  client: Client = WITHOUT_SCRIPT,
  setting: Setting = { origin: null },
): Map<string, string | Uint8Array> {
  const files = new Map(client.files);
  const parsed = new Map(Object.entries(contents).map(([language, raw]) => [language, parseContent(language, raw, data)]));
  const addresses = addressesOf([...parsed.keys()]);
  const fallback = parsed.get(DEFAULT_LANGUAGE);
  const offers = offersOf(parsed, (chart, content) => pictureSize(chart, data, content, fallback ?? content));
  // Two addresses serve the default language; its files are made once.
  const made = new Map<Content, ReturnType<typeof downloadsOf>>();
  for (const address of addresses) {
    const content = parsed.get(address.language);
    if (!content) continue;
    const whole: Whole = { origin: setting.origin, addresses };
    const place = {
      folder: address.folder,
      addresses: addressesFrom(PAGES[address.page]),
      origin: setting.origin,
      loader: client.loader,
      licences: files.has(LICENCES),
    };
    const body = address.page === 'publishers' ? publishersBody(content, offers, place) : bodyOf(address.page, address, data, content, whole);
    const cards = address.page === 'story' ? cardsFor(body, data, content, place.addresses.evidence) : '';
    files.set(`${address.folder}index.html`, htmlOf(body, address, content, client, forMachines(address, data, content, whole)));
    if (cards) files.set(`${address.folder}${CARDS}`, cardsPage(cards, content, address.folder, place.addresses.evidence));
    if (address.page === 'publishers') files.set(`${address.folder}${HOST}index.html`, hostPage(content, offers, `${address.folder}${HOST}`, client.loader));
    if (address.page === 'story') {
      const downloads = made.get(content) ?? downloadsOf(data, content, setting, fallback ?? content);
      made.set(content, downloads);
      for (const [path, bytes] of downloads) files.set(`${address.folder}${path}`, bytes);
    }
  }
  for (const [path, page] of embeds(data, parsed, client, setting)) files.set(path, page);
  if (client.loader !== undefined) for (const [path, script] of loaderFiles(client.loader)) files.set(path, script);
  if (setting.origin !== null) files.set('sitemap.xml', sitemapXml(setting.origin, addresses, data));
  files.set('robots.txt', robotsTxt(setting.origin));
  files.set('_headers', headersFile(files.keys()));
  return files;
}

/** What others may take, by path below the language: the facts, and each chart's numbers and picture. */
function downloadsOf(data: Data, content: Content, { pictures = true }: Setting, other: Content): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>([
    [DOWNLOADS.facts, factsJson(data)],
    [DOWNLOADS.schema, factsSchemaJson()],
    [DOWNLOADS.table, factsCsv(data, content)],
    [DOWNLOADS.metadata, factsCsvMetadata(data, content)],
    [DOWNLOADS.chartsMetadata, chartsCsvMetadata(data, content)],
  ]);
  for (const chart of Object.values(CHARTS)) files.set(chartCsvPath(chart.id), chartCsv(tableOf(chart, data, content), chartGapsOf(chart, data, content)));
  for (const [path, bytes] of pictureFiles(data, content, other, pictures)) files.set(path, bytes);
  return files;
}

/**
 * What a page tells machines: in its head what it is, where it stands, and what to show where it is linked; at its end its linked
 * data, for no reader waits for it.
 */
function forMachines(address: Address, data: Data, content: Content, whole: Whole): { readonly head: string; readonly end: string } {
  const { page, language, folder } = address;
  const home = canonicalFolder({ page: 'story', language }, whole.addresses);
  const { title, description } = titleOf(page, content);
  const image = linkedPicture(null, content, home);
  const images = [image.card, image.square];
  const card: Card = { title, description, type: page === 'story' ? 'article' : 'website', image };
  const head = [
    ...headLinks(whole, address).map((link) => tag('link', link)),
    ...(page === 'story' && whole.origin !== null
      ? [tag('link', { rel: 'alternate', type: 'application/json+oembed', href: `${whole.origin}${folder}embed/story/oembed.json`, title })]
      : []),
    ...openGraph(whole, address, card, data, content).map((meta) => tag('meta', meta)),
  ];
  const linked = jsonLd(data, content, { origin: whole.origin, folder, home, images, values: page === 'evidence' });
  return { head: head.join('\n'), end: `<script type="application/ld+json">${linked}</script>` };
}

/** What stands between a page's <body> tags. */
function bodyOf(page: Exclude<Page, 'publishers'>, { folder, language }: Address, data: Data, content: Content, whole: Whole): string {
  const drawn = Object.values(CHARTS);
  const views = Object.fromEntries(drawn.map((chart) => [chart.id, chartViewOf(chart, data, content)]));
  const tables = Object.fromEntries(drawn.map((chart) => [chart.id, tableOf(chart, data, content)]));
  const entries = entriesOf(data, content);
  const charts = drawn.map(({ id }) => ({ id, facts: (tables[id] ?? []).flatMap((row) => entries.filter((entry) => entry.id === row.id)) }));
  const addresses = addressesFrom(PAGES[page]);
  const shared = { content, data, entries, charts };
  switch (page) {
    case 'story': {
      const home = canonicalFolder({ page: 'story', language }, whole.addresses);
      const cited = (step: string) => addressOf(whole.origin, folder, `${home}#${step}`);
      const citations = Object.fromEntries(drawn.map(({ id, steps }) => [id, citationOf(id, data, content, cited(steps[0] ?? ''))]));
      const { body } = render(Story, { props: { content, data, views, tables, citations, minutes: readingMinutes(content), addresses } });
      return withIslands(body, views) + cardPlace(CARDS);
    }
    case 'steps':
      return stripHydrationComments(render(Steps, { props: { content, data, views, tables, addresses } }).body);
    case 'plain':
      return stripHydrationComments(render(Plain, { props: { content, data, views, tables, addresses } }).body);
    case 'accessibility':
      return stripHydrationComments(render(Accessibility, { props: { content, addresses, critical: CRITICAL, versions: VERSIONS } }).body);
    case 'evidence':
      return stripHydrationComments(render(Ledger, { props: { ...shared, story: '../' } }).body);
  }
}

/** Where a page shows a card; `file` holds them, where the page itself does not. */
function cardPlace(file?: string): string {
  return `<div class="card" id="card" popover role="dialog"${file ? ` data-cards="${file}"` : ''}></div>`;
}

/** The story’s cards on their own: no reader needs them to read, so nobody’s first view waits until they are read in. */
function cardsPage(cards: string, content: Content, folder: string, ledger: string): string {
  const { title } = content.evidence;
  return `${documentStart(content, title, cspOf([], []))}
<meta name="robots" content="noindex">
<link rel="icon" href="${toRoot(folder)}icon.png" type="image/png">
</head>
<body>
<main><h1><a href="${ledger}">${escapeHtml(title)}</a></h1></main>
${cards}
</body>
</html>
`;
}

/** A card for each figure that stands on a page, and for each picture. */
function cardsFor(page: string, data: Data, content: Content, ledger: string): string {
  const entries = entriesOf(data, content);
  const onPage = entriesOn(page, entries);
  const charts = Object.values(CHARTS)
    .filter(({ id }) => page.includes(`data-chart="${id}"`))
    .map((chart) => ({ id: chart.id, facts: tableOf(chart, data, content).flatMap((row) => entries.filter((entry) => entry.id === row.id)) }));
  const told = Object.keys(content.conflicts).filter((id) => page.includes(`id="conflict-${id}"`));
  return stripHydrationComments(render(Cards, { props: { content, entries: onPage, charts, ledger, told } }).body);
}

/** The embeds of every language, by path. */
function embeds(data: Data, parsed: ReadonlyMap<string, Content>, client: Client, { origin }: Setting): Map<string, string> {
  const files = new Map<string, string>();
  for (const { folder, embed, language } of embedsOf([...parsed.keys()])) {
    const content = parsed.get(language);
    if (!content) continue;
    const frame = { frame: client.frame, development: client.development && FRAME_IN_DEVELOPMENT, origin };
    const addresses = addressesFrom(`embed/${embed}/`, origin === null ? undefined : `${origin}${storyFolder(folder)}`);
    if (origin !== null) files.set(`${folder}oembed.json`, oembedJson(embeddable(embed, content, folder, origin)));
    // A frame has one document: its cards are in it.
    const cards = (page: string) => page + cardPlace() + cardsFor(page, data, content, addresses.evidence);
    if (embed === 'story') {
      const drawn = Object.values(CHARTS);
      const views = Object.fromEntries(drawn.map((chart) => [chart.id, chartViewOf(chart, data, content)]));
      const tables = Object.fromEntries(drawn.map((chart) => [chart.id, tableOf(chart, data, content)]));
      const { body } = render(Story, { props: { content, data, views, tables, citations: {}, minutes: readingMinutes(content), addresses } });
      files.set(`${folder}index.html`, storyEmbed(cards(withIslands(body, views)), content, folder, frame));
    } else files.set(`${folder}index.html`, chartEmbed(embed, data, content, folder, { ...frame, ledger: addresses.evidence, cards }));
  }
  return files;
}

/** The entries whose facts stand on a page, and those that their sums went by: no other needs a card there. */
function entriesOn(page: string, entries: readonly Entry[]): Entry[] {
  const shown = new Set([...page.matchAll(/data-fact="([^"]+)"/g)].map(([, id]) => id));
  const inputs = new Set(entries.flatMap((entry) => (shown.has(entry.id) ? entry.inputs.map(({ id }) => id) : [])));
  return entries.filter(({ id }) => shown.has(id) || inputs.has(id));
}

/** A page's name and what it holds, for the head. */
function titleOf(page: Page, { story, interface: words, ...content }: Content): { title: string; description: string } {
  if (page === 'story') return story;
  if (page === 'steps' || page === 'plain') return { title: `${words[`way-${page}`]} · ${story.title}`, description: story.description };
  const { title, description } = content[page];
  return { title: page === 'accessibility' || page === 'publishers' ? `${title} · ${story.title}` : title, description };
}

/** A page whole. */
function htmlOf(
  body: string,
  { page, folder }: Address,
  content: Content,
  client: Client,
  { head, end }: { readonly head: string; readonly end: string },
): string {
  const root = toRoot(folder);
  const { title, description } = titleOf(page, content);
  const path = client.scripts[page];
  const script = path === undefined ? undefined : client.files.get(path);
  const integrity = script === undefined ? undefined : hashOf(script);
  const scripts = client.development
    ? (client.development[page] ?? []).map((address) => `<script type="module" src="${address}"></script>`)
    : integrity
      ? [`<script type="module" src="${root}${path}" integrity="${integrity}" crossorigin></script>`]
      : [];
  const sheet = SHEETS[page === 'story' || page === 'evidence' || page === 'publishers' ? page : 'page'];
  const css = `@font-face{font-family:Newsreader;src:url(${root}${FONT}) format("woff2");font-weight:300 700;font-display:optional}${sheet}`;
  // The story fetches its cards; and auditors (Lighthouse) read this host's robots.txt from within any page.
  const policy = `${cspOf([hashOf(css)], integrity ? [integrity] : [], page === 'publishers')}; connect-src 'self'`;
  return `${documentStart(content, title, client.development ? undefined : policy)}
<meta name="description" content="${escapeHtml(description)}">
${head}
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="${COLOURS.light.room}">
<link rel="icon" href="${root}icon.png" type="image/png">
${page === 'story' ? `${COVER_FIRST}\n` : ''}${preload(root, '(min-width: 48em)')}
<style>${css}</style>
${scripts.join('\n')}
</head>
<body>
${preload(root, 'not all and (min-width: 48em)')}
${body}
${end}
</body>
</html>
`;
}

/**
 * Nothing is painted before the cover is there whole: a first frame with the bar alone, which comes when the line brings the page
 * in small pieces, keeps the cover waiting for a frame of its own, a quarter of a second on a slow phone.
 */
const COVER_FIRST = `<link rel="expect" href="#${FIRST_STAGE}" blocking="render">`;

/**
 * Asks for the font early. From the head the browser waits for it, a tenth of a second at most, before it draws: a wide screen’s
 * line bears that, and its first view has our face. On a phone, where the wait was a third of a second and mostly in vain, it is
 * asked for from the body, and the words come first.
 */
function preload(root: string, media: string): string {
  return `<link rel="preload" href="${root}${FONT}" as="font" type="font/woff2" media="${media}" crossorigin>`;
}

/** How long the story takes to read aloud in the head: its words at READING_SPEED, in whole minutes. */
function readingMinutes({ story }: Content): number {
  const words = (segments: readonly { readonly text: string }[]) =>
    segments
      .map((segment) => segment.text)
      .join('')
      .split(/\s+/).length;
  let count = 0;
  for (const scene of story.scenes) {
    for (const paragraph of scene.opening) count += words(paragraph);
    for (const { steps } of scene.passages) for (const step of steps) count += [step.heading, ...step.text].reduce((sum, text) => sum + words(text), 0);
  }
  for (const { text } of story.asked.groups) for (const paragraph of text) count += words(paragraph);
  return Math.ceil(count / READING_SPEED);
}
