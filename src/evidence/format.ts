/** What a language brings: its words for bounds, units and dates, and its digits. describeFact.ts puts facts in them. */
import type { Bound, Unit } from './interval.ts';

/** How a language says bounds, units and spans. Part of content/<language>/language.json. */
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
  /** Marks a date that was worked out and not printed: "{date} (inferred)". */
  readonly inferred: string;
  /** The same where the day or the month was printed and the year was not: "{date} (year inferred)". */
  readonly yearInferred: string;
}

/** A language: its words for numbers, and its locale for Intl. */
export interface Language {
  /** A BCP 47 tag: what `lang` says. */
  readonly tag: string;
  /** What Intl formats with: en-GB. */
  readonly locale: string;
  readonly wording: Wording;
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
