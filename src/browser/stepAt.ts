/** Where the reader is: one pure function of geometry. Whatever calls it, the same page gives the same answer. */

/** The page as the reader sees it now, in pixels from the top of the viewport. */
export interface Geometry {
  /** The tops of the steps, in order. Steps are contiguous boxes. */
  readonly tops: readonly number[];
  /** The reading line: a step begins when its top passes it. */
  readonly line: number;
  /** Where a step's top comes to rest, above the line: there its picture has arrived. */
  readonly rest: number;
}

/** The step that the reader is in, and how far its move has come. */
export interface Position {
  /** The last step whose top has passed the line; -1 before the first. */
  readonly index: number;
  /** 0 at the line, 1 from the place of rest on. */
  readonly progress: number;
}

/** Browsers scroll to a place give or take a pixel: this near, in pixels, a step has come to rest. */
export const AT_REST = 1;

/** Where the reader is, `scroll` pixels further down than where the tops were measured. */
export function stepAt({ tops, line, rest }: Geometry, scroll = 0): Position {
  // By hand: the ledger asks too, also in browsers that have no findLastIndex.
  let index = tops.length - 1;
  while (index >= 0 && (tops[index] ?? 0) - scroll > line) index -= 1;
  const measured = tops[index];
  if (measured === undefined) return { index: -1, progress: 0 };
  const top = measured - scroll;
  const progress = top - rest > AT_REST && line > rest ? (line - top) / (line - rest) : 1;
  return { index, progress: Math.min(1, Math.max(0, progress)) };
}

/** How far below its place of rest a step begins, as a share of the room that the words have. */
const BESIDE = 0.62;
const BENEATH = 0.85;

/**
 * The reading line and the place of rest, for words beside the stage or beneath it.
 * `stage` is the stage's box when it sticks, `height` the viewport's, all in pixels.
 */
export function linesOf(stage: { readonly bottom: number }, beside: boolean, height: number): Pick<Geometry, 'line' | 'rest'> {
  const rest = beside ? 0 : stage.bottom;
  return { rest, line: rest + (height - rest) * (beside ? BESIDE : BENEATH) };
}
