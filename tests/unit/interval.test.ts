/** Intervals: what a bound or a word-number stands for, and the arithmetic that the evidence allows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  divide,
  fewerThanOneIn,
  intervalOf,
  intervalOfFact,
  intervalOfWords,
  isOrdered,
  RefusedArithmetic,
  scale,
  UNITS,
  type Interval,
  type Unit,
} from '#evidence/interval.ts';
import { data } from '../fixtures/unit-data.ts';

const ADDABLE = UNITS.filter((unit) => unit !== 'members' && unit !== 'accounts' && unit !== 'users');

const amount = fc.double({ min: 0, max: 1e12, noNaN: true });
const unit = fc.constantFrom(...UNITS);
const closed = fc.tuple(amount, amount, fc.constantFrom(...ADDABLE)).map(([a, b, of]): Interval => ({ low: Math.min(a, b), high: Math.max(a, b), unit: of }));
/** An interval that may be open on either side, or on both. */
const anyInterval = fc
  .tuple(closed, fc.boolean(), fc.boolean())
  .map(([one, openLow, openHigh]): Interval => ({ ...one, low: openLow ? null : one.low, high: openHigh ? null : one.high }));
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** A point of an interval that is closed on both sides. */
function pointOf({ low, high }: Interval, at: number): number {
  if (low === null || high === null) throw new Error('the interval is open');
  return Math.min(high, low + (high - low) * at);
}

describe('bounds', () => {
  test.each([
    ['exactly', 40, 40],
    ['more-than', 40, null],
    ['at-least', 40, null],
    ['up-to', null, 40],
    ['as-many-as', null, 40],
    ['about', 40, 40],
  ] as const)('"%s" says no more than it says: %s to %s', (bound, low, high) => {
    expect(intervalOf(40, bound, 'days')).toEqual({ low, high, unit: 'days' });
  });

  test('"about" reaches as far as its soft edges, and they widen nothing else', () => {
    expect(intervalOf(90, 'about', 'comments', [85, 95])).toEqual({ low: 85, high: 95, unit: 'comments' });
    expect(intervalOf(90, 'exactly', 'comments', [85, 95])).toEqual({ low: 90, high: 90, unit: 'comments' });
  });
});

describe('word-numbers', () => {
  test.each([
    ['tens', 'thousands', 20_000, 99_999],
    ['hundreds', 'thousands', 200_000, 999_999],
    ['tens', 'millions', 20_000_000, 99_999_999],
    ['hundreds', 'millions', 200_000_000, 999_999_999],
  ] as const)('"%s of %s" runs from two of them to just under the next word', (count, of, low, high) => {
    expect(intervalOfWords({ count, of }, 'comments')).toEqual({ low, high, unit: 'comments' });
  });

  test('every count that a speaker would call by the word lies inside, and its neighbours outside', () => {
    const word = fc.record({ count: fc.constantFrom('tens' as const, 'hundreds' as const), of: fc.constantFrom('thousands' as const, 'millions' as const) });
    fc.assert(
      fc.property(word, fc.integer({ min: 20, max: 99 }), (words, witness) => {
        const one = (words.count === 'tens' ? 10 : 100) * (words.of === 'thousands' ? 1e3 : 1e6);
        const { low, high } = intervalOfWords(words, 'users');
        const count = (witness / 10) * one;
        expect(low !== null && low <= count && low > one).toBe(true);
        expect(high !== null && high >= count && high < 10 * one).toBe(true);
      }),
    );
  });
});

describe('order', () => {
  test('an interval upside down, below zero, endless or no number is not taken for sound', () => {
    const days = (low: number | null, high: number | null): Interval => ({ low, high, unit: 'days' });
    expect([days(1, 2), days(2, 2), days(null, 2), days(2, null), days(null, null), days(0, 0)].map(isOrdered)).toEqual(Array(6).fill(true));
    expect([days(2, 1), days(-1, 2), days(-1, null), days(0, Infinity), days(NaN, 2), days(1, NaN)].map(isOrdered)).toEqual(Array(6).fill(false));
  });

  test('whatever the facts hold is sound', () => {
    const intervals = Object.values(data.facts).flatMap((fact) => intervalOfFact(fact) ?? []);
    expect(intervals.length).toBeGreaterThan(10);
    expect(intervals.filter((one) => !isOrdered(one))).toEqual([]);
  });
});

describe('scale', () => {
  test('40 years are 14,610 days', () => {
    expect(scale(intervalOf(40, 'exactly', 'years'), 365.25, 'days')).toEqual({ low: 14_610, high: 14_610, unit: 'days' });
  });

  test('keeps the order of the edges, and keeps an open side open', () => {
    fc.assert(
      fc.property(anyInterval, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), unit, (interval, factor, into) => {
        const scaled = scale(interval, factor, into);
        expect(isOrdered(scaled)).toBe(true);
        expect([scaled.low === null, scaled.high === null, scaled.unit]).toEqual([interval.low === null, interval.high === null, into]);
      }),
    );
  });

  test.each([0, -2, NaN, Infinity])('refuses a factor of %s, which would turn a bound round or make it nothing', (factor) => {
    expect(() => scale(intervalOf(40, 'up-to', 'years'), factor, 'days')).toThrow(new RefusedArithmetic(`a factor must be above zero, found ${factor}`));
  });
});

describe('add', () => {
  test.each(['members', 'accounts', 'users'] as const)('refuses to add %s of two groups, because nobody reported how far they overlap', (of: Unit) => {
    const forum = intervalOf(100_000, 'more-than', of);
    expect(() => add(forum, forum)).toThrow(new RefusedArithmetic(`${of} of two groups cannot be added: how far the groups overlap is not reported`));
  });

  test('refuses two units', () => {
    expect(() => add(intervalOf(1, 'exactly', 'yuan'), intervalOf(1, 'exactly', 'us-dollars'))).toThrow(
      new RefusedArithmetic('yuan and us-dollars are different units'),
    );
  });

  test('the sum holds the sum of any two counts inside', () => {
    fc.assert(
      fc.property(closed, closed, share, share, (a, b, atA, atB) => {
        const other = { ...b, unit: a.unit };
        const { low, high } = add(a, other);
        const sum = pointOf(a, atA) + pointOf(other, atB);
        expect(low !== null && low <= sum && high !== null && high >= sum).toBe(true);
      }),
    );
  });

  test('a sum is open where either part is open', () => {
    fc.assert(
      fc.property(anyInterval, anyInterval, (a, b) => {
        const sum = add(a, { ...b, unit: a.unit });
        expect([sum.low === null, sum.high === null]).toEqual([a.low === null || b.low === null, a.high === null || b.high === null]);
        expect(isOrdered(sum)).toBe(true);
      }),
    );
  });
});

describe('divide', () => {
  const whole = intervalOf(900_000, 'exactly', 'accounts');

  test.each([
    [
      'an upper by a lower bound',
      intervalOf(900_000, 'as-many-as', 'accounts'),
      intervalOf(100_000, 'more-than', 'accounts'),
      'the part has only an upper bound',
    ],
    [
      'a lower by an upper bound',
      intervalOf(100_000, 'more-than', 'accounts'),
      intervalOf(900_000, 'as-many-as', 'accounts'),
      'the part has only a lower bound',
    ],
    ['by a lower bound', whole, intervalOf(100_000, 'more-than', 'accounts'), 'the whole has only a lower bound'],
    ['by an upper bound', whole, intervalOf(100_000, 'up-to', 'accounts'), 'the whole has only an upper bound'],
  ] as const)('refuses %s, because the ratio would be invented', (_, part, of, reason) => {
    expect(() => divide(part, of)).toThrow(new RefusedArithmetic(`${reason}: a ratio of it would be invented`));
  });

  test('refuses two units: no headline ratio of 40 years to 10 days', () => {
    expect(() => divide(intervalOf(40, 'exactly', 'years'), intervalOf(10, 'exactly', 'days'))).toThrow(
      new RefusedArithmetic('years and days are different units'),
    );
  });

  test('refuses a whole that may be nothing', () => {
    expect(() => divide(whole, { low: 0, high: 5, unit: 'accounts' })).toThrow(new RefusedArithmetic('the whole may be nothing: no ratio of it exists'));
  });

  test('refuses whatever is open on a side', () => {
    fc.assert(
      fc.property(anyInterval, anyInterval, (a, b) => {
        const edges = [a.low, a.high, b.low, b.high];
        fc.pre(edges.includes(null));
        expect(() => divide(a, { ...b, unit: a.unit })).toThrow(RefusedArithmetic);
      }),
    );
  });

  test('the share holds the quotient of any part by any whole inside', () => {
    fc.assert(
      fc.property(closed, closed, share, share, (part, other, atPart, atWhole) => {
        const of = { ...other, unit: part.unit, low: Math.max(1, other.low ?? 1), high: Math.max(1, other.high ?? 1) };
        const { low, high } = divide(part, of);
        const quotient = pointOf(part, atPart) / pointOf(of, atWhole);
        expect(low !== null && low <= quotient && high !== null && high >= quotient).toBe(true);
      }),
    );
  });
});

describe('fewer than one in', () => {
  test.each([
    [95 / 20_000, 100],
    [0.0099, 100],
    [0.01, 10],
    [0.05, 10],
    [0.001, 100],
    [0.0001, 1_000],
  ])('a share of at most %s is fewer than 1 in %s', (high, oneIn) => {
    expect(fewerThanOneIn({ low: 0, high })).toBe(oneIn);
  });

  test('the claim really holds, and no rounder claim ten times as strong does', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.0999, noNaN: true }), (high) => {
        const oneIn = fewerThanOneIn({ low: null, high });
        expect(Number.isInteger(Math.log10(oneIn))).toBe(true);
        expect(high).toBeLessThan(1 / oneIn);
        // A share that is a power of ten but for the last bit may be said one step weaker, never stronger.
        expect(high * (1 + 1e-9)).toBeGreaterThanOrEqual(1 / (oneIn * 10));
      }),
    );
  });

  test('every power of ten is said one step weaker: 1 in 100 is not fewer than 1 in 100', () => {
    for (let power = 2; power <= 15; power += 1) expect(fewerThanOneIn({ low: null, high: 10 ** -power })).toBe(10 ** (power - 1));
  });

  test.each([
    [null, 'the share has no upper edge above zero'],
    [0, 'the share has no upper edge above zero'],
    [0.1, 'the share is not certainly under one in ten'],
    [0.5, 'the share is not certainly under one in ten'],
    [3, 'the share is not certainly under one in ten'],
  ])('refuses a share of at most %s', (high, reason) => {
    expect(() => fewerThanOneIn({ low: 0, high })).toThrow(new RefusedArithmetic(reason));
  });
});

test('words, dates and marks of scale are no numbers to reckon with', () => {
  const { facts } = data;
  const kindOf = (id: string) => facts[id]?.kind;
  const ids = ['victim-testimony', 'filmed-places', 'd-reuters-story', 'scale-million'];
  expect(ids.map(kindOf)).toEqual(['claim', 'list', 'date', 'scale-mark']);
  expect(ids.map((id) => facts[id] && intervalOfFact(facts[id]))).toEqual(Array(4).fill(undefined));
});
