/** The words of the ledger: every fact stands in one group and has a name, every conflict is told, and a seeded fault is named. */
import { afterAll, describe, expect, test } from 'vitest';
import { needsOf } from '#charts/needs.ts';
import { CHARTS } from '#charts/registry.ts';
import { BOUND_KINDS, MARKS, parseContent } from '#content/schema.ts';
import { DERIVED_IDS } from '#evidence/derived.ts';
import { textOf, type Segment } from '#evidence/prose.ts';
import { edited } from '../fixtures/unit-data.ts';
import { change, english, project, scratchProject, type Change } from '../fixtures/unit-project.ts';

const FACTS = 'data/facts.json';
const STORY = 'src/content/en/story.json';
const NAMES = 'src/content/en/names.json';
const EVIDENCE = 'src/content/en/evidence.json';
const CONFLICTS = 'src/content/en/conflicts.json';
const INTERFACE = 'src/content/en/interface.json';

const scratch = scratchProject();
afterAll(scratch.remove);

const { data, contents } = project;
const { evidence, conflicts, names, story } = english;
const reported = Object.entries(data.facts).flatMap(([id, fact]) => (fact.kind === 'scale-mark' ? [] : [{ id, fact }]));
const listOf = (section: string) => `sources.sections.${story.sources.sections.findIndex(({ id }) => id === section)}.entries`;
const LISTED = listOf('conflicts');

describe('the ledger', () => {
  const listed = evidence.groups.flatMap(({ facts }) => facts);

  test('lists each fact and each figure of ours in one group', () => {
    expect(listed.length).toBeGreaterThanOrEqual(60);
    expect([...listed].sort()).toEqual([...reported.map(({ id }) => id), ...DERIVED_IDS].sort());
  });

  test('has a short name for each', () => {
    expect(Object.keys(names).sort()).toEqual([...listed].sort());
    const words = Object.values(names).map((name) => name.split(/\s+/).length);
    expect(Math.max(...words)).toBeLessThanOrEqual(12);
  });

  test('has no two names that a reader could not tell apart', () => {
    expect(new Set(Object.values(names)).size).toBe(Object.keys(names).length);
  });

  test('says of each fact what kind of entry it is, and of each mark what it means', () => {
    const kinds = [...reported.map(({ fact }) => (fact.kind === 'figure' ? fact.bound : fact.kind)), 'derived'];
    expect([...BOUND_KINDS]).toEqual(expect.arrayContaining([...new Set(kinds)]));
    expect(Object.keys(evidence.bounds)).toEqual([...BOUND_KINDS]);
    expect(Object.keys(evidence.method.marks)).toEqual([...MARKS]);
  });
});

describe('the conflicts', () => {
  test('are told, all of the ledger’s, and the story has one for each number that it draws and articles differ on', () => {
    expect(Object.keys(conflicts)).toEqual(Array.from({ length: 34 }, (_, i) => `C${i + 1}`));
    const selected = story.sources.sections.flatMap(({ entries }) => entries ?? []);
    expect(selected.filter((id) => !conflicts[id])).toEqual([]);
    const drawn = Object.values(CHARTS).flatMap((chart) => Object.keys(needsOf(chart).marks));
    const disputed = reported.filter(({ id, fact }) => drawn.includes(id) && fact.conflicts?.length);
    expect(disputed.length).toBeGreaterThan(5);
    expect(disputed.filter(({ fact }) => !fact.conflicts?.some((id) => selected.includes(id))).map(({ id }) => id)).toEqual([]);
  });

  test('that a fact names are told', () => {
    const named = reported.flatMap(({ fact }) => fact.conflicts ?? []);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((id) => !conflicts[id])).toEqual([]);
  });

  test('keep their words when a fact is corrected, and take its new number', () => {
    const raw = contents['en'];
    if (!raw) throw new Error('no English content');
    const corrected = parseContent('en', raw, edited(data, 'facts.other-subforums-900k.value', 876_543));
    const textIn = (content: typeof english) => textOf(content.conflicts['C5']?.text ?? []);
    expect(textIn(corrected)).toContain('876,543');
    expect(textIn(corrected).replace('876,543', '')).not.toMatch(/\d/);
    expect(textIn(english)).not.toContain('876,543');
  });
});

describe('one wrong value gives one line that names it', () => {
  const [room = [], outcry = []] = evidence.groups.map(({ facts }) => facts);
  const [first = 'none'] = room;
  test.each<[string, Change, string]>([
    ['a fact in no group', change(EVIDENCE, 'groups.0.facts.0', undefined), `${EVIDENCE}: groups: expected the fact "${first}" once, found it 0 times`],
    [
      'a figure of ours in no group',
      { file: EVIDENCE, to: (source) => source.replace(/"comments-left-share",\s*/, '') },
      `${EVIDENCE}: groups: expected the fact "comments-left-share" once, found it 0 times`,
    ],
    [
      'a fact in two groups',
      change(EVIDENCE, 'groups.1.facts', [...outcry, first]),
      `${EVIDENCE}: groups: expected the fact "${first}" once, found it 2 times`,
    ],
    [
      'a mark of scale in a group',
      change(EVIDENCE, 'groups.0.facts', ['scale-million', ...room]),
      `${EVIDENCE}: groups.0.facts.0: expected the id of a fact, found "scale-million"`,
    ],
    ['a group with the address of another', change(EVIDENCE, 'groups.1.id', 'room'), `${EVIDENCE}: groups.1.id: expected each id once, found "room" twice`],
    [
      'a group with the address of a fact',
      change(EVIDENCE, 'groups.1.id', 'footage-sold'),
      `${EVIDENCE}: groups.1.id: expected each id once, found "footage-sold" twice`,
    ],
    [
      'a group without a fact',
      change(EVIDENCE, 'groups.7', { id: 'none', heading: 'None', facts: [] }),
      `${EVIDENCE}: groups.7.facts: expected at least one entry, found []`,
    ],
    [
      'a digit in the ledger',
      change(EVIDENCE, 'opening.0', 'It holds 77 facts.'),
      `${EVIDENCE}: opening.0: expected words and tokens, found the digit "77" outside a token`,
    ],
    ['a digit on a card', change(EVIDENCE, 'card.close', 'Close 1'), `${EVIDENCE}: card.close: expected words without digits, found "Close 1"`],
    [
      'a token that no fact answers',
      change(EVIDENCE, 'opening.0', '{maskpark-user}'),
      `${EVIDENCE}: opening.0: expected the id of a fact, found "maskpark-user"`,
    ],
    ['a bound without its sentence', change(EVIDENCE, 'bounds.at-least.text', undefined), `${EVIDENCE}: bounds.at-least.text: expected text, found nothing`],
    [
      'a bound that no number has',
      change(EVIDENCE, 'bounds.in-words', { name: 'x', text: 'x' }),
      `${EVIDENCE}: bounds.in-words: expected no such key, found {"name":"x","text":"x"}`,
    ],
    [
      'a mark that is not explained',
      change(EVIDENCE, 'method.marks.inferred', undefined),
      `${EVIDENCE}: method.marks.inferred: expected an object, found nothing`,
    ],
    ['a word of the card', change(EVIDENCE, 'card.printed', undefined), `${EVIDENCE}: card.printed: expected text, found nothing`],
    [
      'a place that the page could not fill',
      change(EVIDENCE, 'filter.count', '{shown} shown'),
      `${EVIDENCE}: filter.count: expected words with {all}, found "{shown} shown"`,
    ],
    ['a place of the furniture', change(INTERFACE, 'published', 'Published'), `${INTERFACE}: published: expected words with {date}, found "Published"`],
    ['a name that only the ledger needs', change(NAMES, 'p-ms-c', undefined), `${NAMES}: p-ms-c: expected text, found nothing`],
    ['the name of our own arithmetic', change(NAMES, 'comments-left-share', undefined), `${NAMES}: comments-left-share: expected text, found nothing`],
    ['a name for a mark of scale', change(NAMES, 'scale-million', 'A million'), `${NAMES}: scale-million: expected no such key, found "A million"`],
    // Conflicts.
    [
      'a conflict that a fact names and nobody tells',
      change(CONFLICTS, 'C31', undefined),
      `${CONFLICTS}: C31: expected the conflict that "telegram-millions-removed-daily" names, found nothing`,
    ],
    [
      'a conflict that the ledger does not have',
      change(CONFLICTS, 'C35', { heading: 'None', text: 'None.' }),
      `${CONFLICTS}: C35: expected a conflict of the ledger, C1 to C34, found "C35"`,
    ],
    ['a conflict without its words', change(CONFLICTS, 'C34.text', undefined), `${CONFLICTS}: C34.text: expected text, found nothing`],
    [
      'a digit in a conflict',
      change(CONFLICTS, 'C34.text', 'There are 2.'),
      `${CONFLICTS}: C34.text: expected words and tokens, found the digit "2" outside a token`,
    ],
    [
      'a link that leads nowhere on one of the pages that print it',
      change(CONFLICTS, 'C34.text', 'See [help](#help).'),
      `${CONFLICTS}: C34.text: expected a link to a place on the page, found "#help"`,
    ],
    [
      'a link out of the ledger',
      change(EVIDENCE, 'opening.0', 'See [help](#help).'),
      `${EVIDENCE}: opening.0: expected a link to a place on the page, found "#help"`,
    ],
    [
      'a conflict in the story that nobody tells',
      change(STORY, `${LISTED}.0`, 'C35'),
      `${STORY}: ${LISTED}.0: expected a conflict of the ledger, C1 to C34, found "C35"`,
    ],
  ])('%s', (_, seeded, line) => {
    expect(scratch.faultsAfter(seeded)).toEqual([line]);
  });

  test('a conflict that the story lists twice', () => {
    const lines = scratch.faultsAfter(change(STORY, `${LISTED}.1`, 'C3'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${STORY}: ${LISTED}: expected each conflict once, found `));
  });

  test('a conflict that the story lists and nobody tells any more', () => {
    // One fact names C5; without it only the story does.
    expect(scratch.faultsAfter(change(FACTS, 'other-subforums-900k.conflicts', undefined), change(CONFLICTS, 'C5', undefined))).toEqual([
      expect.stringMatching(new RegExp(`^${STORY}: ${LISTED}\\.\\d+: expected a conflict that conflicts\\.json tells, found "C5"$`)),
    ]);
  });

  test('a new fact that has neither a name nor a group yet: both are said', () => {
    const fact = { ...data.facts['footage-sold'] };
    expect(scratch.faultsAfter(change(FACTS, 'another-claim', fact))).toEqual([
      `${NAMES}: another-claim: expected text, found nothing`,
      `${EVIDENCE}: groups: expected the fact "another-claim" once, found it 0 times`,
    ]);
  });
});

describe('none hides another', () => {
  test('in the ledger’s words', () => {
    expect(
      scratch.faultsAfter(
        {
          file: EVIDENCE,
          to: (source) => JSON.stringify(edited<unknown>(edited<unknown>(JSON.parse(source), 'groups.1.id', 'room'), 'opening.0', 'It holds 77 facts.')),
        },
        change(CONFLICTS, 'C31', undefined),
      ),
    ).toEqual([
      `${EVIDENCE}: opening.0: expected words and tokens, found the digit "77" outside a token`,
      `${EVIDENCE}: groups.1.id: expected each id once, found "room" twice`,
      `${CONFLICTS}: C31: expected the conflict that "telegram-millions-removed-daily" names, found nothing`,
    ]);
  });

  test('a wrong fact is not told again as a hole in the ledger', () => {
    expect(scratch.faultsAfter(change(FACTS, 'ms-lin.speaker', undefined))).toHaveLength(1);
  });

  test.each([EVIDENCE, CONFLICTS, NAMES])('%s is missing', (file) => {
    expect(scratch.faultsAfter({ file, to: () => null })).toEqual([`${file}: expected a file, found none`]);
  });
});

describe('sentences', () => {
  const LONGEST = 25;
  /** The sentences of a text that have more words than a reader should hold at once. */
  const tooLong = (text: string) => text.split(/(?<=[.?!]”?)\s+/).filter((sentence) => sentence.split(/\s+/).length > LONGEST);
  const isProse = (value: unknown): value is Segment[] =>
    Array.isArray(value) && value.length > 0 && value.every((one: unknown) => typeof one === 'object' && one !== null && 'text' in one && 'kind' in one);
  const textsOf = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (isProse(value)) return [textOf(value)];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
  };

  test.each([
    ['the ledger', evidence],
    ['the conflicts', conflicts],
    ['the names', names],
  ])('of %s are short', (_, words) => {
    expect(textsOf(words).length).toBeGreaterThan(60);
    expect(textsOf(words).flatMap(tooLong)).toEqual([]);
  });

  test('one that is too long is seen', () => {
    const long = `${'word '.repeat(LONGEST)}word.`;
    expect(tooLong(`Short. ${long}`)).toEqual([long]);
    expect(textsOf(edited(conflicts, 'C1.text', [{ kind: 'text', text: long }])).flatMap(tooLong)).toEqual([long]);
  });
});
