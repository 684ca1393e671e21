/** comments: one warning, its comments, and how few were left. One light is one comment. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { columnBlocks, markRadius, noise, round, SHARES } from '../dotField.ts';
import { memoize } from '../memoize.ts';
import type { Chart, ChartView, StepState, Scene, ShapeMark, Size } from '../types.ts';
import { lights } from '../shape.ts';
import { clamp, drawnCount, boundsOf, emptyScene, field, headingLines, LEAST_SIDE, stageLines, stepWords } from '../stageLayout.ts';

const STEPS = ['warning', 'silence', 'others-deleted'] as const;
/** The field is this many times as wide as it is high, so that its fade has room. */
const SHAPE = 1.6;

function layout(view: ChartView, size: Size, { step, progress: t }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const { low, high } = boundsOf(view, 'rednote-comments-before');
  if (low === null || high === null) throw new Error('a band needs both its edges');
  const { margin, foot, field: room } = stageLines(size, headingLines(view, size, STEPS));
  const rows = Math.round(Math.sqrt(high / SHAPE));
  const columns = Math.ceil(high / rows);
  const pitch = Math.max(LEAST_SIDE / rows, Math.min((size.width - 2 * margin) / columns, (foot - room.y - clamp(size.height * 0.03, 10, 28)) / rows));
  const pose = { x: margin, y: room.y, pitch };
  const blocks = columnBlocks(0, high, rows);

  const shown = index === 0 ? between(t, 0.1, 0.7) : 1;
  const going = index === 0 ? 0 : index === 1 ? t : 1;
  const fields = litParts(going).flatMap(({ key, shares, opacity, beneath }) =>
    field(key, blocks, pose, 'attention', shown * opacity).map((mark) => (shares[1] - shares[0] < SHARES ? { ...mark, shares, beneath } : mark)),
  );
  const start = pose.x + (low / rows) * pitch;
  const veils = fields.length
    ? [{ key: 'veil', x: round(start), y: round(pose.y - 1), width: round(pose.x + columns * pitch - start + 1), height: round(rows * pitch + 2) }]
    : [];

  const left = leftLit(drawnCount(view, 'rednote-comments-after'), columns, rows).map(
    ([x, y]) => [pose.x + (x + 0.5) * pitch, pose.y + (y + 0.5) * pitch] as const,
  );
  const glow = between(going, 0.5, 1);
  const calm = index === 2 ? 1 - 0.45 * between(t, 0, 0.5) : 1;
  const diameter = 2 * pitch * markRadius(pitch) + (clamp(size.width * 0.006, 3.2, 5.2) - 2 * pitch * markRadius(pitch)) * glow;
  const shapes: ShapeMark[] =
    going > 0
      ? [
          ...(glow > 0 ? [lights(left, diameter * 3.4, { key: 'halos', tone: 'attention', opacity: 0.16 * glow * calm })] : []),
          lights(left, diameter, { key: 'left', tone: 'attention', opacity: calm }),
        ]
      : [];
  return {
    ...emptyScene(size),
    fields,
    veils,
    shapes,
    labels: stepWords(view, size, STEPS, index, 'attention', easeCubicInOut(t), (i) => (i ? 'share' : 'one-comment')),
  };
}

interface LitPart {
  readonly key: string;
  readonly shares: readonly [number, number];
  readonly opacity: number;
  /** The share of the field that the parts before it light. */
  readonly beneath: number;
}

/** The field while it goes dark, `going` from 0 to 1: the shares that still wait, as one, and each share that is on its way. */
function litParts(going: number): LitPart[] {
  const opacities = Array.from({ length: SHARES }, (_, share) => 1 - between(going, 0.05 + share * 0.09, 0.28 + share * 0.09)).filter((opacity) => opacity < 1);
  let beneath = 1 - opacities.length / SHARES;
  const waiting: LitPart = { key: 'comments', shares: [opacities.length, SHARES], opacity: beneath > 0 ? 1 : 0, beneath: 0 };
  const left = opacities.map((opacity, share): LitPart => {
    const part = { key: `comments-${share}`, shares: [share, share + 1], opacity, beneath } as const;
    beneath += opacity / SHARES;
    return part;
  });
  return [waiting, ...left];
}

/** Where the comments that were left stand in the field: scattered evenly, and the same on every machine. */
const leftLit = memoize((count: number, columns: number, rows: number): [number, number][] => {
  const across = Math.ceil(Math.sqrt(count * (columns / rows)));
  const down = Math.ceil(count / across);
  return Array.from({ length: count }, (_, i) => {
    const [cellX, cellY] = [i % across, Math.floor(i / across)];
    return [Math.floor(((cellX + 0.12 + 0.76 * noise(i, 7)) / across) * columns), Math.floor(((cellY + 0.12 + 0.76 * noise(i, 19)) / down) * rows)];
  });
});

export const comments: Chart = {
  id: 'comments',
  steps: STEPS,
  figures: ['rednote-comments-before', 'rednote-comments-after', 'comments-left-share'],
  marks: { 'rednote-comments-before': 'comments', 'rednote-comments-after': 'comments' },
  claims: ['rednote-post-hidden', 'weibo-rednote-censored-noticed', 'platforms-no-response'],
  words: [...STEPS.flatMap((key) => [`${key}-number`, `${key}-label`]), 'one-comment', 'share'],
  eventSteps: [],
  gaps: false,
  layout,
};
