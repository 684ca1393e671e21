/**
 * What the reader sees of a frame, with nothing needed in the host (shared research, embedding.md 4, measured in three engines).
 * The observer's record is clipped by every frame and container up to the reader's viewport, in a frame of any origin.
 */
import type { VisibleRect } from '#embed/displayMode.ts';

/** So many records alike, and the frame is at rest: then it is looked at every REST milliseconds. */
const SAME_BEFORE_IDLE = 20;
const IDLE_MS = 150;

/** Calls back with each new slice while the frame is in view, and with an empty one when it leaves. Returns its end. */
export function watchVisibleRect(callback: (slice: VisibleRect) => void): () => void {
  const root = document.documentElement;
  let [top, height, alike, timer] = [NaN, NaN, 0, 0];
  // An observer tells changes of a threshold only; one that begins anew tells where things stand, in the next frame.
  const again = () => {
    clearTimeout(timer);
    slices.unobserve(root);
    slices.observe(root);
  };
  const slices = new IntersectionObserver((records) => {
    const seen = records.at(-1)?.intersectionRect;
    if (!seen) return;
    const same = seen.top === top && seen.height === height;
    alike = same ? alike + 1 : 0;
    if (!same) callback({ top: (top = seen.top), height: (height = seen.height) });
    slices.unobserve(root);
    clearTimeout(timer);
    if (height <= 0) return;
    if (alike < SAME_BEFORE_IDLE) slices.observe(root);
    else timer = window.setTimeout(again, IDLE_MS);
  });
  // Out of view the first one rests; this one wakes it.
  const wakes = new IntersectionObserver((records) => {
    if (records.at(-1)?.isIntersecting) again();
  });
  slices.observe(root);
  wakes.observe(root);
  return () => {
    clearTimeout(timer);
    slices.disconnect();
    wakes.disconnect();
  };
}
