/** The facts as others may take them: what data/facts.json of the site holds, and the schema that is published beside it. */
import { z } from 'zod';
import { deriveFact, DERIVED_IDS, isDerivedId } from '#evidence/derived.ts';
import { boundsOfFact } from '#evidence/describeFact.ts';
import { findFact } from '#evidence/facts.ts';
import { BOUNDS, UNITS } from '#evidence/interval.ts';
import { INFERRED_PARTS, type Data, type Fact } from '#evidence/schema.ts';

/** What a field means, wherever it is published: in facts.json, facts.csv and the tables of the charts. */
export const MEANING = {
  id: 'The id of the fact: stable, and its address on the evidence page.',
  kind: 'What kind of fact it is. "derived" is our own arithmetic; "claim" and "list" have no number.',
  value: 'The number, without its bound: read the two together.',
  rounded: 'The number to print where the exact one would be false precision; otherwise null.',
  words: 'The word-number as printed: so many tens or hundreds of so much.',
  low: 'The lowest number that the words allow; empty where nothing is known.',
  high: 'The highest number that the words allow; empty where nothing is known.',
  bound: 'How the number is bounded. "in-words": only a word-number was printed. "fewer-than-one-in": fewer than 1 in so many.',
  unit: 'What one of the number is. Numbers of two units may not be compared.',
  date: 'A year, a month or a day, as exact as it is known.',
  until: 'The last possible day of a span.',
  items: 'The things that the articles name.',
  opinion: 'True for an opinion; false for a report of fact.',
  translated: 'True where the printed words are a translation.',
  counts: 'What exactly is counted or claimed.',
  excludes: 'What it does not count; how far it does not reach.',
  speaker: 'Who said it first.',
  chain: 'How it reached the articles: who passed it on, in order, and then the articles that carry it.',
  conflicts: 'Numbers of the conflicts between articles that touch it; the evidence page tells each.',
  inferred: 'What part was worked out and not printed, and from what.',
  excerpt: 'The words of the article that carry it, as printed.',
  publisher: 'Who published the article.',
  url: 'The address of the article.',
  formula: 'The sum as it was done.',
  inputs: 'The facts that went into the sum.',
} as const;

const text = z.string().min(1);
const edge = z.number().nonnegative().nullable();
const inferred = z
  .strictObject({ part: z.enum(INFERRED_PARTS), reason: text })
  .nullable()
  .describe(MEANING.inferred);
const interval = z.strictObject({ low: edge.describe(MEANING.low), high: edge.describe(MEANING.high) });
const unit = z.enum(UNITS).describe(MEANING.unit);

const evidence = {
  counts: text.describe(MEANING.counts),
  excludes: text.nullable().describe(MEANING.excludes),
  speaker: text.describe(MEANING.speaker),
  chain: z.array(z.strictObject({ from: z.array(text), carriers: z.array(text).min(1) })).describe(MEANING.chain),
  citations: z
    .array(
      z.strictObject({
        article: text,
        publisher: text.describe(MEANING.publisher),
        url: z.url().describe(MEANING.url),
        excerpt: text.describe(MEANING.excerpt),
      }),
    )
    .min(1),
  conflicts: z.array(text).describe(MEANING.conflicts),
  inferred,
};

const id = text.describe(MEANING.id);

const publishedFact = z
  .discriminatedUnion('kind', [
    z.strictObject({
      id,
      kind: z.literal('figure'),
      value: z.number().nonnegative().describe(MEANING.value),
      rounded: edge.describe(MEANING.rounded),
      bound: z.enum(BOUNDS).exclude(['in-words']).describe(MEANING.bound),
      interval,
      unit,
      ...evidence,
    }),
    z.strictObject({
      id,
      kind: z.literal('band'),
      words: z.strictObject({ count: text, of: text }).describe(MEANING.words),
      bound: z.literal('in-words').describe(MEANING.bound),
      interval,
      unit,
      ...evidence,
    }),
    z.strictObject({ id, kind: z.literal('date'), date: text.describe(MEANING.date), until: text.nullable().describe(MEANING.until), ...evidence }),
    z.strictObject({ id, kind: z.literal('list'), items: z.array(text).min(1).describe(MEANING.items), ...evidence }),
    z.strictObject({
      id,
      kind: z.literal('claim'),
      opinion: z.boolean().describe(MEANING.opinion),
      translated: z.boolean().describe(MEANING.translated),
      ...evidence,
    }),
    z.strictObject({
      id,
      kind: z.literal('derived'),
      value: z.number().nonnegative().describe(MEANING.value),
      bound: z.enum(['exactly', 'fewer-than-one-in']).describe(MEANING.bound),
      unit,
      formula: text.describe(MEANING.formula),
      inputs: z.array(text).min(1).describe(MEANING.inputs),
    }),
  ])
  .describe(MEANING.kind);

const publishedFacts = z.strictObject({
  $schema: z.literal('facts.schema.json'),
  published: z.iso.date().describe('The day of first publication.'),
  updated: z.iso.date().describe('The day of the data.'),
  licence: z.url(),
  articles: z
    .array(z.strictObject({ id: text, publisher: text, headline: text.nullable(), credit: text, url: z.url(), date: text, inferred, drewOn: z.array(text) }))
    .describe('The five articles. They are not five independent sources: drewOn names the origins or articles that each took its content from.'),
  origins: z.array(z.strictObject({ id: text, name: text, drewOn: z.array(text) })),
  facts: z.array(publishedFact),
  corrections: z.array(z.strictObject({ id: text, date: z.iso.date(), fact: text.nullable(), was: text, now: text, why: text })),
});
export type PublishedFact = z.output<typeof publishedFact>;

/** data/facts.schema.json: the JSON Schema of data/facts.json. */
export function factsSchemaJson(): string {
  return json(z.toJSONSchema(publishedFacts));
}

/** data/facts.json: every fact with what it rests on, our own figures with their sums, the articles and the corrections. */
export function factsJson(data: Data): string {
  const withId = <Entry extends object>(entries: Readonly<Record<string, Entry>>) => Object.entries(entries).map(([id, entry]) => ({ id, ...entry }));
  const file: z.output<typeof publishedFacts> = {
    $schema: 'facts.schema.json',
    ...data.edition,
    articles: withId(data.articles).map(({ id, publisher, headline, credit, url, date, inferred = null, drewOn }) => {
      return { id, publisher, headline, credit, url, date, inferred, drewOn };
    }),
    origins: withId(data.origins),
    facts: publishedFactsOf(data),
    corrections: withId(data.corrections).map(({ fact = null, ...correction }) => ({ ...correction, fact })),
  };
  return json(file);
}

/** Every fact as it is published, in the order of data/facts.json, then our own arithmetic. Marks of scale claim nothing and are left out. */
export function publishedFactsOf(data: Data): PublishedFact[] {
  return [...Object.keys(data.facts), ...DERIVED_IDS].flatMap((id) => (data.facts[id]?.kind === 'scale-mark' ? [] : [publishedFactOf(id, data)]));
}

/** One fact as it is published. Throws when there is none, or when it claims nothing. */
export function publishedFactOf(id: string, data: Data): PublishedFact {
  if (isDerivedId(id)) {
    const { kind, value, means, unit, formula, inputs } = deriveFact(data, id);
    return { id, kind, value, bound: means === 'one-in' ? 'fewer-than-one-in' : 'exactly', unit, formula, inputs: [...inputs] };
  }
  const fact = findFact(data, id);
  if (!fact || fact.kind === 'derived' || fact.kind === 'scale-mark') throw new Error(`no fact "${id}"`);
  const evidence = evidenceOf(fact, data);
  const { low, high } = boundsOfFact(fact);
  switch (fact.kind) {
    case 'figure':
      return {
        id,
        kind: fact.kind,
        value: fact.value,
        rounded: fact.rounded ?? null,
        bound: fact.bound,
        interval: { low, high },
        unit: fact.unit,
        ...evidence,
      };
    case 'band':
      return { id, kind: fact.kind, words: fact.words, bound: 'in-words', interval: { low, high }, unit: fact.unit, ...evidence };
    case 'date':
      return { id, kind: fact.kind, date: fact.date, until: fact.until ?? null, ...evidence };
    case 'list':
      return { id, kind: fact.kind, items: fact.items, ...evidence };
    case 'claim':
      return { id, kind: fact.kind, opinion: fact.opinion ?? false, translated: fact.translated ?? false, ...evidence };
  }
}

function evidenceOf({ counts, excludes, speaker, chain, citations, conflicts, inferred }: Exclude<Fact, { kind: 'scale-mark' }>, { articles }: Data) {
  return {
    counts,
    excludes: excludes ?? null,
    speaker,
    chain,
    citations: citations.map(({ article, excerpt }) => {
      const found = articles[article];
      if (!found) throw new Error(`no article "${article}"`);
      return { article, publisher: found.publisher, url: found.url, excerpt };
    }),
    conflicts: conflicts ?? [],
    inferred: inferred ?? null,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
