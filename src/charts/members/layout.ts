/** members: how large the groups were. One light is one account. */
import { easeCubicInOut } from 'd3';
import { poseBetween, between, type Pose } from '../camera.ts';
import { blocksOf, growingBlocks, squareColumns } from '../dotField.ts';
import type { Chart, ChartView, Label, StepState, Scene, ShapeMark, Size } from '../types.ts';
import { below, fittingSize, label, MIN_FONT_SIZE } from '../label.ts';
import { rectangle } from '../shape.ts';
import {
  LEAST_SIDE,
  clamp,
  crisp,
  drawnCount,
  EDGE,
  emptyScene,
  field,
  footnote,
  glow,
  heading,
  labelSize,
  OUTLINE,
  rim,
  shifted,
  stageLines,
  wordOf,
  wordsIn,
  wordsOut,
} from '../stageLayout.ts';

const STEPS = ['one', 'hundred', 'ten-thousand', 'maskpark', 'others', 'uncounted'] as const;
type Step = (typeof STEPS)[number];

/** Where the cover's light stands on the stage, in shares of its width and height, and its radius in pixels. */
export const COVER_LIGHT = { x: 0.55, y: 0.56, radius: 6 } as const;
/** Fields as they stand in the two steps that show both: MaskPark's pose, and the corner of the other field. */
interface Pair {
  readonly pose: Pose;
  readonly otherX: number;
  readonly otherY: number;
  readonly frame: { readonly x: number; readonly width: number } | null;
}

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as Step));
  const now = STEPS[index] as Step;
  const t = easeCubicInOut(progress);
  const counts = [1, ...['scale-hundred', 'scale-ten-thousand', 'maskpark-users'].map((id) => drawnCount(view, id))];
  const maskpark = counts[3] as number;
  const others = drawnCount(view, 'other-subforums-900k');
  const [columns, otherColumns] = [squareColumns(maskpark), squareColumns(others)];

  const beside = pairOf(size, columns, otherColumns, false);
  const apart = pairOf(size, columns, otherColumns, true);
  const poses = [coverPose(size), ...counts.map((count, i) => restPose(size, i === 0 ? 1 : squareColumns(count), i === 0)), beside.pose, apart.pose];
  const pose = poseBetween(poses[index] as Pose, poses[index + 1] as Pose, t, size.width, size.height);

  const grown =
    index === 0 ? blocksOf(1, 1) : growingBlocks(counts[Math.min(index, 4) - 1] ?? maskpark, counts[Math.min(index, 3)] as number, index > 3 ? 1 : t);
  const orange = index < 3 ? 0 : index === 3 ? between(t, 0.25, 0.75) : 1;
  const dim = now === 'uncounted' ? 1 - 0.68 * t : 1;
  const box = { x: pose.x, y: pose.y, width: columns * pose.pitch, height: (maskpark / columns) * pose.pitch };

  const fields = [...(orange < 1 ? field('lights', grown, pose, 'light') : []), ...field('maskpark', grown, pose, 'maskpark', orange * dim)];
  const mine = rim(view, 'maskpark-users', box, { key: 'maskpark', tone: 'maskpark', opacity: (index === 3 ? between(t, 0.75, 1) : index > 3 ? 1 : 0) * dim });
  const edges = mine.edges;
  const shapes: ShapeMark[] = [...mine.shapes, ...glow('glow', pose, 'light', index === 0 ? 1 : index === 1 ? 1 - between(t, 0, 0.35) : 0)];
  const labels: Label[] = [];

  if (index >= 4) {
    const shown = now === 'others' ? between(t, 0.3, 0.8) : 1;
    const [from, to] = now === 'others' ? [beside, beside] : [beside, apart];
    const offset = (pair: Pair, axis: 'x' | 'y') => ((axis === 'x' ? pair.otherX : pair.otherY) - pair.pose[axis]) / pair.pose.pitch;
    const place = (axis: 'x' | 'y') => pose[axis] + (offset(from, axis) + (offset(to, axis) - offset(from, axis)) * t) * pose.pitch;
    const corner = { x: place('x'), y: place('y'), pitch: pose.pitch };
    fields.push(...field('others', blocksOf(others, otherColumns), corner, 'others', shown * dim));
    const side = otherColumns * pose.pitch;
    const theirs = rim(
      view,
      'other-subforums-900k',
      { x: corner.x, y: corner.y, width: side, height: side },
      { key: 'others', tone: 'others', opacity: shown * Math.max(dim, 0.5) },
    );
    edges.push(...theirs.edges);
    shapes.push(...theirs.shapes);
  }

  if (now === 'one' || now === 'hundred' || now === 'ten-thousand' || now === 'maskpark') {
    const before = STEPS[index - 1];
    labels.push(...heading(view, size, now, now === 'maskpark' ? 'maskpark' : 'light', wordsIn(t)));
    if (before) labels.push(...heading(view, size, before, 'light', wordsOut(t)));
    labels.push(...footnote(view, size, 'one-light', index === 0 ? wordsIn(t) : 1));
  }
  if (now === 'others') {
    labels.push(...heading(view, size, 'maskpark', 'maskpark', wordsOut(t)), ...footnote(view, size, 'one-light', wordsOut(t)));
    labels.push(...pairLabels(view, size, beside, otherColumns, wordsIn(t)), ...footnote(view, size, 'relation', wordsIn(t)));
  }
  if (now === 'uncounted' && apart.frame) {
    const opacity = wordsIn(t);
    labels.push(...pairLabels(view, size, beside, otherColumns, wordsOut(t)), ...footnote(view, size, 'relation', wordsOut(t)));
    const side = otherColumns * apart.pose.pitch;
    const frame = { x: apart.frame.x, y: apart.otherY - OUTLINE, width: apart.frame.width, height: side + 2 * OUTLINE };
    if (opacity > 0) {
      shapes.push(rectangle('stroke', frame, { key: 'frame', tone: 'light', opacity }));
      labels.push(...frameLabels(view, size, frame, opacity));
      const foot = apart.otherY + side + OUTLINE + 8;
      labels.push(
        label({
          key: 'maskpark-name',
          text: wordOf(view, 'maskpark-name'),
          x: apart.pose.x,
          y: foot,
          width: frame.x - apart.pose.x + frame.width / 2,
          size: Math.min(labelSize(size), 17),
          tone: 'quiet',
          opacity,
        }),
      );
      labels.push(
        label({
          key: 'others-name',
          text: wordOf(view, 'others-name'),
          x: apart.otherX,
          y: foot,
          width: side,
          size: Math.min(labelSize(size), 17),
          tone: 'quiet',
          opacity,
        }),
      );
    }
  }
  return { ...emptyScene(size), fields, edges, shapes, labels };
}

function coverPose({ width, height }: Size): Pose {
  const pitch = COVER_LIGHT.radius / 0.36;
  return { x: width * COVER_LIGHT.x - pitch / 2, y: height * COVER_LIGHT.y - pitch / 2, pitch };
}

/** Where a square field rests; a single light stands large in the middle of the field's room. */
function restPose(size: Size, columns: number, single: boolean): Pose {
  const { field: room } = stageLines(size);
  const pitch = single ? clamp(room.width * 0.3, 44, 150) / 0.72 : crisp(room.width / columns);
  const shift = single ? (room.width - pitch) / 2 : 0;
  return { x: room.x + shift, y: room.y + shift, pitch };
}

/** Both fields at one dot size, feet on one line; with an empty frame between them when they stand apart. */
function pairOf(size: Size, columns: number, otherColumns: number, apart: boolean): Pair {
  const { margin, top, foot } = stageLines(size);
  const small = size.width < 480;
  const gap = (small ? 18 : 40) + OUTLINE;
  const frameWidth = apart ? clamp(size.width * 0.27, 100, 250) : 0;
  const across = size.width - 2 * margin - gap - OUTLINE - (apart ? frameWidth + gap : 0);
  const headroom = apart ? 8 : labelRoom(size);
  const room = Math.min(across / (columns * (1 + EDGE) + otherColumns), (foot - top - headroom - (apart ? MIN_FONT_SIZE * 1.4 : 12)) / otherColumns);
  const pitch = Math.max(room, LEAST_SIDE / otherColumns);
  const side = otherColumns * pitch;
  const used = columns * (1 + EDGE) * pitch + gap + side + OUTLINE + (apart ? frameWidth + gap : 0);
  const left = apart ? (size.width - used) / 2 : margin;
  const floor = Math.min(foot - 12 - (apart ? MIN_FONT_SIZE * 1.4 : 0), (top + headroom + foot) / 2 + side / 2 + (apart ? 0 : headroom * 0.2));
  const edge = left + columns * (1 + EDGE) * pitch;
  return {
    pose: { x: left, y: floor - columns * pitch, pitch },
    otherX: edge + gap + (apart ? frameWidth + gap : 0),
    otherY: floor - side,
    frame: apart ? { x: edge + gap - OUTLINE, width: frameWidth } : null,
  };
}

/** The height that the labels above the larger field take. */
function labelRoom(size: Size): number {
  if (isNarrow(size)) return 2 * (pairNumber(size) * 1.04 + MIN_FONT_SIZE * 1.32) + OUTLINE + 10;
  return pairNumber(size) * 1.04 + Math.min(labelSize(size), 17) * 1.32 + OUTLINE + 14;
}

function isNarrow({ width }: Size): boolean {
  return width < 360;
}

function pairNumber({ width }: Size): number {
  return clamp(width * 0.048, 18, 46);
}

function pairLabels(view: ChartView, size: Size, pair: Pair, otherColumns: number, opacity: number): Label[] {
  if (opacity <= 0) return [];
  const { pose, otherX, otherY } = pair;
  if (isNarrow(size)) {
    // Too narrow for words above each field: both stand at the top, one under the other.
    const { margin, top } = stageLines(size);
    const stack = (key: string, tone: 'maskpark' | 'others', y: number): Label[] => {
      const width = size.width - 2 * margin;
      const number = label({
        key: `${key}-pair-number`,
        text: wordOf(view, `${key}-number`),
        x: margin,
        y,
        width,
        size: pairNumber(size),
        face: 'number',
        tone,
        opacity,
      });
      return [number, label({ key: `${key}-pair-label`, text: wordOf(view, `${key}-short`), x: margin, y: below(number), width, tone: 'quiet', opacity })];
    };
    const first = stack('maskpark', 'maskpark', top);
    return [...first, ...stack('others', 'others', below(first[1] as Label, 4))];
  }
  const side = otherColumns * pose.pitch;
  const above = (key: string, tone: 'maskpark' | 'others', x: number, width: number, floor: number, lines: number): Label[] => {
    const text = wordOf(view, `${key}-number`);
    const number = label({
      key: `${key}-pair-number`,
      text,
      x,
      y: 0,
      width,
      size: fittingSize(text, width, pairNumber(size), 17, lines),
      face: 'number',
      tone,
      opacity,
    });
    const words = label({
      key: `${key}-pair-label`,
      text: wordOf(view, `${key}-short`),
      x,
      y: below(number, 3),
      width,
      size: Math.min(labelSize(size), 17),
      tone: 'quiet',
      opacity,
    });
    return shifted([number, words], floor - 10 - below(words));
  };
  return [
    ...above('maskpark', 'maskpark', pose.x, otherX - OUTLINE - 10 - pose.x, pose.y, 2),
    ...above('others', 'others', otherX - OUTLINE, side + 2 * OUTLINE, otherY - OUTLINE, 1),
  ];
}

function frameLabels(view: ChartView, size: Size, frame: { x: number; y: number; width: number; height: number }, opacity: number): Label[] {
  const width = frame.width - 16;
  const what = label({
    key: 'frame-what',
    text: wordOf(view, 'frame-what'),
    x: frame.x + frame.width / 2,
    y: 0,
    width,
    anchor: 'middle',
    size: Math.min(labelSize(size), 17),
    opacity,
    tone: 'quiet',
  });
  const blank = label({
    key: 'frame-blank',
    text: wordOf(view, 'frame-blank'),
    x: frame.x + frame.width / 2,
    y: below(what, 4),
    width,
    anchor: 'middle',
    opacity,
    size: clamp(frame.width * 0.12, 17, 26),
    face: 'number',
  });
  return shifted([what, blank], frame.y + (frame.height - below(blank)) / 2);
}

export const members: Chart = {
  id: 'members',
  steps: STEPS,
  figures: ['scale-one', 'scale-hundred', 'scale-ten-thousand', 'maskpark-users', 'other-subforums-900k'],
  marks: { 'maskpark-users': 'accounts', 'other-subforums-900k': 'members' },
  claims: ['relationship-categories', 'filmed-places'],
  words: [
    ...['one', 'hundred', 'ten-thousand', 'maskpark'].flatMap((key) => [`${key}-number`, `${key}-label`]),
    'maskpark-short',
    'others-number',
    'others-short',
    'one-light',
    'relation',
    'frame-what',
    'frame-blank',
    'maskpark-name',
    'others-name',
  ],
  eventSteps: [],
  gaps: false,
  layout,
};
