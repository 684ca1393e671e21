/** The stage that the field charts share: where the number stands, where the field, where the note. */
import type { Bounds } from '#evidence/interval.ts';
import { between } from './camera.ts';
import { countOf, round, SPECK, type Block, type Dissolve, type FieldMark } from './dotField.ts';
import type { Box, ChartView, Label, Scene, ShapeMark, Size, Tone } from './types.ts';
import { below, fittingSize, label, MIN_FONT_SIZE, wrap } from './label.ts';
import { disc, rectangle } from './shape.ts';

/** The lines that a stage is built on, in pixels. */
export interface StageLines {
  readonly margin: number;
  readonly top: number;
  readonly numberSize: number;
  /** The square in which one field rests, room for its open edge kept on the right. */
  readonly field: Box;
  /** The top of the note at the foot. */
  readonly foot: number;
}

/** How far a glow reaches, in radii of its light. */
export const GLOW = 3.4;

/** The share of a field's side that its dissolving edge takes. */
export const EDGE = 0.28;

/** The size of the words on a stage, in pixels: larger where there is room. */
export function labelSize({ width, height }: Size): number {
  if (width < 360) return MIN_FONT_SIZE;
  return width < 760 || height < 360 ? 15 : 18;
}

/** The margin at both sides of a stage this wide, in pixels. */
export function stageMargin(width: number): number {
  return clamp(width * 0.065, 14, 72);
}

/** The least side of a field, in pixels: on a stage that a frame makes too low for its words it is small, but it is there. */
export const LEAST_SIDE = 8;

/** The lines of a stage of this size, with so many lines of words beneath its number. */
export function stageLines(size: Size, words = 1): StageLines {
  const { width, height } = size;
  const small = labelSize(size);
  const margin = stageMargin(width);
  const top = clamp(height * 0.115, 12, 120);
  const numberSize = clamp(Math.min(width * 0.1, height * 0.1), 28, 84);
  const foot = height - clamp(height * 0.09, 12, 76) - small * 1.32;
  const fieldTop = top + numberSize * 1.04 + 2 + small * 1.32 * words + clamp(height * 0.03, 8, 28);
  const side = Math.max(LEAST_SIDE, Math.min((width - 2 * margin) / (1 + EDGE), foot - fieldTop - clamp(height * 0.03, 10, 28)));
  return { margin, top, numberSize, foot, field: { x: margin, y: fieldTop, width: side, height: side } };
}

/**
 * How a step's words come and the last step's go while the eased `t` runs from 0 to 1: never both at once,
 * and the new ones only when the camera has all but come to rest, so that no field moves under them.
 */
export function wordsIn(t: number): number {
  return between(t, 0.93, 1);
}
export function wordsOut(t: number): number {
  return 1 - between(t, 0, 0.25);
}

/** The most lines that the words beneath the numbers of these steps take: the field stands below them, in each step at the same place. */
export function headingLines(view: ChartView, size: Size, steps: readonly string[]): number {
  const width = size.width - 2 * stageMargin(size.width);
  return Math.max(...steps.map((key) => wrap(wordOf(view, `${key}-label`), width, labelSize(size), 'sans').length));
}

/** A large number with what it counts beneath it, at the top of the stage: `<key>-number` and `<key>-label`. */
export function heading(view: ChartView, size: Size, key: string, tone: Tone, opacity: number): Label[] {
  if (opacity <= 0) return [];
  const { margin, top, numberSize } = stageLines(size);
  const width = size.width - 2 * margin;
  const text = wordOf(view, `${key}-number`);
  const number = label({
    key: `${key}-number`,
    text,
    x: margin,
    y: top,
    width,
    size: fittingSize(text, width, numberSize, 20),
    face: 'number',
    tone,
    opacity,
  });
  const words = label({
    key: `${key}-label`,
    text: wordOf(view, `${key}-label`),
    x: margin,
    y: below(number, 2),
    width,
    size: labelSize(size),
    tone: 'quiet',
    opacity,
  });
  return [number, words];
}

/** The line at the foot of the stage that says what one mark is. */
export function footnote(view: ChartView, size: Size, key: string, opacity: number): Label[] {
  if (opacity <= 0) return [];
  const { margin, foot } = stageLines(size);
  return [
    label({ key, text: wordOf(view, key), x: margin, y: foot, width: size.width - 2 * margin, size: Math.min(labelSize(size), 16), tone: 'quiet', opacity }),
  ];
}

/**
 * The words of a step whose stage holds one field, and what is left of the words of the step before: number, what it counts, and
 * the note at the foot, which stays where both have the same. `noteOf` names a step's note.
 */
export function stepWords(
  view: ChartView,
  size: Size,
  steps: readonly string[],
  index: number,
  tone: Tone,
  t: number,
  noteOf: (index: number) => string,
): Label[] {
  const [now, before] = [steps[index] as string, steps[index - 1]];
  if (!before) return [...heading(view, size, now, tone, wordsIn(t)), ...footnote(view, size, noteOf(index), wordsIn(t))];
  const [note, noteBefore] = [noteOf(index), noteOf(index - 1)];
  return [
    ...heading(view, size, now, tone, wordsIn(t)),
    ...heading(view, size, before, tone, wordsOut(t)),
    ...footnote(view, size, note, note === noteBefore ? 1 : wordsIn(t)),
    ...(note === noteBefore ? [] : footnote(view, size, noteBefore, wordsOut(t))),
  ];
}

/** A word of the chart. Throws when content has none: the build checks that it has. */
export function wordOf(view: ChartView, key: string): string {
  const word = view.words[key];
  if (word === undefined) throw new Error(`no word "${key}"`);
  return word;
}

/** The edges of a figure. Throws when the chart was not given it: the build checks that it was. */
export function boundsOf(view: ChartView, id: string): Bounds {
  const edges = view.figures[id];
  if (!edges) throw new Error(`no figure "${id}"`);
  return edges;
}

/** The number that marks are drawn up to: the one printed, or the lower edge of a band. */
export function drawnCount(view: ChartView, id: string): number {
  const { value, low } = boundsOf(view, id);
  const count = value ?? low;
  if (count === null) throw new Error(`nothing is known of "${id}"`);
  return count;
}

/** A field of lights at a pose; nothing when it is dark or empty. */
export function field(
  key: string,
  blocks: readonly Block[],
  pose: { readonly x: number; readonly y: number; readonly pitch: number },
  tone: Tone,
  opacity = 1,
  mark: FieldMark['mark'] = 'light',
  rowPitch = 1,
): FieldMark[] {
  if (opacity <= 0 || countOf(blocks) === 0) return [];
  const { x, y, pitch } = pose;
  return [
    {
      key,
      tone,
      mark,
      opacity: round(opacity),
      x: round(x),
      y: round(y),
      pitch: Math.round(pitch * 1e5) / 1e5,
      rowPitch: Math.round(rowPitch * 1e4) / 1e4,
      blocks,
    },
  ];
}

/** The open edge on the right of a box; nothing when it is dark. */
export function openEdge(key: string, box: Box, tone: Tone, opacity: number, share = EDGE): Dissolve[] {
  if (opacity <= 0) return [];
  return [
    { key, tone, opacity: round(opacity), x: round(box.x + box.width - SPECK), y: round(box.y), width: round(box.width * share), height: round(box.height) },
  ];
}

/** What stands round a field to say how far its number holds. */
export interface Rim {
  readonly edges: Dissolve[];
  readonly shapes: ShapeMark[];
}

/**
 * The rim of a field in its box: an open edge when nothing is known above the number, a dashed outline with a gap when
 * nothing is known below it, and none round a number that is known on both sides (storyboard, visual grammar).
 */
export function rim(view: ChartView, id: string, box: Box, { key, tone, opacity, gap = OUTLINE, width = 1.5, share = EDGE }: RimLook): Rim {
  const { low, high } = boundsOf(view, id);
  const outline = { x: box.x - gap, y: box.y - gap, width: box.width + 2 * gap, height: box.height + 2 * gap };
  return {
    edges: high === null ? openEdge(`${key}-edge`, box, tone, opacity, share) : [],
    shapes: low === null && opacity > 0 ? [rectangle('dashes', outline, { key: `${key}-outline`, tone, opacity, width })] : [],
  };
}

interface RimLook {
  readonly key: string;
  readonly tone: Tone;
  readonly opacity: number;
  /** The gap between field and outline, in pixels. */
  readonly gap?: number;
  /** The width of the outline, in pixels. */
  readonly width?: number;
  /** The width of the open edge, in widths of the field. */
  readonly share?: number;
}

/** The gap between the outline of an upper bound and its field, in pixels. */
export const OUTLINE = 6;

/** The glow round a single light while it is alone. */
export function glow(key: string, pose: { readonly x: number; readonly y: number; readonly pitch: number }, tone: Tone, opacity: number): ShapeMark[] {
  if (opacity <= 0) return [];
  const radius = pose.pitch * 0.36 * GLOW;
  return [disc('glow', [pose.x + pose.pitch / 2, pose.y + pose.pitch / 2], radius, { key, tone, opacity })];
}

/** A pitch that falls on whole or half pixels where a mark is large enough to show the difference. */
export function crisp(pitch: number): number {
  if (pitch >= 4) return Math.floor(pitch);
  return pitch > 1 ? Math.floor(pitch * 2) / 2 : pitch;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Moves labels down (or up) together, for text that is measured first and placed after. */
export function shifted(labels: readonly Label[], dy: number): Label[] {
  return labels.map((one) => ({ ...one, y: round(one.y + dy), box: { ...one.box, y: round(one.box.y + dy) } }));
}

/** An empty scene of this size, to fill. */
export function emptyScene(size: Size): Scene {
  return { size, fields: [], edges: [], veils: [], shapes: [], labels: [] };
}
