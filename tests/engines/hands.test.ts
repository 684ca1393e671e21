/** What a reader does, in every engine: cards open and close by pointer and by keyboard, and the wheel over an embed moves its host. */
import { describe, expect, test } from 'vitest';
import { article, plainFrame } from '../e2e/publisher.ts';
import { complaintsOf, openIn, settled, until } from './reading.ts';
import { SCREENS, site, tabsOf } from './site.ts';

const served = site();

/** Where the middle of an element stands, in pixels of the page. */
function middleOf(selector: string): readonly [number, number] {
  const box = document.querySelector(selector)?.getClientRects()[0];
  return box ? [box.left + box.width / 2, box.top + box.height / 2] : [0, 0];
}

const FIGURE = '#maskpark p a.source';
const open = () => (document.querySelector('#card')?.getBoundingClientRect().height ?? 0) > 0;
const shut = () => (document.querySelector('#card')?.getBoundingClientRect().height ?? 0) === 0;

describe.each(SCREENS.filter(({ ratio }) => ratio === 1))('$width x $height', (screen) => {
  test('a card opens and closes by pointer and by keyboard', async () => {
    const tabs = await tabsOf(screen, served());
    for (const tab of tabs) {
      await openIn(tab, `${served().address}#maskpark`);
      await tab.run((figure) => document.querySelector(figure)?.scrollIntoView({ behavior: 'instant', block: 'center' }), FIGURE);
      await settled(tab);
      await tab.click(...(await tab.run(middleOf, FIGURE)));
      await until(tab, 'a card opened by pointer', open);
      await tab.click(...(await tab.run(middleOf, '#card button')));
      await until(tab, 'a card closed by pointer', shut);
      await tab.run((figure) => document.querySelector<HTMLElement>(figure)?.focus(), FIGURE);
      await tab.press('Enter');
      await until(tab, 'a card opened by keyboard', open);
      await tab.press('Escape');
      await until(tab, 'a card closed by keyboard', shut);
      expect(await tab.run(() => location.pathname), `${tab.engine}: the reader stays in the story`).toBe('/');
    }
    expect(await complaintsOf(tabs)).toEqual([]);
  });
});

test.each([
  ['tall', 5_200],
  ['pager', 720],
])('the wheel over a %s embed moves its host', async (_, height) => {
  const tabs = await tabsOf({ width: 1440, height: 900, ratio: 1 }, served());
  for (const tab of tabs) {
    await tab.go(served().put(article(plainFrame(`${served().address}embed/members/`, height))));
    await tab.run(() => document.querySelector('iframe')?.scrollIntoView({ behavior: 'instant' }));
    const before = await tab.run(() => scrollY);
    await tab.wheel(720, 300, 150);
    await until(tab, `the host below ${before} px`, (from) => scrollY > Number(from) + 100, String(before));
  }
  expect(await complaintsOf(tabs)).toEqual([]);
});
