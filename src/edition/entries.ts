/** From facts and content to what the evidence cards and the ledger print. */
import type { Content } from '#content/schema.ts';
import { describeDate, describeFact, type Form } from '#evidence/describeFact.ts';
import { factOf, findFact, type FactId } from '#evidence/facts.ts';
import type { Data } from '#evidence/schema.ts';
import type { Entry } from './entry.ts';

/** A figure heads its card. */
const HEADING: readonly Form[] = ['full', 'capital'];

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
  const described = describeFact(fact, content.language, HEADING);
  const publisher = (article: string) => data.articles[article]?.publisher ?? article;
  return {
    id,
    name: content.names[id] ?? id,
    described,
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
        return found ? [{ article, publisher: found.publisher, url: found.url, date: describeDate(found, content.language) }] : [];
      }),
    })),
    chains: (evidence?.chain ?? []).map((way) => ({ from: way.from, carriers: list.format(way.carriers.map(publisher)) })),
    counts: evidence?.counts ?? null,
    excludes: evidence?.excludes ?? null,
    conflicts: [...new Set(behind.flatMap(({ conflicts }) => conflicts ?? []))].flatMap((conflict) => {
      const words = content.conflicts[conflict];
      return words ? [{ id: conflict, ...words }] : [];
    }),
    formula: derived?.formula ?? null,
    inputs: inputs.map((input) => ({
      id: input,
      name: content.names[input] ?? input,
      described: describeFact(factOf(data, input), content.language, HEADING),
    })),
  };
}
