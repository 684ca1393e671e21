/**
 * The browser of the tests: the system's own Chromium, never one downloaded from elsewhere.
 * `node --experimental-strip-types tests/chromium.ts` makes sure that there is one.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;
/** Where browsers stand that are not on the PATH. */
const USUAL = [
  ...['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap((folder) => [...NAMES, 'chrome'].map((name) => join(folder, name))),
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];
const ADVICE = 'The browser tests need Chromium: install it (on Debian: apt-get install chromium) or name one in CHROMIUM_PATH.';

type Environment = Readonly<Record<string, string | undefined>>;

/** The path of the system's Chromium. Throws one line that says what to install, or what is wrong with CHROMIUM_PATH. */
export function findChromium(environment: Environment = process.env, usual: readonly string[] = USUAL): string {
  const named = environment['CHROMIUM_PATH'];
  // A browser that was asked for by name is not silently another one.
  if (named && !runs(named)) throw new Error(`CHROMIUM_PATH names ${named}, which is no program that can be run.`);
  const found = named || [...onPath(NAMES, environment), ...usual].find(runs);
  if (!found) throw new Error(ADVICE);
  return found;
}

function onPath(names: readonly string[], environment: Environment): string[] {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)));
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Root on Debian or one of its children, with apt-get: there the package can be installed without asking. */
function mayInstall(environment: Environment): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath(['apt-get'], environment).some(runs);
}

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) spawnSync('apt-get', words, { stdio: 'inherit', env });
}

/** Finds the browser, or installs it where it may. Returns the line to print when there is still none. */
export function ensureChromium(environment: Environment = process.env, usual: readonly string[] = USUAL, installer: () => void = install): string | undefined {
  const missing = faultOf(environment, usual);
  if (missing === undefined || environment['CHROMIUM_PATH'] || !mayInstall(environment)) return missing;
  installer();
  return faultOf(environment, usual);
}

function faultOf(environment: Environment, usual: readonly string[]): string | undefined {
  try {
    findChromium(environment, usual);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fault = ensureChromium();
  if (fault !== undefined) {
    console.error(fault);
    process.exitCode = 1;
  }
}
