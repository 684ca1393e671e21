/** The marks of the pictures as a legend: each kind of bound drawn the way the charts draw it, in a small scene of its own. */
import type { MarkId } from '#content/schema.ts';
import type { Box, Scene } from '#charts/types.ts';
import { disc, rectangle } from '#charts/shape.ts';
import { emptyScene, field, OUTLINE } from '#charts/stageLayout.ts';

/** The size of a mark's scene, in pixels. */
export const LEGEND_SIZE = { width: 168, height: 84 } as const;

const PITCH = 3.5;
const ROWS = 16;
const LIGHTS = 16;
const box: Box = { x: 14, y: 14, width: LIGHTS * PITCH, height: ROWS * PITCH };
const pose = { x: box.x, y: box.y, pitch: PITCH };
const square = [{ x: 0, y: 0, columns: LIGHTS, rows: ROWS }];

/** Lights that thin out from a column to another. */
const fading = (from: number, to: number) =>
  field('more', [{ x: from, y: 0, columns: to - from, rows: ROWS }], pose, 'light').map((mark) => ({ ...mark, fade: [from, to] as const }));

/** One mark of the legend. */
export function layoutMark(mark: MarkId): Scene {
  const scene = emptyScene(LEGEND_SIZE);
  const lights = field('field', square, pose, 'light');
  const wide = { ...box, width: LEGEND_SIZE.width - 2 * box.x };
  switch (mark) {
    case 'light':
      return { ...scene, fields: lights };
    case 'day':
      return { ...scene, fields: field('field', square, pose, 'light', 1, 'cell') };
    case 'lower-bound':
      return { ...scene, fields: [...lights, ...fading(LIGHTS, Math.floor(wide.width / PITCH))] };
    case 'upper-bound': {
      const outline = { x: box.x - OUTLINE, y: box.y - OUTLINE, width: box.width + 2 * OUTLINE, height: box.height + 2 * OUTLINE };
      return { ...scene, fields: lights, shapes: [rectangle('dashes', outline, { key: 'outline', tone: 'light', opacity: 1, width: 1.5 })] };
    }
    case 'word-number':
      return {
        ...scene,
        fields: [...field('field', [{ x: 0, y: 0, columns: 6, rows: ROWS }], pose, 'light'), ...fading(6, Math.floor(wide.width / PITCH))],
      };
    case 'not-reported':
      return { ...scene, shapes: [rectangle('stroke', wide, { key: 'frame', tone: 'light', opacity: 1 })] };
    case 'inferred':
      return { ...scene, shapes: [disc('stroke', [box.x + box.width / 2, box.y + box.height / 2], 9, { key: 'mark', tone: 'light', opacity: 1 })] };
  }
}
