/** Lights and squares as SVG paths, for pictures that no script paints: a modest tile that repeats, or each light by itself where they are few. */
import { BRIGHTNESS, orderAt, PERIOD, placeOf } from './light.ts';
import { memoize } from './memoize.ts';

/** The side of the tile that SVG repeats, in cells: a few hundred lights, so that a page of pictures stays small. */
export const TILE = 16;

/** For each brightness the lights of a tile that are lit when `share` of them are, as a path of points, a light at each. */
export const tilePaths = memoize((share: number): readonly string[] =>
  pointPaths(
    Array.from({ length: TILE ** 2 }, (_, i) => ({ x: i % TILE, y: Math.floor(i / TILE) })).filter(({ x, y }) => orderAt(x, y, TILE) < share),
    TILE,
  ),
);

/** For each brightness the lights of these cells as a path of points. */
export function pointPaths(cells: readonly { readonly x: number; readonly y: number }[], period = PERIOD): string[] {
  const lights = cells.map(({ x, y }) => placeOf(x, y, period));
  return BRIGHTNESS.map((_, kind) =>
    lights
      .filter((light) => light.kind === kind)
      .map(({ x, y }) => `M${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}h0`)
      .join(''),
  );
}

/** Cells as a path of points, in their middles. */
export function cellPoints(cells: readonly { readonly x: number; readonly y: number }[]): string {
  return cells.map(({ x, y }) => `M${x + 0.5} ${y + 0.5}h0`).join('');
}

/** A whole tile of cells as a path of points. */
export const cellPath = memoize((side: number): string => cellPoints(Array.from({ length: side ** 2 }, (_, i) => ({ x: i % side, y: Math.floor(i / side) }))));
