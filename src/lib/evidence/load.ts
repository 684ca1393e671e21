/** Reads data/ and refuses it whole when anything in it is wrong. Build-time only. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DERIVED_IDS, deriveFact } from './derived.ts';
import { faultsOf, FaultList, parseJson, type Fault } from './faults.ts';
import { intervalOfWords } from './interval.ts';
import { DATA_FILES, type Data, type DataFile } from './schema.ts';

/** The files of data/ by name, as JSON.parse gives them. */
export type RawData = Record<DataFile, unknown>;

const fileOf = (name: DataFile) => `data/${name}.json`;

/** Reads the files below `root`/data. Adds a fault for each that is missing or no JSON. */
export function readData(root: string, faults: Fault[]): RawData {
  const read = (name: DataFile) => readJson(root, fileOf(name), faults);
  return { articles: read('articles'), facts: read('facts'), events: read('events'), gaps: read('gaps'), help: read('help') };
}

/** Reads one JSON file by its path from the project's root. */
export function readJson(root: string, file: string, faults: Fault[]): unknown {
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(join(root, file)));
  } catch (error) {
    faults.push({ file, path: '', message: `expected a file in UTF-8, found ${error instanceof Error ? error.message : String(error)}` });
    return undefined;
  }
  return parseJson(file, source, faults);
}

/** Raw data, checked: every shape, every reference. Throws a FaultList. */
export function parseData(raw: RawData): Data {
  const { data, faults } = checkData(raw);
  if (faults.length) throw new FaultList(faults);
  return data;
}

/**
 * The same, with faults returned. `data` then holds what is sound, and `broken` the ids of the facts that are not,
 * so that content can be checked in the same run.
 */
export function checkData(raw: RawData): { data: Data; faults: Fault[]; broken: ReadonlySet<string> } {
  const faults: Fault[] = [];
  const parse = <Name extends DataFile>(name: Name) => {
    const value = withoutSchema(raw[name]);
    const result = DATA_FILES[name].safeParse(value);
    if (result.error) faults.push(...faultsOf(fileOf(name), result.error, value));
    return result.data;
  };
  const { articles = {}, origins = {} } = (parse('articles') ?? {}) as Partial<Pick<Data, 'articles' | 'origins'>>;
  const facts = (parse('facts') as Data['facts'] | undefined) ?? soundFacts(raw.facts);
  const data: Data = {
    articles,
    origins,
    facts,
    events: (parse('events') as Data['events'] | undefined) ?? {},
    gaps: (parse('gaps') as Data['gaps'] | undefined) ?? {},
    help: (parse('help') as Data['help'] | undefined) ?? {},
  };
  if (!faults.length) faults.push(...references(data), ...words(data), ...arithmetic(data));
  const broken = new Set(Object.keys((withoutSchema(raw.facts) ?? {}) as object).filter((id) => !Object.hasOwn(data.facts, id)));
  return { data, faults, broken };
}

/** The facts that are sound on their own, when the file as a whole is not. */
function soundFacts(raw: unknown): Data['facts'] {
  const sound: Record<string, Data['facts'][string]> = {};
  for (const [id, value] of Object.entries((withoutSchema(raw) ?? {}) as object)) {
    const result = DATA_FILES.facts.safeParse({ [id]: value });
    if (result.data) Object.assign(sound, result.data);
  }
  return sound;
}

function references({ articles, origins, facts, events }: Data): Fault[] {
  const faults: Fault[] = [];
  const refer = (file: DataFile, path: string, what: string, id: string, known: boolean) => {
    if (!known) faults.push({ file: fileOf(file), path, message: `expected the id of ${what}, found "${id}"` });
  };
  const isArticle = (id: string) => Object.hasOwn(articles, id);
  const isFact = (id: string) => Object.hasOwn(facts, id);
  for (const [name, entries] of Object.entries({ articles, origins }))
    for (const [id, { drewOn }] of Object.entries<{ readonly drewOn: readonly string[] }>(entries))
      drewOn.forEach((other, i) =>
        refer('articles', `${name}.${id}.drewOn.${i}`, 'an origin or an article', other, isArticle(other) || Object.hasOwn(origins, other)),
      );
  for (const [id, fact] of Object.entries(facts)) {
    if (fact.kind === 'scale-mark') continue;
    fact.citations.forEach(({ article }, i) => refer('facts', `${id}.citations.${i}.article`, 'an article', article, isArticle(article)));
    fact.chain.forEach(({ carriers }, i) =>
      carriers.forEach((carrier, j) => refer('facts', `${id}.chain.${i}.carriers.${j}`, 'an article', carrier, isArticle(carrier))),
    );
  }
  for (const [id, event] of Object.entries(events)) {
    refer('events', `${id}.date`, 'a fact of the kind date', event.date, isFact(event.date) && facts[event.date]?.kind === 'date');
    event.facts.forEach((fact, i) => refer('events', `${id}.facts.${i}`, 'a fact', fact, isFact(fact)));
    if (event.unreconciledWith !== undefined)
      refer('events', `${id}.unreconciledWith`, 'an event', event.unreconciledWith, Object.hasOwn(events, event.unreconciledWith));
  }
  return faults;
}

/** A word-number and its interval must agree; so must an "about" and its edges, a span and its ends. */
function words({ facts }: Data): Fault[] {
  const faults: Fault[] = [];
  for (const [id, fact] of Object.entries(facts)) {
    const fault = (path: string, message: string) => faults.push({ file: fileOf('facts'), path: `${id}.${path}`, message });
    if (fact.kind === 'band') {
      const { low, high } = intervalOfWords(fact.words, fact.unit);
      if (fact.interval[0] !== low || fact.interval[1] !== high)
        fault('interval', `expected [${low},${high}] for ${fact.words.count} of ${fact.words.of}, found ${JSON.stringify(fact.interval)}`);
    }
    if (fact.kind === 'figure' && fact.interval) {
      const [low, high] = fact.interval;
      if (fact.bound !== 'about') fault('interval', `expected no interval beside "${fact.bound}", found ${JSON.stringify(fact.interval)}`);
      else if (low === null || high === null || fact.value < low || fact.value > high)
        fault('interval', `expected edges around ${fact.value}, found ${JSON.stringify(fact.interval)}`);
    }
    if (fact.kind === 'date') {
      if (Number.isNaN(Date.parse(fact.date)) || !isCalendarDay(fact.date)) fault('date', `expected a day of the calendar, found "${fact.date}"`);
      if (fact.until !== undefined && fact.until < fact.date) fault('until', `expected a day after ${fact.date}, found "${fact.until}"`);
    }
  }
  return faults;
}

function isCalendarDay(date: string): boolean {
  return new Date(date).toISOString().startsWith(date);
}

function arithmetic(data: Data): Fault[] {
  return DERIVED_IDS.flatMap((id) => {
    try {
      deriveFact(data, id);
      return [];
    } catch (error) {
      return [
        {
          file: fileOf('facts'),
          path: id,
          message: `expected facts that can be reckoned with, found that ${error instanceof Error ? error.message : String(error)}`,
        },
      ];
    }
  });
}

/** A file's value without the address of its schema, which is for editors. */
export function withoutSchema(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$schema'));
}
