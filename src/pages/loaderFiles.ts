/** What a publisher takes: the loader's two addresses. */
import { createHash } from 'node:crypto';

/** The loader at its address that always has the newest, and at one that never changes: its name holds its hash. */
export function loaderFiles(loader: string): Map<string, string> {
  return new Map([
    ['embed/v1.js', loader],
    [loaderAddress(loader), loader],
  ]);
}

/** The address of exactly these bytes, from the root of the site. */
export function loaderAddress(loader: string): string {
  return `embed/v1-${createHash('sha256').update(loader).digest('hex').slice(0, 12)}.js`;
}

/** What the integrity attribute of the script says. */
export function integrityOf(loader: string): string {
  return `sha384-${createHash('sha384').update(loader).digest('base64')}`;
}
