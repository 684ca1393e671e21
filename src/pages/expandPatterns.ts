/**
 * Fields and open edges as plain shapes, for renderers that draw patterns wrongly: resvg rounds a pattern's tile to whole
 * pixels (linebender/resvg issues 259 and 539), so a field would show another count of marks, or nothing at all.
 */
import type { Scene, ShapeMark, Tone } from '#charts/types.ts';
import { paintOf, round, speckGrid, speckPath, type Dissolve, type FieldMark } from '#charts/dotField.ts';

/** How much of their light specks keep, as in src/charts/Picture.css. */
export const SPECK_OPACITY = 0.86;

/**
 * The same picture without a pattern. Marks that stand a pixel apart or more are drawn one by one; finer ones as the even light
 * that Picture.svelte paints for them. `scale` is pixels for one pixel of the scene.
 */
export function withPlainMarks(scene: Scene, scale: number): Scene {
  return {
    ...scene,
    fields: [],
    edges: [],
    shapes: [...scene.fields.map((field) => plainField(field, scale)), ...scene.edges.map(plainEdge), ...scene.shapes],
  };
}

function plainField(field: FieldMark, scale: number): ShapeMark {
  const { key, x, y, pitch, rowPitch, blocks } = field;
  if (field.shares !== undefined) throw new Error(`the field ${key} is on its way: only a picture at rest can be plain`);
  const { fineness, opacity, radius, roundness } = paintOf(field, scale);
  const half = radius * pitch;
  const d = blocks
    .flatMap((block) => {
      const [left, top, width] = [x + block.x * pitch, y + block.y * rowPitch * pitch, block.columns * pitch];
      if (fineness === 'light') return [box(left, top, width, ((block.rows - 1) * rowPitch + 1) * pitch)];
      const middle = (row: number) => top + (row * rowPitch + 0.5) * pitch - half;
      if (fineness === 'rows') return Array.from({ length: block.rows }, (_, row) => box(left, middle(row), width, 2 * half));
      return Array.from({ length: block.columns * block.rows }, (_, i) => {
        const [column, row] = [i % block.columns, Math.floor(i / block.columns)];
        return mark(left + (column + 0.5) * pitch - half, middle(row), 2 * half, roundness * half);
      });
    })
    .join('');
  return fill(`${key}-plain`, field.tone, d, opacity);
}

function plainEdge({ key, tone, opacity, x, y, width, height }: Dissolve): ShapeMark {
  const { columns, rows, side } = speckGrid({ width, height });
  const end = height / side;
  const specks = speckPath(columns, rows);
  const runs = [...specks.matchAll(/M(\d+) (\d+)h(\d+)/g)];
  if (runs.map(([run]) => run).join('') !== specks) throw new Error('specks are no longer runs of M, h: read them as they are now');
  let d = '';
  for (let tile = 0; tile < end; tile += rows)
    for (const [left = 0, top = 0, run = 0] of runs.map(([, ...numbers]) => numbers.map(Number))) {
      const [wide, high] = [Math.min(run, columns - 0.6 - left), Math.min(1, end - tile - top)];
      if (high > 0) d += box(x + left * side, y + (tile + top) * side, wide * side, high * side);
    }
  return fill(`${key}-plain`, tone, d, opacity * SPECK_OPACITY);
}

/** A filled path. A field's tone is a name in its own layer; here it is again the tone that a chart gave it. */
function fill(key: string, tone: string, d: string, opacity: number): ShapeMark {
  return { key, d, tone: tone as Tone, paint: 'fill', opacity: Math.round(opacity * 1e4) / 1e4, box: { x: 0, y: 0, width: 0, height: 0 } };
}

function box(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}

/** A square with round corners; a circle when they take all of its side. */
function mark(x: number, y: number, side: number, corner: number): string {
  if (corner === 0) return box(x, y, side, side);
  const [r, straight] = [round(corner), round(side - 2 * corner)];
  const arc = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${round(dx)} ${round(dy)}`;
  return `M${round(x + corner)} ${round(y)}h${straight}${arc(corner, corner)}v${straight}${arc(-corner, corner)}h${-straight}${arc(-corner, -corner)}v${-straight}${arc(corner, -corner)}z`;
}
