/** Pictures to take away: a chart at the step that stands for it, with title and source inside, as SVG and as PNG. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { render } from 'svelte/server';
import type { Chart, ChartView, Label, Scene, ShapeMark, Size, Tone } from '#charts/types.ts';
import { below, fittingSize, label, wrap } from '#charts/label.ts';
import StillPicture from '#charts/StillPicture.svelte';
import { line } from '#charts/shape.ts';
import { emptyScene, shifted, stageMargin } from '#charts/stageLayout.ts';
import { round } from '#charts/dotField.ts';
import { COLOURS } from '#styles/tokens.ts';
import { CARD_SIZE } from './seo.ts';
import { withPlainMarks } from './expandPatterns.ts';
import { indexedPng } from './indexedPng.ts';

/** What stands around the chart: printed text, in one language. */
export interface PictureWords {
  readonly title: string;
  /** Where the numbers come from. */
  readonly source: string;
  /** What the numbers are and are not. */
  readonly qualifier: string;
}

/**
 * `wide` has all its words above and below the chart and is as high as they need. The others are for links to the page and have title
 * and source alone: `card` beside the chart, `square` above and below it.
 */
export const FORMATS = ['wide', 'card', 'square'] as const;
export type PictureFormat = (typeof FORMATS)[number];

/** The file of a picture as PNG, below `charts/`. */
export function pngName(id: string, format: PictureFormat): string {
  return `${id}${format === 'wide' ? '' : `-${format}`}.png`;
}

/** All pictures are as wide as a card, in pixels. */
const WIDTH = CARD_SIZE.width;
/** Fields need no whole pixels between their lights here: shapes are drawn, no bitmaps copied, so that they fill their room. */
const FINE = 16;
/** The air around a picture, in pixels. */
const MARGIN = 56;

/** The files of Newsreader, by weight: resvg reads TTF alone, and WOFF2 is less than half as long inside an SVG. */
const { resolve } = createRequire(import.meta.url);
const FONT = {
  300: { ttf: resolve('#pages/fonts/newsreader-light.ttf'), woff2: resolve('#pages/fonts/newsreader-light.woff2') },
  400: { ttf: resolve('#pages/fonts/newsreader-regular.ttf'), woff2: resolve('#pages/fonts/newsreader-regular.woff2') },
};
/** The characters that it has; any other would be left out of a picture without a sound. */
export const CHARACTERS =
  /[ -~\u00a0-\u00ff\u0131\u0152\u0153\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2032\u2033\u2039\u203a\u2044\u20ac\u2122\u2212]/;

/** What is drawn: a chart at the end of one of its steps. */
export interface Pictured {
  readonly chart: Chart;
  readonly view: ChartView;
  readonly step: string;
}

/**
 * One SVG document that opens alone: the chart at the end of a step, the words around it, and the font.
 * Throws when a card has no room for its words or when the font lacks a character.
 */
export function svgOf(pictured: Pictured, words: PictureWords, format: PictureFormat): string {
  const faces = Object.entries(FONT).map(
    ([weight, { woff2 }]) =>
      `@font-face{font-family:Newsreader;font-weight:${weight};src:url(data:font/woff2;base64,${readFileSync(woff2).toString('base64')})}`,
  );
  return documentOf(compose(pictured, words, format), words.title, faces.join(''));
}

/** The same picture as PNG, drawn without a browser and without any font but the project's own. Throws as `svgOf` does. */
export function pngOf(pictured: Pictured, words: PictureWords, format: PictureFormat): Uint8Array {
  const { scene, ...rest } = compose(pictured, words, format);
  const svg = documentOf({ ...rest, scene: withPlainMarks(scene, rest.at.scale) }, words.title, '');
  const fontFiles = Object.values(FONT).map(({ ttf }) => ttf);
  const { pixels, width, height } = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).render();
  return indexedPng(pixels, width, height);
}

/** The size of that picture in pixels. */
export function sizeOf(pictured: Pictured, words: PictureWords, format: PictureFormat): Size {
  return compose(pictured, words, format).size;
}

interface Composed {
  readonly size: Size;
  /** The chart. */
  readonly scene: Scene;
  /** Where it stands, and how many pixels of the picture one of its own takes. */
  readonly at: { readonly x: number; readonly y: number; readonly scale: number };
  readonly labels: readonly Label[];
  readonly shapes: readonly ShapeMark[];
}

const COMPOSERS: Record<PictureFormat, (pictured: Pictured, words: PictureWords) => Composed> = { wide, card, square };

function compose(pictured: Pictured, words: PictureWords, format: PictureFormat): Composed {
  const composed = COMPOSERS[format](pictured, words);
  const { scene, labels } = composed;
  return { ...composed, scene: { ...scene, labels: scene.labels.map(inFont) }, labels: labels.map(inFont) };
}

/** Whether the font of the pictures has every character of these words. */
export function canPrint(words: readonly string[]): boolean {
  return words.every((text) => [...spaced(text)].every((character) => CHARACTERS.test(character)));
}

/** The font has one kind of narrow space. */
function spaced(text: string): string {
  return text.replaceAll(/[\u2000-\u200a\u202f]/g, '\u00a0');
}

/** The label in characters that the font has: Intl sets spans of dates with a thin space, which it has not. */
function inFont(label: Label): Label {
  const lines = label.lines.map((line) => spaced(line));
  const missing = [...lines.join('')].find((character) => !CHARACTERS.test(character));
  if (missing !== undefined) throw new Error(`the font of the pictures has no "${missing}": "${lines.join(' ')}"`);
  return { ...label, lines };
}

/** Title, chart, rule and foot, one below the other. */
function wide(pictured: Pictured, words: PictureWords): Composed {
  const stage = { width: 900, height: 675 };
  const scale = WIDTH / stage.width;
  const scene = sceneOf(pictured, { ...stage, density: FINE });
  const extent = extentOf(scene);
  const x = round(stageMargin(stage.width) * scale);
  const width = WIDTH - 2 * x;
  const title = evenLabel({ key: 'title', text: words.title, x, y: MARGIN, width, size: MARGIN, face: 'number' });
  const top = below(title, 44);
  const ruleY = round(top + (extent.bottom - extent.top) * scale + 44);
  const foot = footOf(words, x, ruleY + 18, width, 24);
  const rule = line(
    [
      [x, ruleY],
      [WIDTH - x, ruleY],
    ],
    { key: 'rule', tone: 'quiet', opacity: 0.35, width: 1.25 },
  );
  const size = { width: WIDTH, height: Math.ceil(endOf(foot) + MARGIN) };
  return { size, scene, at: { x: 0, y: round(top - extent.top * scale), scale }, labels: [title, ...foot], shapes: [rule] };
}

/** Title and source in a column at the left; the chart fills the rest up to three edges, as the stage does on the page. */
function card(pictured: Pictured, words: PictureWords): Composed {
  const [x, width, left, scale] = [MARGIN, 300, 392, 1.6];
  const scene = sceneOf(pictured, { width: (WIDTH - left) / scale, height: CARD_SIZE.height / scale, density: FINE });
  const size = fittingSize(words.title, width, 60, 36, 5);
  const title = evenLabel({ key: 'title', text: words.title, x, y: MARGIN, width, size, face: 'number' });
  const source = sourceLabel(words, x, width, CARD_SIZE.height - MARGIN);
  if (source.box.y < below(title, 24)) throw new Error(`the card of the chart ${pictured.chart.id} has no room for its words`);
  return { size: CARD_SIZE, scene, at: { x: left, y: 0, scale }, labels: [title, source], shapes: [] };
}

/** Title, chart and source, one below the other; the chart from wall to wall. */
function square(pictured: Pictured, words: PictureWords): Composed {
  const scale = 2.2;
  const x = round(stageMargin(WIDTH / scale) * scale);
  const width = WIDTH - 2 * x;
  const title = evenLabel({ key: 'title', text: words.title, x, y: MARGIN, width, size: fittingSize(words.title, width, 88, 56, 2), face: 'number' });
  const source = sourceLabel(words, x, width, WIDTH - MARGIN);
  const [top, bottom] = [below(title, 16), source.box.y - 28];
  const scene = sceneOf(pictured, { width: WIDTH / scale, height: (bottom - top) / scale, density: FINE });
  return { size: { width: WIDTH, height: WIDTH }, scene, at: { x: 0, y: round(top), scale }, labels: [title, source], shapes: [] };
}

function sceneOf({ chart, view, step }: Pictured, size: Size): Scene {
  return chart.layout(view, size, { step, progress: 1 });
}

/** The source alone, with its last line's end at `bottom`. */
function sourceLabel({ source }: PictureWords, x: number, width: number, bottom: number): Label {
  const one = label({ key: 'source', text: source, x, y: 0, width, size: 20, tone: 'quiet' });
  return shifted([one], bottom - below(one))[0] ?? one;
}

/** The qualifier and, below it, the source. */
function footOf(words: PictureWords, x: number, y: number, width: number, size: number): Label[] {
  const qualifier = evenLabel({ key: 'qualifier', text: words.qualifier, x, y, width, size });
  return [qualifier, evenLabel({ key: 'source', text: words.source, x, y: below(qualifier, size * 0.4), width, size: size * 0.9, tone: 'quiet' })];
}

/** A label in as few lines as the width allows, all of like length, so that no word stands alone on the last. */
function evenLabel(wanted: Parameters<typeof label>[0] & { readonly size: number }): Label {
  const { text, size, face = 'sans' } = wanted;
  const lines = (width: number) => wrap(text, width, size, face).length;
  let width = wanted.width;
  while (width > size && lines(width - size / 2) === lines(wanted.width)) width -= size / 2;
  return label({ ...wanted, width });
}

function endOf(labels: readonly Label[]): number {
  return Math.max(...labels.map((one) => below(one)));
}

/** Where the marks and words of a scene begin and end, in its own pixels: the air around them is the picture's. */
function extentOf({ fields, shapes, labels }: Scene): { top: number; bottom: number } {
  const boxes = [
    ...fields.flatMap(({ y, pitch, cellHeight, blocks }) =>
      blocks.map((block) => ({ y: y + block.y * cellHeight * pitch, height: block.rows * cellHeight * pitch })),
    ),
    ...[...shapes, ...labels].map(({ box }) => box),
  ];
  return { top: Math.min(...boxes.map(({ y }) => y)), bottom: Math.max(...boxes.map(({ y, height }) => y + height)) };
}

function documentOf({ size, scene, at, labels, shapes }: Composed, title: string, faces: string): string {
  const { width, height } = size;
  const frame = { ...emptyScene(size), labels, shapes };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>`,
    `<style>${faces}${styles()}</style>`,
    `<rect class="room" width="${width}" height="${height}"/>`,
    `<g transform="translate(${at.x} ${at.y}) scale(${Math.round(at.scale * 1e5) / 1e5})">${marksOf(scene, 'chart')}</g>`,
    `${marksOf(frame, 'frame')}</svg>\n`,
  ].join('\n');
}

/** What the stage draws, without the element that holds it there. */
function marksOf(scene: Scene, id: string): string {
  const { body } = render(StillPicture, { props: { scene, id } });
  const [, marks] = /^<svg[^>]*>(.*)<\/svg>$/s.exec(body.replaceAll(/<!--.*?-->/g, '')) ?? [];
  if (marks === undefined) throw new Error('Picture.svelte draws no single <svg>');
  return marks;
}

const TONES = ['light', 'quiet', 'maskpark', 'others', 'nth-room', 'attention'] as const satisfies readonly Tone[];

/** The rules of src/charts/Picture.css in the CSS that every renderer knows; no theme changes the colours of a picture to take away. */
function styles(): string {
  const { room, 'room-line': roomLine } = COLOURS.light;
  return [
    ...TONES.map((tone) => `.${tone}{color:${COLOURS.light[tone]}}`),
    `.ground{color:${room}}`,
    `.room{fill:${room}}`,
    'g,pattern,text,.fill{fill:currentColor}',
    '.stroke,.dashes,.dots,.points{fill:none;stroke:currentColor}',
    '.dashes{stroke-dasharray:4 5}',
    '.dots{stroke-linecap:round}',
    `.shade{fill:${room};stroke:${roomLine}}`,
    'text{font-family:Newsreader,Georgia,serif;font-weight:400}',
    '.number{font-weight:300;letter-spacing:-.01em}',
  ].join('');
}
