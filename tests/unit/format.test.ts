/** From a fact and a language to what a reader sees, qualifier and all, and to the machine value beside it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveFact, type DerivedFact } from '#evidence/derived.ts';
import { BOUNDS, UNITS, type Bound, type Unit } from '#evidence/interval.ts';
import type { Band, DateFact, Fact, Figure, Inferred } from '#evidence/schema.ts';
import { describeDate, describeFact, type Form } from '#evidence/describeFact.ts';
import { filled, formatNumber, type Language } from '#evidence/format.ts';
import { pinned } from '../fixtures/unit-data.ts';
import { english, project } from '../fixtures/unit-project.ts';

const { facts } = pinned;
const { language } = english;
const german: Language = { ...language, tag: 'de', locale: 'de-DE' };
type PrintedBound = Exclude<Bound, 'in-words'>;
const PRINTED_BOUNDS = BOUNDS.filter((bound) => bound !== 'in-words');

const evidence = {
  counts: 'what is counted',
  speaker: 'a speaker',
  chain: [{ from: [], carriers: ['abc-news'] }],
  citations: [{ article: 'abc-news', excerpt: 'as printed' }],
};
const figure = (value: number, bound: PrintedBound, unit: Unit, more: Partial<Figure> = {}): Figure => ({
  kind: 'figure',
  value,
  bound,
  unit,
  ...evidence,
  ...more,
});
const date = (on: string, until?: string): DateFact => ({ kind: 'date', date: on, ...(until === undefined ? {} : { until }), ...evidence });
const band = (words: Band['words'], interval: Band['interval'], unit: Unit = 'comments'): Band => ({ kind: 'band', words, interval, unit, ...evidence });

const print = (fact: Fact, ...forms: Form[]) => describeFact(fact, language, forms).text ?? missing('text');
const valueOf = (fact: Fact | DerivedFact) => describeFact(fact, language).value;
const printed = (id: string, ...forms: Form[]) => print(facts[id] ?? missing(id), ...forms);

function missing(id: string): never {
  throw new Error(`no fact ${id}`);
}

describe('a bound is said, always', () => {
  test.each([
    ['exactly', '1,234 views'],
    ['more-than', 'more than 1,234 views'],
    ['at-least', 'at least 1,234 views'],
    ['up-to', 'up to 1,234 views'],
    ['as-many-as', 'as many as 1,234 views'],
    ['about', 'about 1,234 views'],
  ] as const)('%s: "%s"', (bound, text) => {
    expect(print(figure(1234, bound, 'views'), 'units')).toBe(text);
    expect(print(figure(1234, bound, 'views'))).toBe(text.replace(' views', ''));
    expect(print(figure(1234, bound, 'views'), 'units', 'capital')).toBe(text.replace(/^./, (first) => first.toUpperCase()));
  });

  test('whatever the number, the unit and the form, qualifier and number stand in the text', () => {
    const forms = fc.subarray(['units', 'capital'] as const).map((chosen): Form[] => [...chosen]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), fc.constantFrom(...PRINTED_BOUNDS), fc.constantFrom(...UNITS), forms, (value, bound, unit, chosen) => {
        const text = print(figure(value, bound, unit), ...chosen).toLowerCase();
        expect(text).toContain(language.wording.bounds[bound].replace('{number}', '').trim());
        expect(text).toContain(formatNumber(value, language.locale));
      }),
    );
  });

  test('no figure of the data is printed bare, in any form that suits it', () => {
    const figures = Object.entries(project.data.facts).flatMap(([id, fact]) => (fact.kind === 'figure' ? [{ id, fact }] : []));
    expect(figures.length).toBeGreaterThan(8);
    for (const { id, fact } of figures)
      for (const forms of [[], ['units'], ['capital'], ['units', 'capital']] satisfies Form[][])
        expect(print(fact, ...forms).toLowerCase(), id).toContain(language.wording.bounds[fact.printed ?? fact.bound].replace('{number}', '').trim());
  });
});

test('a number that the articles print plainly and we read as a limit is printed plainly, and stays a limit', () => {
  const { text, bound, bounds } = describeFact({ ...figure(10, 'up-to', 'days'), printed: 'exactly' }, language, []);
  expect({ text, bound, bounds }).toEqual({ text: '10 days', bound: 'up-to', bounds: { value: 10, low: null, high: 10 } });
});

describe('units', () => {
  test.each(UNITS)('%s are named in the singular and in the plural', (unit) => {
    const { one, other } = language.wording.units[unit];
    expect([print(figure(1, 'exactly', unit), 'units'), print(figure(2, 'exactly', unit), 'units')]).toEqual([
      one.replace('{number}', '1'),
      other.replace('{number}', '2'),
    ]);
  });

  test('money, time and pages never stand without their unit; a count does', () => {
    expect(printed('fine-500-yuan')).toBe('up to 500 yuan');
    expect(printed('detention-10-days')).toBe('10 days');
    expect(printed('nth-room-sentence')).toBe('40 years');
    expect(printed('presentation-200-pages')).toBe('200 pages');
    expect(printed('fine-myr')).toBe('about RM295');
    expect(printed('maskpark-users')).toBe('more than 100,000');
  });

  test('false precision is rounded for the reader and kept for the machine', () => {
    expect(printed('fine-usd')).toBe('about US$70');
    expect(valueOf(facts['fine-usd'] ?? missing('fine-usd'))).toBe('69.67');
  });
});

describe('the words of the story', () => {
  test.each([
    ['maskpark-users', ['units'], 'more than 100,000 accounts'],
    ['maskpark-users', ['capital'], 'More than 100,000'],
    ['other-subforums-900k', ['units'], 'as many as 900,000 members'],
    ['weibo-views-270m', [], 'more than 270 million'],
    ['weibo-views-270m', ['units', 'capital'], 'More than 270 million views'],
    ['nth-room-women-74', ['units'], 'at least 74 women and girls'],
    ['rednote-comments-after', ['units'], 'about 90 comments'],
    ['rednote-comments-before', [], 'tens of thousands'],
    ['rednote-comments-before', ['units', 'capital'], 'Tens of thousands of comments'],
    ['all-groups-hundreds-of-thousands', ['units'], 'hundreds of thousands of users'],
    ['detention-10-days', ['days'], '10 days'],
    ['scale-million', [], '1 million'],
    ['scale-ten-thousand', [], '10,000'],
  ] satisfies [string, Form[], string][])('%s as %j: "%s"', (id, forms, text) => {
    expect(printed(id, ...forms)).toBe(text);
  });

  test('our own arithmetic is printed whole', () => {
    expect(describeFact(deriveFact(pinned, 'nth-room-sentence-days'), language, []).text).toBe('14,610 days');
    expect(describeFact(deriveFact(pinned, 'comments-left-share'), language, ['capital']).text).toBe('Fewer than 1 in 100');
  });

  test('below a million every digit is printed; from a million on the word is', () => {
    expect([0, 999, 1000, 999_999, 1_000_000, 1_500_000, 270_000_000].map((value) => formatNumber(value, 'en-GB'))).toEqual([
      '0',
      '999',
      '1,000',
      '999,999',
      '1 million',
      '1.5 million',
      '270 million',
    ]);
  });
});

describe('dates', () => {
  test.each([
    ['2025-07-29', [], '29 July 2025'],
    ['2025-07-29', ['day'], '29 July'],
    ['2025-07-29', ['weekday'], 'Tuesday 29 July'],
    ['2025-07-29', ['month'], 'July'],
    ['2025-07-29', ['month-year'], 'July 2025'],
    ['2025-07-29', ['year'], '2025'],
    ['2025-05', [], 'May 2025'],
    ['2025-05', ['month'], 'May'],
    ['2020', [], '2020'],
    ['2025-01-01', [], '1 January 2025'],
    ['2025-12-31', ['weekday'], 'Wednesday 31 December'],
  ] satisfies [string, Form[], string][])('%s as %j: "%s", no more exact than it is known', (on, forms, text) => {
    expect(print(date(on), ...forms)).toBe(text);
  });

  test.each([
    ['year', [], '29 July 2025 (year inferred)'],
    ['year', ['month-year'], 'July 2025 (year inferred)'],
    ['year', ['year'], '2025 (inferred)'],
    ['year', ['day'], '29 July'],
    ['year', ['weekday'], 'Tuesday 29 July'],
    ['month', ['month'], 'July (inferred)'],
    ['month', ['year'], '2025 (inferred)'],
    ['date', ['day'], '29 July (inferred)'],
    ['date', ['year', 'capital'], '2025 (inferred)'],
  ] satisfies [Inferred['part'], Form[], string][])('with an inferred %s as %j: "%s", marked where that is shown', (part, forms, text) => {
    expect(print({ ...date('2025-07-29'), inferred: { part, reason: 'from elsewhere' } }, ...forms)).toBe(text);
  });

  test('a span runs from its first to its last day', () => {
    // Versions of ICU differ in the spaces round the dash, and no reader minds.
    const span = (from: string, until: string, ...forms: Form[]) => print(date(from, until), ...forms).replace(/\s*–\s*/, '–');
    expect(span('2025-07-20', '2025-07-27')).toBe('20–27 July 2025');
    expect(span('2025-07-20', '2025-07-27', 'day')).toBe('20–27 July');
    expect(span('2025-07-28', '2025-08-03')).toBe('28 July–3 August 2025');
  });

  test('the day is the day of the article, wherever the build runs', () => {
    const zone = process.env['TZ'];
    try {
      for (const place of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
        process.env['TZ'] = place;
        expect(describeDate({ date: '2025-07-29' }, language).text, place).toBe('29 July 2025');
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

describe('machine values', () => {
  test.each([
    ['maskpark-users', '100000'],
    ['weibo-views-270m', '270000000'],
    ['scale-one', '1'],
    ['rednote-comments-before', '20000/99999'],
    ['d-reuters-story', '2025-07-29'],
    ['d-2020-sentence', '2020'],
    ['d-southern-daily-report', '2025-07-20/2025-07-27'],
  ])('%s is %s', (id, value) => {
    expect(valueOf(facts[id] ?? missing(id))).toBe(value);
  });

  test('an open side of a band stays empty', () => {
    expect(valueOf(band({ count: 'tens', of: 'thousands' }, [20_000, null]))).toBe('20000/');
    expect(valueOf(band({ count: 'tens', of: 'thousands' }, [null, 99_999]))).toBe('/99999');
  });

  test('our own arithmetic has one too', () => {
    expect(valueOf(deriveFact(pinned, 'nth-room-sentence-days'))).toBe('14610');
    expect(valueOf(deriveFact(pinned, 'comments-left-share'))).toBe('100');
  });

  test.each(['victim-testimony', 'filmed-places'])('%s has words of its own, and no number', (id) => {
    const bounds = { value: null, low: null, high: null };
    expect(describeFact(facts[id] ?? missing(id), language)).toMatchObject({ text: null, value: null, bounds, bound: null, unit: null });
  });
});

describe('a form that does not suit is refused, not ignored', () => {
  test.each([
    ['maskpark-users', 'weekday', 'the form "weekday" does not suit a number'],
    ['rednote-comments-before', 'year', 'the form "year" does not suit a number'],
    ['scale-million', 'month', 'the form "month" does not suit a number'],
    ['d-reuters-story', 'units', 'the form "units" does not suit a date'],
    ['d-reuters-story', 'days', 'the form "days" does not suit a date'],
    ['nth-room-sentence', 'days', 'the form "days" does not suit a number'],
    ['maskpark-users', 'days', 'the form "days" does not suit a number'],
    ['rednote-comments-before', 'days', 'the form "days" does not suit a number'],
    ['scale-million', 'days', 'the form "days" does not suit a number'],
    ['scale-million', 'units', 'the form "units" does not suit a number'],
  ] as const)('%s as "%s"', (id, form, reason) => {
    expect(() => printed(id, form)).toThrow(reason);
  });

  test('a word-number that the language has no words for', () => {
    const wordless: Language = { ...language, wording: { ...language.wording, words: {} } };
    expect(() => describeFact(band({ count: 'hundreds', of: 'millions' }, [200_000_000, 999_999_999]), wordless, [])).toThrow(
      'no words for hundreds of millions',
    );
  });
});

describe('another language', () => {
  test('prints the same facts its own way, with no code', () => {
    expect(describeFact(facts['maskpark-users'] ?? missing('maskpark-users'), german, []).text).toBe('more than 100.000');
    expect(describeFact(facts['weibo-views-270m'] ?? missing('weibo-views-270m'), german, []).text).toBe('more than 270 Millionen');
    expect(describeFact(facts['d-reuters-story'] ?? missing('d-reuters-story'), german, []).text).toBe('29. Juli 2025 (inferred)');
    expect(describeFact(facts['d-tuesday-270m'] ?? missing('d-tuesday-270m'), german, ['weekday']).text).toBe('Dienstag, 29. Juli (inferred)');
  });

  test('chooses singular and plural by its own rules', () => {
    const wording = { ...language.wording, units: { ...language.wording.units, days: { one: '{number} jour', other: '{number} jours' } } };
    const french: Language = { tag: 'fr', locale: 'fr-FR', wording };
    // French counts nothing as one: "0 jour".
    expect([0, 1, 2].map((value) => describeFact(figure(value, 'exactly', 'days'), french, []).text)).toEqual(['0 jour', '1 jour', '2 jours']);
  });

  test('writes its capitals by its own rules', () => {
    const wording = { ...language.wording, bounds: { ...language.wording.bounds, 'at-least': 'ilk {number}' } };
    expect(describeFact(figure(5, 'at-least', 'views'), { tag: 'tr', locale: 'tr-TR', wording }, ['capital']).text).toBe('İlk 5');
  });
});

describe('words with places', () => {
  test('are filled once, wherever a place stands', () => {
    expect(filled('{a}, {b} and {a}', { a: 'one', b: 'two' })).toBe('one, two and one');
  });

  test('a value is printed as it is, and a place that nobody fills stays to be seen', () => {
    expect(filled('{a} {b} {c}', { a: '{b} $&', b: 'two' })).toBe('{b} $& two {c}');
  });
});
