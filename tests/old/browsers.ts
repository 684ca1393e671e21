/**
 * Real old Chromiums, as npm has them: `@sparticuz/chromium` packs each with brotli, for machines without a browser. They are
 * fifty megabytes each and only this suite needs them, so they are no dependencies of the project: the suite fetches them, at
 * exactly these versions, into .cache/old-chromium.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { ROOT } from '../e2e/story.ts';

/** Each package’s version, which begins with its browser’s; and whether the pictures wake in it. This 108 is an early build, without `svh`. */
export const OLD_CHROMIUMS = [
  { version: '92.0.0', wakes: false },
  { version: '103.0.0', wakes: false },
  { version: '108.0.2', wakes: false },
  { version: '110.0.1', wakes: true },
] as const;

const folderOf = (version: string) => join(ROOT, '.cache/old-chromium', version);

/** Where the program of a version is, once it is fetched. */
export function pathOf(version: string): string {
  return join(folderOf(version), 'chromium');
}

/** Fetches what is not there yet. Throws one line where npm cannot. */
export default function fetchOldChromiums(): void {
  for (const { version } of OLD_CHROMIUMS) if (!existsSync(pathOf(version))) fetchOldChromium(version);
}

function fetchOldChromium(version: string): void {
  const folder = folderOf(version);
  mkdirSync(folder, { recursive: true });
  const name = '@sparticuz/chromium';
  const words = ['install', '--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`];
  const { status } = spawnSync('npm', words, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm could not fetch ${name}@${version}: this suite needs the registry once.`);
  const program = brotliDecompressSync(readFileSync(join(folder, 'node_modules', name, 'bin/chromium.br')));
  // Whole or not at all: a run that is stopped here must not leave half a browser.
  writeFileSync(`${pathOf(version)}.part`, program, { mode: 0o755 });
  renameSync(`${pathOf(version)}.part`, pathOf(version));
}
