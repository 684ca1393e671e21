/**
 * A PNG with a palette (PNG 3rd edition, colour type 3): a field of single lights takes a third of what it takes with whole colours, and some
 * messengers show no picture of more than 600 kB. The libraries that write one from JavaScript either have no types and no release for
 * years, or work asynchronously, which would make the whole site wait; the format itself is four chunks.
 */
import { crc32, deflateSync } from 'node:zlib';

/** Six tones on the dark, each in a few shades; no more than a byte can name. */
const MOST = 64;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The picture in its most frequent colours; any other becomes the one of them that is nearest. `pixels` holds red, green, blue and alpha of
 * each, row by row; all must be opaque. Throws where one is not.
 */
export function indexedPng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const counts = new Map<number, number>();
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] !== 0xff) throw new Error('a picture with a palette has no clear pixels');
    const colour = colourAt(pixels, i);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([one, often], [other, oftener]) => oftener - often || one - other).map(([colour]) => colour);
  const palette = ranked.slice(0, MOST);
  const indices = new Map(ranked.map((colour, i) => [colour, i < MOST ? i : nearest(colour, palette)]));
  // Each row begins with its filter: none, for neighbours in a palette have nothing in common.
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + x + 1] = indices.get(colourAt(pixels, (y * width + x) * 4)) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function colourAt(pixels: Uint8Array, i: number): number {
  return ((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0);
}

function channels(colour: number): readonly [red: number, green: number, blue: number] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

function nearest(colour: number, palette: readonly number[]): number {
  const [red, green, blue] = channels(colour);
  let [best, least] = [0, Infinity];
  palette.forEach((one, i) => {
    const [r, g, b] = channels(one);
    const apart = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (apart < least) [best, least] = [i, apart];
  });
  return best;
}

/** A chunk: its length, its name, what is in it, and the sum that proves the two. */
function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
