/** How far apart the steps of an embed stand, so that its content is exactly as high as the room that it has. */

/** An embed's content, measured once for a width: its height while its steps stand `apart`, and each step's own height; in pixels. */
export interface Measured {
  readonly height: number;
  readonly apart: number;
  readonly steps: readonly number[];
}

/** The height of the content when its steps stand so far apart, in pixels: a step is never lower than its own words. */
export function heightAt({ height, apart, steps }: Measured, spacing: number): number {
  return steps.reduce((sum, step) => sum + Math.max(spacing, step) - Math.max(apart, step), height);
}

/** The spacing, from `least` to `most`, at which the content comes nearest to this height; all in pixels. */
export function spacingFor(measured: Measured, height: number, least: number, most: number): number {
  let [low, high] = [least, most];
  // The height grows with the spacing; halving the interval so often leaves less than a thousandth of a pixel.
  for (let i = 0; i < 24; i += 1) {
    const middle = (low + high) / 2;
    if (heightAt(measured, middle) > height) high = middle;
    else low = middle;
  }
  return low;
}
