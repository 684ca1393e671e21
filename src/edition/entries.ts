/** From facts and content to what the evidence cards and the ledger print. */
import type { Content } from '#content/schema.ts';
import { findFact, type FactId } from '#evidence/facts.ts';
import type { DerivedFact } from '#evidence/derived.ts';
import type { Data, Fact } from '#evidence/schema.ts';
import { formatDate, formatFact, machineValue } from '#evidence/format.ts';
import type { Entry, EntryFigure } from './entry.ts';

/** Every fact of the ledger, in the order of its groups. Throws when a group names a fact that data has not: the build checks that none does. */
export function entriesOf(data: Data, content: Content): Entry[] {
  return content.evidence.groups.flatMap(({ facts }) => facts.map((id) => entryOf(id as FactId, data, content)));
}

/** One fact with all that is known of it. */
export function entryOf(id: FactId, data: Data, content: Content): Entry {
  const fact = findFact(data, id);
  if (!fact || fact.kind === 'scale-mark') throw new Error(`no evidence for "${id}"`);
  const derived = fact.kind === 'derived' ? fact : null;
  const inputs = (derived?.inputs ?? []) as readonly FactId[];
  // Our own arithmetic rests on what its inputs rest on.
  const evidence = fact.kind === 'derived' ? null : fact;
  const behind = (evidence ? [evidence] : inputs.map((input) => data.facts[input])).flatMap((one) => (one && 'speaker' in one ? [one] : []));
  const carriers = new Set(behind.flatMap(({ chain }) => chain.flatMap((way) => way.carriers)));
  const list = new Intl.ListFormat(content.language.locale, { type: 'unit', style: 'short' });
  const publisher = (article: string) => data.articles[article]?.publisher ?? article;
  return {
    id,
    name: content.names[id] ?? id,
    figure: figureOf(fact, content),
    items: fact.kind === 'list' ? fact.items : [],
    bound: fact.kind === 'figure' ? fact.bound : fact.kind,
    opinion: fact.kind === 'claim' && fact.opinion === true,
    translated: fact.kind === 'claim' && fact.translated === true,
    speakers: [...new Set(behind.map(({ speaker }) => speaker))],
    articles: Object.keys(data.articles).filter((article) => carriers.has(article)),
    printed: [...Map.groupBy(evidence?.citations ?? [], ({ excerpt }) => excerpt)].map(([excerpt, citations]) => ({
      excerpt,
      printings: citations.flatMap(({ article }) => {
        const found = data.articles[article];
        return found ? [{ article, publisher: found.publisher, url: found.url, date: publishedOn(found, content) }] : [];
      }),
    })),
    chains: (evidence?.chain ?? []).map((way) => ({ from: way.from, carriers: list.format(way.carriers.map(publisher)) })),
    counts: evidence?.counts ?? null,
    excludes: evidence?.excludes ?? null,
    inferred: evidence?.inferred ?? null,
    conflicts: [...new Set(behind.flatMap(({ conflicts }) => conflicts ?? []))].flatMap((conflict) => {
      const words = content.conflicts[conflict];
      return words ? [{ id: conflict, ...words }] : [];
    }),
    formula: derived?.formula ?? null,
    inputs: inputs.map((input) => {
      const found = findFact(data, input);
      return { id: input, name: content.names[input] ?? input, figure: found ? figureOf(found, content) : null };
    }),
  };
}

/** The day an article was published, marked where it was inferred. */
export function publishedOn({ date, inferred }: Data['articles'][string], { language }: Content): { readonly text: string; readonly value: string } {
  const text = formatDate(date, undefined, [], language.locale);
  return { text: inferred ? language.wording.inferred.replace('{date}', text) : text, value: date };
}

/** A fact's figure in full: with qualifier and unit, or as exact as a date is known. */
function figureOf(fact: Fact | DerivedFact, { language }: Content): EntryFigure | null {
  if (fact.kind === 'claim' || fact.kind === 'list') return null;
  const text = formatFact(fact, fact.kind === 'figure' || fact.kind === 'band' ? ['units', 'capital'] : ['capital'], language);
  const date = fact.kind === 'date';
  return { text: date && fact.inferred ? language.wording.inferred.replace('{date}', text) : text, value: machineValue(fact), date };
}
