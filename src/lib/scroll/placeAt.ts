/**
 * The reader's place as one that outlasts a change of layout: the stop that they are at, and how deep in it.
 * Two pure functions: what the first says of one layout, the second finds again in any other.
 */
import { AT_REST, stepAt, type Geometry } from './stepAt.ts';

/** All that has an address on a page, in order: as `Geometry`, and what else stands between two tops. */
export interface Stops extends Geometry {
  /** The heights of the stops themselves, in pixels: what stands after one and before the next is not part of it. */
  readonly heights: readonly number[];
  /** How far below its top a stop's heading stands, in pixels, where it has to be seen: nothing that sticks says where the reader is. */
  readonly headings?: readonly (number | undefined)[];
}

/** Where a reader is, in any layout. */
export interface Place {
  /** The stop; -1 before the first. */
  readonly index: number;
  /**
   * Up to 1 it is still arriving, from the reading line to its place of rest; up to 2 it is being read, to its foot;
   * over 2 the reader is so many pixels past its foot. Before the first stop: the share of the way to it.
   */
  readonly depth: number;
  /** Whether headings had to be seen there. */
  readonly low: boolean;
}

/** No place is put nearer than this to where a stop begins or ends, in pixels: browsers scroll to whole ones. */
const INSIDE = 1;

/** How far past the line a stop's top comes, in pixels: until it has arrived, until its foot has passed, until the next has come. */
function extentOf({ tops, heights, line, rest }: Stops, index: number): { arrived: number; foot: number; end: number } {
  const end = (tops[index + 1] ?? Infinity) - (tops[index] ?? 0);
  const foot = Math.min(heights[index] ?? 0, end);
  return { arrived: Math.min(Math.max(0, line - rest), foot), foot, end };
}

/** The way to the first stop, in pixels. */
const approach = ({ tops: [first = 0], line }: Stops) => Math.max(1, first - line);

/** Where a reader is who has scrolled `scroll` pixels down from the page's top. */
export function placeAt(stops: Stops, scroll: number): Place {
  const { index } = stepAt(stops, scroll);
  const low = stops.headings !== undefined;
  const top = stops.tops[index];
  if (top === undefined) return { index, depth: scroll / approach(stops), low };
  const { arrived, foot } = extentOf(stops, index);
  const passed = scroll + stops.line - top;
  if (Math.abs(passed - arrived) <= AT_REST) return { index, depth: 1, low };
  const depth = passed < arrived ? passed / arrived : passed < foot ? 1 + (passed - arrived) / (foot - arrived) : 2 + passed - foot;
  return { index, depth, low };
}

/** How far the page is to be scrolled, in pixels, so that the reader is at the same place in this layout. */
export function scrollTo(stops: Stops, { index, depth, low }: Place): number {
  const top = stops.tops[index];
  if (top === undefined) return depth * approach(stops);
  const { arrived, foot, end } = extentOf(stops, index);
  const wanted = depth <= 1 ? depth * arrived : depth <= 2 ? arrived + (depth - 1) * (foot - arrived) : foot + depth - 2;
  // Where the picture was in view without its step's heading, and now stands above it, one of the two is kept in view.
  const heading = low || depth > 2 ? undefined : stops.headings?.[index];
  const deepest = Math.min(end - INSIDE, heading === undefined ? Infinity : stops.line + heading);
  return top - stops.line + Math.max(INSIDE, Math.min(wanted, deepest));
}

/** Whether two measurings of a page say the same, give or take what a browser rounds. */
export function isSameLayout(a: Stops, b: Stops): boolean {
  const numbers = ({ tops, heights, line, rest }: Stops) => [...tops, ...heights, line, rest];
  const others = numbers(b);
  return numbers(a).every((one, i) => Math.abs(one - (others[i] ?? NaN)) < 1);
}
