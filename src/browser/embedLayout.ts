/** An embed's display mode and layout: chosen for its room, and chosen again when the room or the content has changed. */
import { MAX_HEIGHT } from '#embed/protocol.ts';
import { ASSUMED_VIEWPORT, displayModeOf, MIN_STICKY_HEIGHT, type DisplayMode } from '#embed/displayMode.ts';
import { applyMode, contentHeight, fillHeight, forgetContent, leastHeight, measureContent, setSpacing, wantedHeight } from './embedContent.ts';
import { restore } from './embedPosition.ts';
import { roomNow, type Embed } from './embedState.ts';
import { all, fillSlot, whenNear } from './passages.ts';

/** The share of what it asks for that a frame can do with: the steps then stand closer. */
const MIN_HEIGHT_SHARE = 0.9;
/** How long a frame may be too low before it becomes a pager or a teaser, in milliseconds: a host that is there has answered by then. */
const RESIZER_TIMEOUT_MS = 400;

/** The content may have another size: it is measured anew where it does not stand as it was laid out. */
export function contentChanged(embed: Embed): void {
  if (!embed.mode || Math.abs(contentHeight() - embed.laidOut) <= 1) return;
  forgetContent();
  layOut(embed);
}

let resizerTimer = 0;

/**
 * Chooses the display mode, lays the frame out for its room, puts the reader back to their place, and tells the host the height.
 * `hurried`: without waiting for a resizer that may answer yet. True when the reader was put back.
 */
export function layOut(embed: Embed, hurried = embed.mode === undefined): boolean {
  const { pinned, pager } = embed;
  const before = scrollY;
  const [next, content, screen] = chooseMode(embed);
  clearTimeout(resizerTimer);
  const former = embed.mode;
  if ((next === 'pager' || next === 'teaser') && (former === 'tall' || former === 'flat') && !hurried && innerHeight > 0) {
    resizerTimer = window.setTimeout(layOut, RESIZER_TIMEOUT_MS, embed, true);
    applyMode(former, former === 'tall' ? ASSUMED_VIEWPORT : screen);
    // A phone that is turned has its new width before its host says that the frame is pinned again: too much for any host is not told yet.
    if (former === 'tall' || embed.wanted <= MAX_HEIGHT) embed.height.report();
    return false;
  }
  const [held, focused] = [embed.current, embed.controls?.contains(document.activeElement) ?? false];
  if (former === 'pager' && next !== former) pager?.stop();
  embed.mode = next;
  applyMode(next, screen);
  if (next === 'pinned') fillHeight(content, pinned?.height ?? Math.min(MAX_HEIGHT, content.height), screen);
  else if (!pinned && innerHeight > 0 && (next === 'tall' || next === 'flat'))
    fillHeight(content, Math.abs(innerHeight - embed.wanted) > 2 ? innerHeight : embed.wanted, screen);
  else setSpacing(content.apart);
  if (next === 'pager' && former !== next) pager?.start(held);
  if (next === 'flat' && innerHeight > 0) fillSlots();
  if (next !== 'tall') for (const { stage } of embed.passages) stage.style.translate = '';
  embed.laidOutFor = roomNow(embed);
  embed.laidOut = contentHeight();
  embed.layout = undefined;
  // Measuring may have cut the document short for a moment, and its scroll with it.
  if (pinned) scrollTo({ top: before, behavior: 'instant' });
  embed.stoodAt = scrollY;
  const restored = restore(embed, former, held, focused);
  embed.height.report();
  embed.requestUpdate();
  return restored;
}

/** Lays the frame out where its room is not the one that it was laid out for; true when the reader was put back. */
export function layOutIfMoved(embed: Embed, hurried?: boolean): boolean {
  return roomNow(embed) !== embed.laidOutFor && layOut(embed, hurried);
}

/** The display mode that fits the room, its content as measured for it, and the height of the screen that it is laid out for. */
function chooseMode(embed: Embed): readonly [DisplayMode, ReturnType<typeof measureContent>, number] {
  const { viewport } = embed;
  if (embed.pinned) {
    const content = measureContent('pinned', innerHeight);
    const chosen = displayModeOf({ pinned: true, frame: innerHeight, least: leastHeight(content), viewport });
    return [chosen, chosen === 'pinned' ? content : measureContent(chosen, innerHeight), innerHeight];
  }
  const low = viewport !== undefined && viewport < MIN_STICKY_HEIGHT;
  const [as, screen] = low ? (['flat', viewport] as const) : (['tall', ASSUMED_VIEWPORT] as const);
  const content = measureContent(as, screen);
  const wanted = wantedHeight(content);
  embed.wanted = wanted;
  const chosen = displayModeOf({ pinned: false, frame: innerHeight, least: wanted > MAX_HEIGHT ? wanted : wanted * MIN_HEIGHT_SHARE, viewport });
  return [chosen, content, screen];
}

/** The height that the frame is to have now, in pixels. */
export function heightNow({ pinned, mode, isLoader, laidOut, wanted }: Embed): number {
  if (pinned) return mode === 'pager' ? innerHeight : laidOut;
  // Our loader reserves a height before the frame is there: one that the content fills stays as it is.
  if (isLoader && (mode === 'tall' || mode === 'flat') && Math.abs(laidOut - innerHeight) <= 1) return innerHeight;
  return wanted > MAX_HEIGHT ? ASSUMED_VIEWPORT : wanted;
}

/** Where nothing sticks, each step has a picture of its own. */
function fillSlots(): void {
  document.documentElement.dataset['live'] = '';
  for (const slot of all('[data-slot]')) if (!slot.firstChild) whenNear(slot, '0px', () => slot.firstChild ?? fillSlot(slot));
}
