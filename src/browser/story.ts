/**
 * The script of the story page: each stage follows the reader, the address follows the step, and the parts say where we are.
 * The page is whole without this; nothing here adds a word.
 */
import './featureCheck.ts';
import './ownTask.ts';
import scrollama from 'scrollama';
import { isSameLayout, type Stops } from './placeAt.ts';
import { linesOf } from './stepAt.ts';
import { openCards } from './cards.ts';
import { mountForPrint } from './island.svelte.ts';
import { all, fillSlot, findPassages, fromTop, hydratePassage, showPassage, whenNear } from './passages.ts';
import { onceAFrame } from './onceAFrame.ts';
import { setUpMotionSwitch } from './reducedMotion.ts';
import { linkReadingModes } from './address.ts';
import { offerPrint } from './print.ts';
import { followAddress, updatePosition, writeAddress } from './readingPosition.ts';

/** How long after the last movement the address follows, in milliseconds: browsers limit how often it may change. */
const SETTLED = 200;
/** Pictures are hydrated within two screens of the viewport: before the browser lays their still pictures out. */
const NEAR = '200%';

/** The same height as in src/styles/sheets.ts: below it nothing sticks. */
const low = matchMedia('(max-height: 30em)');
const stops = all('[data-stop]');
const cover = document.querySelector('.cover');
const parts = all<HTMLAnchorElement>('[data-part]');
const passages = findPassages();
const scroller = scrollama();
/** The passages that the reader is in, as scrollama says. */
const entered = new Set<Element>();

/** Where everything that has an address stood when the page was last measured, and how high the page was then; 0: it is to be measured anew. */
let layout: Stops | undefined;
let measuredHeight = 0;
let settleTimer = 0;
let current: HTMLElement | undefined;

/** Something may have moved. */
const requestUpdate = onceAFrame(follow);

/** The page itself may have changed its shape: it is measured anew. */
function remeasure(): void {
  measuredHeight = 0;
  follow();
}
const requestMeasure = onceAFrame(remeasure);

/**
 * Measures the page once, so that a scroll costs no layout. The viewport is as high as the style sheet has it, which lays
 * the cover out for it: a phone's own bars come and go without moving a line.
 */
function measure(): Stops {
  const screen = (cover && Number.parseFloat(getComputedStyle(cover).minBlockSize)) || innerHeight;
  for (const passage of passages) {
    const box = passage.stage.getBoundingClientRect();
    const stuck = { bottom: (Number.parseFloat(getComputedStyle(passage.stage).top) || 0) + box.height };
    const lines = linesOf(stuck, box.left > passage.root.getBoundingClientRect().left + 1, screen);
    passage.geometry = { tops: passage.steps.map(fromTop), ...lines };
  }
  const { line, rest } = passages[0]?.geometry ?? { line: 0, rest: 0 };
  return {
    tops: stops.map(fromTop),
    // Where a step's picture stands above its words, the two do not go by together: whoever was at the step is at its picture.
    heights: stops.map((stop) => stop.querySelector<HTMLElement>('[data-slot]')?.offsetHeight || stop.offsetHeight),
    // There the reader is at the step that is in the middle of the screen.
    ...(low.matches ? { line: screen / 2, rest: 0 } : { line, rest }),
  };
}

/**
 * Keeps the reader at their place, shows the stages near them the state of their step, and says where the reader is.
 * Only the passages that scrollama says the reader is in are followed. It reports a frame late and skips passages in a jump: so where
 * the reader has come to another passage, or is in one that it has not reported, all are shown once where they are now.
 */
function follow(): void {
  // Asked for with the scroll position: the browser may have to lay the page out to answer, once for both.
  const height = document.body.offsetHeight;
  const before = layout;
  if (!layout || height !== measuredHeight) {
    layout = measure();
    measuredHeight = height;
    scroller.offset(`${layout.line}px`);
  }
  const stop = updatePosition(stops, layout, before !== undefined && !isSameLayout(before, layout));
  const passage = stop?.closest('.passage');
  const isReported = before === layout && passage === current?.closest('.passage') && (passage ? entered.has(passage) : stop === current);
  const scroll = scrollY;
  for (const one of passages) if (!isReported || entered.has(one.root)) showPassage(one, scroll);
  if (stop === current) return;
  current = stop;
  const scene = current?.closest<HTMLElement>('[data-scene]')?.dataset['scene'];
  for (const link of parts)
    if (link.dataset['part'] !== scene) link.removeAttribute('aria-current');
    else if (!link.hasAttribute('aria-current')) {
      link.setAttribute('aria-current', 'true');
      keepInView(link);
    }
}

/** Where the names of the parts do not all fit, the one we are in or that has the focus is shown whole; the page itself must not move. */
function keepInView(link: HTMLElement): void {
  const list = link.closest('ol');
  if (list) list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
}

/** The address names the step, without a new entry in the reader's history; at rest only, for it costs a frame. */
function keepAddress(): void {
  // On the cover the links to the other reading modes keep the place that was read last: they stand there.
  if (current?.id) linkReadingModes(current.id);
  writeAddress(current);
}

/** Where nothing sticks, each step has a picture of its own. */
function fillSlots(): void {
  if (!low.matches) return;
  low.removeEventListener('change', fillSlots);
  for (const slot of all('[data-slot]')) whenNear(slot, NEAR, () => fillSlot(slot));
}

/** On paper each step has its picture: nothing is hydrated there, and nobody waits. */
function fillForPrint(): void {
  for (const slot of all('[data-slot]')) fillSlot(slot, mountForPrint);
}

/** Begins to follow the reader. */
function begin(): void {
  // In tasks of their own: a stage is hydrated in one frame and drawn in the next.
  for (const passage of passages)
    whenNear(passage.root, NEAR, () =>
      setTimeout(() => {
        hydratePassage(passage);
        showPassage(passage, scrollY);
      }),
    );
  low.addEventListener('change', fillSlots);
  fillSlots();
  scroller
    .setup({ step: '.passage' })
    .onStepEnter(({ element }) => entered.add(element))
    .onStepExit(({ element }) => entered.delete(element));
  // Fonts, zoomed text, opened tables: whatever changes a step's place changes the height of the page. Before it is drawn so.
  new ResizeObserver(remeasure).observe(document.body);
  setUpMotionSwitch(requestMeasure);
  offerPrint(fillForPrint);
  follow();
  followAddress(requestUpdate);
  // A page that opens in the middle has scrolled there before anyone listened.
  if (current?.id) linkReadingModes(current.id);
}

addEventListener('scroll', () => {
  requestUpdate();
  clearTimeout(settleTimer);
  settleTimer = window.setTimeout(keepAddress, SETTLED);
});
addEventListener('resize', requestMeasure);
addEventListener('pageshow', requestMeasure);
// Not for a pointer's focus: what is pressed must not move away before it is let go.
for (const link of parts) link.addEventListener('focus', () => link.matches(':focus-visible') && keepInView(link));
openCards();
// When the page has been drawn, and has been laid out for it: to measure it before would be a long task.
requestAnimationFrame(() => setTimeout(begin));
