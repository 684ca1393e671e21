/** The tests notice what they are for: each fault is put into a page, and must be found. */
import { expect, test } from 'vitest';
import { STEPS } from '../e2e/story.ts';
import type { Tab } from './engines.ts';
import { faultsAt, openIn, viewsIn } from './reading.ts';
import { site, tabsOf } from './site.ts';

const served = site();
const PICTURE = '[data-chart="members"] .stage-picture';

/** What is found where the last engine's page is spoiled, at the first field of the story. */
async function found(spoil: (tab: Tab) => Promise<unknown>): Promise<string[]> {
  const tabs = await tabsOf({ width: 1440, height: 900, ratio: 1 }, served());
  const [first] = tabs;
  if (!first) throw new Error('no Chromium');
  await openIn(first, served().address);
  const view = (await viewsIn(first))['members'];
  const step = STEPS.find(({ id }) => id === 'maskpark')?.id ?? '';
  const go = async (tab: Tab) => {
    await openIn(tab, `${served().address}#${step}`);
    if (tab === tabs.at(-1)) await spoil(tab);
  };
  return faultsAt(tabs, { name: step, go, selector: PICTURE, wanted: view && { chart: 'members', view, step }, awake: true });
}

/** Hides what a selector finds, as an engine does that does not paint it. */
const hide = (selector: string) => (tab: Tab) =>
  tab.run((hidden) => {
    for (const one of document.querySelectorAll<SVGElement>(hidden)) one.style.visibility = 'hidden';
  }, `${PICTURE} ${selector}`);

test('nothing is found where nothing is spoiled', async () => {
  expect(await found(async () => undefined)).toEqual([]);
});

test.each([['a missing label', 'text:last-of-type', /webkit at maskpark: the label .* holds its colour in 0\.0/]])('%s', async (_, selector, fault) => {
  expect(await found(hide(selector))).toEqual([expect.stringMatching(fault)]);
});

test('empty fields', async () => {
  const faults = await found(hide('canvas'));
  expect(faults.length).toBeGreaterThan(0);
  for (const fault of faults) expect(fault).toMatch(/webkit at maskpark: the field maskpark holds its colour in 0\.0/);
});

test('a stage that shows another step', async () => {
  const faults = await found((tab) => openIn(tab, `${served().address}#hundred`));
  expect(faults).toContainEqual(expect.stringMatching(/webkit at maskpark: the stage shows hundred 1/));
  expect(faults).toContainEqual(expect.stringMatching(/webkit at maskpark: at maskpark the page holds .*; the layout gives/));
  expect(faults).toContainEqual(expect.stringMatching(/webkit at maskpark shows .*Chromium shows/));
});

test('a page that complains', async () => {
  const tabs = await tabsOf({ width: 1440, height: 900, ratio: 1 }, served());
  for (const tab of tabs) {
    await tab.go(served().put('<!doctype html><title>A page that complains</title>'));
    await tab.run(() => void console.error('a fault of the page'));
  }
  const told = new Set<string>();
  const ask = async () => {
    for (const tab of tabs) if ((await tab.complaints()).some((complaint) => complaint.includes('a fault of the page'))) told.add(tab.engine);
    return [...told].sort();
  };
  await expect.poll(ask, { timeout: 10_000 }).toEqual(tabs.map(({ engine }) => engine).sort());
});
