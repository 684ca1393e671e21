/**
 * Fields of marks, drawn true: N means N marks. A field is one or two rectangles filled with a pattern of
 * one mark a cell, so any count costs the same.
 */

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
  readonly mark: 'light' | 'cell';
  readonly opacity: number;
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
  /** Rows stand this many pitches apart; 1 unless the field leaves space between its rows. */
  readonly rowPitch: number;
  readonly blocks: readonly Block[];
  /** Only some of `SHARES` scattered, equal shares of the marks, from the first up to the second; absent when all are lit. */
  readonly shares?: readonly [number, number];
  /** The share of the same marks that fields painted before it light: light upon light would be less than the light of both. */
  readonly beneath?: number;
}

/** How many scattered shares a field can go dark in, and the side of the tile they repeat in, in cells. */
export const SHARES = 8;
export const SHARE_TILE = 24;
/** How many cells of a row a tile of even rows is long: its engine rounds it, so the longer the better; a row of days is one tile. */
export const ROW_TILE = 999;

/** The cells of a tile in the order in which they go dark, as points of a path. */
const darkOrder = memoize((side: number): readonly string[] =>
  Array.from({ length: side ** 2 }, (_, i) => ({ x: i % side, y: Math.floor(i / side) }))
    .map(({ x, y }) => ({ point: `M${x + 0.5} ${y + 0.5}h0`, order: noise(x, y) }))
    .sort((a, b) => a.order - b.order)
    .map(({ point }) => point),
);

/** The shares of a tile's marks from one up to another as a path of points, a mark at each; all together are the whole tile. */
export const sharePath = memoize((from: number, to: number): string => {
  const size = SHARE_TILE ** 2 / SHARES;
  return darkOrder(SHARE_TILE)
    .slice(from * size, to * size)
    .join('');
});

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

/**
 * The field while it grows from one count to a larger one, `t` from 0 to 1: always a whole square of marks,
 * growing by the same factor at each moment, so that it keeps step with a logarithmic zoom.
 */
export function growingBlocks(from: number, to: number, t: number): Block[] {
  if (t >= 1) return blocksOf(to, squareColumns(to));
  if (t <= 0) return blocksOf(from, squareColumns(from));
  const [first, last] = [Math.sqrt(from), Math.sqrt(to)];
  const side = Math.floor(first * (last / first) ** t);
  // A square smaller than the field it grows from would put marks out.
  return side < squareColumns(from) ? blocksOf(from, squareColumns(from)) : [{ x: 0, y: 0, columns: side, rows: side }];
}

/**
 * The half-width of a mark in pitches. Below eight pixels a mark takes more of its cell,
 * so that a field keeps its brightness as its marks shrink (storyboard, visual grammar).
 */
export function markRadius(pitch: number): number {
  return round(0.36 + 0.1 * inSteps((8 - pitch) / 6.5));
}

/** How round a light is: 1 is a circle. Under two pixels nobody can see a corner, and squares stay bright. */
export function markRoundness(pitch: number): number {
  return inSteps((pitch - 1) / 2);
}

/** How a field's marks are drawn: half their width in pitches, and how round they are. A cell is square at any size, with space round it. */
export function markShape({ mark, pitch }: Pick<FieldMark, 'mark' | 'pitch'>): { readonly radius: number; readonly roundness: number } {
  return mark === 'cell' ? { radius: 0.43, roundness: 0 } : { radius: markRadius(pitch), roundness: markRoundness(pitch) };
}

/** How a field is painted: its marks, and the opacity of the paint. */
export interface FieldPaint {
  /** Each mark; or rows of even light where the marks of a row are too fine; or even light alone. */
  readonly fineness: 'marks' | 'rows' | 'light';
  readonly opacity: number;
  /** As of `markShape`. */
  readonly radius: number;
  readonly roundness: number;
}

/**
 * How a field is painted where a pixel of the scene is `density` device pixels. Even light is as bright as the marks would be.
 * Every engine makes a pattern's tile first and paints with that; WebKit rounds it to whole device pixels, so it paints nothing
 * with a tile below half of one. Measured in WebKitGTK 2.50 at device pixel ratios 1 and 3, as shares of the light that the
 * marks should leave: tiles of half a pixel to one 1.00, or 0.45 to 1.00 where rows stand apart; of one pixel 1.00; larger ones
 * 0.83 to 1.24 (Chromium and Firefox: 0.87 to 1.11). So a tile has one pixel at least, and there the marks become even light
 * without a change of brightness.
 */
export function paintOf(field: FieldMark, density: number): FieldPaint {
  const { shares: [from, to] = [0, SHARES], beneath = 0, opacity, pitch, rowPitch } = field;
  const { radius, roundness } = markShape(field);
  const tile = pitch * density;
  if (tile >= 1) return { fineness: 'marks', opacity, radius, roundness };
  const fineness = tile * rowPitch < 1 ? 'light' : 'rows';
  const light = (4 * radius ** 2 - (4 - Math.PI) * (roundness * radius) ** 2) / (fineness === 'rows' ? 2 * radius : rowPitch);
  return { fineness, opacity: Math.round(((opacity * light * (to - from)) / SHARES / (1 - light * beneath)) * 1e4) / 1e4, radius, roundness };
}

/** 0 to 1 in quarters: a mark that changed its shape at each moment of a zoom would be drawn anew each time. */
function inSteps(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 4) / 4;
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

/** A number from 0 to 1 for a place: even, without order to the eye, and the same on every machine. */
export function noise(x: number, y: number): number {
  let bits = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
}
