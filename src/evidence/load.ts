/** Reads data/ and refuses it whole when anything in it is wrong. Build-time only. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DERIVED_IDS, DERIVED_INPUTS, deriveFact, isDerivedId } from './derived.ts';
import { issuesOf, ValidationError, oneLine, parseJson, type Issue } from './validation.ts';
import { intervalOfWords } from './interval.ts';
import { DATA_FILES, MEASURED, type Data, type DataFile } from './schema.ts';

/** The files of data/ by name, as JSON.parse gives them. */
export type RawData = Record<DataFile, unknown>;

const fileOf = (name: DataFile) => `data/${name}.json`;

/** Reads the files below `root`/data. Adds a issue for each that is missing or no JSON. */
export function readData(root: string, issues: Issue[]): RawData {
  const read = (name: DataFile) => readJson(root, fileOf(name), issues);
  return {
    articles: read('articles'),
    facts: read('facts'),
    events: read('events'),
    gaps: read('gaps'),
    help: read('help'),
    edition: read('edition'),
    corrections: read('corrections'),
  };
}

/** Reads one JSON file by its path from the project's root. */
export function readJson(root: string, file: string, issues: Issue[]): unknown {
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(join(root, file)));
  } catch (error) {
    const none = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    issues.push({ file, path: '', message: none ? 'expected a file, found none' : `expected a file in UTF-8, found ${oneLine(error)}` });
    return undefined;
  }
  return parseJson(file, source, issues);
}

/** Raw data, checked: every shape, every reference. Throws a ValidationError. */
export function parseData(raw: RawData): Data {
  const { data, issues } = checkData(raw);
  if (issues.length) throw new ValidationError(issues);
  return data;
}

/** Data as far as it is sound, what is wrong with the rest, and what content may still name. */
export interface Checked {
  readonly data: Data;
  readonly issues: readonly Issue[];
  /** Ids of facts that are at issue, or reckoned from one: content that names them is not at issue itself. */
  readonly broken: ReadonlySet<string>;
}

/** The same as parseData, with the issues returned, so that content can be checked in the same run. */
export function checkData(raw: RawData): Checked {
  const issues: Issue[] = [];
  const parse = <Name extends DataFile>(name: Name) => {
    const value = withoutSchema(raw[name]);
    const result = DATA_FILES[name].safeParse(value);
    if (result.error) issues.push(...issuesOf(fileOf(name), result.error, value));
    return result.data;
  };
  const { articles, origins } = (parse('articles') ?? { articles: {}, origins: {} }) as Pick<Data, 'articles' | 'origins'>;
  const facts = (parse('facts') as Data['facts'] | undefined) ?? soundFacts(raw.facts);
  const data: Data = {
    articles,
    origins,
    facts,
    events: (parse('events') as Data['events'] | undefined) ?? {},
    gaps: (parse('gaps') as Data['gaps'] | undefined) ?? {},
    help: (parse('help') as Data['help'] | undefined) ?? {},
    edition: (parse('edition') as Data['edition'] | undefined) ?? { published: '', updated: '', licence: '' },
    corrections: (parse('corrections') as Data['corrections'] | undefined) ?? {},
  };
  const ids = idsOf(raw);
  const lost = [...ids.facts].filter((id) => !Object.hasOwn(facts, id));
  const broken = new Set([...lost, ...DERIVED_IDS.filter((id) => DERIVED_INPUTS[id].some((input) => lost.includes(input)))]);
  issues.push(...references(data, ids), ...words(data), ...arithmetic(data, broken), ...days(data));
  return { data, issues, broken };
}

/** The ids that a file names, whether what they name is sound or not. */
export interface Ids {
  readonly facts: ReadonlySet<string>;
  readonly articles: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly gaps: ReadonlySet<string>;
  readonly help: ReadonlySet<string>;
}

export function idsOf(raw: RawData): Ids {
  const keys = (value: unknown) => new Set(typeof value === 'object' && value !== null ? Object.keys(value).filter((key) => key !== '$schema') : []);
  const within = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined);
  return {
    facts: keys(raw.facts),
    articles: keys(within(raw.articles, 'articles')),
    origins: keys(within(raw.articles, 'origins')),
    events: keys(raw.events),
    gaps: keys(raw.gaps),
    help: keys(raw.help),
  };
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

function references({ articles, origins, facts, events, corrections }: Data, ids: Ids): Issue[] {
  const issues: Issue[] = [];
  const refer = (file: DataFile, path: string, what: string, id: string, known: boolean) => {
    if (!known) issues.push({ file: fileOf(file), path, message: `expected the id of ${what}, found "${id}"`, about: id });
  };
  const isArticle = (id: string) => ids.articles.has(id);
  const isFact = (id: string) => ids.facts.has(id);
  for (const [name, entries] of Object.entries({ articles, origins }))
    for (const [id, { drewOn }] of Object.entries<{ readonly drewOn: readonly string[] }>(entries))
      drewOn.forEach((other, i) =>
        refer('articles', `${name}.${id}.drewOn.${i}`, 'an origin or an article', other, isArticle(other) || ids.origins.has(other)),
      );
  for (const [id, fact] of Object.entries(facts)) {
    if (fact.kind === 'scale-mark') continue;
    fact.citations.forEach(({ article }, i) => refer('facts', `${id}.citations.${i}.article`, 'an article', article, isArticle(article)));
    fact.chain.forEach(({ carriers }, i) =>
      carriers.forEach((carrier, j) => refer('facts', `${id}.chain.${i}.carriers.${j}`, 'an article', carrier, isArticle(carrier))),
    );
  }
  for (const [id, event] of Object.entries(events)) {
    refer('events', `${id}.date`, 'a fact of the kind date', event.date, isFact(event.date) && (facts[event.date]?.kind ?? 'date') === 'date');
    event.facts.forEach((fact, i) => refer('events', `${id}.facts.${i}`, 'a fact', fact, isFact(fact)));
    if (event.unreconciledWith !== undefined)
      refer('events', `${id}.unreconciledWith`, 'an event', event.unreconciledWith, ids.events.has(event.unreconciledWith));
  }
  for (const [id, { fact }] of Object.entries(corrections))
    if (fact !== undefined) refer('corrections', `${id}.fact`, 'a fact', fact, isFact(fact) || isDerivedId(fact));
  return issues;
}

/** What is corrected is corrected after publication, and the date of the data is not before it. */
function days({ edition, corrections }: Data): Issue[] {
  const { published, updated } = edition;
  // An edition at issue says nothing of when it was.
  if (!updated) return [];
  const issues: Issue[] = [];
  if (updated < published) issues.push({ file: fileOf('edition'), path: 'updated', message: `expected a day from ${published} on, found "${updated}"` });
  for (const [id, { date }] of Object.entries(corrections))
    if (date < published || date > updated)
      issues.push({ file: fileOf('corrections'), path: `${id}.date`, message: `expected a day from ${published} to ${updated}, found "${date}"` });
  return issues;
}

/** A word-number and its interval must agree; so must an "about" and its edges, a span and its ends. */
function words({ facts }: Data): Issue[] {
  const issues: Issue[] = [];
  for (const [id, fact] of Object.entries(facts)) {
    const issue = (path: string, message: string) => issues.push({ file: fileOf('facts'), path: `${id}.${path}`, message });
    if (fact.kind === 'band') {
      const { low, high } = intervalOfWords(fact.words, fact.unit);
      if (fact.interval[0] !== low || fact.interval[1] !== high)
        issue('interval', `expected [${low},${high}] for ${fact.words.count} of ${fact.words.of}, found ${JSON.stringify(fact.interval)}`);
    }
    if (fact.kind === 'figure' && !MEASURED.has(fact.unit) && !Number.isInteger(fact.value))
      issue('value', `expected a whole number of ${fact.unit}, found ${fact.value}`);
    if (fact.kind === 'figure' && fact.interval) {
      const [low, high] = fact.interval;
      if (fact.bound !== 'about') issue('interval', `expected no interval beside "${fact.bound}", found ${JSON.stringify(fact.interval)}`);
      else if (low === null || high === null || fact.value < low || fact.value > high)
        issue('interval', `expected edges around ${fact.value}, found ${JSON.stringify(fact.interval)}`);
    }
    if (fact.kind === 'date' && fact.until !== undefined && fact.until < fact.date) issue('until', `expected a day after ${fact.date}, found "${fact.until}"`);
  }
  return issues;
}

/** Our own figures: each can be reckoned, and no reported fact hides it under the same id. */
function arithmetic(data: Data, broken: ReadonlySet<string>): Issue[] {
  return DERIVED_IDS.flatMap((id) => {
    const issue = { file: fileOf('facts'), path: id };
    if (Object.hasOwn(data.facts, id)) return [{ ...issue, message: 'expected no fact under the id of a figure that is reckoned, found one' }];
    if (broken.has(id)) return [];
    try {
      deriveFact(data, id);
      return [];
    } catch (error) {
      return [
        { ...issue, message: `expected facts that can be reckoned with, found that ${error instanceof Error ? error.message : String(error)}`, about: id },
      ];
    }
  });
}

/** A file's value without the address of its schema, which is for editors. */
export function withoutSchema(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$schema'));
}
