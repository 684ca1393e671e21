/** Excerpts against the articles they are said to stand in, and the schemas that editors are helped by. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatIssue } from '#evidence/validation.ts';
import { schemaFiles } from '#build/schemas.ts';
import { verifySources } from '#build/verifySources.ts';
import { data, edited, ROOT } from '../fixtures/unit-data.ts';

/** Articles made of nothing but what is cited from them, with other line ends. */
const articles = new Map(
  Object.entries(data.articles).map(([id, { file }]) => {
    const excerpts = Object.values(data.facts).flatMap((fact) =>
      fact.kind === 'scale-mark' ? [] : fact.citations.filter(({ article }) => article === id).map(({ excerpt }) => excerpt),
    );
    return [file, excerpts.map((excerpt) => `Before ${excerpt.replace(' ', '\n  ')} after.`).join('\r\n')];
  }),
);
const read = (file: string) => articles.get(file);
const faultsOf = (changed: typeof data, from = read) => verifySources(changed, from).issues.map(formatIssue);

describe('excerpts', () => {
  test('that stand in their article, whatever its line ends, are counted', () => {
    const { excerpts, facts, issues } = verifySources(data, read);
    expect(issues).toEqual([]);
    expect(facts).toBe(Object.values(data.facts).filter(({ kind }) => kind !== 'scale-mark').length);
    expect(excerpts).toBeGreaterThan(facts);
  });

  test.each([
    ['a word that was changed', 'more than 100,000 anonymous persons'],
    ['a number that was changed', 'more than 100,001 anonymous users'],
    ['a capital', 'More than 100,000 anonymous users'],
    ['a straight quotation mark made round', 'women’s homes and more'],
  ])('%s is found out', (_, excerpt) => {
    expect(faultsOf(edited(data, 'facts.maskpark-users.citations.0.excerpt', excerpt))).toEqual([
      `data/facts.json: maskpark-users.citations.0.excerpt: expected words that stand in ${data.facts['maskpark-users'] && 'citations' in data.facts['maskpark-users'] ? data.facts['maskpark-users'].citations[0]?.article : ''}, found "${excerpt}"`,
    ]);
  });

  test('an excerpt cited from the wrong article is found out', () => {
    expect(faultsOf(edited(data, 'facts.presentation-200-pages.citations.0.article', 'petapixel'))).toHaveLength(1);
  });

  test('no fact rests on the blog alone: it names no source', () => {
    const alone = Object.entries(data.facts).filter(
      ([, fact]) =>
        fact.kind !== 'scale-mark' &&
        [...fact.citations.map(({ article }) => article), ...fact.chain.flatMap(({ carriers }) => carriers)].every((one) => one === 'trendingnn247'),
    );
    expect(alone.map(([id]) => id)).toEqual([]);
  });

  test('an article that is not there is named, and not each of its excerpts', () => {
    const file = data.articles['petapixel']?.file;
    expect(faultsOf(data, (name) => (name === file ? undefined : read(name)))).toEqual([
      `data/articles.json: articles.petapixel.file: expected an article, found no file "${file}"`,
    ]);
  });
});

describe('the schemas that editors use', () => {
  const schemas = schemaFiles(ROOT);

  test.each([...schemas])('%s is what the code checks by: run "npm run schemas" after a change', (path, text) => {
    expect(JSON.parse(readFileSync(join(ROOT, path), 'utf8'))).toEqual(JSON.parse(text));
  });

  test('every file of data and words names its schema, and the schema is there', () => {
    const files = [
      ...['articles', 'facts', 'events', 'gaps', 'help'].map((name) => `data/${name}.json`),
      ...['language', 'story', 'charts', 'names', 'evidence', 'conflicts', 'interface'].map((name) => `src/content/en/${name}.json`),
    ];
    for (const file of files) {
      const value: unknown = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
      const schema = typeof value === 'object' && value !== null && '$schema' in value ? String(value.$schema) : '';
      expect([...schemas.keys()], file).toContain(join(file, '..', schema).replaceAll('\\', '/'));
    }
  });
});
