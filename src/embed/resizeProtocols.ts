/**
 * The height of a frame in the protocols of the resizers that publishers already have, each as its own protocol asks
 * (shared research, embedding.md 6.2: read in the projects' sources). What only one of them understands is said only after
 * it has shown that it is there; the rest is said to every host, which ignores what it does not know.
 */
import { fieldsOf, isPlace } from './protocol.ts';

/** Which hosts have shown themselves, and by what name they know this frame. */
export interface ResizeProtocols {
  /** pym.js: `?childId=` in the frame's address. */
  readonly pym: string | undefined;
  /** WordPress: `#?secret=` in the frame's address. */
  readonly wordpress: string | undefined;
  /** AMP: `#amp=1` in the frame's address. */
  readonly amp: boolean;
  /** iframe-resizer: the id in its first message. */
  readonly resizer: string | undefined;
}

/** What a message of a host means. */
export interface ResizerMessage {
  readonly protocols: ResizeProtocols;
  /** The host wants to know the height now. */
  readonly asks: boolean;
  /** The host has pinned the frame, as the Guardian does, and scrolled this far into it, in pixels. */
  readonly scroll: number | undefined;
}

const RESIZER = '[iFrameSizer]';

/** What the address of the frame says of its host. */
export function detectProtocols({ search, hash }: { readonly search: string; readonly hash: string }): ResizeProtocols {
  return {
    pym: /[?&]childId=([\w-]{1,100})(?:&|$)/.exec(search)?.[1],
    wordpress: /^#\?secret=([A-Za-z0-9]{1,40})$/.exec(hash)?.[1],
    amp: hash === '#amp=1',
    resizer: undefined,
  };
}

/** What a message of the host means; undefined when it is in no protocol that we know. */
export function parseResizerMessage(protocols: ResizeProtocols, data: unknown): ResizerMessage | undefined {
  if (typeof data === 'string') return parseIframeResizer(protocols, data);
  const { sentinel, type, message, secret, kind, scroll } = fieldsOf(data);
  if (sentinel === 'amp' && type === 'frames-init') return { protocols, asks: true, scroll: undefined };
  if (message === 'ready' && protocols.wordpress !== undefined && secret === protocols.wordpress) return { protocols, asks: true, scroll: undefined };
  if (kind === 'interactive:scroll' && isPlace(scroll)) return { protocols, asks: false, scroll };
  return undefined;
}

/** iframe-resizer begins with its settings, the third of which is true or false: so does its own child know them. */
function parseIframeResizer(protocols: ResizeProtocols, data: string): ResizerMessage | undefined {
  if (data.length > 1_000 || !data.startsWith(RESIZER)) return undefined;
  const [id = '', , third] = data.slice(RESIZER.length).split(':');
  if (!/^[\w[\]-]{1,100}$/.test(id) || (third !== 'true' && third !== 'false')) return undefined;
  return { protocols: { ...protocols, resizer: id }, asks: true, scroll: undefined };
}

/** What is said once, when the frame stands. */
export function readyMessages({ amp }: ResizeProtocols): unknown[] {
  return [...(amp ? [{ sentinel: 'amp', type: 'embed-ready' }] : []), { kind: 'interactive:scroll', scroll: 0 }];
}

/** A height in whole pixels, in every protocol that this host may understand. `href` is the frame's address, `width` its width. */
export function heightMessages(protocols: ResizeProtocols, height: number, { href, width }: { readonly href: string; readonly width: number }): unknown[] {
  const { pym, wordpress, resizer } = protocols;
  return [
    ...(pym === undefined ? [] : [`pymxPYMx${pym}xPYMxheightxPYMx${height}`]),
    ...(resizer === undefined ? [] : [`${RESIZER}${resizer}:${height}:${width}:init`]),
    ...(wordpress === undefined ? [] : [{ message: 'height', value: height, secret: wordpress }]),
    // newswire/frames and AMP; Datawrapper; Embedly, Medium and Iframely; the Guardian.
    { sentinel: 'amp', type: 'embed-size', height },
    { 'datawrapper-height': { 'the-size-of-the-room': height } },
    JSON.stringify({ src: href, context: 'iframe.resize', height }),
    { kind: 'interactive:height', height },
  ];
}
