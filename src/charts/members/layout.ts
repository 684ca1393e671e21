/** members: how large the groups were. One light is one account; it is the cover's light that comes near. */
import { easeCubicInOut } from 'd3';
import { between, poseBetween } from '../camera.ts';
import { stackedBlocks } from '../dotField.ts';
import { below, fittingSize, label } from '../label.ts';
import {
  aloneIn,
  growingField,
  lightHeading,
  lightRoom,
  boundOf,
  OPEN_END,
  pitchOfRadius,
  poseAround,
  restIn,
  sourceSize,
  type LightRoom,
  type RestingField,
} from '../lightStage.ts';
import { cornerOf, rectangle } from '../shape.ts';
import { clamp, drawnCount, emptyScene, field, labelSize, OUTLINE, shifted, stageMargin, wordOf, wordsIn, wordsOut } from '../stageLayout.ts';
import type { Box, Chart, ChartNeeds, ChartView, Label, Scene, ShapeMark, Size, StepState, Tone } from '../types.ts';

const STEPS = ['one', 'hundred', 'ten-thousand', 'maskpark', 'others', 'uncounted'] as const;
const ALONE = ['one', 'hundred', 'ten-thousand', 'maskpark'] as const;

/** Where the cover's light stands on the stage, in shares of its width and height, and its radius in pixels. */
export const COVER_LIGHT = { x: 0.55, y: 0.56, radius: 6 } as const;

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const t = easeCubicInOut(progress);
  return index < ALONE.length ? growing(view, size, index, t) : pair(view, size, index === STEPS.length - 1, t);
}

/** The four fields that fill the room one after another, each with the one before it in its corner. */
function fieldsOf(view: ChartView, size: Size, room: LightRoom): RestingField[] {
  const count = (id: string) => drawnCount(view, id);
  return [
    { ...aloneIn(room), pose: coverPose(size) },
    aloneIn(room),
    restIn(room, count('scale-hundred'), size.density),
    restIn(room, count('scale-ten-thousand'), size.density),
    restIn(room, count('maskpark-users'), size.density, 1 - OPEN_END),
  ];
}

function growing(view: ChartView, size: Size, index: number, t: number): Scene {
  const room = lightRoom(view, size, ALONE);
  const all = fieldsOf(view, size, room);
  const [from, to] = [all[index] as RestingField, all[index + 1] as RestingField];
  const pose = poseBetween(from.pose, to.pose, t);
  const last = index === ALONE.length - 1;
  const tone = (at: number): Tone => (at === ALONE.length - 1 ? 'maskpark' : 'light');
  const orange = last ? between(t, 0.25, 0.75) : 0;
  const lights = growingField(from, to, pose, orange >= 1 ? 'maskpark' : 'light', between(t, 0, 0.3)).map((mark) =>
    orange > 0 && orange < 1 ? { ...mark, blend: { tone: 'maskpark', share: orange } } : mark,
  );
  const none = { fields: [], shapes: [] };
  const bound = last
    ? boundOf(view, 'maskpark-users', { ...to, pose }, moreColumns(size, to), { key: 'maskpark', tone: 'maskpark', opacity: between(t, 0.75, 1) })
    : none;
  // The field that was read before stays in the corner, outlined as soon as there is more round it.
  const outlined = index === 2 ? between(t, 0.3, 0.7) : last ? 1 - between(t, 0, 0.3) : 0;
  const earlier = all[2] as RestingField;
  const words = ALONE[index] as string;
  const before = ALONE[index - 1];
  return {
    ...emptyScene(size),
    ...(index > 0 ? { ceiling: room.ceiling } : {}),
    fields: [...lights, ...bound.fields],
    shapes: [
      ...bound.shapes,
      ...(outlined > 0
        ? [cornerOf(stackedBlocks(earlier.count, earlier.columns), pose, { key: 'earlier', tone: 'maskpark', opacity: outlined, width: 2 })]
        : []),
    ],
    labels: [...lightHeading(view, size, words, tone(index), wordsIn(t)), ...(before ? lightHeading(view, size, before, tone(index - 1), wordsOut(t)) : [])],
  };
}

/** The columns in which the lights of the last field thin out. */
function moreColumns(size: Size, { columns, pose }: RestingField): number {
  return Math.floor(size.width / pose.pitch) - columns;
}

function coverPose({ width, height }: Size) {
  return poseAround(width * COVER_LIGHT.x, height * COVER_LIGHT.y, pitchOfRadius(COVER_LIGHT.radius));
}

/** Both fields at one dot size, on the floor of the stage; or the one frame that is left when they have gone out. */
function pair(view: ChartView, size: Size, goneOut: boolean, t: number): Scene {
  const room = lightRoom(view, size, ALONE);
  const mine = fieldsOf(view, size, room)[4] as RestingField;
  const { rest, others, box } = pairOf(view, size, mine);
  const pose = goneOut ? rest : poseBetween(mine.pose, rest, t);
  // The other field stands beside at any moment of the way, out of sight at first.
  const corner = { x: pose.x + ((box.x - rest.x) / rest.pitch) * pose.pitch, y: pose.y, pitch: pose.pitch };
  const lit = goneOut ? 1 - between(t, 0, 0.6) : 1;
  const shown = (goneOut ? 1 : between(t, 0.3, 0.8)) * lit;
  const theirs = boundOf(view, 'other-subforums-900k', { ...others, pose: corner }, 0, { key: 'others', tone: 'others', opacity: shown });
  const ours = boundOf(view, 'maskpark-users', { ...mine, pose }, moreColumns(size, mine), { key: 'maskpark', tone: 'maskpark', opacity: lit });
  const words = goneOut ? wordsOut(t) : wordsIn(t);
  const frame = goneOut ? emptyFrame(view, size, between(t, 0.5, 1)) : { shapes: [], labels: [] };
  return {
    ...emptyScene(size),
    ceiling: goneOut ? 0 : room.ceiling * (1 - t),
    fields: [
      ...field('lights', stackedBlocks(mine.count, mine.columns), pose, 'maskpark', lit),
      ...ours.fields,
      ...field('others', stackedBlocks(others.count, others.columns), corner, 'others', shown),
      ...theirs.fields,
    ],
    shapes: [...ours.shapes, ...theirs.shapes, ...frame.shapes],
    labels: [
      ...(goneOut ? [] : lightHeading(view, size, 'maskpark', 'maskpark', wordsOut(t))),
      ...(words > 0
        ? pairLabels(view, size, words, { top: rest.y - mine.rows * rest.pitch - clamp(size.height * 0.02, 8, 16), width: box.x - OUTLINE - 8 })
        : []),
      ...frame.labels,
    ],
  };
}

/** The lattice of the other field beside this one, as large as both fit, and the box that it fills. */
function pairOf(view: ChartView, size: Size, mine: RestingField): { rest: RestingField['pose']; others: RestingField; box: Box } {
  const count = drawnCount(view, 'other-subforums-900k');
  const margin = OUTLINE + 4;
  const words = Math.max(...pairLabels(view, size, 1).map((one) => below(one)));
  const [top, floor] = [words + OUTLINE + clamp(size.height * 0.02, 6, 18), size.height - margin];
  const left = (pitch: number) => mine.columns * pitch * (1 + OPEN_END) + clamp(size.width * 0.05, 12, 48) + margin;
  const columnsAt = (pitch: number) => Math.floor((size.width - margin - left(pitch)) / pitch);
  let [low, high] = [0, mine.pose.pitch];
  for (let i = 0; i < 30; i += 1) {
    const middle = (low + high) / 2;
    const columns = columnsAt(middle);
    if (columns > 0 && Math.ceil(count / columns) * middle <= floor - top) low = middle;
    else high = middle;
  }
  const columns = Math.max(1, columnsAt(low));
  const rows = Math.ceil(count / columns);
  const rest = { x: 0, y: floor, pitch: low };
  const x = left(low);
  return { rest, others: { count, columns, rows, pose: { ...rest, x } }, box: { x, y: floor - rows * low, width: columns * low, height: rows * low } };
}

/** The words of both fields: the larger one's at the top of the stage, the smaller one's above it, or below the others where it is too narrow. */
function pairLabels(view: ChartView, size: Size, opacity: number, smaller?: { readonly top: number; readonly width: number }): Label[] {
  const margin = stageMargin(size.width);
  const width = size.width - 2 * margin;
  const theirs = block(view, size, 'others', margin, width, clamp(size.height * 0.045, 8, 44), clamp(size.height * 0.085, 24, 64), opacity, 'relation');
  const end = Math.max(...theirs.map((one) => below(one)));
  if (size.width < 360) return [...theirs, ...block(view, size, 'maskpark', margin, width, end + 4, 24, opacity)];
  if (!smaller) return theirs;
  const ours = block(view, size, 'maskpark', margin / 2, Math.max(smaller.width - margin / 2, 60), 0, clamp(size.height * 0.05, 19, 40), opacity);
  return [...theirs, ...shifted(ours, smaller.top - Math.max(...ours.map((one) => below(one))))];
}

/** A number and what it counts. */
function block(view: ChartView, size: Size, key: string, x: number, width: number, y: number, largest: number, opacity: number, source?: string): Label[] {
  const text = wordOf(view, `${key}-number`);
  const tone = key === 'maskpark' ? 'maskpark' : 'others';
  const number = label({ key: `${key}-pair-number`, text, x, y, width, size: fittingSize(text, width, largest, 17, 2), face: 'number', tone, opacity });
  const words = label({ key: `${key}-pair-label`, text: wordOf(view, `${key}-short`), x, y: below(number, 3), width, size: labelSize(size), opacity });
  if (!source) return [number, words];
  return [number, words, label({ key: source, text: wordOf(view, source), x, y: below(words, 2), width, size: sourceSize(size), tone: 'quiet', opacity })];
}

/** The number that is in none of the articles: the whole stage is its frame. */
function emptyFrame(view: ChartView, size: Size, opacity: number): { shapes: ShapeMark[]; labels: Label[] } {
  if (opacity <= 0) return { shapes: [], labels: [] };
  const margin = clamp(Math.min(size.width, size.height) * 0.09, 16, 84);
  const frame = { x: margin, y: margin, width: size.width - 2 * margin, height: size.height - 2 * margin };
  const [x, width] = [size.width / 2, frame.width - 32];
  const what = label({
    key: 'frame-what',
    text: wordOf(view, 'frame-what'),
    x,
    y: 0,
    width,
    anchor: 'middle',
    size: labelSize(size) + 2,
    opacity,
    tone: 'quiet',
  });
  const text = wordOf(view, 'frame-blank');
  const blank = label({
    key: 'frame-blank',
    text,
    x,
    y: below(what, 8),
    width,
    anchor: 'middle',
    opacity,
    size: fittingSize(text, width, clamp(size.width * 0.085, 24, 72), 18, 2),
    face: 'number',
  });
  return {
    shapes: [rectangle('stroke', frame, { key: 'frame', tone: 'light', opacity, width: 2 })],
    labels: shifted([what, blank], frame.y + (frame.height - below(blank)) / 2),
  };
}

export const members: Chart = {
  id: 'members',
  steps: STEPS,
  layout,
};

/** What the build gives it. */
export function membersNeeds(): ChartNeeds {
  return {
    figures: ['scale-one', 'scale-hundred', 'scale-ten-thousand', 'maskpark-users', 'other-subforums-900k'],
    marks: { 'maskpark-users': 'accounts', 'other-subforums-900k': 'members' },
    claims: ['relationship-categories', 'filmed-places', 'victim-testimony', 'personal-info-categories'],
    words: [
      ...ALONE.flatMap((key) => [`${key}-number`, `${key}-label`]),
      'source',
      'maskpark-short',
      'others-number',
      'others-short',
      'relation',
      'frame-what',
      'frame-blank',
    ],
    eventSteps: [],
    gaps: false,
    picture: 'others',
  };
}
