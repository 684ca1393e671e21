/** From facts and content to what a chart takes, and to the table of its numbers. */
import type { Content } from '#content/schema.ts';
import type { Chart, ChartView, EventView } from '#charts/types.ts';
import { needsOf } from '#charts/needs.ts';
import { describeFact } from '#evidence/describeFact.ts';
import { factOf } from '#evidence/facts.ts';
import type { Bounds } from '#evidence/interval.ts';
import type { Data } from '#evidence/schema.ts';
import type { TableGap, TableRow } from './tableRow.ts';

/** What the chart draws from, in this language. */
export function chartViewOf(chart: Chart, data: Data, content: Content): ChartView {
  const text = content.charts[chart.id];
  if (!text) throw new Error(`no words for the chart ${chart.id}`);
  const { figures, eventSteps, gaps } = needsOf(chart);
  return {
    figures: figuresOf(figures, data, content),
    words: text.words,
    opens: text.opens,
    events: eventSteps.flatMap((step) => (text.tells?.[step] ?? []).map((id) => eventOf(id, step, data, content))),
    gaps: gaps ? Object.keys(data.gaps) : [],
  };
}

/** The bounds of figures, by their ids. Throws where a fact is no number. */
export function figuresOf(ids: readonly string[], data: Data, content: Content): Record<string, Bounds> {
  return Object.fromEntries(ids.map((id) => [id, numberOf(id, data, content)]));
}

function numberOf(id: string, data: Data, { language }: Content): Bounds {
  const { bounds, unit, kind } = describeFact(factOf(data, id), language);
  if (unit === null && kind !== 'scale-mark') throw new Error(`${id} is no number`);
  return bounds;
}

function eventOf(id: string, step: string, data: Data, { language }: Content): EventView {
  const event = data.events[id];
  if (!event) throw new Error(`no event ${id}`);
  const { inferred } = describeFact(factOf(data, event.date), language);
  const others = Object.values(data.events).map((other) => other.unreconciledWith);
  return { id, lane: event.lane, step, inferred: inferred !== null, unreconciled: event.unreconciledWith !== undefined || others.includes(id) };
}

/** The table of a chart: each of its facts, or the date of each of its events, with who said it and where it is printed. */
export function tableOf(chart: Chart, data: Data, content: Content, needs = needsOf(chart)): TableRow[] {
  const { words = {}, tells = {} } = content.charts[chart.id] ?? {};
  const { figures, claims, eventSteps } = needs;
  const events = eventSteps.flatMap((step) => tells[step] ?? []);
  const dates = events.map((event) => ({ id: data.events[event]?.date ?? event, what: words[event] ?? event }));
  const facts = [...figures, ...claims].map((id) => ({ id, what: content.names[id] ?? id }));
  return (events.length ? dates : facts).flatMap(({ id, what }): TableRow[] => {
    const fact = factOf(data, id);
    if (fact.kind === 'scale-mark') return [];
    const derived = fact.kind === 'derived' ? fact : null;
    return [
      { id, what, described: describeFact(fact, content.language), ...saidBy(derived?.inputs ?? [id], data, content), formula: derived?.formula ?? null },
    ];
  });
}

/** What a chart draws of what no article says, as rows. */
export function chartGapsOf(chart: Chart, data: Data, content: Content): TableGap[] {
  if (!needsOf(chart).gaps) return [];
  const words = content.charts[chart.id]?.words ?? {};
  return Object.keys(data.gaps).map((id) => ({ id, what: words[id] ?? id, in_words: content.interface['table-not-said'] }));
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
