/** Files that were damaged on their way: each stops the build with file, path and reason, or leaves every page as it was. None goes through in silence. */
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { ValidationError } from '#evidence/validation.ts';
import { readProject } from '#build/project.ts';
import { site } from '#build/site.ts';
import { edited, ROOT } from '../../fixtures/unit-data.ts';
import { project, scratchProject } from '../../fixtures/unit-project.ts';
import { FILES, isAt, leavesOf, SETTING, valueAt } from '../../fixtures/unit-values.ts';

/** How many values of each file are damaged in each way, spread evenly over the file. */
const LEAVES = 4;

const scratch = scratchProject();
afterAll(scratch.remove);
const whole = site(project.data, project.contents, undefined, SETTING);

interface Mutant {
  readonly file: string;
  readonly what: string;
  /** Damages the copy of the project below the folder. */
  readonly damage: (root: string) => void;
  /** Where the fault must be told, when it is one value that was damaged. */
  readonly path?: string;
}

/** What becomes of a mutant: the lines that stop the build, or that every page is as it was, or silence. */
function fateOf({ file, damage }: Mutant): { lines: readonly string[]; silent: boolean } {
  const source = readFileSync(join(ROOT, file));
  try {
    damage(scratch.root);
    const { data, contents } = readProject(scratch.root);
    // The site is a function of these and of nothing else: where they are the same, so is every page.
    if (isDeepStrictEqual([data, contents], [project.data, project.contents])) return { lines: [], silent: false };
    const pages = site(data, contents, undefined, SETTING);
    return { lines: [], silent: pages.size !== whole.size || [...pages].some(([path, page]) => whole.get(path) !== page) };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { lines: error.message.split('\n'), silent: false };
  } finally {
    for (const name of ['.json', '.JSON.txt', ' (copy).json']) rmSync(join(scratch.root, file.replace('.json', name)), { force: true });
    writeFileSync(join(scratch.root, file), source);
    expect(readFileSync(join(ROOT, file)).equals(source), 'the project itself is left alone').toBe(true);
  }
}

const FAULT = /^(data|src\/content)\/\S+\.json: (?:\S.*: )?expected .+, found .+$/;

/** What is wrong with a mutant's fate; empty when it was stopped with file, path and reason, or changes nothing. */
function wrongWith(mutant: Mutant): string[] {
  const { lines, silent } = fateOf(mutant);
  const name = `${mutant.file}${mutant.path === undefined ? '' : ` ${mutant.path}`}: ${mutant.what}`;
  if (silent) return [`${name}: silent`];
  const told = lines.filter(
    (line) => line.startsWith(`${mutant.file}: `) && (mutant.path === undefined || isAt(mutant.path, line.slice(mutant.file.length + 2))),
  );
  const loose = lines.filter((line) => !FAULT.test(line)).map((line) => `${name}: no file, path and reason in “${line}”`);
  return [...loose, ...(lines.length && !told.length ? [`${name}: told elsewhere, ${lines[0]}`] : [])];
}

const rewritten = (file: string, to: (source: Buffer) => string | Uint8Array) => (root: string) =>
  writeFileSync(join(root, file), to(readFileSync(join(root, file))));
const text = (to: (source: string) => string) => (source: Buffer) => to(source.toString());

/** Damage to a file as a whole. */
const WHOLE: Readonly<Record<string, (source: Buffer) => string | Uint8Array>> = {
  'cut to a quarter': (source) => source.subarray(0, source.length / 4),
  'cut in half': (source) => source.subarray(0, source.length / 2),
  'cut before its last bracket': (source) => source.subarray(0, source.lastIndexOf('}')),
  empty: () => '',
  'a byte order mark before it': (source) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), source]),
  'a byte that is no UTF-8': (source) => Buffer.concat([source.subarray(0, source.length / 2), Buffer.from([0xff]), source.subarray(source.length / 2)]),
  'in UTF-16': (source) => Buffer.from(source.toString(), 'utf16le'),
  'twice in one file': (source) => Buffer.concat([source, source]),
  'a list': (source) => Buffer.concat([Buffer.from('['), source, Buffer.from(']')]),
  nothing: () => 'null',
  'a page instead': () => '<!doctype html><title>Not found</title>',
  'a NUL in it': text((source) => source.replace('": "', '": "\u0000')),
  'a key that changes the object itself': text((source) => source.replace('{', '{"__proto__": {"kind": "claim"},')),
  'a key of every object': text((source) => source.replace('{', '{"constructor": {"name": "x"},')),
  'a conflict of two versions': text((source) => `<<<<<<< ours\n${source}=======\n${source}>>>>>>> theirs\n`),
  'line ends of another system': text((source) => source.replaceAll('\n', '\r\n')),
  'without its line ends': text((source) => JSON.stringify(JSON.parse(source))),
};

/** Damage to one value: what it becomes, or undefined when this value cannot be damaged so. */
const VALUE: Readonly<Record<string, (value: unknown) => unknown>> = {
  'of the wrong type': (value) => (typeof value === 'string' ? 7 : typeof value === 'number' ? String(value) : 'yes'),
  'a list of itself': (value) => [value],
  nothing: (value) => (value === null ? undefined : null),
  'text turned round by an invisible character': (value) => (typeof value === 'string' ? `${value.slice(0, 1)}\u202e${value.slice(1)}` : undefined),
  'text that ends an isolation': (value) => (typeof value === 'string' ? `${value}\u2069` : undefined),
  'text with the page’s own mark': (value) => (typeof value === 'string' ? `\u{f0000}${value}` : undefined),
  'half a character': (value) => (typeof value === 'string' ? `${value}\ud800` : undefined),
};

/** So many of the list, evenly spread, beginning at another place each time. */
function spread<Item>(list: readonly Item[], count: number, shift: number): Item[] {
  return Array.from({ length: Math.min(count, list.length) }, (_, i) => list[Math.floor(((i + shift) / count) * list.length) % list.length]).filter(
    (item) => item !== undefined,
  );
}

function mutantsOf(file: string): Mutant[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const json: unknown = JSON.parse(source);
  const leaves = leavesOf(json);
  return [
    ...Object.entries(WHOLE).map(([what, to]) => ({ file, what, damage: rewritten(file, to) })),
    { file, what: 'missing', damage: (root) => rmSync(join(root, file)) },
    { file, what: 'under another name', damage: (root) => renameSync(join(root, file), join(root, file.replace('.json', '.JSON.txt'))) },
    { file, what: 'a copy beside it', damage: (root) => cpSync(join(root, file), join(root, file.replace('.json', ' (copy).json'))) },
    ...Object.entries(VALUE).flatMap(([what, to], i) =>
      spread(leaves, LEAVES, i / Object.keys(VALUE).length).flatMap((path): Mutant[] => {
        const value = to(valueAt(json, path));
        // An article may have no headline: that is an answer, not a damage.
        const sound = value === null && path.endsWith('.headline');
        return value === undefined || sound ? [] : [{ file, what, path, damage: rewritten(file, () => JSON.stringify(edited(json, path, value))) }];
      }),
    ),
    // A key of an object under another name, and twice.
    ...spread(
      leaves.filter((path) => !/\.\d+$/.test(path)),
      LEAVES,
      0.5,
    ).flatMap((path): Mutant[] => {
      const key = path.split('.').at(-1) ?? '';
      const parent = path.split('.').slice(0, -1).join('.');
      const at = (name: string) => (parent ? `${parent}.${name}` : name);
      const renamed = edited<unknown>(edited<unknown>(json, path, undefined), at(`${key}x`), valueAt(json, path));
      const twice = JSON.stringify(json).replace(JSON.stringify(valueAt(json, parent) ?? json), (object) => object.replace('{', `{"${key}":0,`));
      return [
        { file, what: 'under another key', ...(parent && { path: parent }), damage: rewritten(file, () => JSON.stringify(renamed)) },
        { file, what: 'twice under its key', damage: rewritten(file, () => twice) },
      ];
    }),
  ];
}

const MUTANTS = FILES.flatMap(mutantsOf);

test('there are enough of them, and of each kind in each file', () => {
  console.log(`${MUTANTS.length} mutants of ${FILES.length} files`);
  expect(MUTANTS.length).toBeGreaterThan(400);
  for (const file of FILES) expect(new Set(MUTANTS.filter((mutant) => mutant.file === file).map(({ what }) => what)).size, file).toBeGreaterThan(25);
});

describe('a damaged file stops the build with file, path and reason, or changes no page', () => {
  test.each(FILES)('%s', { timeout: 240_000 }, (file) => {
    expect(MUTANTS.filter((mutant) => mutant.file === file).flatMap(wrongWith)).toEqual([]);
  });
});

test('a change that goes through would be called silent', () => {
  const file = 'src/content/en/story.json';
  const json: unknown = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
  const damage = rewritten(file, () => JSON.stringify(edited(json, 'title', 'Another title')));
  expect(wrongWith({ file, what: 'another title', damage })).toEqual([`${file}: another title: silent`]);
  expect(isAt('a.b.c', 'a.b: expected x')).toBe(true);
  expect(isAt('a.b.c', 'a.bc: expected x')).toBe(false);
});
