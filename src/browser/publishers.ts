/**
 * The script of the page for publishers: the code follows what is chosen, can be copied, and is shown in a page around it.
 * Without this script the page holds the code for the story, for every kind of embed.
 */
import { isTheme } from '#embed/protocol.ts';
import { built, printed, shownOf, embedCodeOf, termsCode, EMBED_KINDS, type Choice, type Offered, type EmbedKind } from '#embed/embedCode.ts';

const form = document.querySelector<HTMLFormElement>('.choices');
const frame = document.querySelector<HTMLIFrameElement>('.live iframe');
const sections = [...document.querySelectorAll<HTMLDetailsElement>('[data-way-in]')];
const messages = document.querySelector<HTMLElement>('.ways-in')?.dataset ?? {};

/** What the page offers; where it does not know the site's address, that of where it is read. */
function readOffered(): Offered | undefined {
  const offered = form && (JSON.parse(form.dataset['offered'] ?? 'null') as Offered | null);
  return offered ? { ...offered, root: new URL(offered.root, location.href).href } : undefined;
}

const offered = readOffered();
let kind: EmbedKind = EMBED_KINDS[0];

function choiceOf({ root, offers }: Offered, asked: FormData): Choice | undefined {
  const [language, embed, theme] = ['language', 'embed', 'theme'].map((name) => asked.get(name));
  const offer = offers.find((one) => one.language === language);
  const found = offer?.embeds.find(({ id }) => id === embed);
  return offer && found && { root, offer, embed: found, theme: isTheme(theme) ? theme : 'auto' };
}

/** What the preview shows, as text: what is shown already is not made anew. */
let shown = '';

/** Puts into the page of the preview what a reader of such a page would get. */
function preview(choice: Choice, width: string): void {
  const page = frame?.contentDocument;
  const place = page?.querySelector<HTMLElement>('[data-place]');
  if (!page || !place) return;
  // The page's own default, which it was made with.
  const markup = shownOf(kind, { ...choice, root: place.dataset['root'] ?? '' });
  shown ||= offered ? defaultShown(offered, place.dataset['root'] ?? '') : '';
  if (printed(markup) !== shown) place.replaceChildren(...built(markup, page));
  shown = printed(markup);
  page.documentElement.style.setProperty('--page-column', width ? `${width}px` : '100%');
}

function defaultShown({ offers: [offer] }: Offered, root: string): string {
  const [embed] = offer?.embeds ?? [];
  return offer && embed ? printed(shownOf(EMBED_KINDS[0], { root, offer, embed, theme: 'auto' })) : '';
}

function update(): void {
  if (!form || !offered) return;
  const asked = new FormData(form);
  const choice = choiceOf(offered, asked);
  if (!choice) return;
  for (const one of sections) write(one, printed(embedCodeOf(one.dataset['wayIn'] as EmbedKind, choice)));
  preview(choice, String(asked.get('width') ?? ''));
}

function write(home: Element | null, text: string): void {
  const code = home?.querySelector('code');
  if (code && text && code.textContent !== text) code.textContent = text;
}

async function copy(button: HTMLElement): Promise<void> {
  const home = button.closest('.code');
  const [code, output] = [home?.querySelector('code'), home?.querySelector('output')];
  if (!code || !output) return;
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    output.value = messages['copied'] ?? '';
  } catch {
    // Not on a secure address, or not allowed: what is selected, any keyboard can copy.
    getSelection()?.selectAllChildren(code);
    output.value = messages['uncopied'] ?? '';
  }
}

if (form && offered) {
  form.hidden = false;
  form.addEventListener('change', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const one of sections)
    one.addEventListener('toggle', () => {
      if (one.open) kind = one.dataset['wayIn'] as EmbedKind;
      update();
    });
  for (const [term, code] of Object.entries(termsCode)) write(document.querySelector(`[data-term="${term}"] pre`), code(offered));
  frame?.addEventListener('load', () => {
    shown = '';
    update();
  });
  update();
}
for (const button of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  button.addEventListener('click', () => void copy(button));
  button.dataset['ready'] = '';
}
