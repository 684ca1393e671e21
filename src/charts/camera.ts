/**
 * The camera over a field: where the field's first mark stands on the stage, and how large one mark is.
 * Between two poses it zooms and pans as one smooth move (van Wijk and Nuij, d3's interpolateZoom).
 */
import { interpolateZoom } from 'd3';

/** The field's origin on the stage, in pixels, and its pitch: pixels from one mark to the next. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
}

/** The pose a share `t` (0 to 1) of the way from one to the other, on a stage of this width and height in pixels. */
export function poseBetween(from: Pose, to: Pose, t: number, width: number, height: number): Pose {
  if (t <= 0) return from;
  if (t >= 1) return to;
  const [x, y, span] = interpolateZoom(viewOf(from, width, height), viewOf(to, width, height))(t);
  const pitch = width / span;
  return { x: width / 2 - x * pitch, y: height / 2 - y * pitch, pitch };
}

/** d3's view: the point of the field at the stage's centre, and how many marks span its width. */
function viewOf({ x, y, pitch }: Pose, width: number, height: number): [number, number, number] {
  return [(width / 2 - x) / pitch, (height / 2 - y) / pitch, width / pitch];
}

/** How far `t` has come from one point to another, 0 to 1. */
export function between(t: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (t - from) / (to - from)));
}
