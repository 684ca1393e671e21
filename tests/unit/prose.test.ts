/** Prose with tokens: what it becomes, and what is refused in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findFact } from '#evidence/facts.ts';
import { parseProse, textOf, type Segment } from '#evidence/prose.ts';
import { describeFact, FORMS, type Form } from '#evidence/describeFact.ts';
import { edited, pinned as data } from '../fixtures/unit-data.ts';
import { english } from '../fixtures/unit-project.ts';

const { language } = english;
const parse = (source: string): Segment[] => parseProse(source, data, language);

describe('tokens', () => {
  test('a figure is printed with its qualifier and keeps its id and its machine value', () => {
    expect(parse('It had {maskpark-users|units}, in all.')).toEqual([
      { kind: 'text', text: 'It had ' },
      { kind: 'figure', id: 'maskpark-users', text: 'more than 100,000 accounts', value: '100000' },
      { kind: 'text', text: ', in all.' },
    ]);
  });

  test('forms add up', () => {
    expect(textOf(parse('{maskpark-users|units|capital}'))).toBe('More than 100,000 accounts');
  });

  test('a date is a date, inferred or not, span or not', () => {
    expect(parse('{d-tuesday-270m|weekday}{d-southern-daily-report|year}')).toEqual([
      { kind: 'date', id: 'd-tuesday-270m', text: 'Tuesday 29 July (inferred)', value: '2025-07-29' },
      { kind: 'date', id: 'd-southern-daily-report', text: '2025 (inferred)', value: '2025-07-20/2025-07-27' },
    ]);
  });

  test('our own arithmetic and marks of scale are tokens too', () => {
    expect(parse('{nth-room-sentence-days}{scale-million}')).toEqual([
      { kind: 'figure', id: 'nth-room-sentence-days', text: '14,610 days', value: '14610' },
      { kind: 'scale-mark', id: 'scale-million', text: '1 million', value: '1000000' },
    ]);
  });

  test('a corrected fact changes the sentence', () => {
    expect(textOf(parseProse('It had {maskpark-users}.', edited(data, 'facts.maskpark-users.value', 123_000), language))).toBe('It had more than 123,000.');
  });
});

describe('words in brackets', () => {
  test('are bound to the fact that they rest on', () => {
    expect(parse('It was [taken down](main-forum-taken-down).')[1]).toEqual({ kind: 'claim', id: 'main-forum-taken-down', text: 'taken down' });
  });

  test('lead to a place of the page', () => {
    expect(parse('[Where to find help](#help)')).toEqual([{ kind: 'link', href: '#help', text: 'Where to find help' }]);
  });
});

describe('what is refused, with its reason', () => {
  test.each([
    ['a number typed by hand', 'It had 100,000 users.', 'expected words and tokens, found the digit "100" outside a token'],
    ['a digit after a token', '{maskpark-users} and 5', 'expected words and tokens, found the digit "5" outside a token'],
    ['a digit in words bound to a fact', '[5 gates](obstacle-evidence)', 'expected words and tokens, found the digit "5" outside a token'],
    ['an Arabic-Indic digit', 'It had ١٠٠ users.', 'expected words and tokens, found the digit "١٠٠" outside a token'],
    ['a Devanagari digit', 'It had १ user.', 'expected words and tokens, found the digit "१" outside a token'],
    ['a full-width digit', 'It had ５ users.', 'expected words and tokens, found the digit "５" outside a token'],
    ['a fact that does not exist', '{maskpark-user}', 'expected the id of a fact, found "maskpark-user"'],
    ['a name that every object has', '{constructor}', 'expected the id of a fact, found "constructor"'],
    ['an empty token', '{}', 'expected the id of a fact, found ""'],
    ['a token with a space', '{ maskpark-users }', 'expected the id of a fact, found " maskpark-users "'],
    ['a form that does not exist', '{maskpark-users|unit}', `expected a form (${FORMS.join(', ')}), found "unit"`],
    ['an empty form', '{maskpark-users|}', `expected a form (${FORMS.join(', ')}), found ""`],
    ['a form that does not suit', '{maskpark-users|weekday}', 'the form "weekday" does not suit a number'],
    ['a claim as a number', '{victim-testimony}', 'a claim has no number: bind words to it instead, as [words](id)'],
    ['words bound to a fact that does not exist', '[taken down](forum-down)', 'expected the id of a fact or a #link, found "forum-down"'],
    ['words bound to a mark of scale', '[a million](scale-million)', 'expected a fact that claims something, found the scale mark "scale-million"'],
    ['a link out of the page', '[here](https://example.org)', 'expected the id of a fact or a #link, found "https://example.org"'],
    ['no words between the brackets', '[ ](main-forum-taken-down)', 'expected words between the brackets before (main-forum-taken-down), found none'],
    ['a loose {', 'It had {maskpark-users users.', 'expected a whole token, found a loose "{"'],
    ['a loose }', 'It had maskpark-users} users.', 'expected a whole token, found a loose "}"'],
    ['a loose [', 'It was [taken down.', 'expected a whole token, found a loose "["'],
    ['a loose ]', 'It was taken] down.', 'expected a whole token, found a loose "]"'],
    ['brackets without an address', 'It was [taken down].', 'expected a whole token, found a loose "["'],
  ])('%s: %s', (_, source, reason) => {
    expect(() => parse(source)).toThrow(reason);
  });

  test('a token inside bound words, which would reach the reader as a raw id', () => {
    expect(() => parse('[{maskpark-users} users](p-southern-daily)')).toThrow();
  });
});

describe('nothing else is markup', () => {
  test.each(['<b>bold</b>', '&amp; &lt;', '<script>alert("x")</script>', '**bold** _it_ `code`', 'a (b) c', '“Nth room” — ’tis', '$maskpark'])(
    '%s stays text',
    (source) => {
      expect(parse(source)).toEqual([{ kind: 'text', text: source }]);
    },
  );
});

describe('there and back', () => {
  /** The forms that suit each kind of fact that has a text. */
  const suiting: Readonly<Record<string, readonly (readonly Form[])[]>> = {
    date: [[], ['year'], ['capital', 'month-year']],
    'scale-mark': [[], ['capital']],
    figure: [[], ['units'], ['units', 'capital']],
    band: [[], ['units'], ['units', 'capital']],
  };
  const tokens = Object.entries(data.facts).flatMap(([id, { kind }]) => (suiting[kind] ?? []).map((forms) => ({ id, forms })));
  const claims = Object.entries(data.facts).flatMap(([id, fact]) => (fact.kind === 'claim' || fact.kind === 'list' ? [id] : []));
  const plain = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[{}[\]]|\p{N}/u.test(text));
  const run = fc.oneof(
    plain.map((text) => ({ source: text, kind: 'text', id: '', text, value: '' })),
    fc.constantFrom(...tokens).map(({ id, forms }) => {
      const fact = findFact(data, id);
      if (!fact) throw new Error(id);
      const kind = fact.kind === 'date' || fact.kind === 'scale-mark' ? fact.kind : 'figure';
      return { source: `{${[id, ...forms].join('|')}}`, kind, id, text: describeFact(fact, language, forms).text, value: describeFact(fact, language).value };
    }),
    fc
      .tuple(fc.constantFrom(...claims), plain)
      .filter(([, text]) => text.trim() !== '')
      .map(([id, text]) => ({ source: `[${text}](${id})`, kind: 'claim', id, text, value: '' })),
  );

  test('words in another language carry its tag, and nothing else passes for one', () => {
    expect(parse('Huang Simin ([黃思敏](lang:zh-Hant)) said.')).toEqual([
      { kind: 'text', text: 'Huang Simin (' },
      { kind: 'foreign', language: 'zh-Hant', text: '黃思敏' },
      { kind: 'text', text: ') said.' },
    ]);
    for (const target of ['lang:', 'lang:zh Hant', 'lang:"x', 'language:ko'])
      expect(() => parse(`[이름](${target})`)).toThrow(/expected the id of a fact or a #link/);
  });

  test('every run of prose keeps its words, its figures and its facts, in order', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), (runs) => {
        const segments = parse(runs.map((one) => one.source).join(''));
        expect(textOf(segments)).toBe(runs.map((one) => one.text).join(''));
        const facts = segments.flatMap((one) => ('id' in one ? [[one.kind, one.id, one.text, 'value' in one ? one.value : '']] : []));
        expect(facts).toEqual(runs.flatMap((one) => (one.kind === 'text' ? [] : [[one.kind, one.id, one.text, one.value]])));
      }),
    );
  });

  test('no run of prose with a digit outside a token gets through', () => {
    const digit = fc.constantFrom('0', '7', '٣', '५', '９', '𝟗');
    fc.assert(
      fc.property(fc.array(run, { maxLength: 4 }), digit, fc.array(run, { maxLength: 4 }), (before, one, after) => {
        const source = [...before.map((each) => each.source), one, ...after.map((each) => each.source)].join('');
        expect(() => parse(source)).toThrow('outside a token');
      }),
    );
  });
});
