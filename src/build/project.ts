/** Reads the project's data and content from disk, and refuses both when anything in either is wrong. */
import { parseContent, readContents, type RawContent, type RawContents } from '#content/schema.ts';
import { needsOf } from '#charts/needs.ts';
import { CHARTS } from '#charts/registry.ts';
import { isDerivedId } from '#evidence/derived.ts';
import { ValidationError, type Issue } from '#evidence/validation.ts';
import { checkData, idsOf, readData, type Checked, type RawData } from '#evidence/load.ts';
import type { Data } from '#evidence/schema.ts';

/** What the site is made of. */
export interface Project {
  readonly data: Data;
  readonly contents: RawContents;
}

/** Data and content below `root`. Throws a ValidationError with every issue of both. */
export function readProject(root: string): Project {
  const issues: Issue[] = [];
  const raw = readData(root, issues);
  const contents = readContents(root, issues);
  const unusable = (files: object) => Object.values(files).some((value) => typeof value !== 'object' || value === null || Array.isArray(value));
  const checked = checkData(raw);
  // A file that cannot be read is one issue; nothing can be said of what refers to it.
  const unread = new Set(issues.filter(({ path }) => path === '').map(({ file }) => file));
  if (unusable(raw)) issues.push(...checked.issues.filter(({ file, about }) => !unread.has(file) && about === undefined));
  else {
    issues.push(...checked.issues, ...wrongUnits(checked.data));
    for (const [folder, content] of Object.entries(contents))
      issues.push(...faultsOfContent(folder, content, raw, checked).filter(({ file }) => !unread.has(file)));
  }
  if (issues.length) throw new ValidationError(issues);
  return { data: checked.data, contents };
}

/** Figures in another unit than the marks that a chart draws for them; each once, however many charts draw it. */
function wrongUnits(data: Data): Issue[] {
  const issues = new Map<string, Issue>();
  for (const chart of Object.values(CHARTS))
    for (const [id, unit] of Object.entries(needsOf(chart).marks)) {
      const fact = isDerivedId(id) ? undefined : data.facts[id];
      if (!fact || !('unit' in fact) || fact.unit === unit || issues.has(id)) continue;
      const message = `expected "${unit}", which is what the chart "${chart.id}" draws, found "${fact.unit}"`;
      issues.set(id, { file: 'data/facts.json', path: `${id}.unit`, message });
    }
  return [...issues.values()];
}

/** What is wrong with a language; what only repeats a issue of the data is left out. */
function faultsOfContent(folder: string, content: RawContent, raw: RawData, { data, broken }: Checked): readonly Issue[] {
  try {
    parseContent(folder, content, data, idsOf(raw));
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.issues.filter(({ path, about = '' }) => ![about, ...path.split('.')].some((id) => broken.has(id)));
  }
}
