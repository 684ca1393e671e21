/** views: how often the hashtags were seen. One light is one view, not a person; at last a block is a million of them. */
import { easeCubicInOut } from 'd3';
import { between, poseBetween, type Pose } from '../camera.ts';
import { stackedBlocks } from '../dotField.ts';
import { aloneIn, growingField, lightHeading, lightRoom, OPEN_END, restIn, type LightRoom, type RestingField } from '../lightStage.ts';
import { rectangle } from '../shape.ts';
import { boundsOf, drawnCount, emptyScene, field, wordsIn, wordsOut } from '../stageLayout.ts';
import type { Chart, ChartNeeds, ChartView, Scene, ShapeMark, Size, StepState } from '../types.ts';

const STEPS = ['view', 'million', 'views'] as const;

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const t = easeCubicInOut(progress);
  const room = lightRoom(view, size, STEPS);
  const [now, before] = [STEPS[index] as string, STEPS[index - 1]];
  return {
    ...emptyScene(size),
    ...(index > 0 ? { ceiling: room.ceiling } : {}),
    ...(index < 2 ? growing(view, size, room, index, t) : blocks(view, size, room, t)),
    labels: [...lightHeading(view, size, now, 'attention', wordsIn(t)), ...(before ? lightHeading(view, size, before, 'attention', wordsOut(t)) : [])],
  };
}

/** From a far light to a near one, and from it to a million. */
function growing(view: ChartView, size: Size, room: LightRoom, index: number, t: number): Pick<Scene, 'fields' | 'shapes'> {
  const million = restIn(room, drawnCount(view, 'scale-million'), size.density);
  const all = [aloneIn(room, 0.2), aloneIn(room), million];
  const [from, to] = [all[index] as RestingField, all[index + 1] as RestingField];
  const pose = poseBetween(from.pose, to.pose, t);
  const outlined = index === 1 ? between(t, 0.85, 1) : 0;
  return {
    fields: growingField(from, to, pose, 'attention', between(t, 0, 0.3)),
    shapes: thousandOf(view, pose, outlined),
  };
}

/** The million becomes the first of as many blocks as there are millions, each of its shape. */
function blocks(view: ChartView, size: Size, room: LightRoom, t: number): Pick<Scene, 'fields' | 'shapes'> {
  const [all, million] = [drawnCount(view, 'weibo-views-270m'), drawnCount(view, 'scale-million')];
  const count = Math.round(all / million);
  const { columns, scale } = gridOf(count, 1 - OPEN_END);
  const from = restIn(room, million, size.density);
  const high = from.rows * from.pose.pitch;
  const zoom = scale ** t;
  const pose = { x: 0, y: room.floor, pitch: size.width * zoom };
  const shape = (high / size.width) * (room.floor - room.ceiling > high ? (room.floor - room.ceiling) / high : 1) ** t;
  const comes = between(t, 0.1, 0.5);
  const near = 1 - between(t, 0.55, 0.9);
  const first = { ...from.pose, pitch: from.pose.pitch * zoom };
  const edge = columns * pose.pitch;
  // Not blocks: nothing is known of how many millions more there are.
  const speck = 4 / Math.min(2, size.density ?? 1);
  const [across, down] = [Math.floor((size.width - edge) / speck), Math.floor((room.floor - room.ceiling) / speck)];
  const isOpen = boundsOf(view, 'weibo-views-270m').high === null;
  const more = field(
    'more',
    [{ x: 0, y: -down, columns: across, rows: down }],
    { x: edge, y: room.floor, pitch: speck },
    'attention',
    isOpen ? between(t, 0.75, 1) : 0,
  );
  return {
    fields: [
      ...field('lights', stackedBlocks(million, from.columns), first, 'attention', near),
      ...field('blocks', stackedBlocks(count, columns), pose, 'attention', comes, 'block', shape),
      ...more.map((mark) => ({ ...mark, fade: [0, across] as const })),
    ],
    shapes: thousandOf(view, first, 1 - between(t, 0, 0.15)),
  };
}

/** The outline of the first thousand, forty across: a corner that looks neither like a line nor like a column. */
function thousandOf(view: ChartView, { x, y, pitch }: Pose, opacity: number): ShapeMark[] {
  const [across, down] = [40 * pitch, (drawnCount(view, 'scale-thousand') / 40) * pitch];
  return opacity > 0 ? [rectangle('stroke', { x, y: y - down, width: across, height: down }, { key: 'thousand', tone: 'light', opacity, width: 2 })] : [];
}

/** The grid of blocks of the room's own shape that leaves this share of its width open, and how much smaller than the room each is. */
function gridOf(count: number, share: number): { columns: number; scale: number } {
  let rows = 1;
  while (Math.floor(rows * share) * rows < count) rows += 1;
  return { columns: Math.floor(rows * share), scale: 1 / rows };
}

export const views: Chart = {
  id: 'views',
  steps: STEPS,
  layout,
};

/** What the build gives it. */
export function viewsNeeds(): ChartNeeds {
  return {
    figures: ['scale-one', 'scale-thousand', 'scale-million', 'weibo-views-270m'],
    marks: { 'weibo-views-270m': 'views' },
    claims: [],
    words: [...STEPS.flatMap((key) => [`${key}-number`, `${key}-label`]), 'source'],
    eventSteps: [],
    gaps: false,
    picture: 'views',
  };
}
