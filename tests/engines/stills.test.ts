/** Pictures without script in every engine: step by step, on the plain page, in the story whose script does not run, and to take away. */
import { describe, expect, test } from 'vitest';
import { CHARTS, STEPS } from '../e2e/story.ts';
import type { Tab } from './engines.ts';
import { complaintsOf, faultsAt, openIn, settled, viewsIn } from './reading.ts';
import { SCREENS, site, tabsOf } from './site.ts';

const served = site();

/** Brings the visible picture into view, whole where it fits. */
async function bring(tab: Tab, selector: string): Promise<void> {
  await tab.run((one) => document.querySelector(one)?.scrollIntoView({ behavior: 'instant', block: 'center' }), selector);
  await settled(tab);
}

describe.each(SCREENS.filter(({ ratio }) => ratio === 1))('$width x $height', (screen) => {
  /** Of the two pictures that a page holds of each chart or step, the one that a screen so wide shows. */
  const shown = screen.width < 640 ? 'narrow' : 'wide';
  const start = async (path: string) => {
    const tabs = await tabsOf(screen, served());
    const [first] = tabs;
    if (!first) throw new Error('no Chromium');
    await openIn(first, served().address);
    const views = await viewsIn(first);
    await Promise.all(tabs.map((tab) => openIn(tab, path)));
    return {
      tabs,
      wanted: (chart: string, step: string) => ({ chart, step, view: views[chart] ?? { figures: {}, words: {}, opens: {}, events: [], gaps: [] } }),
    };
  };

  test.each([
    ['step by step', 'steps/', '.screen-picture'],
    ['on the plain page', 'plain/', '.page-picture'],
  ])('each step, %s', async (_, path, within) => {
    const { tabs, wanted } = await start(`${served().address}${path}`);
    const faults: string[] = [];
    for (const { id, chart } of STEPS) {
      const selector = `[id="${id}"] ${within} .${shown} svg`;
      const go = async (tab: Tab) => {
        await tab.run((hash) => void (location.hash = hash), id);
        await bring(tab, selector);
      };
      faults.push(...(await faultsAt(tabs, { name: `${path}#${id}`, go, selector, wanted: wanted(chart, id) })));
    }
    expect([...faults, ...(await complaintsOf(tabs))]).toEqual([]);
  });

  test('each chart of the story whose script does not run', async () => {
    const { tabs, wanted } = await start(served().still('en/'));
    const faults: string[] = [];
    for (const chart of CHARTS) {
      const selector = `[data-of="${chart}"] .island .${shown} svg`;
      const step = STEPS.findLast((one) => one.chart === chart)?.id ?? '';
      // Where the words of its last step stand, the picture sticks beside them; the first one lies behind the cover until then.
      const go = (tab: Tab) => bring(tab, `[id="${step}"]`);
      faults.push(...(await faultsAt(tabs, { name: `${chart} without script`, go, selector, wanted: wanted(chart, step) })));
    }
    expect([...faults, ...(await complaintsOf(tabs))]).toEqual([]);
  });
});

test('each picture to take away', async () => {
  // As high as the highest of them.
  const tabs = await tabsOf({ width: 1440, height: 1500, ratio: 1 }, served());
  const faults: string[] = [];
  for (const chart of CHARTS) {
    const go = (tab: Tab) => tab.go(`${served().address}charts/${chart}.svg`);
    faults.push(...(await faultsAt(tabs, { name: `charts/${chart}.svg`, go, selector: 'svg' })));
  }
  expect([...faults, ...(await complaintsOf(tabs))]).toEqual([]);
});
