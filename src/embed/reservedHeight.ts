/** The height that a host keeps for an embed before its frame has said what it needs: worked out from what the build knows of it. */
import { MAX_HEIGHT } from './protocol.ts';
import { MIN_STICKY_HEIGHT, ASSUMED_VIEWPORT, STEP_SPACING } from './displayMode.ts';

/** An embed as the build knows it: how many stops it has, and how many characters stand outside them. */
export type EmbedSize = readonly [stops: number, outside: number];

/**
 * An estimate in pixels for an element of this width whose reader's viewport is `view` high. The figures are those of
 * src/styles/embed/, as measured at widths from 288 to 1,400 px: steps stand STEP_SPACING screens apart, the stage takes 0.45 screens of a
 * narrow frame, table and foot take 190 px, a character outside the steps 230 square pixels; and where nothing sticks each step has a
 * picture of its own, and the opening has none. The frame spreads its steps to fill what is left, so the estimate need not be exact.
 */
export function reservedHeight([stops, outside]: EmbedSize, width: number, view: number, pinned: boolean): number {
  const low = !pinned && view < MIN_STICKY_HEIGHT;
  const screen = pinned ? view : ASSUMED_VIEWPORT;
  const steps = low ? (stops - 1) * (0.9 * view + 241) + 100 : stops * STEP_SPACING * screen + (width < 956 ? 0.45 * screen + 40 : 0);
  const needed = steps + 190 + (outside * 230) / Math.min(520, width);
  return Math.round(needed <= MAX_HEIGHT ? needed : low ? ASSUMED_VIEWPORT : MAX_HEIGHT);
}
