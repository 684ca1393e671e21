/**
 * An embed awake, in whatever room its host gives it: pinned by our loader or the Guardian's, tall by anyone's resizer,
 * one page at a time in a low frame, or as a teaser. The page is whole without this; nothing here adds a word.
 */
import './revealOnError.ts';
import './featureCheck.ts';
import { isTheme, messageOf, MAX_HEIGHT, parseHostMessage, type Theme, type FrameMessage } from '#embed/protocol.ts';
import { heightToPost, MIN_STICKY_HEIGHT, displayModeOf, ASSUMED_VIEWPORT, viewOf, type DisplayMode, type VisibleRect } from '#embed/displayMode.ts';
import { readyMessages, parseResizerMessage, heightMessages, detectProtocols } from '#embed/resizeProtocols.ts';
import { placeAt, scrollFor, type Place, type Stops } from './placeAt.ts';
import { linesOf, type Geometry } from './stepAt.ts';
import { openCards } from './cards.ts';
import { applyMode, contentHeight, fillHeight, forgetContent, leastHeight, measureContent, setSpacing, wantedHeight } from './embedContent.ts';
import { mountStep, readIsland, hydrateIsland, type HydratedStage } from './island.svelte.ts';
import { stepStateAt, setUpMotionSwitch } from './reducedMotion.ts';
import { watchVisibleRect } from './visibleRect.ts';
import { embedPager } from './embedPager.ts';

/** How much of a step's height its picture may take to arrive. */
const ARRIVAL_SHARE = 0.8;
/** The share of what it asks for that a frame can do with: the steps then stand closer. */
const MIN_HEIGHT_SHARE = 0.9;
/** How long a frame may be too low before it folds up, in milliseconds: a resizer that is there has answered by then. */
const RESIZER_TIMEOUT_MS = 400;
/** How long a host has to bring a place into view, in milliseconds; and our loader to say how the frame runs. */
const HOST_TIMEOUT_MS = 500;
/** The least time between two heights, in milliseconds: hosts hear no more than twenty messages a second. */
const HEIGHT_INTERVAL_MS = 100;

interface Passage {
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  readonly island: HTMLElement;
  readonly steps: readonly HTMLElement[];
  awake: HydratedStage | undefined;
}

/** Where things stand in the document, in pixels from its top. */
interface Layout {
  readonly passages: readonly { readonly top: number; readonly bottom: number; readonly stage: number; readonly geometry: Geometry }[];
  readonly stops: Stops;
}

const root = document.documentElement;
const all = <Kind extends HTMLElement>(selector: string, within: ParentNode = document) => [...within.querySelectorAll<Kind>(selector)];
const stops = all('[data-stop]');
const passages = all('.passage').flatMap((one): Passage[] => {
  const [stage, island] = [one.querySelector<HTMLElement>('.stage'), one.querySelector<HTMLElement>('.island')];
  return stage && island ? [{ root: one, stage, island, steps: all('.step', one), awake: undefined }] : [];
});
const controls = document.querySelector<HTMLElement>('.turns');
const parameters = new URLSearchParams(location.search);

let protocols = detectProtocols(location);
/** Our own loader is the host: it says how the frame runs, and brings into view what it is asked to. */
let isLoader = parameters.has('loader');
let mode: DisplayMode | undefined;
let layout: Layout | undefined;
let animationFrame = 0;
let resizerTimer = 0;
/** What the host last said of the box that it pins the frame in: its height, where it says one. */
let pinned: { readonly height: number | undefined } | undefined;
/** Where the frame stood when the host, or this script, last scrolled it. */
let stoodAt = 0;
let visible: VisibleRect = { top: 0, height: 0 };
/** The height of the reader's viewport, once it is known; before, the most that was seen of the frame. */
let viewport: number | undefined;
let mostSeen = 0;
/** What the frame was last laid out for, and how high that made its content. */
let laidOutFor = '';
let laidOut = 0;
/** The height that the content asks for outside a pinned frame, in pixels. */
let wanted = 0;
let postedHeight: number | undefined;
let heightTimer = 0;
/** A height waits to be told; and it is to be told even if it is the same. */
let [isHeightLate, isHeightForced] = [false, false];
let postedStep = '';
let current: HTMLElement | undefined;
/** Where the reader last was by their own doing, and whether all that they saw was the frame. */
let readerPlace: Place | undefined;
let isInside = false;
/** How often the host was asked to bring a place into view, and whether it has yet to do so. */
let showSerial = 0;
let hostTimer = 0;
let isReady = false;

const post = (message: FrameMessage) => parent.postMessage(messageOf(message), '*');
const viewportHeight = () => viewport ?? Math.min(900, Math.max(ASSUMED_VIEWPORT / 2, mostSeen));

// A frame may be so high and no higher: the long sections after the story open one at a time.
for (const section of all('.sources > section[id]')) fold(section);

const pager = controls && embedPager(controls, turnedTo);

/** Something may have moved; many askings in a frame are one. */
function requestUpdate(): void {
  animationFrame ||= requestAnimationFrame(() => {
    animationFrame = 0;
    follow();
  });
}

// ——— The way of running ———

/** All that the layout depends on, beside the content itself. */
function roomNow(): string {
  return [innerWidth, innerHeight, pinned ? `pinned in ${pinned.height}` : viewport !== undefined && viewport < MIN_STICKY_HEIGHT ? viewport : ''].join(' ');
}

/** The content may have another size: it is measured anew where it does not stand as it was laid out. */
function contentChanged(): void {
  if (!mode || Math.abs(contentHeight() - laidOut) <= 1) return;
  forgetContent();
  layOut();
}

/**
 * Chooses the way of running, lays the frame out for its room, puts the reader back to their place, and tells the host the height.
 * `hurried`: without waiting for a resizer that may answer yet. True when the reader was put back.
 */
function layOut(hurried = mode === undefined): boolean {
  const before = scrollY;
  const [next, content, screen] = chooseMode();
  clearTimeout(resizerTimer);
  if ((next === 'pager' || next === 'teaser') && mode === 'tall' && !hurried && innerHeight > 0) {
    resizerTimer = window.setTimeout(layOut, RESIZER_TIMEOUT_MS, true);
    applyMode('tall', ASSUMED_VIEWPORT);
    postHeight();
    return false;
  }
  const [former, held, focused] = [mode, current, controls?.contains(document.activeElement) ?? false];
  if (former === 'pager' && next !== former) pager?.stop();
  mode = next;
  applyMode(next, screen);
  if (next === 'pinned') fillHeight(content, pinned?.height ?? Math.min(MAX_HEIGHT, content.height), screen);
  else if (!pinned && innerHeight > 0 && (next === 'tall' || next === 'flat'))
    fillHeight(content, Math.abs(innerHeight - wanted) > 2 ? innerHeight : wanted, screen);
  else setSpacing(content.apart);
  if (next === 'pager' && former !== next) pager?.start(held);
  if (next === 'flat' && innerHeight > 0) fillSlots();
  if (next !== 'tall') for (const { stage } of passages) stage.style.translate = '';
  laidOutFor = roomNow();
  laidOut = contentHeight();
  layout = undefined;
  // Measuring may have cut the document short for a moment, and its scroll with it.
  if (pinned) scrollTo({ top: before, behavior: 'instant' });
  stoodAt = scrollY;
  const restored = restore(former, held, focused);
  postHeight();
  requestUpdate();
  return restored;
}

/** The way of running that fits the room, its content as measured for it, and the height of the screen that it is laid out for. */
function chooseMode(): readonly [DisplayMode, ReturnType<typeof measureContent>, number] {
  if (pinned) {
    const content = measureContent('pinned', innerHeight);
    const chosen = displayModeOf({ pinned: true, frame: innerHeight, least: leastHeight(content), viewport });
    return [chosen, chosen === 'pinned' ? content : measureContent(chosen, innerHeight), innerHeight];
  }
  const low = viewport !== undefined && viewport < MIN_STICKY_HEIGHT;
  const [as, screen] = low ? (['flat', viewport ?? ASSUMED_VIEWPORT] as const) : (['tall', ASSUMED_VIEWPORT] as const);
  const content = measureContent(as, screen);
  wanted = wantedHeight(content);
  const chosen = displayModeOf({ pinned: false, frame: innerHeight, least: wanted > MAX_HEIGHT ? wanted : wanted * MIN_HEIGHT_SHARE, viewport });
  return [chosen, content, screen];
}

/** Tells the host the height, in every tongue, when it has changed; at most once in PAUSE, and the last one always. */
function postHeight(anyway = false): void {
  if (heightTimer) {
    isHeightLate = true;
    isHeightForced ||= anyway;
    return;
  }
  const height = heightToPost(anyway || isHeightForced ? undefined : postedHeight, heightNow());
  [isHeightLate, isHeightForced] = [false, false];
  if (height === undefined) return;
  postedHeight = height;
  heightTimer = window.setTimeout(() => {
    heightTimer = 0;
    if (isHeightLate) postHeight();
  }, HEIGHT_INTERVAL_MS);
  post({ type: 'height', height });
  for (const message of heightMessages(protocols, height, { href: location.href, width: innerWidth })) parent.postMessage(message, '*');
}

/** The height that the frame is to have now, in pixels. */
function heightNow(): number {
  if (pinned) return mode === 'pager' ? innerHeight : laidOut;
  // Our loader reserves a height before the frame is there: one that the content fills stays as it is.
  if (isLoader && (mode === 'tall' || mode === 'flat') && Math.abs(laidOut - innerHeight) <= 1) return innerHeight;
  return wanted > MAX_HEIGHT ? ASSUMED_VIEWPORT : wanted;
}

// ——— The reader's place ———

/** After a change of layout, puts the reader back to where they were; true where that was done. */
function restore(former: DisplayMode | undefined, held: HTMLElement | undefined, focused: boolean): boolean {
  if (former === 'pager' && mode !== former && held) keepPage(held);
  if (!mode || former === undefined || !readerPlace || !isInside) return false;
  if (mode === 'pager' || mode === 'teaser') {
    if (former === mode) return false;
    bringTo(0);
    return true;
  }
  layout = measure();
  const top = Math.max(0, scrollFor(layout.stops, readerPlace));
  const now = pinned ? scrollY : viewOf(visible, innerHeight, viewportHeight()).top;
  if (former === mode && Math.abs(top - now) <= 1 && !hostTimer) return false;
  bringTo(top);
  if (former === 'pager' && focused && held) focusOn(held, true);
  return true;
}

/** Whether an element is this page of the pager, or stands before it. */
const isUpTo = (page: HTMLElement) => (one: HTMLElement) => one === page || Boolean(one.compareDocumentPosition(page) & Node.DOCUMENT_POSITION_FOLLOWING);

/** A page of the pager as a place in the document. */
function keepPage(page: HTMLElement): void {
  const index = stops.findLastIndex(isUpTo(page));
  // A page of its own after a stop (its table) is at the stop's foot.
  readerPlace = { index, depth: index < 0 || stops[index] === page ? 0 : 1 };
  isInside = index > 0;
}

/** Brings a place of the document, in pixels from its top, to where the reader sees it, by the host where it is needed. */
function bringTo(top: number): void {
  if (pinned) {
    scrollTo({ top, behavior: 'instant' });
    stoodAt = scrollY;
  }
  answered();
  hostTimer = window.setTimeout(() => {
    hostTimer = 0;
    requestUpdate();
  }, HOST_TIMEOUT_MS);
  if (pinned || isLoader) post({ type: 'show', y: Math.round(Math.min(MAX_HEIGHT, pinned ? scrollY : top)), serial: (showSerial += 1) });
  else scrollHostTo(top);
}

/** In a host without our loader the browser itself brings a place into view, where it lets a frame do so. */
function scrollHostTo(top: number): void {
  const mark = document.createElement('i');
  mark.className = 'place-mark';
  mark.style.setProperty('--top', `${top}px`);
  document.body.append(mark);
  mark.scrollIntoView({ block: 'start', inline: 'nearest', behavior: 'instant' });
  mark.remove();
}

// ——— Following the reader ———

function measure(): Layout {
  const view = mode === 'pinned' ? innerHeight : viewportHeight();
  root.style.setProperty('--seen', `${view}px`);
  const fromTop = (element: HTMLElement) => element.getBoundingClientRect().top + scrollY;
  const apart = Number.parseFloat(root.style.getPropertyValue('--step')) * ARRIVAL_SHARE;
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
  const first = measured[0]?.geometry;
  // Where nothing sticks the reader is at the step in the middle of what they see.
  const { line, rest } = mode === 'flat' || !first ? { line: view / 2, rest: 0 } : first;
  return { passages: measured, stops: { tops: stops.map(fromTop), heights: stops.map((stop) => stop.offsetHeight), line, rest } };
}

function follow(): void {
  if (!mode || mode === 'teaser' || (roomNow() !== laidOutFor && layOut())) return;
  const view = pinned ? { top: scrollY, height: innerHeight } : viewOf(visible, innerHeight, viewportHeight());
  if (mode === 'pager') return slidePager(view);
  layout ??= measure();
  const at = placeAt(layout.stops, view.top);
  // Only where the reader has come by their own doing.
  if (!hostTimer && (pinned || visible.height > 0)) {
    readerPlace = at;
    isInside = view.top > 0 && view.top < (pinned ? laidOut : innerHeight) - view.height;
  }
  passages.forEach((passage, i) => {
    const box = layout?.passages[i];
    if (!box || mode === 'flat') return;
    if (box.top < view.top + 2 * view.height && box.bottom > view.top - view.height) hydrateStage(passage);
    passage.awake?.show(stepStateAt(passage.steps, box.geometry, view.top));
    const down = Math.min(Math.max(0, view.top - box.top), box.bottom - box.top - box.stage);
    passage.stage.style.translate = mode === 'tall' && down > 0 ? `0 ${down}px` : '';
  });
  setCurrent(stops[at.index]);
}

/** In a frame that is higher than what the reader sees of it, the pager stands where they see it whole. */
function slidePager({ top }: VisibleRect): void {
  // Before the first look it fills its frame: most frames are seen whole, and nothing is to move then.
  if (visible.height <= 0) return;
  const height = Math.min(innerHeight, viewport ?? Math.max(ASSUMED_VIEWPORT, mostSeen));
  root.style.setProperty('--pager-height', `${height}px`);
  root.style.setProperty('--pager-top', `${Math.min(Math.max(0, top), innerHeight - height)}px`);
}

/** The reader is at this stop; the host is told of each new step. */
function setCurrent(stop: HTMLElement | undefined): void {
  current = stop;
  if (!stop?.classList.contains('step') || stop.id === postedStep) return;
  postedStep = stop.id;
  post({ type: 'step', id: stop.id });
}

/** The pager shows this page: its picture is settled. */
function turnedTo(page: HTMLElement): void {
  const passage = passages.find((one) => one.root.contains(page));
  if (passage) {
    hydrateStage(passage);
    const step = passage.steps.findLast(isUpTo(page));
    passage.awake?.show({ step: (step ?? passage.steps[0])?.id ?? '', progress: 1 });
  }
  keepPage(page);
  setCurrent(page);
}

function hydrateStage(passage: Passage): void {
  if (passage.awake) return;
  const found = readIsland(passage.island);
  if (found) passage.awake = hydrateIsland(passage.island, found.chart, found.view);
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
      if (found) mountStep(target, found.chart, found.view, target.dataset['slot'] ?? '');
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
  if (mode === 'pager') pager?.show(element);
  else element.scrollIntoView();
}

function focusOn(stop: HTMLElement, preventScroll = false): void {
  const heading = stop.querySelector<HTMLElement>('h1, h2, h3') ?? stop;
  heading.tabIndex = -1;
  heading.focus({ preventScroll });
}

// Before what answers links: a figure opens its card, wherever its link would lead.
openCards();

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
  if (protocols.wordpress === undefined || !link || event.defaultPrevented) return;
  event.preventDefault();
  parent.postMessage({ message: 'link', value: link.href, secret: protocols.wordpress }, '*');
});
// Where no link leads out, each says in words where it would lead.
if (protocols.wordpress !== undefined) root.dataset['links'] = 'printed';

// ——— The host ———

function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

/** The host pins the frame, in a box of this height where it says so, and has scrolled so far into it. */
function pinTo(y: number, height?: number, serial?: number): void {
  // Sent before the host heard what it was asked: not where the reader is.
  const stale = Boolean(hostTimer) && serial !== undefined && serial < showSerial;
  const first = !pinned;
  if (first || pinned?.height !== height) postedHeight = undefined;
  pinned = { height };
  if (roomNow() !== laidOutFor && layOut(true)) return;
  if (stale || (mode !== 'pinned' && mode !== 'flat')) return;
  answered();
  // A host that does not count says where it was before it heard what the reader did here; once, for it may not follow at all.
  if (serial === undefined && !first && Math.abs(scrollY - stoodAt) > 1) return moved();
  scrollTo({ top: y, behavior: 'instant' });
  stoodAt = scrollY;
  requestUpdate();
}

/** The frame is not pinned, in a host whose viewport is this high, where it says so. */
function release(height: number | undefined, serial: number | undefined): void {
  if (height !== undefined && height > 0) viewport = height;
  if (pinned) {
    postedHeight = pinned = undefined;
    scrollTo({ top: 0, behavior: 'instant' });
    stoodAt = 0;
  } else if (serial === showSerial) answered();
  if (roomNow() !== laidOutFor) layOut(true);
  requestUpdate();
}

/** The host has done what it was asked. */
function answered(): void {
  clearTimeout(hostTimer);
  hostTimer = 0;
}

/** The frame has been scrolled by the reader's focus, find or link: the host is to follow. */
function moved(): void {
  if (!pinned || Math.abs(scrollY - stoodAt) <= 1) return;
  answered();
  layout ??= measure();
  readerPlace = placeAt(layout.stops, scrollY);
  isInside = true;
  bringTo(scrollY);
}

addEventListener('message', ({ source, data }) => {
  if (source !== parent || source === window) return;
  const ours = parseHostMessage(data);
  if (ours?.type === 'scroll' || ours?.type === 'release') {
    isLoader = true;
    if (ours.type === 'scroll') pinTo(ours.y, ours.height, ours.serial);
    else release(ours.viewport, ours.serial);
    markReady();
  } else if (ours?.type === 'theme') applyTheme(ours.theme);
  const message = parseResizerMessage(protocols, data);
  if (!message) return;
  protocols = message.protocols;
  if (message.asks) postHeight(true);
  if (message.scroll !== undefined) pinTo(message.scroll);
});

addEventListener(
  'scroll',
  () => {
    moved();
    requestUpdate();
  },
  { passive: true },
);

const theme = parameters.get('theme');
if (isTheme(theme)) applyTheme(theme);
document.addEventListener('figure-open', (event) => {
  const { id } = (event instanceof CustomEvent ? event.detail : null) ?? {};
  if (typeof id === 'string') post({ type: 'figure-open', id });
});
addEventListener('resize', () => roomNow() !== laidOutFor && mode && layOut());
addEventListener('pageshow', contentChanged);
setUpMotionSwitch(requestUpdate);
document.addEventListener('toggle', contentChanged, true);
new ResizeObserver(contentChanged).observe(document.body);
watchVisibleRect((now) => {
  visible = now;
  mostSeen = Math.max(mostSeen, now.height);
  // What is seen ends with the content, which may end before the frame does.
  const end = Math.min(innerHeight, root.getBoundingClientRect().height);
  const whole = now.top > 0.5 && now.top + now.height < end - 0.5;
  if (!isLoader && whole && now.height !== viewport) {
    viewport = now.height;
    layout = undefined;
  } else if (viewport === undefined && now.height === mostSeen) layout = undefined;
  follow();
});

/** The frame stands: it is laid out, its words are shown, and the host is told. Once. */
function markReady(): void {
  if (isReady) return;
  isReady = true;
  if (!mode) layOut();
  delete root.dataset['waiting'];
  post({ type: 'ready', title: document.title });
  for (const greeting of readyMessages(protocols)) parent.postMessage(greeting, '*');
  requestUpdate();
}

// Our loader says how the frame runs before it is first laid out; any other host is told what it needs at once.
if (isLoader) setTimeout(markReady, HOST_TIMEOUT_MS);
else markReady();
