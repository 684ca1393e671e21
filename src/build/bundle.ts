/** The whole site as one zip file, to be unpacked into any folder of any host: `npm run bundle` makes it from the build. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync, type Zippable } from 'fflate';
import { filesIn } from './files.ts';

/** The folder that the zip file unpacks to. */
export const FOLDER = 'the-size-of-the-room';
/** The day that every file in the zip has: the first that the format knows, in whatever zone it is made. */
const DAY = '1980-01-01T00:00:00';
/** Files that do not get smaller. */
const PACKED = /\.(png|woff2|br|gz)$/;

/** The zip file of these files, by path. The same files give the same bytes, anywhere and at any time. */
export function bundleOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const paths = [...files.keys()].sort();
  const entries: Zippable = {};
  for (const path of paths) entries[`${FOLDER}/${path}`] = [files.get(path) ?? new Uint8Array(), { level: PACKED.test(path) ? 0 : 9, mtime: DAY }];
  return zipSync(entries);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = process.cwd();
  const folder = join(root, 'bundle');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${FOLDER}.zip`);
  const zip = bundleOf(filesIn(join(root, 'build')));
  writeFileSync(file, zip);
  console.log(`${file}: ${Math.round(zip.length / 1024)} kB`);
}
