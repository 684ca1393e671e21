/**
 * The publisher's script: it defines <size-of-the-room chart lang theme>, which shows what stands in it until the frame is
 * ready, and for good if the frame never is. One classic script, safe to include many times, which takes nothing from its page
 * that a page may have changed: no framework, no style element, nothing but the frame's own checked messages.
 */
import { ELEMENT, SANDBOX } from '#lib/embed/element.ts';
import { isTheme, messageOf, MOST, parseUp, RATE, type Down } from '#lib/embed/message.ts';
import { LOW } from '#lib/embed/mode.ts';

const STYLE = `:host{display:block!important;position:relative!important;contain:none!important;overflow:visible!important;max-width:none!important;transform:none!important;filter:none!important;writing-mode:horizontal-tb!important;float:none!important;width:auto!important;height:auto!important}
div{position:relative}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:light dark}
.waits iframe{position:absolute;inset:0 auto auto 0;height:720px;visibility:hidden}
.stands slot{display:none}
.pinned iframe{position:sticky;top:var(--size-of-the-room-top,0px);height:calc(100vh - var(--size-of-the-room-top,0px))}`;

// The address of this script, before anything else has run: the frames stand beside it.
const script = document.currentScript;
const home = script instanceof HTMLScriptElement ? script.src : '';

function define(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);

  class Room extends HTMLElement {
    static observedAttributes = ['chart', 'lang', 'theme'];
    #box = document.createElement('div');
    #frame: HTMLIFrameElement | undefined;
    #pinned = false;
    /** How far the host has scrolled into the box, in pixels, as the frame was last told. */
    #told = -1;
    #tick = 0;
    #height = MOST;
    #second = 0;
    #heard: Record<string, number> = {};

    constructor() {
      super();
      const shadow = this.attachShadow({ mode: 'closed' });
      shadow.adoptedStyleSheets = [sheet];
      this.#box.append(document.createElement('slot'));
      shadow.append(this.#box);
    }

    connectedCallback(): void {
      this.#open();
      addEventListener('message', this.#hear);
      addEventListener('scroll', this.#ask, { passive: true, capture: true });
      addEventListener('resize', this.#room);
    }

    disconnectedCallback(): void {
      removeEventListener('message', this.#hear);
      removeEventListener('scroll', this.#ask, { capture: true });
      removeEventListener('resize', this.#room);
      cancelAnimationFrame(this.#tick);
      this.#tick = 0;
      this.#close();
    }

    attributeChangedCallback(name: string, before: string | null, now: string | null): void {
      if (!this.#frame || before === now) return;
      if (name === 'theme') this.#say({ type: 'theme', theme: this.#theme });
      else this.#open();
    }

    get #theme() {
      const theme = this.getAttribute('theme');
      return isTheme(theme) ? theme : 'auto';
    }

    /** Makes the frame anew: another address in the same frame would be an entry in the reader's history. */
    #open(): void {
      this.#close();
      const [chart, language] = [this.getAttribute('chart') || 'story', this.getAttribute('lang') || ''];
      if (!/^[a-z-]{1,40}$/.test(chart) || !/^([a-z]{2,3}(-[A-Za-z]{2,8})*)?$/.test(language)) return;
      const frame = document.createElement('iframe');
      // The frame's title is the publisher's own words, or the first of the words that stand in for it.
      frame.title = this.title || (this.querySelector('h1,h2,h3,h4,h5,h6,b,strong,a')?.textContent ?? '');
      frame.referrerPolicy = 'no-referrer';
      frame.setAttribute('sandbox', SANDBOX);
      frame.loading = 'lazy';
      frame.src = new URL(`../${language && `${language}/`}embed/${chart}/?theme=${this.#theme}`, home).href;
      this.#frame = frame;
      this.#box.className = 'waits';
      this.#box.append(frame);
    }

    #close(): void {
      this.#height = MOST;
      this.#frame?.remove();
      this.#frame = undefined;
      this.#pinned = false;
      this.#told = -1;
      this.#box.className = '';
      this.#box.style.height = '';
    }

    #say(message: Down): void {
      this.#frame?.contentWindow?.postMessage(messageOf(message), '*');
    }

    #hear = ({ source, data }: MessageEvent): void => {
      if (!this.#frame || source === null || source !== this.#frame.contentWindow) return;
      const message = parseUp(data);
      if (!message || !this.#mayHear(message.type)) return;
      if (message.type === 'ready') {
        this.#box.className = 'stands';
        this.#room();
        this.dispatchEvent(new CustomEvent('ready'));
      } else if (message.type === 'height') {
        this.#box.style.height = `${message.height}px`;
        this.#height = message.height;
        this.#room();
      } else if (message.type === 'show') {
        if (this.#pinned) this.#show(message.y);
      } else this.dispatchEvent(new CustomEvent(message.type, { detail: { id: message.id } }));
    };

    /** At most RATE messages of a kind are heard in a second. */
    #mayHear(type: string): boolean {
      const second = Math.floor(performance.now() / 1000);
      if (second !== this.#second) [this.#second, this.#heard] = [second, {}];
      return (this.#heard[type] = (this.#heard[type] ?? 0) + 1) <= RATE;
    }

    /** Pins the frame where that works, and lets it go where it does not. */
    #room = (): void => {
      if (!this.#frame || this.#box.className === 'waits') return;
      const pin = innerHeight >= LOW && this.#height > innerHeight && this.#sticks();
      if (pin !== this.#pinned) this.#pin(pin);
      this.#ask();
    };

    #pin(pin: boolean): void {
      this.#pinned = pin;
      this.#told = -1;
      this.#box.className = pin ? 'stands pinned' : 'stands';
      if (!pin) this.#say({ type: 'release' });
    }

    /** Whether nothing around the element keeps its frame from sticking to the viewport. */
    #sticks(): boolean {
      for (let one = parentOf(this); one && one !== document.body && one !== document.documentElement; one = parentOf(one)) {
        const { overflowX, overflowY } = getComputedStyle(one);
        if (!/^(visible|clip)$/.test(overflowX) || !/^(visible|clip)$/.test(overflowY)) return false;
      }
      return true;
    }

    #ask = (): void => {
      this.#tick ||= requestAnimationFrame(() => {
        this.#tick = 0;
        this.#follow();
      });
    };

    /** Tells the pinned frame how far the host has scrolled into its box. */
    #follow(again = false): void {
      const frame = this.#frame;
      if (!frame || !this.#pinned) return;
      const [box, at] = [this.#box.getBoundingClientRect(), frame.getBoundingClientRect()];
      const y = Math.min(MOST, Math.max(0, at.top - box.top));
      // What sticks stands where it can: a frame that has left its place is not pinned after all.
      const wanted = Math.min(Math.max(0, (Number.parseFloat(getComputedStyle(frame).top) || 0) - box.top), Math.max(0, box.height - at.height));
      if (Math.abs(wanted - y) > 2) this.#pin(false);
      else if (again || y !== this.#told) this.#say({ type: 'scroll', y: (this.#told = y) });
    }

    /** Brings a place of the frame into view, within the frame's own box and no further. */
    #show(y: number): void {
      const frame = this.#frame;
      if (!frame) return;
      const box = this.#box.getBoundingClientRect();
      const room = Math.max(0, box.height - frame.offsetHeight);
      const top = scrollY + box.top - (Number.parseFloat(getComputedStyle(frame).top) || 0) + Math.min(y, room);
      scrollTo({ top, behavior: 'instant' });
      this.#follow(true);
    }
  }
  customElements.define(ELEMENT, Room);
}

function parentOf(element: Element): Element | null {
  const parent = element.assignedSlot ?? element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}

if (home && 'customElements' in window && 'replaceSync' in CSSStyleSheet.prototype && !customElements.get(ELEMENT)) define();
