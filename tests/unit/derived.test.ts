/** The newsroom's own arithmetic: computed from the facts, with its formula, or refused. */
import { describe, expect, test } from 'vitest';
import { deriveFact, DERIVED_IDS, isDerivedId } from '#evidence/derived.ts';
import { findFact } from '#evidence/facts.ts';
import { RefusedArithmetic } from '#evidence/interval.ts';
import { edited, pinned as data } from '../fixtures/unit-data.ts';

const changed = (path: string, value: unknown) => edited(data, `facts.${path}`, value);

describe('the sentence in days', () => {
  test('40 years are 14,610 days, with the sum beside it', () => {
    expect(deriveFact(data, 'nth-room-sentence-days')).toEqual({
      kind: 'derived',
      value: 14_610,
      means: 'days',
      unit: 'days',
      inputs: ['nth-room-sentence'],
      formula: '40 × 365.25 = 14610',
    });
  });

  test('follows a correction of the sentence', () => {
    const { value, formula } = deriveFact(changed('nth-room-sentence.value', 20), 'nth-room-sentence-days');
    expect([value, formula]).toEqual([7305, '20 × 365.25 = 7305']);
  });

  test.each(['more-than', 'at-least', 'up-to', 'as-many-as'])('is refused when the sentence is "%s": days would be drawn that nobody reported', (bound) => {
    expect(() => deriveFact(changed('nth-room-sentence.bound', bound), 'nth-room-sentence-days')).toThrow(
      new RefusedArithmetic('only an exact number of years can be drawn as days'),
    );
  });
});

describe('the share of comments left', () => {
  test('is fewer than 1 in 100 even at the low end of the band, with the sum beside it', () => {
    expect(deriveFact(data, 'comments-left-share')).toEqual({
      kind: 'derived',
      value: 100,
      means: 'one-in',
      unit: 'comments',
      inputs: ['rednote-comments-after', 'rednote-comments-before'],
      formula: '95 ÷ 20000 < 1 ÷ 100',
    });
  });

  test('follows a correction of either count', () => {
    expect(deriveFact(changed('rednote-comments-after.interval', [850, 950]), 'comments-left-share')).toMatchObject({
      value: 10,
      formula: '950 ÷ 20000 < 1 ÷ 10',
    });
    expect(deriveFact(changed('rednote-comments-before.interval', [200_000, 999_999]), 'comments-left-share')).toMatchObject({
      value: 1000,
      formula: '95 ÷ 200000 < 1 ÷ 1000',
    });
  });

  test.each([
    ['rednote-comments-after.bound', 'up-to', 'the part has only an upper bound: a ratio of it would be invented'],
    ['rednote-comments-after.bound', 'more-than', 'the part has only a lower bound: a ratio of it would be invented'],
    ['rednote-comments-before.interval', [20_000, null], 'the whole has only a lower bound: a ratio of it would be invented'],
    ['rednote-comments-before.interval', [null, 99_999], 'the whole has only an upper bound: a ratio of it would be invented'],
    ['rednote-comments-after.unit', 'views', 'views and comments are different units'],
    ['rednote-comments-after.interval', [8_500, 9_500], 'the share is not certainly under one in ten'],
    ['rednote-comments-after', undefined, 'rednote-comments-after is no number that can be reckoned with'],
    ['rednote-comments-before.kind', 'claim', 'rednote-comments-before is no number that can be reckoned with'],
  ])('is refused when %s becomes %j', (path, value, reason) => {
    expect(() => deriveFact(changed(path, value), 'comments-left-share')).toThrow(new RefusedArithmetic(reason));
  });
});

test('the ledger allows two figures of our own and no third', () => {
  expect(DERIVED_IDS).toEqual(['nth-room-sentence-days', 'comments-left-share']);
  expect(['nth-room-sentence-days', 'maskpark-users', 'toString', ''].map(isDerivedId)).toEqual([true, false, false, false]);
});

test('every figure that goes into our arithmetic is a fact that a reader can look up', () => {
  for (const id of DERIVED_IDS) for (const input of deriveFact(data, id).inputs) expect(data.facts[input]?.kind, input).toMatch(/figure|band/);
});

test('an id finds its fact, reported or derived, and nothing that merely looks like one', () => {
  expect(findFact(data, 'maskpark-users')).toBe(data.facts['maskpark-users']);
  expect(findFact(data, 'comments-left-share')).toEqual(deriveFact(data, 'comments-left-share'));
  expect(['toString', '__proto__', 'constructor', '', 'maskpark'].map((id) => findFact(data, id))).toEqual(Array(5).fill(undefined));
});
