/** How many readers one nginx worker answers: wrk on loopback. It shows the server’s side only, on a machine that also runs the asker. */
import { spawnSync } from 'node:child_process';
import { ensure, startNginx, WRK } from '../e2e/nginx.ts';

const CONNECTIONS = 64;
const SECONDS = 8;

export interface Load {
  readonly requests: number;
  readonly megabytes: number;
  readonly slowest99: string;
  readonly errors: number;
}

/** Requests a second for the story: its brotli bytes, and the answer to a reader who has it already. A line that says why not, where nginx or wrk is missing. */
export async function load(folder: string): Promise<Record<string, Load> | string> {
  const missing = ensure() ?? ensure(WRK);
  if (missing !== undefined) return missing;
  const host = await startNginx(folder);
  try {
    const tag = (await fetch(host.origin, { headers: { 'accept-encoding': 'br' } })).headers.get('etag') ?? '';
    const ask = (...headers: string[]) =>
      loadOf(
        spawnSync('/usr/bin/wrk', ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency', ...headers.flatMap((one) => ['-H', one]), `${host.origin}/`], {
          encoding: 'utf8',
        }).stdout,
      );
    return { whole: ask('Accept-Encoding: br'), unchanged: ask('Accept-Encoding: br', `If-None-Match: ${tag}`) };
  } finally {
    await host.stop();
  }
}

/** What wrk printed, as figures. Throws when it printed something else. */
function loadOf(said: string): Load {
  const requests = Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1]);
  const [, rate = '', unit = ''] = /Transfer\/sec:\s+([\d.]+)(\w+)/.exec(said) ?? [];
  const power = ['B', 'KB', 'MB', 'GB'].indexOf(unit);
  if (!requests || power < 0) throw new Error(`wrk said: ${said}`);
  const bad = [/Non-2xx or 3xx responses: (\d+)/, ...['connect', 'read', 'write', 'timeout'].map((kind) => new RegExp(`Socket errors:.*${kind} (\\d+)`))];
  return {
    requests: Math.round(requests),
    megabytes: Math.round(Number(rate) * 1000 ** (power - 2)),
    slowest99: /99%\s+(\S+)/.exec(said)?.[1] ?? '',
    errors: bad.reduce((sum, pattern) => sum + Number(pattern.exec(said)?.[1] ?? 0), 0),
  };
}
