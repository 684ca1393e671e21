/**
 * Evidence cards: a figure opens what it rests on, where it stands.
 * Without this script, or where the browser has no popover, its link leads to the ledger, which says the same.
 */

/** The air between a figure and its card, and between a card and the edge of the viewport, in pixels. */
const AIR = 8;
/** An address may name a card: #card-maskpark-users. */
const ADDRESSED = /^#card-([a-z0-9-]+)$/;

/** Lets every figure on the page, in prose and on the stages, open its card. */
export function openCards(): void {
  const card = document.querySelector<HTMLElement>('#card');
  if (!card || !('showPopover' in card)) return;

  const open = (id: string, near: Element): boolean => {
    const template = document.getElementById(`card-${id}`);
    if (!(template instanceof HTMLTemplateElement)) return false;
    const within = card.contains(near);
    card.replaceChildren(template.content.cloneNode(true));
    for (const place of card.querySelectorAll<HTMLElement>('[data-conflict]')) {
      const words = document.getElementById(`conflict-${place.dataset['conflict']}`);
      if (words) place.append(...wordsOf(words));
    }
    const heading = card.querySelector<HTMLElement>('h2');
    frame(card, heading, id);
    if (!within) {
      card.showPopover();
      place(card, near);
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
    open(id, figure);
  };

  document.addEventListener('click', (event) => {
    const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event;
    const figure = target instanceof Element ? target.closest('a.source, text[data-fact]') : null;
    // With these keys a link opens elsewhere, as any link does.
    if (!figure || button || metaKey || ctrlKey || shiftKey || altKey) return;
    const id = figure instanceof HTMLAnchorElement ? figure.hash.slice(1) : (figure.getAttribute('data-fact') ?? '');
    if (open(id, figure)) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== ' ' || !(event.target instanceof HTMLAnchorElement) || !event.target.matches('.source')) return;
    event.preventDefault();
    event.target.click();
  });
  addEventListener('hashchange', openAddressed);
  openAddressed();
}

/** Gives a card what all cards have: a way out after its heading, and, where it is a fact's, the way to its entry at the end. */
function frame(card: HTMLElement, heading: HTMLElement | null, id: string): void {
  const template = document.getElementById('card-frame');
  if (!(template instanceof HTMLTemplateElement)) return;
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
  if (conflict instanceof HTMLTemplateElement) return [conflict.content.cloneNode(true)];
  const [heading, text] = [...conflict.children].map((part) => part.cloneNode(true).childNodes);
  const name = document.createElement('b');
  name.append(...(heading ?? []), '.');
  return [name, new Text(' '), ...(text ?? [])];
}

/** Puts the card under the figure, above it, or as near as there is room. On a phone the style sheet makes it a sheet at the foot. */
function place(card: HTMLElement, near: Element): void {
  const box = near.getClientRects()[0] ?? near.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const [below, above] = [box.bottom + AIR, box.top - AIR - height];
  const lowest = innerHeight - height - AIR;
  const top = below <= lowest ? below : above >= AIR ? above : Math.max(AIR, lowest);
  const left = Math.max(AIR, Math.min(box.left, document.documentElement.clientWidth - width - AIR));
  card.style.setProperty('--card-top', `${top + scrollY}px`);
  card.style.setProperty('--card-left', `${left}px`);
}
