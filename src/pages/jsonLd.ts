/** The story and its data as linked data (JSON-LD 1.1, schema.org): an article, the articles it cites, its corrections, and a dataset. */
import type { Content } from '#content/schema.ts';
import { CHARTS } from '#charts/registry.ts';
import type { Data } from '#evidence/schema.ts';
import { filled, formatDate } from '#evidence/format.ts';
import { addressOf } from './seo.ts';
import { chartCsvPath, DOWNLOADS, inWords } from './downloads.ts';
import { publishedFactsOf, type PublishedFact } from './publishedFacts.ts';

/** Where the page stands, and what it belongs to. */
export interface Place {
  /** As parseOrigin gives it. */
  readonly origin: string | null;
  /** The page's own folder: '' or with a slash at its end. */
  readonly folder: string;
  /** The canonical folder of the story in the page's language: '' or its prefix. The downloads lie below it. */
  readonly home: string;
  /** Pictures of the story, by path from the root of the site. */
  readonly images: readonly string[];
  /** False leaves the values and each chart's file to the page that lists them: they would be a fortieth of the story’s weight. */
  readonly values?: boolean;
}

/** What stands in a page's <script type="application/ld+json">: safe there, whatever the words hold. */
export function jsonLd(data: Data, content: Content, { origin, folder, home, images, values = true }: Place): string {
  const { story, language, interface: words } = content;
  const at = (path: string) => addressOf(origin, folder, path);
  const below = (path: string) => at(`${home}${path}`);
  const [articleId, datasetId] = [below('#article'), below('#data')];
  const project = { '@type': 'Project', name: story.title };
  const dates = { datePublished: data.edition.published, dateModified: data.edition.updated };
  const sources = Object.values(data.articles).map(({ publisher, headline, url, date }) => ({
    '@type': 'Article',
    '@id': url,
    url,
    ...(headline !== null && { headline }),
    publisher: { '@type': 'Organization', name: publisher },
    datePublished: date,
  }));
  const corrections = Object.values(data.corrections).map(({ date, was, now, why }) => ({
    '@type': 'CorrectionComment',
    text: filled(content.evidence.corrections.one, { date: formatDate(date, undefined, [], language.locale), was, now, why }),
    datePublished: date,
  }));
  const file = (name: string, encodingFormat: string, path: string) => ({ '@type': 'DataDownload', name, encodingFormat, contentUrl: below(path) });
  const dataName = filled(words['data-name'], { title: story.title });
  const graph = [
    {
      '@type': 'Article',
      '@id': articleId,
      url: below(''),
      headline: story.title,
      description: story.description,
      inLanguage: language.tag,
      ...dates,
      author: project,
      publisher: project,
      image: images.map(at),
      isAccessibleForFree: true,
      isBasedOn: { '@id': datasetId },
      citation: sources,
      ...(corrections.length > 0 && { correction: corrections }),
    },
    {
      '@type': 'Dataset',
      '@id': datasetId,
      url: below(''),
      name: dataName,
      description: words['data-description'],
      inLanguage: language.tag,
      ...dates,
      creator: project,
      license: data.edition.licence,
      isAccessibleForFree: true,
      isBasedOn: sources.map((source) => ({ '@id': source['@id'] })),
      ...(values && { variableMeasured: publishedFactsOf(data).flatMap((fact) => measured(fact, data, content)) }),
      distribution: [
        file(dataName, 'application/json', DOWNLOADS.facts),
        file(dataName, 'text/csv', DOWNLOADS.table),
        ...(values ? Object.keys(CHARTS).map((id) => file(content.charts[id]?.title ?? id, 'text/csv', chartCsvPath(id))) : []),
      ],
    },
  ];
  return inScript({ '@context': 'https://schema.org', '@graph': graph });
}

/** A figure or a date as a property; nothing for a fact in words. */
function measured(fact: PublishedFact, data: Data, content: Content): object[] {
  const text = inWords(fact.id, data, content);
  return text === null ? [] : [{ '@type': 'PropertyValue', propertyID: fact.id, name: content.names[fact.id], description: text, ...valueOf(fact, text) }];
}

/** A number that is only bounded is no value: it is the least or the most. Nor is our own "fewer than 1 in so many" a number of its unit. */
function valueOf(fact: PublishedFact, text: string): object {
  switch (fact.kind) {
    case 'figure':
    case 'band': {
      const { low, high } = fact.interval;
      const known = fact.kind === 'figure' && low !== null && high !== null;
      return { ...(known && { value: fact.value }), ...(low !== null && { minValue: low }), ...(high !== null && { maxValue: high }), unitText: fact.unit };
    }
    case 'derived':
      return fact.bound === 'exactly' ? { value: fact.value, unitText: fact.unit } : { value: text };
    case 'date':
      return { value: fact.until === null ? fact.date : `${fact.date}/${fact.until}` };
    case 'list':
    case 'claim':
      return {};
  }
}

/** JSON that no HTML parser takes for the end of a script, nor for the beginning of a comment. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
