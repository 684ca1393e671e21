/** The site as a function: data and words in, every file out. */
import { render } from 'svelte/server';
import styles from '../app.css?inline';
import { parseContent, type Content, type RawContents } from '#content/schema.ts';
import { CRITICAL } from '#content/chartability.ts';
import { CHARTS } from '#lib/charts/registry.ts';
import type { Chart, ChartView } from '#lib/charts/contract.ts';
import type { Data } from '#lib/evidence/schema.ts';
import { islandMark } from '#lib/story/islandMark.ts';
import Accessibility from '#lib/story/Accessibility.svelte';
import Ledger from '#lib/story/Ledger.svelte';
import Stage from '#lib/story/Stage.svelte';
import Stills from '#lib/story/Stills.svelte';
import Plain from '#lib/story/Plain.svelte';
import Steps from '#lib/story/Steps.svelte';
import Story from '#lib/story/Story.svelte';
import { addressesOf, toRoot, waysFrom, type Address, type Page } from './address.ts';
import { chartViewOf, tableOf } from './chartView.ts';
import { entriesOf } from './entries.ts';
import { hashOf, policyOf } from './policy.ts';

/** The compiled browser code and the static files: what the site holds that is not made from data and words. */
export interface Client {
  /** Files as they are, by path from the root of the site. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** The path of each page's script; a page that is not named has none. */
  readonly scripts: Readonly<Partial<Record<Page, string>>>;
  /** Scripts that a development server adds, by address; they break the policy, so the page then has none. */
  readonly development?: Readonly<Partial<Record<Page, readonly string[]>>>;
}

const WITHOUT_SCRIPT: Client = { files: new Map(), scripts: {} };
/** Words a minute of a careful reader, on the low side of what studies of silent reading report (Brysbaert 2019: 238). */
const READING_SPEED = 220;

/**
 * Every file of the site, by path. The same data, words and client give the same bytes.
 * Throws a FaultList when the content does not fit the data.
 */
export function site(data: Data, contents: RawContents, client: Client = WITHOUT_SCRIPT): Map<string, string | Uint8Array> {
  const files = new Map(client.files);
  const parsed = new Map(Object.entries(contents).map(([language, raw]) => [language, parseContent(language, raw, data)]));
  for (const address of addressesOf([...parsed.keys()])) {
    const content = parsed.get(address.language);
    if (content) files.set(`${address.folder}index.html`, htmlOf(bodyOf(address, data, content), address, content, client));
  }
  return files;
}

/** What stands between a page's <body> tags. */
function bodyOf({ page }: Address, data: Data, content: Content): string {
  const drawn = Object.values(CHARTS);
  const views = Object.fromEntries(drawn.map((chart) => [chart.id, chartViewOf(chart, data, content)]));
  const tables = Object.fromEntries(drawn.map((chart) => [chart.id, tableOf(chart, data, content)]));
  const entries = entriesOf(data, content);
  const charts = drawn.map(({ id }) => ({ id, facts: (tables[id] ?? []).flatMap((row) => entries.filter((entry) => entry.id === row.id)) }));
  const addresses = waysFrom(page);
  const shared = { content, data, entries, charts };
  switch (page) {
    case 'story': {
      const { body } = render(Story, { props: { ...shared, views, tables, minutes: readingMinutes(content), addresses } });
      return drawn.reduce((page, chart) => {
        const view = views[chart.id];
        return view ? page.replace(islandMark(chart.id), () => islandOf(chart, view)) : page;
      }, bare(body));
    }
    case 'steps':
      return bare(render(Steps, { props: { content, data, views, tables, addresses } }).body);
    case 'plain':
      return bare(render(Plain, { props: { content, data, views, tables, addresses } }).body);
    case 'accessibility':
      return bare(render(Accessibility, { props: { content, addresses, critical: CRITICAL } }).body);
    case 'evidence':
      return bare(render(Ledger, { props: { ...shared, story: '../' } }).body);
  }
}

/** A chart's island as it is prerendered: asleep, beside its still pictures. */
function islandOf(chart: Chart, view: ChartView): string {
  const moment = { step: chart.steps.at(-1) ?? '', progress: 1 };
  const island = render(Stage, { props: { chart, view, moment, id: chart.id } }).body;
  return `<div class="awake">${island}</div>${bare(render(Stills, { props: { chart, view } }).body)}`;
}

/** A page without the marks that Svelte leaves for hydration: only islands are hydrated, and the marks are a twentieth of the page. */
function bare(html: string): string {
  return html.replace(/<!--[\s\S]*?-->/g, '');
}

/** A page's name and what it holds, for the head. */
function headOf(page: Page, { story, interface: words, ...content }: Content): { title: string; description: string } {
  if (page === 'story') return story;
  if (page === 'steps' || page === 'plain') return { title: `${words[`way-${page}`]} · ${story.title}`, description: story.description };
  const { title, description } = content[page];
  return { title: page === 'accessibility' ? `${title} · ${story.title}` : title, description };
}

function htmlOf(body: string, { page, folder }: Address, content: Content, client: Client): string {
  const root = toRoot(folder);
  const { language } = content;
  const { title, description } = headOf(page, content);
  const path = client.scripts[page];
  const script = path === undefined ? undefined : client.files.get(path);
  const integrity = script === undefined ? undefined : hashOf(script);
  const scripts = client.development
    ? (client.development[page] ?? []).map((address) => `<script type="module" src="${address}"></script>`)
    : integrity
      ? [`<script type="module" src="${root}${path}" integrity="${integrity}" crossorigin></script>`]
      : [];
  const css = `@font-face{font-family:Newsreader;src:url(${root}fonts/newsreader.woff2) format("woff2");font-weight:200 800;font-display:optional}${styles}`;
  const policy = policyOf([hashOf(css)], integrity ? [integrity] : []);
  return `<!doctype html>
<html lang="${language.tag}" dir="${language.direction}">
<head>
<meta charset="utf-8">
${client.development ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<meta name="description" content="${escape(description)}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#0e1218">
<link rel="icon" href="${root}icon.png" type="image/png">
<link rel="preload" href="${root}fonts/newsreader.woff2" as="font" type="font/woff2" crossorigin>
<style>${css}</style>
${scripts.join('\n')}
</head>
<body>
${body}
</body>
</html>
`;
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

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
