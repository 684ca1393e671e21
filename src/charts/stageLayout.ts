/** The stage that the field charts share: where the number stands, where the field, where the note. */
import type { Bounds } from '#evidence/interval.ts';
import { between } from './camera.ts';
import { countOf, round, type Block, type FieldMark } from './dotField.ts';
import type { Box, ChartView, Label, Scene, ShapeMark, Size, Tone } from './types.ts';
import { MIN_FONT_SIZE } from './label.ts';
import { rectangle } from './shape.ts';

/** The size of the words on a stage, in pixels: larger where there is room. */
export function labelSize({ width, height }: Size): number {
  if (width < 360) return MIN_FONT_SIZE;
  return width < 760 || height < 360 ? 15 : 18;
}

/** The margin at both sides of a stage this wide, in pixels. */
export function stageMargin(width: number): number {
  return clamp(width * 0.065, 14, 72);
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

/** A word of the chart. Throws when content has none: the build checks that it has. */
export function wordOf(view: ChartView, key: string): string {
  const word = view.words[key];
  if (word === undefined) throw new Error(`no word "${key}"`);
  return word;
}

/** The bounds of a figure. Throws when the chart was not given it: the build checks that it was. */
export function boundsOf(view: ChartView, id: string): Bounds {
  const bounds = view.figures[id];
  if (!bounds) throw new Error(`no figure "${id}"`);
  return bounds;
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
  cellHeight = 1,
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
      cellHeight: Math.round(cellHeight * 1e4) / 1e4,
      blocks,
    },
  ];
}

/** The dashed outline with a gap round a field of which nothing is known below its number (storyboard, visual grammar); none otherwise. */
export function outlineOf(view: ChartView, id: string, box: Box, { key, tone, opacity, gap = OUTLINE, width = 1.5 }: OutlineLook): ShapeMark[] {
  if (boundsOf(view, id).low !== null || opacity <= 0) return [];
  const outline = { x: box.x - gap, y: box.y - gap, width: box.width + 2 * gap, height: box.height + 2 * gap };
  return [rectangle('dashes', outline, { key: `${key}-outline`, tone, opacity, width })];
}

interface OutlineLook {
  readonly key: string;
  readonly tone: Tone;
  readonly opacity: number;
  /** The gap between field and outline, in pixels. */
  readonly gap?: number;
  /** The width of the outline, in pixels. */
  readonly width?: number;
}

/** The gap between the outline of an upper bound and its field, in pixels. */
export const OUTLINE = 6;

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
  return { size, fields: [], shapes: [], labels: [] };
}
