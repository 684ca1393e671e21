/** The ids that exist, as types: a wrong id does not compile. The values come from load.ts, checked. */
import type factsFile from '#data/facts.json';
import type { Data, Fact } from './schema.ts';
import { deriveFact, isDerivedId, type DerivedFact, type DerivedId } from './derived.ts';

/** A fact that stands in data/facts.json. */
export type ReportedId = Exclude<keyof typeof factsFile, '$schema'>;
/** Any fact that prose or a chart may name: reported, or derived by us. */
export type FactId = ReportedId | DerivedId;

/**
 * The fact of this id, reported or derived; undefined when there is none.
 * Takes any string, for ids that come from content.
 */
export function findFact(data: Pick<Data, 'facts'>, id: string): Fact | DerivedFact | undefined {
  if (isDerivedId(id)) return deriveFact(data, id);
  return Object.hasOwn(data.facts, id) ? data.facts[id] : undefined;
}

/** The same, of an id that was checked. Throws when there is none. */
export function factOf(data: Pick<Data, 'facts'>, id: string): Fact | DerivedFact {
  const fact = findFact(data, id);
  if (!fact) throw new Error(`no fact "${id}"`);
  return fact;
}
