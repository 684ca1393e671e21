/** Reads the project's data and content from disk, and refuses both when anything in either is wrong. */
import { parseContent, readContents, type RawContent, type RawContents } from '#content/schema.ts';
import { CHARTS } from '#lib/charts/registry.ts';
import { isDerivedId } from '#lib/evidence/derived.ts';
import { FaultList, type Fault } from '#lib/evidence/faults.ts';
import { checkData, idsOf, readData, type Checked, type RawData } from '#lib/evidence/load.ts';
import type { Data } from '#lib/evidence/schema.ts';

/** What the site is made of. */
export interface Project {
  readonly data: Data;
  readonly contents: RawContents;
}

/** Data and content below `root`. Throws a FaultList with every fault of both. */
export function readProject(root: string): Project {
  const faults: Fault[] = [];
  const raw = readData(root, faults);
  const contents = readContents(root, faults);
  const unusable = (files: object) => Object.values(files).some((value) => typeof value !== 'object' || value === null || Array.isArray(value));
  const checked = checkData(raw);
  // A file that cannot be read is one fault; nothing can be said of what refers to it.
  const unread = new Set(faults.filter(({ path }) => path === '').map(({ file }) => file));
  if (unusable(raw)) faults.push(...checked.faults.filter(({ file, about }) => !unread.has(file) && about === undefined));
  else {
    faults.push(...checked.faults, ...wrongUnits(checked.data));
    for (const [folder, content] of Object.entries(contents))
      faults.push(...faultsOfContent(folder, content, raw, checked).filter(({ file }) => !unread.has(file)));
  }
  if (faults.length) throw new FaultList(faults);
  return { data: checked.data, contents };
}

/** Figures in another unit than the marks that a chart draws for them; each once, however many charts draw it. */
function wrongUnits(data: Data): Fault[] {
  const faults = new Map<string, Fault>();
  for (const chart of Object.values(CHARTS))
    for (const [id, unit] of Object.entries(chart.marks)) {
      const fact = isDerivedId(id) ? undefined : data.facts[id];
      if (!fact || !('unit' in fact) || fact.unit === unit || faults.has(id)) continue;
      const message = `expected "${unit}", which is what the chart "${chart.id}" draws, found "${fact.unit}"`;
      faults.set(id, { file: 'data/facts.json', path: `${id}.unit`, message });
    }
  return [...faults.values()];
}

/** What is wrong with a language; what only repeats a fault of the data is left out. */
function faultsOfContent(folder: string, content: RawContent, raw: RawData, { data, broken }: Checked): readonly Fault[] {
  try {
    parseContent(folder, content, data, idsOf(raw));
    return [];
  } catch (error) {
    if (!(error instanceof FaultList)) throw error;
    return error.faults.filter(({ path, about = '' }) => ![about, ...path.split('.')].some((id) => broken.has(id)));
  }
}
