/**
 * What we may say: one folder of content per language. Build-time only.
 * A string becomes segments or plain text here, with every token answered by a fact; a digit or an unknown id is a issue.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Chart } from '#charts/types.ts';
import { needsOf } from '#charts/needs.ts';
import { CHARTS } from '#charts/registry.ts';
import { DERIVED_IDS } from '#evidence/derived.ts';
import { embedText, type EmbedText } from './embedSchema.ts';
import { publishersText, type PublishersText } from './publishersSchema.ts';
import { issuesOf, ValidationError, type Issue } from '#evidence/validation.ts';
import { BOUNDS, UNITS } from '#evidence/interval.ts';
import { readJson, withoutSchema, type Ids } from '#evidence/load.ts';
import { parseProse, textOf, TokenError, type Segment } from '#evidence/prose.ts';
import { HEURISTICS, type HeuristicGroup } from './chartability.ts';
import { conflictId, HELP_REGIONS, type Data } from '#evidence/schema.ts';
import type { Language } from '#evidence/format.ts';

/** The files of a language's folder. `language` comes first: the others are printed with it. */
export const CONTENT_FILES = ['language', 'story', 'charts', 'names', 'evidence', 'conflicts', 'accessibility', 'interface', 'embed', 'publishers'] as const;
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
  ways: [],
  'way-story': [],
  'way-steps': [],
  'way-plain': [],
  'less-motion': [],
  print: [],
  previous: [],
  next: [],
  place: ['{place}', '{places}'],
  'steps-help': [],
  'plain-help': [],
  end: [],
  accessibility: [],
  publishers: [],
  citation: ['{chart}', '{title}', '{date}', '{address}'],
  'citation-note': ['{date}'],
  'data-name': ['{title}'],
  'data-description': [],
  download: [],
  'download-csv': [],
  'download-svg': [],
  'download-png': [],
  'download-card': [],
  cite: [],
  'picture-source': ['{carriers}', '{title}', '{date}'],
  'picture-source-gaps': ['{carriers}', '{title}', '{date}'],
  'table-not-said': [],
  'download-square': [],
} as const satisfies Record<string, readonly string[]>;
export type InterfaceKey = keyof typeof INTERFACE;

/** The strings of an evidence card and of an entry in the ledger. */
const CARD = {
  printed: [],
  speaker: [],
  chain: [],
  then: [],
  direct: [],
  counts: [],
  excludes: [],
  says: [],
  limits: [],
  date: [],
  inferred: ['{part}', '{reason}'],
  bound: [],
  opinion: [],
  translated: [],
  disagree: [],
  formula: [],
  inputs: [],
  permalink: [],
  close: [],
  picture: [],
} as const satisfies Record<string, readonly string[]>;

/** The strings of the ledger's filter. */
const FILTER = { legend: [], article: [], speaker: [], bound: [], all: [], count: ['{shown}', '{all}'], none: [] } as const satisfies Record<
  string,
  readonly string[]
>;

/** What a ledger download is called. */
const DOWNLOADS = { csv: [], metadata: [], json: [], schema: [], table: ['{title}'], picture: ['{title}'] } as const satisfies Record<
  string,
  readonly string[]
>;

/** What an entry of the ledger can be: a figure by its bound, any other fact by its kind. No fact is bound in words alone: that is a band. */
export const BOUND_KINDS = [...BOUNDS.filter((bound) => bound !== 'in-words'), 'band', 'derived', 'date', 'list', 'claim'] as const;
export type BoundKind = (typeof BOUND_KINDS)[number];

/** The marks that the pictures are drawn with, as the ledger's method explains them. */
export const MARKS = ['light', 'day', 'lower-bound', 'upper-bound', 'word-number', 'not-reported', 'inferred'] as const;
export type MarkId = (typeof MARKS)[number];

const words = z
  .string()
  .trim()
  .min(1)
  .refine((text) => !/\p{N}/u.test(text), 'words without digits');
const id = z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'an id in kebab-case');

/** Words with these places in them, which the page fills. */
const holding = (...places: readonly string[]) => places.reduce((one, place) => one.includes(place, `words with ${place}`), words);

/** Strings by key, each with its places. */
const labels = <Key extends string>(places: Readonly<Record<Key, readonly string[]>>) =>
  z.strictObject(Object.fromEntries(Object.entries<readonly string[]>(places).map(([key, wanted]) => [key, holding(...wanted)])) as Record<Key, typeof words>);

const record = <Key extends string, Value extends z.ZodType>(keys: readonly Key[], value: Value) => z.record(z.enum(keys as [Key, ...Key[]]), value);

/** The statement on accessibility: its sections, and an answer to each question of Chartability. It holds no figure. */
const accessibilitySchema = z.strictObject({
  title: words,
  description: words,
  heading: words,
  opening: z.array(words).min(1),
  sections: z.array(z.strictObject({ id, heading: words, text: z.array(words).min(1) })).min(1),
  browsers: z.strictObject({
    heading: words,
    text: z.array(words).min(1),
    // By the names that package.json's browserslist has for them.
    names: record(['chrome', 'edge', 'firefox', 'safari', 'ios_saf'], words),
  }),
  audit: z.strictObject({
    heading: words,
    text: z.array(words).min(1),
    question: words,
    answer: words,
    why: words,
    critical: words,
    results: record(['pass', 'fail', 'does-not-apply'], words),
    groups: record(
      Object.keys(HEURISTICS) as HeuristicGroup[],
      z.strictObject({
        name: words,
        note: words,
        answers: z.record(id, z.strictObject({ question: words, result: z.enum(['pass', 'fail', 'does-not-apply']), why: words })),
      }),
    ).superRefine((groups, context) => {
      for (const group of Object.keys(HEURISTICS) as HeuristicGroup[]) {
        const [wanted, found] = [HEURISTICS[group].join(), Object.keys(groups[group].answers).join()];
        if (wanted !== found) context.addIssue({ code: 'custom', path: [group, 'answers'], message: `expected the answers ${wanted}, found ${found}` });
      }
    }),
  }),
});

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
    yearInferred: words.includes('{date}', 'words with {date}').describe('Where the day or the month was printed and the year was not.'),
  }),
});

/** What of the data's ids content refers to. */
type KnownIds = Pick<Ids, 'facts' | 'events' | 'gaps' | 'help'>;

/**
 * The schemas of the other files, bound to the facts and the language that their tokens are printed with.
 * `told` holds the conflicts that conflicts.json tells; without it, none is looked up.
 */
export function contentSchemas(data: Pick<Data, 'facts'>, language: Language, ids: KnownIds, told?: ReadonlySet<string>) {
  const prose = z
    .string()
    .trim()
    .min(1)
    .transform((source, context): Segment[] => {
      try {
        return parseProse(source, data, language);
      } catch (error) {
        const about = error instanceof TokenError ? { params: { about: error.id } } : {};
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error), ...about });
        return z.NEVER;
      }
    });
  const paragraphs = z.array(prose).min(1, 'at least one paragraph');
  const block = { heading: prose, text: paragraphs };

  const step = z.strictObject({
    id,
    formerly: z.array(id).optional().describe('Ids of steps that this one took over from: their addresses lead here.'),
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
    entries: z
      .array(conflictId.refine((one) => told?.has(one) ?? true, 'a conflict that conflicts.json tells'))
      .refine((entries) => new Set(entries).size === entries.length, 'each conflict once')
      .optional(),
    help: z
      .strictObject({
        regions: record(HELP_REGIONS, words),
        noted: holding('{date}').describe('When the details were taken down, and no more: nobody has tried them.'),
        entries: record(
          [...ids.help],
          z.strictObject({ can: words.describe('Whom it is for and what it does.'), cannot: words.describe('How far it does not reach.') }),
        ),
      })
      .optional(),
  });

  return {
    story: z.strictObject({
      title: words,
      description: words,
      cover: z.strictObject({ kicker: words, dek: prose, origin: prose, note: prose, start: words, leave: words }),
      card: z.strictObject({ label: prose.describe('What the number on the picture beside a link to the story counts; it does not name the forum.') }),
      scenes: z.array(scene).min(1),
      asked: z.strictObject({
        before: id.describe('The scene that it stands before.'),
        heading: prose,
        opening: z.array(prose),
        groups: z.array(z.strictObject({ heading: prose, text: paragraphs })).min(1),
      }),
      sources: z.strictObject({ heading: prose, opening: z.array(prose), sections: z.array(section).min(1) }),
    }),
    charts: z.strictObject(Object.fromEntries(Object.values(CHARTS).map((chart) => [chart.id, chartText(chart, ids, prose)]))),
    names: record(entryIds(data, ids), words),
    evidence: z.strictObject({
      title: words,
      description: words,
      heading: prose,
      opening: paragraphs,
      back: words,
      link: words.describe('From the story to the ledger.'),
      groups: z.array(z.strictObject({ id, heading: prose, facts: z.array(z.string()).min(1) })).min(1),
      bounds: record(BOUND_KINDS, z.strictObject({ name: words.describe('Short, for the filter.'), text: words.describe('One plain sentence.') })),
      filter: labels(FILTER),
      card: labels(CARD),
      conflicts: z.strictObject({ ...block, touches: holding('{facts}') }),
      gaps: z.strictObject({ ...block, item: holding('{what}') }),
      diagram: z.strictObject({ ...block, first: holding('{names}'), drew: holding('{name}', '{others}') }),
      method: z.strictObject({ ...block, marks: record(MARKS, z.strictObject({ heading: prose, text: prose })) }),
      downloads: z.strictObject({ ...block, labels: labels(DOWNLOADS) }),
      corrections: z.strictObject({ ...block, none: words, one: holding('{date}', '{was}', '{now}', '{why}') }),
    }),
    conflicts: z.record(conflictId, z.strictObject({ heading: prose, text: prose.describe('What each article says, and what we did.') })),
    accessibility: accessibilitySchema,
    interface: labels(INTERFACE),
    embed: embedText(words),
    publishers: publishersText(words),
  };
}

/** A chart's own words: its title and caption, the words on its stage, and which step tells which event. */
function chartText(chart: Chart, ids: Pick<Ids, 'events' | 'gaps'>, prose: z.ZodType<Segment[], string>) {
  const needs = needsOf(chart);
  const eventIds = needs.eventSteps.length ? [...ids.events] : [];
  const keys = [...needs.words, ...eventIds.flatMap((event) => [event, `${event}-date`]), ...(needs.gaps ? ids.gaps : [])];
  const tells = record(needs.eventSteps, z.array(z.enum(eventIds as [string, ...string[]])).min(1)).superRefine((steps, context) => {
    const told = Object.values(steps).flat();
    for (const event of eventIds) {
      const times = told.filter((one) => one === event).length;
      if (times !== 1) context.addIssue({ code: 'custom', message: `expected the event "${event}" once, found it ${times} times` });
    }
  });
  const noTells: z.ZodType<Record<string, string[]> | undefined> = z.undefined().optional();
  const table = z
    .strictObject({
      title: words.describe('The caption of the table.'),
      columns: z.tuple([words, words]).describe('The heads of the two columns.'),
      rows: z.array(z.strictObject({ heading: words, cells: z.tuple([prose, prose]) })).min(1),
    })
    .describe('Two things compared row by row, as a table on paper.');
  return z
    .strictObject({ title: words, caption: prose, table: table.optional(), words: record(keys, prose), tells: eventIds.length ? tells : noTells })
    .transform(({ words: written, ...rest }) => ({ ...rest, words: printed(written), opens: openedBy(Object.values(written)) }));
}

function printed<Key extends string>(written: Readonly<Record<Key, readonly Segment[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries<readonly Segment[]>(written).map(([key, segments]) => [key, textOf(segments)]));
}

/** Which fact each of these words rests on, by the words as printed; a mark of scale rests on none. */
function openedBy(written: readonly (readonly Segment[])[]): Record<string, string> {
  return Object.fromEntries(
    written.flatMap((segments): [string, string][] => {
      const bound = segments.find((segment) => 'id' in segment && segment.kind !== 'scale-mark');
      return bound && 'id' in bound ? [[textOf(segments), bound.id]] : [];
    }),
  );
}

/** A table on paper of two things compared row by row. */
export interface RowsText {
  readonly title: string;
  readonly columns: readonly [string, string];
  readonly rows: readonly { readonly heading: string; readonly cells: readonly [readonly Segment[], readonly Segment[]] }[];
}

export interface ChartText {
  readonly title: string;
  readonly caption: readonly Segment[];
  readonly table?: RowsText | undefined;
  readonly words: Readonly<Record<string, string>>;
  /** The facts that some of the words rest on, by the words. */
  readonly opens: Readonly<Record<string, string>>;
  readonly tells?: Readonly<Record<string, readonly string[]>> | undefined;
}

type Schemas = ReturnType<typeof contentSchemas>;
export type Story = z.output<Schemas['story']>;
export type SceneText = Story['scenes'][number];
export type PassageText = SceneText['passages'][number];
export type StepText = PassageText['steps'][number];
export type Section = Story['sources']['sections'][number];
export type Accessibility = z.output<Schemas['accessibility']>;
export type EvidenceText = z.output<Schemas['evidence']>;
export type Conflict = z.output<Schemas['conflicts']>[string];

/** A language's content, with every token printed. */
export interface Content {
  readonly language: z.output<typeof languageSchema>;
  readonly story: Story;
  readonly charts: Readonly<Record<string, ChartText>>;
  readonly names: Readonly<Record<string, string>>;
  readonly evidence: EvidenceText;
  /** By their ids in the ledger: C1 to C34. */
  readonly conflicts: Readonly<Record<string, Conflict>>;
  readonly accessibility: Accessibility;
  readonly interface: Readonly<Record<InterfaceKey, string>>;
  readonly embed: EmbedText;
  readonly publishers: PublishersText;
}

/** The facts that have an entry in the ledger: all but marks of scale, which claim nothing, and our own arithmetic. Each has a short name. */
function entryIds({ facts }: Pick<Data, 'facts'>, ids: Pick<Ids, 'facts'>): string[] {
  return [...new Set([...ids.facts, ...DERIVED_IDS])].filter((factId) => facts[factId]?.kind !== 'scale-mark');
}

/** How the ledger is grouped, checked on its own for the same reason as the bones of a story. */
function grouping(entries: readonly string[]) {
  const groups = z.array(z.object({ id: z.string(), facts: z.array(z.string()) }));
  return z.object({ groups }).superRefine((ledger, context) => {
    const issue = (path: PropertyKey[], message: string, about?: string) => {
      context.addIssue({ code: 'custom', path, message, ...(about === undefined ? {} : { params: { about } }) });
    };
    // Ids are addresses: a group and a fact may not share one.
    const seen = new Set(entries);
    ledger.groups.forEach(({ id: one, facts }, i) => {
      if (seen.has(one)) issue(['groups', i, 'id'], `expected each id once, found "${one}" twice`);
      seen.add(one);
      facts.forEach((fact, j) => {
        if (!entries.includes(fact)) issue(['groups', i, 'facts', j], `expected the id of a fact, found "${fact}"`, fact);
      });
    });
    const listed = ledger.groups.flatMap(({ facts }) => facts);
    for (const entry of entries) {
      const times = listed.filter((one) => one === entry).length;
      if (times !== 1) issue(['groups'], `expected the fact "${entry}" once, found it ${times} times`, entry);
    }
  });
}

/**
 * The bones of a story: only what its order and its addresses depend on. They are checked on their own,
 * so that a issue in a sentence does not hide a issue in the order, nor the other way round.
 */
const outline = z
  .object({
    scenes: z.array(
      z.object({
        id: z.string(),
        passages: z.array(z.object({ chart: z.string(), steps: z.array(z.object({ id: z.string(), formerly: z.array(z.string()).optional() })) })),
      }),
    ),
    asked: z.object({ before: z.string() }),
    sources: z.object({ sections: z.array(z.object({ id: z.string() })) }),
  })
  .superRefine((story, context) => {
    const issue = (path: PropertyKey[], message: string) => {
      context.addIssue({ code: 'custom', path, message });
    };
    // Ids are addresses (#maskpark): each may stand once on the page.
    const seen = new Set<string>(OWN_IDS);
    for (const { id: one, path } of addressesIn(story)) {
      if (seen.has(one)) issue([...path, 'id'], `expected each id once, found "${one}" twice`);
      seen.add(one);
    }
    if (!story.scenes.some(({ id: scene }) => scene === story.asked.before))
      issue(['asked', 'before'], `expected the id of a scene, found "${story.asked.before}"`);
    story.scenes.forEach(({ passages }, i) =>
      passages.forEach(({ chart, steps }, j) => {
        const [wanted, found] = [CHARTS[chart]?.steps ?? [], steps.map((one) => one.id)];
        if (wanted.join() !== found.join()) issue(['scenes', i, 'passages', j, 'steps'], `expected the steps ${wanted.join(', ')}, found ${found.join(', ')}`);
      }),
    );
    const drawn = story.scenes.flatMap(({ passages }) => passages.map(({ chart }) => chart));
    for (const chart of Object.keys(CHARTS)) {
      const times = drawn.filter((one) => one === chart).length;
      if (times !== 1) issue(['scenes'], `expected the chart "${chart}" once, found it ${times} times`);
    }
  });
type Outline = z.output<typeof outline>;

/** The ids that the page itself has. */
const OWN_IDS = ['start', 'words', 'asked', 'sources'] as const;

function addressesIn({ scenes, sources }: Outline): { id: string; path: PropertyKey[] }[] {
  return [
    ...scenes.flatMap((scene, i) => [
      { id: scene.id, path: ['scenes', i] },
      ...scene.passages.flatMap(({ steps }, j) =>
        steps.flatMap((step, k) => [step.id, ...(step.formerly ?? [])].map((one) => ({ id: one, path: ['scenes', i, 'passages', j, 'steps', k] }))),
      ),
    ]),
    ...sources.sections.map((section, i) => ({ id: section.id, path: ['sources', 'sections', i] })),
  ];
}

/** Links that lead nowhere on the page. */
function looseLinks(file: string, story: unknown, ids: ReadonlySet<string>, path = ''): Issue[] {
  if (typeof story !== 'object' || story === null) return [];
  if ('kind' in story && story.kind === 'link' && 'href' in story && typeof story.href === 'string' && !ids.has(story.href.slice(1)))
    return [{ file, path: path.replace(/\.\d+$/, ''), message: `expected a link to a place on the page, found "${story.href}"` }];
  return Object.entries(story).flatMap(([key, value]) => looseLinks(file, value, ids, path ? `${path}.${key}` : key));
}

/** The conflicts that a language's file tells; undefined when there is no such file to read. */
function conflictsTold(raw: Pick<RawContent, 'conflicts'>): ReadonlySet<string> | undefined {
  const conflicts = withoutSchema(raw.conflicts);
  return typeof conflicts === 'object' && conflicts !== null ? new Set(Object.keys(conflicts)) : undefined;
}

/** Conflicts that facts name and nobody tells, each once. */
function untoldConflicts(file: string, { facts }: Pick<Data, 'facts'>, told: ReadonlySet<string> | undefined): Issue[] {
  const issues = new Map<string, Issue>();
  for (const [factId, fact] of Object.entries(facts))
    for (const conflict of fact.kind === 'scale-mark' ? [] : (fact.conflicts ?? []))
      if (told && !told.has(conflict) && !issues.has(conflict))
        issues.set(conflict, { file, path: conflict, message: `expected the conflict that "${factId}" names, found nothing` });
  return [...issues.values()];
}

/** Reads every language below `root`/src/content. Adds a issue for each file that is missing or no JSON. */
export function readContents(root: string, issues: Issue[]): RawContents {
  const folders = readdirSync(join(root, 'src/content'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'schema')
    .map((entry) => entry.name)
    .sort();
  return Object.fromEntries(
    folders.map((folder) => {
      const read = (name: ContentFile) => readJson(root, fileOf(folder, name), issues);
      return [
        folder,
        {
          language: read('language'),
          story: read('story'),
          charts: read('charts'),
          names: read('names'),
          evidence: read('evidence'),
          conflicts: read('conflicts'),
          accessibility: read('accessibility'),
          interface: read('interface'),
          embed: read('embed'),
          publishers: read('publishers'),
        },
      ];
    }),
  );
}

const fileOf = (folder: string, name: ContentFile) => `src/content/${folder}/${name}.json`;

/**
 * A language's content, checked and printed. Throws a ValidationError. `folder` is its name below src/content;
 * `ids` says what data names, when some of it is at issue and not in `data`.
 */
export function parseContent(folder: string, raw: RawContent, data: Data, ids: KnownIds = namesIn(data)): Content {
  const issues: Issue[] = [];
  const parse = <Schema extends z.ZodType>(name: ContentFile, schema: Schema): z.output<Schema> | undefined => {
    const value = withoutSchema(raw[name]);
    const result = schema.safeParse(value);
    if (result.error) issues.push(...issuesOf(fileOf(folder, name), result.error, value));
    return result.data;
  };
  const language = parse('language', languageSchema);
  if (!language) throw new ValidationError(issues);
  // What is missing or of a wrong type in the bones of a file, the file's own schema says.
  const check = <Schema extends z.ZodType>(name: ContentFile, bones: Schema): z.output<Schema> | undefined => {
    const result = bones.safeParse(raw[name]);
    const own = result.error?.issues.filter((issue) => issue.code === 'custom') ?? [];
    issues.push(...issuesOf(fileOf(folder, name), new z.ZodError(own), raw[name]));
    return result.data;
  };
  const told = conflictsTold(raw);
  const schemas = contentSchemas(data, language, ids, told);
  const story = parse('story', schemas.story);
  const bones = check('story', outline);
  if (story && bones) issues.push(...looseLinks(fileOf(folder, 'story'), story, new Set([...OWN_IDS, ...addressesIn(bones).map((one) => one.id)])));
  const charts = parse('charts', schemas.charts);
  const names = parse('names', schemas.names);
  const evidence = parse('evidence', schemas.evidence);
  check('evidence', grouping(entryIds(data, ids)));
  const conflicts = parse('conflicts', schemas.conflicts);
  issues.push(...untoldConflicts(fileOf(folder, 'conflicts'), data, told));
  // Conflicts stand on two pages, and nothing in the ledger's own words leads to a place of the story.
  for (const [name, parsed] of Object.entries({ evidence, conflicts })) issues.push(...looseLinks(fileOf(folder, name as ContentFile), parsed, new Set()));
  const accessibility = parse('accessibility', schemas.accessibility);
  const furniture = parse('interface', schemas.interface);
  const embed = parse('embed', schemas.embed);
  const publishers = parse('publishers', schemas.publishers);
  if (issues.length || !story || !charts || !names || !evidence || !conflicts || !accessibility || !furniture || !embed || !publishers)
    throw new ValidationError(issues);
  return { language, story, charts, names, evidence, conflicts, accessibility, interface: furniture, embed, publishers };
}

function namesIn({ facts, events, gaps, help }: Data): KnownIds {
  const keys = (entries: object) => new Set(Object.keys(entries));
  return { facts: keys(facts), events: keys(events), gaps: keys(gaps), help: keys(help) };
}
