/** The reader's place outlasts a change of layout: what is said of it in one layout is found again in any other. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSameLayout, placeAt, scrollFor, type Stops } from '#browser/placeAt.ts';
import { stepAt } from '#browser/stepAt.ts';

const COUNT = 12;
/** A layout of the same stops: some of them higher than what belongs to them, as a section is that holds others, some lower. */
const layout = fc
  .record({
    before: fc.integer({ min: 900, max: 3_000 }),
    rooms: fc.array(fc.integer({ min: 20, max: 2_000 }), { minLength: COUNT, maxLength: COUNT }),
    shares: fc.array(fc.double({ min: 0.1, max: 2, noNaN: true }), { minLength: COUNT, maxLength: COUNT }),
    rest: fc.integer({ min: 0, max: 420 }),
    line: fc.integer({ min: 421, max: 880 }),
  })
  .map(({ before, rooms, shares, rest, line }): Stops => {
    let top = before;
    const tops = rooms.map((room) => {
      const own = top;
      top += room;
      return own;
    });
    return { tops, heights: rooms.map((room, i) => room * (shares[i] ?? 1)), rest, line };
  });
const offset = fc.integer({ min: 0, max: 26_000 });

describe('a place', () => {
  test('is at the same stop in every layout', () => {
    fc.assert(
      fc.property(layout, layout, offset, (here, there, scroll) => {
        const place = placeAt(here, scroll);
        expect(stepAt(there, scrollFor(there, place)).index).toBe(place.index);
      }),
    );
  });

  test('is where it was in the same layout, to the pixel, however many others lay between', () => {
    fc.assert(
      fc.property(layout, fc.array(layout), offset, (here, between, scroll) => {
        const place = placeAt(here, scroll);
        for (const other of between) scrollFor(other, place);
        expect(Math.abs(scrollFor(here, place) - scroll)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a picture that has arrived has arrived in every layout, and one that is on its way is as far', () => {
    fc.assert(
      fc.property(layout, layout, offset, (here, there, scroll) => {
        const [one, other] = [stepAt(here, scroll), stepAt(there, scrollFor(there, placeAt(here, scroll)))];
        // Where a stop is lower than the way to its place of rest, the next begins before it has arrived.
        const roomy = [here, there].every(({ tops, heights, line, rest }) => {
          const i = one.index;
          return Math.min(heights[i] ?? 0, (tops[i + 1] ?? Infinity) - (tops[i] ?? 0)) > line - rest + 2;
        });
        fc.pre(one.index >= 0 && roomy);
        expect(Math.abs(other.progress - one.progress)).toBeLessThan(3 / Math.min(here.line - here.rest, there.line - there.rest));
        if (one.progress === 1) expect(other.progress).toBe(1);
      }),
    );
  });

  test('on the way to the first stop is as far from the page’s top', () => {
    const [here, there] = [
      { tops: [900], heights: [800], line: 500, rest: 0 },
      { tops: [2_000], heights: [300], line: 600, rest: 300 },
    ] as const;
    for (const scroll of [0, 60, 399]) expect(scrollFor(there, placeAt(here, scroll))).toBe(scroll);
    expect(scrollFor(here, placeAt(there, 1_000)), 'not past where the first begins').toBeLessThan(400);
  });

  test('what opens beneath the foot of a stop does not move it', () => {
    const here = { tops: [1_000, 3_000], heights: [900, 700], line: 500, rest: 0 };
    const opened = { ...here, tops: [1_000, 3_600] };
    for (const scroll of [700, 1_300, 2_000]) expect(scrollFor(opened, placeAt(here, scroll))).toBe(scroll);
  });
});

test('a layout is the same until something has moved by a pixel', () => {
  const one = { tops: [100, 900], heights: [800, 700], line: 500, rest: 0 };
  expect(isSameLayout(one, { ...one, tops: [100.4, 899.6] })).toBe(true);
  expect(isSameLayout(one, { ...one, tops: [100, 905] })).toBe(false);
  expect(isSameLayout(one, { ...one, line: 540 })).toBe(false);
});
