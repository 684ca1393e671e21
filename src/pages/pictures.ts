/** Which pictures the site has to take away and beside its links, and the words around them. */
import type { Content } from '#content/schema.ts';
import { CHARTS } from '#charts/registry.ts';
import { needsOf } from '#charts/needs.ts';
import type { Chart, Size } from '#charts/types.ts';
import { chartViewOf, tableOf } from '#edition/chartView.ts';
import { describeDate } from '#evidence/describeFact.ts';
import { filled } from '#evidence/format.ts';
import { textOf } from '#evidence/prose.ts';
import type { Data } from '#evidence/schema.ts';
import { canPrint, FORMATS, pngName, pngOf, sizeOf, svgOf, type Pictured, type PictureFormat, type PictureWords } from './chartImage.ts';
import type { Card } from './seo.ts';

/** A picture whole: the chart at a step, and what stands around it. */
interface Framed {
  readonly pictured: Pictured;
  readonly words: PictureWords;
}

/** The name of the picture that stands for the whole story. */
const STORY_PICTURE = 'story';
/** The story's picture is this chart at this step, with words of its own for what the number counts. */
const STORY_CHART = { id: 'members', step: 'maskpark', label: 'maskpark-label' } as const;

/** The pictures by path below the language. `other` is drawn where the font cannot print a language; without `pngs` there are SVGs alone. */
export function pictureFiles(data: Data, content: Content, other: Content, pngs: boolean): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  for (const chart of Object.values(CHARTS)) {
    const { pictured, words } = printed((language) => chartPicture(chart, data, language), content, other);
    files.set(`charts/${chart.id}.svg`, svgOf(pictured, words, 'wide'));
    if (pngs) for (const format of FORMATS) files.set(`charts/${pngName(chart.id, format)}`, pngOf(pictured, words, format));
  }
  const { pictured, words } = printed((language) => storyPicture(data, language), content, other);
  if (pngs) for (const format of LINKED) files.set(`charts/${pngName(STORY_PICTURE, format)}`, pngOf(pictured, words, format));
  return files;
}

/** The formats that stand beside links. */
const LINKED = ['card', 'square'] as const;

/** The pictures beside a link to a chart, or to the story, which is null: their paths below the story's folder, and what they show. */
export function linkedPicture(chart: Chart | null, content: Content, home: string): Card['image'] {
  const path = (format: PictureFormat) => `${home}charts/${pngName(chart?.id ?? STORY_PICTURE, format)}`;
  return { card: path('card'), square: path('square'), alt: pictureAlternative(chart, content) };
}

/** The size of a chart's picture to take away, as pictureFiles draws it. */
export function pictureSize(chart: Chart, data: Data, content: Content, other: Content): Size {
  const { pictured, words } = printed((language) => chartPicture(chart, data, language), content, other);
  return sizeOf(pictured, words, 'wide');
}

/** What the picture of a chart shows, or of the story, which is null, in words: the alternative of its step. */
export function pictureAlternative(chart: Chart | null, { story }: Content): string {
  const { id, step } = chart ? { id: chart.id, step: needsOf(chart).picture } : STORY_CHART;
  const steps = story.scenes.flatMap(({ passages }) => passages).flatMap((passage) => (passage.chart === id ? passage.steps : []));
  return textOf(steps.find((one) => one.id === step)?.picture ?? []);
}

/** The picture in the language, or in the other one where the font of the pictures lacks a character of it. */
function printed(framedIn: (content: Content) => Framed, content: Content, other: Content): Framed {
  const framed = framedIn(content);
  return canPrint([...Object.values(framed.pictured.view.words), ...Object.values(framed.words)]) ? framed : framedIn(other);
}

/** A chart at the step that stands for it. */
export function chartPicture(chart: Chart, data: Data, content: Content): Framed {
  const text = content.charts[chart.id];
  if (!text) throw new Error(`no words for the chart ${chart.id}`);
  return {
    pictured: { chart, view: chartViewOf(chart, data, content), step: needsOf(chart).picture },
    words: { title: text.title, source: sourceOf(chart, data, content), qualifier: textOf(text.caption) },
  };
}

/** The field of the forum's accounts under the story's title, without the forum's name: it goes where nobody asked for it (ledger, rule 7). */
export function storyPicture(data: Data, content: Content): Framed {
  const chart = CHARTS[STORY_CHART.id];
  if (!chart) throw new Error(`no chart ${STORY_CHART.id}`);
  const { pictured, words } = chartPicture(chart, data, content);
  const view = { ...pictured.view, words: { ...pictured.view.words, [STORY_CHART.label]: textOf(content.story.card.label) } };
  return { pictured: { chart, view, step: STORY_CHART.step }, words: { ...words, title: content.story.title } };
}

/** Where the numbers are from: the picture may stand anywhere, so it says itself what it is drawn from, and when. */
function sourceOf(chart: Chart, data: Data, content: Content): string {
  const { articles, edition } = data;
  const { language, story, interface: words } = content;
  const rows = tableOf(chart, data, content);
  const publishers = Object.values(articles).map(({ publisher }) => publisher);
  const carriers = rows.length > 0 ? publishers.filter((publisher) => rows.some((row) => row.carriers.includes(publisher))) : publishers;
  return filled(words[rows.length > 0 ? 'picture-source' : 'picture-source-gaps'], {
    carriers: new Intl.ListFormat(language.locale, { type: 'conjunction' }).format(carriers),
    title: story.title,
    date: describeDate({ date: edition.updated }, language).text,
  });
}
