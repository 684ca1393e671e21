/** From facts and content to what a chart takes, and to the table of its numbers. */
import type { Content } from '#content/schema.ts';
import type { Chart, ChartView, Bounds } from '#charts/types.ts';
import { findFact, type FactId } from '#evidence/facts.ts';
import { intervalOfFact } from '#evidence/interval.ts';
import type { Data } from '#evidence/schema.ts';
import { formatFact, machineValue } from '#evidence/format.ts';
import type { TableRow } from './tableRow.ts';

/** What the chart draws from, in this language. */
export function chartViewOf(chart: Chart, data: Data, content: Content): ChartView {
  const text = content.charts[chart.id];
  if (!text) throw new Error(`no words for the chart ${chart.id}`);
  return {
    figures: Object.fromEntries(chart.figures.map((id) => [id, edgesOf(data, id)])),
    words: text.words,
    opens: text.opens,
    events: chart.eventSteps.flatMap((step) =>
      (text.tells?.[step] ?? []).map((id) => {
        const event = data.events[id];
        const date = event && data.facts[event.date];
        if (!event || date?.kind !== 'date') throw new Error(`no event ${id}`);
        const others = Object.values(data.events).map((other) => other.unreconciledWith);
        return { id, lane: event.lane, step, inferred: date.inferred !== undefined, unreconciled: event.unreconciledWith !== undefined || others.includes(id) };
      }),
    ),
    gaps: chart.gaps ? Object.keys(data.gaps) : [],
  };
}

function edgesOf(data: Data, id: FactId): Bounds {
  const fact = findFact(data, id);
  if (fact?.kind === 'derived' || fact?.kind === 'scale-mark') return { value: fact.value, low: fact.value, high: fact.value };
  const interval = fact && intervalOfFact(fact);
  if (!fact || !interval) throw new Error(`${id} is no number`);
  return { value: fact.kind === 'figure' ? fact.value : null, low: interval.low, high: interval.high };
}

/** The table of a chart: each of its facts with its figure, who said it and where it is printed. */
export function tableOf(chart: Chart, data: Data, content: Content): TableRow[] {
  if (chart.eventSteps.length) return eventRows(chart, data, content);
  const language = content.language;
  return [...chart.figures, ...chart.claims].flatMap((id): TableRow[] => {
    const fact = findFact(data, id);
    if (!fact || fact.kind === 'scale-mark') return [];
    const inputs = fact.kind === 'derived' ? fact.inputs : [id];
    const figure =
      fact.kind === 'claim' || fact.kind === 'list'
        ? null
        : { text: formatFact(fact, fact.kind === 'date' || fact.kind === 'derived' ? [] : ['units'], language), value: machineValue(fact) };
    return [{ id, what: content.names[id] ?? id, figure, ...saidBy(inputs, data, content), formula: fact.kind === 'derived' ? fact.formula : null }];
  });
}

function eventRows(chart: Chart, data: Data, content: Content): TableRow[] {
  const words = content.charts[chart.id]?.words ?? {};
  return chartViewOf(chart, data, content).events.map(({ id }) => {
    const event = data.events[id];
    const date = event && data.facts[event.date];
    if (!event || date?.kind !== 'date') throw new Error(`no event ${id}`);
    const inferred = date.inferred !== undefined;
    const text = formatFact(date, [], content.language);
    return {
      id: event.date,
      what: words[id] ?? id,
      figure: { text: inferred ? content.language.wording.inferred.replace('{date}', text) : text, value: machineValue(date) },
      ...saidBy([event.date], data, content),
      formula: null,
    };
  });
}

/** Who said it first, and the publishers that print it, in the order of data/articles.json. */
function saidBy(ids: readonly string[], data: Data, content: Content): { speaker: string; carriers: string } {
  const [speakers, carriers] = [new Set<string>(), new Set<string>()];
  for (const id of ids) {
    const fact = data.facts[id];
    if (!fact || fact.kind === 'scale-mark') continue;
    speakers.add(fact.speaker);
    for (const { carriers: names } of fact.chain) for (const name of names) carriers.add(name);
  }
  const list = new Intl.ListFormat(content.language.locale, { type: 'unit', style: 'short' });
  const publishers = Object.entries(data.articles).flatMap(([id, { publisher }]) => (carriers.has(id) ? [publisher] : []));
  return { speaker: list.format(speakers), carriers: list.format(publishers) };
}
