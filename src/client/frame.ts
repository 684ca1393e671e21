/**
 * An embed awake, in whatever room its host gives it: pinned by our loader or the Guardian's, tall by anyone's resizer,
 * or one page at a time in a low frame. The page is whole without this; nothing here adds a word.
 */
import './waiting.ts';
import './featureCheck.ts';
import { isTheme, messageOf, MOST, parseDown, type Theme, type Up } from '#lib/embed/message.ts';
import { heightToTell, LOW, modeOf, viewOf, type Mode, type Slice } from '#lib/embed/mode.ts';
import { greetings, hear, heightsOf, tonguesOf } from '#lib/embed/tongues.ts';
import { linesOf, stepAt, type Geometry } from '#lib/scroll/stepAt.ts';
import { openCards } from './cards.ts';
import { place, readIsland, wake, type Awake } from './island.svelte.ts';
import { momentAt, offerStillness } from './motion.ts';
import { watchSlice } from './slice.ts';
import { stepper } from './stepper.ts';

/** The height of a reader's viewport that a tall frame is laid out for, in pixels: what it needs may not hang on what it has. */
const SCREEN = 720;
/** The height of a step, in screens; and the least, in pixels. */
const STEP = 0.8;
const CLOSEST = 280;
/** The most, in screens, that steps stand apart in a frame that is higher than it need be. */
const WIDEST = 1.3;
/** How much of a step's height its picture may take to arrive. */
const ARRIVES = 0.8;
/** How long a frame may be too low before it folds up, in milliseconds: a resizer that is there has answered by then. */
const PATIENCE = 400;
/** The least time between two heights, in milliseconds: hosts hear no more than twenty messages a second. */
const PAUSE = 100;

interface Passage {
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  readonly island: HTMLElement;
  readonly steps: readonly HTMLElement[];
  awake: Awake | undefined;
}

/** Where things stand in the document, in pixels from its top. */
interface Layout {
  readonly passages: readonly { readonly top: number; readonly bottom: number; readonly stage: number; readonly geometry: Geometry }[];
  readonly stops: Geometry;
}

const root = document.documentElement;
const all = <Kind extends HTMLElement>(selector: string, within: ParentNode = document) => [...within.querySelectorAll<Kind>(selector)];
const stops = all('[data-stop]');
const passages = all('.passage').flatMap((one): Passage[] => {
  const [stage, island] = [one.querySelector<HTMLElement>('.stage'), one.querySelector<HTMLElement>('.island')];
  return stage && island ? [{ root: one, stage, island, steps: all('.step', one), awake: undefined }] : [];
});
const controls = document.querySelector<HTMLElement>('.turns');

let tongues = tonguesOf(location);
let mode: Mode | undefined;
let layout: Layout | undefined;
let frame = 0;
let patience = 0;
/** What the host last said: how far it has scrolled into the frame's box. */
let pinnedAt: number | undefined;
/** Where the frame stood when that was done, or when the host was asked to follow. */
let stoodAt = 0;
let slice: Slice = { top: 0, height: 0 };
/** The height of the host's viewport, once the frame reaches over both its ends; before, the most that was seen of the frame. */
let exact: number | undefined;
let most = 0;
/** What the content needs at this width, and the width that it was measured at, in pixels. */
let needed = 0;
let measuredAt = '';
let told: number | undefined;
let pausing = 0;
/** A height waits to be told; and it is to be told even if it is the same. */
let [late, forced] = [false, false];
let toldStep = '';
let here: HTMLElement | undefined;

const say = (message: Up) => parent.postMessage(messageOf(message), '*');
const set = (name: string, pixels: number) => root.style.setProperty(name, `${pixels}px`);
const seen = () => exact ?? Math.min(900, Math.max(SCREEN / 2, most));

// A frame may be so high and no higher: the long sections after the story open one at a time.
for (const section of all('.sources > section[id]')) fold(section);

const turns = controls && stepper(controls, turnedTo);

/** Something may have moved; many askings in a frame are one. */
function ask(): void {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    follow();
  });
}

/** The room or the content may have another shape. */
function askAnew(): void {
  layout = undefined;
  choose();
  ask();
}

// ——— The way of running ———

/** Chooses the way of running anew, and tells the host what height is needed. */
function choose(hurried = mode === undefined): void {
  measureNeeded();
  const wanted = modeOf({ pinned: pinnedAt !== undefined && pinnedFits(), frame: innerHeight, needed, seen: exact });
  clearTimeout(patience);
  if (wanted === 'stepper' && mode === 'tall' && !hurried) patience = window.setTimeout(choose, PATIENCE, true);
  else if (wanted !== mode) enter(wanted);
  spread();
  tell();
}

/** Whether the content, laid out for the host's viewport, is no higher than a host may be asked for. */
function pinnedFits(): boolean {
  if (mode !== 'pinned') dress('pinned');
  const fits = contentHeight() <= MOST;
  if (mode && mode !== 'pinned') dress(mode);
  return fits;
}

function enter(next: Mode): void {
  const held = here;
  const focused = controls?.contains(document.activeElement) ?? false;
  if (mode === 'stepper') turns?.stop();
  mode = next;
  dress(next);
  layout = undefined;
  if (next === 'stepper') turns?.start(held);
  if (next === 'flat' && innerHeight > 0) fillSlots();
  // The reader's own step is kept: by the loader where it is there, else by the focus that the reader had.
  if (next === 'pinned' && held && stops.indexOf(held) > 0) bringIntoView(held);
  if (next === 'tall' && focused && held) {
    // Where the steps will stand, not where they stand before they are spread over the frame.
    spread();
    focusOn(held);
  }
}

/** What a way of running is laid out for. */
function dress(as: Mode): void {
  root.dataset['mode'] = as;
  const screen = as === 'pinned' ? innerHeight : SCREEN;
  set('--screen', screen);
  set('--step', Math.round(screen * STEP));
  if (as === 'pinned' || as === 'tall') fit(MOST);
}

const contentHeight = () => document.body.getBoundingClientRect().height;

/** Puts the steps closer together until the content is no higher than this, in pixels. */
function fit(height: number, from = Number.parseFloat(root.style.getPropertyValue('--step'))): void {
  let [low, high] = [CLOSEST, from];
  if (contentHeight() <= height) return;
  while (high - low > 1) {
    const middle = (low + high) / 2;
    set('--step', middle);
    if (contentHeight() > height) high = middle;
    else low = middle;
  }
  set('--step', low);
}

/** Measures what the content needs unfolded, once for each width and shape. */
function measureNeeded(): void {
  const as: Mode = exact !== undefined && exact < LOW ? 'flat' : 'tall';
  const shape = [as, mode, innerWidth, mode === 'pinned' && innerHeight, all('details[open]').length].join(' ');
  if (mode !== undefined && shape === measuredAt && mode !== 'tall') return;
  measuredAt = shape;
  const places = all('.words, .plain, .cover').map((one) => [one, one.scrollTop] as const);
  const shown = mode;
  dress(as);
  needed = contentHeight();
  if (shown) dress(shown);
  for (const [one, top] of places) if (one.scrollTop !== top) one.scrollTop = top;
}

/** A frame that is a little lower or higher than what is needed is filled to the pixel: the steps stand closer or wider. */
function spread(): void {
  if (mode !== 'tall' || Math.abs(innerHeight - needed) <= 2) return;
  if (innerHeight > needed) set('--step', SCREEN * WIDEST);
  fit(innerHeight, SCREEN * (innerHeight > needed ? WIDEST : STEP));
}

/** Tells the host the height, in every tongue, when it has changed; at most once in PAUSE, and the last one always. */
function tell(anyway = false): void {
  if (pausing) {
    late = true;
    forced ||= anyway;
    return;
  }
  const height = heightToTell(anyway || forced ? undefined : told, mode === 'pinned' ? contentHeight() : needed > MOST ? SCREEN : needed);
  [late, forced] = [false, false];
  if (height === undefined) return;
  told = height;
  pausing = window.setTimeout(() => {
    pausing = 0;
    if (late) tell();
  }, PAUSE);
  say({ type: 'height', height });
  for (const message of heightsOf(tongues, height, { href: location.href, width: innerWidth })) parent.postMessage(message, '*');
}

// ——— Following the reader ———

function measure(): Layout {
  const view = mode === 'pinned' ? innerHeight : seen();
  set('--seen', view);
  const fromTop = (element: HTMLElement) => element.getBoundingClientRect().top + scrollY;
  const apart = Number.parseFloat(root.style.getPropertyValue('--step')) * ARRIVES;
  const measured = passages.map(({ root: box, stage, steps }) => {
    const { top, height, left } = box.getBoundingClientRect();
    const { height: staged, left: stageLeft } = stage.getBoundingClientRect();
    const { line, rest } = linesOf({ bottom: staged }, stageLeft > left + 1, view);
    return {
      top: top + scrollY,
      bottom: top + scrollY + height,
      stage: staged,
      geometry: { tops: steps.map(fromTop), line: Math.min(line, rest + apart), rest },
    };
  });
  const { line, rest } = measured[0]?.geometry ?? { line: 0, rest: 0 };
  return { passages: measured, stops: { tops: stops.map(fromTop), line, rest } };
}

function follow(): void {
  if (mode !== 'pinned' && mode !== 'tall') return;
  layout ??= measure();
  const view = mode === 'pinned' ? { top: scrollY, height: innerHeight } : viewOf(slice, innerHeight, seen());
  passages.forEach((passage, i) => {
    const box = layout?.passages[i];
    if (!box) return;
    if (box.top < view.top + 2 * view.height && box.bottom > view.top - view.height) rouse(passage);
    passage.awake?.show(momentAt(passage.steps, box.geometry, view.top));
    const down = Math.min(Math.max(0, view.top - box.top), box.bottom - box.top - box.stage);
    passage.stage.style.translate = mode === 'tall' && down > 0 ? `0 ${down}px` : '';
  });
  be(stops[stepAt(layout.stops, view.top).index]);
}

/** The reader is at this stop; the host is told of each new step. */
function be(stop: HTMLElement | undefined): void {
  here = stop;
  if (!stop?.classList.contains('step') || stop.id === toldStep) return;
  toldStep = stop.id;
  say({ type: 'step', id: stop.id });
}

/** The stepper shows this page: its picture is settled. */
function turnedTo(page: HTMLElement): void {
  for (const { stage } of passages) stage.style.translate = '';
  const passage = passages.find((one) => one.root.contains(page));
  if (passage) {
    rouse(passage);
    const step = passage.steps.findLast((one) => one === page || one.compareDocumentPosition(page) & Node.DOCUMENT_POSITION_FOLLOWING);
    passage.awake?.show({ step: (step ?? passage.steps[0])?.id ?? '', progress: 1 });
  }
  be(page);
}

function rouse(passage: Passage): void {
  if (passage.awake) return;
  const found = readIsland(passage.island);
  if (found) passage.awake = wake(passage.island, found.chart, found.view);
}

/** Where nothing sticks, each step has a picture of its own. */
function fillSlots(): void {
  root.dataset['live'] = '';
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      observer.unobserve(target);
      const passage = passages.find((one) => one.root.contains(target));
      const found = passage && readIsland(passage.island);
      if (found) place(target, found.chart, found.view, target.dataset['slot'] ?? '');
    }
  });
  for (const slot of all('[data-slot]')) if (!slot.firstChild) observer.observe(slot);
}

/** Folds a section away beneath its heading. */
function fold(section: HTMLElement): void {
  const [heading, ...rest] = section.children;
  if (!heading || section.id === 'help') return;
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  details.name = 'sources';
  summary.append(heading);
  details.append(summary, ...rest);
  section.append(details);
}

// ——— Places that the reader asks for ———

/** Goes to a place of the page that a link names, without an entry in the reader's history. */
function bringIntoView(element: HTMLElement): void {
  const folded = element.querySelector('details');
  if (folded && element.closest('.sources')) folded.open = true;
  if (mode === 'stepper') turns?.show(element);
  else element.scrollIntoView();
}

/** Asks the host to follow what is not its doing: the reader's focus, find or link. It does so within the frame's own box. */
function sayMoved(): void {
  stoodAt = scrollY;
  if (pinnedAt !== undefined && Math.abs(scrollY - pinnedAt) > 1) say({ type: 'show', y: Math.round(scrollY) });
}

function focusOn(stop: HTMLElement): void {
  const heading = stop.querySelector<HTMLElement>('h1, h2, h3') ?? stop;
  heading.tabIndex = -1;
  heading.focus();
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target || event.defaultPrevented) return;
  event.preventDefault();
  bringIntoView(target);
  focusOn(target);
});

/** In WordPress's sandbox no link opens: its host is asked to follow, and does so where the link stays with us. */
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (tongues.wordpress === undefined || !link || event.defaultPrevented) return;
  event.preventDefault();
  parent.postMessage({ message: 'link', value: link.href, secret: tongues.wordpress }, '*');
});

// ——— The host ———

function wear(theme: Theme): void {
  if (theme === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

function pinTo(y: number): void {
  const first = pinnedAt === undefined;
  pinnedAt = y;
  if (first) askAnew();
  if (mode !== 'pinned' && mode !== 'flat') return;
  // Where the host was before it heard what the reader did here does not undo it; once, for a host may not follow at all.
  if (!first && Math.abs(scrollY - stoodAt) > 1) sayMoved();
  else {
    scrollTo({ top: y, behavior: 'instant' });
    stoodAt = scrollY;
  }
}

addEventListener('message', ({ source, data }) => {
  if (source !== parent || source === window) return;
  const ours = parseDown(data);
  if (ours?.type === 'scroll') pinTo(ours.y);
  else if (ours?.type === 'release') {
    pinnedAt = undefined;
    scrollTo({ top: 0, behavior: 'instant' });
    askAnew();
  } else if (ours?.type === 'theme') wear(ours.theme);
  const heard = hear(tongues, data);
  if (!heard) return;
  tongues = heard.tongues;
  if (heard.asks) tell(true);
  if (heard.scroll !== undefined) pinTo(heard.scroll);
});

addEventListener(
  'scroll',
  () => {
    sayMoved();
    ask();
  },
  { passive: true },
);

openCards();
const asked = new URLSearchParams(location.search).get('theme');
if (isTheme(asked)) wear(asked);
document.addEventListener('figure-open', (event) => {
  const { id } = (event instanceof CustomEvent ? event.detail : null) ?? {};
  if (typeof id === 'string') say({ type: 'figure-open', id });
});
addEventListener('resize', askAnew);
addEventListener('pageshow', askAnew);
offerStillness(ask);
document.addEventListener('toggle', askAnew, true);
new ResizeObserver(askAnew).observe(document.body);
watchSlice((now) => {
  slice = now;
  most = Math.max(most, now.height);
  // What is seen ends with the content, which may end before the frame does.
  const end = Math.min(innerHeight, root.getBoundingClientRect().height);
  const inside = now.top > 0.5 && now.top + now.height < end - 0.5;
  if (inside && now.height !== exact) {
    exact = now.height;
    askAnew();
  } else if (exact === undefined && now.height === most) layout = undefined;
  follow();
});

choose();
delete root.dataset['waiting'];
say({ type: 'ready' });
for (const greeting of greetings(tongues)) parent.postMessage(greeting, '*');
ask();
