/** Reads the project's data and content from disk, and refuses both when anything in either is wrong. */
import { parseContent, readContents, type RawContents } from '#content/schema.ts';
import { FaultList, type Fault } from '#lib/evidence/faults.ts';
import { checkData, readData } from '#lib/evidence/load.ts';
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
  const unread = new Set(faults.map((fault) => fault.file));
  const checked = checkData(raw);
  const more = [...checked.faults];
  for (const [folder, content] of Object.entries(contents))
    try {
      parseContent(folder, content, checked.data);
    } catch (error) {
      if (!(error instanceof FaultList)) throw error;
      // A token of a fact that is itself at fault would only say the same again.
      more.push(...error.faults.filter((fault) => ![...checked.broken].some((id) => fault.message.includes(`"${id}"`))));
    }
  faults.push(...more.filter((fault) => !unread.has(fault.file)));
  if (faults.length) throw new FaultList(faults);
  return { data: checked.data, contents };
}
