/** How an embed runs: chosen by the room that its host gives it, again whenever that changes. */
import { MAX_HEIGHT } from './protocol.ts';

/**
 * `pinned`: the host pins the frame and forwards its scroll. `tall`: the frame has its full height, and steps follow what
 * is seen of it. `pager`: a low frame, one page at a time. `flat`: words and pictures in order, as without script.
 * `teaser`: hardly any room; title, a line of words, and the link to the story.
 */
export type DisplayMode = 'pinned' | 'tall' | 'pager' | 'flat' | 'teaser';

/** What a frame knows of its room, in pixels. */
export interface Room {
  readonly pinned: boolean;
  /** The frame's own height. */
  readonly frame: number;
  /** The least height that its content can do with as the host runs it. */
  readonly least: number;
  /** The height of the reader's viewport, where the frame knows it. */
  readonly viewport: number | undefined;
}

/** Below this height, in pixels, nothing sticks (src/styles/pages.css: 30em). */
export const MIN_STICKY_HEIGHT = 480;
/** The height of a reader's viewport that a frame of full height is laid out for, in pixels: what it needs may not depend on what it has. */
export const ASSUMED_VIEWPORT = 720;
/** How far apart steps would like to stand, in screens. */
export const STEP_SPACING = 0.8;
/** Below this height, in pixels, not even one page at a time can be read. */
const MIN_PAGER_HEIGHT = 300;

/** The display mode in a room: a function of what is, never of what was. */
export function displayModeOf({ pinned, frame, least, viewport }: Room): DisplayMode {
  // Hidden: nothing is seen, nothing need be hydrated.
  if (frame === 0) return 'flat';
  if (pinned) return frame < MIN_STICKY_HEIGHT ? 'flat' : least > MAX_HEIGHT ? 'pager' : 'pinned';
  // More than any host may be asked for, or than this host gives.
  if (least > MAX_HEIGHT || frame < least) return frame < MIN_PAGER_HEIGHT ? 'teaser' : 'pager';
  return viewport !== undefined && viewport < MIN_STICKY_HEIGHT ? 'flat' : 'tall';
}

/** The height to tell, in whole pixels; undefined when it is within a pixel of what was told before. */
export function heightToPost(posted: number | undefined, height: number): number | undefined {
  const whole = Math.min(MAX_HEIGHT, Math.max(1, Math.ceil(height)));
  return posted !== undefined && Math.abs(whole - posted) <= 1 ? undefined : whole;
}

/** What the reader sees of a frame, in pixels of the frame's document. */
export interface VisibleRect {
  readonly top: number;
  readonly height: number;
}

/**
 * Where the host's viewport stands on a frame of height `frame`, when its height is `seen`: at the frame's ends the slice
 * is only a part of it.
 */
export function viewOf({ top, height }: VisibleRect, frame: number, seen: number): VisibleRect {
  return top <= 0 && height < frame ? { top: Math.min(0, height - seen), height: seen } : { top, height: seen };
}
