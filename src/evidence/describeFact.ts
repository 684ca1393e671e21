/**
 * The only place where a fact becomes text, machine value, bounds and "inferred". Cards, tables, the ledger, prose, charts, files and
 * linked data all take them from here, so that no two of them can disagree.
 */
import { intervalOfFact, type Bound, type Bounds, type Unit } from './interval.ts';
import { filled, formatNumber, type Language } from './format.ts';
import type { DerivedFact } from './derived.ts';
import type { Fact, Inferred } from './schema.ts';

/** The forms that a token in prose may ask for. */
export const FORMS = ['units', 'capital', 'weekday', 'day', 'month', 'month-year', 'year', 'days'] as const;
/** `full` is how a fact stands alone: a number with its unit, a date as exact as it is known. */
export type Form = (typeof FORMS)[number] | 'full';

/** A fact in a language. A fact in words has no text of its own, no value and no bounds. */
export type Description = (
  | ({ readonly kind: 'figure' | 'band' | 'date' | 'scale-mark' | 'derived' } & Worded)
  | { readonly kind: 'list' | 'claim'; readonly text: null; readonly value: null }
) & {
  readonly bounds: Bounds;
  /** How the number is bounded; null where there is none. */
  readonly bound: Bound | 'fewer-than-one-in' | null;
  /** What one of the number is; null where there is none. */
  readonly unit: Unit | null;
  /** What was worked out and from what; null when all of it was printed. */
  readonly inferred: Inferred | null;
};

/** What stands in every output of a figure or a date. */
export interface Worded {
  /** With its qualifier always: the bound of a number; the mark of a date that shows what was inferred. */
  readonly text: string;
  /** A number, an interval as low/high with an unknown side left empty, or an ISO 8601 date or span. */
  readonly value: string;
}

/** A date of the data: a fact's, an article's or an edition's. */
export interface StatedDate {
  readonly date: string;
  readonly until?: string | undefined;
  readonly inferred?: Inferred | undefined;
}

/** Units that are part of the number itself: nobody says "a fine of up to 500". */
const ALWAYS_NAMED: ReadonlySet<Unit> = new Set(['yuan', 'us-dollars', 'ringgit', 'days', 'years', 'pages']);

const DATE_FORMS: Partial<Record<Form, Intl.DateTimeFormatOptions>> = {
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  day: { day: 'numeric', month: 'long' },
  month: { month: 'long' },
  'month-year': { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
};

/**
 * A fact, reported or derived, as it stands alone in a language, or in the forms of a token.
 * Throws when a form does not suit the fact, or when the language has no words for a word-number.
 */
export function describeFact(fact: Fact | DerivedFact, language: Language, forms: readonly Form[] = ['full']): Description {
  const described = {
    bounds: boundsOfFact(fact),
    bound: boundOf(fact),
    unit: 'unit' in fact ? fact.unit : null,
    inferred: 'inferred' in fact ? (fact.inferred ?? null) : null,
  };
  if (fact.kind === 'list' || fact.kind === 'claim') return { kind: fact.kind, ...described, text: null, value: null };
  if (fact.kind === 'date') return { kind: fact.kind, ...described, ...describeDate(fact, language, forms) };
  const text = numberText(fact, forms, language);
  return { kind: fact.kind, ...described, text: capitalised(text, forms, language), value: numberValue(fact) };
}

/** A date in a language, as exact as it is known or in the form asked for; marked where it shows what was inferred. Throws when a form does not suit a date. */
export function describeDate({ date, until, inferred }: StatedDate, language: Language, forms: readonly Form[] = ['full']): Worded {
  refuse(forms, (form) => form in DATE_FORMS, 'a date');
  const asked = forms.find((form) => DATE_FORMS[form]);
  const options = (asked && DATE_FORMS[asked]) ?? precisionOf(date);
  const format = new Intl.DateTimeFormat(language.locale, { ...options, timeZone: 'UTC' });
  const text = until ? format.formatRange(new Date(date), new Date(until)) : format.format(new Date(date));
  // "25 July" shows nothing of a year that was inferred.
  const marked = inferred && (inferred.part !== 'year' || options.year) ? filled(markOf(inferred, options, language), { date: text }) : text;
  return { text: capitalised(marked, forms, language), value: until ? `${date}/${until}` : date };
}

/** The mark of an inferred date; where a day or a month beside the year was printed, it says that only the year was not. */
function markOf({ part }: Inferred, { month }: Intl.DateTimeFormatOptions, { wording }: Language): string {
  return part === 'year' && month ? wording.yearInferred : wording.inferred;
}

/** The number of a fact, if one was printed, and its edges, in its unit; null where nothing is known. */
export function boundsOfFact(fact: Fact | DerivedFact): Bounds {
  const value = 'value' in fact ? fact.value : null;
  // Fewer than 1 in so many is no number of things: it has no edges.
  const edge = fact.kind === 'scale-mark' || (fact.kind === 'derived' && fact.means !== 'one-in') ? value : null;
  const { low, high } = intervalOfFact(fact) ?? { low: edge, high: edge };
  return { value, low, high };
}

function boundOf(fact: Fact | DerivedFact): Description['bound'] {
  switch (fact.kind) {
    case 'figure':
      return fact.bound;
    case 'band':
      return 'in-words';
    case 'derived':
      return fact.means === 'one-in' ? 'fewer-than-one-in' : 'exactly';
    default:
      return null;
  }
}

type NumberFact = Exclude<Fact | DerivedFact, { kind: 'date' | 'list' | 'claim' }>;

function numberValue(fact: NumberFact): string {
  return fact.kind === 'band' ? `${fact.interval[0] ?? ''}/${fact.interval[1] ?? ''}` : String(fact.value);
}

function numberText(fact: NumberFact, forms: readonly Form[], { locale, wording }: Language): string {
  refuse(forms, (form) => suitsNumber(fact, form), 'a number');
  const named = forms.includes('units') || forms.includes('full');
  const withUnit = (number: number, unit: Unit) => {
    const { one, other } = wording.units[unit];
    return filled(new Intl.PluralRules(locale).select(number) === 'one' ? one : other, { number: formatNumber(number, locale) });
  };
  switch (fact.kind) {
    case 'figure': {
      const number = fact.rounded ?? fact.value;
      return filled(wording.bounds[fact.printed ?? fact.bound], {
        number: named || ALWAYS_NAMED.has(fact.unit) ? withUnit(number, fact.unit) : formatNumber(number, locale),
      });
    }
    case 'band': {
      const words = wording.words[`${fact.words.count}-of-${fact.words.of}`];
      if (words === undefined) throw new Error(`no words for ${fact.words.count} of ${fact.words.of}`);
      return named ? filled(wording.wordsOfUnit, { words, unit: filled(wording.units[fact.unit].other, { number: '' }).trim() }) : words;
    }
    case 'scale-mark':
      return formatNumber(fact.value, locale);
    case 'derived':
      return fact.means === 'one-in'
        ? filled(wording.oneIn, { one: formatNumber(1, locale), number: formatNumber(fact.value, locale) })
        : withUnit(fact.value, fact.unit);
  }
}

/** A number takes its unit; only days can be asked for in days: other durations have derived figures of their own. */
function suitsNumber(fact: NumberFact, form: Form): boolean {
  if (form === 'units') return fact.kind === 'figure' || fact.kind === 'band';
  return form === 'days' && (fact.kind === 'figure' || fact.kind === 'derived') && fact.unit === 'days';
}

function refuse(forms: readonly Form[], suits: (form: Form) => boolean, what: string): void {
  const bad = forms.find((form) => form !== 'full' && form !== 'capital' && !suits(form));
  if (bad) throw new Error(`the form "${bad}" does not suit ${what}`);
}

function precisionOf(date: string): Intl.DateTimeFormatOptions {
  const options: Intl.DateTimeFormatOptions = { year: 'numeric' };
  if (date.length > 4) options.month = 'long';
  if (date.length > 7) options.day = 'numeric';
  return options;
}

function capitalised(text: string, forms: readonly Form[], { locale }: Language): string {
  const [first = ''] = text;
  return forms.includes('capital') ? first.toLocaleUpperCase(locale) + text.slice(first.length) : text;
}
