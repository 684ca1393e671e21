/** Trust in the build: a value that changes in data/ changes everywhere it is printed, with no other edit. */
import { load, type CheerioAPI } from 'cheerio';
import { csvParse } from 'd3';
import { describe, expect, test } from 'vitest';
import type { Data } from '#evidence/schema.ts';
import { describeFact } from '#evidence/describeFact.ts';
import { site } from '#build/site.ts';
import { edited } from '../../fixtures/unit-data.ts';
import { english, project } from '../../fixtures/unit-project.ts';

type Files = ReadonlyMap<string, string | Uint8Array>;

const { data, contents } = project;
const before = site(data, contents);

function textOf(files: Files, path: string): string {
  const file = files.get(path);
  if (typeof file !== 'string') throw new Error(`no ${path}`);
  return file;
}

/** How a fact is printed, in small letters: sentences begin it with a capital. */
function printed(facts: Data['facts'], id: string): string {
  const fact = facts[id];
  if (!fact) throw new Error(`no fact ${id}`);
  return (describeFact(fact, english.language, []).text ?? '').toLowerCase();
}

/** The text of some elements, in small letters. */
const read = (page: CheerioAPI, selector: string) => page(selector).text().toLowerCase();

/** What a card holds before it is opened. */
function cardOf(cards: string, id: string): string {
  return cards.split(`<template id="card-${id}">`)[1]?.split('</template>')[0] ?? '';
}

/** Every place that prints a fact, by name, with what stands there: each must hold the fact as it is now. */
function places(files: Files, id: string, { chart, step }: { chart: string; step: string }): Record<string, string> {
  const story = load(textOf(files, 'index.html'));
  const ledger = load(textOf(files, 'evidence/index.html'));
  const linked: unknown = JSON.parse(ledger('script[type="application/ld+json"]').text());
  // What we say of it: the columns that quote the articles keep what was printed.
  const row = (path: string) => JSON.stringify(csvParse(textOf(files, path)).flatMap((one) => (one['id'] === id ? [one['in_words'], one['value']] : [])));
  return {
    prose: read(story, `[id="${step}"] p:not(.visually-hidden), [id="${step}"] h3`),
    alternative: read(story, `[id="${step}"] .visually-hidden`),
    picture: (story(`.island[data-chart="${chart}"]`).attr('data-view') ?? '').toLowerCase(),
    table: read(story, `.passage[data-of=${chart}] table [data-fact="${id}"]`),
    card: read(load(cardOf(textOf(files, 'cards.html'), id)), 'h2'),
    ledger: read(ledger, `.entry[id="${id}"] h3`),
    'linked data': JSON.stringify(linked).toLowerCase(),
    'facts.csv': row('data/facts.csv').toLowerCase(),
    'chart.csv': row(`charts/${chart}.csv`).toLowerCase(),
    'facts.json': JSON.stringify((JSON.parse(textOf(files, 'data/facts.json')) as { facts: { id: string }[] }).facts.filter((one) => one.id === id)),
  };
}

describe('a changed value', () => {
  test.each([
    ['a lower bound', 'maskpark-users', 'value', 123_457, 'members', 'maskpark', 'members'],
    ['an upper bound', 'detention-10-days', 'value', 12, 'penalties', 'ten-days', 'penalties'],
    ['an exact number', 'nth-room-sentence', 'value', 44, 'comparison', 'ended', 'penalties'],
    ['an upper bound of members', 'other-subforums-900k', 'value', 876_543, 'members', 'others', 'members'],
  ])('%s reaches every page, file and picture', (_, id, key, value, chart, step, pictured) => {
    const changed = edited(data, `facts.${id}.${key}`, value);
    const after = site(changed, contents);
    const [old, now] = [printed(data.facts, id), printed(changed.facts, id)];
    expect(now).not.toBe(old);
    const [was, is] = [places(before, id, { chart, step }), places(after, id, { chart, step })];
    for (const [place, text] of Object.entries(is)) {
      const machine = ['facts.json', 'linked data'].includes(place);
      expect(text, `${place} holds the new value`).toContain(machine ? String(value) : now);
      expect(was[place], `${place} held the old value`).toContain(machine ? String(numberOf(id)) : old);
      if (!machine) expect(text, `${place} holds nothing old`).not.toContain(old);
    }
    // A picture to take away shows the step that stands for its chart: the one that has the number.
    for (const path of [`charts/${pictured}.svg`, `charts/${pictured}.png`]) {
      expect(after.get(path), path).toBeDefined();
      expect(after.get(path), `${path} is drawn anew`).not.toEqual(before.get(path));
    }
  });

  test('a date reaches every page and file', () => {
    const changed = edited(data, 'facts.d-tuesday-270m.date', '2025-06-17');
    const after = site(changed, contents);
    for (const path of ['index.html', 'evidence/index.html', 'data/facts.json', 'data/facts.csv']) {
      expect(textOf(before, path)).not.toContain('2025-06-17');
      expect(textOf(after, path), path).toContain('2025-06-17');
    }
    expect(after.get('charts/views.png')).not.toEqual(before.get('charts/views.png'));
  });

  test('leaves alone what it does not touch', () => {
    const after = site(edited(data, 'facts.weibo-views-270m.value', 280_000_000), contents);
    const changed = [...after.keys()].filter((path) => JSON.stringify(after.get(path)) !== JSON.stringify(before.get(path)));
    expect(changed.filter((path) => path.includes('charts/penalties') || path.includes('charts/paths'))).toEqual([]);
    expect(changed).toContain('charts/views.csv');
  });
});

function numberOf(id: string): number {
  const fact = data.facts[id];
  if (fact?.kind !== 'figure') throw new Error(`no number ${id}`);
  return fact.value;
}
