/** The site as a function: data and words in, every file out. */
import { render } from 'svelte/server';
import styles from '../app.css?inline';
import { parseContent, type Content, type RawContents } from '#content/schema.ts';
import { CHARTS } from '#lib/charts/registry.ts';
import type { Data } from '#lib/evidence/schema.ts';
import { islandMark } from '#lib/story/islandMark.ts';
import Stage from '#lib/story/Stage.svelte';
import Stills from '#lib/story/Stills.svelte';
import Plain from '#lib/story/Plain.svelte';
import Steps from '#lib/story/Steps.svelte';
import Story from '#lib/story/Story.svelte';
import { addressesOf, toRoot, waysFrom, type Page } from './address.ts';
import { chartViewOf, tableOf } from './chartView.ts';
import { hashOf, policyOf } from './policy.ts';

/** The compiled browser code and the static files: what the site holds that is not made from data and words. */
export interface Client {
  /** Files as they are, by path from the root of the site. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** The path of the script that wakes a page, by the page's name; a page that is not named has none. */
  readonly scripts: Readonly<Partial<Record<Page, string>>>;
  /** True on the development server: the scripts are then its own addresses, and no policy can hold. */
  readonly development?: boolean;
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
  for (const { folder, page, language } of addressesOf([...parsed.keys()])) {
    const content = parsed.get(language);
    if (content) files.set(`${folder}index.html`, htmlOf(BODIES[page](data, content), content, folder, page, client));
  }
  return files;
}

/** What stands on each page. */
const BODIES: Readonly<Record<Page, (data: Data, content: Content) => string>> = {
  story: storyBody,
  steps: (data, content) => render(Steps, { props: { content, data, ...chartsOf(data, content), addresses: waysFrom('steps') } }).body,
  plain: (data, content) => render(Plain, { props: { content, data, ...chartsOf(data, content), addresses: waysFrom('plain') } }).body,
};

/** What every chart draws from, and its table, by its id. */
function chartsOf(data: Data, content: Content) {
  const charts = Object.values(CHARTS);
  return {
    views: Object.fromEntries(charts.map((chart) => [chart.id, chartViewOf(chart, data, content)])),
    tables: Object.fromEntries(charts.map((chart) => [chart.id, tableOf(chart, data, content)])),
  };
}

function storyBody(data: Data, content: Content): string {
  const { views, tables } = chartsOf(data, content);
  const { body } = render(Story, { props: { content, data, views, tables, minutes: readingMinutes(content), addresses: waysFrom('story') } });
  let page = body;
  for (const chart of Object.values(CHARTS)) {
    const moment = { step: chart.steps.at(-1) ?? '', progress: 1 };
    const view = views[chart.id];
    if (!view) continue;
    const island = render(Stage, { props: { chart, view, moment, id: chart.id } }).body;
    const stills = render(Stills, { props: { chart, view } }).body;
    page = page.replace(islandMark(chart.id), () => `<div class="awake">${island}</div>${stills}`);
  }
  return page;
}

function htmlOf(body: string, content: Content, folder: string, page: Page, client: Client): string {
  const { language, story, interface: words } = content;
  const root = toRoot(folder);
  const path = client.scripts[page];
  const script = path === undefined ? undefined : client.files.get(path);
  const integrity = script === undefined ? undefined : hashOf(script);
  const scripts = client.development
    ? ['/@vite/client', ...(path ? [path] : [])].map((address) => `<script type="module" src="${address}"></script>`)
    : integrity
      ? [`<script type="module" src="${root}${path}" integrity="${integrity}" crossorigin></script>`]
      : [];
  const title = page === 'story' ? story.title : `${words[`way-${page}`]} · ${story.title}`;
  const css = `@font-face{font-family:Newsreader;src:url(${root}fonts/newsreader.woff2) format("woff2");font-weight:200 800;font-display:optional}${styles}`;
  const policy = policyOf([hashOf(css)], integrity ? [integrity] : []);
  return `<!doctype html>
<html lang="${language.tag}" dir="${language.direction}">
<head>
<meta charset="utf-8">
${client.development ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
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

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
