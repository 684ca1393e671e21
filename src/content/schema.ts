/**
 * What we may say: one folder of content per language. Build-time only.
 * A string becomes segments or plain text here, with every token answered by a fact; a digit or an unknown id is a fault.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Chart } from '#lib/charts/contract.ts';
import { CHARTS } from '#lib/charts/registry.ts';
import { embedText, type EmbedText } from './embedSchema.ts';
import { faultsOf, FaultList, type Fault } from '#lib/evidence/faults.ts';
import { BOUNDS, UNITS } from '#lib/evidence/interval.ts';
import { readJson, withoutSchema, type Ids } from '#lib/evidence/load.ts';
import { parseProse, textOf, type Segment } from '#lib/evidence/prose.ts';
import type { Data } from '#lib/evidence/schema.ts';
import type { Language } from '#lib/evidence/wording.ts';

/** The files of a language's folder. `language` comes first: the others are printed with it. */
export const CONTENT_FILES = ['language', 'story', 'charts', 'names', 'interface', 'embed'] as const;
export type ContentFile = (typeof CONTENT_FILES)[number];

/** A language's files as JSON.parse gives them. */
export type RawContent = Readonly<Record<ContentFile, unknown>>;
/** Every language's files, by folder name. */
export type RawContents = Readonly<Record<string, RawContent>>;

/** The folder of the language that addresses without a prefix are in. */
export const DEFAULT_LANGUAGE = 'en';

/** The strings of the page's own furniture, and the places in each that the page fills. */
const INTERFACE = {
  skip: [],
  parts: [],
  'reading-time': ['{minutes}'],
  picture: [],
  table: [],
  'table-what': [],
  'table-figure': [],
  'table-speaker': [],
  'table-carriers': [],
  'table-derived': ['{formula}'],
  'table-in-words': [],
  published: ['{date}'],
  'headline-unknown': [],
  call: ['{number}'],
  licence: [],
} as const satisfies Record<string, readonly string[]>;
export type InterfaceKey = keyof typeof INTERFACE;
const INTERFACE_KEYS = Object.keys(INTERFACE) as InterfaceKey[];

const words = z
  .string()
  .trim()
  .min(1)
  .refine((text) => !/\p{N}/u.test(text), 'words without digits');
const id = z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'an id in kebab-case');

const record = <Key extends string, Value extends z.ZodType>(keys: readonly Key[], value: Value) => z.record(z.enum(keys as [Key, ...Key[]]), value);

/** Every word-number that data may hold, as language.json names it. */
const WORD_NUMBERS = ['tens-of-thousands', 'hundreds-of-thousands', 'tens-of-millions', 'hundreds-of-millions'] as const;

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag]).length === 1;
  } catch {
    return false;
  }
}

export const languageSchema = z.strictObject({
  tag: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a language tag such as en'),
  locale: z.string().refine(isLocale, 'a locale that Intl knows'),
  name: words,
  direction: z.enum(['ltr', 'rtl']),
  wording: z.strictObject({
    bounds: record(
      BOUNDS.filter((bound) => bound !== 'in-words'),
      words.includes('{number}', 'words with {number}'),
    ),
    units: record(UNITS, z.strictObject({ one: words.includes('{number}', 'words with {number}'), other: words.includes('{number}', 'words with {number}') })),
    words: record(WORD_NUMBERS, words),
    wordsOfUnit: words.includes('{words}', 'words with {words}').includes('{unit}', 'words with {unit}'),
    oneIn: words.includes('{one}', 'words with {one}').includes('{number}', 'words with {number}'),
    inferred: words.includes('{date}', 'words with {date}'),
  }),
});

/** The schemas of the other files, bound to the facts and the language that their tokens are printed with. */
export function contentSchemas(data: Pick<Data, 'facts'>, language: Language, ids: Pick<Ids, 'events' | 'gaps' | 'help'>) {
  const prose = z
    .string()
    .trim()
    .min(1)
    .transform((source, context): Segment[] => {
      try {
        return parseProse(source, data, language);
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
        return z.NEVER;
      }
    });
  const paragraphs = z.array(prose).min(1, 'at least one paragraph');

  const step = z.strictObject({
    id,
    heading: prose,
    text: paragraphs.describe('What the reader reads.'),
    picture: prose.describe('The text alternative: what the picture shows, and the new fact.'),
  });
  const passage = z.strictObject({ chart: z.enum(Object.keys(CHARTS) as [string, ...string[]]), steps: z.array(step).min(1) });
  const scene = z.strictObject({ id, part: words, heading: prose, opening: z.array(prose), passages: z.array(passage).min(1) });
  const section = z.strictObject({
    id,
    heading: prose,
    text: paragraphs,
    entries: z.array(z.strictObject({ conflict: z.string().regex(/^C\d{1,2}$/, 'a conflict of the ledger'), heading: prose, text: prose })).optional(),
    for: record([...ids.help], words).optional(),
  });

  return {
    story: z.strictObject({
      title: words,
      description: words,
      cover: z.strictObject({ kicker: words, dek: prose, origin: prose, note: prose, start: words, leave: words }),
      scenes: z.array(scene).min(1),
      asked: z.strictObject({ heading: prose, opening: z.array(prose), groups: z.array(z.strictObject({ heading: prose, text: paragraphs })).min(1) }),
      sources: z.strictObject({ heading: prose, opening: z.array(prose), sections: z.array(section).min(1) }),
    }),
    charts: z.strictObject(Object.fromEntries(Object.values(CHARTS).map((chart) => [chart.id, chartText(chart, ids, prose)]))),
    names: record(namedIds(data), words),
    embed: embedText(words),
    interface: record(INTERFACE_KEYS, words).superRefine((strings, context) => {
      for (const key of INTERFACE_KEYS)
        for (const place of INTERFACE[key])
          if (!strings[key].includes(place))
            context.addIssue({ code: 'custom', path: [key], message: `expected words with ${place}, found "${strings[key]}"` });
    }),
  };
}

/** A chart's own words: its title and caption, the words on its stage, and which step tells which event. */
function chartText(chart: Chart, ids: Pick<Ids, 'events' | 'gaps'>, prose: z.ZodType<Segment[], string>) {
  const eventIds = chart.eventSteps.length ? [...ids.events] : [];
  const keys = [...chart.words, ...eventIds.flatMap((event) => [event, `${event}-date`]), ...(chart.gaps ? ids.gaps : [])];
  const tells = record(chart.eventSteps, z.array(z.enum(eventIds as [string, ...string[]])).min(1)).superRefine((steps, context) => {
    const told = Object.values(steps).flat();
    for (const event of eventIds) {
      const times = told.filter((one) => one === event).length;
      if (times !== 1) context.addIssue({ code: 'custom', message: `expected the event "${event}" once, found it ${times} times` });
    }
  });
  const noTells: z.ZodType<Record<string, string[]> | undefined> = z.undefined().optional();
  return z.strictObject({
    title: words,
    caption: prose,
    words: record(keys, prose.transform(textOf)),
    tells: eventIds.length ? tells : noTells,
  });
}

export interface ChartText {
  readonly title: string;
  readonly caption: readonly Segment[];
  readonly words: Readonly<Record<string, string>>;
  readonly tells?: Readonly<Record<string, readonly string[]>> | undefined;
}

type Schemas = ReturnType<typeof contentSchemas>;
export type Story = z.output<Schemas['story']>;
export type SceneText = Story['scenes'][number];
export type PassageText = SceneText['passages'][number];
export type StepText = PassageText['steps'][number];
export type Section = Story['sources']['sections'][number];

/** A language's content, with every token printed. */
export interface Content {
  readonly language: z.output<typeof languageSchema>;
  readonly story: Story;
  readonly charts: Readonly<Record<string, ChartText>>;
  readonly names: Readonly<Record<string, string>>;
  readonly interface: Readonly<Record<InterfaceKey, string>>;
  readonly embed: EmbedText;
}

/** The facts that a table of a chart may list, which each language gives a short name. */
function namedIds(data: Pick<Data, 'facts'>): string[] {
  const ids = Object.values(CHARTS).flatMap(({ figures, claims }) => [...figures, ...claims]);
  return [...new Set(ids)].filter((factId) => data.facts[factId]?.kind !== 'scale-mark');
}

/**
 * The bones of a story: only what its order and its addresses depend on. They are checked on their own,
 * so that a fault in a sentence does not hide a fault in the order, nor the other way round.
 */
const outline = z
  .object({
    scenes: z.array(z.object({ id: z.string(), passages: z.array(z.object({ chart: z.string(), steps: z.array(z.object({ id: z.string() })) })) })),
    sources: z.object({ sections: z.array(z.object({ id: z.string() })) }),
  })
  .superRefine((story, context) => {
    const fault = (path: PropertyKey[], message: string) => {
      context.addIssue({ code: 'custom', path, message });
    };
    // Ids are addresses (#maskpark): each may stand once on the page.
    const seen = new Set<string>(OWN_IDS);
    for (const { id: one, path } of addressesIn(story)) {
      if (seen.has(one)) fault([...path, 'id'], `expected each id once, found "${one}" twice`);
      seen.add(one);
    }
    story.scenes.forEach(({ passages }, i) =>
      passages.forEach(({ chart, steps }, j) => {
        const [wanted, found] = [CHARTS[chart]?.steps ?? [], steps.map((one) => one.id)];
        if (wanted.join() !== found.join()) fault(['scenes', i, 'passages', j, 'steps'], `expected the steps ${wanted.join(', ')}, found ${found.join(', ')}`);
      }),
    );
    const drawn = story.scenes.flatMap(({ passages }) => passages.map(({ chart }) => chart));
    for (const chart of Object.keys(CHARTS)) {
      const times = drawn.filter((one) => one === chart).length;
      if (times !== 1) fault(['scenes'], `expected the chart "${chart}" once, found it ${times} times`);
    }
  });
type Outline = z.output<typeof outline>;

/** The ids that the page itself has. */
const OWN_IDS = ['asked', 'sources'] as const;

function addressesIn({ scenes, sources }: Outline): { id: string; path: PropertyKey[] }[] {
  return [
    ...scenes.flatMap((scene, i) => [
      { id: scene.id, path: ['scenes', i] },
      ...scene.passages.flatMap(({ steps }, j) => steps.map((step, k) => ({ id: step.id, path: ['scenes', i, 'passages', j, 'steps', k] }))),
    ]),
    ...sources.sections.map((section, i) => ({ id: section.id, path: ['sources', 'sections', i] })),
  ];
}

/** Links that lead nowhere on the page. */
function looseLinks(file: string, story: unknown, ids: ReadonlySet<string>, path = ''): Fault[] {
  if (typeof story !== 'object' || story === null) return [];
  if ('kind' in story && story.kind === 'link' && 'href' in story && typeof story.href === 'string' && !ids.has(story.href.slice(1)))
    return [{ file, path: path.replace(/\.\d+$/, ''), message: `expected a link to a place on the page, found "${story.href}"` }];
  return Object.entries(story).flatMap(([key, value]) => looseLinks(file, value, ids, path ? `${path}.${key}` : key));
}

/** Reads every language below `root`/src/content. Adds a fault for each file that is missing or no JSON. */
export function readContents(root: string, faults: Fault[]): RawContents {
  const folders = readdirSync(join(root, 'src/content'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'schema')
    .map((entry) => entry.name)
    .sort();
  return Object.fromEntries(
    folders.map((folder) => {
      const read = (name: ContentFile) => readJson(root, fileOf(folder, name), faults);
      return [
        folder,
        { language: read('language'), story: read('story'), charts: read('charts'), names: read('names'), interface: read('interface'), embed: read('embed') },
      ];
    }),
  );
}

const fileOf = (folder: string, name: ContentFile) => `src/content/${folder}/${name}.json`;

/**
 * A language's content, checked and printed. Throws a FaultList. `folder` is its name below src/content;
 * `ids` says what data names, when some of it is at fault and not in `data`.
 */
export function parseContent(folder: string, raw: RawContent, data: Data, ids: Pick<Ids, 'events' | 'gaps' | 'help'> = namesIn(data)): Content {
  const faults: Fault[] = [];
  const parse = <Schema extends z.ZodType>(name: ContentFile, schema: Schema): z.output<Schema> | undefined => {
    const value = withoutSchema(raw[name]);
    const result = schema.safeParse(value);
    if (result.error) faults.push(...faultsOf(fileOf(folder, name), result.error, value));
    return result.data;
  };
  const language = parse('language', languageSchema);
  if (!language) throw new FaultList(faults);
  const schemas = contentSchemas(data, language, ids);
  const story = parse('story', schemas.story);
  const bones = outline.safeParse(raw.story);
  // What is missing or of a wrong type in the bones, the story's own schema says.
  if (bones.error) faults.push(...faultsOf(fileOf(folder, 'story'), new z.ZodError(bones.error.issues.filter((issue) => issue.code === 'custom')), raw.story));
  if (story && bones.data) faults.push(...looseLinks(fileOf(folder, 'story'), story, new Set([...OWN_IDS, ...addressesIn(bones.data).map((one) => one.id)])));
  const charts = parse('charts', schemas.charts);
  const names = parse('names', schemas.names);
  const furniture = parse('interface', schemas.interface);
  const embed = parse('embed', schemas.embed);
  if (faults.length || !story || !charts || !names || !furniture || !embed) throw new FaultList(faults);
  return { language, story, charts, names, interface: furniture, embed };
}

function namesIn({ events, gaps, help }: Data): Pick<Ids, 'events' | 'gaps' | 'help'> {
  const keys = (entries: object) => new Set(Object.keys(entries));
  return { events: keys(events), gaps: keys(gaps), help: keys(help) };
}
