/**
 * What frame and loader say to each other. Both ends take nothing but these shapes, whatever is sent:
 * parsing never throws, and gives undefined for everything else. Who sent it (`event.source`) the listener checks.
 */

/** The version that each message carries as `explainer`. */
export const VERSION = 1;
/** The largest height, in pixels, that a frame may ask for: the story on a phone takes 22,000 with its steps as close as they may stand. */
export const MAX_HEIGHT = 24e3;
/** The most messages that a loader obeys in a second. */
export const MAX_MESSAGES_PER_SECOND = 20;

/** The longest title of a frame, in characters. */
const LONGEST_TITLE = 200;

/** The themes that a publisher may choose from. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** From the frame to its host. Heights and places are whole pixels. */
export type FrameMessage =
  /** The frame stands; what it is called, for a host that has no name for it. */
  | { readonly type: 'ready'; readonly title?: string | undefined }
  | { readonly type: 'height'; readonly height: number }
  /** The reader has come to a step. */
  | { readonly type: 'step'; readonly id: string }
  /** The reader has opened what a figure rests on. */
  | { readonly type: 'figure-open'; readonly id: string }
  /**
   * What the reader asked for (focus, anchor, find), or was reading before the frame changed its shape, stands at this place of
   * the frame's document. `serial` counts these messages: the host says it back, so that what it sent before can be told apart.
   */
  | { readonly type: 'show'; readonly y: number; readonly serial?: number | undefined };

/** From the loader to its frame. */
export type HostMessage =
  /** The frame is pinned in a box of this height, and the host has scrolled this far into it. */
  | { readonly type: 'scroll'; readonly y: number; readonly height?: number | undefined; readonly serial?: number | undefined }
  /** The frame is not pinned; the reader's viewport is this high. */
  | { readonly type: 'release'; readonly viewport?: number | undefined; readonly serial?: number | undefined }
  | { readonly type: 'theme'; readonly theme: Theme };

/** A message as it is posted. */
export function messageOf<Message extends FrameMessage | HostMessage>(message: Message): Message & { explainer: typeof VERSION } {
  return { ...message, explainer: VERSION };
}

/** What a frame said; undefined for anything that is not exactly that. */
export function parseFrameMessage(data: unknown): FrameMessage | undefined {
  const { explainer, type, height, id, y, title, serial } = fieldsOf(data);
  if (explainer !== VERSION) return undefined;
  if (type === 'ready') return { type, title: typeof title === 'string' ? title.slice(0, LONGEST_TITLE) : undefined };
  if (type === 'height') return isPixels(height, 1, MAX_HEIGHT) ? { type, height } : undefined;
  if (type === 'show') return isPixels(y, 0, MAX_HEIGHT) ? { type, y, serial: placeOf(serial) } : undefined;
  if (type === 'step' || type === 'figure-open') return typeof id === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(id) ? { type, id } : undefined;
  return undefined;
}

/** What our loader said; undefined for anything that is not exactly that. */
export function parseHostMessage(data: unknown): HostMessage | undefined {
  const { explainer, type, y, theme, height, viewport, serial } = fieldsOf(data);
  if (explainer !== VERSION) return undefined;
  if (type === 'release') return { type, viewport: placeOf(viewport), serial: placeOf(serial) };
  if (type === 'scroll') return isPlace(y) ? { type, y, height: placeOf(height), serial: placeOf(serial) } : undefined;
  if (type === 'theme') return isTheme(theme) ? { type, theme } : undefined;
  return undefined;
}

/** A theme by name; anything else is none. */
export function isTheme(value: unknown): value is Theme {
  return value === 'auto' || value === 'light' || value === 'dark';
}

/** A place in a frame's document, in pixels: hosts scroll by fractions. */
export function isPlace(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_HEIGHT;
}

/** A number in range, from a field that loaders and frames of another age do without. */
function placeOf(value: unknown): number | undefined {
  return isPlace(value) ? value : undefined;
}

function isPixels(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value % 1 === 0 && value >= least && value <= most;
}

/** The fields of an object; none of anything else. */
export function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
}
