/** The ledger's filter: it hides the entries that were not asked for. Without this script there is no filter and every entry stands. */
import { addressed } from './place.ts';

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
}

if (form) {
  form.hidden = false;
  form.addEventListener('change', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', showAddressed);
  // A browser keeps what was chosen before a reload.
  update();
}
