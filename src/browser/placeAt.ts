/**
 * The reader's place as one that outlasts a change of layout: the stop that they are at, and how deep in it.
 * Two pure functions: what the first says of one layout, the second finds again in any other.
 */
import { AT_REST, stepAt, type Geometry } from './stepAt.ts';

/** All that has an address on a page, in order, as `Geometry`; all in pixels. */
export interface Stops extends Geometry {
  /** How high each stop is, or what of it says where the reader is; what follows before the next is not part of it. */
  readonly heights: readonly number[];
}

/** Where a reader is, in any layout. */
export interface Place {
  /** The stop; -1 before the first. */
  readonly index: number;
  /**
   * Below 0 it is still arriving, from -1 at the reading line to its place of rest; up to 1 it is being read, to its foot;
   * over 1 the reader is so many pixels past its foot.
   */
  readonly depth: number;
}

/** How far from where the next stop begins a place is at least, in pixels: browsers scroll to whole ones. */
const INSIDE = 1;

/** Where a stop begins, as a scroll position; and how far on it is at rest, its foot passes the line, and the next begins. The page's top is a stop of no height. */
function extentOf({ tops, heights, line, rest }: Stops, index: number): readonly [number, number, number, number] {
  const top = tops[index] ?? line;
  const end = (tops[index + 1] ?? Infinity) - top;
  const foot = Math.min(heights[index] ?? 0, end);
  return [top - line, Math.min(line - rest, foot), foot, end];
}

/** Where a reader is who has scrolled `scroll` pixels down from the page's top. */
export function placeAt(stops: Stops, scroll: number): Place {
  const { index } = stepAt(stops, scroll);
  const [start, arrived, foot] = extentOf(stops, index);
  const on = scroll - start - arrived;
  const depth = Math.abs(on) <= AT_REST ? 0 : on < 0 ? on / arrived : on < foot - arrived ? on / (foot - arrived) : 1 + on + arrived - foot;
  return { index, depth };
}

/** How far the page is to be scrolled, in pixels, for the reader to be at the same place in this layout. */
export function scrollFor(stops: Stops, { index, depth }: Place): number {
  const [start, arrived, foot, end] = extentOf(stops, index);
  const on = depth < 0 ? depth * arrived : depth <= 1 ? depth * (foot - arrived) : depth - 1 + foot - arrived;
  return Math.ceil(start + Math.min(arrived + on, end - INSIDE));
}

/** Whether nothing has moved from one measuring to the other, give or take what browsers round. */
export function isSameLayout(one: Stops, other: Stops): boolean {
  return Math.abs(one.line - other.line) < 1 && one.tops.every((top, i) => Math.abs(top - (other.tops[i] ?? 0)) < 1);
}
