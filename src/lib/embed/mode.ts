/** How an embed runs: chosen by the room that its host gives it, again whenever that changes. */
import { MOST } from './message.ts';

/**
 * `pinned`: the host pins the frame and forwards its scroll. `tall`: the frame has its full height, and steps follow what
 * is seen of it. `stepper`: a low frame, one page at a time. `flat`: words and pictures in order, as without script.
 */
export type Mode = 'pinned' | 'tall' | 'stepper' | 'flat';

/** What a frame knows of its room, in pixels. */
export interface Room {
  readonly pinned: boolean;
  /** The frame's own height. */
  readonly frame: number;
  /** The height that its content needs at its width when nothing is folded away. */
  readonly needed: number;
  /** The height of the host's viewport, where the frame has seen it. */
  readonly seen: number | undefined;
}

/** Below this height, in pixels, nothing sticks (app.css: 30em). */
export const LOW = 480;
/** The share of what it needs that a frame can do with: the steps then stand closer. */
const ENOUGH = 0.9;

/** The way of running in a room. */
export function modeOf({ pinned, frame, needed, seen }: Room): Mode {
  if (pinned) return frame < LOW ? 'flat' : 'pinned';
  // Hidden: nothing is seen, nothing need wake.
  if (frame === 0) return 'flat';
  // More than any host may be asked for.
  if (needed > MOST || frame < needed * ENOUGH) return 'stepper';
  return seen !== undefined && seen < LOW ? 'flat' : 'tall';
}

/** The height to tell, in whole pixels; undefined when it is within a pixel of what was told before. */
export function heightToTell(told: number | undefined, height: number): number | undefined {
  const whole = Math.min(MOST, Math.max(1, Math.ceil(height)));
  return told !== undefined && Math.abs(whole - told) <= 1 ? undefined : whole;
}

/** What the reader sees of a frame, in pixels of the frame's document. */
export interface Slice {
  readonly top: number;
  readonly height: number;
}

/**
 * Where the host's viewport stands on a frame of height `frame`, when its height is `seen`: at the frame's ends the slice
 * is only a part of it.
 */
export function viewOf({ top, height }: Slice, frame: number, seen: number): Slice {
  return top <= 0 && height < frame ? { top: Math.min(0, height - seen), height: seen } : { top, height: seen };
}
