/** Two builds, one tree: whoever builds the site, wherever and whenever, gets the same bytes; and what is in them is told. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { expect, test } from '@playwright/test';
import { filesIn } from '#build/files.ts';
import { BUILD, readJson, ROOT } from './story.ts';

/** What a build makes, and what is no part of the project. */
const NOT_SOURCE = /^(node_modules|build|\.cache|\.git|test-results)$/;

let scratch = '';
test.beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'the-size-of-the-room-'));
});
test.afterAll(() => rmSync(scratch, { recursive: true }));

/** A copy of the project in a folder of its own, with the tools of this one. */
function copy(name: string, tools = true): string {
  const folder = join(scratch, name);
  cpSync(ROOT, folder, { recursive: true, filter: (file) => !NOT_SOURCE.test(relative(ROOT, file)) });
  if (tools) symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function run(folder: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): SpawnSyncReturns<string> {
  const path = `${join(folder, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const [program = '', ...rest] = words;
  return spawnSync(program, rest, { cwd: folder, encoding: 'utf8', env: { ...process.env, PATH: path, ...env } });
}

/** Each file of a folder with its hash. */
function treeOf(folder: string): Record<string, string> {
  return Object.fromEntries([...filesIn(folder)].map(([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')]));
}

function built(folder: string, env: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { status, stderr } = run(folder, ['npm', 'run', '--silent', 'build'], env);
  expect(status, stderr).toBe(0);
  return treeOf(join(folder, 'build'));
}

const KIRITIMATI = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
const ST_JOHNS = { TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' };

/** Changes one file of a copy; the words that are replaced must be there. */
function edit(folder: string, file: string, from: string, to: string): void {
  const source = readFileSync(join(folder, file), 'utf8');
  expect(source).toContain(from);
  writeFileSync(
    join(folder, file),
    source.replace(from, () => to),
  );
}

test('two builds in two folders, time zones and languages are one tree, byte for byte', () => {
  const one = built(copy('one'), KIRITIMATI);
  const other = built(copy('a folder, with an umlaut: ü'), ST_JOHNS);
  expect(Object.keys(one).length).toBeGreaterThan(4);
  expect(other).toEqual(one);
  expect(treeOf(BUILD), 'the build under test is that tree too').toEqual(one);
});

test('the check of sameness would notice a build that looks at the clock’s zone', () => {
  const folder = copy('clock');
  edit(folder, 'src/pages/document.ts', '<meta charset="utf-8">', '<meta charset="utf-8"><!--${new Intl.DateTimeFormat().resolvedOptions().timeZone}-->');
  const one = built(folder, KIRITIMATI);
  expect(built(folder, ST_JOHNS)).not.toEqual(one);
});

test('with no package allowed to run a script at its installation, the same tree is built', () => {
  const folder = copy('installed', false);
  const { status, stderr } = run(folder, ['npm', 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']);
  test.skip(/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ENETUNREACH/.test(stderr), 'not tested: the registry cannot be reached, and npm holds no copy');
  expect(status, stderr).toBe(0);
  expect(built(folder)).toEqual(treeOf(BUILD));
});

interface Bill {
  readonly components: readonly { readonly name: string; readonly purl: string; readonly scope: string; readonly 'bom-ref': string }[];
}

const bill = (folder: string) => JSON.parse(readFileSync(join(folder, 'sbom.cdx.json'), 'utf8')) as Bill;

interface Packages {
  readonly dependencies?: Readonly<Record<string, Packages & { readonly version?: string }>>;
}

/** The address of each package in npm's list, however deep (package-url.github.io). */
function packagesIn({ dependencies = {} }: Packages): string[] {
  return Object.entries(dependencies).flatMap(([name, of]) => [
    // An optional package of another system has no version here.
    ...(of.version === undefined ? [] : [`pkg:npm/${name.replace('@', '%40')}@${of.version}`]),
    ...packagesIn(of),
  ]);
}

test('the bill of materials names the very packages that npm names', () => {
  // npm's own bill of materials refuses a package that asks for another's `latest`, as one of Lighthouse's does; its list names it.
  const { stdout } = run(ROOT, ['npm', 'ls', '--all', '--json', '--package-lock-only']);
  const wanted = new Set(packagesIn(JSON.parse(stdout) as Packages));
  expect(new Set(bill(BUILD).components.map(({ purl }) => purl))).toEqual(wanted);
  expect(wanted.size).toBeGreaterThan(100);
});

test('whose code is in the build has its licence told in full', () => {
  const text = readFileSync(join(BUILD, 'licences.txt'), 'utf8');
  const shipped = bill(BUILD).components.filter(({ scope }) => scope === 'required');
  expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(['svelte', 'scrollama']));
  for (const { 'bom-ref': place } of shipped) {
    const [licence = ''] = readdirSync(join(ROOT, place)).filter((file) => /^licen[cs]e/i.test(file));
    expect(text, place).toContain(readFileSync(join(ROOT, place, licence), 'utf8').trim());
  }
  expect(shipped.length, 'few packages reach the reader').toBeLessThanOrEqual(20);
  expect(existsSync(join(BUILD, 'fonts/OFL.txt'))).toBe(true);
});

/** What a build says that has to stop. */
function refusal(name: string, change: (lock: { packages: Record<string, Record<string, unknown>> }) => void): string {
  const folder = copy(name);
  const lock = readJson<{ packages: Record<string, Record<string, unknown>> }>('package-lock.json');
  change(lock);
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const { status, stderr } = run(folder, ['npm', 'run', '--silent', 'build']);
  expect(status, stderr).toBe(1);
  expect(existsSync(join(folder, 'build')), 'nothing was written').toBe(false);
  // Vite may tell its timings there, too.
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('package-lock.json'))
    .join('\n');
}

test('an unknown licence, a package without a digest or from elsewhere stops the build', () => {
  const set = (place: string, key: string, value: unknown) => (lock: { packages: Record<string, Record<string, unknown>> }) => {
    const entry = lock.packages[place];
    expect(entry).toBeDefined();
    if (entry) entry[key] = value;
  };
  expect(refusal('unknown', set('node_modules/svelte', 'license', 'LicenseRef-ours'))).toMatch(
    /^package-lock\.json: node_modules\/svelte\.license: expected one of MIT, .*, found "LicenseRef-ours"$/,
  );
  expect(refusal('none', set('node_modules/zod', 'license', undefined))).toMatch(/^package-lock\.json: node_modules\/zod\.license: .*, found nothing$/);
  expect(refusal('tool', set('node_modules/svelte', 'license', 'MPL-2.0'))).toMatch(
    /^package-lock\.json: node_modules\/svelte\.license: expected one of .* for what readers get, found "MPL-2\.0"$/,
  );
  expect(refusal('weak', set('node_modules/zod', 'integrity', 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='))).toMatch(/zod\.integrity: expected a digest in SHA-512/);
  expect(refusal('git', set('node_modules/zod', 'resolved', 'git+ssh://git@github.com/colinhacks/zod.git'))).toMatch(/zod\.resolved: expected an address at/);
});
