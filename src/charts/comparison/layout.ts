/** comparison: two rooms with a wall between them, and one large thing in each. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { standingBlocks, type FieldMark } from '../dotField.ts';
import { noise } from '../light.ts';
import { boundOf, OPEN_END } from '../lightStage.ts';
import { fittingSize, label } from '../label.ts';
import { line, lights, rectangle } from '../shape.ts';
import { fitted, heightOf, isLeast, plainSize, quietSize, shining, sideMargin, sizes, stack, type Text } from '../stack.ts';
import { boundsOf, clamp, drawnCount, emptyScene, field, shifted, wordOf } from '../stageLayout.ts';
import type { Box, Chart, ChartNeeds, ChartView, Label, Scene, ShapeMark, Size, StepState } from '../types.ts';

const STEPS = ['harmed', 'users', 'how', 'ended'] as const;
type Step = (typeof STEPS)[number];
const CASES = ['nth-room', 'maskpark'] as const;
/** Lights in each of the two diagrams: the same number, so that neither looks larger. */
const DIAGRAM_LIGHTS = 27;

interface Drawn {
  readonly labels: readonly Label[];
  readonly shapes?: readonly ShapeMark[];
  readonly fields?: readonly FieldMark[];
  /** Where the wall ends, when words stand across its foot. */
  readonly wallEnd?: number;
}

/** Where the rooms stand: the words of each inside its walls, and what fills it from wall to wall. */
interface Rooms {
  readonly wall: number;
  /** Where the wall begins, beneath the step's title. */
  readonly start: number;
  readonly margin: number;
  readonly left: { readonly x: number; readonly width: number };
  readonly right: { readonly x: number; readonly width: number };
  readonly top: number;
  readonly foot: number;
  readonly bottom: number;
}

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as Step));
  const t = easeCubicInOut(progress);
  const [going, coming] = [1 - between(t, 0.02, 0.4), between(t, 0.5, 0.9)];
  const now = STEPS[index] as Step;
  const before = STEPS[index - 1];
  const heads = headsOf(view, size);
  const [gone, come] = [
    before ? drawn(view, size, heads.rooms, before, going) : diagrams(view, size, heads.rooms, going),
    drawn(view, size, heads.rooms, now, coming),
  ];
  const end = size.height - clamp(size.height * 0.03, 6, 28);
  const [from, to] = [gone.wallEnd ?? end, come.wallEnd ?? end];
  const parts: Drawn[] = [{ labels: heads.names, shapes: [wallOf(heads.rooms, from + (to - from) * t)] }, gone, come];
  const isSeen = ({ opacity }: { readonly opacity: number }) => opacity > 0;
  return {
    ...emptyScene(size),
    fields: parts.flatMap((part) => part.fields ?? []),
    shapes: parts.flatMap((part) => part.shapes ?? []).filter(isSeen),
    labels: parts.flatMap((part) => part.labels).filter(isSeen),
  };
}

/** The names of the rooms, and the rooms beneath them. */
function headsOf(view: ChartView, size: Size): { names: Label[]; rooms: Rooms } {
  const { width, height } = size;
  const margin = sideMargin(size);
  const gap = clamp(width * 0.042, 10, 40);
  const wall = width / 2;
  const top = clamp(height * 0.05, 8, 48);
  const title = quietSize(size) * 1.32;
  const room = wall - margin - gap;
  const [left, right] = [margin, wall + gap];
  const nameSize = Math.min(...CASES.map((key) => fittingSize(wordOf(view, `${key}-name`), room, clamp(width * 0.045, 20, 38), 16)));
  const names = CASES.map((key, i) =>
    label({
      key: `${key}-name`,
      text: wordOf(view, `${key}-name`),
      x: i ? right : left,
      y: top + title + 2,
      width: room,
      size: nameSize,
      face: 'number',
      tone: key,
    }),
  );
  const rooms = {
    wall,
    start: top + title + 2,
    margin,
    left: { x: left, width: room },
    right: { x: right, width: width - margin - right },
    top: heightOf(names) + clamp(height * 0.02, 4, 20),
    foot: height - clamp(height * 0.05, 8, 48),
    bottom: height - clamp(height * 0.028, 6, 26),
  };
  return { names, rooms };
}

function wallOf({ wall, start }: Rooms, end: number): ShapeMark {
  return line(
    [
      [wall, start],
      [wall, end],
    ],
    { key: 'wall', tone: 'quiet', opacity: 0.4, width: 1.5 },
  );
}

function drawn(view: ChartView, size: Size, rooms: Rooms, step: Step, opacity: number): Drawn {
  const title = label({
    key: `${step}-title`,
    text: wordOf(view, `${step}-title`),
    x: rooms.margin,
    y: clamp(size.height * 0.05, 8, 48),
    width: size.width - 2 * rooms.margin,
    size: quietSize(size),
    tone: 'quiet',
    opacity,
  });
  const inside = { harmed, users, how, ended }[step](view, size, rooms, opacity);
  return { ...inside, labels: [title, ...inside.labels] };
}

/** A figure as large as its room allows, with what it counts and its source beneath. */
function largeFigure(view: ChartView, size: Size, { left, top, foot }: Rooms, key: string, opacity: number): Label[] {
  const text = wordOf(view, key);
  const high = foot - top;
  const small: Text[] = [
    { key: `${key}-label`, text: wordOf(view, `${key}-label`), size: plainSize(size), gap: clamp(high * 0.02, 4, 14) },
    { key: `${key}-source`, text: wordOf(view, `${key}-source`), size: quietSize(size), tone: 'quiet', gap: clamp(high * 0.012, 2, 8) },
  ];
  const build = (largest: number) =>
    stack([{ key, text, size: fittingSize(text, left.width, largest, 20, 2), face: 'number' }, ...small], { x: left.x, y: 0, width: left.width, opacity });
  const labels = fitted(view, key, size, [190, 160, 140, 120, 110, 100, 90, 80, 70, 60, 52, 46, 40, 36, 32, 28, 24], build, (one) => heightOf(one) <= high);
  return shifted(labels, top + Math.max(0, high - heightOf(labels)) * 0.42);
}

/** An empty frame with its words in the middle: what is not in the articles. */
function emptyFrame(view: ChartView, size: Size, key: string, box: Box, opacity: number): Drawn {
  const [text, largest] = [wordOf(view, key), 46];
  const width = box.width - clamp(box.width * 0.12, 10, 40);
  const build = (large: number) => [label({ key, text, x: box.x + box.width / 2, y: 0, width, size: large, face: 'number', anchor: 'middle', opacity })];
  const fits = ([one]: Label[]) => one !== undefined && one.box.height <= box.height - 8 && one.box.width <= width;
  const labels = fitted(view, key, size, sizes(largest, 14), build, fits);
  return {
    labels: shifted(labels, box.y + (box.height - heightOf(labels)) / 2),
    shapes: [rectangle('stroke', box, { key: `${key}-frame`, tone: 'light', opacity, width: 1.5 })],
  };
}

function harmed(view: ChartView, size: Size, rooms: Rooms, opacity: number): Drawn {
  const figure = largeFigure(view, size, rooms, 'harmed-nth-room', opacity);
  const high = Math.min(rooms.foot - rooms.top, rooms.right.width * 1.2);
  const y = rooms.top + (rooms.foot - rooms.top - high) * 0.42;
  const frame = emptyFrame(view, size, 'harmed-maskpark', { ...rooms.right, y, height: high }, opacity);
  return { labels: [...figure, ...frame.labels], shapes: frame.shapes ?? [] };
}

/** Both counts as fields of lights at one dot size, each on the floor of its room. */
function users(view: ChartView, size: Size, rooms: Rooms, opacity: number): Drawn {
  const { left, right, top, bottom, wall, margin } = rooms;
  const texts = CASES.map((key) => wordOf(view, `users-${key}`));
  const largest = Math.min(...texts.map((text) => fittingSize(text, Math.min(left.width, right.width), clamp(size.width * 0.052, 20, 48), 17, 2)));
  const words = CASES.flatMap((key, i) =>
    stack(
      [
        { key: `users-${key}`, text: texts[i] ?? '', size: largest, face: 'number' },
        ...(isLeast(size)
          ? []
          : [{ key: `users-${key}-source`, text: wordOf(view, `users-${key}-source`), size: quietSize(size), tone: 'quiet', gap: 2 } as const]),
      ],
      { ...(i ? right : left), y: top, opacity },
    ),
  );
  const noteLabel = label({
    key: 'users-note',
    text: wordOf(view, 'users-note'),
    x: margin,
    y: 0,
    width: size.width - 2 * margin,
    size: quietSize(size),
    tone: 'quiet',
    opacity,
  });
  const [note] = shifted([noteLabel], bottom - noteLabel.box.height) as [Label];
  const gap = clamp(size.height * 0.018, 6, 14);
  const room = { top: heightOf(words) + gap, floor: note.box.y - gap, width: size.width - wall - WALL };
  const band = boundsOf(view, 'nth-room-users');
  const [low, high, members] = [drawnCount(view, 'nth-room-users'), band.high ?? 0, drawnCount(view, 'maskpark-users')];
  const at = wall + WALL;
  const { rows, pitch } = bothIn({ count: high, width: wall }, { count: members, width: (size.width - at) * (1 - OPEN_END) }, room.floor - room.top, size);
  const [theirs, mine] = [
    { x: 0, y: room.floor, pitch },
    { x: at, y: room.floor, pitch },
  ];
  const [columns, bandColumns] = [Math.ceil(members / rows), Math.ceil(high / rows)];
  const bound = boundOf(view, 'maskpark-users', { columns, rows, pose: mine }, Math.max(1, Math.floor((size.width - at) / pitch) - columns), {
    key: 'maskpark',
    tone: 'maskpark',
    opacity,
  });
  return {
    labels: [...words, note],
    shapes: bound.shapes,
    fields: [
      ...field('nth-room', standingBlocks(0, low, rows), theirs, 'nth-room', opacity),
      ...field('nth-room-more', standingBlocks(low, high, rows), theirs, 'nth-room', opacity).map((mark) => ({
        ...mark,
        fade: [low / rows, bandColumns] as const,
      })),
      ...field('maskpark', standingBlocks(0, members, rows), mine, 'maskpark', opacity),
      ...bound.fields,
    ],
    wallEnd: room.floor,
  };
}

/** The rows and the pitch at which two fields fill rooms of one height, each with one dot size. */
function bothIn(
  one: { readonly count: number; readonly width: number },
  other: { readonly count: number; readonly width: number },
  height: number,
  { density = 1 }: Size,
): { rows: number; pitch: number } {
  const columns = (width: number, pitch: number) => Math.floor(width / pitch);
  const holds = (pitch: number) =>
    [one, other].every(({ count, width }) => columns(width, pitch) > 0 && Math.ceil(count / columns(width, pitch)) <= Math.floor(height / pitch));
  let [low, high] = [0, Math.max(height, one.width)];
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  const device = low * density;
  const pitch = device >= 1 && device < 4 ? Math.floor(device) / density : low;
  return { pitch, rows: Math.max(...[one, other].map(({ count, width }) => Math.ceil(count / columns(width, pitch)))) };
}

/** Between a field and the wall, in pixels. */
const WALL = 10;

/** How each worked, in a few large phrases; opinions apart, and named as such. */
function how(view: ChartView, size: Size, rooms: Rooms, opacity: number): Drawn {
  const { left, right, top, foot, margin } = rooms;
  const quiet = quietSize(size);
  const beside = size.width >= 560 && size.height >= 440;
  const opinions: Text[] = [
    { key: 'how-opinions', text: wordOf(view, 'how-opinions'), size: quiet, tone: 'quiet' },
    ...OPINIONS.map((one): Text => ({ key: one, text: wordOf(view, one), size: plainSize(size), gap: beside ? 6 : 1 })),
  ];
  // The lowest stages have no room for them: there the words beside the stage say them.
  const said = isLeast(size) ? [] : opinions;
  const apart = stack(said, { x: beside ? right.x : margin, y: 0, width: beside ? right.width : size.width - 2 * margin, opacity });
  const end = foot - heightOf(apart);
  const build = ({ large, sourced }: { large: number; sourced: boolean }) =>
    CASES.map((key, i) =>
      stack(
        [
          ...PHRASES[key].map((one): Text => ({
            key: one,
            text: wordOf(view, one),
            size: large,
            face: large < 16 ? 'sans' : 'number',
            gap: large * (sourced ? 0.5 : 0.2),
          })),
          ...(sourced ? [{ key: `how-${key}-source`, text: wordOf(view, `how-${key}-source`), size: quiet, tone: 'quiet', gap: large * 0.4 } as const] : []),
        ],
        { ...(i ? right : left), y: top, opacity },
      ),
    );
  const isFitting = (sides: Label[][]) =>
    sides.every((side, i) => heightOf(side) <= (beside && i === 0 ? foot : end - 10) && side.every(({ box }) => box.width <= (i ? right : left).width));
  const options = [true, false].flatMap((sourced) => sizes(clamp(size.width * 0.06, 17, 54), sourced ? 15 : 14).map((large) => ({ large, sourced })));
  const sides = fitted(view, 'how', size, options, build, isFitting);
  const rule = end - clamp(size.height * 0.01, 4, 10);
  return {
    labels: [...sides.flat(), ...shifted(apart, end)],
    shapes: [
      line(
        [
          [beside ? right.x : margin, rule],
          [size.width - margin, rule],
        ],
        { key: 'how-rule', tone: 'quiet', opacity: apart.length ? opacity * 0.4 : 0, width: 1 },
      ),
    ],
    ...(beside || !apart.length ? {} : { wallEnd: rule - 4 }),
  };
}

const PHRASES = {
  'nth-room': ['how-nth-room-who', 'how-nth-room-what'],
  maskpark: ['how-maskpark-filmed', 'how-maskpark-posted', 'how-maskpark-sold'],
} as const;
const OPINIONS = ['how-opinion-post', 'how-opinion-scholar'] as const;

function ended(view: ChartView, size: Size, rooms: Rooms, opacity: number): Drawn {
  const { right, top, foot } = rooms;
  const figure = largeFigure(view, size, rooms, 'ended-nth-room', opacity);
  const text = wordOf(view, 'ended-maskpark');
  const said = stack(
    [
      { key: 'ended-maskpark', text, size: fittingSize(text, right.width, clamp(size.width * 0.046, 18, 40), 15, 2), face: 'number' },
      { key: 'ended-maskpark-source', text: wordOf(view, 'ended-maskpark-source'), size: quietSize(size), tone: 'quiet', gap: 3 },
    ],
    { ...right, y: top + clamp(size.height * 0.06, 0, 60), opacity },
  );
  const y = heightOf(said) + clamp(size.height * 0.035, 8, 30);
  const height = Math.max(40, Math.min(foot - y, right.width * 1.1));
  const frame = emptyFrame(view, size, 'ended-blank', { ...right, y, height }, opacity);
  return { labels: [...figure, ...said, ...frame.labels], shapes: frame.shapes ?? [] };
}

/** How each case was described, as two drawings that are no data: a ring round one light, a scatter without one. */
function diagrams(view: ChartView, size: Size, { left, right, top, foot }: Rooms, opacity: number): Drawn {
  const words = CASES.map((key, i) => {
    const { x, width } = i ? right : left;
    return label({
      key: `${key}-diagram`,
      text: wordOf(view, 'diagram'),
      x: x + width / 2,
      y: 0,
      width,
      size: quietSize(size),
      anchor: 'middle',
      tone: 'quiet',
      opacity,
    });
  });
  const end = foot - heightOf(words);
  const radius = Math.max(12, Math.min(left.width, right.width, (end - top) * 0.94) / 2 - clamp(size.width * 0.03, 12, 34));
  const y = (top + end) / 2;
  const dot = clamp(radius * 0.075, 4, 13);
  const at = (room: { x: number; width: number }) => ({ x: room.x + room.width / 2, y });
  const glowing = (key: string, points: [number, number][], diameter: number, tone: 'nth-room' | 'maskpark') => [
    ...shining(key, points, diameter, { size, tone, opacity }),
    lights(points, diameter, { key, tone, opacity }),
  ];
  return {
    labels: words.map((one) => shifted([one], Math.min(end, y + radius + clamp(radius * 0.2, 16, 34)))).flat(),
    shapes: [
      ...glowing('centre', [[at(left).x, y]], dot * 3.6, 'nth-room'),
      ...glowing('ring', ring(at(left), radius, DIAGRAM_LIGHTS - 1), dot, 'nth-room'),
      ...glowing('scatter', scatter(at(right), radius, DIAGRAM_LIGHTS), dot, 'maskpark'),
    ],
  };
}

function ring(centre: { x: number; y: number }, radius: number, count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => [
    centre.x + radius * Math.cos((i / count) * 2 * Math.PI),
    centre.y + radius * Math.sin((i / count) * 2 * Math.PI),
  ]);
}

/** A scatter without a centre: one place in each part of a sunflower, shaken. */
function scatter(centre: { x: number; y: number }, radius: number, count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => {
    const [angle, distance] = [i * 2.39996 + noise(i, 3), radius * Math.sqrt((i + 0.6) / count)];
    return [centre.x + distance * Math.cos(angle), centre.y + distance * Math.sin(angle)];
  });
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
      ...STEPS.map((key) => `${key}-title`),
      ...['harmed', 'ended'].flatMap((key) => [`${key}-nth-room`, `${key}-nth-room-label`, `${key}-nth-room-source`]),
      'harmed-maskpark',
      ...CASES.flatMap((key) => [`users-${key}`, `users-${key}-source`]),
      'users-note',
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
  };
}
