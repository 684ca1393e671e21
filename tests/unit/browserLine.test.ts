/** The line below which pictures stay still: package.json draws it, featureCheck.ts asks for it, and the data on browsers hold both to each other. */
import { readFileSync } from 'node:fs';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { features } from 'web-features';
import newerFeatures, { LISTED } from '../../lint/newerFeatures.js';

const browserslist = (JSON.parse(readFileSync('package.json', 'utf8')) as { browserslist: string[] }).browserslist;
const LINE = Object.fromEntries(browserslist.map((one) => one.split(' >= ') as [string, string]));
const NAMES = { chrome: 'chrome', edge: 'edge', firefox: 'firefox', safari: 'safari', ios_saf: 'safari_ios' } as const;

/** The first version of a browser that has all that is asked for. */
function firstWith(browser: (typeof NAMES)[keyof typeof NAMES], ids: readonly string[]): string {
  const versions = ids.map((id) => {
    const feature = features[id];
    return (feature?.kind === 'feature' && feature.status.support[browser]) || 'never';
  });
  return String(versions.sort((a, b) => Number(b) - Number(a))[0]);
}

describe('the line of browsers', () => {
  for (const [named, browser] of Object.entries(NAMES))
    test(`${named}: the first version that has what is asked for`, () => {
      expect(LINE[named]).toBe(firstWith(browser, Object.keys(LISTED.asked)));
    });

  test('a feature that is listed as asked for is asked for', () => {
    const check = readFileSync('src/browser/featureCheck.ts', 'utf8');
    for (const asked of ['prototype.at', 'findLast,', 'findLastIndex', 'translate:0', 'height:1svh']) expect(check).toContain(asked);
  });
});

describe('the lint of newer features', () => {
  const linter = new Linter();
  const faults = (code: string) =>
    linter
      .verify(code, { plugins: { newer: newerFeatures }, rules: { 'newer/listed': 'error' }, languageOptions: { globals: { structuredClone: false } } })
      .map(({ message }) => message);

  test.each(['list.toSorted()', 'box.checkVisibility()', 'Object.hasOwn(a, b)', 'structuredClone(a)', 'document.startViewTransition()', 'set.union(other)'])(
    'finds %s',
    (code) => {
      expect(faults(code)).toHaveLength(1);
    },
  );

  test('lets pass what is listed, and what is old', () => {
    expect(faults('list.findLastIndex(f); list.at(-1); list.map(f); box.showPopover(); box.style.translate = "0"')).toEqual([]);
  });
});
