/** Fields of marks and the camera over them: every mark counted, nothing random, no jump. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHARTS } from '#charts/registry.ts';
import { between, poseBetween, type Pose } from '#charts/camera.ts';
import { blocksOf, cellsOf, columnBlocks, countOf, isLit, latticeOf, round, stackedBlocks, standingBlocks, stripsOf, type Block } from '#charts/dotField.ts';
import { BRIGHTNESS, kindOf, lightAt, noise, PERIOD, placeOf, radiusOf } from '#charts/light.ts';
import { memoize } from '#charts/memoize.ts';
import { sceneOf, SIZES } from '../fixtures/unit-scenes.ts';

const count = fc.integer({ min: 0, max: 1e9 });
const columns = fc.integer({ min: 1, max: 40_000 });

function areApart(blocks: readonly Block[]): boolean {
  return blocks.every((a, i) =>
    blocks.slice(i + 1).every((b) => a.x + a.columns <= b.x || b.x + b.columns <= a.x || a.y + a.rows <= b.y || b.y + b.rows <= a.y),
  );
}

describe('N means N marks', () => {
  test('in rows: every count, and never more than two rectangles', () => {
    fc.assert(
      fc.property(count, columns, (marks, across) => {
        const blocks = blocksOf(marks, across);
        expect(countOf(blocks)).toBe(marks);
        expect(blocks.length).toBeLessThanOrEqual(2);
        expect(areApart(blocks)).toBe(true);
        expect(blocks.every((block) => block.x === 0 && block.columns <= across && block.rows > 0)).toBe(true);
      }),
    );
  });

  test('in columns: every run of marks, and never more than three rectangles', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 2_000 }), (from, marks, rows) => {
        const blocks = columnBlocks(from, from + marks, rows);
        expect(countOf(blocks)).toBe(marks);
        expect(blocks.length).toBeLessThanOrEqual(3);
        expect(areApart(blocks)).toBe(true);
        expect(blocks.every((block) => block.y + block.rows <= rows)).toBe(true);
      }),
    );
  });

  test('a field cut in two anywhere is still the same field', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 99 }), (cut, more, rows) => {
        const parts = [...columnBlocks(0, cut, rows), ...columnBlocks(cut, cut + more, rows)];
        expect(countOf(parts)).toBe(countOf(columnBlocks(0, cut + more, rows)));
        expect(areApart(parts)).toBe(true);
      }),
    );
  });

  test('fills a room from wall to wall and up from the floor: every count in whole rows, none outside', () => {
    const side = fc.integer({ min: 60, max: 2000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2e6 }), side, side, fc.constantFrom(1, 1.25, 1.5, 2, 3), (marks, width, height, density) => {
        const { columns, rows, pitch } = latticeOf(marks, width, height, density);
        expect(countOf(stackedBlocks(marks, columns))).toBe(marks);
        expect(columns * pitch).toBeLessThan(width + 0.01);
        expect(rows * pitch).toBeLessThan(height + 0.01);
        const device = pitch * density;
        const step = device < 2 ? 0.5 : 1;
        if (device >= 1 && device < 4) expect(device / step).toBeCloseTo(Math.round(device / step), 6);
        // No wider gap at the right than one more column would fill.
        if (marks >= columns + 1) expect(width - columns * pitch).toBeLessThan(pitch + 0.01);
      }),
    );
  });

  test('a field that stands on the floor has its first mark in the corner, and rows and columns upwards from it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 2000 }), (marks, across) => {
        for (const blocks of [stackedBlocks(marks, across), standingBlocks(0, marks, across)]) {
          expect(countOf(blocks)).toBe(marks);
          expect(areApart(blocks)).toBe(true);
          expect(blocks.some(({ x, y, rows }) => x === 0 && y + rows === 0)).toBe(true);
          expect(blocks.every(({ y, rows }) => y + rows <= 0)).toBe(true);
        }
      }),
    );
  });
});

describe('a light', () => {
  const cell = fc.integer({ min: -5000, max: 5000 });

  test('follows from its cell alone, stays in it, and is one of four brightnesses', () => {
    fc.assert(
      fc.property(cell, cell, (x, y) => {
        const light = placeOf(x, y);
        expect(placeOf(x, y)).toEqual(light);
        expect(lightAt(x + PERIOD, y - PERIOD)).toEqual(lightAt(x, y));
        expect(BRIGHTNESS[light.kind]).toBeGreaterThan(0);
        // The storyboard's most.
        expect(Math.max(Math.abs(light.x - x - 0.5), Math.abs(light.y - y - 0.5))).toBeLessThan(0.2801);
      }),
    );
  });

  test('keeps its place as the camera moves: one smooth path, whatever its field becomes', () => {
    const size = { width: 864, height: 900 };
    for (const step of ['hundred', 'ten-thousand', 'maskpark', 'others']) {
      const path = Array.from({ length: 400 }, (_, i) => {
        const { x = 0, y = 0, pitch = 0 } = sceneOf('members', size, step, i / 399).fields[0] ?? {};
        const light = placeOf(3, -4);
        return { x: x + light.x * pitch, y: y + light.y * pitch };
      });
      const moves = path.slice(1).map(({ x, y }, i) => Math.hypot(x - (path[i]?.x ?? 0), y - (path[i]?.y ?? 0)));
      const turns = moves.slice(1).map((move, i) => Math.abs(move - (moves[i] ?? 0)));
      // No move is a jump, and none is much longer or shorter than the one before.
      expect(Math.max(...moves), step).toBeLessThan(12);
      expect(Math.max(...turns), step).toBeLessThan(1);
    }
  });

  test('is smaller in its cell when it is near and larger when it is far, so that a field stays bright', () => {
    for (let kind = 0; kind < BRIGHTNESS.length; kind += 1) {
      const radii = [1, 2, 3, 4, 6, 12, 24, 48, 72, 400].map((pitch) => radiusOf(kind, pitch));
      expect(radii).toEqual(radii.toSorted((a, b) => b - a));
      expect(radii.every((radius) => radius > 0 && radius <= 0.5)).toBe(true);
    }
  });

  test('has as many of each brightness as of any other, and no neighbour to follow', () => {
    const kinds = Array.from({ length: 4096 }, (_, i) => kindOf(lightAt(i % 64, -1 - Math.floor(i / 64))));
    for (let kind = 0; kind < BRIGHTNESS.length; kind += 1) expect(Math.abs(kinds.filter((one) => one === kind).length - 1024)).toBeLessThan(110);
    const alike = kinds.slice(1).filter((kind, i) => kind === kinds[i]).length;
    expect(Math.abs(alike - 1024)).toBeLessThan(110);
  });
});

describe('a field that goes dark', () => {
  const cells = cellsOf([{ x: 0, y: -64, columns: 64, rows: 64 }]);
  const litAt = (lit: number) => cells.filter(({ x, y }) => isLit(x, y, undefined, lit)).map(({ x, y }) => `${x} ${y}`);

  test('loses each light once, by itself, and gets it back the same way', () => {
    const shares = [1, 0.9, 0.7, 0.4, 0.1, 0];
    const all = shares.map(litAt);
    expect(all[0]).toHaveLength(cells.length);
    expect(all.at(-1)).toEqual([]);
    all.slice(1).forEach((fewer, i) => expect(fewer.every((light) => all[i]?.includes(light))).toBe(true));
    shares.forEach((share, i) => expect(Math.abs((all[i]?.length ?? 0) / cells.length - share)).toBeLessThan(0.03));
    expect(litAt(0.4)).toEqual(all[3]);
  });

  test('thins out from all to none where nothing is known any more', () => {
    const columns = Array.from({ length: 64 }, (_, x) => cells.filter((cell) => cell.x === x && isLit(cell.x, cell.y, [0, 64])).length);
    const quarters = [0, 16, 32, 48].map((from) => columns.slice(from, from + 16).reduce((sum, one) => sum + one, 0));
    expect(quarters).toEqual(quarters.toSorted((a, b) => b - a));
    expect(quarters[0]).toBeGreaterThan(10 * (quarters[3] ?? Infinity));
    expect(cells.filter(({ x, y }) => !isLit(x, y, [64, 90]))).toEqual([]);
  });

  test('is the same in strips, where it is not painted light by light: every cell once, and the same light in all', () => {
    const blocks = standingBlocks(20_000, 99_999, 343);
    const [from, to] = [20_000 / 343, 99_999 / 343];
    const strips = stripsOf({ blocks, fade: [from, to] });
    expect(strips.reduce((sum, strip) => sum + countOf(strip.blocks), 0)).toBe(countOf(blocks));
    expect(areApart(strips.flatMap((strip) => strip.blocks))).toBe(true);
    const painted = strips.reduce((sum, { share, blocks: cut }) => sum + share * countOf(cut), 0);
    const lit = cellsOf(blocks).filter(({ x, y }) => isLit(x, y, [from, to])).length;
    expect(Math.abs(painted / lit - 1)).toBeLessThan(0.03);
  });
});

test('numbers are written in hundredths of a pixel', () => {
  expect([1.005, 2.344, -0.001, 7].map(round)).toEqual([1, 2.34, -0, 7]);
});

describe('what is remembered', () => {
  test('is what would be worked out again, and for no other arguments', () => {
    let worked = 0;
    const add = memoize((a: number, b: string) => {
      worked += 1;
      return `${a}${b}`;
    });
    const asked = [add(1, '1'), add(11, ''), add(1, '1'), add(1, ''), add(11, '')];
    expect(asked).toEqual(['11', '11', '11', '1', '11']);
    expect(worked).toBe(3);
  });

  test('is bounded, and right after the oldest is dropped', () => {
    let worked = 0;
    const double = memoize((value: number) => {
      worked += 1;
      return value * 2;
    }, 2);
    expect([1, 2, 3, 3, 2, 1].map((value) => double(value))).toEqual([2, 4, 6, 6, 4, 2]);
    expect(worked).toBe(4);
  });
});

test('noise is even and has no memory', () => {
  const values = Array.from({ length: 4096 }, (_, i) => noise(i % 64, Math.floor(i / 64)));
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
  expect(new Set(values).size).toBeGreaterThan(4000);
  expect(noise(3, 5)).toBe(noise(3, 5));
  expect(noise(3, 5)).not.toBe(noise(5, 3));
});

describe('the camera', () => {
  const pose = fc.record({
    x: fc.double({ min: -500, max: 1500, noNaN: true }),
    y: fc.double({ min: -500, max: 1500, noNaN: true }),
    pitch: fc.double({ min: 0.01, max: 400, noNaN: true }),
  });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const [width, height] = [900, 700];

  /** How far apart two poses are: of the places of a mark on the stage, and of its size. */
  const distance = (a: Pose, b: Pose) => Math.max(Math.abs(a.x - b.x) / width, Math.abs(a.y - b.y) / height, Math.abs(Math.log(a.pitch / b.pitch)));

  test('begins and ends exactly where it should', () => {
    fc.assert(
      fc.property(pose, pose, (from, to) => {
        expect(poseBetween(from, to, 0)).toBe(from);
        expect(poseBetween(from, to, 1)).toBe(to);
      }),
    );
  });

  test('arrives without a last jump, and leaves without a first', () => {
    fc.assert(
      fc.property(pose, pose, (from, to) => {
        const near = 1e-9;
        // A far zoom magnifies what is left of the way; what is left must shrink with the time that is left.
        const reach = 1e-3 * (1 + from.pitch / to.pitch + to.pitch / from.pitch);
        expect(distance(poseBetween(from, to, near), from)).toBeLessThan(reach);
        expect(distance(poseBetween(from, to, 1 - near), to)).toBeLessThan(reach);
      }),
    );
  });

  test('is a place at every moment: finite, with marks of some size', () => {
    fc.assert(
      fc.property(pose, pose, share, (from, to, t) => {
        const { x, y, pitch } = poseBetween(from, to, t);
        expect([x, y, pitch].every(Number.isFinite) && pitch > 0).toBe(true);
      }),
    );
  });

  test('zooming about one point, marks only shrink or only grow', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 400, noNaN: true }), fc.double({ min: 0.01, max: 400, noNaN: true }), fc.array(share), (first, last, moments) => {
        // The stage's centre shows the field's point (0, 0) in both poses.
        const about = (pitch: number): Pose => ({ x: width / 2, y: height / 2, pitch });
        const pitches = moments.sort((a, b) => a - b).map((t) => poseBetween(about(first), about(last), t).pitch);
        const drift = pitches.slice(1).map((pitch, i) => Math.log(pitch / (pitches[i] ?? pitch)) * Math.sign(last - first));
        expect(drift.every((one) => one >= -1e-9)).toBe(true);
      }),
    );
  });

  test.each(['members', 'views', 'penalties'])('in %s it never zooms back and forth within a step', (id) => {
    const moments = Array.from({ length: 51 }, (_, i) => i / 50);
    for (const size of SIZES)
      for (const step of CHARTS[id]?.steps ?? []) {
        const scenes = moments.map((t) => sceneOf(id, size, step, t).fields);
        for (const key of new Set(scenes.flat().map((field) => field.key))) {
          const pitches = scenes.flatMap((fields) => fields.find((field) => field.key === key)?.pitch ?? []);
          const [first = 1, last = 1] = [pitches[0], pitches.at(-1)];
          const way = Math.sign(last - first);
          // A hundredth of the pitch is less than anybody sees.
          const back = pitches.slice(1).filter((pitch, i) => Math.log(pitch / (pitches[i] ?? pitch)) * way < -0.01 || (way === 0 && pitch !== first));
          expect(back, `${key} in ${step} at ${size.width}x${size.height}`).toEqual([]);
        }
        expect(scenes.filter((fields) => fields.length).length).toBeGreaterThan(25);
      }
  });
});

describe('a part of the way', () => {
  test('is none before its start, all after its end', () => {
    expect([0, 0.3, 0.5, 0.7, 1].map((at) => round(between(at, 0.3, 0.7)))).toEqual([0, 0, 0.5, 1, 1]);
  });
});
