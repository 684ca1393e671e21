/**
 * Fields of marks, drawn true: N means N marks. A field is a few rectangles of whole cells with one mark a cell,
 * so any count costs the same.
 */

import { noise, orderAt } from './light.ts';
import { memoize } from './memoize.ts';

/** A rectangle in cells: whole columns and rows of marks. */
export interface Block {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
}

/** A field on the stage. */
export interface FieldMark {
  readonly key: string;
  /** Whose marks they are; a colour in the component. */
  readonly tone: string;
  /** A light; a square with space round it; a block that stands for many lights. */
  readonly mark: 'light' | 'cell' | 'block';
  readonly opacity: number;
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
  /** Rows stand this many pitches apart; 1 unless the field leaves space between its rows. */
  readonly rowPitch: number;
  readonly blocks: readonly Block[];
  /** Lights thin out from all in the first of these columns to none in the second: nothing is known of how many there are. */
  readonly fade?: readonly [number, number];
  /** The share of the lights that have not gone out, each at its own time; all where it is not said. */
  readonly lit?: number;
  /** Another colour on the way to which the field is, and how far it has come. */
  readonly blend?: { readonly tone: string; readonly share: number };
}

/** The blocks of marks number `from` (from 0) up to `to`, counted down columns of `rows` marks. */
export function columnBlocks(from: number, to: number, rows: number): Block[] {
  const blocks: Block[] = [];
  let next = from;
  while (next < to) {
    const x = Math.floor(next / rows);
    const y = next % rows;
    const whole = y === 0 ? Math.floor((to - next) / rows) : 0;
    const block = whole ? { x, y, columns: whole, rows } : { x, y, columns: 1, rows: Math.min(rows - y, to - next) };
    blocks.push(block);
    next += block.columns * block.rows;
  }
  return blocks;
}

/** The columns of the most nearly square field of this many marks. */
export function squareColumns(count: number): number {
  return Math.ceil(Math.sqrt(count));
}

/** The blocks of a field of `count` marks in rows of `columns`: the full rows, and what is left over. */
export function blocksOf(count: number, columns: number): Block[] {
  const rows = Math.floor(count / columns);
  const rest = count - rows * columns;
  const blocks: Block[] = [];
  if (rows) blocks.push({ x: 0, y: 0, columns, rows });
  if (rest) blocks.push({ x: 0, y: rows, columns: rest, rows: 1 });
  return blocks;
}

/** How many marks the blocks hold. */
export function countOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.columns * block.rows, 0);
}

/** The blocks of a field of `count` marks that stands on the floor: full rows of `columns` from row -1 upwards, and what is left over on top. */
export function stackedBlocks(count: number, columns: number): Block[] {
  return blocksOf(count, columns).map((block) => ({ ...block, y: -block.y - block.rows }));
}

/** The blocks of marks number `from` (from 0) up to `to`, counted up columns of `rows` marks that stand on the floor. */
export function standingBlocks(from: number, to: number, rows: number): Block[] {
  return columnBlocks(from, to, rows).map((block) => ({ ...block, y: -block.y - block.rows }));
}

/** The lattice that fills a room with a count of marks. */
export interface Lattice {
  readonly columns: number;
  readonly rows: number;
  /** Pixels from one mark to the next. */
  readonly pitch: number;
}

/**
 * The lattice of `count` marks that fills a room of this width and height, in pixels, as far as it can: from its left edge to its
 * right and up from its floor. Where `density` device pixels make a pixel, marks that stand fewer than four device pixels apart
 * stand on whole ones, so that no pattern of the screen's own shows.
 */
export function latticeOf(count: number, width: number, height: number, density = 1): Lattice {
  const holds = (pitch: number) => Math.floor(width / pitch) * Math.floor(height / pitch) >= count;
  let [low, high] = [0, Math.max(width, height)];
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  const device = low * density;
  const pitch = device >= 1 && device < 4 ? Math.floor(device) / density : low;
  // A hair is added: a width that is a whole number of pitches may come out a little less in floating point.
  const columns = Math.max(1, Math.min(count, Math.floor(width / pitch + 1e-6)));
  return { columns, rows: Math.ceil(count / columns), pitch };
}

/** The half-width of square marks, in pitches. */
export const HALF_CELL = { cell: 0.43, block: 0.475 } as const;

/**
 * The share of lit lights below which a light is out: 0 to 1, or more for one that is never lit, in a field that thins out from the
 * first column of `fade` to the second.
 */
export function goesOutAt(x: number, y: number, fade: FieldMark['fade']): number {
  const share = fade ? Math.min(1, Math.max(0, 1 - (x + 0.5 - fade[0]) / (fade[1] - fade[0]))) : 1;
  return orderAt(x, y) / share ** 2;
}

/** Whether a light is lit while a share of its field is `lit`. */
export function isLit(x: number, y: number, fade: FieldMark['fade'], lit = 1): boolean {
  return goesOutAt(x, y, fade) < lit;
}

/** Up to this many marks are drawn one by one. */
const FEW = 400;

/** Whether a field has so few marks that each is drawn by itself. */
export function isFew({ blocks }: Pick<FieldMark, 'blocks'>): boolean {
  return countOf(blocks) <= FEW;
}

/** The cells of the blocks, one by one. */
export function cellsOf(blocks: readonly Block[]): { readonly x: number; readonly y: number }[] {
  return blocks.flatMap(({ x, y, columns, rows }) =>
    Array.from({ length: columns * rows }, (_, i) => ({ x: x + (i % columns), y: y + Math.floor(i / columns) })),
  );
}

/** A part of a field that is painted alike: its blocks, and the share of its lights that are lit. */
export interface Strip {
  readonly share: number;
  readonly blocks: readonly Block[];
}

/** How many strips a field that thins out is painted in where it is not painted light by light. */
const STRIPS = 8;

/** The field in strips from left to right, each with an even share of its lights: one where it does not thin out. */
export function stripsOf({ blocks, fade, lit = 1 }: Pick<FieldMark, 'blocks' | 'fade' | 'lit'>): Strip[] {
  if (!fade) return [{ share: lit, blocks }];
  const [from, to] = fade;
  return Array.from({ length: STRIPS }, (_, i): Strip => {
    const edge = (at: number) => Math.round(from + ((to - from) * at) / STRIPS);
    const [left, right] = [edge(i), edge(i + 1)];
    return {
      share: Math.round((1 - (i + 0.5) / STRIPS) ** 2 * lit * 100) / 100,
      blocks: blocks.flatMap((block) => {
        const [x, end] = [Math.max(block.x, left), Math.min(block.x + block.columns, right)];
        return end > x ? [{ ...block, x, columns: end - x }] : [];
      }),
    };
  }).filter((strip) => strip.blocks.length);
}

/** Rounded for the page: hundredths of a pixel are more than a screen shows. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * The edge of a lower bound: specks that thin out to the right and go on nowhere, because the rest is not known.
 * It claims no count; its specks keep one size on the screen whatever the pitch of the field.
 */
export interface Dissolve {
  readonly key: string;
  readonly tone: string;
  readonly opacity: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The side of a speck's cell, in pixels, give or take a fifth. */
export const SPECK = 1.75;
/** Rows of specks before the edge repeats itself, at most; two at least, for a tile that no engine rounds to nothing. */
export const SPECK_ROWS = 29;

/** How an edge is laid out in cells: how many columns of specks, how many rows until they repeat, and a cell's side in pixels. */
export interface SpeckGrid {
  readonly columns: number;
  readonly rows: number;
  readonly side: number;
}

/**
 * The cells of an edge this wide and high, in pixels. Columns come in few counts, each nearly half as many again as the last, and
 * the cells stretch between them: under a moving camera the same specks are drawn larger, not others made each frame.
 */
export function speckGrid({ width, height }: Pick<Dissolve, 'width' | 'height'>): SpeckGrid {
  const columns = Math.max(1, Math.round(2 ** (Math.round(2 * Math.log2(width / SPECK)) / 2)));
  const side = width / columns;
  return { columns, rows: Math.max(2, Math.min(SPECK_ROWS, Math.ceil(height / side))), side: Math.round(side * 1e4) / 1e4 };
}

/** The specks of an edge as one path in cells, `columns` wide and `rows` high; the same for the same size, always. */
export const speckPath = memoize((columns: number, rows: number): string => {
  const isSpeck = (x: number, y: number) => x < columns && noise(x, y) < (1 - Math.max(0, x - 2) / columns) ** 2.1;
  let d = '';
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      // Neighbours are one stroke: half the bytes, and no seam between them.
      let run = 0;
      while (isSpeck(x + run, y)) run += 1;
      if (run) d += `M${x} ${y}h${run}`;
      x += run;
    }
  return d;
});
