/**
 * The story page awake: each stage follows the reader, the address follows the step, and the parts say where we are.
 * The page is whole without this; nothing here adds a word.
 */
import './featureCheck.ts';
import './ownTask.ts';
import scrollama from 'scrollama';
import { isSameLayout, type Stops } from './placeAt.ts';
import { linesOf, type Geometry } from './stepAt.ts';
import { openCards } from './cards.ts';
import { mountStep, mountForPrint, readIsland, hydrateIsland, type HydratedStage } from './island.svelte.ts';
import { stepStateAt, setUpMotionSwitch } from './reducedMotion.ts';
import { linkReadingModes, offerPrint } from './print.ts';
import { followAddress, updatePosition, writeAddress } from './readingPosition.ts';

/** How long after the last movement the address follows, in milliseconds: browsers limit how often it may change. */
const SETTLED = 200;

interface Passage {
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  readonly island: HTMLElement;
  readonly steps: readonly HTMLElement[];
  awake: HydratedStage | undefined;
}

/** Where things stand on the page, in pixels from its top; the lines in pixels from the top of the viewport. */
interface Page {
  readonly passages: readonly Geometry[];
  readonly stops: Stops;
  /** How high the whole was then. */
  readonly height: number;
}

/** The same height as in app.css: below it nothing sticks. */
const low = matchMedia('(max-height: 30em)');
const all = <Kind extends HTMLElement>(selector: string, within: ParentNode = document) => [...within.querySelectorAll<Kind>(selector)];
const stops = all('[data-stop]');
const cover = document.querySelector('.cover');
const parts = all<HTMLAnchorElement>('[data-part]');
const passages = all('.passage').flatMap((root): Passage[] => {
  const [stage, island] = [root.querySelector<HTMLElement>('.stage'), root.querySelector<HTMLElement>('.island')];
  return stage && island ? [{ root, stage, island, steps: all('.step', root), awake: undefined }] : [];
});

let page: Page | undefined;
let stale = true;
let animationFrame = 0;
let settleTimer = 0;
let lastScroll = 0;
let current: HTMLElement | undefined;

/** Something may have moved; many askings in a frame are one. */
function requestUpdate(): void {
  animationFrame ||= requestAnimationFrame(() => {
    animationFrame = 0;
    follow();
  });
}

/** The page itself may have changed its shape: it is measured anew at the next look. */
function requestMeasure(): void {
  stale = true;
  requestUpdate();
}

/**
 * Measures the page once, so that a scroll costs no layout. The viewport is as high as the style sheet has it, which lays
 * the cover out for it: a phone's own bars come and go without moving a line.
 */
function measure(): Page {
  const fromTop = (element: HTMLElement) => element.getBoundingClientRect().top + scrollY;
  const screen = (cover && Number.parseFloat(getComputedStyle(cover).minBlockSize)) || innerHeight;
  const lines = passages.map(({ root, stage }) => {
    const box = stage.getBoundingClientRect();
    const stuck = { bottom: (Number.parseFloat(getComputedStyle(stage).top) || 0) + box.height };
    return linesOf(stuck, box.left > root.getBoundingClientRect().left + 1, screen);
  });
  const [first = { line: 0, rest: 0 }] = lines;
  return {
    passages: passages.map(({ steps }, i) => ({ tops: steps.map(fromTop), ...(lines[i] ?? first) })),
    stops: {
      tops: stops.map(fromTop),
      // Where a step's picture stands above its words, the two do not go by together: whoever was at the step is at its picture.
      heights: stops.map((stop) => stop.querySelector<HTMLElement>('[data-slot]')?.offsetHeight || stop.offsetHeight),
      // There the reader is at the step that is in the middle of the screen.
      ...(low.matches ? { line: screen / 2, rest: 0 } : first),
    },
    height: document.body.offsetHeight,
  };
}

/** Keeps the reader at their place, shows each stage its moment, and says where the reader is. */
function follow(): void {
  let changed = false;
  // Asked for with the scroll position: the browser may have to lay the page out to answer, once for both.
  if (!page || stale || document.body.offsetHeight !== page.height) {
    const now = measure();
    changed = page !== undefined && !isSameLayout(page.stops, now.stops);
    page = now;
    stale = false;
  }
  const { passages: geometries } = page;
  const stop = updatePosition(stops, page.stops, changed);
  const scroll = scrollY;
  passages.forEach((passage, i) => {
    const found = geometries[i];
    if (found && passage.awake) passage.awake.show(stepStateAt(passage.steps, found, scroll));
  });
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
  if (list && list.scrollWidth > list.clientWidth) list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
}

/** The page may have come to rest; where it has moved since this was asked for, it is asked again when it may have. */
function settle(): void {
  const left = lastScroll + SETTLED - performance.now();
  settleTimer = left > 1 ? window.setTimeout(settle, left) : 0;
  if (!settleTimer) keepAddress();
}

/** The address names the step, without a new entry in the reader's history; at rest only, for it costs a frame. */
function keepAddress(): void {
  // On the cover the links to the other ways keep the place that was read last: they stand there.
  if (current?.id) linkReadingModes(current.id);
  writeAddress(current);
}

/** Wakes a stage. */
function hydrateStage(passage: Passage): void {
  const found = readIsland(passage.island);
  if (!found || passage.awake) return;
  passage.awake = hydrateIsland(passage.island, found.chart, found.view);
  requestUpdate();
}

/** Gives a step its picture in a place of its own. */
function fillSlot(slot: HTMLElement, put: typeof mountStep | typeof mountForPrint): void {
  const island = slot.closest('.passage')?.querySelector<HTMLElement>('.island');
  const found = island && readIsland(island);
  if (found) put(slot, found.chart, found.view, slot.dataset['slot'] ?? '');
}

/** Where nothing sticks, each step has a picture of its own. */
function fillSlots(): void {
  if (!low.matches) return;
  low.removeEventListener('change', fillSlots);
  whenNear(all('[data-slot]'), (slot) => fillSlot(slot, mountStep));
}

/** On paper each step has its picture: nothing wakes there, and nobody waits. */
function fillForPrint(): void {
  for (const slot of all('[data-slot]')) fillSlot(slot, mountForPrint);
}

/** Calls back once for each element when it comes within two screens of the viewport: before the browser lays its still picture out. */
function whenNear(elements: readonly HTMLElement[], callback: (element: HTMLElement) => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting && target instanceof HTMLElement) {
          observer.unobserve(target);
          callback(target);
        }
    },
    { rootMargin: '200%' },
  );
  for (const element of elements) observer.observe(element);
}

const scroller = scrollama();

/** Begins to follow the reader. */
function begin(): void {
  whenNear(
    passages.map(({ root }) => root),
    // In tasks of their own: a stage is awake in one frame and drawn in the next.
    (root) => passages.filter((passage) => passage.root === root).forEach((passage) => setTimeout(hydrateStage, 0, passage)),
  );
  low.addEventListener('change', fillSlots);
  fillSlots();
  scroller.setup({ step: '.passage' }).onStepEnter(requestUpdate).onStepExit(requestUpdate);
  // Fonts, zoomed text, opened tables: whatever changes a step's place changes the height of the page. Before it is drawn so.
  new ResizeObserver(() => {
    stale = true;
    follow();
  }).observe(document.body);
  setUpMotionSwitch(requestUpdate);
  offerPrint(fillForPrint);
  follow();
  followAddress(requestUpdate);
  // A page that opens in the middle has scrolled there before anyone listened.
  if (current?.id) linkReadingModes(current.id);
}

addEventListener(
  'scroll',
  () => {
    requestUpdate();
    lastScroll = performance.now();
    settleTimer ||= window.setTimeout(settle, SETTLED);
  },
  { passive: true },
);
addEventListener('resize', () => {
  scroller.resize();
  requestMeasure();
});
addEventListener('pageshow', requestMeasure);
// Not for a pointer's focus: what is pressed must not move away before it is let go.
for (const link of parts) link.addEventListener('focus', () => link.matches(':focus-visible') && keepInView(link));
openCards();
// When the page has been drawn, and has been laid out for it: to measure it before would be a long task.
requestAnimationFrame(() => setTimeout(begin));
