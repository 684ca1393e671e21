/** Every step of the story in every engine, by its address and by scrolling: what is painted is what Chromium paints. */
import { describe, expect, test } from 'vitest';
import { installReader } from '../e2e/reader.ts';
import { STEPS } from '../e2e/story.ts';
import type { Screen, Tab } from './engines.ts';
import { look, measured, unlike, unlikeLayout } from './pictures.ts';
import { site, tabsOf } from './site.ts';

const SCREENS: readonly Screen[] = [
  { width: 1440, height: 900, ratio: 1 },
  { width: 390, height: 844, ratio: 1 },
  { width: 390, height: 844, ratio: 3 },
];
const served = site();

/** Waits until fonts have come and nothing has moved for some frames. */
async function settled(tab: Tab): Promise<void> {
  await tab.run(installReader);
  await tab.run(async () => {
    await document.fonts.ready;
    await window.reader.settle(3);
  });
}

for (const screen of SCREENS)
  describe(`${screen.width}x${screen.height} at ${screen.ratio}`, () => {
    for (const way of ['address', 'scrolling'] as const)
      test(`every step, by ${way}`, async () => {
        const tabs = await tabsOf(screen, served());
        const faults: string[] = [];
        if (way === 'scrolling')
          await Promise.all(
            tabs.map(async (tab) => {
              await tab.go(served().address);
              await settled(tab);
            }),
          );
        for (const { id, chart } of STEPS) {
          const picture = `[data-chart="${chart}"] .stage-picture`;
          const t0 = Date.now();
          const arrive = async (tab: Tab) => {
            if (way === 'address') await tab.go(`${served().address}#${id}`);
            else await tab.run((step) => document.getElementById(step)?.scrollIntoView({ behavior: 'instant' }), id);
            await settled(tab);
          };
          const [reference, ...others] = await Promise.all(
            tabs.map(async (tab) => {
              const s = Date.now();
              await arrive(tab);
              const a = Date.now();
              const seen = await look(tab, picture);
              if (process.env['TIMES']) console.log(id, tab.engine, a - s, Date.now() - a);
              return { tab, seen };
            }),
          );
          if (!reference) throw new Error('no Chromium');
          for (const { tab, seen } of [reference, ...others]) {
            const { step, progress } = seen.picture;
            if (step !== id || progress !== 1) faults.push(`${tab.engine} shows ${step} ${progress} at #${id}`);
            faults.push(...unlikeLayout(seen.picture).map((fault) => `${tab.engine} ${fault}`));
            if (tab !== reference.tab) faults.push(...unlike(seen, reference.seen, `${tab.engine} at #${id}`));
          }
        }
        faults.push(...tabs.flatMap((tab) => tab.complaints().map((complaint) => `${tab.engine} complains: ${complaint}`)));
        console.log(
          measured
            .splice(0)
            .filter(({ ratio, off }) => (ratio > 1.15 || ratio < 0.87) && Math.abs(off) > 0.004)
            .map(({ told }) => told)
            .join('\n'),
        );
        expect(faults).toEqual([]);
      });
  });
