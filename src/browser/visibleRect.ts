/**
 * What the reader sees of a frame, with nothing needed in the host (shared research, embedding.md 4, measured in three engines).
 * The observer's record is clipped by every frame and container up to the reader's viewport, in a frame of any origin.
 */
import type { VisibleRect } from '#embed/displayMode.ts';

/** After so many equal records the frame is at rest: then it is looked at every IDLE_MS milliseconds. */
const SAME_BEFORE_IDLE = 20;
const IDLE_MS = 150;

/** Calls back with each new visible rectangle while the frame is in view, and with an empty one when it leaves. Returns its end. */
export function watchVisibleRect(callback: (visible: VisibleRect) => void): () => void {
  const root = document.documentElement;
  let [top, height, alike, timer] = [NaN, NaN, 0, 0];
  // An observer tells changes of a threshold only; one that begins anew tells where things stand, in the next frame.
  const restart = () => {
    clearTimeout(timer);
    rectObserver.unobserve(root);
    rectObserver.observe(root);
  };
  const rectObserver = new IntersectionObserver((records) => {
    const seen = records.at(-1)?.intersectionRect;
    if (!seen) return;
    const same = seen.top === top && seen.height === height;
    alike = same ? alike + 1 : 0;
    if (!same) callback({ top: (top = seen.top), height: (height = seen.height) });
    rectObserver.unobserve(root);
    clearTimeout(timer);
    if (height <= 0) return;
    if (alike < SAME_BEFORE_IDLE) rectObserver.observe(root);
    else timer = window.setTimeout(restart, IDLE_MS);
  });
  // Out of view the first observer stops; this one starts it again.
  const entryObserver = new IntersectionObserver((records) => {
    if (records.at(-1)?.isIntersecting) restart();
  });
  rectObserver.observe(root);
  entryObserver.observe(root);
  return () => {
    clearTimeout(timer);
    rectObserver.disconnect();
    entryObserver.disconnect();
  };
}
