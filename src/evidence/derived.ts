/**
 * The newsroom's own arithmetic: the only two figures that the ledger allows beyond what is printed (its section 2).
 * Each is computed from facts when it is asked for, and carries its formula.
 */
import { divide, fewerThanOneIn, intervalOfFact, RefusedArithmetic, scale, type Interval, type Unit } from './interval.ts';
import type { Data } from './schema.ts';

/** Days in a year with a leap day every fourth year (ledger section 2). */
const DAYS_IN_A_YEAR = 365.25;

/** A figure that we computed. */
export interface DerivedFact {
  readonly kind: 'derived';
  /** Days, or N where fewer than 1 in N is meant. */
  readonly value: number;
  readonly means: 'days' | 'one-in';
  readonly unit: Unit;
  /** The facts that went in. */
  readonly inputs: readonly string[];
  /** The sum as it was done, in figures, without words. */
  readonly formula: string;
}

type Derive = (data: Pick<Data, 'facts'>) => DerivedFact;

/** The facts that each derived figure is reckoned from. */
export const DERIVED_INPUTS = {
  'nth-room-sentence-days': ['nth-room-sentence'],
  'comments-left-share': ['rednote-comments-after', 'rednote-comments-before'],
} as const satisfies Record<string, readonly string[]>;

export type DerivedId = keyof typeof DERIVED_INPUTS;

const DERIVED: Record<DerivedId, Derive> = {
  'nth-room-sentence-days': (data) => {
    const years = known(data, 'nth-room-sentence');
    const days = scale(years, DAYS_IN_A_YEAR, 'days');
    if (days.low === null || days.low !== days.high) throw new RefusedArithmetic('only an exact number of years can be drawn as days');
    if (!Number.isInteger(days.low)) throw new RefusedArithmetic(`${years.low} years are no whole number of days: ${days.low}`);
    return {
      kind: 'derived',
      value: days.low,
      means: 'days',
      unit: 'days',
      inputs: DERIVED_INPUTS['nth-room-sentence-days'],
      formula: `${years.low} × ${DAYS_IN_A_YEAR} = ${days.low}`,
    };
  },
  'comments-left-share': (data) => {
    const [after, before] = [known(data, 'rednote-comments-after'), known(data, 'rednote-comments-before')];
    const share = divide(after, before);
    return {
      kind: 'derived',
      value: fewerThanOneIn(share),
      means: 'one-in',
      unit: 'comments',
      inputs: DERIVED_INPUTS['comments-left-share'],
      formula: `${after.high} ÷ ${before.low} < 1 ÷ ${fewerThanOneIn(share)}`,
    };
  },
};

/** The ids of all derived figures. */
export const DERIVED_IDS = Object.keys(DERIVED_INPUTS) as readonly DerivedId[];

export function isDerivedId(id: string): id is DerivedId {
  return Object.hasOwn(DERIVED, id);
}

/** Computes a derived figure. Throws RefusedArithmetic when the facts do not allow it. */
export function deriveFact(data: Pick<Data, 'facts'>, id: DerivedId): DerivedFact {
  return DERIVED[id](data);
}

function known(data: Pick<Data, 'facts'>, id: string): Interval {
  const fact = data.facts[id];
  const interval = fact && intervalOfFact(fact);
  if (!interval) throw new RefusedArithmetic(`${id} is no number that can be reckoned with`);
  return interval;
}
