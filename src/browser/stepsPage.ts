/**
 * The story one step at a time: the address says which, so the browser's own history goes back and forth.
 * Without this the page is whole, and its links lead from step to step.
 */
import { addressed, linkReadingModes, offerPrint } from './print.ts';

/** How far a finger goes in a swipe, in pixels, and how much further across than down. */
const SWIPE = { far: 56, across: 2 } as const;
/** Where a swipe is the system's own, in pixels from the edge. */
const EDGE = 24;

const root = document.documentElement;
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

/** Goes on or back as the screen's own link does. */
function turn(to: 'previous' | 'next'): void {
  current?.querySelector<HTMLAnchorElement>(`[data-turn="${to}"]`)?.click();
}

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const onward = root.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  // Where the arrows have work of their own, in something that scrolls sideways, they keep it.
  if (root.scrollWidth > innerWidth || scrollsSideways(event.target)) return;
  turn(event.key === onward ? 'next' : 'previous');
});

function scrollsSideways(target: EventTarget | null): boolean {
  for (let one = target instanceof Element ? target : null; one && one !== root; one = one.parentElement)
    if (one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX)) return true;
  return false;
}

let touch: { x: number; y: number } | undefined;
addEventListener(
  'touchstart',
  ({ touches }) => {
    const [one, another] = touches;
    const zoomed = (visualViewport?.scale ?? 1) > 1;
    touch = one && !another && !zoomed && one.clientX > EDGE && one.clientX < innerWidth - EDGE ? { x: one.clientX, y: one.clientY } : undefined;
  },
  { passive: true },
);
addEventListener(
  'touchend',
  ({ changedTouches: [end], target }) => {
    const start = touch;
    touch = undefined;
    if (!start || !end || scrollsSideways(target)) return;
    const [across, down] = [end.clientX - start.x, end.clientY - start.y];
    if (Math.abs(across) < SWIPE.far || Math.abs(across) < SWIPE.across * Math.abs(down)) return;
    turn(across < 0 === (root.dir !== 'rtl') ? 'next' : 'previous');
  },
  { passive: true },
);

addEventListener('hashchange', () => show(false));
root.dataset['paged'] = '';
show(true);
// When all has come the browser goes to the address itself as it draws, and takes the focus off the heading: after it, once more.
addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(() => show(true))));
offerPrint(() => undefined);
