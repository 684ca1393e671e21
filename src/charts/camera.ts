/** The camera over a field: where the field's first mark stands on the stage, and how large one mark is. */

/** The field's origin on the stage, in pixels, and its pitch: pixels from one mark to the next. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
}

/**
 * The pose a share `t` (0 to 1) of the way from one to the other: a zoom about the one point that both show at the same place, by the
 * same factor at each moment. What lies in a corner of the stage in both stays there, which a path that also pans
 * (van Wijk and Nuij, d3's interpolateZoom) would not grant.
 */
export function poseBetween(from: Pose, to: Pose, t: number): Pose {
  if (t <= 0) return from;
  if (t >= 1) return to;
  const ratio = to.pitch / from.pitch;
  const pitch = from.pitch * ratio ** t;
  const along = (one: number, other: number) => one + (other - one) * (Math.abs(ratio - 1) < 1e-6 ? t : (1 - ratio ** t) / (1 - ratio));
  return { x: along(from.x, to.x), y: along(from.y, to.y), pitch };
}

/** How far `t` has come from one point to another, 0 to 1. */
export function between(t: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (t - from) / (to - from)));
}
