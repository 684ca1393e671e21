/** The story at an address of its own on loopback, built for it and sent with the settings that are shipped. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startNginx, type Host } from '../e2e/nginx.ts';
import { CACHE, ROOT } from './scratch.ts';

/** Builds the site with the address that nginx has, since oEmbed and the publishers' code need whole addresses. */
export async function startSite(): Promise<Host> {
  const folder = join(CACHE, 'site');
  mkdirSync(folder, { recursive: true });
  const host = await startNginx(folder);
  const build = spawnSync(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: ROOT,
    env: { ...process.env, SITE_ORIGIN: `${host.origin}/` },
    encoding: 'utf8',
  });
  if (build.status !== 0) {
    await host.stop();
    throw new Error(`the site could not be built: ${build.stderr}`);
  }
  return host;
}
