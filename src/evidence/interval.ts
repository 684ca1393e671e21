/**
 * Numbers as the articles give them: an interval with a unit, seldom a point.
 * Word-numbers and bounds become intervals here, and arithmetic on them is done here or refused here.
 */

import type { Fact } from './schema.ts';
import type { DerivedFact } from './derived.ts';

/** How a figure is bounded, in the words of the articles (ledger section 2). */
export const BOUNDS = ['exactly', 'more-than', 'at-least', 'up-to', 'as-many-as', 'about', 'in-words'] as const;
export type Bound = (typeof BOUNDS)[number];

/** What a figure counts. No axis, sum or ratio may mix two of these. */
export const UNITS = [
  'accounts',
  'members',
  'users',
  'men',
  'women-and-girls',
  'views',
  'comments',
  'likes',
  'posts',
  'pages',
  'pieces-a-day',
  'yuan',
  'us-dollars',
  'ringgit',
  'days',
  'years',
] as const;
export type Unit = (typeof UNITS)[number];

/** A closed interval of counts or measures in one unit; null means that nothing is known on that side. */
export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: Unit;
}

/** A fact as it is drawn and published: the number printed, if there is one, and its edges, null where nothing is known. */
export interface Bounds {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Arithmetic that the evidence does not allow. The message says why. */
export class RefusedArithmetic extends Error {
  override name = 'RefusedArithmetic';
}

/** A word-number such as "tens of thousands": a multiple, and what it is a multiple of. */
export interface WordNumber {
  readonly count: 'tens' | 'hundreds';
  readonly of: 'thousands' | 'millions';
}

const MULTIPLE = { tens: 10, hundreds: 100 } as const;
const BASE = { thousands: 1e3, millions: 1e6 } as const;

/**
 * The interval that a word-number stands for: at least two of the plural, less than the next word up.
 * Tens of thousands: from 20,000 to 99,999 (ledger section 2).
 */
export function intervalOfWords(words: WordNumber, unit: Unit): Interval {
  const step = MULTIPLE[words.count] * BASE[words.of];
  return { low: 2 * step, high: 10 * step - 1, unit };
}

/** The interval that a value and its bound stand for. `around` gives the edges of an "about". */
export function intervalOf(value: number, bound: Exclude<Bound, 'in-words'>, unit: Unit, around?: readonly [number, number]): Interval {
  switch (bound) {
    case 'exactly':
      return { low: value, high: value, unit };
    case 'more-than':
    case 'at-least':
      return { low: value, high: null, unit };
    case 'up-to':
    case 'as-many-as':
      return { low: null, high: value, unit };
    case 'about':
      return { low: around?.[0] ?? value, high: around?.[1] ?? value, unit };
  }
}

/** True when the interval reads the right way round and holds no negative and no endless number. */
export function isOrdered({ low, high }: Interval): boolean {
  const sound = (edge: number | null) => edge === null || (Number.isFinite(edge) && edge >= 0);
  return sound(low) && sound(high) && (low === null || high === null || low <= high);
}

/** Multiplies by an exact factor into another unit, for example years into days. The factor must be above zero. */
export function scale(interval: Interval, factor: number, unit: Unit): Interval {
  if (!(factor > 0) || !Number.isFinite(factor)) throw new RefusedArithmetic(`a factor must be above zero, found ${factor}`);
  const times = (edge: number | null) => (edge === null ? null : edge * factor);
  return { low: times(interval.low), high: times(interval.high), unit };
}

/** Adds two intervals of one unit. Refuses two units, and memberships, whose overlap nobody reported. */
export function add(a: Interval, b: Interval): Interval {
  sameUnit(a, b);
  if (a.unit === 'members' || a.unit === 'accounts' || a.unit === 'users')
    throw new RefusedArithmetic(`${a.unit} of two groups cannot be added: how far the groups overlap is not reported`);
  const sum = (x: number | null, y: number | null) => (x === null || y === null ? null : x + y);
  return { low: sum(a.low, b.low), high: sum(a.high, b.high), unit: a.unit };
}

/** A share of a whole, both ends known or null; a pure number. */
export interface Share {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Divides a part by its whole, both in one unit and both bounded on both sides.
 * Refuses two units, and an upper over a lower bound (or the reverse), which says nothing about the ratio.
 */
export function divide(part: Interval, whole: Interval): Share {
  sameUnit(part, whole);
  for (const [name, interval] of [
    ['part', part],
    ['whole', whole],
  ] as const)
    if (interval.low === null || interval.high === null)
      throw new RefusedArithmetic(`the ${name} has only ${interval.low === null ? 'an upper' : 'a lower'} bound: a ratio of it would be invented`);
  const [partLow, partHigh, wholeLow, wholeHigh] = [part.low, part.high, whole.low, whole.high] as [number, number, number, number];
  if (wholeLow <= 0) throw new RefusedArithmetic('the whole may be nothing: no ratio of it exists');
  return { low: partLow / wholeHigh, high: partHigh / wholeLow };
}

/**
 * The safest round ratio above a share: the largest power of ten N with the share certainly under 1 in N.
 * Refuses a share that is not certainly under 1 in 10.
 */
export function fewerThanOneIn(share: Share): number {
  if (share.high === null || share.high <= 0) throw new RefusedArithmetic('the share has no upper edge above zero');
  const power = Math.ceil(-Math.log10(share.high) - 1);
  if (power < 1) throw new RefusedArithmetic('the share is not certainly under one in ten');
  return 10 ** power;
}

function sameUnit(a: Interval, b: Interval): void {
  if (a.unit !== b.unit) throw new RefusedArithmetic(`${a.unit} and ${b.unit} are different units`);
}

/** What is known of a fact as a number, in its unit; undefined for a fact in words or a date. */
export function intervalOfFact(fact: Fact | DerivedFact): Interval | undefined {
  switch (fact.kind) {
    case 'figure':
      return intervalOf(fact.value, fact.bound, fact.unit, around(fact.interval));
    case 'band':
      return { low: fact.interval[0], high: fact.interval[1], unit: fact.unit };
    default:
      return undefined;
  }
}

function around(interval: readonly [number | null, number | null] | undefined): [number, number] | undefined {
  const [low, high] = interval ?? [null, null];
  return low === null || high === null ? undefined : [low, high];
}
