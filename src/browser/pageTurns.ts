/** How a reader turns pages without a button: arrow keys and swipes, for the page of steps and the pager of an embed. */

/** How much further across than down a swipe goes. */
const ACROSS = 2;

interface SwipeLimits {
  /** How far a finger goes in a swipe at least, in pixels. */
  readonly distance: number;
  /** Where a swipe is the system's own, in pixels from the edge. */
  readonly edge: number;
}

const root = document.documentElement;

/** Calls `turn` with 1 for each key or swipe that asks for the next page, with -1 for the one before. */
export function onPageTurn(turn: (by: 1 | -1) => void, { distance, edge }: SwipeLimits): void {
  const turnTo = (isRight: boolean) => turn(isRight === (root.dir !== 'rtl') ? 1 : -1);

  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    // Where the arrows have work of their own, in something that scrolls sideways, they keep it.
    if (root.scrollWidth > innerWidth || scrollsSideways(event.target)) return;
    turnTo(event.key === 'ArrowRight');
  });

  let start: { readonly x: number; readonly y: number } | undefined;
  addEventListener(
    'touchstart',
    ({ touches: [one, another] }) => {
      const isZoomed = (visualViewport?.scale ?? 1) > 1;
      start = one && !another && !isZoomed && one.clientX > edge && one.clientX < innerWidth - edge ? { x: one.clientX, y: one.clientY } : undefined;
    },
    { passive: true },
  );
  addEventListener(
    'touchend',
    ({ changedTouches: [end], target }) => {
      const from = start;
      start = undefined;
      if (!from || !end || scrollsSideways(target)) return;
      const [across, down] = [end.clientX - from.x, end.clientY - from.y];
      if (Math.abs(across) < distance || Math.abs(across) < ACROSS * Math.abs(down)) return;
      turnTo(across < 0);
    },
    { passive: true },
  );
}

function scrollsSideways(target: EventTarget | null): boolean {
  for (let one = target instanceof Element ? target : null; one && one !== root; one = one.parentElement)
    if (one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX)) return true;
  return false;
}
