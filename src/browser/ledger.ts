/**
 * The ledger's filter: it hides the entries that were not asked for. Without this script there is no filter and every entry stands.
 * And the reader's place in it, whatever becomes of the window.
 */
import { onceAFrame } from './onceAFrame.ts';
import { isSameLayout, type Stops } from './placeAt.ts';
import { addressed } from './address.ts';
import { followAddress, forgetPlace, updatePosition } from './readingPosition.ts';

const form = document.querySelector<HTMLFormElement>('.filter');
const entries = [...document.querySelectorAll<HTMLElement>('.entry')];
const groups = [...document.querySelectorAll<HTMLElement>('.group')];

/** What parts the values of an entry that has several. */
const PARTS: Readonly<Record<string, string>> = { articles: ' ', speakers: '|' };

/** Shows the entries that hold every value asked for, and says how many. */
function filter(asked: FormData, output: HTMLOutputElement): void {
  for (const entry of entries)
    entry.hidden = ![...asked].every(([name, value]) => {
      const held = entry.dataset[name] ?? '';
      return value === '' || (typeof value === 'string' && held.split(PARTS[name] ?? '\n').includes(value));
    });
  for (const group of groups) group.hidden = !group.querySelector('.entry:not([hidden])');
  const shown = entries.filter((entry) => !entry.hidden).length;
  const { count = '', none = '' } = output.dataset;
  output.textContent = shown ? count.replace('{shown}', String(shown)).replace('{all}', String(entries.length)) : none;
}

/** An address that names an entry shows it, whatever was filtered out. */
function showAddressed(): void {
  const entry = addressed();
  if (!entry?.matches('.entry[hidden]')) return;
  form?.reset();
  update();
  entry.scrollIntoView();
}

function update(): void {
  const output = form?.querySelector('output');
  if (form && output) filter(new FormData(form), output);
  // Another ledger: where the reader was in the one before is no place in it.
  layout = undefined;
  forgetPlace();
  look();
}

// ——— The reader's place ———

/** How far below the top of the window an entry that is read begins, in pixels: where its address puts it, or a little higher. */
const READ = 4;

let places: readonly HTMLElement[] = [];
let layout: Stops | undefined;

/** Keeps the reader at the entry that they read. */
function look(): void {
  if (!layout) places = [...document.querySelectorAll<HTMLElement>('main section[id]')].filter((one) => one.offsetHeight);
  const [first] = entries;
  const line = (first ? Number.parseFloat(getComputedStyle(first).scrollMarginTop) : 0) + READ;
  const now = {
    tops: places.map((one) => one.getBoundingClientRect().top + scrollY),
    heights: places.map((one) => one.offsetHeight),
    line,
    rest: line,
  };
  const changed = layout !== undefined && !isSameLayout(layout, now);
  layout = now;
  updatePosition(places, layout, changed);
}

const requestUpdate = onceAFrame(look);

if (form) {
  form.hidden = false;
  form.addEventListener('change', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', showAddressed);
  // A browser keeps what was chosen before a reload.
  update();
}

addEventListener('scroll', requestUpdate, { passive: true });
addEventListener('resize', requestUpdate);
new ResizeObserver(look).observe(document.body);
followAddress(requestUpdate);
