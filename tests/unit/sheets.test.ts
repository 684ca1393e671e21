/** The style sheets: no file of styles is left out of them, and older browsers can read all that the build puts into pages. */
import { readFileSync } from 'node:fs';
import { join, relative, resolve, dirname } from 'node:path';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';
import { filesIn } from '#build/files.ts';
import { COLOURS, tokenRules } from '#styles/tokens.ts';
import { READERS } from '../../vite.config.ts';
import { ROOT } from '../fixtures/unit-data.ts';

const SOURCE = join(ROOT, 'src');
const textOf = (file: string) => readFileSync(join(SOURCE, file), 'utf8');

/** A file of styles and those that it imports, by their paths in `src`. */
function withImports(file: string): string[] {
  return [
    file,
    ...[...textOf(file).matchAll(/@import '([^']+)'/g)].flatMap(([, path = '']) => withImports(relative(SOURCE, resolve(SOURCE, dirname(file), path)))),
  ];
}

test('every file of styles is in a sheet, and in none twice', () => {
  const all = [...filesIn(SOURCE).keys()].filter((file) => file.endsWith('.css')).sort();
  const roots = [...textOf('styles/sheets.ts').matchAll(/from '(?:\.|#components)\/([\w-]+\.css)\?inline'/g)].map(
    ([whole, name = '']) => `${whole.includes('#components') ? 'components' : 'styles'}/${name}`,
  );
  const sheets = roots.map(withImports);
  for (const sheet of sheets) expect(sheet).toEqual([...new Set(sheet)]);
  expect([...new Set(sheets.flat())].sort()).toEqual(all);
});

test('styles beside components have the name of one', () => {
  const files = new Set(filesIn(SOURCE).keys());
  const alone = [...files].filter((file) => /^(components|charts)\/.*\.css$/.test(file) && !files.has(file.replace(/css$/, 'svelte')));
  expect(alone).toEqual([]);
});

/** The heads of the rules that stand in another rule. */
function nested(css: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const [, head = '', end] of css.matchAll(/([^{};]*)([{};])/g)) {
    if (end === '}') open.pop();
    if (end !== '{') continue;
    if (open.some((one) => !one.startsWith('@'))) found.push(head);
    open.push(head);
  }
  return found;
}

test('rules in rules are taken apart in the build: a browser that does not know that form would leave out all that they hold', async () => {
  expect(nested('@media print{a{b:c}}d{e{f:g}}')).toEqual(['e']);
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'silent',
    build: { ssr: join(SOURCE, 'styles/sheets.ts'), write: false, cssTarget: [...READERS] },
  });
  const [output] = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const texts = output?.type === 'chunk' ? [...output.code.matchAll(/= ("|`)((?:\\.|(?!\1)[^\\])*)\1/gs)].map(([, , text = '']) => text) : [];
  const sheets = texts.filter((text) => text.includes('{') && text.length > 500);
  expect(sheets.length).toBeGreaterThan(3);
  expect(sheets.flatMap(nested)).toEqual([]);
});

describe('the colours as rules', () => {
  test('a host’s choice of theme counts for no more than contrast, forced colours and paper', () => {
    const selectors = [...tokenRules().matchAll(/(:root[^{]*)\{/g)].map(([, selector = '']) => selector.replace(/:where\((?:[^()]|\([^()]*\))*\)/, ''));
    expect(new Set(selectors)).toEqual(new Set([':root']));
    expect(tokenRules().indexOf(COLOURS.dark.paper)).toBeLessThan(tokenRules().indexOf('prefers-contrast'));
  });
});
