/** Every picture as text, at the size of a phone and of a window: a change in what a reader sees is a change in a file. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import type { Size } from '#charts/types.ts';
import StillPicture from '#charts/StillPicture.svelte';
import { CHARTS } from '#charts/registry.ts';
import { sceneOf } from '../fixtures/unit-scenes.ts';

const PICTURES: readonly Size[] = [
  { width: 390, height: 404 },
  { width: 900, height: 900 },
];

/** The SVG as the page holds it, one element a line, without Svelte's own comments. */
function svgOf(id: string, size: Size, step: string): string {
  const { body } = render(StillPicture, { props: { scene: sceneOf(id, size, step), id } });
  return `${body.replaceAll(/<!--.*?-->/g, '').replaceAll('><', '>\n<')}\n`;
}

const all = Object.values(CHARTS).flatMap((chart) => chart.steps.flatMap((step) => PICTURES.map((size) => [chart.id, step, size.width, size] as const)));

describe('pictures', () => {
  test.each(all)('%s, %s at %d pixels', async (id, step, width, size) => {
    await expect(svgOf(id, size, step)).toMatchFileSnapshot(`snapshots/${id}-${step}-${width}.svg`);
  });

  test('have no file left over from a step that is gone', () => {
    const wanted = all.map(([id, step, width]) => `${id}-${step}-${width}.svg`);
    expect(readdirSync(join(import.meta.dirname, 'snapshots')).sort()).toEqual(wanted.sort());
  });

  test('are written in short numbers: a screen shows no more, and every machine writes the same', () => {
    const long = all.flatMap(([id, step, width, size]) =>
      (svgOf(id, size, step).match(/[\w-]+="[^"]*\d\.\d{6,}[^"]*"/g) ?? []).map((found) => `${id} ${step} ${width}: ${found.slice(0, 60)}`),
    );
    expect(long).toEqual([]);
  });

  test('hold no broken number and no missing word', () => {
    for (const [id, step, , size] of all) expect(svgOf(id, size, step), `${id} ${step}`).not.toMatch(/NaN|undefined|null|Infinity|\[object|[{}]/);
  });

  test('hold nothing of a negative size, however low a frame makes the stage', () => {
    const LOW: readonly Size[] = [320, 640].flatMap((width) => [90, 120, 150].map((height) => ({ width, height })));
    const negative = Object.values(CHARTS).flatMap((chart) =>
      chart.steps.flatMap((step) =>
        LOW.flatMap((size) =>
          (svgOf(chart.id, size, step).match(/\b(width|height|r|rx|ry)="-[^"]*"/g) ?? []).map(
            (found) => `${chart.id} ${step} ${size.width}x${size.height}: ${found}`,
          ),
        ),
      ),
    );
    expect(negative).toEqual([]);
  });
});
