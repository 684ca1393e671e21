/** Lights and squares as SVG paths, for pictures that no script paints: a modest tile that repeats, or each light by itself where they are few. */
import { BRIGHTNESS, orderAt, PERIOD, placeOf } from './light.ts';
import { round } from './dotField.ts';
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

/** A whole tile of squares of this half-width as one line a row, to be dashed by `rowDashes`. */
export function rowPath(half: number): string {
  return Array.from({ length: TILE }, (_, row) => `M${round(0.5 - half)} ${row + 0.5}h${TILE}`).join('');
}

/** The dashes that make squares of a row. */
export function rowDashes(half: number): string {
  return `${round(2 * half)} ${round(1 - 2 * half)}`;
}

/** Below this pitch, in pixels, nobody sees whether a light is round. */
const ROUND = 4;

/**
 * A path of points as one of lights of this radius, in pitches. They are filled shapes: WebKit draws the round ends of a line without
 * length up to twice as bright where they are smaller than two pixels.
 */
export function lightsAt(points: string, radius: number, pitch: number): string {
  return points.replaceAll('h0', lightShape(radius, pitch >= ROUND));
}

/** A light of this radius round a path's current point: a disc, or the square of its area. */
export function lightShape(radius: number, isRound: boolean): string {
  if (!isRound) return square(round(radius * 0.886));
  const [r, side] = [round(radius), round(2 * radius)];
  return `m-${r} 0a${r} ${r} 0 1 0 ${side} 0a${r} ${r} 0 1 0-${side} 0z`;
}

/** A path of points as one of squares of this half-width, in pitches. */
export function squaresAt(points: string, half: number): string {
  return points.replaceAll('h0', square(half));
}

function square(half: number): string {
  const [corner, side] = [round(half), round(2 * half)];
  return `m-${corner}-${corner}h${side}v${side}h-${side}z`;
}
