/** An embed in each of its ways of running, in every engine, on a page of another origin: what it paints is what Chromium paints. */
import { expect, test } from 'vitest';
import { article, plainFrame } from '../e2e/publisher.ts';
import { STEPS } from '../e2e/story.ts';
import type { Screen, Tab } from './engines.ts';
import { complaintsOf, faultsAt, framesPass, until } from './reading.ts';
import { site, tabsOf } from './site.ts';

const served = site();
const DESKTOP: Screen = { width: 1440, height: 900, ratio: 1 };
/** Lower than anything sticks in. */
const LOW: Screen = { width: 1440, height: 430, ratio: 1 };

const FRAME = 'size-of-the-room >>> iframe';
const LAST = STEPS.findLast(({ chart }) => chart === 'members')?.id ?? '';

/** Opens the loader's shadow roots, into which the tests look. */
const OPENED = `<script>const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); };</script>`;

/** Goes into a frame of the page once it runs in a way, and waits until it rests. */
async function enterWhen(tab: Tab, mode: string, frame = 'iframe'): Promise<void> {
  await tab.enter(frame);
  await until(tab, `an embed that runs ${mode}`, (wanted) => document.documentElement.dataset['mode'] === wanted, mode);
  await tab.run(async () => void (await document.fonts.ready));
  await tab.run(framesPass, 6);
}

const plain = (height: number) => article(plainFrame(`${served().address}embed/members/`, height));

const LAST_PICTURE = `[data-slot="${LAST}"] svg`;

test.each([
  ['tall', DESKTOP, 5_200, '.stage-picture'],
  ['pager', DESKTOP, 720, '.stage-picture'],
  ['flat', LOW, 5_200, LAST_PICTURE],
] as const)('%s', async (mode, screen, height, selector) => {
  const tabs = await tabsOf(screen, served());
  const page = served().put(plain(height));
  const go = async (tab: Tab) => {
    await tab.go(page);
    // Into the frame: how high the reader's view is shows where the frame fills it.
    await tab.run(() => {
      document.querySelector('iframe')?.scrollIntoView({ behavior: 'instant' });
      if ((document.querySelector('iframe')?.clientHeight ?? 0) > 2 * innerHeight) scrollBy({ top: 60, behavior: 'instant' });
    });
    await enterWhen(tab, mode);
    if (mode !== 'flat') return;
    // Its pictures are made as they come into view.
    const down = await tab.run((last) => document.querySelector(last)?.getBoundingClientRect().top ?? 0, `[data-slot="${LAST}"]`);
    await tab.leave();
    await tab.run((top) => {
      const frame = document.querySelector('iframe')?.getBoundingClientRect().top ?? 0;
      scrollBy({ top: frame + top - 10, behavior: 'instant' });
    }, down);
    await enterWhen(tab, mode);
    await until(tab, 'the last picture', (picture) => document.querySelector(picture) !== null, LAST_PICTURE);
    await tab.run(framesPass, 6);
  };
  const faults = await faultsAt(tabs, { name: `an embed that runs ${mode}`, go, selector });
  for (const tab of tabs) await tab.leave();
  expect([...faults, ...(await complaintsOf(tabs))]).toEqual([]);
});

test('pinned by the publishers’ script', async () => {
  const tabs = await tabsOf(DESKTOP, served());
  const page = served().put(
    article(
      `<size-of-the-room chart="members" lang="en"><p>Words in its place.</p></size-of-the-room><script src="${served().address}embed/v1.js" defer></script>`,
      OPENED,
    ),
  );
  const go = async (tab: Tab) => {
    await tab.go(page);
    await tab.run(() => document.querySelector('size-of-the-room')?.scrollIntoView({ behavior: 'instant' }));
    await enterWhen(tab, 'pinned', FRAME);
    await tab.leave();
    // Its last step: as far down as the frame sticks.
    await tab.run(() => {
      const end = document.querySelector('size-of-the-room')?.getBoundingClientRect().bottom ?? 0;
      scrollBy({ top: end - innerHeight - 1, behavior: 'instant' });
    });
    await tab.enter(FRAME);
    await until(tab, 'the last step', (last) => document.querySelector<HTMLElement>('.stage-picture')?.dataset['step'] === last, LAST);
    await tab.run(framesPass, 6);
  };
  const faults = await faultsAt(tabs, { name: 'a pinned embed', go, selector: '.stage-picture' });
  for (const tab of tabs) await tab.leave();
  expect([...faults, ...(await complaintsOf(tabs))]).toEqual([]);
});

test('a teaser', async () => {
  const tabs = await tabsOf(DESKTOP, served());
  const page = served().put(plain(250));
  for (const tab of tabs) {
    await tab.go(page);
    // Out of sight a frame is not painted.
    await tab.run(() => document.querySelector('iframe')?.scrollIntoView({ behavior: 'instant' }));
    await enterWhen(tab, 'teaser');
    const whole = await tab.run(() => {
      const inside = ({ top, bottom, height }: DOMRect) => height > 0 && top >= 0 && bottom <= innerHeight;
      return ['h1, h2', 'p', 'a[href]'].map((one) => [...document.querySelectorAll(one)].some((element) => inside(element.getBoundingClientRect())));
    });
    expect(whole, `${tab.engine}: title, line and link stand in the frame`).toEqual([true, true, true]);
    await tab.leave();
  }
  expect(await complaintsOf(tabs)).toEqual([]);
});
