/** What machines read of the story: valid by schema.org’s own vocabulary, safe in its script, and nothing that data does not say. */
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { CHARTS } from '#charts/registry.ts';
import { chartCsvPath, DOWNLOADS } from '#pages/downloads.ts';
import { jsonLd, type Place } from '#pages/jsonLd.ts';
import { faultsOfLinkedData } from '../fixtures/unit-schema-org.ts';
import { edited } from '../fixtures/unit-data.ts';
import { english, project } from '../fixtures/unit-project.ts';
import { PLACE } from '../fixtures/unit-published.ts';

const { data } = project;
type Node = Record<string, unknown>;

function graphOf(text: string): { article: Node; dataset: Node } {
  const [article, dataset] = (JSON.parse(text) as { '@graph': Node[] })['@graph'];
  if (!article || !dataset) throw new Error('no article or no dataset');
  return { article, dataset };
}
const nodes = (value: unknown) => value as Node[];

const text = jsonLd(data, english, PLACE);
const { article, dataset } = graphOf(text);

describe('by the vocabulary of schema.org', () => {
  const correction = { date: data.edition.updated, was: 'one', now: 'two', why: 'It was read wrongly.' };

  test.each<[string, string]>([
    ['with an origin', text],
    ['without one', jsonLd(data, english, { ...PLACE, origin: null, folder: 'en/evidence/' })],
    ['with a correction', jsonLd(edited(data, 'corrections.first', correction), english, PLACE)],
  ])('it is valid %s', async (_, one) => {
    expect(await faultsOfLinkedData(one)).toEqual([]);
  });

  test.each<[string, string, unknown]>([
    ['a type that does not exist', '@graph.0.@type', 'Explainer'],
    ['a property of another type', '@graph.0.distribution', [{ '@type': 'DataDownload', name: 'x' }]],
    ['a property in no type', '@graph.0.publishes', 'x'],
    ['a value of another type', '@graph.0.publisher', { '@type': 'Dataset', name: 'x' }],
    ['a word for a date', '@graph.0.datePublished', 'November'],
    ['a word for a number', '@graph.1.variableMeasured.0.minValue', 'many'],
    ['a link to nothing', '@graph.0.publisher', { '@id': 'https://nothing.example/' }],
    ['a node without a type', '@graph.1.creator', { name: 'x' }],
    ['another context', '@context', 'https://example.org'],
  ])('%s is seen', async (_, path, value) => {
    const seeded = JSON.stringify(edited<unknown>(JSON.parse(text), path, value));
    expect(await faultsOfLinkedData(seeded).catch((error: unknown) => [String(error)])).not.toEqual([]);
  });
});

describe('the article', () => {
  test('has the title, the description, the language and the days of the edition', () => {
    expect(article).toMatchObject({
      '@type': 'Article',
      headline: english.story.title,
      description: english.story.description,
      inLanguage: english.language.tag,
      datePublished: data.edition.published,
      dateModified: data.edition.updated,
    });
  });

  test('cites each article with publisher and address, and gives no headline that is not established and no date that is inferred', () => {
    const stated = edited(data, 'articles.abc-news.inferred', undefined);
    const cited = nodes(graphOf(jsonLd(stated, english, PLACE)).article['citation']);
    expect(cited.map(({ url }) => url)).toEqual(Object.values(data.articles).map(({ url }) => url));
    for (const [i, { publisher, headline, date, inferred }] of Object.values(stated.articles).entries()) {
      expect(cited[i]).toMatchObject({ publisher: { name: publisher } });
      expect(cited[i]?.['datePublished']).toBe(inferred ? undefined : date);
      expect(cited[i]?.['headline']).toBe(headline ?? undefined);
    }
    expect(nodes(dataset['isBasedOn'])).toEqual(cited.map((one) => ({ '@id': one['@id'] })));
    expect(article['isBasedOn']).toEqual({ '@id': dataset['@id'] });
  });

  test('has no correction before there is one, and then its words and its day', () => {
    const { updated } = data.edition;
    const without = graphOf(jsonLd(edited(data, 'corrections', {}), english, PLACE)).article;
    expect(without).not.toHaveProperty('correction');
    const corrections = { first: { date: updated, fact: 'maskpark-users', was: 'it said {now} $&', now: 'it says two', why: 'It was read wrongly.' } };
    const [comment] = nodes(graphOf(jsonLd(edited(data, 'corrections', corrections), english, PLACE)).article['correction']);
    expect(comment).toMatchObject({ '@type': 'CorrectionComment', datePublished: updated });
    for (const words of ['it said {now} $&', 'it says two', 'It was read wrongly.']) expect(comment?.['text']).toContain(words);
  });
});

describe('the dataset', () => {
  test('is all downloads, each at its address', () => {
    const urls = nodes(dataset['distribution']).map(({ contentUrl }) => contentUrl);
    const paths = [DOWNLOADS.facts, DOWNLOADS.table, ...Object.keys(CHARTS).map(chartCsvPath)];
    expect(urls).toEqual(paths.map((path) => `https://room.example/${path}`));
    const inGerman: Place = { ...PLACE, origin: null, folder: 'de/evidence/', home: 'de/' };
    const relative = graphOf(jsonLd(data, english, inGerman)).dataset;
    expect(nodes(relative['distribution']).map(({ contentUrl }) => contentUrl)).toEqual(paths.map((path) => `../../de/${path}`));
    expect(dataset['license']).toBe(data.edition.licence);
  });
});

test('nothing in the words ends its script', () => {
  const nasty = '</script><script>alert(1)</script><!-- <b>';
  const one = jsonLd(data, edited(english, 'story.title', nasty), PLACE);
  expect(one).not.toContain('<');
  const page = load(`<head><script type="application/ld+json">${one}</script><title>t</title></head>`);
  expect(page('script')).toHaveLength(1);
  expect(graphOf(page('script').text()).article['headline']).toBe(nasty);
});
