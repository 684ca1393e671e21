/** What an embed knows of its host, its layout and its reader: one object, made once and passed to whatever changes it. */
import { messageOf, type FrameMessage } from '#embed/protocol.ts';
import { ASSUMED_VIEWPORT, MIN_STICKY_HEIGHT, viewOf, type DisplayMode, type VisibleRect } from '#embed/displayMode.ts';
import { detectProtocols, type ResizeProtocols } from '#embed/resizeProtocols.ts';
import type { HeightReporter } from './embedHeight.ts';
import type { EmbedPager } from './embedPager.ts';
import { all, findPassages, type Passage } from './passages.ts';
import type { Place, Stops } from './placeAt.ts';

/** Where things stand in the document, in pixels from its top. */
export interface Layout {
  /** Each passage, and the height of its stage. */
  readonly boxes: readonly { readonly top: number; readonly bottom: number; readonly stage: number }[];
  readonly stops: Stops;
}

export interface Embed {
  readonly passages: readonly Passage[];
  readonly stops: readonly HTMLElement[];
  readonly controls: HTMLElement | null;

  // What its parts do, for the others.
  pager: EmbedPager | null;
  readonly height: HeightReporter;
  /** Follows the reader in the next frame. */
  readonly requestUpdate: () => void;

  // The host.
  protocols: ResizeProtocols;
  /** Our own loader is the host: it says how the frame runs, and brings into view what it is asked to. */
  isLoader: boolean;
  /** What the host last said of the box that it pins the frame in: its height, where it says one. */
  pinned: { readonly height: number | undefined } | undefined;
  /** Where the frame stood when the host, or this script, last scrolled it. */
  stoodAt: number;
  /** How often the host was asked to bring a place into view, and the timer that runs while it has yet to do so. */
  showSerial: number;
  hostTimer: number;
  visible: VisibleRect;
  /** The height of the reader's viewport, once it is known; before, the most that was seen of the frame. */
  viewport: number | undefined;
  mostSeen: number;

  // The layout.
  mode: DisplayMode | undefined;
  /** Where things stand, once measured. */
  layout: Layout | undefined;
  /** What the frame was last laid out for, and how high that made its content. */
  laidOutFor: string;
  laidOut: number;
  /** The height that the content asks for outside a pinned frame, in pixels. */
  wanted: number;

  // The reader.
  current: HTMLElement | undefined;
  /** Where the reader last was by their own doing, and whether all that they saw was the frame. */
  readerPlace: Place | undefined;
  isInside: boolean;
}

/** An embed as it opens. */
export function createEmbed(parts: Pick<Embed, 'height' | 'requestUpdate'>): Embed {
  return {
    ...parts,
    passages: findPassages(),
    stops: all('[data-stop]'),
    controls: document.querySelector<HTMLElement>('.turns'),
    pager: null,
    protocols: detectProtocols(location),
    isLoader: new URLSearchParams(location.search).has('loader'),
    pinned: undefined,
    stoodAt: 0,
    showSerial: 0,
    hostTimer: 0,
    visible: { top: 0, height: 0 },
    viewport: undefined,
    mostSeen: 0,
    mode: undefined,
    layout: undefined,
    laidOutFor: '',
    laidOut: 0,
    wanted: 0,
    current: undefined,
    readerPlace: undefined,
    isInside: false,
  };
}

export function post(message: FrameMessage): void {
  parent.postMessage(messageOf(message), '*');
}

/** The height of the reader's viewport, as far as it is known, in pixels. */
export function viewportHeight({ viewport, mostSeen }: Embed): number {
  return viewport ?? Math.min(900, Math.max(ASSUMED_VIEWPORT / 2, mostSeen));
}

/** What the reader's viewport covers of the frame's document. */
export function viewNow(embed: Embed): VisibleRect {
  return embed.pinned ? { top: scrollY, height: innerHeight } : viewOf(embed.visible, innerHeight, viewportHeight(embed));
}

/** All that the layout depends on, beside the content itself. */
export function roomNow({ pinned, viewport }: Embed): string {
  return [innerWidth, innerHeight, pinned ? `pinned in ${pinned.height}` : viewport !== undefined && viewport < MIN_STICKY_HEIGHT ? viewport : ''].join(' ');
}
