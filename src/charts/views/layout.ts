/** views: how often the hashtags were seen. One light is one view, not a person. */
import { easeCubicInOut } from 'd3';
import { between, poseBetween, type Pose } from '../camera.ts';
import { blocksOf, growingBlocks, squareColumns } from '../dotField.ts';
import type { Chart, ChartView, StepState, Scene, ShapeMark, Size } from '../types.ts';
import { rectangle } from '../shape.ts';
import { clamp, crisp, drawnCount, emptyScene, field, glow, headingLines, rim, stageLines, stepWords } from '../stageLayout.ts';

const STEPS = ['view', 'million', 'views'] as const;
const COUNTS = ['scale-one', 'scale-million', 'weibo-views-270m'] as const;
/** An outline thinner than this, in pixels, would be a speck and say nothing. */
const VISIBLE = 5;

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const t = easeCubicInOut(progress);
  const counts = COUNTS.map((id) => drawnCount(view, id));
  const sides = counts.map(squareColumns);
  const { field: room } = stageLines(size, headingLines(view, size, STEPS));

  const rest = (i: number): Pose =>
    i < 1 ? single(room.x, room.y, room.width, i < 0 ? 0.2 : 1) : { x: room.x, y: room.y, pitch: crisp(room.width / (sides[i] as number)) };
  const pose = poseBetween(rest(index - 1), rest(index), t, size.width, size.height);
  const count = counts[index] as number;
  const blocks = index === 0 ? blocksOf(1, 1) : growingBlocks(counts[index - 1] as number, count, t);
  const side = (sides[index] as number) * pose.pitch;
  const last = index === STEPS.length - 1;

  const outlines: ShapeMark[] = sides.slice(0, index).flatMap((columns, i) => {
    const edge = columns * pose.pitch;
    // The newest outline comes in; the older ones stay until they are too small to be seen.
    const opacity = between(edge, VISIBLE - 2, VISIBLE) * (i === index - 1 ? between(t, 0.3, 0.7) : 1);
    if (edge > size.width || opacity <= 0) return [];
    return [rectangle('stroke', { x: pose.x, y: pose.y, width: edge, height: edge }, { key: `outline-${STEPS[i]}`, tone: 'ground', opacity, width: 2 })];
  });
  const box = { x: pose.x, y: pose.y, width: side, height: (count / (sides[index] as number)) * pose.pitch };
  const bound = last ? rim(view, 'weibo-views-270m', box, { key: 'views', tone: 'attention', opacity: between(t, 0.75, 1) }) : { edges: [], shapes: [] };
  return {
    ...emptyScene(size),
    fields: field('views', blocks, pose, 'attention', index === 0 ? between(t, 0, 0.4) : 1),
    edges: bound.edges,
    shapes: [...glow('glow', pose, 'attention', index === 0 ? between(t, 0, 0.4) : index === 1 ? 1 - between(t, 0, 0.35) : 0), ...outlines, ...bound.shapes],
    labels: stepWords(view, size, STEPS, index, 'attention', t, (i) => (i === STEPS.length - 1 ? 'corner' : 'one-light')),
  };
}

/** One light in the middle of the field's room, at a share of its full size. */
function single(x: number, y: number, room: number, share: number): Pose {
  const pitch = (clamp(room * 0.3, 44, 150) / 0.72) * share;
  return { x: x + (room - pitch) / 2, y: y + (room - pitch) / 2, pitch };
}

export const views: Chart = {
  id: 'views',
  steps: STEPS,
  figures: [...COUNTS],
  marks: { 'weibo-views-270m': 'views' },
  claims: [],
  words: [...STEPS.flatMap((key) => [`${key}-number`, `${key}-label`]), 'one-light', 'corner'],
  eventSteps: [],
  gaps: false,
  layout,
};
