/** comparison: two rooms with a wall between them, and one large thing in each. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { latticeOf, standingBlocks } from '../dotField.ts';
import { fittingSize, label } from '../label.ts';
import { noise } from '../light.ts';
import { boundOf, OPEN_END } from '../lightStage.ts';
import { line, lights, rectangle } from '../shape.ts';
import { columns, heightOf, isLeast, pictureOf, plainSize, quiet, shining, sideMargin, stack, type Part, type Text } from '../stack.ts';
import { boundsOf, clamp, drawnCount, field, shifted, wordOf } from '../stageLayout.ts';
import type { Box, Chart, ChartNeeds, ChartView, Label, Scene, ShapeMark, Size, StepState } from '../types.ts';

const STEPS = ['harmed', 'users', 'how', 'ended'] as const;
const CASES = ['nth-room', 'maskpark'] as const;
/** Lights in each of the two diagrams: the same number, so that neither looks larger. */
const DIAGRAM_LIGHTS = 27;
/** Between a field and the wall, in pixels. */
const WALL = 10;
/** How far down in its room a large thing stands, as a share of the space that it leaves. */
const RISE = 0.42;

/** What the opening and each step show in the rooms beneath their names. */
const PICTURES: readonly ((view: ChartView, size: Size, left: Box, right: Box) => Part)[] = [diagrams, harmed, users, how, ended];

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const { width, height } = size;
  const margin = sideMargin(size);
  const names = CASES.map((tone, i) =>
    label({
      key: `${tone}-name`,
      text: wordOf(view, `${tone}-name`),
      x: i ? width / 2 + margin * 0.7 : margin,
      y: clamp(height * 0.05, 8, 48),
      width: width / 2 - margin * 1.7,
      size: clamp(width * 0.045, 20, 38),
      face: 'number',
      tone,
    }),
  );
  const y = heightOf(names) + clamp(height * 0.025, 4, 24);
  const [left, right] = names.map(({ x }) => ({ x, y, width: width / 2 - margin * 1.7, height: height * 0.96 - y })) as [Box, Box];
  const middle = [width / 2, 0] as const;
  const wall = line([middle, [width / 2, height]], { key: 'wall', tone: 'quiet', opacity: 0.4 });
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const t = easeCubicInOut(progress);
  return pictureOf(size, [
    [{ shapes: [wall], labels: names }, 1],
    [PICTURES[index]?.(view, size, left, right) ?? {}, 1 - between(t, 0.02, 0.4)],
    [PICTURES[index + 1]?.(view, size, left, right) ?? {}, between(t, 0.5, 0.9)],
  ]);
}

/** How each case was described, as two drawings that are no data: a ring round one light, a scatter without one. */
function diagrams(view: ChartView, size: Size, left: Box, right: Box): Part {
  const radius = Math.min(left.width * 0.46, left.height * 0.4);
  const y = left.y + left.height * RISE;
  const dot = clamp(radius * 0.075, 4, 13);
  const middle = (room: Box) => room.x + room.width / 2;
  const shape = (key: string, room: Box, count: number, at: (i: number) => readonly [turn: number, distance: number], diameter = dot): ShapeMark[] => {
    const points = Array.from({ length: count }, (_, i) => {
      const [turn, distance] = at(i);
      return [middle(room) + radius * distance * Math.cos(turn), y + radius * distance * Math.sin(turn)] as const;
    });
    const tone = room === left ? 'nth-room' : 'maskpark';
    return [...shining(key, points, diameter, { size, tone, opacity: 1 }), lights(points, diameter, { key, tone })];
  };
  return {
    labels: [left, right].flatMap((room, i) =>
      stack([{ ...quiet(view, 'diagram', size), key: `diagram-${i}` }], { x: middle(room), y: y + radius * 1.15, width: room.width, anchor: 'middle' }),
    ),
    shapes: [
      ...shape('centre', left, 1, () => [0, 0], dot * 3.6),
      ...shape('ring', left, DIAGRAM_LIGHTS - 1, (i) => [(i / (DIAGRAM_LIGHTS - 1)) * 2 * Math.PI, 1]),
      // A sunflower, shaken: even, and without a centre.
      ...shape('scatter', right, DIAGRAM_LIGHTS, (i) => [i * 2.39996 + noise(i, 3), Math.sqrt((i + 0.6) / DIAGRAM_LIGHTS)]),
    ],
  };
}

/** A figure as large as its room allows, with what it counts and its source beneath. */
function figure(view: ChartView, size: Size, { x, y, width, height }: Box, key: string): Label[] {
  const labels = stack(
    [
      large(view, key, { width, height }, 190),
      { key: `${key}-label`, text: wordOf(view, `${key}-label`), size: plainSize(size), gap: height * 0.02 },
      ...sources(view, `${key}-source`, size),
    ],
    { x, y, width },
  );
  return shifted(labels, Math.max(0, y + height - heightOf(labels)) * RISE);
}

/** Words in two lines at most, as large as the room's width, and half its height, allow. */
function large(view: ChartView, key: string, { width, height }: Pick<Box, 'width' | 'height'>, largest: number): Text {
  const text = wordOf(view, key);
  return { key, text, size: fittingSize(text, width, Math.min(largest, height * 0.22), 15, 2), face: 'number' };
}

/** A source line; the least stages have no room for it. */
function sources(view: ChartView, key: string, size: Size): Text[] {
  return isLeast(size) ? [] : [quiet(view, key, size)];
}

/** An empty frame in a room from `top` on, with its words in the middle: what is not in the articles. */
function frame(view: ChartView, key: string, { x, y, width, height }: Box, top = y): Required<Pick<Part, 'labels' | 'shapes'>> {
  const room = y + height - top;
  const high = Math.min(room, width * 1.15);
  const box = { x, y: top + (room - high) * RISE, width, height: high };
  const text = wordOf(view, key);
  const inner = width * 0.84;
  const words = label({
    key,
    text,
    x: x + width / 2,
    y: box.y,
    width: inner,
    size: fittingSize(text, inner, Math.min(46, high / 6), 13, 5),
    face: 'number',
    anchor: 'middle',
  });
  return { labels: shifted([words], (high - words.box.height) / 2), shapes: [rectangle('stroke', box, { key: `${key}-frame`, tone: 'light' })] };
}

function harmed(view: ChartView, size: Size, left: Box, right: Box): Part {
  const { labels, shapes } = frame(view, 'harmed-maskpark', right);
  return { labels: [...figure(view, size, left, 'harmed-nth-room'), ...labels], shapes };
}

/** Both counts as fields of lights at one dot size, each on the floor of its room. */
function users(view: ChartView, size: Size, left: Box, right: Box): Part {
  const counts = CASES.map((one) => ({ key: `users-${one}`, text: wordOf(view, `users-${one}`) }));
  const largest = Math.min(...counts.map(({ text }) => fittingSize(text, right.width, 48, 15)));
  const labels = counts.flatMap((count, i) =>
    stack([{ ...count, size: largest, face: 'number' }, ...sources(view, `${count.key}-source`, size)], i ? right : left),
  );
  const [low, members] = [drawnCount(view, 'nth-room-users'), drawnCount(view, 'maskpark-users')];
  const high = boundsOf(view, 'nth-room-users').high ?? low;
  const width = size.width / 2 - WALL;
  const { rows, pitch } = latticeOf(Math.max(high, members), width * (1 - OPEN_END), size.height - heightOf(labels) - left.height * 0.04, size.density);
  const [theirs, pose] = [
    { x: 0, y: size.height, pitch },
    { x: size.width - width, y: size.height, pitch },
  ];
  const count = Math.ceil(members / rows);
  const look = { key: 'maskpark', tone: 'maskpark', opacity: 1 } as const;
  const { fields, shapes } = boundOf(view, 'maskpark-users', { columns: count, rows, pose }, Math.floor(width / pitch) - count, look);
  const fade = [low / rows, Math.ceil(high / rows)] as const;
  return {
    labels,
    shapes,
    fields: [
      ...field('nth-room', standingBlocks(0, low, rows), theirs, 'nth-room'),
      ...field('nth-room-more', standingBlocks(low, high, rows), theirs, 'nth-room').map((mark) => ({ ...mark, fade })),
      ...field('maskpark', standingBlocks(0, members, rows), pose, 'maskpark'),
      ...fields,
    ],
  };
}

/** How each worked, in a few large phrases; opinions beneath them, and named as such. */
function how(view: ChartView, size: Size, left: Box, right: Box): Part {
  const phrases = (keys: readonly string[]) => keys.map((key) => ({ key, text: wordOf(view, key) }));
  // Low stages have no room for what is not large: there the words beside the stage say it.
  const small = (...texts: readonly Text[]) => (size.height < 330 ? [] : texts);
  const opinions = OPINIONS.map((key) => quiet(view, key, size));
  return {
    labels: columns(view, 'how', size, [
      { ...left, texts: [...phrases(PHRASES['nth-room']), ...small(quiet(view, 'how-nth-room-source', size, left.height * 0.02))] },
      {
        ...right,
        texts: [
          ...phrases(PHRASES.maskpark),
          ...small(quiet(view, 'how-maskpark-source', size, left.height * 0.02), quiet(view, 'how-opinions', size, left.height * 0.05), ...opinions),
        ],
      },
    ]),
  };
}

const PHRASES = {
  'nth-room': ['how-nth-room-who', 'how-nth-room-what'],
  maskpark: ['how-maskpark-filmed', 'how-maskpark-posted', 'how-maskpark-sold'],
} as const;
const OPINIONS = ['how-opinion-post', 'how-opinion-scholar'] as const;

function ended(view: ChartView, size: Size, left: Box, right: Box): Part {
  const said = stack([large(view, 'ended-maskpark', right, size.width * 0.046), ...sources(view, 'ended-maskpark-source', size)], right);
  const { labels, shapes } = frame(view, 'ended-blank', right, heightOf(said) + right.height * 0.04);
  return { labels: [...figure(view, size, left, 'ended-nth-room'), ...said, ...labels], shapes };
}

export const comparison: Chart = {
  id: 'comparison',
  steps: STEPS,
  layout,
};

/** What the build gives it. */
export function comparisonNeeds(): ChartNeeds {
  return {
    figures: ['nth-room-women-74', 'nth-room-users', 'maskpark-users', 'weibo-post-14000-likes', 'nth-room-sentence'],
    marks: { 'nth-room-users': 'users', 'maskpark-users': 'accounts', 'nth-room-women-74': 'women-and-girls' },
    claims: ['commenters-liken-nth-room', 'nth-room-method', 'telegram-blocked-vpn', 'footage-sold', 'main-forum-taken-down', 'outlook-no-action'],
    words: [
      ...CASES.map((key) => `${key}-name`),
      'diagram',
      ...['harmed', 'ended'].flatMap((key) => [`${key}-nth-room`, `${key}-nth-room-label`, `${key}-nth-room-source`]),
      'harmed-maskpark',
      ...CASES.flatMap((key) => [`users-${key}`, `users-${key}-source`]),
      ...PHRASES['nth-room'],
      'how-nth-room-source',
      ...PHRASES.maskpark,
      'how-maskpark-source',
      'how-opinions',
      ...OPINIONS,
      'ended-maskpark',
      'ended-maskpark-source',
      'ended-blank',
    ],
    eventSteps: [],
    gaps: false,
    picture: 'users',
  };
}
