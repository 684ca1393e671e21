/** nginx from Debian's packages, for the tests of delivery and the benchmark: found, or installed where the tester may; started on loopback, and ended. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './story.ts';

const MODULE = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
/** Debian's packages, and the file that shows each is there. */
const NGINX = { nginx: '/usr/sbin/nginx', 'libnginx-mod-http-brotli-static': MODULE };
export const WRK = { wrk: '/usr/bin/wrk' };

/** Why packages cannot be had; undefined when all are there, now if not before. */
export function ensure(packages: Readonly<Record<string, string>> = NGINX): string | undefined {
  const missing = () => Object.entries(packages).flatMap(([name, file]) => (existsSync(file) ? [] : [name]));
  if (!missing().length) return undefined;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return `not tested: only root on Debian may install ${missing().join(', ')}`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', ...missing()]]) spawnSync('apt-get', words, { env });
  return missing().length ? `not tested: apt-get cannot install ${missing().join(', ')}` : undefined;
}

export interface Host {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Serves a folder with the configuration as it is shipped: only the port and the root are put in, and the words that `change` changes. */
export async function startNginx(folder: string, change: (shipped: string) => string = (shipped) => shipped): Promise<Host> {
  const scratch = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const shipped = readFileSync(join(ROOT, 'deploy/nginx.conf'), 'utf8');
  const server = change(shipped)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace(/root \S+;/, `root ${folder};`);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${scratch}/${name};`).join(' ');
  mkdirSync(join(scratch, 'logs'));
  writeFileSync(
    join(scratch, 'nginx.conf'),
    `load_module ${MODULE};\n${process.getuid?.() === 0 ? 'user root;\n' : ''}worker_processes 1;\npid ${scratch}/pid;\nerror_log stderr;\nevents { worker_connections 1024; }\nhttp {\ninclude /etc/nginx/mime.types;\naccess_log off;\nsendfile on;\ntcp_nopush on;\nkeepalive_requests 1000000;\nopen_file_cache max=1000;\n${paths}\n${server}\n}\n`,
  );
  const child = spawn('/usr/sbin/nginx', ['-p', scratch, '-c', join(scratch, 'nginx.conf'), '-g', 'daemon off;'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  // It answers as soon as it listens; a configuration with a fault ends it.
  for (let up = false; !up;) {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
    up = await fetch(origin).then(
      () => true,
      () => new Promise<false>((resolve) => setImmediate(() => resolve(false))),
    );
  }
  return {
    origin,
    stop: async () => {
      // At once: a graceful end waits a minute for the connections that browsers keep open.
      child.kill('SIGTERM');
      await ended;
      rmSync(scratch, { recursive: true });
    },
  };
}
