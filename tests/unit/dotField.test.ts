/** Fields of marks and the camera over them: every mark counted, nothing random, no jump. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHARTS } from '#charts/registry.ts';
import { between, poseBetween, type Pose } from '#charts/camera.ts';
import {
  blocksOf,
  columnBlocks,
  countOf,
  growingBlocks,
  markRadius,
  markRoundness,
  noise,
  paintOf,
  round,
  SHARE_TILE,
  sharePath,
  SHARES,
  SPECK,
  SPECK_ROWS,
  speckGrid,
  speckPath,
  squareColumns,
  type Block,
  type FieldMark,
} from '#charts/dotField.ts';
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

  test('the field is as nearly square as whole rows allow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (marks) => {
        const across = squareColumns(marks);
        expect(across ** 2).toBeGreaterThanOrEqual(marks);
        expect((across - 1) ** 2).toBeLessThan(marks);
      }),
    );
  });

  const from = fc.integer({ min: 1, max: 1e6 });
  const factor = fc.integer({ min: 1, max: 1000 });
  const moment = fc.double({ min: 0, max: 1, noNaN: true });

  test('while it grows it is a whole field, from the first count to the last and never beyond', () => {
    fc.assert(
      fc.property(from, factor, moment, (first, times, t) => {
        const last = first * times;
        const blocks = growingBlocks(first, last, t);
        expect(countOf(blocks)).toBeLessThanOrEqual(last);
        expect(countOf(blocks)).toBeGreaterThan(0);
        expect(areApart(blocks)).toBe(true);
        expect([countOf(growingBlocks(first, last, 0)), countOf(growingBlocks(first, last, 1))]).toEqual([first, last]);
      }),
    );
  });

  test('while it grows no mark goes out again', () => {
    fc.assert(
      fc.property(from, factor, moment, moment, (first, times, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((t) => countOf(growingBlocks(first, first * times, t)));
        expect(late).toBeGreaterThanOrEqual(early ?? Infinity);
      }),
      // A thousand views are no square of whole rows: the first moment of their growth.
      { examples: [[1000, 1000, 0, 0.001]] },
    );
  });
});

describe('marks', () => {
  test('fit their cells at every pitch, and take more of them as they shrink, so that a field keeps its brightness', () => {
    const pitches = [0.01, 0.5, 1, 1.5, 2, 4, 8, 16, 100, 400];
    const radii = pitches.map(markRadius);
    expect(radii.every((radius) => radius > 0 && radius <= 0.5)).toBe(true);
    expect(radii).toEqual(radii.toSorted((a, b) => b - a));
    expect(markRadius(1)).toBeGreaterThan(markRadius(10));
  });

  test('are round where anybody can see it, square where nobody can', () => {
    expect([0.3, 1, 3, 50].map(markRoundness)).toEqual([0, 0, 1, 1]);
  });

  test('are written in hundredths of a pixel', () => {
    expect([1.005, 2.344, -0.001, 7].map(round)).toEqual([1, 2.34, -0, 7]);
  });
});

describe('marks too fine for the pattern of an engine', () => {
  const field = (pitch: number, more: Partial<FieldMark> = {}): FieldMark => {
    const rest = { key: 'field', tone: 'light', mark: 'light', opacity: 1, x: 0, y: 0, rowPitch: 1, blocks: [] } as const;
    return { ...rest, pitch, ...more };
  };

  test('are even light below a device pixel, whatever the screen; of rows that stand apart each is', () => {
    const painted = (pitches: readonly number[], density: number, rowPitch = 1) =>
      pitches.map((pitch) => paintOf(field(pitch, { rowPitch }), density).fineness);
    expect(painted([0.03, 0.49, 0.99, 1, 4], 1)).toEqual(['light', 'light', 'light', 'marks', 'marks']);
    expect(painted([0.3, 0.34], 3)).toEqual(['light', 'marks']);
    expect(painted([0.1, 0.4, 1], 1, 3)).toEqual(['light', 'rows', 'marks']);
  });

  test('leave as much light as they would together', () => {
    for (const mark of ['light', 'cell'] as const) {
      const one = field(0.9, { mark, opacity: 0.5, rowPitch: 4 });
      const side = mark === 'cell' ? 0.86 : 0.92;
      expect(paintOf(one, 2).opacity).toBe(0.5);
      expect(paintOf(one, 1).opacity).toBeCloseTo(0.5 * side, 3);
      expect(paintOf(one, 0.1).opacity).toBeCloseTo((0.5 * side ** 2) / 4, 3);
    }
    // A round mark is less than its square.
    expect(paintOf(field(20), 0.01).opacity).toBeCloseTo(Math.PI * 0.36 ** 2, 3);
  });

  test('go dark in shares that together are as bright as what is left of the field', () => {
    for (let t = 0; t <= 1; t += 0.02) {
      const { fields } = sceneOf('comments', { width: 390, height: 404 }, 'silence', t);
      const wanted = fields.reduce((sum, { opacity, pitch, shares: [from, to] = [0, SHARES] }) => {
        return sum + (paintOf(field(pitch, { opacity }), 1).opacity * (to - from)) / SHARES;
      }, 0);
      const dark = fields.reduce((left, one) => left * (1 - paintOf(one, 1).opacity), 1);
      expect(fields.every((one) => paintOf(one, 1).fineness === 'light')).toBe(true);
      // Opacities are rounded to hundredths.
      expect(Math.abs(1 - dark - wanted), `at ${t}`).toBeLessThan(0.01);
    }
  });
});

describe('a field that goes dark', () => {
  const points = (path: string) => path.split('M').filter(Boolean);

  test('goes in equal shares that are together every mark once', () => {
    const shares = Array.from({ length: SHARES }, (_, share) => points(sharePath(share, share + 1)));
    expect(new Set(shares.map((share) => share.length))).toEqual(new Set([SHARE_TILE ** 2 / SHARES]));
    const all = new Set(shares.flat());
    expect(all.size).toBe(SHARE_TILE ** 2);
    expect(points(sharePath(3, SHARES))).toEqual(shares.slice(3).flat());
    for (let x = 0; x < SHARE_TILE; x += 1) for (let y = 0; y < SHARE_TILE; y += 1) expect(all.has(`${x + 0.5} ${y + 0.5}h0`)).toBe(true);
  });

  test('goes the same way on every machine, and back the same way', () => {
    expect(Array.from({ length: SHARES }, (_, share) => sharePath(share, share + 1))).toEqual(
      Array.from({ length: SHARES }, (_, share) => sharePath(share, share + 1)),
    );
    expect(sharePath(0, 1)).not.toBe(sharePath(1, 2));
  });

  test('is scattered, not swept: each share has marks in every quarter of its tile', () => {
    for (let share = 0; share < SHARES; share += 1) {
      const quarters = points(sharePath(share, share + 1)).map((point) => {
        const [x, y] = point.split(/[ h]/).map(Number);
        return `${(x ?? 0) < SHARE_TILE / 2} ${(y ?? 0) < SHARE_TILE / 2}`;
      });
      expect(new Set(quarters).size).toBe(4);
    }
  });
});

describe('an open edge', () => {
  const specks = (path: string) =>
    path
      .split('M')
      .filter(Boolean)
      .flatMap((run) => {
        const [x = 0, y = 0, length = 0] = run.split(/[ h]/).map(Number);
        return Array.from({ length }, (_, i) => [x + i, y]);
      });

  test('is the same for the same size, and stays within it', () => {
    for (const width of [1, 7, 40, 120])
      for (const height of [1, SPECK_ROWS]) {
        const once = speckPath(width, height);
        expect(once).not.toBe('');
        expect(speckPath(width, height)).toBe(once);
        expect(specks(once).every(([x = -1, y = -1]) => x >= 0 && x < width && y >= 0 && y < height)).toBe(true);
      }
    expect(speckPath(7, SPECK_ROWS)).not.toBe(speckPath(40, SPECK_ROWS));
    expect(speckPath(40, 3)).not.toBe(speckPath(40, SPECK_ROWS));
  });

  test('keeps its specks while the camera moves: few grids, each a fifth larger or smaller at most', () => {
    const grids = Array.from({ length: 400 }, (_, i) => ({ width: 8 + i, height: 200 })).map((edge) => ({ edge, grid: speckGrid(edge) }));
    for (const { edge, grid } of grids) {
      expect(grid.columns * grid.side).toBeCloseTo(edge.width, 1);
      expect(Math.max(grid.side / SPECK, SPECK / grid.side)).toBeLessThan(1.25);
      expect(grid.rows).toBeLessThanOrEqual(SPECK_ROWS);
    }
    expect(new Set(grids.map(({ grid }) => grid.columns)).size).toBeLessThan(15);
  });

  test('has a cell of specks however small it is', () => {
    for (const [width, height] of [
      [0.01, 0.01],
      [0.5, 300],
      [300, 0.5],
    ] as const) {
      const { columns, rows, side } = speckGrid({ width, height });
      expect(columns).toBeGreaterThanOrEqual(1);
      expect(rows).toBeGreaterThanOrEqual(1);
      expect(side).toBeGreaterThan(0);
    }
  });

  test('thins out to the right, where nothing is known any more', () => {
    const width = 60;
    const xs = specks(speckPath(width, SPECK_ROWS)).map(([x = 0]) => x);
    const quarters = [0, 1, 2, 3].map((quarter) => xs.filter((x) => Math.floor((x / width) * 4) === quarter).length);
    expect(quarters).toEqual(quarters.toSorted((a, b) => b - a));
    expect(quarters[0]).toBeGreaterThan(5 * (quarters[3] ?? Infinity));
    expect(quarters[2]).toBeGreaterThan(0);
  });
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
        expect(poseBetween(from, to, 0, width, height)).toBe(from);
        expect(poseBetween(from, to, 1, width, height)).toBe(to);
      }),
    );
  });

  test('arrives without a last jump, and leaves without a first', () => {
    fc.assert(
      fc.property(pose, pose, (from, to) => {
        const near = 1e-9;
        // A far zoom magnifies what is left of the way; what is left must shrink with the time that is left.
        const reach = 1e-3 * (1 + from.pitch / to.pitch + to.pitch / from.pitch);
        expect(distance(poseBetween(from, to, near, width, height), from)).toBeLessThan(reach);
        expect(distance(poseBetween(from, to, 1 - near, width, height), to)).toBeLessThan(reach);
      }),
    );
  });

  test('is a place at every moment: finite, with marks of some size', () => {
    fc.assert(
      fc.property(pose, pose, share, (from, to, t) => {
        const { x, y, pitch } = poseBetween(from, to, t, width, height);
        expect([x, y, pitch].every(Number.isFinite) && pitch > 0).toBe(true);
      }),
    );
  });

  test('zooming about one point, marks only shrink or only grow', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 400, noNaN: true }), fc.double({ min: 0.01, max: 400, noNaN: true }), fc.array(share), (first, last, moments) => {
        // The stage's centre shows the field's point (0, 0) in both poses.
        const about = (pitch: number): Pose => ({ x: width / 2, y: height / 2, pitch });
        const pitches = moments.sort((a, b) => a - b).map((t) => poseBetween(about(first), about(last), t, width, height).pitch);
        const drift = pitches.slice(1).map((pitch, i) => Math.log(pitch / (pitches[i] ?? pitch)) * Math.sign(last - first));
        expect(drift.every((one) => one >= -1e-9)).toBe(true);
      }),
    );
  });

  test.each(['members', 'views', 'penalties'])('in %s it never zooms back and forth within a step', (id) => {
    const moments = Array.from({ length: 51 }, (_, i) => i / 50);
    for (const size of SIZES)
      for (const step of CHARTS[id]?.steps ?? []) {
        const pitches = moments.flatMap((t) => sceneOf(id, size, step, t).fields[0]?.pitch ?? []);
        const [first = 1, last = 1] = [pitches[0], pitches.at(-1)];
        const way = Math.sign(last - first);
        // A hundredth of the pitch is less than anybody sees.
        const back = pitches.slice(1).filter((pitch, i) => Math.log(pitch / (pitches[i] ?? pitch)) * way < -0.01 || (way === 0 && pitch !== first));
        expect(back, `${step} at ${size.width}x${size.height}`).toEqual([]);
        expect(pitches.length).toBeGreaterThan(25);
      }
  });
});

describe('a part of the way', () => {
  test('is none before its start, all after its end', () => {
    expect([0, 0.3, 0.5, 0.7, 1].map((at) => round(between(at, 0.3, 0.7)))).toEqual([0, 0, 0.5, 1, 1]);
  });
});
