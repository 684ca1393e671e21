/**
 * The story one step at a time: the address says which, so the browser's own history goes back and forth.
 * Without this the page is whole, and its links lead from step to step.
 */
import { addressed, linkReadingModes } from './address.ts';
import { onPageTurn } from './pageTurns.ts';
import { offerPrint } from './print.ts';

const screens = [...document.querySelectorAll<HTMLElement>('[data-screen]')];
let current: HTMLElement | undefined;

/** Shows the screen that the address names, and takes the reader to its heading. `first`: the page has just been opened. */
function show(first: boolean): void {
  const place = addressed();
  const screen = place?.closest<HTMLElement>('[data-screen]') ?? (first ? screens[0] : undefined);
  // What is no place in the story (the skip link's target is one) changes nothing.
  if (!screen) return;
  for (const one of screens) one.toggleAttribute('data-current', one === screen);
  current = screen;
  const heading = (place === screen ? screen : place)?.querySelector<HTMLElement>('.title, h2, h3');
  linkReadingModes(screen === screens[0] ? '' : (place?.id ?? ''));
  if (place === screen || !place) scrollTo({ top: 0, behavior: 'instant' });
  else place.scrollIntoView({ behavior: 'instant' });
  if (first && !location.hash) return;
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
}

// On or back, as the screen's own link does.
onPageTurn((by) => current?.querySelector<HTMLAnchorElement>(`[data-turn="${by > 0 ? 'next' : 'previous'}"]`)?.click(), { distance: 56, edge: 24 });
addEventListener('hashchange', () => show(false));
document.documentElement.dataset['paged'] = '';
show(true);
// When all has come the browser goes to the address itself as it draws, and takes the focus off the heading: after it, once more.
addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(() => show(true))));
offerPrint(() => undefined);
