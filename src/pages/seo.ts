/**
 * What search engines, feed readers and link previews read of a page: canonical address, languages, Open Graph, site map.
 * Whole addresses need the site's origin; without it they stay relative, and there is no canonical address and no site map.
 */
import { DEFAULT_LANGUAGE, type Content } from '#content/schema.ts';
import type { Data } from '#evidence/schema.ts';
import type { Size } from '#charts/types.ts';
import { toRoot, type Address } from '#edition/address.ts';

/**
 * SITE_ORIGIN as it is used: an http address with a slash at its end, or null when none is set. It may hold a folder.
 * Throws an Error that says what is wrong.
 */
export function parseOrigin(value: string | undefined): string | null {
  if (!value) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password)
    throw new Error(`SITE_ORIGIN: expected an address such as https://example.org, found "${value}"`);
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** Where a file of the site is, seen from a page: `path` is from the root of the site, `folder` the page's own. */
export function addressOf(origin: string | null, folder: string, path: string): string {
  return origin === null ? `${toRoot(folder)}${path}` : new URL(path, origin).href;
}

/** The one folder by which a page in a language is known: the default language's is the one without a prefix. */
export function canonicalFolder({ page, language }: Pick<Address, 'page' | 'language'>, addresses: readonly Address[]): string {
  const found = addresses.find((address) => address.page === page && address.language === language);
  if (!found) throw new Error(`no address of "${page}" in "${language}"`);
  return found.folder;
}

/** The site as a whole: its origin, as parseOrigin gives it, and every address of addressesOf. */
export interface Whole {
  readonly origin: string | null;
  readonly addresses: readonly Address[];
}

/** A <link> of the head, by its attributes. */
export interface HeadLink {
  readonly rel: 'canonical' | 'alternate';
  readonly href: string;
  readonly hreflang?: string;
}

/** The canonical address of a page, and the same page in each language; none without an origin. */
export function headLinks({ origin, addresses }: Whole, { page, language }: Address): HeadLink[] {
  if (origin === null) return [];
  const href = (of: string) => addressOf(origin, '', canonicalFolder({ page, language: of }, addresses));
  const languages = [...new Set(addresses.map((address) => address.language))];
  return [
    { rel: 'canonical', href: href(language) },
    ...languages.map((of): HeadLink => ({ rel: 'alternate', href: href(of), hreflang: of })),
    { rel: 'alternate', href: href(DEFAULT_LANGUAGE), hreflang: 'x-default' },
  ];
}

/** A <meta> of the head: Open Graph names its key `property`, all others `name`. */
export type Meta = { readonly property: string; readonly content: string } | { readonly name: string; readonly content: string };

/** What a link to the page is shown with. */
export interface Card {
  readonly title: string;
  readonly description: string;
  readonly type: 'article' | 'website';
  /** A picture of 1200 by 630 pixels and one of 1200 by 1200, by their paths from the root of the site, and what both show. */
  readonly image: { readonly card: string; readonly square: string; readonly alt: string };
}

/** The Open Graph and card tags of a page (ogp.me). */
export function openGraph({ origin, addresses }: Whole, address: Address, card: Card, data: Pick<Data, 'edition'>, content: Content): Meta[] {
  const url = origin === null ? undefined : addressOf(origin, '', canonicalFolder(address, addresses));
  const times = [property('article:published_time', data.edition.published), property('article:modified_time', data.edition.updated)];
  return [...cardTags(card, { url, at: (path) => addressOf(origin, address.folder, path) }, content), ...(card.type === 'article' ? times : [])];
}

const property = (key: string, value: string): Meta => ({ property: key, content: value });

/** The tags that any page needs that is shown as a card: `url` is the address that it leads to, where it is known; `at` gives that of a file. */
export function cardTags(
  { title, description, type, image: { card, square, alt } }: Card,
  { url, at }: { readonly url: string | undefined; readonly at: (path: string) => string },
  { story, language }: Content,
): Meta[] {
  return [
    property('og:type', type),
    property('og:site_name', story.title),
    property('og:title', title),
    property('og:description', description),
    property('og:locale', language.locale.replaceAll('-', '_')),
    ...(url === undefined ? [] : [property('og:url', url)]),
    ...imageTags(at(card), CARD_SIZE, alt),
    ...imageTags(at(square), { width: CARD_SIZE.width, height: CARD_SIZE.width }, alt),
    { name: 'twitter:card', content: 'summary_large_image' },
  ];
}

/** The size of a card's picture in pixels, as Open Graph asks for it; a square one is as wide. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;

/** A picture of a card; of several, the first is the one that is shown where there is no choice (ogp.me, arrays). */
function imageTags(address: string, size: Size, alt: string): Meta[] {
  return [
    property('og:image', address),
    property('og:image:type', 'image/png'),
    property('og:image:width', String(size.width)),
    property('og:image:height', String(size.height)),
    property('og:image:alt', alt),
  ];
}

/** sitemap.xml (sitemaps.org 0.9): each page once in each language, with the day of the data. */
export function sitemapXml(origin: string, addresses: readonly Address[], { edition }: Pick<Data, 'edition'>): string {
  const folders = [...new Set(addresses.map((address) => canonicalFolder(address, addresses)))];
  const urls = folders.map((folder) => `  <url><loc>${xml(addressOf(origin, '', folder))}</loc><lastmod>${edition.updated}</lastmod></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`;
}

/** robots.txt (RFC 9309): all may read all; the site map is named when there is one. */
export function robotsTxt(origin: string | null): string {
  return `User-agent: *\nAllow: /\n${origin === null ? '' : `Sitemap: ${addressOf(origin, '', 'sitemap.xml')}\n`}`;
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');
}
