/** A fact and a language give the text that a reader sees, and the machine value that stands beside it. */
import type { Fact } from './schema.ts';
import type { DerivedFact } from './derived.ts';
import type { Bound, Unit } from './interval.ts';

/** How a language says bounds, units and spans. One file per language: content/<language>/wording.json. */
export interface Wording {
  /** Each with {number}: "more than {number}". */
  readonly bounds: Readonly<Record<Exclude<Bound, 'in-words'>, string>>;
  /** Each with {number} in both forms: "{number} day", "{number} days". */
  readonly units: Readonly<Record<Unit, { readonly one: string; readonly other: string }>>;
  /** The word-numbers: "tens of thousands". */
  readonly words: Readonly<Record<string, string>>;
  /** A word-number with its unit: "{words} of {unit}". */
  readonly wordsOfUnit: string;
  /** "fewer than {one} in {number}". */
  readonly oneIn: string;
  /** "{date} (inferred)". */
  readonly inferred: string;
}

/** A language: its words for numbers, and its locale for Intl. */
export interface Language {
  /** A BCP 47 tag: what `lang` says. */
  readonly tag: string;
  /** What Intl formats with: en-GB. */
  readonly locale: string;
  readonly wording: Wording;
}

/** The forms that a token in prose may ask for. */
export const FORMS = ['units', 'capital', 'weekday', 'day', 'month', 'month-year', 'year', 'days'] as const;
export type Form = (typeof FORMS)[number];

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
 * The text of a fact in a language, with its qualifier always.
 * Throws when the form does not suit the fact, or when the fact is in words and has no text of its own.
 */
export function formatFact(fact: Fact | DerivedFact, forms: readonly Form[], language: Language): string {
  const text = wordsOf(fact, forms, language);
  return forms.includes('capital') ? capitalise(text, language.locale) : text;
}

/** The machine value of a fact: a number, an interval as low/high, or an ISO 8601 date or span. */
export function machineValue(fact: Fact | DerivedFact): string {
  switch (fact.kind) {
    case 'figure':
    case 'scale-mark':
    case 'derived':
      return String(fact.value);
    case 'band':
      return `${fact.interval[0] ?? ''}/${fact.interval[1] ?? ''}`;
    case 'date':
      return fact.until ? `${fact.date}/${fact.until}` : fact.date;
    case 'list':
    case 'claim':
      throw new Error(`a ${fact.kind} has no number: bind words to it instead, as [words](id)`);
  }
}

/** Words with each {place} filled; a value is never read as a place or a pattern. */
export function filled(words: string, values: Readonly<Record<string, string>>): string {
  return words.replaceAll(/\{([a-z]+)\}/g, (place, name: string) => values[name] ?? place);
}

/** A number in the language's digits; a million and more in words: 270 million. */
export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(
    locale,
    value >= 1e6 ? { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 } : { maximumFractionDigits: 2 },
  ).format(value);
}

/** A date as exact as it is known, or in the form asked for; a span from its first to its last day. */
export function formatDate(date: string, until: string | undefined, forms: readonly Form[], locale: string): string {
  const asked = forms.find((form) => DATE_FORMS[form]);
  const options = (asked && DATE_FORMS[asked]) ?? precisionOf(date);
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return until ? format.formatRange(new Date(date), new Date(until)) : format.format(new Date(date));
}

function wordsOf(fact: Fact | DerivedFact, forms: readonly Form[], { locale, wording }: Language): string {
  const wanted = forms.filter((form) => form !== 'capital');
  if (fact.kind === 'date') {
    refuse(wanted, (form) => form in DATE_FORMS, 'a date');
    return formatDate(fact.date, fact.until, wanted, locale);
  }
  refuse(wanted, (form) => suitsNumber(fact, form), 'a number');
  const withUnit = (number: number, unit: Unit, text: string) =>
    (new Intl.PluralRules(locale).select(number) === 'one' ? wording.units[unit].one : wording.units[unit].other).replace('{number}', text);
  switch (fact.kind) {
    case 'figure': {
      const number = fact.rounded ?? fact.value;
      const named = wanted.includes('units') || ALWAYS_NAMED.has(fact.unit);
      const text = formatNumber(number, locale);
      return wording.bounds[fact.bound].replace('{number}', named ? withUnit(number, fact.unit, text) : text);
    }
    case 'band': {
      const words = wording.words[`${fact.words.count}-of-${fact.words.of}`];
      if (words === undefined) throw new Error(`no words for ${fact.words.count} of ${fact.words.of}`);
      if (!wanted.includes('units')) return words;
      const unit = wording.units[fact.unit].other.replace('{number}', '').trim();
      return wording.wordsOfUnit.replace('{words}', words).replace('{unit}', unit);
    }
    case 'scale-mark':
      return formatNumber(fact.value, locale);
    case 'derived':
      return fact.means === 'one-in'
        ? wording.oneIn.replace('{one}', formatNumber(1, locale)).replace('{number}', formatNumber(fact.value, locale))
        : withUnit(fact.value, fact.unit, formatNumber(fact.value, locale));
    case 'list':
    case 'claim':
      throw new Error(`a ${fact.kind} has no number: bind words to it instead, as [words](id)`);
  }
}

/** A number takes its unit; only days can be asked for in days: other durations have derived figures of their own. */
function suitsNumber(fact: Fact | DerivedFact, form: Form): boolean {
  if (form === 'units') return fact.kind === 'figure' || fact.kind === 'band';
  return form === 'days' && (fact.kind === 'figure' || fact.kind === 'derived') && fact.unit === 'days';
}

function precisionOf(date: string): Intl.DateTimeFormatOptions {
  const options: Intl.DateTimeFormatOptions = { year: 'numeric' };
  if (date.length > 4) options.month = 'long';
  if (date.length > 7) options.day = 'numeric';
  return options;
}

function refuse(forms: readonly Form[], suits: (form: Form) => boolean, what: string): void {
  const bad = forms.find((form) => !suits(form));
  if (bad) throw new Error(`the form "${bad}" does not suit ${what}`);
}

function capitalise(text: string, locale: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}
