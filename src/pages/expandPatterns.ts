/**
 * Fields as plain shapes, for renderers that draw patterns wrongly: resvg rounds a pattern's tile to whole
 * pixels (linebender/resvg issues 259 and 539), so a field would show another count of marks, or nothing at all.
 */
import type { Scene, ShapeMark, Tone } from '#charts/types.ts';
import { cellsOf, HALF_CELL, isLit, round, stripsOf, type FieldMark } from '#charts/dotField.ts';
import { BRIGHTNESS, MEAN, placeOf, radiusOf } from '#charts/light.ts';
import { lightShape } from '#charts/lightPaths.ts';

/**
 * The same picture without a pattern. Marks that stand a pixel apart or more are drawn one by one; finer ones as even light. `scale` is pixels for one pixel of the scene.
 */
export function withPlainMarks(scene: Scene, scale: number): Scene {
  return {
    ...scene,
    fields: [],
    shapes: [...scene.fields.flatMap((field) => plainField(field, scale)), ...scene.shapes],
  };
}

/** Below this radius, in pixels, nobody sees whether a light is round, and a square of its area is drawn in a fifth of the time. */
const ROUND = 1.5;

function plainField(field: FieldMark, scale: number): ShapeMark[] {
  const { key, tone, x, y, pitch, cellHeight, blocks, opacity, fade, lit } = field;
  if (field.mark !== 'light') {
    const half = HALF_CELL[field.mark] * pitch;
    const d = cellsOf(blocks).map((cell) =>
      box(x + (cell.x + 0.5) * pitch - half, y + ((cell.y + 0.5) * pitch - half) * cellHeight, 2 * half, 2 * half * cellHeight),
    );
    return [fill(`${key}-plain`, tone, d.join(''), opacity * (field.mark === 'block' ? MEAN : 1))];
  }
  if (pitch * scale < 1)
    return stripsOf(field).map((strip, i) => {
      const d = strip.blocks.map((block) => box(x + block.x * pitch, y + block.y * pitch, block.columns * pitch, block.rows * pitch));
      return fill(`${key}-plain-${i}`, tone, d.join(''), opacity * MEAN * strip.share);
    });
  const lights = cellsOf(blocks)
    .filter((cell) => isLit(cell.x, cell.y, fade, lit))
    .map((cell) => placeOf(cell.x, cell.y));
  return BRIGHTNESS.map((brightness, kind) => {
    const radius = radiusOf(kind, pitch) * pitch;
    const shape = lightShape(radius, radius * scale >= ROUND);
    const d = lights.filter((light) => light.kind === kind).map((light) => `M${round(x + light.x * pitch)} ${round(y + light.y * pitch)}${shape}`);
    return fill(`${key}-plain-${kind}`, tone, d.join(''), opacity * brightness);
  });
}

/** A filled path. A field's tone is a name in its own layer; here it is again the tone that a chart gave it. */
function fill(key: string, tone: string, d: string, opacity: number): ShapeMark {
  return { key, d, tone: tone as Tone, paint: 'fill', opacity: Math.round(opacity * 1e4) / 1e4, box: { x: 0, y: 0, width: 0, height: 0 } };
}

function box(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}
