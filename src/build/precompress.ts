/** Files as hosts send them: compressed once, at build, as small as they get. Build-time only. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Files whose bytes still hold air; pictures and fonts are compressed already. */
const AIRY = /\.(html|js|css|json|csv|txt|xml|svg|md)$/;
/** Below this many bytes the header of an answer weighs more than what is saved. */
const LEAST = 256;

/** What stands beside a file of the site, by what is added to its name; nothing where it would save nothing. */
export function precompress(path: string, bytes: string | Uint8Array): [suffix: '.br' | '.gz', bytes: Uint8Array][] {
  const source = Buffer.from(bytes);
  if (!AIRY.test(path) || source.length < LEAST) return [];
  return [
    ['.br', brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: source.length } })],
    ['.gz', gzipSync(source, { level: 9 })],
  ];
}
