/**
 * The publisher's script: it defines <size-of-the-room chart lang theme>, which shows what stands in it until the frame is
 * ready, and for good if the frame never is. One classic script, safe to include many times, which takes nothing from its page
 * that a page may have changed: no framework, no style element, nothing but the frame's own checked messages.
 */
import { ELEMENT, SANDBOX } from '#embed/element.ts';
import { isTheme, messageOf, parseFrameMessage, MAX_MESSAGES_PER_SECOND, type HostMessage } from '#embed/protocol.ts';
import { MIN_STICKY_HEIGHT } from '#embed/displayMode.ts';
import { reservedHeight } from '#embed/reservedHeight.ts';
import SIZES from 'virtual:embed-sizes';

/** How long a frame that has loaded may take until it stands, in milliseconds; after that it is none of ours, and no room is kept. */
const READY_TIMEOUT_MS = 4000;

const STYLE = `:host{display:block!important;overflow:visible!important;float:none!important;width:auto!important;height:auto!important;align-self:stretch;--top:var(--size-of-the-room-top,0px)}
div{display:grid;grid-template:100%/100%}
iframe{grid-area:1/1;display:block;width:100%;height:100%;border:0;color-scheme:light dark}
slot{grid-area:1/1;display:block;align-self:start}
p{display:none;overflow-wrap:anywhere}
.waits iframe{visibility:hidden}
.waits slot{position:sticky;top:var(--top)}
.stands slot{display:none}
.pinned iframe{position:sticky;top:var(--top);height:calc(var(--view) - var(--top))}
@media print{div{display:block;height:auto!important}iframe{display:none}slot{display:block!important;position:static!important}p{display:block}}`;

// The address of this script, before anything else has run: the frames stand beside it.
const script = document.currentScript;
const site = script instanceof HTMLScriptElement ? new URL('../', script.src).href : '';
const root = document.documentElement;

/** The heights that frames have asked for, by all that they depend on: the room for one that comes back is right from the start. */
const heights: Record<string, number> = {};

/** An element's frame. */
interface Running {
  readonly close: () => void;
  /** The element may have another place or size. */
  readonly move: () => void;
  readonly post: (message: HostMessage) => void;
}

/** Runs an element's frame in `box`, which is its own. */
function run(element: HTMLElement, box: HTMLElement): Running {
  const [chart, language] = [element.getAttribute('chart') || 'story', element.getAttribute('lang') || ''];
  const size = (SIZES[language] ?? SIZES[''])?.[chart];
  const listening = new AbortController();
  let [isReady, pinned] = [false, false];
  /** What scrolls the element. */
  let scroller: Element = root;
  /** The height of a pinned frame, or of the reader's viewport, in pixels. */
  let view = 0;
  /** The frame has left the place where it should stick: it is not pinned again until its room changes. */
  let isUnstuck = false;
  /** How far the host has scrolled into the box, and how far it could, in pixels, as the frame was last told. */
  let [told, reach] = [-1, 0];
  let serial: number | undefined;
  let tick = 0;
  /** How many messages of each kind were received in the last second. */
  const received: Record<string, number> = {};

  const frame = Object.assign(document.createElement('iframe'), {
    title: nameOf(element),
    referrerPolicy: 'no-referrer',
    sandbox: SANDBOX,
    // In a page that lets in only what asks for no credentials (COEP); where that is not known, it changes nothing.
    credentialless: true,
    loading: 'lazy',
    src: `${site}${language && `${language}/`}embed/${chart}/?theme=${themeOf(element)}&loader`,
    onload: () => {
      follow(true);
      setTimeout(() => isReady || give(''), READY_TIMEOUT_MS);
    },
  });
  const observer = new ResizeObserver(room);

  function post(message: HostMessage): void {
    frame.contentWindow?.postMessage(messageOf(message), '*');
  }

  function receive({ source, data }: MessageEvent): void {
    const message = source === frame.contentWindow && parseFrameMessage(data);
    if (!message) return;
    const { type } = message;
    const count = received[type] ?? 0;
    if (count >= MAX_MESSAGES_PER_SECOND) return;
    received[type] = count + 1;
    setTimeout(() => (received[type] = (received[type] ?? 0) - 1), 1000);
    if (message.type === 'height') {
      heights[key()] = message.height;
      return room();
    }
    if (message.type === 'show') {
      serial = message.serial;
      const { top, bottom } = box.getBoundingClientRect();
      if (bottom > 0 && top < innerHeight) show(message.y);
      return follow(true);
    }
    if (message.type === 'ready') {
      isReady = true;
      frame.title ||= message.title ?? '';
      room();
      follow(true);
    }
    element.dispatchEvent(new CustomEvent(type, { detail: message }));
  }

  /** All that the frame's height depends on. */
  function key(): string {
    return [frame.src, box.offsetWidth, view, pinned].join();
  }

  /** Pins the frame where that works, lets it go where it does not, and keeps the room that it needs. */
  function room(): void {
    const before = pinned;
    let [found, zoom]: [Element | undefined, number] = [undefined, 1];
    pinned = !isUnstuck;
    for (let one: Element | null = element; one; one = parentOf(one)) {
      const style = getComputedStyle(one);
      zoom *= Number(style.getPropertyValue('zoom')) || 1;
      // What the root says of overflow is said of the viewport; so is what the body says, where the root says nothing.
      if (found || !clips(style) || one === root || (one === document.body && !clips(getComputedStyle(root)))) continue;
      if (/auto|scroll/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 1) found = one;
      // What only clips, and never scrolls, keeps all in it from sticking.
      else pinned = false;
    }
    scroller = found ?? root;
    view = found ? found.clientHeight : innerHeight;
    pinned &&= view >= MIN_STICKY_HEIGHT;
    // Pixels of the page are to be pixels of the frame.
    box.style.setProperty('zoom', String(1 / zoom));
    box.style.setProperty('--view', found ? `${view}px` : '100vh');
    box.className = `${isReady ? 'stands' : 'waits'}${pinned ? ' pinned' : ''}`;
    if (pinned) view = frame.offsetHeight;
    const width = box.offsetWidth;
    const height = heights[key()] ?? (size && width ? reservedHeight(size, width, view, pinned) : 0);
    give(height ? `${height}px` : '');
    if (before !== pinned) follow(true);
    requestUpdate();
  }

  /** Gives the box a height, and keeps what the reader sees where it is. */
  function give(height: string): void {
    if (box.style.height === height) return;
    const [before, share] = [box.getBoundingClientRect().bottom, told / reach];
    box.style.height = height;
    // The reader is past it: what they read stays where it is.
    if (before <= edge()) scroller.scrollBy({ top: box.getBoundingClientRect().bottom - before, behavior: 'instant' });
    // They are in it: as far as they were, until the frame says where that is now.
    else if (share > 0 && share < 1) show(share * box.offsetHeight);
  }

  /** Where the frame sticks, in pixels from the top of the reader's viewport. */
  function edge(): number {
    const within = scroller === root ? 0 : scroller.getBoundingClientRect().top + scroller.clientTop;
    return within + ((pinned && Number.parseFloat(getComputedStyle(frame).top)) || 0);
  }

  function requestUpdate(): void {
    tick ||= requestAnimationFrame(() => {
      tick = 0;
      follow();
    });
  }

  /** Tells the frame how it runs, and, pinned, how far the host has scrolled into its box. */
  function follow(again = false): void {
    if (!pinned) {
      told = -1;
      if (again) post({ type: 'release', viewport: view, serial });
      return;
    }
    const [outer, inner] = [box.getBoundingClientRect(), frame.getBoundingClientRect()];
    const y = Math.max(0, inner.top - outer.top);
    reach = Math.max(0, outer.height - inner.height);
    // What sticks stands where it can: a frame that has left its place is not pinned after all.
    if (Math.abs(Math.min(Math.max(0, edge() - outer.top), reach) - y) > 2) {
      isUnstuck = true;
      room();
    } else if (again || y !== told) post({ type: 'scroll', y: (told = y), height: outer.height, serial });
  }

  /** Brings a place of the frame into view, within the frame's own box and no further. */
  function show(y: number): void {
    const { top, height } = box.getBoundingClientRect();
    scroller.scrollBy({ top: top - edge() + Math.min(y, Math.max(0, height - view)), behavior: 'instant' });
  }

  function move(): void {
    isUnstuck = false;
    room();
  }

  box.append(frame);
  const { signal } = listening;
  addEventListener('message', receive, { signal });
  addEventListener('resize', move, { signal });
  // A lazy picture of the words that stand in has not come while they are hidden.
  addEventListener('beforeprint', () => element.querySelectorAll('img').forEach((image) => (image.loading = 'eager')), { signal });
  addEventListener('scroll', requestUpdate, { passive: true, capture: true, signal });
  room();
  observer.observe(element);
  return {
    post,
    move,
    close: () => {
      listening.abort();
      observer.disconnect();
      cancelAnimationFrame(tick);
      frame.remove();
      box.className = box.style.height = '';
    },
  };
}

function themeOf(element: Element) {
  const theme = element.getAttribute('theme');
  return isTheme(theme) ? theme : 'auto';
}

/** What the publisher calls the frame: the element's title, or the first of the words that stand in for it. */
function nameOf(element: HTMLElement): string {
  return element.title || (element.querySelector('h1,h2,h3,h4,b,strong,a')?.textContent ?? '');
}

const clips = ({ overflow }: CSSStyleDeclaration) => /hidden|auto|scroll/.test(overflow);

function parentOf(element: Element): Element | null {
  const parent = element.assignedSlot ?? element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}

/** The words that were to stand in an element and stand after it: up to a link to us, or to our script. */
function strayOf(element: Element): Element[] {
  const found: Element[] = [];
  const link = `a[href^="${site}"]`;
  const end = `script,${ELEMENT}`;
  const start = element.nextElementSibling ? element : (element.closest('p') ?? element);
  for (let one = start.nextElementSibling; one && found.length < 8; one = one.nextElementSibling) {
    if (one.matches(end) || one.querySelector(end)) return found;
    found.push(one);
    if (one.matches(link) || one.querySelector(link)) return found;
  }
  return [];
}

function define(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);

  class Room extends HTMLElement {
    static observedAttributes = ['chart', 'lang', 'theme'];
    #box = document.createElement('div');
    #address = document.createElement('p');
    #running: Running | undefined;

    constructor() {
      super();
      const shadow = this.attachShadow({ mode: 'closed' });
      shadow.adoptedStyleSheets = [sheet];
      this.#box.append(document.createElement('slot'), this.#address);
      shadow.append(this.#box);
    }

    connectedCallback(): void {
      this.#running = run(this, this.#box);
      // What stands in the element may not have been read yet.
      if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => this.#read());
      else this.#read();
    }

    disconnectedCallback(): void {
      this.#running?.close();
      this.#running = undefined;
    }

    /** Moved by its page without being taken out: the frame goes on. */
    connectedMoveCallback(): void {
      this.#running?.move();
    }

    attributeChangedCallback(name: string, before: string | null, now: string | null): void {
      if (!this.#running || before === now) return;
      if (name === 'theme') this.#running.post({ type: 'theme', theme: themeOf(this) });
      else {
        // A new frame: another address in the same one would be an entry in the reader's history.
        this.disconnectedCallback();
        this.connectedCallback();
      }
    }

    /** Reads what stands in the element: a paragraph filter may have closed it too early, and left its words beside it. */
    #read(): void {
      if (!this.firstElementChild && !this.textContent?.trim()) this.append(...strayOf(this));
      const frame = this.#box.querySelector('iframe');
      if (frame) frame.title ||= nameOf(this);
      this.#address.textContent = this.querySelector('a')?.href ?? site;
    }
  }
  customElements.define(ELEMENT, Room);
}

if (site && 'adoptedStyleSheets' in document && !customElements.get(ELEMENT)) define();
