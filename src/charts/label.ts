/**
 * Labels without a browser: how wide a line is and where it breaks, so that a layout knows its labels' boxes.
 * Widths are those of Newsreader Light and of DejaVu Sans, the widest of the usual system sans faces,
 * measured in Chromium, in shares of the font size: a real label is as wide or narrower.
 */
import { round } from './dotField.ts';
import { memoize } from './memoize.ts';
import type { Box, Label, Tone } from './types.ts';

/** No label on a stage is smaller than this, in pixels, and on one of 360 pixels and wider none is smaller than 15 (storyboard, visual grammar). */
export const MIN_FONT_SIZE = 13;

type Face = Label['face'];

const CLASSES: Record<Face, readonly (readonly [RegExp, number])[]> = {
  sans: [
    [/[ijlI' ,.:;|’·]/, 0.32],
    [/[frtJ()[\]!/-]/, 0.42],
    [/[cksz“”?]/, 0.56],
    [/[mwMW%@—…]/, 0.97],
    [/[A-Z&=+<>~]/, 0.74],
  ],
  number: [
    [/[il ,.'|!;]/, 0.27],
    [/[frtI:()’“”-]/, 0.37],
    [/[acegjsz?]/, 0.48],
    [/[mMW@%—]/, 0.92],
    [/[A-Z&…]/, 0.7],
  ],
};
const OTHERWISE: Record<Face, number> = { sans: 0.63, number: 0.565 };
/** Scripts that stand in squares are one em wide. */
const WIDE = /[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]/;

/** The width of one character, in shares of the font size. */
const shareOf = memoize((character: string, face: Face): number =>
  WIDE.test(character) ? 1 : (CLASSES[face].find(([pattern]) => pattern.test(character))?.[1] ?? OTHERWISE[face]),
);

/** The width of a line in pixels. */
export function textWidth(text: string, size: number, face: Face): number {
  let width = 0;
  for (const character of text) width += shareOf(character, face);
  return width * size;
}

/** Breaks text into lines no wider than `width` pixels; a single word is never broken. */
export const wrap = memoize((text: string, width: number, size: number, face: Face): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer, size, face) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line) lines.push(line);
  return lines;
}, 2000);

/** The width of the widest of a text's lines, in pixels. */
const widestOf = memoize((text: string, width: number, size: number, face: Face): number =>
  Math.max(...wrap(text, width, size, face).map((line) => textWidth(line, size, face))),
);

interface Wanted {
  readonly key: string;
  readonly text: string;
  /** The left edge, middle or right edge, as the anchor says. */
  readonly x: number;
  /** The top of the first line. */
  readonly y: number;
  /** The room there is, in pixels. */
  readonly width: number;
  readonly size?: number;
  readonly face?: Face;
  readonly tone?: Tone;
  readonly anchor?: Label['anchor'];
  readonly opacity?: number;
}

/** Places a label with its top at y. Numbers are set tighter than running words. */
export function label({ key, text, x, y, width, size = MIN_FONT_SIZE, face = 'sans', tone = 'light', anchor = 'start', opacity = 1 }: Wanted): Label {
  const lines = wrap(text, width, size, face);
  const leading = face === 'number' ? size * 1.04 : size * 1.32;
  const widest = widestOf(text, width, size, face);
  const left = anchor === 'start' ? x : anchor === 'middle' ? x - widest / 2 : x - widest;
  return {
    key,
    lines,
    x: round(x),
    y: round(y + size * (face === 'number' ? 0.84 : 0.98)),
    size: round(size),
    leading: round(leading),
    face,
    tone,
    anchor,
    opacity: round(opacity),
    box: { x: round(left), y: round(y), width: round(widest), height: round(leading * lines.length) },
  };
}

/** The y just below a label. */
export function below({ box }: { readonly box: Box }, gap = 0): number {
  return box.y + box.height + gap;
}

/** The largest size, from `largest` down to `smallest`, at which the text fits the width in at most `lines` lines. */
export function fittingSize(text: string, width: number, largest: number, smallest: number, lines = 1, face: Face = 'number'): number {
  return findSize(text, width, largest, smallest, lines, face);
}

const findSize = memoize((text: string, width: number, largest: number, smallest: number, lines: number, face: Face): number => {
  for (let size = largest; size > smallest; size -= 1)
    if (wrap(text, width, size, face).length <= lines && Math.max(...text.split(/ +/).map((word) => textWidth(word, size, face))) <= width) return size;
  return smallest;
});
