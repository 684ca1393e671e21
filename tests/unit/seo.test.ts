/** What search engines and link previews are told of a page, with an origin and without. */
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { addressesOf, type Address } from '#edition/address.ts';
import { addressOf, canonicalFolder, headLinks, openGraph, parseOrigin, robotsTxt, sitemapXml, type Card, type Meta } from '#pages/seo.ts';
import { english, project } from '../fixtures/unit-project.ts';

const { data } = project;
const ORIGIN = 'https://room.example/';
const addresses = addressesOf(['de', 'en']);
const at = (folder: string): Address => addresses.find((address) => address.folder === folder) ?? missing(folder);

function missing(what: string): never {
  throw new Error(`no ${what}`);
}

describe('SITE_ORIGIN', () => {
  test.each([
    [undefined, null],
    ['', null],
    ['https://room.example', ORIGIN],
    ['https://room.example/', ORIGIN],
    ['https://paper.example/room', 'https://paper.example/room/'],
    ['http://localhost:4173', 'http://localhost:4173/'],
  ])('%j is used as %j', (value, origin) => {
    expect(parseOrigin(value)).toBe(origin);
  });

  test.each(['room.example', 'ftp://room.example', 'https://room.example/?a', 'https://room.example/#a', 'https://a:b@room.example', 'javascript:0'])(
    '%s is no origin, and the build says what it expects',
    (value) => {
      expect(() => parseOrigin(value)).toThrow(`SITE_ORIGIN: expected an address such as https://example.org, found "${value}"`);
    },
  );
});

describe('an address', () => {
  test('is whole with an origin, in any folder of any host', () => {
    expect(addressOf(ORIGIN, 'de/', 'de/data/facts.csv')).toBe('https://room.example/de/data/facts.csv');
    expect(addressOf('https://paper.example/room/', '', 'charts/views.csv')).toBe('https://paper.example/room/charts/views.csv');
    expect(addressOf(ORIGIN, '', '')).toBe(ORIGIN);
  });

  test('is relative to the page without one', () => {
    expect(addressOf(null, '', 'data/facts.csv')).toBe('./data/facts.csv');
    expect(addressOf(null, 'de/', 'de/data/facts.csv')).toBe('../de/data/facts.csv');
  });
});

describe('the canonical address', () => {
  test('of the default language has no prefix, wherever the page stands', () => {
    expect(['', 'en/', 'de/'].map((folder) => canonicalFolder(at(folder), addresses))).toEqual(['', '', 'de/']);
    expect(() => canonicalFolder({ page: 'story', language: 'fr' }, addresses)).toThrow('fr');
  });

  test('is said with each language, once', () => {
    const links = headLinks({ origin: ORIGIN, addresses }, at('en/'));
    expect(links).toEqual([
      { rel: 'canonical', href: ORIGIN },
      { rel: 'alternate', href: `${ORIGIN}de/`, hreflang: 'de' },
      { rel: 'alternate', href: ORIGIN, hreflang: 'en' },
      { rel: 'alternate', href: ORIGIN, hreflang: 'x-default' },
    ]);
    expect(headLinks({ origin: ORIGIN, addresses }, at(''))).toEqual(links);
    expect(headLinks({ origin: ORIGIN, addresses }, at('de/'))[0]?.href).toBe(`${ORIGIN}de/`);
  });

  test('is not said without an origin', () => {
    expect(headLinks({ origin: null, addresses }, at(''))).toEqual([]);
  });
});

describe('Open Graph', () => {
  const card: Card = {
    title: 'A title',
    description: 'What it is',
    type: 'article',
    image: { card: 'charts/story-card.png', square: 'charts/story-square.png', alt: 'A field of lights' },
  };
  const listed = (origin: string | null, one = card) =>
    openGraph({ origin, addresses }, at('en/'), one, data, english).map(
      (meta: Meta) => ['property' in meta ? meta.property : meta.name, meta.content] as const,
    );
  /** By key; of several, the first. */
  const tags = (origin: string | null, one = card) => Object.fromEntries(listed(origin, one).toReversed());

  test('gives title, description, picture and locale, with whole addresses', () => {
    expect(tags(ORIGIN)).toEqual({
      'og:type': 'article',
      'og:site_name': english.story.title,
      'og:title': 'A title',
      'og:description': 'What it is',
      'og:locale': 'en_GB',
      'og:url': ORIGIN,
      'og:image': `${ORIGIN}charts/story-card.png`,
      'og:image:type': 'image/png',
      'og:image:width': '1200',
      'og:image:height': '630',
      'og:image:alt': 'A field of lights',
      'article:published_time': data.edition.published,
      'article:modified_time': data.edition.updated,
      'twitter:card': 'summary_large_image',
    });
  });

  test('gives a square picture after the wide one, each with its size', () => {
    const pictures = listed(ORIGIN).filter(([key]) => /^og:image(:width|:height)?$/.test(key));
    expect(pictures.map(([, value]) => value)).toEqual([`${ORIGIN}charts/story-card.png`, '1200', '630', `${ORIGIN}charts/story-square.png`, '1200', '1200']);
  });

  test('without an origin the picture is relative and the page has no address', () => {
    expect(tags(null)['og:image']).toBe('../charts/story-card.png');
    expect(tags(null)).not.toHaveProperty('og:url');
  });

  test('a page that is no article has no days', () => {
    expect(Object.keys(tags(ORIGIN, { ...card, type: 'website' })).filter((key) => key.startsWith('article:'))).toEqual([]);
  });
});

describe('the site map', () => {
  const map = (origin: string) => {
    const source = sitemapXml(origin, addresses, data);
    const xml = load(source, { xml: true });
    return {
      source,
      xml,
      places: xml('urlset > url > loc')
        .toArray()
        .map((loc) => xml(loc).text()),
    };
  };

  test('names each page of each language once, with the day of the data', () => {
    const { xml, places } = map(ORIGIN);
    expect(places).toEqual([...new Set(addresses.filter(({ folder }) => !folder.startsWith('en/')).map(({ folder }) => ORIGIN + folder))]);
    expect(
      xml('url > lastmod')
        .toArray()
        .map((day) => xml(day).text()),
    ).toEqual(places.map(() => data.edition.updated));
    expect(xml('urlset').attr('xmlns')).toBe('http://www.sitemaps.org/schemas/sitemap/0.9');
  });

  test('an address that holds a sign of XML is still XML', () => {
    const { source, places } = map("https://room.example/a&b's/");
    expect(source).toContain('a&amp;b&apos;s');
    expect(places[0]).toContain("a&b's");
  });

  test('robots.txt names it, and does not where there is none', () => {
    expect(robotsTxt(ORIGIN)).toBe('User-agent: *\nAllow: /\nSitemap: https://room.example/sitemap.xml\n');
    expect(robotsTxt(null)).toBe('User-agent: *\nAllow: /\n');
  });
});
