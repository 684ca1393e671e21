/** What others take away: facts.json and its schema, facts.csv, the tables of the charts, and what says what their columns mean. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { csvParse, csvParseRows } from 'd3';
import { describe, expect, test } from 'vitest';
import { CHARTS } from '#charts/registry.ts';
import { DERIVED_IDS, deriveFact } from '#evidence/derived.ts';
import { describeFact } from '#evidence/describeFact.ts';
import { tableOf } from '#edition/chartView.ts';
import { chartCsv, chartCsvPath, chartsCsvMetadata, DOWNLOADS, factsCsv, factsCsvMetadata } from '#pages/downloads.ts';
import { factsJson, factsSchemaJson, publishedFactOf, publishedFactsOf } from '#pages/publishedFacts.ts';
import { edited } from '../fixtures/unit-data.ts';
import { faultsOfCsvw } from '../fixtures/unit-csvw.ts';
import { english, project } from '../fixtures/unit-project.ts';
import { corrected, published } from '../fixtures/unit-published.ts';

const { data } = project;
const files = published(data, english);
const facts = publishedFactsOf(data);
const reported = Object.keys(data.facts).filter((id) => data.facts[id]?.kind !== 'scale-mark');

describe('facts.json', () => {
  const ajv = new Ajv2020({ allErrors: true, formats: { uri: (text) => URL.canParse(text), date: /^\d{4}-\d{2}-\d{2}$/ } });
  const valid = ajv.compile(JSON.parse(factsSchemaJson()) as object);
  const file: unknown = JSON.parse(factsJson(data));

  test('is valid by the schema that is published beside it', () => {
    valid(file);
    expect(valid.errors).toBeNull();
  });

  test('says where that schema is', () => {
    expect(DOWNLOADS.schema).toBe(`data/${(file as { $schema: string }).$schema}`);
  });

  test.each([
    ['a number as text', 'facts.0.value', '100k'],
    ['a bound that does not exist', 'facts.0.bound', 'over'],
    ['a kind that does not exist', 'facts.0.kind', 'guess'],
    ['a fact without a speaker', 'facts.0.speaker', undefined],
    ['a fact without a citation', 'facts.0.citations', []],
    ['an address that is none', 'facts.0.citations.0.url', 'somewhere'],
    ['a key that nobody knows', 'facts.0.colour', 'red'],
    ['no day of the data', 'updated', undefined],
  ])('the schema refuses %s', (_, path, value) => {
    expect(valid(edited(file, path, value))).toBe(false);
  });

  test('holds every fact that claims something, in order, and our own figures after them', () => {
    expect(reported.length).toBeGreaterThanOrEqual(60);
    expect(facts.map(({ id }) => id)).toEqual([...reported, ...DERIVED_IDS]);
    expect(() => publishedFactOf('scale-hundred', data)).toThrow('scale-hundred');
  });

  test.each(reported)('%s keeps all that data says of it', (id) => {
    const fact = data.facts[id];
    const found = facts.find((one) => one.id === id);
    if (!fact || fact.kind === 'scale-mark' || !found || found.kind === 'derived') throw new Error(`no fact ${id}`);
    const { counts, speaker, chain, excludes = null, conflicts = [], inferred = null } = fact;
    expect(found).toMatchObject({ kind: fact.kind, counts, speaker, chain, excludes, conflicts, inferred });
    expect(found.citations).toEqual(
      fact.citations.map(({ article, excerpt }) => ({ article, excerpt, publisher: data.articles[article]?.publisher, url: data.articles[article]?.url })),
    );
    for (const key of ['value', 'bound', 'unit', 'date', 'items'] as const) if (key in fact) expect(found).toHaveProperty(key, Reflect.get(fact, key));
  });

  test('a bound is an open interval', () => {
    const at = (path: string, value: unknown) => publishedFactOf('maskpark-users', edited(data, `facts.maskpark-users.${path}`, value));
    expect(at('bound', 'more-than')).toMatchObject({ interval: { high: null } });
    expect(at('bound', 'up-to')).toMatchObject({ interval: { low: null } });
    expect(at('value', 12)).toMatchObject({ value: 12 });
  });

  test('our own figures carry their sum and what went in', () => {
    for (const id of DERIVED_IDS) {
      const { value, formula, inputs } = deriveFact(data, id);
      expect(publishedFactOf(id, data)).toMatchObject({ kind: 'derived', value, formula, inputs });
    }
    expect(publishedFactOf('comments-left-share', data)).toMatchObject({ bound: 'fewer-than-one-in' });
    expect(publishedFactOf('nth-room-sentence-days', data)).toMatchObject({ bound: 'exactly', unit: 'days' });
  });

  test('a correction stands in it', () => {
    const { updated } = data.edition;
    const correction = { date: updated, fact: 'maskpark-users', was: 'one', now: 'two', why: 'It was read wrongly.' };
    const corrections = [{ id: 'first', ...correction }];
    const changed: unknown = JSON.parse(factsJson(edited(data, 'corrections.first', correction)));
    expect(changed).toMatchObject({ corrections });
    expect(valid(changed)).toBe(true);
    expect(file).toMatchObject({ corrections: Object.values(data.corrections) });
  });
});

/** The line ends of RFC 4180, and the same number of cells in every line. */
function expectRfc4180(csv: string): void {
  expect(csv.endsWith('\r\n')).toBe(true);
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const widths = new Set(csvParseRows(csv).map((row) => row.length));
  expect(widths.size).toBe(1);
}

describe('facts.csv', () => {
  const csv = factsCsv(data, english);
  const rows = csvParse(csv);

  test('is a CSV by RFC 4180', () => {
    expectRfc4180(csv);
  });

  test('reads back to the facts, one row each', () => {
    expect(rows.map(({ id }) => id)).toEqual(facts.map(({ id }) => id));
    for (const [i, fact] of facts.entries()) {
      const row = rows[i];
      expect(row).toMatchObject({ kind: fact.kind, what: english.names[fact.id] });
      if (fact.kind === 'list') expect(row?.['items']?.split(' | ')).toEqual(fact.items);
      if (fact.kind === 'claim') expect(row).toMatchObject({ opinion: String(fact.opinion), translated: String(fact.translated) });
      if (fact.kind === 'derived') {
        expect(row).toMatchObject({ formula: fact.formula, inputs: fact.inputs.join(' | '), speaker: '' });
        continue;
      }
      expect(row).toMatchObject({ counts: fact.counts, excludes: fact.excludes ?? '', speaker: fact.speaker, conflicts: fact.conflicts.join(' | ') });
      for (const [column, key] of Object.entries({ publishers: 'publisher', urls: 'url', excerpts: 'excerpt' } as const))
        expect(row?.[column]?.split(' | ')).toEqual(fact.citations.map((citation) => citation[key]));
    }
  });

  test('no number stands without its bound and unit, and each is said in words', () => {
    for (const row of rows) {
      const number = Boolean(row['value'] || row['low'] || row['high']);
      expect([Boolean(row['bound']), Boolean(row['unit'])]).toEqual([number, number]);
      expect(Boolean(row['in_words'])).toBe(number || row['kind'] === 'date');
    }
  });

  test('the chain goes from hand to hand to the articles', () => {
    const chain = [{ from: ['Paper', 'Agency'], carriers: ['abc-news', 'petapixel'] }];
    const row = csvParse(factsCsv(edited(data, 'facts.maskpark-users.chain', chain), english)).find(({ id }) => id === 'maskpark-users');
    const publishers = ['abc-news', 'petapixel'].map((article) => data.articles[article]?.publisher);
    expect(row?.['chain']).toBe(`Paper > Agency > ${publishers.join(', ')}`);
  });

  test('marks, commas and line ends in a text read back as they were', () => {
    const nasty = 'a "b", ‘c’;\nd\r\ne | f, "g"';
    const changed = csvParse(factsCsv(edited(data, 'facts.maskpark-users.counts', nasty), english));
    expect(changed.find(({ id }) => id === 'maskpark-users')?.['counts']).toBe(nasty);
    expect(changed).toHaveLength(rows.length);
  });

  test.each(['=1+1', '+1', '-1', '@sum', '\tx', '＝1'])('a text that a spreadsheet would run stops the build: %j', (text) => {
    expect(() => factsCsv(edited(data, 'facts.maskpark-users.counts', text), english)).toThrow('counts: expected words that no spreadsheet');
  });

  test('a value that would read back as two stops the build', () => {
    expect(() => factsCsv(edited(data, 'facts.filmed-places.items.0', 'one | two'), english)).toThrow('items: expected a value without "|"');
  });
});

describe('the table of each chart', () => {
  test.each(Object.values(CHARTS))('$id reads back to the rows that the page prints', (chart) => {
    const table = tableOf(chart, data, english);
    const csv = chartCsv(table);
    expectRfc4180(csv);
    const rows = csvParse(csv);
    expect(rows.map(({ id, what, in_words, speaker, printed_in, formula }) => ({ id, what, in_words, speaker, printed_in, formula }))).toEqual(
      table.map((row) => ({
        id: row.id,
        what: row.what,
        in_words: row.described.text ?? '',
        speaker: row.speaker,
        printed_in: row.carriers,
        formula: row.formula ?? '',
      })),
    );
    for (const [i, { described }] of table.entries()) {
      const row = rows[i];
      const cells = [row?.['value'], row?.['date'], `${row?.['low']}/${row?.['high']}`, `${row?.['date']}/${row?.['until']}`];
      expect(cells).toContain(described.value ?? '');
    }
  });

  test('there is one for each, beside what says what its columns mean', () => {
    expect(Object.keys(CHARTS).map(chartCsvPath)).toEqual(Object.keys(CHARTS).map((id) => `charts/${id}.csv`));
    expect(DOWNLOADS.chartsMetadata).toBe('charts/csv-metadata.json');
    expect(DOWNLOADS.metadata).toBe(`${DOWNLOADS.table}-metadata.json`);
  });
});

describe('CSV on the Web', () => {
  const metadata = factsCsvMetadata(data, english);
  const csv = factsCsv(data, english);

  test('facts.csv is what its metadata says, and another reader finds the same rows', async () => {
    expect(await faultsOfCsvw(metadata, 'facts.csv', csv)).toEqual([]);
  });

  test.each(Object.values(CHARTS))('so is the table of $id', async (chart) => {
    expect(await faultsOfCsvw(chartsCsvMetadata(data, english), `${chart.id}.csv`, chartCsv(tableOf(chart, data, english)))).toEqual([]);
  });

  test.each([
    ['a word that the vocabulary has not', 'tableSchema.columns.0.titel', 'id'],
    ['a title that is not in the header', 'tableSchema.columns.0.titles', 'ident'],
    ['a data type that the cells are not of', 'tableSchema.columns.1.datatype', 'number'],
    ['a data type that does not exist', 'tableSchema.columns.1.datatype', 'digits'],
    ['a name that begins with an underscore', 'tableSchema.columns.0.name', '_id'],
    ['two columns of one name', 'tableSchema.columns.1.name', 'id'],
    ['a key that is no column', 'tableSchema.primaryKey', 'key'],
    ['a table of another name', 'url', 'fact.csv'],
    ['no table', 'url', undefined],
    ['a context of our own', '@context.0', 'https://schema.org'],
    ['a column too few', 'tableSchema.columns.3', undefined],
  ])('%s is seen', async (_, path, value) => {
    const faults = await faultsOfCsvw(JSON.stringify(edited<unknown>(JSON.parse(metadata), path, value)), 'facts.csv', csv);
    expect(faults).not.toEqual([]);
  });

  test.each([
    ['an empty cell where one is required', /^maskpark-users,/m, ','],
    ['a row that stands twice', /^(maskpark-users,.*\r\n)/m, '$1$1'],
    ['a number in words', /(figure,)\d+/, '$1many'],
    ['a date that is none', /(,date,(?:,*))\d{4}-/, '$1July-'],
  ])('%s is seen', async (_, from, to) => {
    expect(csv).toMatch(from);
    expect(await faultsOfCsvw(metadata, 'facts.csv', csv.replace(from, to))).not.toEqual([]);
  });
});

describe('a correction in data', () => {
  const moved = (after: Readonly<Record<string, string>>) => Object.keys(files).filter((name) => files[name] !== after[name]);
  const rowOf = (csv: string | undefined, id: string) => csvParse(csv ?? '').find((row) => row['id'] === id);

  test('of a number moves its rows, the words about it, its figure in the linked data, and no other chart', () => {
    const before = data.facts['weibo-views-270m'];
    if (before?.kind !== 'figure') throw new Error('no figure');
    const value = before.value + 10_000_000;
    const { files: after, data: changed, content } = corrected('facts.weibo-views-270m.value', value);
    // The timeline tells the event with its figure.
    expect(moved(after)).toEqual([DOWNLOADS.facts, DOWNLOADS.table, DOWNLOADS.chartsMetadata, 'charts/views.csv', 'charts/timeline.csv', 'linked-data']);
    const fact = changed.facts['weibo-views-270m'];
    for (const csv of [after[DOWNLOADS.table], after['charts/views.csv']])
      expect(rowOf(csv, 'weibo-views-270m')).toMatchObject({ value: String(value), in_words: fact && describeFact(fact, content.language).text });
    expect(after['linked-data']).toContain(`:${value},`);
    expect(files['linked-data']).not.toContain(`:${value},`);
  });

  test('of a date moves the facts and the timeline', () => {
    const { files: after, data: changed } = corrected('facts.d-tuesday-270m.date', '2025-06-17');
    expect(moved(after)).toEqual(expect.arrayContaining([DOWNLOADS.facts, DOWNLOADS.table, 'charts/timeline.csv', 'linked-data']));
    const fact = changed.facts['d-tuesday-270m'];
    expect(rowOf(after['charts/timeline.csv'], 'd-tuesday-270m')).toMatchObject({ date: fact && describeFact(fact, english.language).value });
    expect(moved(after)).not.toContain('charts/penalties.csv');
  });

  test('of the sentence moves the days that we worked out, with their sum', () => {
    const { files: after } = corrected('facts.nth-room-sentence.value', 20);
    for (const csv of [after[DOWNLOADS.table], after['charts/penalties.csv']])
      expect(rowOf(csv, 'nth-room-sentence-days')).toMatchObject({ value: '7305', low: '7305', high: '7305', formula: '20 × 365.25 = 7305' });
    expect(moved(after)).toContain('linked-data');
  });

  test('of who said it moves the facts and the table', () => {
    const { files: after } = corrected('facts.weibo-views-270m.speaker', 'Somebody else');
    expect(moved(after)).toEqual([DOWNLOADS.facts, DOWNLOADS.table, 'charts/views.csv']);
  });

  test('of a publisher’s name moves whatever cites it', () => {
    const { files: after } = corrected('articles.abc-news.publisher', 'Another name');
    expect(moved(after)).toEqual(expect.arrayContaining([DOWNLOADS.facts, DOWNLOADS.table, 'charts/members.csv', 'linked-data']));
  });

  test('of the day of the data moves all that prints it', () => {
    const { files: after } = corrected('edition.updated', '2039-01-02');
    expect(moved(after)).toEqual([DOWNLOADS.facts, DOWNLOADS.metadata, DOWNLOADS.chartsMetadata, 'linked-data', 'citation', 'bibtex']);
  });

  test('the same data and words give the same bytes', () => {
    expect(published(structuredClone(data), structuredClone(english))).toEqual(files);
  });
});
