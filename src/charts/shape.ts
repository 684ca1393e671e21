/** Lines, outlines and lights as paths: the few shapes that all charts draw, with their boxes. */
import type { Pose } from './camera.ts';
import { round, type Block } from './dotField.ts';
import type { Box, ShapeMark, Tone } from './types.ts';

interface Paint {
  readonly key: string;
  readonly tone: Tone;
  readonly opacity?: number;
  readonly width?: number;
}

/** A rectangle: outlined, dashed, filled, or as a quiet panel (`shade`). */
export function rectangle(paint: ShapeMark['paint'], box: Box, { key, tone, opacity = 1, width = 1.5 }: Paint): ShapeMark {
  const d = `M${round(box.x)} ${round(box.y)}h${round(box.width)}v${round(box.height)}h${round(-box.width)}z`;
  return { key, d, tone, paint, width, opacity: round(opacity), box };
}

/** Round lights of one diameter, any number in one path. */
export function lights(points: readonly (readonly [number, number])[], diameter: number, { key, tone, opacity = 1 }: Paint): ShapeMark {
  const d = points.map(([x, y]) => `M${round(x)} ${round(y)}h0`).join('');
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs) - diameter / 2, Math.min(...ys) - diameter / 2];
  return {
    key,
    d,
    tone,
    paint: 'dots',
    width: round(diameter),
    opacity: round(opacity),
    box: { x: left, y: top, width: Math.max(...xs) + diameter / 2 - left, height: Math.max(...ys) + diameter / 2 - top },
  };
}

/** One round mark. */
export function disc(paint: ShapeMark['paint'], [x, y]: readonly [number, number], radius: number, { key, tone, opacity = 1 }: Paint): ShapeMark {
  const r = round(radius);
  const d = `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${round(2 * radius)} 0a${r} ${r} 0 1 0 ${round(-2 * radius)} 0`;
  return { key, d, tone, paint, opacity: round(opacity), box: { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius } };
}

/** A line through points. */
export function line(
  points: readonly (readonly [number, number])[],
  { key, tone, opacity = 1, width = 1.5 }: Paint,
  paint: 'stroke' | 'dashes' = 'stroke',
): ShapeMark {
  const d = points.map(([x, y], i) => `${i ? 'L' : 'M'}${round(x)} ${round(y)}`).join('');
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { key, d, tone, paint, width, opacity: round(opacity), box: { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top } };
}

/** The outline of a field's blocks in the lower left corner: full rows, and the row on top that may be shorter. */
export function cornerOf(blocks: readonly Block[], { x, y, pitch }: Pose, { key, tone, opacity = 1, width = 1.5 }: Paint): ShapeMark {
  const [wide, high] = [Math.max(...blocks.map(({ columns }) => columns)) * pitch, -Math.min(...blocks.map((block) => block.y)) * pitch];
  const top = blocks.find((block) => block.y * pitch === -high) ?? { columns: 0, rows: 0 };
  const short = top.columns * pitch < wide ? top.rows * pitch : 0;
  const d = `M${round(x)} ${round(y)}v${round(-high)}h${round(short ? top.columns * pitch : wide)}${short ? `v${round(short)}H${round(x + wide)}` : ''}V${round(y)}z`;
  return { key, d, tone, paint: 'stroke', width, opacity: round(opacity), box: { x, y: y - high, width: wide, height: high } };
}
