/** The stage of a field of lights: its words stand on the dark above, and the field fills the rest from wall to wall, up from the floor. */
import type { Pose } from './camera.ts';
import { latticeOf, stackedBlocks, type Block, type FieldMark } from './dotField.ts';
import { below, fittingSize, label } from './label.ts';
import { placeOf, radiusOf } from './light.ts';
import { boundsOf, clamp, field, labelSize, outlineOf, stageMargin, wordOf } from './stageLayout.ts';
import type { ChartView, Label, ShapeMark, Size, Tone } from './types.ts';

/** Where the field stands: from the left wall to the right, from the floor up to the ceiling, above which the words are. */
export interface LightRoom {
  readonly width: number;
  readonly floor: number;
  readonly ceiling: number;
}

/** The share of the stage's width in which the lights of a lower bound thin out. */
export const OPEN_END = 0.13;

/** A large number, what it counts and where it comes from, at the top of the stage: `<step>-number`, `<step>-label`, `source`. */
export function lightHeading(view: ChartView, size: Size, step: string, tone: Tone, opacity = 1): Label[] {
  if (opacity <= 0) return [];
  const x = stageMargin(size.width);
  const width = size.width - 2 * x;
  const text = wordOf(view, `${step}-number`);
  const number = label({
    key: `${step}-number`,
    text,
    x,
    y: clamp(size.height * 0.045, 8, 44),
    width,
    size: fittingSize(text, width, clamp(size.height * 0.125, 28, 112), 20),
    face: 'number',
    tone,
    opacity,
  });
  const words = label({ key: `${step}-label`, text: wordOf(view, `${step}-label`), x, y: below(number, 4), width, size: labelSize(size), opacity });
  return [
    number,
    words,
    label({ key: `${step}-source`, text: wordOf(view, 'source'), x, y: below(words, 2), width, size: sourceSize(size), tone: 'quiet', opacity }),
  ];
}

/** The size of a source line, in pixels. */
export function sourceSize(size: Size): number {
  return Math.min(labelSize(size), 15);
}

/** The room beneath the words of all these steps, so that it is the same in each. */
export function lightRoom(view: ChartView, size: Size, steps: readonly string[]): LightRoom {
  const words = Math.max(...steps.flatMap((step) => lightHeading(view, size, step, 'light')).map((one) => below(one)));
  return { width: size.width, floor: size.height, ceiling: Math.min(words + clamp(size.height * 0.03, 6, 28), size.height - 24) };
}

/** A field at rest: how it stands in the room. */
export interface RestingField {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  readonly pose: Pose;
}

/** The field of `count` lights that fills the room, or this share of its width from the left wall on. */
export function restIn({ width, floor, ceiling }: LightRoom, count: number, density = 1, share = 1): RestingField {
  const { columns, rows, pitch } = latticeOf(count, width * share, floor - ceiling, density);
  return { count, columns, rows, pose: { x: 0, y: floor, pitch } };
}

/** One light alone in the middle of the room, as large as it gets. */
export function aloneIn({ width, floor, ceiling }: LightRoom, share = 1): RestingField {
  const pitch = (clamp(Math.min(width, floor - ceiling) * 0.12, 26, 90) * share) / (2 * radiusOf(3, Infinity));
  return { count: 1, columns: 1, rows: 1, pose: poseAround(width / 2, (floor + ceiling) / 2, pitch) };
}

/** The pose that brings the first light of a field to a point. */
export function poseAround(x: number, y: number, pitch: number): Pose {
  const first = placeOf(0, -1);
  return { x: x - first.x * pitch, y: y - first.y * pitch, pitch };
}

/** The pitch at which the first light of a field has this radius, in pixels. */
export function pitchOfRadius(radius: number): number {
  return radius / radiusOf(placeOf(0, -1).kind, Infinity);
}

/**
 * The field while it is left for a larger one, as two: the lights that were there, and those that come, of which most stand outside
 * the stage until the camera has drawn back. `comes` is how far the others have come, 0 to 1.
 */
export function growingField(from: RestingField, to: RestingField, pose: Pose, tone: Tone, comes: number): FieldMark[] {
  if (comes >= 1) return field('lights', stackedBlocks(to.count, to.columns), pose, tone);
  const there = stackedBlocks(from.count, from.columns);
  const come = without(stackedBlocks(to.count, to.columns), there);
  return [...field('lights', there, pose, tone), ...field('coming', come, pose, tone, comes)];
}

/** The blocks that lie above and beside others in the lower left corner. */
function without(blocks: readonly Block[], corner: readonly Block[]): Block[] {
  return corner.reduce<readonly Block[]>((rest, hole) => rest.flatMap((block) => cut(block, hole)), blocks) as Block[];
}

/** A block without a hole: what lies above, below, left and right of it. */
function cut(block: Block, hole: Block): Block[] {
  const [left, right] = [Math.max(block.x, hole.x), Math.min(block.x + block.columns, hole.x + hole.columns)];
  const [top, bottom] = [Math.max(block.y, hole.y), Math.min(block.y + block.rows, hole.y + hole.rows)];
  if (left >= right || top >= bottom) return [block];
  return [
    { x: block.x, y: block.y, columns: block.columns, rows: top - block.y },
    { x: block.x, y: bottom, columns: block.columns, rows: block.y + block.rows - bottom },
    { x: block.x, y: top, columns: left - block.x, rows: bottom - top },
    { x: right, y: top, columns: block.x + block.columns - right, rows: bottom - top },
  ].filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/**
 * What stands round a field to say how far its number holds: lights that thin out at its right in so many `more` columns of its own lattice, where
 * nothing is known above the number; a dashed outline with a gap where nothing is known below it (storyboard, visual grammar).
 */
export function boundOf(
  view: ChartView,
  id: string,
  { columns, rows, pose }: Pick<RestingField, 'columns' | 'rows' | 'pose'>,
  more: number,
  { key, tone, opacity }: { readonly key: string; readonly tone: Tone; readonly opacity: number },
): { readonly fields: FieldMark[]; readonly shapes: ShapeMark[] } {
  const { x, y, pitch } = pose;
  const fade = [columns, columns + more] as const;
  return {
    fields:
      boundsOf(view, id).high === null && more > 0
        ? field(`${key}-more`, [{ x: columns, y: -rows, columns: more, rows }], pose, tone, opacity).map((mark) => ({ ...mark, fade }))
        : [],
    shapes: outlineOf(view, id, { x, y: y - rows * pitch, width: columns * pitch, height: rows * pitch }, { key, tone, opacity }),
  };
}
