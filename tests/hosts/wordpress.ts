/** WordPress from Debian's packages, in a folder of the suite: installed anew, with a database of its own, and taken down again. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensure, freePort } from '../e2e/nginx.ts';
import { answers, CACHE, ROOT, run, start, type Running } from './scratch.ts';

/**
 * Debian's packages, and the file that shows each is there. php-cgi is what `php` takes instead of Apache's module, and nginx
 * is a web server, so that WordPress brings no other along; the extensions are those that it asks for.
 */
export const PACKAGES = {
  nginx: '/usr/sbin/nginx',
  'libnginx-mod-http-brotli-static': '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so',
  'mariadb-server': '/usr/sbin/mariadbd',
  'php-cli': '/usr/bin/php',
  'php-cgi': '/usr/bin/php-cgi',
  php: '/usr/share/doc/php',
  'php-mysql': '/usr/share/doc/php-mysql',
  'php-xml': '/usr/share/doc/php-xml',
  wordpress: '/usr/share/wordpress/wp-load.php',
  'wordpress-theme-twentytwentythree': '/usr/share/wordpress/wp-content/themes/twentytwentythree/style.css',
  'wordpress-theme-twentytwentyone': '/usr/share/wordpress/wp-content/themes/twentytwentyone/style.css',
} as const;

/** A theme of blocks, which gives each child of a post its column; and one from before them, with a column for the post. */
export const THEMES = ['twentytwentythree', 'twentytwentyone'] as const;
export const USERS = ['administrator', 'author'] as const;
export type User = (typeof USERS)[number];

/** Where WordPress is, and who may write there. */
export interface WordPress {
  readonly address: string;
  readonly users: Readonly<Record<User, { readonly password: string; readonly unfiltered: boolean }>>;
}

/** Sets WordPress up. `story` is the address that it may ask for oEmbed answers. */
export async function startWordPress(story: string): Promise<WordPress & { readonly stop: () => Promise<void> }> {
  const missing = ensure(PACKAGES);
  if (missing !== undefined) throw new Error(`${missing}. On Debian, as root: apt-get install ${Object.keys(PACKAGES).join(' ')}`);
  const [folder, data] = [join(CACHE, 'wordpress'), join(CACHE, 'mariadb')];
  for (const one of [folder, data]) rmSync(one, { recursive: true, force: true });
  // A socket's path must be short.
  const socket = join(mkdtempSync(join(tmpdir(), 'hosts-')), 'socket');
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const environment = { HOSTS_SOCKET: socket, HOSTS_ADDRESS: address, HOSTS_STORY_PORT: new URL(story).port, PHP_CLI_SERVER_WORKERS: '4' };
  const database = startDatabase(data, socket);
  let server: Running | undefined;
  const stop = async () => {
    await server?.stop();
    await database.stop();
    rmSync(join(socket, '..'), { recursive: true });
  };
  try {
    run('mariadb-admin', ['--no-defaults', `--socket=${socket}`, '--user=root', '--wait=60', 'ping']);
    run('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '--execute=CREATE DATABASE wordpress']);
    layOut(folder);
    const users = JSON.parse(run('php', [join(ROOT, 'tests/hosts/wordpress/install.php'), folder], environment)) as WordPress['users'];
    server = start('php', ['-S', `127.0.0.1:${port}`, '-t', folder], environment);
    await answers(`${address}/`, server);
    return { address, users, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startDatabase(data: string, socket: string): Running {
  mkdirSync(data, { recursive: true });
  const own = ['--no-defaults', `--datadir=${data}`, ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
  run('mariadb-install-db', [...own, '--auth-root-authentication-method=normal', '--skip-test-db']);
  return start('/usr/sbin/mariadbd', [
    ...own,
    `--socket=${socket}`,
    `--pid-file=${data}/pid`,
    '--skip-networking',
    '--innodb-buffer-pool-size=32M',
    '--innodb-flush-log-at-trx-commit=0',
  ]);
}

/** Debian's files without its settings, which stand in /etc and are not ours to write. */
function layOut(folder: string): void {
  run('cp', ['-rL', '/usr/share/wordpress', folder]);
  const plugins = join(folder, 'wp-content/mu-plugins');
  mkdirSync(plugins, { recursive: true });
  cpSync(join(ROOT, 'tests/hosts/wordpress/wp-config.php'), join(folder, 'wp-config.php'));
  cpSync(join(ROOT, 'tests/hosts/wordpress/hosts.php'), join(plugins, 'hosts.php'));
  if (existsSync(join(folder, '.htaccess'))) rmSync(join(folder, '.htaccess'));
}

/** Publishes a post as a user does, by the path that the editor saves by, and gives its address. */
export async function publish({ address, users }: WordPress, user: User, content: string): Promise<string> {
  const answer = await fetch(`${address}/?rest_route=/wp/v2/posts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Basic ${Buffer.from(`${user}:${users[user].password}`).toString('base64')}` },
    body: JSON.stringify({ title: 'An article', content, status: 'publish' }),
  });
  const post = (await answer.json()) as { readonly link?: string };
  if (!answer.ok || post.link === undefined) throw new Error(`${answer.status}: ${JSON.stringify(post)}`);
  return post.link;
}
