/**
 * One page at a time, where a frame is too low to scroll through: Previous, Next, a dot for each page of the picture,
 * arrow keys and swipes. Words that do not fit turn over like pages, so nothing scrolls and the wheel stays the host's.
 */
import { onPageTurn } from './pageTurns.ts';

const PAGES = '.cover, .opening, .step, .numbers, .plain';
/** What is left of a page's last lines on the next one, in pixels. */
const OVERLAP = 32;

export interface EmbedPager {
  /** Takes the frame over, at the page that holds this element. */
  readonly start: (at: Element | undefined) => void;
  readonly stop: () => void;
  /** Shows the page that holds an element; false when there is none. */
  readonly show: (element: Element) => boolean;
}

/** The pages of the document. `turned` is told the page that is shown. */
export function embedPager(controls: HTMLElement, turned: (page: HTMLElement) => void): EmbedPager {
  const pages = [...document.querySelectorAll<HTMLElement>(PAGES)];
  const [back, next] = [-1, 1].map((by) => controls.querySelector<HTMLElement>(`[data-go="${by}"]`));
  const dots = controls.querySelector<HTMLElement>('ol');
  let running = false;
  let index = 0;

  const panelOf = (page: HTMLElement) => page.closest<HTMLElement>('.words') ?? page;
  const groupOf = (page: HTMLElement) => page.closest<HTMLElement>('.passage') ?? page;
  const more = (panel: HTMLElement) => panel.scrollHeight - panel.clientHeight - panel.scrollTop > 4;

  /** What can be done from here. */
  const mark = () => {
    const page = pages[index];
    if (!page) return;
    const panel = panelOf(page);
    panel.toggleAttribute('data-more', more(panel));
    back?.setAttribute('aria-disabled', String(index === 0 && panel.scrollTop === 0));
    next?.setAttribute('aria-disabled', String(index === pages.length - 1 && !more(panel)));
  };

  const turn = (to: number, end = false) => {
    const page = pages[to];
    if (!page) return;
    index = to;
    for (const one of document.querySelectorAll('[data-here], [data-more]')) for (const name of ['data-here', 'data-more']) one.removeAttribute(name);
    for (let one: HTMLElement | null = page; one && one !== document.body; one = one.parentElement) one.dataset['here'] = page.classList[0] ?? '';
    if (page instanceof HTMLDetailsElement) page.open = true;
    const panel = panelOf(page);
    panel.setAttribute('aria-live', 'polite');
    panel.scrollTop = end ? panel.scrollHeight : 0;
    fillDots(page);
    turned(page);
    mark();
  };

  const go = (by: 1 | -1) => {
    const page = pages[index];
    if (!page) return;
    const panel = panelOf(page);
    const before = panel.scrollTop;
    if (by > 0 ? more(panel) : before > 0) panel.scrollTop += by * Math.max(24, panel.clientHeight - OVERLAP);
    if (panel.scrollTop === before) turn(index + by, by < 0);
    else mark();
  };

  const fillDots = (page: HTMLElement) => {
    const group = groupOf(page);
    const around = pages.filter((one) => groupOf(one) === group);
    dots?.replaceChildren(
      ...around.map((one) => {
        const dot = document.createElement('button');
        dot.type = 'button';
        dot.setAttribute('aria-label', one.querySelector('h1, h2, h3, summary')?.textContent ?? '');
        if (one === page) dot.setAttribute('aria-current', 'step');
        dot.addEventListener('click', () => {
          turn(pages.indexOf(one));
          dots.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true });
        });
        const item = document.createElement('li');
        item.append(dot);
        return item;
      }),
    );
  };

  back?.addEventListener('click', () => go(-1));
  next?.addEventListener('click', () => go(1));
  onPageTurn((by) => running && go(by), { distance: 40, edge: 0 });
  addEventListener('resize', () => {
    if (running) mark();
  });

  const show = (element: Element) => {
    const to = pages.findIndex((page) => page.contains(element) || page === element.querySelector(PAGES));
    if (to >= 0) turn(to);
    return to >= 0;
  };
  return {
    start: (at) => {
      running = true;
      if (!at || !show(at)) turn(0);
    },
    stop: () => {
      running = false;
      for (const page of pages) {
        panelOf(page).removeAttribute('aria-live');
        if (page instanceof HTMLDetailsElement) page.open = false;
      }
    },
    show,
  };
}
