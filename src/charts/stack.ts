/** Words under one another, and the largest size at which they fit: what the charts that speak in large words share. */
import { round } from './dotField.ts';
import { below, label } from './label.ts';
import { lights } from './shape.ts';
import { clamp, wordOf } from './stageLayout.ts';
import type { Box, ChartView, Label, Scene, ShapeMark, Size, Tone } from './types.ts';

/** One text of a stack. */
export interface Text {
  readonly key: string;
  readonly text: string;
  readonly size: number;
  readonly face?: Label['face'];
  readonly tone?: Tone;
  /** The space above it, in pixels; none above the first. */
  readonly gap?: number;
}

interface Place {
  readonly x: number;
  /** The top of the first line. */
  readonly y: number;
  readonly width: number;
  readonly anchor?: Label['anchor'];
  readonly opacity?: number;
}

/** The texts one below the other. */
export function stack(texts: readonly Text[], { x, y, width, anchor = 'start', opacity = 1 }: Place): Label[] {
  let top = y;
  return texts.map(({ gap = 0, ...text }, i) => {
    const one = label({ ...text, x, y: i ? top + gap : top, width, anchor, opacity });
    top = below(one);
    return one;
  });
}

/** Where a stack that starts at 0 ends: its height in pixels. */
export function heightOf(labels: readonly Label[]): number {
  return Math.max(0, ...labels.map((one) => below(one)));
}

/** How wide the widest of the labels is, in pixels. */
export function widthOf(labels: readonly Label[]): number {
  return Math.max(0, ...labels.map(({ box }) => box.width));
}

/** Which candidate fitted, by what was fitted: a stage is laid out at each moment, and each time the same one fits. */
const fitting = new WeakMap<ChartView, Map<string, number>>();

/** What is built from the first of the candidates with which it fits; from the last where it fits with none. `name` says of what, once for each size. */
export function fitted<One, Built>(
  view: ChartView,
  name: string,
  { width, height }: Size,
  candidates: readonly One[],
  build: (one: One) => Built,
  fits: (built: Built) => boolean,
): Built {
  const known = fitting.get(view) ?? new Map<string, number>();
  fitting.set(view, known);
  const key = `${name} ${width} ${height}`;
  const before = known.get(key);
  if (before !== undefined) return build(candidates[before] as One);
  for (const [i, one] of candidates.entries()) {
    const built = build(one);
    if (i < candidates.length - 1 && !fits(built)) continue;
    known.set(key, i);
    return built;
  }
  throw new Error(`nothing to fit "${name}" with`);
}

/** Sizes of text from one down to another, in pixels. */
export function sizes(from: number, to: number, step = 1): number[] {
  const found: number[] = [];
  for (let size = from; size > to; size -= step) found.push(size);
  return [...found, to];
}

/** The size of plain words on a stage, in pixels: none is smaller (storyboard, visual grammar). */
export function plainSize({ width, height }: Size): number {
  if (width < 360) return isLeast({ width, height }) ? 13 : 14;
  return width < 760 || height < 480 ? 15 : 18;
}

/** The size of a stage's quiet words: its title, its source line. */
export function quietSize(size: Size): number {
  return Math.min(plainSize(size), 16);
}

/** A quiet word under others: what a number counts, where it comes from. */
export function quiet(view: ChartView, key: string, size: Size, gap = 4): Text {
  return { key, text: wordOf(view, key), size: quietSize(size), face: 'sans', tone: 'quiet', gap };
}

/** Columns of words, each in its box; those that have no size of their own have one size, the largest at which all columns fit. */
export function columns(
  view: ChartView,
  name: string,
  size: Size,
  places: readonly (Box & { readonly texts: readonly (Omit<Text, 'size'> & { readonly size?: number })[] })[],
): Label[] {
  const build = (large: number) =>
    places.map(({ texts, ...place }) =>
      stack(
        texts.map((one) => ({ size: large, face: 'number', gap: large * 0.5, ...one })),
        place,
      ),
    );
  const fits = (built: readonly Label[][]) =>
    places.every(({ y, width, height }, i) => heightOf(built[i] ?? []) <= y + height && widthOf(built[i] ?? []) <= width);
  return fitted(view, name, size, sizes(clamp(size.width * 0.06, 17, 54), plainSize(size)), build, fits).flat();
}

/** A part of a picture that comes and goes as one. */
export type Part = Partial<Pick<Scene, 'fields' | 'shapes' | 'labels'>>;

/** A picture of parts, each as bright as its share says; those that are dark are not in it. */
export function pictureOf(size: Size, parts: readonly (readonly [part: Part, share: number])[]): Scene {
  const all = <Mark extends { readonly opacity: number }>(marksOf: (part: Part) => readonly Mark[] | undefined): Mark[] =>
    parts
      .flatMap(([part, share]) => (marksOf(part) ?? []).map((mark) => ({ ...mark, opacity: round(mark.opacity * share) })))
      .filter(({ opacity }) => opacity > 0);
  return { size, fields: all(({ fields }) => fields), shapes: all(({ shapes }) => shapes), labels: all(({ labels }) => labels) };
}

/** How wide the rings of a halo are, in widths of its light: many faint ones look like one that fades. */
const HALO = [5.4, 4.5, 3.6, 2.8, 2.1, 1.5];

/** Lights that shine: a halo that fades, in few paths for any number of lights, and none of it outside the stage or the `inset` round it, in pixels. */
export function shining(
  key: string,
  points: readonly (readonly [number, number])[],
  diameter: number,
  { size, tone, opacity, inset = 0 }: { readonly size: Size; readonly tone: Tone; readonly opacity: number; readonly inset?: number },
): ShapeMark[] {
  if (opacity <= 0 || points.length === 0) return [];
  const room = 2 * Math.min(...points.flatMap(([x, y]) => [x - inset, y - inset, size.width - inset - x, size.height - inset - y]));
  const reach = Math.max(1, Math.min(HALO[0] ?? 1, room / diameter));
  return HALO.map((times, i) => {
    const wide = 1 + ((times - 1) * (reach - 1)) / ((HALO[0] ?? 1) - 1);
    return lights(points, diameter * wide, { key: `${key}-halo-${i}`, tone, opacity: opacity * (0.028 + 0.014 * i) });
  });
}

/** Whether a stage is among the lowest that there are: it has room for the first of its words only. */
export function isLeast({ height }: Size): boolean {
  return height < 270;
}

/** The margin at the sides of a stage, in pixels. */
export function sideMargin({ width }: Size): number {
  return clamp(width * 0.062, 12, 54);
}
