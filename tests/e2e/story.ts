/** The story as its words file has it: what the tests walk and look for. Read as it is, not through the code under test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BUILD = join(ROOT, 'build');

interface StoryFile {
  readonly title: string;
  readonly scenes: readonly {
    readonly id: string;
    readonly passages: readonly { readonly chart: string; readonly steps: readonly { readonly id: string }[] }[];
  }[];
  readonly sources: { readonly sections: readonly { readonly entries?: readonly string[] }[] };
}

/** A file of the project, parsed. Its shape is the caller's claim: the build has checked it against the schema. */
export function readJson<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Shape;
}

const story = readJson<StoryFile>('src/content/en/story.json');
const conflicts = readJson<Readonly<Record<string, unknown>>>('src/content/en/conflicts.json');

export const TITLE = story.title;
export const SCENES = story.scenes.map(({ id }) => id);
/** Every step in order, with its chart and its scene. */
export const STEPS = story.scenes.flatMap(({ id: scene, passages }) => passages.flatMap(({ chart, steps }) => steps.map(({ id }) => ({ id, chart, scene }))));
export const CHARTS = [...new Set(STEPS.map(({ chart }) => chart))];

/** Keys of the words file whose values are names for machines, or stand in the page's head or the picture beside a link alone. */
const UNPRINTED = new Set(['$schema', 'id', 'chart', 'entries', 'description', 'formerly', 'before', 'card']);

/** Every run of words that a reader is to see, with its tokens: the story's own, and those of the conflicts that it lists. */
export function printedTexts(value: unknown = [story, story.sources.sections.flatMap(({ entries = [] }) => entries.map((id) => conflicts[id]))]): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (UNPRINTED.has(key) ? [] : printedTexts(inner)));
}

/** The pieces of a text that no fact writes: what is left when each `{token}` is taken out and each `[bound words](id)` is plain. */
export function plainPieces(text: string): string[] {
  return text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').split(/\{[^}]*\}/);
}

/** A pattern for the text as printed: each `{token}` is some words. */
export function printedPattern(text: string): RegExp {
  return new RegExp(plainPieces(text).map(escape).join('\\S(?:.{0,80}?\\S)?'));
}

function escape(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
