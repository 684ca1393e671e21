/** How a chart is cited. */
import { describe, expect, test } from 'vitest';
import { CHARTS } from '#charts/registry.ts';
import { describeDate } from '#evidence/describeFact.ts';
import { citationOf } from '#edition/citation.ts';
import { edited } from '../fixtures/unit-data.ts';
import { english, project } from '../fixtures/unit-project.ts';

const data = edited(project.data, 'edition.updated', '2039-03-04');
const ADDRESS = 'https://room.example/#members';

/** A BibTeX entry taken apart as BibTeX does: fields by name, one pair of braces off. Throws where it would not parse. */
function parseBibtex(source: string): Record<string, string> {
  const entry = /^@(?<type>[a-z]+)\{(?<key>[^\s{},%#"~]+),\n(?<body>(?: {2}[a-z]+ = .+,\n)+)\}\n$/.exec(source)?.groups;
  if (!entry) throw new Error('no BibTeX entry');
  const fields: Record<string, string> = { type: entry['type'] ?? '', key: entry['key'] ?? '' };
  for (const [, name = '', value = ''] of (entry['body'] ?? '').matchAll(/^ {2}([a-z]+) = (.+),$/gm)) {
    let depth = 0;
    for (const [i, sign] of [...value].entries()) {
      depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
      if (depth < 0 || (depth === 0 && value.startsWith('{') && i < value.length - 1)) throw new Error(`${name}: braces do not match`);
    }
    if (depth !== 0) throw new Error(`${name}: braces do not match`);
    if (name in fields) throw new Error(`${name} stands twice`);
    fields[name] = value.startsWith('{') ? value.slice(1, -1) : value;
  }
  return fields;
}

describe('a citation', () => {
  test.each(Object.keys(CHARTS))('of %s names the picture, the project, the day of the data and the address', (chart) => {
    const { text, bibtex } = citationOf(chart, data, english, ADDRESS);
    for (const part of [english.charts[chart]?.title ?? '', english.story.title, describeDate({ date: '2039-03-04' }, english.language).text, ADDRESS]) {
      expect(part).not.toBe('');
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/[{}]/);
    expect(parseBibtex(bibtex)).toMatchObject({
      type: 'misc',
      author: `{${english.story.title}}`,
      title: `{${english.charts[chart]?.title}}`,
      year: '2039',
      month: 'mar',
      url: ADDRESS,
    });
  });

  test('has a key of its own for each picture', () => {
    const keys = Object.keys(CHARTS).map((chart) => parseBibtex(citationOf(chart, data, english, ADDRESS).bibtex)['key']);
    expect(new Set(keys).size).toBe(Object.keys(CHARTS).length);
    const other = edited(english, 'story.title', '部屋の大きさ');
    expect(parseBibtex(citationOf('members', data, other, ADDRESS).bibtex)['key']).toBe('members');
  });

  test('says the day in the language that it is in', () => {
    const german = edited(english, 'language.locale', 'de-DE');
    expect(citationOf('members', data, german, ADDRESS).text).toContain('4. März 2039');
    expect(parseBibtex(citationOf('members', data, german, ADDRESS).bibtex)['note']).toContain('4. März 2039');
  });

  test('signs that LaTeX obeys are made plain', () => {
    const nasty = edited(english, 'charts.members.title', '50 % & $ # _ { ~ ^ \\ and }{');
    expect(parseBibtex(citationOf('members', data, nasty, ADDRESS).bibtex)['title']).toBe(
      '{50 \\% \\& \\$ \\# \\_ \\textbraceleft{} \\textasciitilde{} \\textasciicircum{} \\textbackslash{} and \\textbraceright{}\\textbraceleft{}}',
    );
  });

  test('a place or a pattern in a title is printed, not filled', () => {
    const nasty = edited(english, 'charts.members.title', 'The {date} of $& rooms');
    expect(citationOf('members', data, nasty, ADDRESS).text).toContain('The {date} of $& rooms');
  });

  test('a chart without words is a fault', () => {
    expect(() => citationOf('nothing', data, english, ADDRESS)).toThrow('nothing');
  });

  test.each(['@misc{a b,\n  title = {x},\n}\n', '@misc{a,\n  title = {x}},\n}\n', '@misc{a,\n  title = {{x},\n}\n', '@misc{a,\n}\n'])(
    'a broken entry would be seen: %j',
    (entry) => {
      expect(() => parseBibtex(entry)).toThrow();
    },
  );
});
