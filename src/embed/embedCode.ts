/**
 * What a publisher puts into a page, for each kind of embed: one tree of markup, printed to be copied and built to be
 * shown, so that what is seen is what is copied. Pure.
 *
 * The code stands in pages whose styles and filters nobody here knows, so it brings what it needs:
 * - One <div> around all: a layout that gives each child of an article its column and centres it does so with any <div>, but
 *   not with a frame, which is inline.
 * - Within it only what may stand in a paragraph, and a line ends only after a <br>: filters that make paragraphs (WordPress's
 *   wpautop, an editor's surrounding <p>) then change nothing. A heading or paragraph in our element would end such a paragraph,
 *   and the element with it, before its words.
 * - The styles that it cannot do without stand in it. WordPress keeps those of a picture also for authors whose scripts and
 *   frames it takes away; what is left for them is the title, the words, the picture and the link.
 */
import { escapeHtml } from '#embed/escapeHtml.ts';
import { ELEMENT, SANDBOX } from './element.ts';
import type { Theme } from './protocol.ts';

/** The kinds of embed, in the order in which they are shown. */
export const EMBED_KINDS = ['script', 'frame', 'wordpress', 'ghost', 'amp', 'picture'] as const;
export type EmbedKind = (typeof EMBED_KINDS)[number];

/** The widths of a column that can be chosen, in pixels; beside them, all the room there is. */
export const WIDTHS = [320, 390, 600, 800] as const;

/** The height of a frame that nobody resizes, in pixels: at this one a page of the pager is whole. */
export const HEIGHT = 720;
/** The most that WordPress gives to the frame of a host that it does not know, in pixels (wp-embed.js). */
const WORDPRESS = { width: 600, height: 1000 } as const;

/**
 * A picture in a page that does not limit its pictures, or that limits their width or height alone: as wide as its column at
 * most, and in its own shape. Each of these is among the styles that WordPress lets any author use (safecss_filter_attr).
 */
const PICTURE_STYLE = 'max-width:100%;height:auto;object-fit:contain';
/**
 * A frame in a page with rules for frames. `iframe{height:auto;max-width:100%}`, which many have, takes the height attribute's
 * place and leaves the 150 pixels of a frame without a height. The least height is given and not the height, because resizers
 * that write the attribute (WordPress's, Newswire's frames) could then not make it taller; none needs it lower, for what it
 * shows at its full height is taller at every width.
 */
const FRAME_STYLE = `display:block;width:100%;min-height:${HEIGHT}px;margin:0 auto;border:0`;

/** An element, or text. An attribute that is true has no value. */
export type Markup = string | { readonly name: string; readonly attributes: Readonly<Record<string, string | true>>; readonly children: readonly Markup[] };

/** What can be put into a page, in one language. Paths are from the root of the site. */
export interface Offer {
  /** The language's folder, and the name that its speakers have for it. */
  readonly language: string;
  readonly name: string;
  /** The path of the story in this language. */
  readonly home: string;
  /** The words that lead to the story. */
  readonly more: string;
  readonly embeds: readonly OfferedEmbed[];
}

/** The story or a chart. */
export interface OfferedEmbed {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** The step of the story where it stands; '' for the story itself. */
  readonly step: string;
  /** Its picture: of which chart, what it shows, and its size in pixels. */
  readonly picture: { readonly chart: string; readonly alt: string; readonly width: number; readonly height: number };
}

/** All that the page for publishers prints its code from. */
export interface Offered {
  /** What comes before every path: the site's address, or the way to it from the page for publishers. */
  readonly root: string;
  readonly offers: readonly Offer[];
  /** The script at the address that never changes, and the hash that the browser holds it to; a site without script has none. */
  readonly pinned: { readonly path: string; readonly integrity: string } | undefined;
}

/** What was chosen, and where the site stands: `root` comes before every path. */
export interface Choice {
  readonly root: string;
  readonly offer: Offer;
  readonly embed: OfferedEmbed;
  readonly theme: Theme;
}

const element = (name: string, attributes: Readonly<Record<string, string | true>>, ...children: Markup[]): Markup => ({ name, attributes, children });

/** What is put into the page for a kind of embed. */
export function embedCodeOf(kind: EmbedKind, choice: Choice): readonly Markup[] {
  const { root, embed } = choice;
  switch (kind) {
    case 'script':
    case 'ghost':
      return [element('div', {}, room(choice), element('script', { src: `${root}embed/v1.js`, defer: true }))];
    case 'frame':
      return [element('div', {}, frame(choice, { loading: 'lazy', referrerpolicy: 'no-referrer', sandbox: SANDBOX }), `${embed.title}. `, toStory(choice))];
    case 'wordpress':
      return [pageOf(choice)];
    case 'amp':
      return [
        element(
          'amp-iframe',
          {
            src: themed(choice),
            title: embed.title,
            layout: 'fixed-height',
            height: String(HEIGHT),
            sandbox: SANDBOX,
            frameborder: '0',
            resizable: true,
          },
          '\n  ',
          element('amp-img', { placeholder: true, layout: 'fill', src: pictureOf(choice), alt: embed.picture.alt }),
          '\n  ',
          element('button', { overflow: true }, choice.offer.more),
          '\n',
        ),
      ];
    case 'picture':
      return [
        element(
          'div',
          {},
          // A figure has margins of its own where the page gives it none, which take a fifth of a phone's width.
          element(
            'figure',
            { style: 'margin:0' },
            element('a', { href: storyOf(choice) }, picture(choice)),
            element('figcaption', {}, `${embed.title}. `, toStory(choice)),
          ),
        ),
      ];
  }
}

/** What a reader gets in a page that was made so: of what the host's own software answers, what it makes of it. */
export function shownOf(kind: EmbedKind, choice: Choice): readonly Markup[] {
  switch (kind) {
    case 'script':
    case 'ghost':
      return [element('div', {}, room(choice))];
    case 'wordpress':
      return [
        element('iframe', {
          src: `${pageOf(choice)}#?secret=preview`,
          title: choice.embed.title,
          width: String(WORDPRESS.width),
          height: String(WORDPRESS.height),
          sandbox: 'allow-scripts',
        }),
      ];
    case 'amp':
      return [frame(choice, { sandbox: SANDBOX }, '#amp=1')];
    default:
      return embedCodeOf(kind, choice);
  }
}

/** What our element tells its page, as events. */
export const EVENTS = ['ready', 'step', 'figure-open'] as const;

/** The code that the terms are told with, as text. */
export const termsCode = {
  /** The sources that a page's policy must allow. */
  policy: ({ root }: Offered) => ['script-src', 'frame-src', 'img-src'].map((directive) => `${directive} ${root};`).join('\n'),
  /** How a page listens. */
  events: () =>
    `const room = document.querySelector('${ELEMENT}');\nfor (const name of ${JSON.stringify(EVENTS).replaceAll('"', "'").replaceAll(',', ', ')})\n  room.addEventListener(name, ({ detail }) => console.log(name, detail));`,
  /** The script that never changes. */
  versions: ({ root, pinned }: Offered) =>
    pinned ? printed([element('script', { src: root + pinned.path, integrity: pinned.integrity, crossorigin: 'anonymous', defer: true })]) : '',
  /** The zip file of the site, for an address of one's own. */
  'own-host': () => 'npm ci\nSITE_ORIGIN=https://example.org/stories/ npm run bundle',
} as const;

/** Our element, with the words that stand in for the frame. */
function room(choice: Choice): Markup {
  const { offer, embed, theme } = choice;
  return element(
    ELEMENT,
    { chart: embed.id, lang: offer.language, theme },
    element('strong', {}, embed.title),
    ...LINE_END,
    embed.summary,
    ...LINE_END,
    picture(choice),
    ...LINE_END,
    toStory(choice),
  );
}

const LINE_END = [element('br', {}), '\n'] as const;

function frame(choice: Choice, more: Readonly<Record<string, string>>, hash = ''): Markup {
  const { title } = choice.embed;
  return element('iframe', {
    src: `${themed(choice)}${hash}`,
    title,
    width: '100%',
    height: String(HEIGHT),
    frameborder: '0',
    style: FRAME_STYLE,
    ...more,
  });
}

function picture(choice: Choice): Markup {
  const { alt, width, height } = choice.embed.picture;
  return element('img', { src: pictureOf(choice), alt, width: String(width), height: String(height), loading: 'lazy', style: PICTURE_STYLE });
}

const pictureOf = ({ root, offer, embed }: Choice) => `${root}${offer.home}charts/${embed.picture.chart}.png`;
const pageOf = ({ root, offer, embed }: Choice) => `${root}${offer.home}embed/${embed.id}/`;
const themed = (choice: Choice) => `${pageOf(choice)}${choice.theme === 'auto' ? '' : `?theme=${choice.theme}`}`;
const storyOf = ({ root, offer, embed }: Choice) => `${root}${offer.home}${embed.step && `#${embed.step}`}`;
const toStory = (choice: Choice) => element('a', { href: storyOf(choice) }, choice.offer.more);

const EMPTY = ['br', 'img'];

/** Markup as text; its white space is its own. */
export function printed(markup: readonly Markup[]): string {
  return markup.map(printedOne).join('');
}

function printedOne(markup: Markup): string {
  if (typeof markup === 'string') return escapeHtml(markup);
  const { name, attributes, children } = markup;
  const written = Object.entries(attributes).map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escapeHtml(value)}"`));
  const start = `<${name}${written.join('')}>`;
  return EMPTY.includes(name) ? start : `${start}${printed(children)}</${name}>`;
}

/** The same markup for a page of ours, which has rules for pictures and frames and may hold no style of an element. */
export function unstyled(markup: readonly Markup[]): Markup[] {
  return markup.map((one) => {
    if (typeof one === 'string') return one;
    const attributes = Object.fromEntries(Object.entries(one.attributes).filter(([key]) => key !== 'style'));
    return { ...one, attributes, children: unstyled(one.children) };
  });
}

/** The same markup as nodes of a document. A style is set as a style: as an attribute, the policy of our page would stop it. */
export function built(markup: readonly Markup[], into: Document): Node[] {
  return markup.map((one) => {
    if (typeof one === 'string') return into.createTextNode(one);
    const node = into.createElement(one.name);
    for (const [key, value] of Object.entries(one.attributes))
      if (key === 'style') node.style.cssText = String(value);
      else node.setAttribute(key, value === true ? '' : value);
    node.append(...built(one.children, into));
    return node;
  });
}
