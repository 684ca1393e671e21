/** What a host that reads a `_headers` file is to send with each address: the same as deploy/nginx.conf says, for the site at a root. */
import { PAGES } from '#edition/address.ts';

type Headers = readonly string[];

const EVERY: Headers = [
  'X-Content-Type-Options: nosniff',
  'Referrer-Policy: no-referrer',
  'Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy: same-origin',
];
const OPEN: Headers = ['Cross-Origin-Resource-Policy: cross-origin', 'Access-Control-Allow-Origin: *'];
const ASKED_AGAIN = 'Cache-Control: no-cache';
const A_WEEK = 'Cache-Control: public, max-age=604800';
const FOR_EVER = 'Cache-Control: public, max-age=31536000, immutable';
const OWN: Headers = ["Content-Security-Policy: frame-ancestors 'self'", 'Cross-Origin-Resource-Policy: same-origin', ASKED_AGAIN];
/** A page that is isolated from other origins (Cross-Origin-Embedder-Policy) takes only frames that say the same of what they load: ours load nothing. */
const EMBED: Headers = ['Content-Security-Policy: frame-ancestors *', 'Cross-Origin-Embedder-Policy: require-corp', ...OPEN];
/** A drawing that is opened on its own runs nothing. */
const DRAWING: Headers = ["Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors *"];

/** Folders whose files all come with the same headers, by the end of their path. */
const FOLDERS: readonly (readonly [RegExp, Headers])[] = [
  [/^(.*\/)?assets\//, [FOR_EVER, ...OPEN]],
  [/^(.*\/)?fonts\//, [A_WEEK, ...OPEN]],
  [/^(.*\/)?(charts|data)\//, [ASKED_AGAIN, ...OPEN]],
  [/^(.*\/)?embed\/[^/]+\//, [ASKED_AGAIN, ...EMBED]],
  [new RegExp(`^(.*/)?(${Object.values(PAGES).filter(Boolean).join('|')})`), OWN],
];

/**
 * The text of `_headers` for a site of these files (paths from its root). Hosts join the rules that match,
 * so no header stands twice for one address.
 */
export function headersFile(paths: Iterable<string>): string {
  const rules = new Map<string, Headers>([['/*', EVERY]]);
  for (const path of paths) {
    const [folder, headers] = folderOf(path);
    if (folder !== undefined) rules.set(`/${folder}*`, headers);
    else for (const address of addressesOf(path)) rules.set(address, aloneOf(path));
    if (path.endsWith('.svg')) rules.set(`/${path}`, DRAWING);
  }
  return [...rules].map(([address, headers]) => [address, ...headers.map((header) => `  ${header}`), ''].join('\n')).join('\n');
}

function folderOf(path: string): readonly [folder: string | undefined, headers: Headers] {
  for (const [pattern, headers] of FOLDERS) {
    const [folder] = pattern.exec(path) ?? [];
    if (folder !== undefined) return [folder, headers];
  }
  return [undefined, []];
}

/** What a file comes with that stands in no such folder: the publishers' loader, or the story and what is beside it. */
function aloneOf(path: string): Headers {
  // Browsers ask for the tab's icon anew whenever the address changes, as it does at each step.
  if (path === 'icon.png') return [...OWN.filter((header) => header !== ASKED_AGAIN), A_WEEK];
  if (!path.startsWith('embed/')) return OWN;
  return [/-[0-9a-f]{12}\.js$/.test(path) ? FOR_EVER : ASKED_AGAIN, ...EMBED];
}

/** The addresses of a file: a page also has its folder's. */
function addressesOf(path: string): string[] {
  return path.endsWith('index.html') ? [`/${path.slice(0, -'index.html'.length)}`, `/${path}`] : [`/${path}`];
}
