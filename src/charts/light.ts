/**
 * What one light of a field looks like: how bright it is, how far it stands from the middle of its cell, and how large it is.
 * All of it follows from the cell alone, so the same light is the same on every machine, at every zoom, on canvas and in SVG.
 */
/** The lattice repeats itself after this many cells: more than are told apart on any stage (storyboard: no visible repeat). */
export const PERIOD = 1024;
/** The four brightnesses of lights, as opacities, and the half-width of each kind in pitches; what is brighter is larger. */
export const BRIGHTNESS = [0.36, 0.62, 0.88, 1] as const;
const RADIUS = [0.22, 0.26, 0.29, 0.31] as const;
/** How far each kind may stand from the middle of its cell: none leaves it, so two never touch; the storyboard's most is 0.28. */
const SHIFT = [0.28, 0.24, 0.21, 0.19] as const;
/** How much of their cells lights cover that stand a pixel apart or closer, so that they are as bright together as larger ones. */
export const COVER = 0.62;
/** How bright a field is on the whole where its lights cannot be told apart. */
export const MEAN = (COVER * BRIGHTNESS.reduce((sum, one) => sum + one, 0)) / BRIGHTNESS.length;
/** How far a halo reaches, in radii of its light. */
export const HALO = 4;
/** Places that a light can take along each axis of its cell: a power of two. */
const PLACES = 8;
/** Below this pitch, in device pixels, lights take more of their cells; from `NEAR` on they are drawn one by one, each with a halo. */
const SMALL = 6;
export const NEAR = 24;

/** Chosen so that the first light of a field, which stands alone at first, is one of the brightest and in the middle of its cell. */
const FIRST = 29;

/** 32 bits for a cell: even, without order to the eye, and the same on every machine. */
function hash(x: number, y: number): number {
  let bits = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/** A number from 0 to 1 for a place. */
export function noise(x: number, y: number): number {
  return hash(x, y) / 2 ** 32;
}

/** How many lights there are that differ: each kind at each place in its cell. */
export const LIGHTS = 4 * PLACES * PLACES;

/** Which of the lights stands in a cell of a lattice that repeats itself after `period` cells, a power of two. */
export function lightAt(x: number, y: number, period = PERIOD): number {
  return hash((x & (period - 1)) + FIRST, y & (period - 1)) & (LIGHTS - 1);
}

/** Which of the brightnesses a light has. */
export const kindOf = (light: number) => light & 3;

/** Where a light stands in its cell, in pitches from the cell's corner. */
export function shiftsOf(light: number): { readonly x: number; readonly y: number } {
  const along = (place: number) => 0.5 + ((2 * place) / (PLACES - 1) - 1) * (SHIFT[kindOf(light)] ?? 0);
  return { x: along((light >>> 2) & (PLACES - 1)), y: along((light >>> 5) & (PLACES - 1)) };
}

/** When the light of a cell goes out while a field thins out: 0 to 1, the first last. */
export function orderAt(x: number, y: number, period = PERIOD): number {
  return noise((x & (period - 1)) + 7919, y & (period - 1));
}

/**
 * The half-width of a kind of light in pitches, where lights stand `pitch` device pixels apart: far away lights take more of their
 * cells and stay bright as they shrink; near they are small in a halo.
 */
export function radiusOf(kind: number, pitch: number): number {
  const share = (from: number, to: number) => Math.min(1, Math.max(0, (pitch - from) / (to - from)));
  return (RADIUS[kind] ?? 0) * (1.5 - 0.5 * share(2, SMALL) - 0.35 * share(NEAR, 3 * NEAR));
}

/** The light of a cell: its kind, and its place on the field in pitches. */
export function placeOf(x: number, y: number, period = PERIOD): { readonly kind: number; readonly x: number; readonly y: number } {
  const light = lightAt(x, y, period);
  const shifts = shiftsOf(light);
  return { kind: kindOf(light), x: x + shifts.x, y: y + shifts.y };
}
