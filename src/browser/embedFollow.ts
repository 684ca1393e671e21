/** An embed follows its reader: by the host's scroll where it is pinned, by what is seen of it elsewhere, by the pager's pages. */
import { ASSUMED_VIEWPORT, type VisibleRect } from '#embed/displayMode.ts';
import { layOutIfMoved } from './embedLayout.ts';
import { isUpTo, keepPage, layoutOf } from './embedPosition.ts';
import { post, viewNow, type Embed } from './embedState.ts';
import { hydratePassage, showPassage } from './passages.ts';
import { placeAt } from './placeAt.ts';

const root = document.documentElement;

/** Shows each stage near the reader the state of its step, and tells the host of each new step. */
export function follow(embed: Embed): void {
  const { mode, pinned, visible } = embed;
  if (!mode || mode === 'teaser' || layOutIfMoved(embed)) return;
  const view = viewNow(embed);
  if (embed.mode === 'pager') return slidePager(embed, view);
  const { boxes, stops } = layoutOf(embed);
  const at = placeAt(stops, view.top);
  // Only where the reader has come by their own doing.
  if (!embed.hostTimer && (pinned || visible.height > 0)) {
    embed.readerPlace = at;
    embed.isInside = view.top > 0 && view.top < (pinned ? embed.laidOut : innerHeight) - view.height;
  }
  embed.passages.forEach((passage, i) => {
    const box = boxes[i];
    if (!box || embed.mode === 'flat') return;
    if (box.top < view.top + 2 * view.height && box.bottom > view.top - view.height) hydratePassage(passage);
    showPassage(passage, view.top);
    const down = Math.min(Math.max(0, view.top - box.top), box.bottom - box.top - box.stage);
    passage.stage.style.translate = embed.mode === 'tall' && down > 0 ? `0 ${down}px` : '';
  });
  setCurrent(embed, embed.stops[at.index]);
}

/** In a frame that is higher than what the reader sees of it, the pager stands where they see it whole. */
function slidePager({ visible, viewport, mostSeen }: Embed, { top }: VisibleRect): void {
  // Before the first look it fills its frame: most frames are seen whole, and nothing is to move then.
  if (visible.height <= 0) return;
  const height = Math.min(innerHeight, viewport ?? Math.max(ASSUMED_VIEWPORT, mostSeen));
  root.style.setProperty('--pager-height', `${height}px`);
  root.style.setProperty('--pager-top', `${Math.min(Math.max(0, top), innerHeight - height)}px`);
}

let postedStep = '';

/** The reader is at this stop; the host is told of each new step. */
function setCurrent(embed: Embed, stop: HTMLElement | undefined): void {
  embed.current = stop;
  if (!stop?.classList.contains('step') || stop.id === postedStep) return;
  postedStep = stop.id;
  post({ type: 'step', id: stop.id });
}

/** The pager shows this page: its picture is settled. */
export function showPage(embed: Embed, page: HTMLElement): void {
  const passage = embed.passages.find((one) => one.root.contains(page));
  if (passage) {
    hydratePassage(passage);
    const step = passage.steps.findLast(isUpTo(page));
    passage.hydrated?.show({ step: (step ?? passage.steps[0])?.id ?? '', progress: 1 });
  }
  keepPage(embed, page);
  setCurrent(embed, page);
}

/** The reader sees this much of the frame. */
export function setVisible(embed: Embed, now: VisibleRect): void {
  embed.visible = now;
  embed.mostSeen = Math.max(embed.mostSeen, now.height);
  // What is seen ends with the content, which may end before the frame does.
  const end = Math.min(innerHeight, root.getBoundingClientRect().height);
  const whole = now.top > 0.5 && now.top + now.height < end - 0.5;
  if (!embed.isLoader && whole && now.height !== embed.viewport) {
    embed.viewport = now.height;
    embed.layout = undefined;
  } else if (embed.viewport === undefined && now.height === embed.mostSeen) embed.layout = undefined;
  follow(embed);
}
