/** Plain words: no sentence over 25 words, and a reading grade of at most nine. Names are left out of the grade: nobody can choose them. */
import { describe, expect, test } from 'vitest';
import { textOf, type Segment } from '#evidence/prose.ts';
import { english } from '../fixtures/unit-project.ts';

const LONGEST = 25;
const GRADE = 9;

/** Every run of prose of the content, as it is printed. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [];
  if (Array.isArray(value) && value.every((one): one is Segment => typeof one === 'object' && one !== null && 'kind' in one && 'text' in one))
    return value.length ? [textOf(value)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function sentencesOf(text: string): string[] {
  // A colon or a semicolon ends no sentence; an initial (Ms C) does not either.
  return [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)].map(({ segment }) => segment.trim()).filter((one) => /\p{L}/u.test(one));
}

const wordsOf = (sentence: string) => sentence.match(/[\p{L}\p{N}][\p{L}\p{N}’'.,$-]*/gu) ?? [];

/** Syllables as Flesch's formula counts them, roughly: runs of vowels, without a silent e. */
function syllables(word: string): number {
  const bare = word
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, '');
  return Math.max(1, bare.match(/[aeiouy]+/g)?.length ?? 0);
}

/** The Flesch-Kincaid grade of some sentences, without the names and numbers in them. */
function gradeOf(sentences: readonly string[]): number {
  const words = sentences.flatMap((sentence) => wordsOf(sentence).filter((word, i) => /^\p{Ll}/u.test(word) || (i === 0 && /^\p{Lu}\p{Ll}+$/u.test(word))));
  return 0.39 * (words.length / sentences.length) + 11.8 * (words.reduce((sum, word) => sum + syllables(word), 0) / words.length) - 15.59;
}

const tooLong = (texts: readonly string[]) => texts.flatMap(sentencesOf).filter((sentence) => wordsOf(sentence).length > LONGEST);
const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

describe('the words of the story', () => {
  const { story, charts, accessibility, publishers } = english;
  const statement =
    JSON.stringify([accessibility, publishers])
      .match(/"(?:[^"\\]|\\.)*"/g)
      ?.map((one) => one.slice(1, -1))
      .filter((one) => one.includes(' ')) ?? [];
  const texts = [...textsOf(story), ...Object.values(charts).flatMap(({ caption }) => [textOf(caption)])];

  test('stand in sentences of at most 25 words', () => {
    expect(texts.length).toBeGreaterThan(120);
    expect(tooLong(texts)).toEqual([]);
    expect(tooLong(statement)).toEqual([]);
  });

  test('have a reading grade of nine or lower, step by step in the median, and as a whole', () => {
    const steps = story.scenes.flatMap(({ passages }) => passages.flatMap((passage) => passage.steps));
    const grades = steps.map((step) => gradeOf(step.text.map(textOf).flatMap(sentencesOf)));
    expect(median(grades)).toBeLessThanOrEqual(GRADE);
    expect(median(steps.map((step) => gradeOf(sentencesOf(textOf(step.picture)))))).toBeLessThanOrEqual(GRADE);
    expect(gradeOf(texts.flatMap(sentencesOf))).toBeLessThanOrEqual(GRADE);
    expect(gradeOf(statement.flatMap(sentencesOf))).toBeLessThanOrEqual(GRADE);
  });

  test('and the check would notice a long sentence and hard words', () => {
    const long = `${Array.from({ length: LONGEST }, () => 'word').join(' ')} more.`;
    expect(tooLong(['A short one.', long])).toEqual([long]);
    expect(gradeOf(['Administrative jurisdictions occasionally demonstrate considerable institutional incompatibility.'])).toBeGreaterThan(GRADE);
    expect(gradeOf(['The lights go out one by one.'])).toBeLessThan(4);
  });
});

describe('the statement on accessibility', () => {
  const groups = Object.values(english.accessibility.audit.groups);
  const answers = groups.flatMap((group) => Object.values(group.answers));

  test('answers all fifty questions, and says what falls short', () => {
    expect(answers).toHaveLength(50);
    expect(answers.filter(({ result }) => result === 'fail').length).toBeGreaterThan(0);
  });
});
