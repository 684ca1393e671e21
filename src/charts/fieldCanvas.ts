/**
 * Paints the fields of a scene on a canvas, light by light where they are near, from prepared bitmaps of many lights where they are
 * far: any count costs the same, and a moving camera costs one scaled copy a frame. A bitmap holds white lights, which are
 * coloured where they are painted, so all stages and colours share it.
 */
import { BRIGHTNESS, COVER, HALO, kindOf, lightAt, LIGHTS, NEAR, PERIOD, placeOf, radiusOf, shiftsOf } from './light.ts';
import { goesOutAt, HALF_CELL, type Block, type FieldMark } from './dotField.ts';
import type { Scene } from './types.ts';

/** The pitches that bitmaps are prepared at, in device pixels; between two the larger is scaled down, or the smaller up a little. */
const LEVELS = [0.25, 0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 19, 24];
/** A bitmap is scaled up at most by one over this. */
const LARGER = 0.92;
/** From this pitch on, in device pixels, lights have a halo, which is whole at twice it. */
const HALO_FROM = 32;
/** The pixels that all bitmaps have together, at most: six megabytes, unless one alone is larger. */
const MAX_PIXELS = 1.5e6;

type Context = CanvasRenderingContext2D;

/** A bitmap of lights: pixel 0, 0 is the corner of the cell at `x`, -`rows`. */
interface Tile {
  readonly canvas: HTMLCanvasElement;
  /** Its pixels, as long as they change. */
  readonly image: ImageData | undefined;
  readonly level: number;
  readonly x: number;
  readonly columns: number;
  readonly rows: number;
  /** When each light goes out; at once with the last where it is not said. */
  readonly times?: Float32Array;
  /** The share of its lights that are lit. */
  lit: number;
}
const tiles = new Map<string, Tile>();

/**
 * Paints the fields of a scene. `density` is device pixels for a pixel of the scene. What a colour is called by a tone is read from
 * the canvas' own style.
 */
export function paintFields(canvas: HTMLCanvasElement, scene: Scene, density: number): void {
  const [width, height] = [Math.round(scene.size.width * density), Math.round(scene.size.height * density)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const colourOf = (tone: string) => style.getPropertyValue(`--${tone}`);
  const ceiling = (scene.ceiling ?? 0) * density;
  for (const field of scene.fields) {
    if (field.opacity <= 0 || field.lit === 0) continue;
    const seen = visibleBlocks(field, density, width, height, ceiling);
    if (!seen.length) continue;
    context.globalAlpha = field.opacity;
    if (field.mark === 'cell') paintCells(context, field, seen, density, colourOf(field.tone));
    else {
      // A block is a piece of the field that it stands for.
      if (field.mark === 'block') paintCells(context, field, seen, density, context.createPattern(tileOf(1, 0, PERIOD / 2, PERIOD / 2).canvas, 'repeat') ?? '');
      else if (field.pitch * density >= NEAR) paintNear(context, field, seen, density);
      else paintFar(context, field, seen, density, width, field.y * density - ceiling);
      // White lights take their colour where they stand.
      context.globalCompositeOperation = 'source-atop';
      for (const [tone, share] of [[field.tone, 1] as const, ...(field.blend ? [[field.blend.tone, field.blend.share] as const] : [])]) {
        context.globalAlpha = share;
        context.fillStyle = colourOf(tone);
        for (const { x, y, columns, rows } of seen) context.fillRect(...rectOf(field, { x: x - 2, y: y - 2, columns: columns + 4, rows: rows + 4 }, density));
      }
      context.globalCompositeOperation = 'source-over';
    }
  }
  context.globalAlpha = 1;
}

/** Gives back what a canvas and the bitmaps hold in memory. */
export function freeFields(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  tiles.clear();
}

/** The rectangle of a block, in device pixels. */
function rectOf({ x, y, pitch, cellHeight }: FieldMark, block: Block, density: number): [number, number, number, number] {
  const [across, down] = [pitch * density, pitch * cellHeight * density];
  return [x * density + block.x * across, y * density + block.y * down, block.columns * across, block.rows * down];
}

/** What of the blocks is seen, in whole cells: nothing above the ceiling, which is where the words stand. */
function visibleBlocks(field: FieldMark, density: number, width: number, height: number, ceiling: number): Block[] {
  const [across, down] = [field.pitch * density, field.pitch * field.cellHeight * density];
  const [left, top] = [field.x * density, field.y * density];
  const [fromX, toX] = [Math.floor(-left / across), Math.ceil((width - left) / across)];
  const [fromY, toY] = [Math.ceil((ceiling - top) / down - 0.01), Math.ceil((height - top) / down)];
  return field.blocks.flatMap((block) => {
    const [x, y] = [Math.max(block.x, fromX), Math.max(block.y, fromY)];
    const [columns, rows] = [Math.min(block.x + block.columns, toX) - x, Math.min(block.y + block.rows, toY) - y];
    return columns > 0 && rows > 0 ? [{ x, y, columns, rows }] : [];
  });
}

function paintCells(context: Context, field: FieldMark, blocks: readonly Block[], density: number, paint: string | CanvasPattern): void {
  const [across, down] = [field.pitch * density, field.pitch * field.cellHeight * density];
  const half = HALF_CELL[field.mark === 'cell' ? 'cell' : 'block'];
  context.fillStyle = paint;
  context.beginPath();
  for (const { x, y, columns, rows } of blocks)
    for (let row = y; row < y + rows; row += 1)
      for (let column = x; column < x + columns; column += 1)
        context.rect(field.x * density + (column + 0.5 - half) * across, field.y * density + (row + 0.5 - half) * down, 2 * half * across, 2 * half * down);
  context.fill();
}

/** Lights one by one, each with its halo. */
function paintNear(context: Context, field: FieldMark, blocks: readonly Block[], density: number): void {
  const pitch = field.pitch * density;
  const [left, top] = [field.x * density, field.y * density];
  const halo = Math.min(1, (pitch - HALO_FROM) / HALO_FROM);
  const discs = BRIGHTNESS.map(() => new Path2D());
  for (const block of blocks)
    for (let y = block.y; y < block.y + block.rows; y += 1)
      for (let x = block.x; x < block.x + block.columns; x += 1) {
        const light = placeOf(x, y);
        const [centreX, centreY, radius] = [left + light.x * pitch, top + light.y * pitch, radiusOf(light.kind, pitch) * pitch];
        const disc = discs[light.kind];
        disc?.moveTo(centreX + radius, centreY);
        disc?.arc(centreX, centreY, radius, 0, 7);
        if (halo <= 0) continue;
        context.globalAlpha = field.opacity * halo * (BRIGHTNESS[light.kind] ?? 0);
        const reach = radius * HALO;
        context.drawImage(haloImage(), centreX - reach, centreY - reach, 2 * reach, 2 * reach);
      }
  context.fillStyle = '#fff';
  discs.forEach((disc, kind) => {
    context.globalAlpha = field.opacity * (BRIGHTNESS[kind] ?? 0);
    context.fill(disc);
  });
}

let halo: HTMLCanvasElement | undefined;
/** A white halo, to be drawn at any size. */
function haloImage(): HTMLCanvasElement {
  if (halo) return halo;
  halo = document.createElement('canvas');
  halo.width = halo.height = 128;
  const context = halo.getContext('2d');
  if (!context) return halo;
  const gradient = context.createRadialGradient(64, 64, 0, 64, 64, 64);
  gradient.addColorStop(0.2, '#ffffff4d');
  gradient.addColorStop(1, '#fff0');
  context.fillStyle = gradient;
  context.fillRect(0, 0, 128, 128);
  return halo;
}

/** Many lights at once, from a bitmap. */
function paintFar(context: Context, field: FieldMark, blocks: readonly Block[], density: number, width: number, height: number): void {
  const pitch = field.pitch * density;
  const at = LEVELS.findIndex((one) => one > pitch * LARGER);
  const level = LEVELS[at] ?? NEAR;
  const { fade, lit = 1 } = field;
  // The smallest pitch that this bitmap serves.
  const least = (LEVELS[at - 1] ?? level) / LARGER;
  // Which of its lights are lit is the field's own; where all are, any field is a part of the same lattice.
  const [from, tile] =
    fade || lit < 1
      ? [Math.min(...field.blocks.map(({ x }) => x)), ownTile(level, field.blocks, fade, lit)]
      : [0, tileOf(level, 0, Math.min(PERIOD, Math.ceil(width / least)), Math.min(level < 1 ? PERIOD : PERIOD / 2, Math.ceil(height / least)))];
  const pattern = context.createPattern(tile.canvas, 'repeat');
  if (!pattern) return;
  const scale = pitch / level;
  pattern.setTransform(new DOMMatrix([scale, 0, 0, scale, field.x * density + from * pitch, field.y * density - tile.rows * pitch]));
  context.fillStyle = pattern;
  for (const block of blocks) context.fillRect(...rectOf(field, block, density));
}

/** The bitmap of a field of which not all lights are lit. */
function ownTile(level: number, blocks: readonly Block[], fade: FieldMark['fade'], lit: number): Tile {
  const [left, right] = [Math.min(...blocks.map(({ x }) => x)), Math.max(...blocks.map(({ x, columns }) => x + columns))];
  const tile = tileOf(level, left, right - left, -Math.min(...blocks.map(({ y }) => y)), fade ?? []);
  light(tile, lit);
  return tile;
}

/** The bitmap of these cells at a level, made where there is none; with `fade` dark, to be lit as far as it is lit. */
function tileOf(level: number, x: number, columns: number, rows: number, fade?: FieldMark['fade'] | readonly []): Tile {
  // Where several cells share a pixel, whole pixels of them.
  const cells = Math.max(1, 1 / level);
  const [across, down] = [Math.ceil(columns / cells) * cells, Math.ceil(rows / cells) * cells];
  const key = [level, x, across, down, fade].join();
  const found = tiles.get(key);
  tiles.delete(key);
  const tile = found ?? createTile(level, x, across, down, fade);
  tiles.set(key, tile);
  let pixels = 0;
  for (const { canvas } of tiles.values()) pixels += canvas.width * canvas.height;
  for (const [old, { canvas }] of tiles)
    if (pixels > MAX_PIXELS && old !== key) {
      pixels -= canvas.width * canvas.height;
      tiles.delete(old);
    }
  return tile;
}

function createTile(level: number, x: number, columns: number, rows: number, fade?: FieldMark['fade'] | readonly []): Tile {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(columns * level);
  canvas.height = Math.round(rows * level);
  const image = new ImageData(canvas.width, canvas.height);
  const tile = { canvas, image, level, x, columns, rows, lit: 0 };
  if (fade) {
    const times = new Float32Array(columns * rows);
    for (let i = 0; i < times.length; i += 1) times[i] = goesOutAt(x + (i % columns), Math.floor(i / columns) - rows, fade.length ? fade : undefined);
    return { ...tile, times };
  }
  light(tile, 1);
  // Only what changes is needed again.
  return { ...tile, image: undefined };
}

/** Lights a share of a bitmap's lights: of those that have another state than before, each is drawn or wiped out. */
function light(tile: Tile, lit: number): void {
  const { canvas, image, level, x, columns, rows, times, lit: before } = tile;
  if (!image || before === lit) return;
  tile.lit = lit;
  const pixels = new Uint32Array(image.data.buffer);
  const { width } = canvas;
  if (level < 1) {
    for (let at = 0; at < pixels.length; at += 1) pixels[at] = mixedLight(at % width, Math.floor(at / width), 1 / level ** 2);
  } else {
    const [low, high] = [Math.min(before, lit), Math.max(before, lit)];
    const sprites = spritesOf(level);
    const size = level * level;
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1) {
        if (times) {
          const time = times[row * columns + column] ?? 0;
          if (time < low || time >= high) continue;
        }
        const sprite = lightAt(x + column, row - rows) * size;
        const at = row * level * width + column * level;
        if (lit > before) for (let i = 0; i < size; i += 1) pixels[at + Math.floor(i / level) * width + (i % level)] = sprites[sprite + i] ?? 0;
        else for (let i = 0; i < size; i += 1) pixels[at + Math.floor(i / level) * width + (i % level)] = 0;
      }
  }
  canvas.getContext('2d', { willReadFrequently: true })?.putImageData(image, 0, 0);
}

/** A pixel that several lights share, four or more: as bright as as many lights of a place are on the whole. None can be told from another. */
function mixedLight(x: number, y: number, lights: number): number {
  let sum = 0;
  for (let i = 0; i < lights; i += 4) {
    // Each eight bits are four lights' brightnesses.
    const bits = lightAt(x, y + i * PERIOD * 7, PERIOD * PERIOD);
    for (let shift = 0; shift < 8; shift += 2) sum += BRIGHTNESS[(bits >>> shift) & 3] ?? 0;
  }
  return 0xffffff + (Math.round((sum / lights) * COVER * 255) << 24);
}

const sprites = new Map<number, Uint32Array>();
/** Every light in a cell of `level` pixels, one after another: white, as opaque as the light is bright there. */
function spritesOf(level: number): Uint32Array {
  const known = sprites.get(level);
  if (known) return known;
  const made = new Uint32Array(LIGHTS * level * level);
  /** Points along each axis of a pixel where it is looked whether the light covers it. */
  const fine = level < 4 ? 8 : 2;
  // In the middle of two pixels a light would be a grey square of both: a little beside it, most are brightest in one.
  const aside = level === 2 ? 0.085 : 0;
  for (let light = 0; light < LIGHTS; light += 1) {
    const [kind, { x, y }] = [kindOf(light), shiftsOf(light)];
    const radius = radiusOf(kind, level) * level;
    for (let pixel = 0; pixel < level * level; pixel += 1) {
      const [left, top] = [(pixel % level) - (x - aside) * level, Math.floor(pixel / level) - (y - aside) * level];
      let covered = 0;
      for (let point = 0; point < fine * fine; point += 1) {
        const [across, down] = [left + ((point % fine) + 0.5) / fine, top + (Math.floor(point / fine) + 0.5) / fine];
        // Half a step within the edge of the light covers a point in half.
        covered += Math.min(1, Math.max(0, (radius - Math.sqrt(across * across + down * down)) * fine + 0.5));
      }
      const share = level === 1 ? COVER : covered / fine ** 2;
      made[light * level * level + pixel] = 0xffffff + (Math.round(share * (BRIGHTNESS[kind] ?? 0) * 255) << 24);
    }
  }
  sprites.set(level, made);
  return made;
}
