/** The site as a function: data and words in, every file out. */
import { render } from 'svelte/server';
import styles from '../app.css?inline';
import { parseContent, type Content, type RawContents } from '#content/schema.ts';
import { CHARTS } from '#lib/charts/registry.ts';
import type { Data } from '#lib/evidence/schema.ts';
import Story from '#lib/story/Story.svelte';
import { addressesOf, toRoot } from './address.ts';
import { chartViewOf, tableOf } from './chartView.ts';
import { chartEmbed, storyEmbed } from './embed.ts';
import { loaderFiles } from './publishing.ts';
import { withIslands } from './islands.ts';
import { escape } from './markup.ts';
import { hashOf, policyOf } from './policy.ts';

/** The compiled browser code and the static files: what the site holds that is not made from data and words. */
export interface Client {
  /** Files as they are, by path from the root of the site. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** The path of the script that wakes the story; null for a site without script. */
  readonly story: string | null;
  /** The script of the embeds, which stands in each of their pages; null for a site without script. */
  readonly frame?: string | null;
  /** The publishers' loader; null for a site without script. */
  readonly loader?: string | null;
  /** The address that the site will stand at, with a slash at its end, where it is known. */
  readonly origin?: string | null;
  /** Scripts that a development server adds, by address; they break the policy, so the page then has none. */
  readonly development?: readonly string[];
}

const WITHOUT_SCRIPT: Client = { files: new Map(), story: null };
/** Words a minute of a careful reader, on the low side of what studies of silent reading report (Brysbaert 2019: 238). */
const READING_SPEED = 220;

/**
 * Every file of the site, by path. The same data, words and client give the same bytes.
 * Throws a FaultList when the content does not fit the data.
 */
export function site(data: Data, contents: RawContents, client: Client = WITHOUT_SCRIPT): Map<string, string | Uint8Array> {
  const files = new Map(client.files);
  const parsed = new Map(Object.entries(contents).map(([language, raw]) => [language, parseContent(language, raw, data)]));
  for (const { folder, page, language } of addressesOf([...parsed.keys()])) {
    const content = parsed.get(language);
    if (content) files.set(`${folder}index.html`, pageOf(page, data, content, folder, client));
  }
  if (client.loader) for (const [path, script] of loaderFiles(client.loader)) files.set(path, script);
  return files;
}

function pageOf(page: string, data: Data, content: Content, folder: string, client: Client): string {
  if (page === 'story') return htmlOf(storyBody(data, content), content, folder, client);
  const embed = { frame: client.frame ?? null, origin: client.origin ?? null, ...(client.development && { development: client.development }) };
  const chart = page.slice('embed/'.length);
  return chart === 'story' ? storyEmbed(storyBody(data, content), content, folder, embed) : chartEmbed(chart, data, content, folder, embed);
}

function storyBody(data: Data, content: Content): string {
  const charts = Object.values(CHARTS);
  const views = Object.fromEntries(charts.map((chart) => [chart.id, chartViewOf(chart, data, content)]));
  const tables = Object.fromEntries(charts.map((chart) => [chart.id, tableOf(chart, data, content)]));
  const { body } = render(Story, { props: { content, data, views, tables, minutes: readingMinutes(content) } });
  return withIslands(body, views);
}

function htmlOf(body: string, { language, story }: Content, folder: string, client: Client): string {
  const root = toRoot(folder);
  const script = client.story === null ? undefined : client.files.get(client.story);
  const integrity = script === undefined ? undefined : hashOf(script);
  const scripts = client.development
    ? client.development.map((address) => `<script type="module" src="${address}"></script>`)
    : integrity
      ? [`<script type="module" src="${root}${client.story}" integrity="${integrity}" crossorigin></script>`]
      : [];
  const css = `@font-face{font-family:Newsreader;src:url(${root}fonts/newsreader.woff2) format("woff2");font-weight:200 800;font-display:optional}${styles}`;
  const policy = policyOf([hashOf(css)], integrity ? [integrity] : []);
  return `<!doctype html>
<html lang="${language.tag}" dir="${language.direction}">
<head>
<meta charset="utf-8">
${client.development ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(story.title)}</title>
<meta name="description" content="${escape(story.description)}">
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
