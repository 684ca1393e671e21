/** Every step of the story in every engine, by its address and by scrolling: what is painted is what Chromium paints. */
import { describe, expect, test } from 'vitest';
import { CHARTS, STEPS } from '../e2e/story.ts';
import type { Screen } from './engines.ts';
import { complaintsOf, faultsAt, openIn, settled, viewsIn } from './reading.ts';
import { nameOf, SCREENS, site, tabsOf } from './site.ts';

const served = site();
const lastSteps = STEPS.filter(({ id, chart }) => STEPS.findLast((step) => step.chart === chart)?.id === id);

/** On the wide screen with three device pixels a pixel the last step of each chart is looked at: its pictures are large. */
const stepsOf = ({ width, ratio }: Screen) => (ratio > 1 && width > 1000 ? lastSteps : STEPS);
const stage = (chart: string) => `[data-chart="${chart}"] .stage-picture`;

describe.each(SCREENS)('$width x $height at $ratio', (screen) => {
  test('each step that is scrolled to', async () => {
    const tabs = await tabsOf(screen, served());
    await Promise.all(tabs.map((tab) => openIn(tab, served().address)));
    const [first] = tabs;
    const views = first ? await viewsIn(first) : {};
    const faults: string[] = [];
    for (const { id, chart } of stepsOf(screen)) {
      const view = views[chart];
      if (!view) throw new Error(`the page carries no view of ${chart}`);
      const found = await faultsAt(tabs, {
        name: `${nameOf(screen)} #${id}`,
        go: async (tab) => {
          await tab.run((step) => document.getElementById(step)?.scrollIntoView({ behavior: 'instant' }), id);
          await settled(tab);
        },
        selector: stage(chart),
        wanted: { chart, view, step: id },
        awake: true,
      });
      faults.push(...found);
    }
    expect([...faults, ...(await complaintsOf(tabs))]).toEqual([]);
  });
});

describe.each(SCREENS.filter(({ ratio }) => ratio === 1))('$width x $height', (screen) => {
  test('each step that an address names', async () => {
    const tabs = await tabsOf(screen, served());
    const faults: string[] = [];
    for (const { id, chart } of STEPS)
      faults.push(
        ...(await faultsAt(tabs, {
          name: `${nameOf(screen)} at the address #${id}`,
          go: (tab) => openIn(tab, `${served().address}#${id}`),
          selector: stage(chart),
          wanted: { chart, view: await viewOf(chart), step: id },
          awake: true,
        })),
      );
    expect([...faults, ...(await complaintsOf(tabs))]).toEqual([]);
  });

  async function viewOf(chart: string) {
    const [tab] = await tabsOf(screen, served());
    if (!known && tab) {
      await openIn(tab, served().address);
      known = await viewsIn(tab);
    }
    const view = known?.[chart];
    if (!view) throw new Error(`the page carries no view of ${chart}`);
    return view;
  }
});

let known: Awaited<ReturnType<typeof viewsIn>> | undefined;

test('the walk meets every step of every chart', () => {
  expect(STEPS.length).toBeGreaterThan(CHARTS.length);
  expect(lastSteps.map(({ chart }) => chart).sort()).toEqual([...CHARTS].sort());
});
