/** An embed that is tall, turned page by page, or pinned, in every engine, on a page of another origin: its picture is what Chromium paints. */
import { expect, test } from 'vitest';
import { article, plainFrame } from '../e2e/publisher.ts';
import { CHARTS } from '../e2e/story.ts';
import type { Tab } from './engines.ts';
import { complaintsOf, faultsAt, settled, until } from './reading.ts';
import { site, tabsOf } from './site.ts';

const served = site();

test.each([
  ['tall', 5_200],
  ['stepper', 720],
] as const)('%s', async (mode, height) => {
  const tabs = await tabsOf({ width: 1440, height: 900, ratio: 1 }, served());
  const page = served().put(article(plainFrame(`${served().address}embed/members/`, height)));
  const go = async (tab: Tab) => {
    await tab.go(page);
    await tab.run(() => document.querySelector('iframe')?.scrollIntoView({ behavior: 'instant' }));
    await tab.enter('iframe');
    await until(tab, `an embed that runs ${mode}`, (wanted) => document.documentElement.dataset['mode'] === wanted, mode);
    await until(tab, 'a picture', () => (document.querySelector('.stage-picture > svg')?.getBoundingClientRect().height ?? 0) > 0);
    await tab.run(async () => void (await document.fonts.ready));
    await tab.run(async () => {
      for (let i = 0; i < 6; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  };
  const faults = await faultsAt(tabs, { name: `an embed that runs ${mode}`, go, selector: '.stage-picture' });
  for (const tab of tabs) await tab.leave();
  expect([...faults, ...(await complaintsOf(tabs))]).toEqual([]);
});

test('pinned by the publishers’ script', async () => {
  const tabs = await tabsOf({ width: 1440, height: 900, ratio: 1 }, served());
  const page = served().put(
    article(
      `<size-of-the-room chart="members" lang="en"><p>Words in its place.</p></size-of-the-room><script src="${served().address}embed/v1.js" defer></script>`,
    ),
  );
  const shots = await Promise.all(
    tabs.map(async (tab) => {
      await tab.go(page);
      await tab.run(() => document.querySelector('size-of-the-room')?.scrollIntoView({ behavior: 'instant' }));
      await until(tab, 'a room for the frame', () => (document.querySelector('size-of-the-room')?.getBoundingClientRect().height ?? 0) > 3_000);
      await tab.run(() =>
        scrollTo({ top: (document.querySelector('size-of-the-room')?.getBoundingClientRect().bottom ?? 0) + scrollY - innerHeight - 40, behavior: 'instant' }),
      );
      await settled(tab);
      return tab.screen();
    }),
  );
  expect(shots.map((shot) => shot.length > 1_000)).toEqual(tabs.map(() => true));
  expect(CHARTS).toContain('members');
  expect(await complaintsOf(tabs)).toEqual([]);
});
