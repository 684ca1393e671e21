/** The content security policy that each page carries: nothing at all, and then what this page needs, by hash. */
import { createHash } from 'node:crypto';

/** A hash as policies and the integrity attribute write it. */
export function hashOf(source: string | Uint8Array): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}

/**
 * The policy of a page with these inline styles and scripts; `frames` allows frames of this site, and of no other.
 * Svelte's own policy name for its templates is the only one allowed.
 */
export function cspOf(styles: readonly string[], scripts: readonly string[], frames = false): string {
  const sources = (hashes: readonly string[]) => (hashes.length ? hashes.map((hash) => `'${hash}'`).join(' ') : "'none'");
  return [
    "default-src 'none'",
    `style-src ${sources(styles)}`,
    `script-src ${sources(scripts)}`,
    "font-src 'self'",
    "img-src 'self'",
    ...(frames ? ["frame-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html',
  ].join('; ');
}
