/**
 * The facts and the charts' tables as CSV (RFC 4180), with what their columns mean as CSV on the Web
 * (W3C, Metadata Vocabulary for Tabular Data, 2015). data/facts.json is made beside, in publishedFacts.ts.
 */
import { csvFormatRow } from 'd3';
import type { Content } from '#content/schema.ts';
import { CHARTS } from '#charts/registry.ts';
import { describeFact, type Description } from '#evidence/describeFact.ts';
import { factOf } from '#evidence/facts.ts';
import { textOf } from '#evidence/prose.ts';
import type { Data } from '#evidence/schema.ts';
import { filled } from '#evidence/format.ts';
import type { TableGap, TableRow } from '#edition/tableRow.ts';
import { MEANING, publishedFactsOf, type PublishedFact } from './publishedFacts.ts';

/** Where each download stands below its language. */
export const DOWNLOADS = {
  facts: 'data/facts.json',
  schema: 'data/facts.schema.json',
  table: 'data/facts.csv',
  metadata: 'data/facts.csv-metadata.json',
  /** One for all charts: a reader of CSV on the Web looks for this name in the folder of a table. */
  chartsMetadata: 'charts/csv-metadata.json',
} as const;

/** Where the table of a chart stands below its language. */
export function chartCsvPath(chart: string): string {
  return `charts/${chart}.csv`;
}

/** What stands between the values of a cell that holds several; no value may hold it. */
const SEPARATOR = ' | ';
/** What spreadsheets take for the beginning of a formula (OWASP, CSV Injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

interface Column {
  readonly means: string;
  readonly datatype?: 'number' | 'boolean' | 'anyURI' | { readonly base: 'string'; readonly format: string };
  /** True when a cell may hold several values. */
  readonly several?: true;
  readonly required?: true;
}
type Cell = string | number | boolean | readonly string[] | null;

const DATE = { base: 'string', format: '[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?' } as const;
const MACHINE = {
  value: { means: MEANING.value, datatype: 'number' },
  low: { means: MEANING.low, datatype: 'number' },
  high: { means: MEANING.high, datatype: 'number' },
  bound: { means: MEANING.bound },
  unit: { means: MEANING.unit },
  date: { means: MEANING.date, datatype: DATE },
  until: { means: MEANING.until, datatype: DATE },
} as const satisfies Record<string, Column>;

const INFERRED = {
  inferred_part: { means: 'What part of its date was worked out and not printed: "year", "month" with its year, or the whole "date"; empty where none was.' },
  inferred_reason: { means: 'From what it was worked out.' },
} as const satisfies Record<string, Column>;

const NAMED = {
  id: { means: MEANING.id, required: true },
  what: { means: 'A short name of what it is.', required: true },
  in_words: { means: 'The figure or date in full words, with its qualifier; empty for a fact in words.' },
} as const satisfies Record<string, Column>;

const FACT_COLUMNS = {
  ...NAMED,
  kind: { means: MEANING.kind, required: true },
  ...MACHINE,
  items: { means: MEANING.items, several: true },
  opinion: { means: MEANING.opinion, datatype: 'boolean' },
  translated: { means: MEANING.translated, datatype: 'boolean' },
  counts: { means: MEANING.counts },
  excludes: { means: MEANING.excludes },
  speaker: { means: MEANING.speaker },
  chain: { means: MEANING.chain, several: true },
  publishers: { means: MEANING.publisher, several: true },
  urls: { means: MEANING.url, datatype: 'anyURI', several: true },
  excerpts: { means: MEANING.excerpt, several: true },
  conflicts: { means: MEANING.conflicts, several: true },
  ...INFERRED,
  formula: { means: MEANING.formula },
  inputs: { means: MEANING.inputs, several: true },
} as const satisfies Record<string, Column>;

const CHART_COLUMNS = {
  ...NAMED,
  ...MACHINE,
  ...INFERRED,
  speaker: { means: MEANING.speaker },
  printed_in: { means: 'The articles that carry it, as the page lists them.' },
  formula: { means: MEANING.formula },
} as const satisfies Record<string, Column>;

/** What a chart's table has of something that no article says: its name, and that alone. */
const NOTHING = Object.fromEntries(Object.keys(CHART_COLUMNS).map((name) => [name, null])) as Record<keyof typeof CHART_COLUMNS, null>;

/** data/facts.csv: one row a fact, in the order of data/facts.json. Throws when a cell is not safe to publish. */
export function factsCsv(data: Data, content: Content): string {
  return csvOf(
    FACT_COLUMNS,
    publishedFactsOf(data).map((fact) => ({
      id: fact.id,
      what: content.names[fact.id] ?? fact.id,
      kind: fact.kind,
      ...cellsOf(describeFact(factOf(data, fact.id), content.language)),
      items: fact.kind === 'list' ? fact.items : null,
      opinion: fact.kind === 'claim' ? fact.opinion : null,
      translated: fact.kind === 'claim' ? fact.translated : null,
      ...(fact.kind === 'derived' ? { ...WITHOUT_EVIDENCE, formula: fact.formula, inputs: fact.inputs } : evidenceCells(fact, data)),
    })),
  );
}

/** The table of a chart as a CSV, row by row as the page prints it, with machine values; a row without them for what no article says. Throws when a cell is not safe to publish. */
export function chartCsv(rows: readonly TableRow[], gaps: readonly TableGap[] = []): string {
  return csvOf(CHART_COLUMNS, [
    ...rows.map(({ described, carriers, ...row }) => ({ ...row, ...cellsOf(described), printed_in: carriers })),
    ...gaps.map((gap) => ({ ...NOTHING, ...gap })),
  ]);
}

/** data/facts.csv-metadata.json: what facts.csv is and what its columns mean. */
export function factsCsvMetadata(data: Data, content: Content): string {
  return metadataOf(data, content, {
    url: 'facts.csv',
    'dc:title': filled(content.interface['data-name'], { title: content.story.title }),
    'dc:description': content.interface['data-description'],
    tableSchema: tableSchemaOf(FACT_COLUMNS),
  });
}

/** charts/csv-metadata.json: what the tables of the charts are, and what the columns of all of them mean. */
export function chartsCsvMetadata(data: Data, content: Content): string {
  return metadataOf(data, content, {
    'dc:title': content.story.title,
    tables: Object.keys(CHARTS).map((id) => {
      const chart = content.charts[id];
      if (!chart) throw new Error(`no words for the chart ${id}`);
      return { url: `${id}.csv`, 'dc:title': chart.title, 'dc:description': textOf(chart.caption) };
    }),
    tableSchema: tableSchemaOf(CHART_COLUMNS),
  });
}

function metadataOf({ edition }: Data, { language }: Content, description: object): string {
  const metadata = {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': language.tag }],
    ...description,
    'dc:issued': { '@value': edition.published, '@type': 'date' },
    'dc:modified': { '@value': edition.updated, '@type': 'date' },
    'dc:license': { '@id': edition.licence },
  };
  return `${JSON.stringify(metadata, null, 2)}\n`;
}

function tableSchemaOf(columns: Readonly<Record<string, Column>>): object {
  return {
    columns: Object.entries(columns).map(([name, { means, datatype, several, required }]) => ({
      name,
      titles: name,
      'dc:description': { '@value': means, '@language': 'en' },
      ...(datatype && { datatype }),
      ...(several && { separator: SEPARATOR }),
      ...(required && { required }),
    })),
    primaryKey: 'id',
  };
}

/** What every table says of a fact. */
function cellsOf({ kind, text, value, bounds, bound, unit, inferred }: Description): Record<'in_words' | keyof typeof MACHINE | keyof typeof INFERRED, Cell> {
  const [date = null, until = null] = kind === 'date' ? value.split('/') : [];
  return { in_words: text, ...bounds, bound, unit, date, until, inferred_part: inferred?.part ?? null, inferred_reason: inferred?.reason ?? null };
}

const WITHOUT_EVIDENCE = {
  counts: null,
  excludes: null,
  speaker: null,
  chain: null,
  publishers: null,
  urls: null,
  excerpts: null,
  conflicts: null,
};

function evidenceCells(fact: Exclude<PublishedFact, { kind: 'derived' }>, { articles }: Data) {
  const { counts, excludes, speaker, chain, citations, conflicts } = fact;
  return {
    counts,
    excludes,
    speaker,
    chain: chain.map(({ from, carriers }) => [...from, carriers.map((id) => articles[id]?.publisher ?? id).join(', ')].join(' > ')),
    publishers: citations.map(({ publisher }) => publisher),
    urls: citations.map(({ url }) => url),
    excerpts: citations.map(({ excerpt }) => excerpt),
    conflicts,
    formula: null,
    inputs: null,
  };
}

/** Rows under a header, with the line ends of RFC 4180. */
function csvOf<Name extends string>(columns: Readonly<Record<Name, Column>>, rows: readonly Readonly<Record<NoInfer<Name>, Cell>>[]): string {
  const names = Object.keys(columns) as Name[];
  return [names, ...rows.map((row) => names.map((name) => textOfCell(name, row[name])))].map((cells) => `${csvFormatRow(cells)}\r\n`).join('');
}

/**
 * A cell as text, which reads back as it was written. A quote mark before a would-be formula would change the value,
 * so a cell that a spreadsheet would run stops the build instead: other words have to be found for it.
 */
function textOfCell(column: string, cell: Cell): string {
  if (cell === null) return '';
  const split = typeof cell === 'object' ? cell.find((value) => value.includes(SEPARATOR.trim())) : undefined;
  if (split !== undefined) throw new Error(`${column}: expected a value without "${SEPARATOR.trim()}", found "${split}"`);
  const text = typeof cell === 'object' ? cell.join(SEPARATOR) : String(cell);
  if (FORMULA.test(text)) throw new Error(`${column}: expected words that no spreadsheet takes for a formula, found "${text}"`);
  return text;
}
