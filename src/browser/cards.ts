/**
 * Evidence cards: a figure opens what it rests on, where it stands.
 * Without this script or its cards, or where the browser has no popover, its link leads to the ledger, which says the same.
 */

/** The gap between a figure and its card, and between a card and the edge of the viewport, in pixels. */
const GAP = 8;
/** How long a reader who has asked for a card waits until the cards have come, in milliseconds; then the link leads to the ledger, this once. */
const TIMEOUT_MS = 3000;
/** What all cards have. */
const FRAME = 'card-frame';
/** An address may name a card: #card-maskpark-users. */
const ADDRESSED = /^#card-([a-z0-9-]+)$/;

/** Lets every figure on the page, in prose and on the stages, open its card. */
export function openCards(): void {
  const card = document.querySelector<HTMLElement>('#card');
  if (!card || !('showPopover' in card)) return;

  const cards = cardsOf(card);

  const open = (id: string, near: Element): boolean => {
    const template = cards.find(`card-${id}`);
    if (!template) return false;
    const within = card.contains(near);
    card.replaceChildren(document.importNode(template.content, true));
    for (const conflictPlace of card.querySelectorAll<HTMLElement>('[data-conflict]')) {
      const conflict = `conflict-${conflictPlace.dataset['conflict']}`;
      const words = document.getElementById(conflict) ?? cards.find(conflict);
      if (words) conflictPlace.append(...wordsOf(words));
    }
    const heading = card.querySelector<HTMLElement>('h2');
    addCardFrame(card, cards.find(FRAME), heading, id);
    if (!within) {
      card.showPopover();
      position(card, near);
    }
    card.scrollTop = 0;
    card.setAttribute('aria-label', heading?.textContent ?? '');
    heading?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent('figure-open', { detail: { id } }));
    return true;
  };

  const openAddressed = () => {
    const id = ADDRESSED.exec(location.hash)?.[1];
    const figure = id && document.querySelector(`a.source[href$="#${id}"]`);
    if (!figure) {
      card.hidePopover();
      return;
    }
    figure.scrollIntoView({ block: 'center' });
    void cards.asked().then(() => open(id, figure));
  };

  document.addEventListener('click', (event) => {
    const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event;
    const figure = target instanceof Element ? target.closest('a.source, text[data-fact]') : null;
    // With these keys a link opens elsewhere, as any link does.
    if (!figure || button || metaKey || ctrlKey || shiftKey || altKey) return;
    const id = figure instanceof HTMLAnchorElement ? figure.hash.slice(1) : (figure.getAttribute('data-fact') ?? '');
    if (open(id, figure)) return event.preventDefault();
    if (cards.have()) return;
    // The reader was quicker than the network.
    event.preventDefault();
    void cards.asked().then(() => open(id, figure) || (figure instanceof HTMLAnchorElement && location.assign(figure.href)));
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== ' ' || !(event.target instanceof HTMLAnchorElement) || !event.target.matches('.source')) return;
    event.preventDefault();
    event.target.click();
  });
  addEventListener('hashchange', openAddressed);
  openAddressed();
}

/** The templates of the cards of a page. */
interface Cards {
  /** True when all that can be found is there. */
  readonly have: () => boolean;
  /** A reader wants one: settles when all that can be found is there, or does not come, after TIMEOUT_MS at the latest. */
  readonly asked: () => Promise<void>;
  readonly find: (id: string) => HTMLTemplateElement | undefined;
}

/** The cards that are in the page, or in the file that it names; where that did not come, it is asked for again with the next wish. */
function cardsOf(card: HTMLElement): Cards {
  const file = card.dataset['cards'];
  let from = file === undefined ? document : null;
  let coming: Promise<void> | undefined;
  const load = () =>
    new Promise<void>((resolve) => {
      const request = new XMLHttpRequest();
      request.open('GET', file ?? '');
      // Read as a document by the browser, a piece at a time as it comes; nothing in it runs.
      request.responseType = 'document';
      request.onloadend = () => {
        const answer = request.status === 200 ? request.responseXML : null;
        // What all cards have stands last: a file that was cut short is none.
        if (answer?.getElementById(FRAME)) from = answer;
        coming = undefined;
        resolve();
      };
      request.send();
    });
  if (!from) coming = load();
  return {
    have: () => from !== null,
    asked: async () => {
      if (!from) await Promise.race([(coming ??= load()), new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS))]);
    },
    find: (id) => {
      const template = from?.getElementById(id);
      return template instanceof HTMLTemplateElement ? template : undefined;
    },
  };
}

/** Gives a card what all cards have: a way out after its heading, and, where it is a fact's, the way to its entry at the end. */
function addCardFrame(card: HTMLElement, template: HTMLTemplateElement | undefined, heading: HTMLElement | null, id: string): void {
  if (!template) return;
  const { children } = document.importNode(template.content, true);
  const [close, permalink] = [...children];
  if (close) heading?.after(close);
  const link = permalink?.querySelector('a');
  if (!permalink || !link || card.querySelector('.of-chart')) return;
  link.hash = id;
  card.append(permalink);
}

/** The words of a conflict: as its template has them, or from where the page tells of it, a heading and a text. */
function wordsOf(conflict: HTMLElement): Node[] {
  if (conflict instanceof HTMLTemplateElement) return [document.importNode(conflict.content, true)];
  const [heading, text] = [...conflict.children].map((part) => part.cloneNode(true).childNodes);
  const name = document.createElement('b');
  name.append(...(heading ?? []), '.');
  return [name, new Text(' '), ...(text ?? [])];
}

/** Puts the card under the figure, above it, or as near as there is room. On a phone the style sheet makes it a sheet at the foot. */
function position(card: HTMLElement, near: Element): void {
  const box = near.getClientRects()[0] ?? near.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const [below, above] = [box.bottom + GAP, box.top - GAP - height];
  const lowest = innerHeight - height - GAP;
  const top = below <= lowest ? below : above >= GAP ? above : Math.max(GAP, lowest);
  const left = Math.max(GAP, Math.min(box.left, document.documentElement.clientWidth - width - GAP));
  card.style.setProperty('--card-top', `${top + scrollY}px`);
  card.style.setProperty('--card-left', `${left}px`);
}
