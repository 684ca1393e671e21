/** Every fact in every output: text, machine value, bounds and "inferred" are those that describeFact gives, and no output leaves one out. */
import { load, type CheerioAPI } from 'cheerio';
import { csvParse } from 'd3';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import { site } from '#build/site.ts';
import { needsOf } from '#charts/needs.ts';
import { CHARTS } from '#charts/registry.ts';
import EmbedChart from '#components/EmbedChart.svelte';
import Cards from '#components/Cards.svelte';
import Ledger from '#components/Ledger.svelte';
import { parseContent, type Content } from '#content/schema.ts';
import { chartViewOf, figuresOf, tableOf } from '#edition/chartView.ts';
import { citationOf } from '#edition/citation.ts';
import { entriesOf } from '#edition/entries.ts';
import { DERIVED_IDS } from '#evidence/derived.ts';
import { describeDate, describeFact, FORMS, type Description, type Form } from '#evidence/describeFact.ts';
import { factOf, type FactId } from '#evidence/facts.ts';
import { filled } from '#evidence/format.ts';
import { parseProse, textOf } from '#evidence/prose.ts';
import type { Data, Fact } from '#evidence/schema.ts';
import { chartCsv, factsCsv } from '#pages/downloads.ts';
import { jsonLd } from '#pages/jsonLd.ts';
import { factsJson } from '#pages/publishedFacts.ts';
import { project } from '../fixtures/unit-project.ts';
import { PLACE } from '../fixtures/unit-published.ts';

/** What was inferred becomes stated, and what was stated inferred, all of it or every second: an output that marks by habit, or not at all, is seen. */
function turned(data: Data, step: 1 | 2): Data {
  const inferred = { part: 'date', reason: 'from what stands beside it' } as const;
  const turn = <One extends Fact | Data['articles'][string]>(one: One): One =>
    'kind' in one && one.kind === 'scale-mark' ? one : 'inferred' in one ? { ...one, inferred: undefined } : { ...one, inferred };
  const each = <One extends Fact | Data['articles'][string]>(all: Readonly<Record<string, One>>) =>
    Object.fromEntries(Object.entries(all).map(([id, one], i) => [id, i % step ? one : turn(one)]));
  return { ...data, articles: each(data.articles), facts: each(data.facts) };
}

const raw = project.contents['en'];
if (!raw) throw new Error('no English content');
const withWords = (name: string, data: Data) => ({ name, data, content: parseContent('en', raw, data) });
const DATA = [withWords('as data has it', project.data), withWords('with stated and inferred turned round', turned(project.data, 1))];

const ids = [...Object.keys(project.data.facts).filter((id) => project.data.facts[id]?.kind !== 'scale-mark'), ...DERIVED_IDS] as FactId[];
const capitalised = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A description as the outputs with columns print it: nothing is an empty cell. */
function cellsOf({ kind, text, value, bounds, bound, unit, inferred }: Description): Record<string, string> {
  const [date = '', until = ''] = kind === 'date' ? value.split('/') : [];
  const [number, low, high] = [bounds.value, bounds.low, bounds.high].map((edge) => String(edge ?? ''));
  const cells = { in_words: text ?? '', value: number, low, high, bound: bound ?? '', unit: unit ?? '', date, until };
  return { ...cells, inferred_part: inferred?.part ?? '', inferred_reason: inferred?.reason ?? '' } as Record<string, string>;
}

/** What an element that names a fact says of it. */
function printed(page: CheerioAPI, selector: string): { text: string; value: string | undefined } {
  const element = page(selector).first();
  return { text: element.text(), value: element.attr('value') ?? element.attr('datetime') };
}

/** A chart of every fact. */
const members = CHARTS['members'] ?? missing('chart');
/** A chart that needs every fact. */
const whole = { ...needsOf(members), figures: ids as FactId[], claims: [] };

function missing(what: string): never {
  throw new Error(`no ${what}`);
}

describe.each(DATA)('$name', ({ data, content }) => {
  const { language, names, evidence } = content;
  const of = (id: string, forms?: Form[]) => describeFact(factOf(data, id), language, forms);
  const each = ids.map((id) => [id, of(id)] as const);
  const entries = entriesOf(data, content);
  const rows = tableOf(members, data, content, whole);
  const note = ({ inferred }: Description) => (inferred ? filled(evidence.card.inferred, inferred) : null);
  const expected = ({ text, value }: Description, id: string, shown = (words: string) => words) =>
    text === null ? { text: names[id], value: undefined } : { text: shown(text), value };
  const linked = JSON.parse(jsonLd(data, content, PLACE)) as { '@graph': [{ citation: object[] }, { variableMeasured: { propertyID: string }[] }] };

  test('an inferred date is described as one, with the language’s own words', () => {
    const dates = each.filter(([, { kind }]) => kind === 'date');
    expect(new Set(dates.map(([, { inferred }]) => inferred !== null)).size).toBe(2);
    for (const [id, { text, inferred }] of dates) {
      const fact = data.facts[id];
      if (fact?.kind !== 'date') throw new Error(`no date ${id}`);
      const plain = describeDate({ date: fact.date, until: fact.until }, language).text;
      const { wording } = language;
      // Where the month was printed, only the year is marked.
      const mark = inferred?.part === 'year' && fact.date.length > 4 ? wording.yearInferred : wording.inferred;
      expect(text, id).toBe(inferred ? filled(mark, { date: plain }) : plain);
      expect(inferred, id).toEqual(fact.inferred ?? null);
    }
  });

  test('a bound is an edge, and what is not known is none', () => {
    for (const [id, { kind, bound, bounds }] of each) {
      const { value, low, high } = bounds;
      const edges = [low, high];
      if (bound === 'more-than' || bound === 'at-least') expect(edges, id).toEqual([value, null]);
      else if (bound === 'up-to' || bound === 'as-many-as') expect(edges, id).toEqual([null, value]);
      else if (bound === 'exactly') expect(edges, id).toEqual([value, value]);
      else if (bound === 'in-words') expect(value, id).toBeNull();
      // Fewer than 1 in so many is no number of things.
      else if (bound === 'fewer-than-one-in') expect(edges, id).toEqual([null, null]);
      else if (kind !== 'figure') expect([value, ...edges], id).toEqual([null, null, null]);
    }
  });

  test('cards', () => {
    const cards = load(render(Cards, { props: { content, entries, charts: [], ledger: '', told: [] } }).body);
    for (const [id, described] of each) {
      const card = load(cards(`template[id="card-${id}"]`).html() ?? '');
      expect(printed(card, `h2 [data-fact]`), id).toEqual(expected(described, id, capitalised));
      for (const printing of card('.printing').toArray()) {
        const article = Object.values(data.articles).find(({ url }) => url === card(printing).find('a').attr('href'));
        expect(printed(load(card.html(printing)), 'time'), id).toEqual(describeDate(article ?? missing('article'), language));
      }
      expect(
        card('dd')
          .toArray()
          .map((one) => card(one).text())
          .filter((text) => text === note(described)),
        id,
      ).toHaveLength(described.inferred ? 1 : 0);
    }
  });

  test('the ledger, with the lists of what each picture draws', () => {
    const charts = [{ id: 'members', facts: entries }];
    const page = load(render(Ledger, { props: { content, data, entries, charts, story: '../' } }).body);
    for (const [id, described] of each) {
      const entry = `.entry[id="${id}"]`;
      expect(printed(page, `${entry} h3 [data-fact]`), id).toEqual(expected(described, id, capitalised));
      expect(
        page(`${entry} dd`)
          .toArray()
          .some((one) => page(one).text() === note(described)),
        id,
      ).toBe(described.inferred !== null);
      expect(page(`.of-chart a[href="#${id}"]`).text(), id).toBe(expected(described, id, capitalised).text);
    }
  });

  test('tables', () => {
    const [passage = missing('passage')] = content.story.scenes.flatMap(({ passages }) => passages);
    const view = chartViewOf(CHARTS[passage.chart] ?? missing('chart'), data, content);
    const page = load(render(EmbedChart, { props: { content, passage, view, rows, ledger: '' } }).body);
    for (const [id, described] of each) {
      const inWords = { text: content.interface['table-in-words'], value: undefined };
      expect(printed(page, `td [data-fact="${id}"]`), id).toEqual(described.text === null ? inWords : expected(described, id));
    }
  });

  test.each([
    ['facts.csv', () => factsCsv(data, content)],
    ['the table of a chart as CSV', () => chartCsv(rows)],
  ])('%s', (_, csv) => {
    const found = csvParse(csv());
    expect(found.map(({ id }) => id)).toEqual(ids);
    for (const [i, [id, described]] of each.entries()) expect(found[i], id).toMatchObject(cellsOf(described));
  });

  test('facts.json', () => {
    const { facts } = JSON.parse(factsJson(data)) as { facts: Record<string, unknown>[] };
    for (const [i, [id, { kind, value, bounds, bound, unit, inferred }]] of each.entries()) {
      const { low, high } = bounds;
      const fact = facts[i];
      expect(fact, id).toMatchObject({ id, ...(kind !== 'derived' && { inferred }) });
      if (kind === 'figure' || kind === 'band') expect(fact, id).toMatchObject({ interval: { low, high } });
      if (bound !== null) expect(fact, id).toMatchObject({ bound, unit, ...(bounds.value !== null && { value: bounds.value }) });
      if (kind === 'date') expect([fact?.['date'], fact?.['until']].filter(Boolean).join('/'), id).toBe(value);
    }
  });

  test('linked data: each figure and date, and no inferred date as one that was stated', () => {
    const measured = linked['@graph'][1].variableMeasured;
    const figures = each.filter(([, { text }]) => text !== null);
    expect(measured.map(({ propertyID }) => propertyID)).toEqual(figures.map(([id]) => id));
    for (const [i, [id, described]] of figures.entries()) {
      const { kind, text, value, bounds, bound, inferred } = described;
      const { low, high } = bounds;
      const known = kind === 'derived' || (low !== null && high !== null) ? (bounds.value ?? undefined) : undefined;
      const wanted = kind === 'date' ? (inferred ? undefined : value) : bound === 'fewer-than-one-in' ? text : known;
      const edges = kind === 'derived' ? {} : { ...(low !== null && { minValue: low }), ...(high !== null && { maxValue: high }) };
      const { '@type': type, name, unitText, ...rest } = { '@type': '', name: '', unitText: '', ...measured[i] };
      expect([type, name, bound === 'fewer-than-one-in' ? '' : (described.unit ?? '')], id).toEqual(['PropertyValue', names[id], unitText]);
      const how = inferred ? { measurementTechnique: note(described) } : {};
      expect(rest, id).toEqual({ propertyID: id, description: text, ...(wanted !== undefined && { value: wanted }), ...edges, ...how });
    }
  });

  test('linked data: an article has the day that it states, and no other', () => {
    for (const [i, { date, inferred }] of Object.values(data.articles).entries())
      expect({ datePublished: undefined, ...linked['@graph'][0].citation[i] }).toMatchObject({ datePublished: inferred ? undefined : date });
  });

  test('prose, in every form that a token can ask for', () => {
    for (const id of ids)
      for (const form of FORMS) {
        const described = described_(id, form);
        if (described === null) continue;
        const [segment] = parseProse(`{${id}|${form}}`, data, language);
        expect(segment, `${id}|${form}`).toMatchObject({ id, text: described.text, value: described.value });
      }
    function described_(id: string, form: Form): Description | null {
      try {
        return of(id, [form]).text === null ? null : of(id, [form]);
      } catch {
        return null;
      }
    }
  });

  test('charts: what they draw, and how they mark a date', () => {
    const numbers = each.filter(([, { unit }]) => unit !== null);
    const figures = figuresOf(
      numbers.map(([id]) => id),
      data,
      content,
    );
    expect(figures).toEqual(Object.fromEntries(numbers.map(([id, { bounds }]) => [id, bounds])));
    const timeline = CHARTS['timeline'] ?? missing('timeline');
    const { events, words } = chartViewOf(timeline, data, content);
    const table = tableOf(timeline, data, content);
    expect(events).toHaveLength(Object.keys(data.events).length);
    for (const [i, { id, inferred }] of events.entries()) {
      const date = of(data.events[id]?.date ?? '');
      expect([inferred, table[i]?.described], id).toEqual([date.inferred !== null, date]);
      const marks = [language.wording.inferred, language.wording.yearInferred].map((mark) => filled(mark, { date: '' }).trim());
      expect(
        marks.some((mark) => (words[`${id}-date`] ?? '').includes(mark)),
        id,
      ).toBe(inferred);
    }
  });

  test('citation and BibTeX have the day of the data, which is ours', () => {
    const { text } = describeDate({ date: data.edition.updated }, language);
    const citation = citationOf('timeline', data, content, '');
    expect([citation.text.includes(text), citation.bibtex.includes(text)]).toEqual([true, true]);
  });
});

describe('the built site', () => {
  const { data, content } = withWords('', turned(project.data, 2));
  const files = site(data, { en: raw }, undefined, { origin: null, pictures: false });

  test('wherever a page names a fact’s figure or date, it stands as it is described', () => {
    const texts = new Map([...ids, ...Object.keys(data.facts)].map((id) => [id, textsOf(id, data, content)]));
    let seen = 0;
    const wrong: string[] = [];
    // What stands under a language's own address is the same again.
    for (const [path, file] of files) {
      if (!path.endsWith('.html') || path.startsWith('en/')) continue;
      const whole = load(file.toString());
      for (const page of [
        whole,
        ...whole('template')
          .toArray()
          .map((one) => load(whole(one).html() ?? '')),
      ])
        for (const element of page('data[data-fact], time[data-fact]').toArray()) {
          const id = element.attribs['data-fact'] ?? '';
          const text = page(element).text();
          if (!texts.get(id)?.includes(text)) wrong.push(`${path}: ${id}: ${text}`);
          seen += 1;
        }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(1000);
  });

  test('the picture of each chart, and what links to it, say its dates as they are described', () => {
    for (const { id } of Object.values(CHARTS)) {
      const svg = load(files.get(`charts/${id}.svg`)?.toString() ?? '', { xml: true });
      const words = svg('tspan')
        .toArray()
        .map((one) => svg(one).text())
        .join(' ');
      expect(words, id).toContain(textOf(content.charts[id]?.caption ?? []));
      for (const segment of content.charts[id]?.caption ?? []) if ('value' in segment) expect(textsOf(segment.id, data, content)).toContain(segment.text);
    }
  });

  test('the list of articles marks the days that are inferred', () => {
    const page = load(files.get('index.html')?.toString() ?? '');
    const dates = page('.articles li span')
      .toArray()
      .map((one) => page(one).text());
    expect(dates).toEqual(
      Object.values(data.articles).map((article) => filled(content.interface.published, { date: describeDate(article, content.language).text })),
    );
  });
});

/** Every text that a fact may stand as: in each form, at the beginning of a sentence or in it. */
function textsOf(id: string, data: Data, { language }: Content): string[] {
  return [[], ['full'] as const, ...FORMS.map((form) => [form])].flatMap((forms) =>
    [forms, [...forms, 'capital'] as const].flatMap((all) => {
      try {
        return describeFact(factOf(data, id), language, all).text ?? [];
      } catch {
        // The form does not suit this fact.
        return [];
      }
    }),
  );
}
