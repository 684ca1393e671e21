/**
 * Holds the reader at their place while the page changes its layout: turned, resized, zoomed, another text size, late styles.
 * What is held is what the reader last chose, by scrolling or by an address, never where they were last put back:
 * however often the layout changes, nothing adds up.
 */
import { placeAt, scrollFor, type Place, type Stops } from './placeAt.ts';
import { addressed } from './address.ts';

let held: Place = { index: -1, depth: 0 };
/** The stop that was asked for by its address, where the reading line is in another; until the reader scrolls. */
let asked: HTMLElement | undefined;
/** How far the page was scrolled when it was last looked at, in pixels: what is found elsewhere then has been scrolled by the reader. */
let stoodAt = 0;
/** Until the browser has brought the page to where its address or its history says: what scrolls then is not the reader. */
let arriving = true;
/** The address is to be read at the next look. */
let arrived = true;
/** The address as it was last read or written here: what has become of it since is the reader's, and not written over unread. */
let known = location.hash;

/** Looks where the reader is, or puts them back where the layout has `changed` since the last look. Gives the stop that they are at. */
export function updatePosition(elements: readonly HTMLElement[], stops: Stops, changed: boolean): HTMLElement | undefined {
  if (arrived || changed || (!arriving && Math.abs(scrollY - stoodAt) > 1)) {
    if (arrived || !changed) {
      held = placeAt(stops, scrollY);
      // Where the browser stands within the stop that was asked for, it may stand further down: so far it had been read.
      const stop = arrived && elements[held.index] !== addressed() && addressed();
      asked = elements.find((one) => one === stop);
      arrived = false;
    }
    if (asked) asked.scrollIntoView();
    else if (changed) scrollTo(scrollX, scrollFor(stops, held));
    stoodAt = scrollY;
  }
  return asked ?? elements[held.index];
}

/** What was held is no place any more: the next look takes where the reader is. */
export function forgetPlace(): void {
  stoodAt = -Infinity;
}

/** Calls `look` whenever the browser has gone to an address: on its own, by a link, back or forward. */
export function followAddress(look: () => void): void {
  const arrive = () => {
    arriving = true;
    // Browsers scroll to where it was left, or to the address, up to a frame after they say so.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        arrived = arriving;
        arriving = false;
        known = location.hash;
        look();
      }),
    );
  };
  for (const name of ['wheel', 'keydown', 'pointerdown']) addEventListener(name, () => (arriving = false), { passive: true });
  addEventListener('hashchange', arrive);
  if (document.readyState === 'complete') arrive();
  else addEventListener('load', arrive);
}

/** Names the stop in the address, without a new entry in the reader's history. */
export function writeAddress(stop: HTMLElement | undefined): void {
  const hash = stop?.id ? `#${stop.id}` : '';
  if (hash === known || location.hash !== known) return;
  try {
    history.replaceState(history.state, '', hash || location.pathname + location.search);
    known = hash;
  } catch {
    // A frame without an origin of its own may not: the story goes on without.
  }
}
