/** Where the reader is in an embed: kept while its layout changes, and brought into view by the host where it is needed. */
import { MAX_HEIGHT } from '#embed/protocol.ts';
import type { DisplayMode } from '#embed/displayMode.ts';
import { post, viewNow, viewportHeight, type Embed, type Layout } from './embedState.ts';
import { fromTop } from './passages.ts';
import { placeAt, scrollFor } from './placeAt.ts';
import { linesOf } from './stepAt.ts';

/** How much of a step's height its picture may take to arrive. */
const ARRIVAL_SHARE = 0.8;
/** How long a host has to bring a place into view, in milliseconds; and our loader to say how the frame runs. */
export const HOST_TIMEOUT_MS = 500;

const { style } = document.documentElement;

/** Where things stand, measured where that is not known. */
export function layoutOf(embed: Embed): Layout {
  return (embed.layout ??= measure(embed));
}

function measure(embed: Embed): Layout {
  const { mode, passages, stops } = embed;
  const view = mode === 'pinned' ? innerHeight : viewportHeight(embed);
  style.setProperty('--seen', `${view}px`);
  const apart = Number.parseFloat(style.getPropertyValue('--step')) * ARRIVAL_SHARE;
  const boxes = passages.map((passage) => {
    const { top, height, left } = passage.root.getBoundingClientRect();
    const stage = passage.stage.getBoundingClientRect();
    const { line, rest } = linesOf({ bottom: stage.height }, stage.left > left + 1, view);
    passage.geometry = { tops: passage.steps.map(fromTop), line: Math.min(line, rest + apart), rest };
    return { top: top + scrollY, bottom: top + scrollY + height, stage: stage.height };
  });
  const first = passages[0]?.geometry;
  // Where nothing sticks the reader is at the step in the middle of what they see.
  const { line, rest } = mode === 'flat' || !first ? { line: view / 2, rest: 0 } : first;
  return { boxes, stops: { tops: stops.map(fromTop), heights: stops.map((stop) => stop.offsetHeight), line, rest } };
}

/** After a change of layout, puts the reader back to where they were; true where that was done. */
export function restore(embed: Embed, former: DisplayMode | undefined, held: HTMLElement | undefined, focused: boolean): boolean {
  const { mode } = embed;
  if (former === 'pager' && mode !== former && held) keepPage(embed, held);
  if (!mode || former === undefined || !embed.readerPlace || !embed.isInside) return false;
  if (mode === 'pager' || mode === 'teaser') {
    if (former === mode) return false;
    bringTo(embed, 0);
    return true;
  }
  const top = Math.max(0, scrollFor(layoutOf(embed).stops, embed.readerPlace));
  if (former === mode && Math.abs(top - viewNow(embed).top) <= 1 && !embed.hostTimer) return false;
  bringTo(embed, top);
  if (former === 'pager' && focused && held) focusOn(held, true);
  return true;
}

/** Whether an element is this page of the pager, or stands before it. */
export const isUpTo = (page: HTMLElement) => (one: HTMLElement) =>
  one === page || Boolean(one.compareDocumentPosition(page) & Node.DOCUMENT_POSITION_FOLLOWING);

/** A page of the pager as a place in the document. */
export function keepPage(embed: Embed, page: HTMLElement): void {
  const index = embed.stops.findLastIndex(isUpTo(page));
  // A page of its own after a stop (its table) is at the stop's foot.
  embed.readerPlace = { index, depth: index < 0 || embed.stops[index] === page ? 0 : 1 };
  embed.isInside = index > 0;
}

/** Scrolls a pinned frame, which is not the reader's doing. */
export function scrollFrame(embed: Embed, top: number): void {
  scrollTo({ top, behavior: 'instant' });
  embed.stoodAt = scrollY;
}

/** Brings a place of the document, in pixels from its top, to where the reader sees it, by the host where it is needed. */
function bringTo(embed: Embed, top: number): void {
  const { pinned } = embed;
  if (pinned) scrollFrame(embed, top);
  answered(embed);
  embed.hostTimer = window.setTimeout(() => {
    embed.hostTimer = 0;
    embed.requestUpdate();
  }, HOST_TIMEOUT_MS);
  if (pinned || embed.isLoader) post({ type: 'show', y: Math.round(Math.min(MAX_HEIGHT, pinned ? scrollY : top)), serial: (embed.showSerial += 1) });
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

/** The host has done what it was asked. */
export function answered(embed: Embed): void {
  clearTimeout(embed.hostTimer);
  embed.hostTimer = 0;
}

/** The frame may have been scrolled by the reader's focus, find or link: then the host is to follow. */
export function followOwnScroll(embed: Embed): void {
  if (!embed.pinned || Math.abs(scrollY - embed.stoodAt) <= 1) return;
  answered(embed);
  embed.readerPlace = placeAt(layoutOf(embed).stops, scrollY);
  embed.isInside = true;
  bringTo(embed, scrollY);
}

export function focusOn(stop: HTMLElement, preventScroll = false): void {
  const heading = stop.querySelector<HTMLElement>('h1, h2, h3') ?? stop;
  heading.tabIndex = -1;
  heading.focus({ preventScroll });
}
