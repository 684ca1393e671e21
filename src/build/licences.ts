/** What the site is made with, from the lock file: the licences that must be told, and a bill of materials. Build-time only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ValidationError, type Issue } from '#evidence/validation.ts';
import { readJson } from '#evidence/load.ts';

/** Licences whose code may reach a reader: their one condition is that the licence is told, or there is none. */
const PERMISSIVE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', '0BSD', 'Unlicense', 'CC0-1.0', 'OFL-1.1'];
/** Licences of tools: what they ask for concerns their own files, and those stay with the builder. */
const OF_TOOLS = [...PERMISSIVE, 'MPL-2.0', '(MIT OR CC0-1.0)', '(MIT AND Zlib)', '(MIT OR GPL-3.0-or-later)'];
/** Tools whose package names its licence by address only: what stands there, for that version, as its README says too. */
const READ: Readonly<Record<string, { readonly says: string; readonly licence: string }>> = {
  'uri-templates 0.2.0': { says: 'http://geraintluff.github.io/tv4/LICENSE.txt', licence: 'LicenseRef-public-domain' },
};
const LOCK = 'package-lock.json';
const REGISTRY = 'https://registry.npmjs.org/';

/** A package of the lock file. */
export interface Package {
  /** Its place below the project: `node_modules/d3-array`. */
  readonly place: string;
  readonly name: string;
  readonly version: string;
  /** As SPDX names it. */
  readonly licence: string;
  /** The digest of its archive, in hexadecimal SHA-512. */
  readonly digest: string;
}

/**
 * Every package that `root`'s lock file names, in its order. Throws a ValidationError for each that has no licence that we know,
 * no digest, or a named origin other than the registry of npm.
 */
export function readPackages(root: string): Package[] {
  const issues: Issue[] = [];
  const packages = Object.entries(fields(fields(readJson(root, LOCK, issues))['packages'])).flatMap(([place, value]): Package[] => {
    if (place === '') return [];
    const entry = fields(value);
    const [version, digest, origin] = [entry['version'], digestOf(entry['integrity']), entry['resolved']];
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const read = READ[`${name} ${String(version)}`];
    const licence = read !== undefined && read.says === entry['license'] ? read.licence : entry['license'];
    const issue = (key: string, wanted: string, found: unknown) =>
      issues.push({ file: LOCK, path: `${place}.${key}`, message: `expected ${wanted}, found ${JSON.stringify(found) ?? 'nothing'}` });
    if (typeof version !== 'string') issue('version', 'a version', version);
    if (typeof licence !== 'string' || (licence !== read?.licence && !OF_TOOLS.includes(licence))) issue('license', `one of ${OF_TOOLS.join(', ')}`, licence);
    if (digest === undefined) issue('integrity', 'a digest in SHA-512', entry['integrity']);
    // Left out, it is the registry that npm is set to: the digest holds wherever the archive comes from.
    if (origin !== undefined && !String(origin).startsWith(REGISTRY)) issue('resolved', `an address at ${REGISTRY}`, origin);
    if (typeof version !== 'string' || typeof licence !== 'string' || digest === undefined) return [];
    return [{ place, name, version, licence, digest }];
  });
  if (issues.length) throw new ValidationError(issues);
  return packages;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function digestOf(integrity: unknown): string | undefined {
  const [, digest] = /^sha512-([A-Za-z0-9+/]{86}==)$/.exec(String(integrity)) ?? [];
  return digest && Buffer.from(digest, 'base64').toString('hex');
}

/** The place in the lock file of the package that a bundled module is from; undefined for a module of our own. */
export function placeOf(module: string): string | undefined {
  return /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(module.replaceAll('\\', '/'))?.[0];
}

/**
 * The two files that come with a build: the licence of each package whose code is in it (`bundled`, by place), word for word,
 * with the names of the others; and a bill of materials in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).
 * Throws a ValidationError when a package with another licence, or without its text, would reach a reader.
 */
export function licenceFiles(root: string, packages: readonly Package[], bundled: ReadonlySet<string>): Map<string, string> {
  const shipped = packages.filter(({ place }) => bundled.has(place));
  const issues = shipped.flatMap(({ place, licence }): Issue[] =>
    PERMISSIVE.includes(licence)
      ? []
      : [{ file: LOCK, path: `${place}.license`, message: `expected one of ${PERMISSIVE.join(', ')} for what readers get, found "${licence}"` }],
  );
  const own = fields(readJson(root, 'package.json', issues));
  const parts = shipped.map((one) => {
    const text = licenceOf(join(root, one.place));
    if (text === undefined) issues.push({ file: one.place, path: '', message: 'expected a file with the licence, found none' });
    return [titleOf(one), text ?? ''];
  });
  if (issues.length) throw new ValidationError(issues);
  const name = String(own['name']);
  const licences = [[`${name} ${String(own['version'])}, ${String(own['license'])}`, readFileSync(join(root, 'LICENSE'), 'utf8')], ...parts];
  const rest = packages.filter(({ place }) => !bundled.has(place)).map(titleOf);
  return new Map([
    [
      'licences.txt',
      [...licences.map(([title, text]) => `${title}\n\n${text?.trim()}\n`), [...new Set(rest)].join('\n')].join(`\n${'-'.repeat(72)}\n\n`) + '\n',
    ],
    ['sbom.cdx.json', `${JSON.stringify(billOf(packages, bundled, name, String(own['version'])), null, 1)}\n`],
  ]);
}

function titleOf({ name, version, licence }: Package): string {
  return `${name} ${version}, ${licence}`;
}

function licenceOf(folder: string): string | undefined {
  const file = readdirSync(folder)
    .sort()
    .find((one) => /^licen[cs]e/i.test(one));
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8');
}

/** No time and no random serial number, both of which the format leaves free: the same lock file gives the same bill. */
function billOf(packages: readonly Package[], bundled: ReadonlySet<string>, name: string, version: string): object {
  const components = packages.map((one) => ({
    type: 'library',
    'bom-ref': one.place,
    name: one.name,
    version: one.version,
    scope: bundled.has(one.place) ? 'required' : 'excluded',
    hashes: [{ alg: 'SHA-512', content: one.digest }],
    licenses: [{ license: OF_TOOLS.includes(one.licence) ? { id: one.licence } : { name: one.licence } }],
    purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
  }));
  return { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: { type: 'application', name, version } }, components };
}
