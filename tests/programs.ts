/** The programs of the tests: Debian's or the system's own, never ones downloaded from elsewhere. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program, and how to come by it. */
export interface Program {
  /** What it is called on the PATH, the best name first. */
  readonly names: readonly string[];
  /** Where else it stands; `*` in a path is any name. */
  readonly usual: readonly string[];
  /** The variable in which the tester may name another. */
  readonly variable: string;
  /** Debian's package. */
  readonly package: string;
  /** What to say where there is none. */
  readonly advice: string;
}

const advice = (tests: string, what: string, debian: string, variable: string) =>
  `The ${tests} tests need ${what}: install it (on Debian: apt-get install ${debian}) or name one in ${variable}.`;
const ofEngines = (what: string, names: readonly string[], debian: string, variable: string, usual: readonly string[] = []): Program => ({
  names,
  usual: [...names.map((name) => join('/usr/bin', name)), ...usual],
  variable,
  package: debian,
  advice: advice('engine', what, debian, variable),
});

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
export const CHROMIUM: Program = {
  names: CHROMIUM_NAMES,
  usual: [
    ...['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap((folder) => [...CHROMIUM_NAMES, 'chrome'].map((name) => join(folder, name))),
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
  variable: 'CHROMIUM_PATH',
  package: 'chromium',
  advice: advice('browser', 'Chromium', 'chromium', 'CHROMIUM_PATH'),
};
export const FIREFOX = ofEngines('Firefox', ['firefox-esr', 'firefox'], 'firefox-esr', 'FIREFOX_PATH');
export const WEBKIT_DRIVER = ofEngines('WebKitWebDriver', ['WebKitWebDriver'], 'webkit2gtk-driver', 'WEBKIT_DRIVER_PATH');
export const MINI_BROWSER = ofEngines('WebKit’s MiniBrowser', ['MiniBrowser'], 'webkit2gtk-driver', 'MINI_BROWSER_PATH', [
  '/usr/lib/*/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/*/webkit2gtk-4.0/MiniBrowser',
  '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
]);
export const FFMPEG: Program = {
  names: ['ffmpeg'],
  usual: ['/usr/bin/ffmpeg'],
  variable: 'FFMPEG_PATH',
  package: 'ffmpeg',
  advice: 'The clip of the README needs ffmpeg: install it (on Debian: apt-get install ffmpeg) or name one in FFMPEG_PATH.',
};
export const XVFB = ofEngines('Xvfb', ['Xvfb'], 'xvfb', 'XVFB_PATH');

type Environment = Readonly<Record<string, string | undefined>>;

/** The path of a program. Throws one line that says what to install, or what is wrong with the path that the tester named. */
export function findProgram({ names, usual, variable, advice: missing }: Program, environment: Environment = process.env): string {
  const named = environment[variable];
  // A program that was asked for by name is not silently another one.
  if (named && !runs(named)) throw new Error(`${variable} names ${named}, which is no program that can be run.`);
  const places = () => usual.flatMap((place) => (place.includes('*') ? globSync(place) : [place]));
  const found = named || onPath(names, environment).find(runs) || places().find(runs);
  if (!found) throw new Error(missing);
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

/** Root on Debian or one of its children, with apt-get: there packages can be installed without asking. */
function mayInstall(environment: Environment): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath(['apt-get'], environment).some(runs);
}

function install(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) spawnSync('apt-get', words, { stdio: 'inherit', env });
}

/** Finds the programs, or installs what is missing where it may. Returns the lines to print for those that are still missing. */
export function ensurePrograms(
  programs: readonly Program[],
  environment: Environment = process.env,
  installer: (packages: readonly string[]) => void = install,
): string[] {
  // One that was named and cannot be run is the tester's to mend.
  const missing = programs.filter((program) => faultOf(program, environment) !== undefined && !environment[program.variable]);
  if (missing.length && mayInstall(environment)) installer([...new Set(missing.map((program) => program.package))]);
  return programs.flatMap((program) => faultOf(program, environment) ?? []);
}

function faultOf(program: Program, environment: Environment): string | undefined {
  try {
    findProgram(program, environment);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
