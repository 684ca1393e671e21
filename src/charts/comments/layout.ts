/** comments: one warning, its comments, and how few were left. One light is one comment. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { standingBlocks } from '../dotField.ts';
import { HALO, noise } from '../light.ts';
import { lightHeading, lightRoom, restIn, type RestingField } from '../lightStage.ts';
import { memoize } from '../memoize.ts';
import { lights } from '../shape.ts';
import { boundsOf, clamp, drawnCount, emptyScene, field, wordsIn, wordsOut } from '../stageLayout.ts';
import type { Chart, ChartNeeds, ChartView, Scene, ShapeMark, Size, StepState } from '../types.ts';

const STEPS = ['warning', 'silence', 'others-deleted'] as const;

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const t = easeCubicInOut(progress);
  const { low, high } = boundsOf(view, 'rednote-comments-before');
  if (low === null || high === null) throw new Error('a band needs both its edges');
  const room = lightRoom(view, size, STEPS);
  const rest = restIn(room, high, size.density);
  const [now, before] = [STEPS[index] as string, STEPS[index - 1]];
  const going = index === 0 ? 0 : index === 1 ? progress : 1;
  // Each light comes on and goes out by itself, as the reader scrolls.
  const lit = index === 0 ? 0.04 + 0.96 * between(progress, 0, 0.75) : 1 - between(going, 0.08, 0.8);
  const fade = [low / rest.rows, rest.columns] as const;
  const solid = standingBlocks(0, low, rest.rows);
  const fields = [
    ...field('comments', solid, rest.pose, 'attention'),
    ...field('more', standingBlocks(low, high, rest.rows), rest.pose, 'attention').map((mark) => ({ ...mark, fade })),
  ].flatMap((mark) => (lit <= 0 ? [] : [lit < 1 ? { ...mark, lit } : mark]));
  const calm = index === 2 ? 1 - 0.45 * between(t, 0, 0.5) : 1;
  return {
    ...emptyScene(size),
    fields,
    shapes: going > 0 ? leftLights(view, size, rest, between(going, 0, 0.6), calm) : [],
    labels: [...lightHeading(view, size, now, 'attention', wordsIn(t)), ...(before ? lightHeading(view, size, before, 'attention', wordsOut(t)) : [])],
  };
}

/** The comments that were left: they grow as the others go out, and have a halo. */
function leftLights(view: ChartView, size: Size, { columns, rows, pose }: RestingField, grown: number, opacity: number): ShapeMark[] {
  const largest = clamp(size.width * 0.009, 4.5, 8);
  // So far from the walls that their halos are whole.
  const margin = Math.ceil((largest * HALO) / 2 / pose.pitch);
  const points = leftLit(drawnCount(view, 'rednote-comments-after'), columns - 2 * margin, rows - 2 * margin).map(
    ([x, y]) => [pose.x + (x + margin + 0.5) * pose.pitch, pose.y - (y + margin + 0.5) * pose.pitch] as const,
  );
  const diameter = pose.pitch * 0.7 + (largest - pose.pitch * 0.7) * grown;
  return [
    lights(points, diameter * HALO, { key: 'halos', tone: 'attention', opacity: 0.13 * grown * opacity }),
    lights(points, diameter * 1.9, { key: 'inner-halos', tone: 'attention', opacity: 0.18 * grown * opacity }),
    lights(points, diameter, { key: 'left', tone: 'attention', opacity }),
  ];
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
  layout,
};

/** What the build gives it. */
export function commentsNeeds(): ChartNeeds {
  return {
    figures: ['rednote-comments-before', 'rednote-comments-after', 'comments-left-share'],
    marks: { 'rednote-comments-before': 'comments', 'rednote-comments-after': 'comments' },
    claims: [
      'rednote-post-hidden',
      'weibo-rednote-censored-noticed',
      'rednote-account-banned',
      'weibo-posts-restricted',
      'ms-lin-posts-deleted',
      'women-say-hampering',
      'platforms-no-response',
    ],
    words: [...STEPS.flatMap((key) => [`${key}-number`, `${key}-label`]), 'source'],
    eventSteps: [],
    gaps: false,
    picture: 'silence',
  };
}
