/**
 * Holds the reader at their place while the page changes its layout: turned, resized, zoomed, another text size, late styles.
 * What is held is what the reader last chose, by scrolling or by an address, never where they were last put back:
 * however often the layout changes, nothing adds up.
 */
import { placeAt, scrollTo as scrollFor, type Place, type Stops } from '#lib/scroll/placeAt.ts';
import { addressed } from './place.ts';

let place: Place | undefined;
/** The stop that was asked for by its address, where the reading line is not in it; until the reader scrolls. */
let asked: HTMLElement | undefined;
/** How far the page was scrolled when it was last looked at, in pixels: whatever else is found then is the reader's doing. */
let stoodAt = 0;
/** Until the browser has brought the page to where its address or its history says: what scrolls then is not the reader. */
let arriving = true;
/** The address is to be read at the next look. */
let arrived = true;

/** The page has been looked at. `changed`: its layout is not what it was at the last look. Gives the stop that the reader is at. */
export function lookAt(elements: readonly HTMLElement[], stops: Stops, changed: boolean): HTMLElement | undefined {
  if (arrived || !place) {
    arrived = false;
    place = placeAt(stops, scrollY);
    asked = addressed() ?? undefined;
    // A step has an address of its own, and so has its part: the browser is right to within the step.
    if (!asked || !elements.includes(asked) || asked === elements[place.index]) asked = undefined;
    asked?.scrollIntoView({ behavior: 'instant' });
  } else if (changed) {
    const top = scrollFor(stops, place);
    if (asked) asked.scrollIntoView({ behavior: 'instant' });
    else if (Math.abs(top - scrollY) > 1) scrollTo({ top, behavior: 'instant' });
  } else if (arriving || Math.abs(scrollY - stoodAt) <= 1) return asked ?? elements[place.index];
  else {
    place = placeAt(stops, scrollY);
    asked = undefined;
  }
  stoodAt = scrollY;
  return asked ?? elements[place.index];
}

/** Reads the address whenever the browser has gone to it, on its own, by a link, back or forward. `look` is then called. */
export function followAddress(look: () => void): void {
  const arrive = () => {
    arriving = true;
    // Browsers scroll to an address, or to where it was left, up to a frame after they say so.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (!arriving) return;
        arriving = false;
        arrived = true;
        look();
      }),
    );
  };
  for (const name of ['wheel', 'touchmove', 'keydown', 'pointerdown']) addEventListener(name, () => (arriving = false), { passive: true });
  addEventListener('hashchange', arrive);
  if (document.readyState === 'complete') arrive();
  else addEventListener('load', arrive);
}
