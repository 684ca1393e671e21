/** Seeded faults: whatever goes wrong in data or words, the build stops and an editor reads where and what, one fault a line. */
import { afterAll, describe, expect, test } from 'vitest';
import { issuesOf, ValidationError, formatIssue, parseJson, type Issue } from '#evidence/validation.ts';
import { checkData, parseData, readData } from '#evidence/load.ts';
import { EXCERPT_WORDS, HELP_REGIONS } from '#evidence/schema.ts';
import { z } from 'zod';
import { edited, ROOT } from '../fixtures/unit-data.ts';
import { change, project, scratchProject, type Change } from '../fixtures/unit-project.ts';

const FACTS = 'data/facts.json';
const ARTICLES = 'data/articles.json';
const EVENTS = 'data/events.json';
const EDITION = 'data/edition.json';
const CORRECTIONS = 'data/corrections.json';
const STORY = 'src/content/en/story.json';
const CHARTS = 'src/content/en/charts.json';
const INTERFACE = 'src/content/en/interface.json';
const LANGUAGE = 'src/content/en/language.json';
const NAMES = 'src/content/en/names.json';
/** The step `maskpark`, in the content. */
const STEP = 'scenes.0.passages.0.steps.3';

const scratch = scratchProject();
afterAll(scratch.remove);

/** A change of a file's text as text. The words that are replaced must be there. */
function retyped(file: string, from: string, to: string): Change {
  return {
    file,
    to: (source) => {
      if (!source.includes(from)) throw new Error(`${file} holds no ${from}`);
      return source.replace(from, () => to);
    },
  };
}

test('a correction of a fact, of our own arithmetic or of a sentence is no fault', () => {
  const correction = { date: project.data.edition.updated, was: 'one', now: 'two', why: 'The article was read wrongly.' };
  for (const fact of ['maskpark-users', 'nth-room-sentence-days', undefined])
    expect(scratch.faultsAfter(change(CORRECTIONS, 'first', fact === undefined ? correction : { ...correction, fact }))).toEqual([]);
});

test('the project as it stands has no fault', () => {
  expect(scratch.faultsAfter()).toEqual([]);
  const faults: Issue[] = [];
  expect(Object.keys(parseData(readData(ROOT, faults)).facts)).toEqual(Object.keys(project.data.facts));
  expect(faults).toEqual([]);
});

describe('one wrong value gives one line that names it', () => {
  const { facts, edition } = project.data;
  const correction = { date: edition.updated, was: 'more than a thousand', now: 'more than a hundred', why: 'The article was read wrongly.' };
  const fine = { ...facts['fine-usd'], value: 69 };
  const span = { ...facts['d-southern-daily-report'], date: '2025-07-20' };
  const excerpt = Array.from({ length: EXCERPT_WORDS + 1 }, () => 'word').join(' ');
  test.each<[string, Change, string]>([
    // The shapes of data/.
    ['a number as text', change(FACTS, 'maskpark-users.value', '100k'), `${FACTS}: maskpark-users.value: expected a number, found "100k"`],
    ['a number that is missing', change(FACTS, 'maskpark-users.value', undefined), `${FACTS}: maskpark-users.value: expected a number, found nothing`],
    ['a number below zero', change(FACTS, 'maskpark-users.value', -5), `${FACTS}: maskpark-users.value: expected at least 0, found -5`],
    ['a figure without a speaker', change(FACTS, 'maskpark-users.speaker', undefined), `${FACTS}: maskpark-users.speaker: expected text, found nothing`],
    ['a claim without a speaker', change(FACTS, 'footage-sold.speaker', undefined), `${FACTS}: footage-sold.speaker: expected text, found nothing`],
    [
      'a figure that does not say what it counts',
      change(FACTS, 'maskpark-users.counts', undefined),
      `${FACTS}: maskpark-users.counts: expected text, found nothing`,
    ],
    ['a fact without a citation', change(FACTS, 'footage-sold.citations', []), `${FACTS}: footage-sold.citations: expected at least one entry, found []`],
    [
      'a bound that does not exist',
      change(FACTS, 'maskpark-users.bound', 'over'),
      `${FACTS}: maskpark-users.bound: expected "exactly" or "more-than" or "at-least" or "up-to" or "as-many-as" or "about", found "over"`,
    ],
    [
      'a word as the bound of a figure',
      change(FACTS, 'maskpark-users.bound', 'in-words'),
      `${FACTS}: maskpark-users.bound: expected "exactly" or "more-than" or "at-least" or "up-to" or "as-many-as" or "about", found "in-words"`,
    ],
    ['a key that is misspelt', change(FACTS, 'maskpark-users.exclude', 'x'), `${FACTS}: maskpark-users.exclude: expected no such key, found "x"`],
    ['a key beside the articles', change(ARTICLES, 'artikles', {}), `${ARTICLES}: artikles: expected no such key, found {}`],
    [
      'an id that is no id',
      change(FACTS, 'Maskpark Users', { kind: 'scale-mark', value: 3 }),
      `${FACTS}: Maskpark Users: expected an id in kebab-case, found "Maskpark Users"`,
    ],
    [
      'a conflict that the ledger does not have',
      change(FACTS, 'maskpark-users.conflicts.0', 'C35'),
      `${FACTS}: maskpark-users.conflicts.0: expected a conflict of the ledger, C1 to C34, found "C35"`,
    ],
    [
      'an excerpt of thirteen words',
      change(FACTS, 'maskpark-users.citations.0.excerpt', excerpt),
      `${FACTS}: maskpark-users.citations.0.excerpt: expected an excerpt of at most 12 words, found "${excerpt}"`,
    ],
    // Intervals and dates.
    [
      'an interval that does not match its words',
      change(FACTS, 'nth-room-users.interval', [10_000, 99_999]),
      `${FACTS}: nth-room-users.interval: expected [20000,99999] for tens of thousands, found [10000,99999]`,
    ],
    [
      'an interval that reaches one too far',
      change(FACTS, 'nth-room-users.interval', [20_000, 100_000]),
      `${FACTS}: nth-room-users.interval: expected [20000,99999] for tens of thousands, found [20000,100000]`,
    ],
    [
      'words that do not match their interval',
      change(FACTS, 'nth-room-users.words.count', 'hundreds'),
      `${FACTS}: nth-room-users.interval: expected [200000,999999] for hundreds of thousands, found [20000,99999]`,
    ],
    [
      'an interval upside down',
      change(FACTS, 'fine-myr.interval', [296, 294]),
      `${FACTS}: fine-myr.interval: expected an interval from low to high, found [296,294]`,
    ],
    [
      'an interval beside a bound that needs none',
      change(FACTS, 'maskpark-users.interval', [1, 2]),
      `${FACTS}: maskpark-users.interval: expected no interval beside "more-than", found [1,2]`,
    ],
    [
      'edges that leave the number outside',
      change(FACTS, 'fine-usd', { ...fine, interval: [70, 71] }),
      `${FACTS}: fine-usd.interval: expected edges around 69, found [70,71]`,
    ],
    [
      'an "about" with an open side',
      change(FACTS, 'fine-usd', { ...fine, interval: [68, null] }),
      `${FACTS}: fine-usd.interval: expected edges around 69, found [68,null]`,
    ],
    [
      'a unit that the picture does not draw: years drawn as days would be a lie',
      change(FACTS, 'detention-10-days.unit', 'years'),
      `${FACTS}: detention-10-days.unit: expected "days", which is what the chart "penalties" draws, found "years"`,
    ],
    [
      'a day that is not in the calendar',
      change(FACTS, 'd-reuters-story.date', '2025-02-30'),
      `${FACTS}: d-reuters-story.date: expected a day of the calendar, found "2025-02-30"`,
    ],
    [
      'a date in words',
      change(FACTS, 'd-reuters-story.date', '29 July'),
      `${FACTS}: d-reuters-story.date: expected a date such as 2025, 2025-07 or 2025-07-29, found "29 July"`,
    ],
    [
      'a month that is not in the calendar',
      change(FACTS, 'd-reuters-story.date', '2025-13-01'),
      `${FACTS}: d-reuters-story.date: expected a day of the calendar, found "2025-13-01"`,
    ],
    [
      'a span that ends before it begins',
      change(FACTS, 'd-southern-daily-report', { ...span, until: '2025-07-19' }),
      `${FACTS}: d-southern-daily-report.until: expected a day after 2025-07-20, found "2025-07-19"`,
    ],
    // Help.
    [
      'help in no region',
      change('data/help.json', 'stopncii.region', undefined),
      `data/help.json: stopncii.region: expected ${HELP_REGIONS.map((region) => `"${region}"`).join(' or ')}, found nothing`,
    ],
    [
      'help of no date',
      change('data/help.json', 'stopncii.noted', 'today'),
      'data/help.json: stopncii.noted: expected a day such as 2025-07-29, found "today"',
    ],
    // References.
    [
      'a citation of no article',
      change(FACTS, 'maskpark-users.citations.0.article', 'taipei-time'),
      `${FACTS}: maskpark-users.citations.0.article: expected the id of an article, found "taipei-time"`,
    ],
    [
      'a carrier that is no article',
      change(FACTS, 'maskpark-users.chain.0.carriers.1', 'malay-male'),
      `${FACTS}: maskpark-users.chain.0.carriers.1: expected the id of an article, found "malay-male"`,
    ],
    [
      'an article that drew on nobody known',
      change(ARTICLES, 'articles.abc-news.drewOn.0', 'reuter'),
      `${ARTICLES}: articles.abc-news.drewOn.0: expected the id of an origin or an article, found "reuter"`,
    ],
    [
      'an origin that drew on nobody known',
      change(ARTICLES, 'origins.reuters.drewOn.0', 'southern'),
      `${ARTICLES}: origins.reuters.drewOn.0: expected the id of an origin or an article, found "southern"`,
    ],
    [
      'an event on no date',
      change(EVENTS, 'views.date', 'd-wednesday'),
      `${EVENTS}: views.date: expected the id of a fact of the kind date, found "d-wednesday"`,
    ],
    [
      'an event on a figure',
      change(EVENTS, 'views.date', 'maskpark-users'),
      `${EVENTS}: views.date: expected the id of a fact of the kind date, found "maskpark-users"`,
    ],
    [
      'an event that rests on no fact',
      change(EVENTS, 'views.facts.0', 'weibo-views'),
      `${EVENTS}: views.facts.0: expected the id of a fact, found "weibo-views"`,
    ],
    [
      'an event unreconciled with none',
      change(EVENTS, 'tip-off.unreconciledWith', 'telegram'),
      `${EVENTS}: tip-off.unreconciledWith: expected the id of an event, found "telegram"`,
    ],
    // The edition and its corrections.
    ['an edition on no whole day', change(EDITION, 'updated', '2039-01'), `${EDITION}: updated: expected a day such as 2025-07-29, found "2039-01"`],
    [
      'an edition on no day of the calendar',
      change(EDITION, 'updated', '2039-02-30'),
      `${EDITION}: updated: expected a day of the calendar, found "2039-02-30"`,
    ],
    ['an edition without a licence', change(EDITION, 'licence', undefined), `${EDITION}: licence: expected text, found nothing`],
    [
      'data from before its publication',
      change(EDITION, 'updated', '2001-01-01'),
      `${EDITION}: updated: expected a day from ${edition.published} on, found "2001-01-01"`,
    ],
    [
      'a correction of no fact',
      change(CORRECTIONS, 'users', { ...correction, fact: 'maskpark-user' }),
      `${CORRECTIONS}: users.fact: expected the id of a fact, found "maskpark-user"`,
    ],
    [
      'a correction without a reason',
      change(CORRECTIONS, 'users', { ...correction, why: undefined }),
      `${CORRECTIONS}: users.why: expected text, found nothing`,
    ],
    [
      'a correction before there was anything to correct',
      change(CORRECTIONS, 'users', { ...correction, date: '2001-01-01' }),
      `${CORRECTIONS}: users.date: expected a day from ${edition.published} to ${edition.updated}, found "2001-01-01"`,
    ],
    [
      'a correction that the date of the data does not cover',
      change(CORRECTIONS, 'users', { ...correction, date: '2999-01-01' }),
      `${CORRECTIONS}: users.date: expected a day from ${edition.published} to ${edition.updated}, found "2999-01-01"`,
    ],
    // Words.
    [
      'a token that no fact answers',
      change(STORY, `${STEP}.text.0`, 'It had {maskpark-user} users.'),
      `${STORY}: ${STEP}.text.0: expected the id of a fact, found "maskpark-user"`,
    ],
    [
      'a claim that no fact answers',
      change(STORY, `${STEP}.text.0`, 'It was [down](forum-down).'),
      `${STORY}: ${STEP}.text.0: expected the id of a fact or a #link, found "forum-down"`,
    ],
    [
      'a digit in prose',
      change(STORY, `${STEP}.text.0`, 'It had 100,000 users.'),
      `${STORY}: ${STEP}.text.0: expected words and tokens, found the digit "100" outside a token`,
    ],
    [
      'a digit in a text alternative',
      change(STORY, `${STEP}.picture`, '5 lights.'),
      `${STORY}: ${STEP}.picture: expected words and tokens, found the digit "5" outside a token`,
    ],
    ['a digit in the title', change(STORY, 'title', 'The 5 rooms'), `${STORY}: title: expected words without digits, found "The 5 rooms"`],
    [
      'a digit on a stage',
      change(CHARTS, 'members.words.one-label', '1 account'),
      `${CHARTS}: members.words.one-label: expected words and tokens, found the digit "1" outside a token`,
    ],
    ['a digit in a name', change(NAMES, 'maskpark-users', '1 forum'), `${NAMES}: maskpark-users: expected words without digits, found "1 forum"`],
    ['a digit in the furniture', change(INTERFACE, 'table', 'The 5 numbers'), `${INTERFACE}: table: expected words without digits, found "The 5 numbers"`],
    [
      'a form that does not exist',
      change(STORY, `${STEP}.heading`, '{maskpark-users|unit}'),
      `${STORY}: ${STEP}.heading: expected a form (units, capital, weekday, day, month, month-year, year, days), found "unit"`,
    ],
    ['a step whose text is empty', change(STORY, `${STEP}.text`, []), `${STORY}: ${STEP}.text: expected at least one entry, found []`],
    ['a step without text', change(STORY, `${STEP}.text`, undefined), `${STORY}: ${STEP}.text: expected a list, found nothing`],
    ['a step without a text alternative', change(STORY, `${STEP}.picture`, undefined), `${STORY}: ${STEP}.picture: expected text, found nothing`],
    ['a text alternative of nothing but space', change(STORY, `${STEP}.picture`, ' '), `${STORY}: ${STEP}.picture: expected some text, found " "`],
    [
      'a step that is missing',
      change(STORY, STEP, undefined),
      `${STORY}: scenes.0.passages.0.steps: expected the steps one, hundred, ten-thousand, maskpark, others, uncounted, found one, hundred, ten-thousand, others, uncounted`,
    ],
    ['one address for two places', change(STORY, 'scenes.1.id', 'one'), `${STORY}: scenes.1.id: expected each id once, found "one" twice`],
    [
      'a section with the address of a step',
      change(STORY, 'sources.sections.0.id', 'one'),
      `${STORY}: sources.sections.0.id: expected each id once, found "one" twice`,
    ],
    ['a scene with the address of the sources', change(STORY, 'scenes.1.id', 'sources'), `${STORY}: scenes.1.id: expected each id once, found "sources" twice`],
    ['a word that a chart needs', change(CHARTS, 'members.words.one-label', undefined), `${CHARTS}: members.words.one-label: expected text, found nothing`],
    [
      'a word that no chart needs',
      change(CHARTS, 'members.words.two-label', 'accounts'),
      `${CHARTS}: members.words.two-label: expected no such key, found "accounts"`,
    ],
    ['a blank without words', change(CHARTS, 'gaps.words.images', undefined), `${CHARTS}: gaps.words.images: expected text, found nothing`],
    [
      'a new blank that nobody has put in words',
      change('data/gaps.json', 'victims-age', { what: 'how old they were' }),
      `${CHARTS}: gaps.words.victims-age: expected text, found nothing`,
    ],
    ['a name that a table needs', change(NAMES, 'maskpark-users', undefined), `${NAMES}: maskpark-users: expected text, found nothing`],
    ['a word of the furniture', change(INTERFACE, 'skip', undefined), `${INTERFACE}: skip: expected text, found nothing`],
    ['a locale that nobody speaks', change(LANGUAGE, 'locale', 'xx'), `${LANGUAGE}: locale: expected a locale that Intl knows, found "xx"`],
    ['a language tag in capitals', change(LANGUAGE, 'tag', 'EN'), `${LANGUAGE}: tag: expected a language tag such as en, found "EN"`],
  ])('%s', (_, seeded, line) => {
    expect(scratch.faultsAfter(seeded)).toEqual([line]);
  });

  test('a unit that does not exist is answered with the list of those that do', () => {
    const [line, ...more] = scratch.faultsAfter(change(FACTS, 'maskpark-users.unit', 'people'));
    expect(more).toEqual([]);
    expect(line).toMatch(new RegExp(`^${FACTS}: maskpark-users\\.unit: expected "accounts" or "members" or .* or "years", found "people"$`));
  });

  test('a kind that does not exist is named, so that a misspelt one can be seen', () => {
    const lines = scratch.faultsAfter(change(FACTS, 'maskpark-users.kind', 'figur'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^data\/facts\.json: maskpark-users\.kind: expected .*, found "figur"$/);
  });

  test('an event told twice is told nowhere else, and both are said', () => {
    expect(scratch.faultsAfter(change(CHARTS, 'timeline.tells.accounts.0', 'views'))).toEqual([
      `${CHARTS}: timeline.tells: expected the event "nth-room-sentence" once, found it 0 times`,
      `${CHARTS}: timeline.tells: expected the event "views" once, found it 2 times`,
    ]);
  });

  test('an event that does not exist is answered with the list of those that do', () => {
    const lines = scratch.faultsAfter(change(CHARTS, 'timeline.tells.accounts.0', 'sentence'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^src\/content\/en\/charts\.json: timeline\.tells\.accounts\.0: expected .*"nth-room-sentence".*, found "sentence"$/);
  });

  test('a chart shown twice is missing somewhere, and both are said', () => {
    const lines = scratch.faultsAfter(change(STORY, 'scenes.0.passages.0.chart', 'views'));
    expect(lines).toContain(`${STORY}: scenes: expected the chart "members" once, found it 0 times`);
    expect(lines).toContain(`${STORY}: scenes: expected the chart "views" once, found it 2 times`);
  });

  test('a link to a place that the page does not have', () => {
    expect(scratch.faultsAfter(change(STORY, 'cover.note', 'Some words. [Where to find help](#nowhere).'))).toEqual([
      `${STORY}: cover.note: expected a link to a place on the page, found "#nowhere"`,
    ]);
  });

  test('the last day of a span that is not in the calendar', () => {
    expect(
      scratch.faultsAfter(change(FACTS, 'd-southern-daily-report', { ...project.data.facts['d-southern-daily-report'], until: '2039-09-31' })),
    ).toHaveLength(1);
  });

  test('the date of an article that is not in the calendar', () => {
    expect(scratch.faultsAfter(change(ARTICLES, 'articles.abc-news.date', '2025-02-30'))).toHaveLength(1);
  });

  test('a locale in the shape of another system is a fault and no stack trace', () => {
    expect(scratch.faultsAfter(change(LANGUAGE, 'locale', 'en_GB'))).toEqual([`${LANGUAGE}: locale: expected a locale that Intl knows, found "en_GB"`]);
  });

  test('a fact under the id of our own arithmetic, which would hide one of the two', () => {
    const lines = scratch.faultsAfter(change(FACTS, 'nth-room-sentence-days', { kind: 'scale-mark', value: 3 }));
    expect(lines.some((line) => line.startsWith(`${FACTS}: nth-room-sentence-days: `))).toBe(true);
  });

  test('a sentence that is no exact number cannot be drawn as days', () => {
    expect(scratch.faultsAfter(change(FACTS, 'nth-room-sentence.bound', 'more-than'))).toContain(
      `${FACTS}: nth-room-sentence-days: expected facts that can be reckoned with, found that only an exact number of years can be drawn as days`,
    );
  });
});

describe('a fault is not told again as faults of what is right', () => {
  test.each<[string, Change]>([
    ['a number as text that our arithmetic needs', change(FACTS, 'nth-room-sentence.value', '40')],
    ['an event in no lane', change(EVENTS, 'views.lane', 'shops')],
    ['an address without https', change('data/help.json', 'stopncii.url', 'http://stopncii.org')],
    ['a mark of scale that is no whole number', change(FACTS, 'scale-hundred.value', 1.5)],
    ['a word-number that the language lacks', change(LANGUAGE, 'wording.words.tens-of-thousands', undefined)],
  ])('%s', (_, seeded) => {
    expect(scratch.faultsAfter(seeded)).toHaveLength(1);
  });

  test.each([FACTS, EVENTS, EDITION, CORRECTIONS, 'data/gaps.json', 'data/help.json', ARTICLES, STORY, CHARTS, LANGUAGE])('%s is missing', (file) => {
    expect(scratch.faultsAfter({ file, to: () => null }).map((line) => line.slice(0, file.length))).toEqual([file]);
  });
});

describe('a file that cannot be read', () => {
  test.each([
    ['is missing', () => null, /^data\/gaps\.json: expected a file, found none$/],
    ['is empty', () => '', /^data\/gaps\.json: expected JSON, found /],
    ['is cut short', (source: string) => source.slice(0, -5), /^data\/gaps\.json: expected JSON, found .*line 35/],
    ['has a comma too many', (source: string) => source.replace(/\}\s*\}\s*$/, '},}'), /^data\/gaps\.json: expected JSON, found /],
    ['has a comment', (source: string) => `// gaps\n${source}`, /^data\/gaps\.json: expected JSON, found /],
    [
      'is not in UTF-8',
      (source: string) => Buffer.from(source.replace('how many', 'caf\u00e9'), 'latin1'),
      /^data\/gaps\.json: expected a file in UTF-8, found /,
    ],
    ['begins with a byte order mark', (source: string) => `\ufeff${source}`, /^data\/gaps\.json: expected JSON, found /],
    ['holds a list', () => '[]', /^data\/gaps\.json: expected an object, found \[\]$/],
    ['holds nothing', () => 'null', /^data\/gaps\.json: expected an object, found null$/],
  ])('%s', (_, to, line) => {
    expect(scratch.faultsAfter({ file: 'data/gaps.json', to })[0]).toMatch(line);
  });

  test('an invisible byte order mark is named and does not break the line', () => {
    const lines = scratch.faultsAfter({ file: 'data/help.json', to: (source) => `\ufeff${source}` });
    expect(lines.filter((line) => !/^(data|src)\//.test(line))).toEqual([]);
  });
});

describe('two entries under one id', () => {
  test.each([
    [
      'a fact',
      retyped(FACTS, '"maskpark-users": {', '"maskpark-users": { "kind": "scale-mark", "value": 1 }, "maskpark-users": {'),
      `${FACTS}: maskpark-users`,
    ],
    ['a key of a fact', retyped(FACTS, '"bound": "', '"bound": "about", "bound": "'), `${FACTS}: maskpark-users.bound`],
    ['an article', retyped(ARTICLES, '"petapixel": {', '"petapixel": {}, "petapixel": {'), `${ARTICLES}: articles.petapixel`],
    ['a word', retyped(CHARTS, '"one-label":', '"one-label": "x", "one-label":'), `${CHARTS}: members.words.one-label`],
    [
      'a paragraph’s step',
      retyped(STORY, '"heading": "One light, one account",', '"heading": "x", "heading": "One light, one account",'),
      `${STORY}: scenes.0.passages.0.steps.0.heading`,
    ],
  ])('%s: neither is dropped in silence', (_, seeded, where) => {
    const id = where.split('.').at(-1)?.split(' ').at(-1);
    expect(scratch.faultsAfter(seeded)).toEqual([`${where}: expected each id once, found "${id}" twice`]);
  });

  test('a key that would change the object itself is refused', () => {
    expect(scratch.faultsAfter(retyped(FACTS, '"maskpark-users": {', '"__proto__": { "kind": "scale-mark", "value": 1 }, "maskpark-users": {'))).toEqual([
      `${FACTS}: __proto__: expected an id, found "__proto__"`,
    ]);
  });
});

describe('one run lists every fault', () => {
  test('of data and of words, file by file', () => {
    expect(
      scratch.faultsAfter(
        change(FACTS, 'maskpark-users.value', '100k'),
        change(FACTS, 'footage-sold.speaker', undefined),
        change(ARTICLES, 'articles.abc-news.colour', 'red'),
        change(STORY, 'cover.dek', 'Five articles, or 5.'),
        change(STORY, `${STEP}.picture`, undefined),
        change(CHARTS, 'views.words.source', undefined),
        change(INTERFACE, 'skip', undefined),
        change(NAMES, 'fine-usd', undefined),
      ),
    ).toEqual([
      `${ARTICLES}: articles.abc-news.colour: expected no such key, found "red"`,
      `${FACTS}: maskpark-users.value: expected a number, found "100k"`,
      `${FACTS}: footage-sold.speaker: expected text, found nothing`,
      `${STORY}: cover.dek: expected words and tokens, found the digit "5" outside a token`,
      `${STORY}: ${STEP}.picture: expected text, found nothing`,
      `${CHARTS}: views.words.source: expected text, found nothing`,
      `${NAMES}: fine-usd: expected text, found nothing`,
      `${INTERFACE}: skip: expected text, found nothing`,
    ]);
  });

  test('a wrong value does not hide a dangling reference', () => {
    expect(scratch.faultsAfter(change(FACTS, 'maskpark-users.value', '100k'), change(EVENTS, 'views.facts.0', 'weibo-views'))).toEqual([
      `${FACTS}: maskpark-users.value: expected a number, found "100k"`,
      `${EVENTS}: views.facts.0: expected the id of a fact, found "weibo-views"`,
    ]);
  });

  test('a double id does not hide a wrong value in its file', () => {
    const twice = retyped(FACTS, '"maskpark-users":{', '"maskpark-users":{"kind":"scale-mark","value":1},"maskpark-users":{');
    const lines = scratch.faultsAfter(change(FACTS, 'other-subforums-900k.value', '900k'), twice);
    expect(lines).toContain(`${FACTS}: other-subforums-900k.value: expected a number, found "900k"`);
  });

  test('a file that is gone does not hide a wrong value elsewhere', () => {
    const gone = { file: 'data/gaps.json', to: () => null };
    const lines = scratch.faultsAfter(gone, change(FACTS, 'maskpark-users.value', '100k'));
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe(`${FACTS}: maskpark-users.value: expected a number, found "100k"`);
  });

  test('a double word does not hide a digit in another file', () => {
    const twice = retyped(CHARTS, '"one-label":', '"one-label": "x", "one-label":');
    expect(scratch.faultsAfter(twice, change(STORY, 'cover.note', 'See 5.'))).toHaveLength(2);
  });

  test('a digit in prose does not hide a double address', () => {
    expect(scratch.faultsAfter(change(STORY, 'scenes.1.id', 'one'), change(STORY, 'cover.note', 'See 5.'))).toHaveLength(2);
  });
});

describe('the list itself', () => {
  const faults: Issue[] = [
    { file: 'data/gaps.json', path: '', message: 'expected an object, found []' },
    { file: FACTS, path: 'a.b', message: 'expected text, found 3' },
  ];

  test('stands one fault a line, with the file first', () => {
    expect(new ValidationError(faults).message).toBe(`data/gaps.json: expected an object, found []\n${FACTS}: a.b: expected text, found 3`);
    expect(faults.map(formatIssue).join('\n')).toBe(new ValidationError(faults).message);
  });

  test('a long value is cut, so that a line stays a line', () => {
    const value = 'x'.repeat(500);
    const result = z.object({ a: z.number() }).safeParse({ a: value });
    const [fault] = result.error ? issuesOf(FACTS, result.error, { a: value }) : [];
    expect(fault?.message).toMatch(/^expected a number, found "x{116}\.\.\.$/);
  });

  test('parsing adds faults and keeps those that were there', () => {
    const kept = [...faults];
    expect(parseJson('data/help.json', '{', kept)).toBeUndefined();
    expect(parseJson('data/help.json', '{"a": [1, {"b": 2}]}', kept)).toEqual({ a: [1, { b: 2 }] });
    expect(kept.slice(0, 2)).toEqual(faults);
    expect(kept).toHaveLength(3);
  });

  test('what is sound can be read while the rest is not', () => {
    const raw = readData(ROOT, []);
    const facts = edited(raw.facts, 'maskpark-users.value', '100k');
    const { data, broken } = checkData({ ...raw, facts });
    expect([...broken]).toEqual(['maskpark-users']);
    expect(Object.keys(data.facts)).toEqual(Object.keys(project.data.facts).filter((id) => id !== 'maskpark-users'));
    expect(() => parseData({ ...raw, facts })).toThrow(ValidationError);
  });
});
