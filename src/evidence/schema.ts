/**
 * What the files in data/ may hold. Build-time only: zod must never reach a reader.
 * The types, the JSON Schemas that editors use (data/schema) and the error messages all come from here.
 */
import { z } from 'zod';
import { BOUNDS, UNITS } from './interval.ts';

/** At most this many words of an article stand in the project (the project's standards). */
export const EXCERPT_WORDS = 12;

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id in kebab-case');
/** A conflict between the articles, by its number in the ledger's section 4. */
export const conflictId = z.string().regex(/^C([1-9]|[12][0-9]|3[0-4])$/, { abort: true, error: 'a conflict of the ledger, C1 to C34' });
const calendarDate = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, { abort: true, error: 'a date such as 2025, 2025-07 or 2025-07-29' })
  .refine(isInCalendar, 'a day of the calendar');
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { abort: true, error: 'a day such as 2025-07-29' })
  .refine(isInCalendar, 'a day of the calendar');
const url = z.url({ protocol: /^https$/ });

/** What of a date may be inferred: the year alone, the month with its year, or the whole date. */
export const INFERRED_PARTS = ['year', 'month', 'date'] as const;

const inferred = z
  .strictObject({
    part: z.enum(INFERRED_PARTS).describe('What was worked out and not printed: of "month" the year too, of "date" all of it.'),
    reason: text.describe('From what it was worked out.'),
  })
  .describe('Present when a part of the value is inferred and not printed.');

const excerpt = text.refine((words) => words.split(/\s+/).length <= EXCERPT_WORDS, `an excerpt of at most ${EXCERPT_WORDS} words`);

const citation = z.strictObject({
  article: id.describe('An id of articles.json.'),
  excerpt: excerpt.describe('The supporting words, as printed.'),
});

const evidence = {
  counts: text.describe('What exactly is counted or claimed.'),
  excludes: text.optional().describe('What it does not count; how far it does not reach.'),
  speaker: text.describe('Who said it first.'),
  chain: z
    .array(
      z.strictObject({
        from: z.array(text).describe('Who passed it on, in order, before the articles: Southern Daily, Reuters.'),
        carriers: z.array(id).min(1).describe('The articles that carry it this way.'),
      }),
    )
    .min(1)
    .describe('How the fact reached the five articles.'),
  citations: z.array(citation).min(1),
  conflicts: z.array(conflictId).optional().describe('Conflicts of the ledger that touch it.'),
  inferred: inferred.optional(),
};

const edge = z.number().nonnegative().nullable();
const interval = z
  .tuple([edge, edge])
  .refine(([low, high]) => low === null || high === null || low <= high, 'an interval from low to high')
  .describe('From low to high; null where nothing is known.');

/** Money may have fractions; what is counted may not. */
export const MEASURED: ReadonlySet<string> = new Set(['yuan', 'us-dollars', 'ringgit']);

const figure = z.strictObject({
  kind: z.literal('figure'),
  value: z.number().nonnegative(),
  bound: z.enum(BOUNDS).exclude(['in-words']),
  printed: z
    .enum(BOUNDS)
    .exclude(['in-words'])
    .optional()
    .describe('The qualifier that the articles print beside the number, where we read the number as bounded in another way.'),
  unit: z.enum(UNITS),
  interval: interval.optional().describe('Only for "about": its soft edges.'),
  rounded: z.number().nonnegative().optional().describe('The number to print when the exact one is false precision.'),
  ...evidence,
});

const band = z.strictObject({
  kind: z.literal('band'),
  words: z
    .strictObject({ count: z.enum(['tens', 'hundreds']), of: z.enum(['thousands', 'millions']) })
    .describe('The word-number as printed: tens of thousands.'),
  interval,
  unit: z.enum(UNITS),
  ...evidence,
});

const date = z.strictObject({
  kind: z.literal('date'),
  date: calendarDate.describe('As exact as it is known: a year, a month or a day.'),
  until: calendarDate.optional().describe('The last possible day, when it is a span.'),
  ...evidence,
});

const list = z.strictObject({ kind: z.literal('list'), items: z.array(text).min(1), ...evidence });

const claim = z.strictObject({
  kind: z.literal('claim'),
  opinion: z.literal(true).optional().describe('Somebody’s opinion, not a report of fact.'),
  translated: z.literal(true).optional().describe('The printed words are a translation.'),
  ...evidence,
});

const scaleMark = z
  .strictObject({ kind: z.literal('scale-mark'), value: z.number().int().positive() })
  .describe('A size that a zoom passes through. It claims nothing.');

const fact = z.discriminatedUnion('kind', [figure, band, date, list, claim, scaleMark]);

const article = z.strictObject({
  publisher: text,
  headline: text.nullable().describe('null when it is not established.'),
  credit: text.describe('Whose work it says it is.'),
  date: calendarDate,
  inferred: inferred.optional(),
  url,
  file: text.describe('Its file among the project’s evidence, for verify:sources.'),
  drewOn: z.array(id).min(1).describe('Ids of origins or articles that it took its content from.'),
});

const origin = z.strictObject({ name: text, drewOn: z.array(id) });

const event = z.strictObject({
  lane: z.enum(['women', 'press', 'platforms', 'courts']),
  date: id.describe('A fact of the kind date.'),
  facts: z.array(id).describe('The facts that the event rests on.'),
  unreconciledWith: id.optional().describe('Another event whose account differs.'),
});

const gap = z.strictObject({
  what: text.describe('What none of the five articles reports.'),
});

/** Where those whom a place of help is for live; in the order in which a page lists them. */
export const HELP_REGIONS = [
  'anywhere',
  'mainland-china',
  'hong-kong',
  'taiwan',
  'south-korea',
  'malaysia',
  'australia',
  'united-kingdom',
  'united-states',
] as const;

const help = z.strictObject({
  name: text,
  url,
  phone: text.optional(),
  region: z.enum(HELP_REGIONS).describe('Where those whom it is for live.'),
  noted: day.describe('The day on which its details were taken down. It does not say that anyone tried them.'),
});

const edition = z.strictObject({
  published: day.describe('The day on which the story was first published.'),
  updated: day.describe('The day of the data: when a value, a date or a source last moved. Citations print it.'),
  licence: url.describe('The licence of the data, by its address.'),
});

const correction = z.strictObject({
  date: day.describe('The day on which it was corrected.'),
  fact: id.optional().describe('The fact that was corrected; left out when it was a sentence or a picture.'),
  was: text.describe('What stood there.'),
  now: text.describe('What stands there since.'),
  why: text.describe('What showed that it was wrong.'),
});

/** The files of data/, by name. Each is one object: an id, then what it names; an edition is the one thing that it is. `$schema` is taken off before. */
export const DATA_FILES = {
  articles: z.strictObject({ articles: z.record(id, article), origins: z.record(id, origin) }),
  facts: z.record(id, fact),
  events: z.record(id, event),
  gaps: z.record(id, gap),
  help: z.record(id, help),
  edition,
  corrections: z.record(id, correction),
} as const;

export type DataFile = keyof typeof DATA_FILES;
export type Fact = z.infer<typeof fact>;
export type Figure = z.infer<typeof figure>;
export type Band = z.infer<typeof band>;
export type Inferred = z.infer<typeof inferred>;
export type DateFact = z.infer<typeof date>;
export type Article = z.infer<typeof article>;
export type EventRecord = z.infer<typeof event>;
export type Correction = z.infer<typeof correction>;

/** All that the five articles say, as far as the story uses it: valid and with every reference answered. */
export interface Data {
  readonly articles: Readonly<Record<string, Article>>;
  readonly origins: Readonly<Record<string, z.infer<typeof origin>>>;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly events: Readonly<Record<string, EventRecord>>;
  readonly gaps: Readonly<Record<string, z.infer<typeof gap>>>;
  readonly help: Readonly<Record<string, z.infer<typeof help>>>;
  readonly edition: z.infer<typeof edition>;
  /** Each correction since the first publication, under an id of its own. */
  readonly corrections: Readonly<Record<string, Correction>>;
}

/** True for a year, month or day that exists: 2025-02-30 does not. */
function isInCalendar(date: string): boolean {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
