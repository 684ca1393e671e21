/** Where the reader is: a function of the page's geometry, whatever woke it and whatever way led there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOf, stepAt, type Geometry } from '#browser/stepAt.ts';

/** A page: the heights of what stands before the steps and of the steps, all in pixels, and the lines. */
interface Page {
  readonly before: number;
  readonly heights: readonly number[];
  readonly line: number;
  readonly rest: number;
}

const page = fc.record({
  before: fc.integer({ min: 0, max: 3_000 }),
  heights: fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 30 }),
  rest: fc.integer({ min: 0, max: 500 }),
  line: fc.integer({ min: 501, max: 900 }),
});
const offset = fc.integer({ min: -500, max: 70_000 });

/** The geometry of the page when it is scrolled this far. */
function geometryAt({ before, heights, line, rest }: Page, scrolled: number): Geometry {
  let top = before - scrolled;
  const tops = heights.map((height) => {
    const own = top;
    top += height;
    return own;
  });
  return { tops, line, rest };
}

const at = (one: Page, scrolled: number) => stepAt(geometryAt(one, scrolled));

describe('the step', () => {
  test('is the last one whose top has passed the line', () => {
    const tops = [-900, -100, 300, 700];
    expect(stepAt({ tops, line: 299, rest: 0 }).index).toBe(1);
    expect(stepAt({ tops, line: 300, rest: 0 }).index).toBe(2);
    expect(stepAt({ tops, line: 10_000, rest: 0 }).index).toBe(3);
  });

  test('is none before the first and on a page without steps', () => {
    expect(stepAt({ tops: [301, 900], line: 300, rest: 0 })).toEqual({ index: -1, progress: 0 });
    expect(stepAt({ tops: [], line: 300, rest: 0 })).toEqual({ index: -1, progress: 0 });
  });

  test('at any offset exactly one step answers: the one in whose box the line stands', () => {
    fc.assert(
      fc.property(page, offset, (one, scrolled) => {
        const { tops, line } = geometryAt(one, scrolled);
        const boxes = tops.map((top, i) => top <= line && (line < (tops[i + 1] ?? Infinity) || i === tops.length - 1));
        const { index } = stepAt({ tops, line, rest: one.rest });
        expect(boxes.filter(Boolean).length).toBe(index < 0 ? 0 : 1);
        expect(boxes.indexOf(true)).toBe(index);
      }),
    );
  });

  test('is the same by whatever way the reader came: wheel, End, Home, anchor, back', () => {
    fc.assert(
      fc.property(page, fc.array(offset), offset, (one, way, end) => {
        const direct = at(one, end);
        for (const scrolled of way) at(one, scrolled);
        expect(at(one, end)).toEqual(direct);
      }),
    );
  });

  test('only ever goes forward while the reader does', () => {
    fc.assert(
      fc.property(page, offset, fc.integer({ min: 0, max: 5_000 }), (one, from, further) => {
        expect(at(one, from + further).index).toBeGreaterThanOrEqual(at(one, from).index);
      }),
    );
  });
});

describe('the progress', () => {
  test('runs from the line to the place of rest, and stays there', () => {
    const lines = { line: 600, rest: 100 };
    expect([600, 350, 100, 99, -5_000].map((top) => stepAt({ tops: [top], ...lines }).progress)).toEqual([0, 0.5, 1, 1, 1]);
  });

  test('is a share from 0 to 1, wherever the reader is', () => {
    fc.assert(
      fc.property(page, offset, (one, scrolled) => {
        const { progress } = at(one, scrolled);
        expect(progress >= 0 && progress <= 1).toBe(true);
      }),
    );
  });

  test('only ever grows within a step while the reader goes on', () => {
    fc.assert(
      fc.property(page, offset, fc.integer({ min: 0, max: 800 }), (one, from, further) => {
        const [early, late] = [at(one, from), at(one, from + further)];
        fc.pre(early.index === late.index);
        expect(late.progress).toBeGreaterThanOrEqual(early.progress);
      }),
    );
  });

  test('is whole at once where the line stands on or above the place of rest: a picture never hangs half-way', () => {
    expect(stepAt({ tops: [100], line: 300, rest: 300 })).toEqual({ index: 0, progress: 1 });
    expect(stepAt({ tops: [100], line: 300, rest: 400 })).toEqual({ index: 0, progress: 1 });
  });
});

describe('the lines', () => {
  test('beside the stage a step rests at the top of the screen; beneath it, at the stage’s foot', () => {
    expect(linesOf({ bottom: 900 }, true, 900).rest).toBe(0);
    expect(linesOf({ bottom: 420 }, false, 844).rest).toBe(420);
  });

  test('a step begins on the screen, above its foot, and below where it rests', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 3_000 }), fc.boolean(), fc.double({ min: 0.05, max: 0.9, noNaN: true }), (height, beside, share) => {
        const { line, rest } = linesOf({ bottom: height * share }, beside, height);
        expect(line > rest && line < height).toBe(true);
      }),
    );
  });
});
