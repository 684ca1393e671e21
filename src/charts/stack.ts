/** Words under one another, and the largest size at which they fit: what the charts that speak in large words share. */
import { below, label } from './label.ts';
import { lights } from './shape.ts';
import type { Label, ShapeMark, Size, Tone } from './types.ts';

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

/** The first of the candidates that fits; the last where none does. */
export function firstFitting<One>(candidates: readonly One[], fits: (one: One) => boolean): One {
  return candidates.find(fits) ?? (candidates.at(-1) as One);
}

/** Sizes of text from one down to another, in pixels. */
export function sizes(from: number, to: number, step = 1): number[] {
  const found: number[] = [];
  for (let size = from; size > to; size -= step) found.push(size);
  return [...found, to];
}

/** The size of plain words on a stage, in pixels: none is smaller (storyboard, visual grammar). */
export function plainSize({ width, height }: Size): number {
  if (width < 360) return 14;
  return width < 760 || height < 480 ? 15 : 18;
}

/** The size of a stage's quiet words: its title, its source line. */
export function quietSize(size: Size): number {
  return Math.min(plainSize(size), 16);
}

/** How wide the rings of a halo are, in widths of its light: many faint ones look like one that fades. */
const HALO = [5.4, 4.6, 3.8, 3.1, 2.5, 1.9, 1.4];

/** Lights that shine: a halo that fades, in few paths for any number of lights. */
export function shining(key: string, points: readonly (readonly [number, number])[], diameter: number, tone: Tone, opacity: number): ShapeMark[] {
  if (opacity <= 0 || points.length === 0) return [];
  return HALO.map((times, i) => lights(points, diameter * times, { key: `${key}-halo-${i}`, tone, opacity: opacity * (0.025 + 0.012 * i) }));
}
