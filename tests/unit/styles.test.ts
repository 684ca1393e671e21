/** Each page carries the rules that it can use, and no rule that it could use is left out. */
import { load } from 'cheerio';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { site } from '#build/site.ts';
import { rulesFor } from '#pages/styles.ts';
import { ROOT } from '../fixtures/unit-data.ts';
import { project } from '../fixtures/unit-project.ts';

describe('rules', () => {
  const kept = (css: string) => rulesFor(css, '<p class="a b" data-at>words</p>', 'root.dataset.someName="";one.classList.add("late")');

  test.each([
    ['.a{x:y}', '.a{x:y}'],
    ['.z{x:y}', ''],
    ['.a,.z{x:y}', '.a{x:y}'],
    ['.late{x:y}', '.late{x:y}'],
    ['p:not(.z){x:y}', 'p:not(.z){x:y}'],
    [':is(.z,.a) p{x:y}', ':is(.z,.a) p{x:y}'],
    [':is(.z,.y) p{x:y}', ''],
    [':is(:not(.z),.y) .b{x:y}', ':is(:not(.z),.y) .b{x:y}'],
    ['.b:has(> .z){x:y}', ''],
    ['[data-at]{x:y}', '[data-at]{x:y}'],
    ['[data-some-name]{x:y}', '[data-some-name]{x:y}'],
    ['[data-none]{x:y}', ''],
    ['a[href$=".z"]{x:y}', 'a[href$=".z"]{x:y}'],
    ['@media print{.z{x:y}.a{x:y}}', '@media print{.a{x:y}}'],
    ['@media print{.z{x:y}}', ''],
    ['@font-face{src:local(.z)}', '@font-face{src:local(.z)}'],
    ['/* .a{} */.b{x:.5em}', '.b{x:.5em}'],
  ])('%s', (css, expected) => {
    expect(kept(css)).toBe(expected);
  });

  test('a style sheet that is not balanced is refused', () => {
    expect(() => kept('.a{x:y')).toThrow('not balanced');
  });
});

/** The selectors of a style sheet, each on its own. */
function selectorsOf(css: string): string[] {
  return [...css.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/(?:^|[{}])\s*([^@{}]+)\{/g)].flatMap(([, list = '']) => {
    let depth = 0;
    const parted = [...list].map((character) => {
      depth += Number(character === '(') - Number(character === ')');
      return character === ',' && depth === 0 ? '\n' : character === '\n' ? ' ' : character;
    });
    return parted
      .join('')
      .split('\n')
      .map((one) => one.trim().replaceAll(/\s+/g, ' '));
  });
}

/** A selector with what only a browser knows, such as a pointer over it, taken to be so. */
function still(selector: string): string {
  return selector.replaceAll(/::?(?!is|not|has|where|root|first|last|only|nth|lang|empty)[-a-z]+(?![-a-z(])/g, ':not(unknown)');
}

test('no rule that matches something on a page is left out', () => {
  const css = readFileSync(join(ROOT, 'src/styles/app.css'), 'utf8');
  const files = site(project.data, project.contents, undefined, { origin: null, pictures: false });
  for (const path of ['index.html', 'steps/index.html', 'plain/index.html', 'evidence/index.html', 'accessibility/index.html']) {
    const $ = load(files.get(path)?.toString() ?? '');
    const kept = new Set(selectorsOf($('style').text()));
    const left = selectorsOf(css).filter((selector) => !kept.has(selector));
    expect(left.length, `${path} is spared something`).toBeGreaterThan(20);
    expect(left.filter((selector) => $(still(selector)).length > 0)).toEqual([]);
  }
});

describe('fonts that stand in for Newsreader', () => {
  const faces = readFileSync(join(ROOT, 'src/styles/app.css'), 'utf8').match(/@font-face \{[^}]*\}/g) ?? [];
  const share = (face: string, name: string) => Number(new RegExp(`${name}: ([\\d.]+)%`).exec(face)?.[1]) / 100;

  test('are there for the machines that have no Times', () => {
    expect(faces.map((face) => /local\('([^']+)'\)/.exec(face)?.[1])).toEqual(['Times New Roman', 'Noto Serif', 'DejaVu Serif']);
  });

  test.each(faces)('%# has Newsreader’s height, so that no line moves', (face) => {
    expect(share(face, 'size-adjust') * share(face, 'ascent-override')).toBeCloseTo(0.74, 2);
    expect(share(face, 'size-adjust') * share(face, 'descent-override')).toBeCloseTo(0.27, 2);
    expect(share(face, 'line-gap-override')).toBe(0);
  });
});
