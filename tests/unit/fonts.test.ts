/** The fonts that stand in for Newsreader until it comes: as high as it is, so that no line moves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../fixtures/unit-data.ts';

const faces = readFileSync(join(ROOT, 'src/styles/fonts.css'), 'utf8').match(/@font-face \{[^}]*\}/g) ?? [];
const share = (face: string, name: string) => Number(new RegExp(`${name}: ([\\d.]+)%`).exec(face)?.[1]) / 100;

test('are there for the machines that have no Times', () => {
  expect(faces.map((face) => /local\('([^']+)'\)/.exec(face)?.[1])).toEqual(['Times New Roman', 'Noto Serif', 'DejaVu Serif']);
});

test.each(faces)('%# has Newsreader’s height, so that no line moves', (face) => {
  expect(share(face, 'size-adjust') * share(face, 'ascent-override')).toBeCloseTo(0.74, 2);
  expect(share(face, 'size-adjust') * share(face, 'descent-override')).toBeCloseTo(0.27, 2);
  expect(share(face, 'line-gap-override')).toBe(0);
});
