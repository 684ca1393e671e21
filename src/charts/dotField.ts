/**
 * Fields of marks, drawn true: N means N marks. A field is a few rectangles of whole cells with one mark a cell,
 * so any count costs the same.
 */

import { orderAt } from './light.ts';

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
  /** How high a cell is, in pitches: 1 but for blocks, which have the shape of what they stand for. */
  readonly cellHeight: number;
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
 * stand on whole ones, so that no pattern of the screen's own shows; fewer than two, on halves, or a phone's field would lie flat on
 * its floor.
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
  const step = device < 2 ? 0.5 : 1;
  const pitch = device >= 1 && device < 4 ? (Math.floor(device / step) * step) / density : low;
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
/** The fewest columns of a strip: narrower ones are not told apart. */
const STRIP_COLUMNS = 14;

/** The field in strips from left to right, each with an even share of its lights: one where it does not thin out. */
export function stripsOf({ blocks, fade, lit = 1 }: Pick<FieldMark, 'blocks' | 'fade' | 'lit'>): Strip[] {
  if (!fade) return [{ share: lit, blocks }];
  const [from, to] = fade;
  const strips = Math.min(STRIPS, Math.max(3, Math.round((to - from) / STRIP_COLUMNS)));
  return Array.from({ length: strips }, (_, i): Strip => {
    const edge = (at: number) => Math.round(from + ((to - from) * at) / strips);
    const [left, right] = [edge(i), edge(i + 1)];
    return {
      share: Math.round((1 - (i + 0.5) / strips) ** 2 * lit * 100) / 100,
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
