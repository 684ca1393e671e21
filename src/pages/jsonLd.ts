/** The story and its data as linked data (JSON-LD 1.1, schema.org): an article, the articles it cites, its corrections, and a dataset. */
import type { Content } from '#content/schema.ts';
import { CHARTS } from '#charts/registry.ts';
import type { Data } from '#evidence/schema.ts';
import { describeDate, describeFact, type Description } from '#evidence/describeFact.ts';
import { factOf } from '#evidence/facts.ts';
import { filled } from '#evidence/format.ts';
import { addressOf } from './seo.ts';
import { chartCsvPath, DOWNLOADS } from './downloads.ts';
import { publishedFactsOf } from './publishedFacts.ts';

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
  const sources = Object.values(data.articles).map(({ publisher, headline, url, date, inferred }) => ({
    '@type': 'Article',
    '@id': url,
    url,
    ...(headline !== null && { headline }),
    publisher: { '@type': 'Organization', name: publisher },
    // A day that we worked out is none that the article states: facts.json has it, with how.
    ...(!inferred && { datePublished: date }),
  }));
  const corrections = Object.values(data.corrections).map(({ date, was, now, why }) => ({
    '@type': 'CorrectionComment',
    text: filled(content.evidence.corrections.one, { date: describeDate({ date }, language).text, was, now, why }),
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
      ...(values && { variableMeasured: publishedFactsOf(data).flatMap(({ id }) => measured(id, data, content)) }),
      distribution: [
        file(dataName, 'application/json', DOWNLOADS.facts),
        file(dataName, 'text/csv', DOWNLOADS.table),
        ...(values ? Object.keys(CHARTS).map((id) => file(content.charts[id]?.title ?? id, 'text/csv', chartCsvPath(id))) : []),
      ],
    },
  ];
  return inScript({ '@context': 'https://schema.org', '@graph': graph });
}

/** A figure or a date as a property, with how it was worked out where it was; nothing for a fact in words. */
function measured(id: string, data: Data, { language, names, evidence }: Content): object[] {
  const described = describeFact(factOf(data, id), language);
  const { text, inferred } = described;
  if (text === null) return [];
  const how = inferred && { measurementTechnique: filled(evidence.card.inferred, inferred) };
  return [{ '@type': 'PropertyValue', propertyID: id, name: names[id], description: text, ...valueOf(described), ...how }];
}

/**
 * A number that is only bounded is no value: it is the least or the most. Nor is our own "fewer than 1 in so many" a number of its unit,
 * nor a date that we inferred what was stated.
 */
function valueOf({ kind, text, value, bounds, bound, unit, inferred }: Description): object {
  if (kind === 'date') return inferred ? {} : { value };
  if (bound === 'fewer-than-one-in') return { value: text };
  if (kind === 'derived') return { value: bounds.value, unitText: unit };
  const { low, high } = bounds;
  const known = bounds.value !== null && low !== null && high !== null;
  return { ...(known && { value: bounds.value }), ...(low !== null && { minValue: low }), ...(high !== null && { maxValue: high }), unitText: unit };
}

/** JSON that no HTML parser takes for the end of a script, nor for the beginning of a comment. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
