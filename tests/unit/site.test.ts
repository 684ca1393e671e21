/** The site as a function of data and words: every file, every figure on it, and what a correction changes. */
import { createHash } from 'node:crypto';
import { load, type CheerioAPI } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { parseContent, type RawContents } from '#content/schema.ts';
import { needsOf } from '#charts/needs.ts';
import { CHARTS } from '#charts/registry.ts';
import { ValidationError } from '#evidence/validation.ts';
import { findFact } from '#evidence/facts.ts';
import type { Data } from '#evidence/schema.ts';
import { textOf } from '#evidence/prose.ts';
import { describeDate, describeFact } from '#evidence/describeFact.ts';
import { formatNumber } from '#evidence/format.ts';
import { addressesOf, PAGES, toRoot } from '#edition/address.ts';
import { cspOf } from '#build/csp.ts';
import { site as siteWithPictures } from '#build/site.ts';
import { SHEETS } from '#styles/sheets.ts';
import { edited } from '../fixtures/unit-data.ts';
import { english, project } from '../fixtures/unit-project.ts';

const { data, contents } = project;
const raw = contents['en'];
if (!raw) throw new Error('no English content');
/** What runs; linked data does not. */
const SCRIPTS = 'script:not([type="application/ld+json"])';

/** The site without its PNG pictures, which have tests of their own. */
const site: typeof siteWithPictures = (facts, words, client) => siteWithPictures(facts, words, client, { origin: null, pictures: false });
const files = site(data, contents);
const html = pageOf(files, 'index.html');
const $ = load(html);

function pageOf(from: ReadonlyMap<string, string | Uint8Array>, path: string): string {
  const page = from.get(path);
  if (typeof page !== 'string') throw new Error(`no page ${path}`);
  return page;
}

/** A page without its evidence cards: they quote what was printed, whatever we correct. */
function asWeSay(page: string): string {
  return page.replace(/<template[\s\S]*?<\/template>/g, '');
}

/** Figures and dates of a page whose machine value is not that of their fact. */
function wrongValues(page: CheerioAPI, facts: Pick<Data, 'facts'>): string[] {
  // The day an article was published is the article's, not a fact's.
  return page('data, time:not(.printing time)')
    .toArray()
    .flatMap((element) => {
      const [id, value] = [page(element).attr('data-fact') ?? '', page(element).attr(element.name === 'time' ? 'datetime' : 'value')];
      const fact = findFact(facts, id);
      return fact && describeFact(fact, english.language).value === value ? [] : [`${element.name} ${id}: ${value}`];
    });
}

/** What the islands of a page draw from, by chart. */
function viewsOf(page: CheerioAPI): Record<string, unknown> {
  return Object.fromEntries(
    page('.island')
      .toArray()
      .map((island): [string, unknown] => [page(island).attr('data-chart') ?? '', JSON.parse(page(island).attr('data-view') ?? 'null')]),
  );
}

describe('addresses', () => {
  test('the story stands at the root and under its language', () => {
    expect([...files.keys()].filter((path) => path.endsWith('index.html') && !/evidence|steps|plain|embed|accessibility|publishers/.test(path))).toEqual([
      'index.html',
      'en/index.html',
    ]);
  });

  test('every page has an address with its language, and the default language one without', () => {
    const all = addressesOf(['de', 'en']);
    expect(all.filter(({ page }) => page === 'story')).toEqual([
      { folder: 'de/', page: 'story', language: 'de' },
      { folder: '', page: 'story', language: 'en' },
      { folder: 'en/', page: 'story', language: 'en' },
    ]);
    for (const [page, folder] of Object.entries(PAGES))
      expect(all.flatMap((address) => (address.page === page ? [address.folder] : []))).toEqual([`de/${folder}`, folder, `en/${folder}`]);
  });

  test('a page finds the root from any folder of any host', () => {
    expect(['', 'en/', 'en/plain/'].map(toRoot)).toEqual(['./', '../', '../../']);
    const hrefs = (page: string) => [...(page.split('</head>')[0] ?? '').matchAll(/(?:href|src)="((?!#|https:|mailto:)[^"]*)"/g)].map(([, href]) => href);
    expect(hrefs(html).length).toBeGreaterThan(0);
    expect(hrefs(html).every((href) => href?.startsWith('./'))).toBe(true);
    expect(hrefs(pageOf(files, 'en/index.html')).every((href) => href?.startsWith('../'))).toBe(true);
    for (const [page, html] of files) {
      if (!page.endsWith('.html')) continue;
      const links = load(html.toString())('a[href]:not([href^="#"]):not([href^="https:"])').toArray();
      for (const { attribs } of links) {
        const { pathname } = new URL(attribs['href'] ?? '', `https://host/${page}`);
        // The pictures are left out of this build, all but their drawings.
        const path = pathname.slice(1).replace(/(-card|-square)?\.png$/, '.svg');
        expect(files.has(path) || files.has(`${path}index.html`), `${page}: ${attribs['href']}`).toBe(true);
      }
    }
  });

  test('both say the same', () => {
    const body = (page: string) => {
      const main = load(page)('main');
      // A citation names its own address.
      main.find('.tools').remove();
      return main.html();
    };
    expect(body(pageOf(files, 'en/index.html'))).toBe(body(html));
  });
});

describe('figures', () => {
  test('every figure and every date carries the machine value of its fact', () => {
    expect($('data').length).toBeGreaterThan(60);
    expect($('time').length).toBeGreaterThan(20);
    expect(wrongValues($, data)).toEqual([]);
  });

  test('a value that is not its fact’s is seen', () => {
    const wrong = load(html);
    wrong('data[data-fact="maskpark-users"]').first().attr('value', '100001');
    wrong('time').first().attr('datetime', '1999');
    expect(wrongValues(wrong, data)).toHaveLength(2);
  });

  test('every figure is printed with its qualifier, in the words or on its own', () => {
    const bare = $('data')
      .toArray()
      .flatMap((element) => {
        const fact = findFact(data, $(element).attr('data-fact') ?? '');
        const text = $(element).text().toLowerCase();
        if (fact?.kind !== 'figure') return [];
        return text.includes(english.language.wording.bounds[fact.printed ?? fact.bound].replace('{number}', '').trim()) ? [] : [text];
      });
    expect(bare).toEqual([]);
  });

  test('every claim is bound to a fact', () => {
    expect($('span[data-fact]').length).toBeGreaterThan(20);
    for (const element of $('span[data-fact]').toArray()) expect(data.facts[$(element).attr('data-fact') ?? '']?.kind, $(element).text()).toBeDefined();
  });

  test('no digit stands in the prose outside a figure, a date or a name that holds one', () => {
    const prose = load(html);
    // Publishers and places of help are called what they are called; the reading time and the tables are no prose.
    prose('data, time, svg, .island, .articles, .help, table, .ways, .tools').remove();
    expect(
      prose('main')
        .text()
        .match(/.{0,20}\p{Nd}.{0,20}/u),
    ).toBeNull();
  });

  test('each island draws from the numbers of the facts', () => {
    const views = viewsOf($);
    for (const chart of Object.values(CHARTS))
      for (const id of needsOf(chart).figures) {
        const fact = findFact(data, id);
        const value = fact && 'value' in fact ? fact.value : null;
        expect(views[chart.id], id).toHaveProperty(['figures', id, 'value'], value);
      }
  });

  test('each table lists every fact of its picture with who said it and where it is printed; our arithmetic with its sum', () => {
    for (const chart of Object.values(CHARTS).filter((one) => needsOf(one).eventSteps.length === 0)) {
      const rows = $(`.passage[data-of=${chart.id}] .numbers tbody tr`).toArray();
      const ids = [...needsOf(chart).figures, ...needsOf(chart).claims].filter((id) => findFact(data, id)?.kind !== 'scale-mark');
      expect(rows.length, chart.id).toBe(ids.length);
      rows.forEach((row, i) => {
        const [fact, cells] = [findFact(data, ids[i] ?? ''), $(row).children().toArray()];
        const texts = cells.map((cell) => $(cell).text().trim());
        expect(
          texts.filter((text) => text === ''),
          ids[i],
        ).toEqual([]);
        if (fact?.kind === 'derived') expect(texts[1]).toContain(fact.formula);
        else if (fact && 'speaker' in fact) expect(texts[2]).toBe(fact.speaker);
      });
    }
  });
});

describe('words', () => {
  const steps = english.story.scenes.flatMap((scene) => scene.passages.flatMap((passage) => passage.steps));

  test.each(steps.map((step) => [step.id, step] as const))('the step %s has its address, its words and its picture in words', (id, step) => {
    const place = $(`[id="${id}"]`);
    expect(place).toHaveLength(1);
    const text = place.text();
    for (const part of [step.heading, ...step.text, step.picture]) expect(text).toContain(textOf(part));
  });

  test('every id stands once, and every link within the page leads somewhere', () => {
    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id'));
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const links = $('a[href^="#"]').toArray();
    expect(links.length).toBeGreaterThan(5);
    expect(links.map((link) => $(link).attr('href')?.slice(1)).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('every pattern that a picture is filled with stands in the page', () => {
    const wanted = [...html.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id ?? '');
    expect(wanted.length).toBeGreaterThan(10);
    expect([...new Set(wanted)].filter((id) => $(`[id="${id}"]`).length !== 1)).toEqual([]);
  });

  test('every scene has its final picture in the page, narrow and wide, before any script', () => {
    for (const chart of Object.values(CHARTS)) {
      const stills = $(`.passage[data-of=${chart.id}] .island .still svg`);
      expect(stills).toHaveLength(2);
      expect(stills.find('text').length, chart.id).toBeGreaterThan(1);
    }
  });

  test('no word of a step is hidden from a screen reader', () => {
    expect($('[hidden]')).toHaveLength(0);
    expect($('[aria-hidden="true"] .visually-hidden, .visually-hidden[aria-hidden], .step[aria-hidden], [inert]')).toHaveLength(0);
    expect($('.step .visually-hidden').length).toBe(steps.length);
    // A picture says nothing to it: its words stand beside it.
    expect($('svg:not([aria-hidden="true"])')).toHaveLength(0);
  });

  test('nothing says that it is loading', () => {
    expect($('body').text()).not.toMatch(/loading|please wait|enable javascript/i);
  });

  test('the five articles, the blanks and the places of help are all there', () => {
    const text = $('main').text();
    for (const { publisher, url } of Object.values(data.articles)) {
      expect(text).toContain(publisher);
      expect($(`a[href="${url}"]`).length).toBeGreaterThan(0);
    }
    for (const { name, url } of Object.values(data.help)) expect($(`a[href="${url}"]`).text()).toContain(name);
    for (const gap of Object.keys(data.gaps)) expect(JSON.stringify(viewsOf($)['gaps'])).toContain(`"${gap}"`);
  });

  test('each place of help stands below its region, with what it can and cannot do and the day of its details', () => {
    for (const { name, url, region, noted } of Object.values(data.help)) {
      const item = $(`.help a[href="${url}"]`).closest('li');
      const help = english.story.sources.sections.find(({ id }) => id === 'help')?.help ?? missing();
      expect(item.parent().prev('h4').text(), name).toBe(help.regions[region]);
      expect(item.text()).toContain(describeDate({ date: noted }, english.language).text);
      expect(item.find('p').text().trim().split('. ').length).toBeGreaterThan(1);
    }
    expect($('.help').text()).not.toContain('12388');
  });

  test('no word says more than the articles do, or blames, or thrills', () => {
    const said = JSON.stringify([english.story, english.charts['gaps']?.caption, english.evidence, english.conflicts, english.names].map((one) => one));
    for (const never of [
      'nobody reported',
      'numbers nobody',
      'first sentenced',
      '“not completely censored”',
      'not made the same way',
      '黃思敏',
      'scandal',
      'shocking',
      'revenge',
      'loud, then',
    ])
      expect(said.toLowerCase(), never).not.toContain(never);
    expect([english.story.title, english.story.description].join(' ')).not.toContain('MaskPark');
  });

  test('headings go down one level at a time', () => {
    const levels = $('h1, h2, h3, h4')
      .toArray()
      .map((element) => Number(element.name.slice(1)));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.slice(1).filter((level, i) => level > (levels[i] ?? 0) + 1)).toEqual([]);
  });
});

test('nothing is painted before the cover is whole: the browser waits for what follows it, and for nothing further on', () => {
  const target = $('link[rel="expect"][blocking="render"]').attr('href') ?? '';
  expect($('.cover').next().is(target)).toBe(true);
  for (const [path, page] of files) if (path.endsWith('steps/index.html') || path.endsWith('plain/index.html')) expect(page).not.toContain('rel="expect"');
});

test('small text on the page has one size and two weights: a first view that needs more fonts comes later', () => {
  const faces = [...SHEETS.page.replace(/@page[\s\S]*$/, '').matchAll(/font: (\d+) ([\d.]+rem)\/[\d.]+ var\(--sans\)/g)].map(([, weight, size]) => ({
    weight,
    size,
  }));
  expect(faces.length).toBeGreaterThan(15);
  expect([...new Set(faces.map(({ weight }) => weight))].sort()).toEqual(['300', '400', '600']);
  // The bar’s, all small text’s, the buttons’ that turn pages, and the cross that closes a card.
  expect([...new Set(faces.map(({ size }) => size))].sort()).toEqual(['0.75rem', '0.875rem', '1.75rem', '1rem']);
});

test('the font is asked for once: early where a line bears it, after the words where it would hold them back', () => {
  const asked = (within: string) => $(`${within} > link[rel="preload"][as="font"][crossorigin]`);
  const face = /url\(([^)]*)\)/.exec($('style').text())?.[1];
  expect(asked('head').attr('href')).toBe(face);
  expect(asked('body').attr('href')).toBe(face);
  expect($('link[rel="preload"]')).toHaveLength(2);
  // Every screen is of one of the two kinds, and none of both.
  expect(asked('body').attr('media')).toBe(`not all and ${asked('head').attr('media')}`);
  expect($('body').children().first().is(asked('body'))).toBe(true);
});

describe('what the page may do', () => {
  const policyIn = (page: CheerioAPI) => page('meta[http-equiv="Content-Security-Policy"]').attr('content') ?? '';
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  test('no inline style, no handler, no script: a strict policy can hold', () => {
    expect($('[style]')).toHaveLength(0);
    expect($(SCRIPTS)).toHaveLength(0);
    expect(html).not.toMatch(/\son[a-z]+="/i);
    expect($('style')).toHaveLength(1);
    expect($('style').text()).toMatch(/^@font-face\{[^}]*url\(\.\/fonts\/newsreader\.woff2\)[^}]*\}/);
    expect($('style').text().endsWith(SHEETS.story)).toBe(true);
  });

  test('the policy allows nothing but the page’s own style, by its hash', () => {
    expect(policyIn($)).toMatch(/^default-src 'none'; /);
    expect(policyIn($)).toContain(`style-src ${hash($('style').text())};`);
    expect(policyIn($)).toContain("script-src 'none';");
    expect(policyIn($)).not.toMatch(/unsafe|\*|https?:/);
    const english = load(pageOf(files, 'en/index.html'));
    expect(policyIn(english)).toContain(hash(english('style').text()));
    // The way to the font differs, and so must the hash.
    expect(policyIn(english)).not.toBe(policyIn($));
  });

  test('a style that was tampered with no longer fits its hash', () => {
    expect(policyIn($)).not.toContain(hash(`${$('style').text()} `));
    expect(cspOf([], ['sha256-x'])).toContain("style-src 'none'; script-src 'sha256-x';");
  });

  test('a script runs by hash alone, and is the one file that the build made', () => {
    const code = 'console.log("awake")';
    const client = { files: new Map([['assets/story.js', code]]), scripts: { story: 'assets/story.js' } };
    const awake = site(data, contents, client);
    expect(awake.get('assets/story.js')).toBe(code);
    for (const [path, root] of [
      ['index.html', './'],
      ['en/index.html', '../'],
    ] as const) {
      const page = load(pageOf(awake, path));
      const scripts = page(SCRIPTS);
      expect(scripts).toHaveLength(1);
      expect(scripts.attr('src')).toBe(`${root}assets/story.js`);
      expect(scripts.text()).toBe('');
      expect(`'${scripts.attr('integrity')}'`).toBe(hash(code));
      expect(policyIn(page)).toContain(`script-src ${hash(code)};`);
    }
    expect([...client.files.keys()]).toEqual(['assets/story.js']);
  });

  test('nothing is asked of another origin', () => {
    const asked = $('link[href], script[src], img[src], iframe[src], source[src], video[src], audio[src], object[data]').toArray();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.map((element) => element.attribs['href'] ?? element.attribs['src'] ?? '').filter((address) => /^(https?:)?\/\//.test(address))).toEqual([]);
    expect($('style').text()).not.toMatch(/url\(["']?(https?:)?\/\/|@import/);
  });
});

describe('a correction', () => {
  /** The page with one value of the data changed. */
  const corrected = (path: string, value: unknown) => {
    const changed = edited(data, path, value);
    const whole = pageOf(site(changed, contents), 'index.html');
    return { changed, text: asWeSay(whole), page: load(whole) };
  };
  const numberOf = (id: string) => {
    const fact = findFact(data, id);
    if (!fact || !('value' in fact)) throw new Error(`no number ${id}`);
    return fact.value;
  };

  test.each([
    ['maskpark-users', 123_457, 'members', 'maskpark'],
    ['other-subforums-900k', 876_543, 'members', 'others'],
    ['nth-room-women-74', 78, 'comparison', 'harmed'],
    ['detention-10-days', 12, 'penalties', 'ten-days'],
    ['fine-500-yuan', 612, 'penalties', 'ten-days'],
  ])('of %s reaches the prose, the picture, its text alternative, its table and its numbers, and leaves nothing old', (id, value, chart, step) => {
    const { changed, text, page } = corrected(`facts.${id}.value`, value);
    const [before, after] = [data, changed].map(({ facts }) => {
      const fact = facts[id];
      if (!fact) throw new Error(id);
      return (describeFact(fact, english.language, []).text ?? '').toLowerCase();
    });
    if (before === undefined || after === undefined) throw new Error(id);
    expect(page(`[id="${step}"] p:not(.visually-hidden)`).text().toLowerCase() + page(`[id="${step}"] h3`).text().toLowerCase()).toContain(after);
    expect(page(`[id="${step}"] .visually-hidden`).text().toLowerCase()).toContain(after);
    expect(page(`.passage[data-of=${chart}] table [data-fact="${id}"]`).text().toLowerCase()).toContain(after);
    expect(JSON.stringify(viewsOf(page)[chart]).toLowerCase()).toContain(after);
    expect(viewsOf(page)[chart]).toHaveProperty(['figures', id, 'value'], value);
    expect(wrongValues(page, changed)).toEqual([]);
    // Not as the end of a longer number either: 14,610 days hold no 10 days.
    expect(text.toLowerCase()).not.toMatch(new RegExp(`(?<![\\d,])${before}`));
    expect(text).not.toMatch(new RegExp(`data-fact="${id}"[^>]*value="${numberOf(id)}"|value="${numberOf(id)}"[^>]*data-fact="${id}"`));
  });

  test('of a large number leaves none of its digits anywhere', () => {
    const old = numberOf('maskpark-users');
    const { text } = corrected('facts.maskpark-users.value', 123_457);
    const digits = (number: string) => new RegExp(`(?<![\\d.,])${number}(?![\\d,]|\\.\\d)`);
    expect(asWeSay(html)).toMatch(digits(formatNumber(old, 'en-GB')));
    expect(text).not.toMatch(digits(formatNumber(old, 'en-GB')));
    expect(text).not.toMatch(digits(String(old)));
    expect(text).toMatch(digits('123457'));
  });

  test('of the sentence reaches the days that we worked out from it, and their sum', () => {
    const { page, text } = corrected('facts.nth-room-sentence.value', 20);
    expect(page('[data-fact="nth-room-sentence-days"]').first().attr('value')).toBe('7305');
    expect(page('.passage[data-of=penalties] table').text()).toContain('20 × 365.25 = 7305');
    expect(text).not.toContain(findFact(data, 'nth-room-sentence-days') ? '14,610' : '');
  });

  test('of a date reaches the prose, the stage and the timeline, and leaves nothing old', () => {
    const { page, changed } = corrected('facts.d-tuesday-270m.date', '2025-06-17');
    const [before, after] = [data, changed].map(({ facts }) => {
      const fact = facts['d-tuesday-270m'];
      return fact?.kind === 'date' ? describeDate({ date: fact.date }, english.language, ['day']).text : '';
    });
    if (!before || !after) throw new Error('no date');
    const elements = page('[data-fact="d-tuesday-270m"]');
    expect(elements.length).toBeGreaterThan(3);
    for (const element of elements.toArray()) {
      // On a picture the words that rest on the date carry no value of their own.
      if (element.name === 'text') continue;
      expect(page(element).text()).toContain(after);
      expect(page(element).attr('datetime') ?? page(element).attr('value')).toBe('2025-06-17');
    }
    expect(wrongValues(page, changed)).toEqual([]);
    const [old, views, timeline] = [viewsOf($)['views'], viewsOf(page)['views'], viewsOf(page)['timeline']].map((view) => JSON.stringify(view));
    expect([old?.includes(before), old?.includes(after)]).toEqual([true, false]);
    expect([views?.includes(before), views?.includes(after)]).toEqual([false, true]);
    expect(timeline).toContain(after);
  });

  test('of a speaker reaches the table', () => {
    const { page } = corrected('facts.weibo-views-270m.speaker', 'Somebody else');
    expect(page('.passage[data-of=views] table').text()).toContain('Somebody else');
    expect($('.passage[data-of=views] table').text()).not.toContain('Somebody else');
  });

  test('changes nothing but what it touches', () => {
    const { page } = corrected('facts.weibo-views-270m.value', numberOf('weibo-views-270m') + 10_000_000);
    expect(page('.passage[data-of=penalties]').html()).toBe($('.passage[data-of=penalties]').html());
    expect(page('.passage[data-of=views]').html()).not.toBe($('.passage[data-of=views]').html());
  });
});

describe('a second language', () => {
  const german = { ...raw, language: edited(edited(edited<unknown>(raw.language, 'tag', 'de'), 'locale', 'de-DE'), 'name', 'Deutsch') };
  const both = site(data, { en: raw, de: german });
  const de = load(pageOf(both, 'de/index.html'));

  test('is a folder and no code', () => {
    expect([...both.keys()].filter((path) => /^([a-z]{2}\/)?index\.html$/.test(path)).sort()).toEqual(['de/index.html', 'en/index.html', 'index.html']);
    expect(de('html').attr('lang')).toBe('de');
    expect($('html').attr('lang')).toBe('en');
  });

  test('prints the same facts in its own digits and dates, and none in another’s', () => {
    expect(['de-DE', 'en-GB'].map((locale) => formatNumber(100_000, locale))).toEqual(['100.000', '100,000']);
    const fact = data.facts['maskpark-users'];
    const number = fact?.kind === 'figure' ? fact.value : missing();
    expect(de('main').text()).toContain(formatNumber(number, 'de-DE'));
    expect(asWeSay(pageOf(both, 'de/index.html'))).not.toContain(formatNumber(number, 'en-GB'));
    expect(de('main').text()).toMatch(/\b\d{1,2}\. Juli\b/);
    expect(de('main').text()).not.toMatch(/\b\d{1,2} July\b/);
    expect(wrongValues(de, data)).toEqual([]);
  });

  test('leaves the first language as it is', () => {
    expect(both.get('index.html')).toBe(html);
  });

  test('is read from right to left where it says so', () => {
    const arabic = { ...raw, language: edited(edited(edited<unknown>(raw.language, 'tag', 'ar'), 'locale', 'ar-EG'), 'direction', 'rtl') };
    const page = load(pageOf(site(data, { en: raw, ar: arabic }), 'ar/index.html'));
    expect([page('html').attr('lang'), page('html').attr('dir')]).toEqual(['ar', 'rtl']);
  });
});

describe('the same again', () => {
  test('the same data and words give the same bytes', () => {
    expect([...site(structuredClone(data), structuredClone(contents))]).toEqual([...files]);
  });

  test('neither data nor words are changed by it', () => {
    const [before, words] = [structuredClone(data), structuredClone(contents)];
    site(data, contents);
    expect(data).toEqual(before);
    expect(contents).toEqual(words);
  });

  test('words that do not fit the data stop it with a list of faults', () => {
    const wrong: RawContents = { en: { ...raw, story: edited(raw.story, 'cover.note', 'It had 5 users.') } };
    expect(() => site(data, wrong)).toThrow(ValidationError);
  });
});

describe('words are words', () => {
  const nasty = '<b>x</b> & "y" <script>alert(‘z’)</script> </style>';

  test.each([
    ['the title', 'story', 'title'],
    ['the description', 'story', 'description'],
    ['the dek', 'story', 'cover.dek'],
    ['a heading', 'story', 'scenes.0.heading'],
    ['a paragraph', 'story', 'scenes.0.passages.0.steps.0.text.0'],
    ['a text alternative', 'story', 'scenes.0.passages.0.steps.0.picture'],
    ['a word on a stage', 'charts', 'members.words.relation'],
    ['the title of a picture', 'charts', 'members.title'],
    ['a name in a table', 'names', 'maskpark-users'],
    ['the furniture', 'interface', 'table'],
  ] as const)('markup in %s is shown, not obeyed', (_, file, path) => {
    const page = pageOf(site(data, { en: { ...raw, [file]: edited(raw[file], path, nasty) } }), 'index.html');
    expect(page).not.toContain('<b>x</b>');
    expect(page).not.toContain('alert(‘z’)</script>');
    const shown = load(page);
    expect(shown(SCRIPTS)).toHaveLength(0);
    const everything = shown('html').text() + shown('meta[name="description"]').attr('content') + JSON.stringify(viewsOf(shown));
    expect(everything.includes('<b>x</b>')).toBe(true);
    expect(shown('.island .stage-picture')).toHaveLength(Object.keys(CHARTS).length);
    expect(shown('.passage')).toHaveLength(Object.keys(CHARTS).length);
  });
});

test('an unknown chart in the words is a fault, not a hole in the page', () => {
  const wrong = edited(raw.story, 'scenes.0.passages.0.chart', 'member');
  expect(() => parseContent('en', { ...raw, story: wrong }, data)).toThrow(/scenes\.0\.passages\.0\.chart: expected "members" or /);
});

function missing(): never {
  throw new Error('no such fact');
}
