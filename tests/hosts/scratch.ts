/** Where the suite keeps what it downloads and makes, and the programs that it runs. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CACHE = join(ROOT, '.cache/hosts');

type Environment = Readonly<Record<string, string>>;

/** Runs a program to its end, and gives what it said. Throws what it complained of. */
export function run(program: string, words: readonly string[], environment: Environment = {}, folder = ROOT): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8', env: { ...process.env, ...environment }, cwd: folder });
  if (error ?? status !== 0) throw new Error(`${program} ${words.join(' ')}: ${error?.message ?? ''}${stderr}${stdout}`);
  return stdout;
}

/** A program that runs on. */
export interface Running {
  /** All that it has said so far. */
  readonly said: () => string;
  readonly ended: () => boolean;
  readonly stop: () => Promise<void>;
}

/** Starts a program, and its children with it, to be stopped together. */
export function start(program: string, words: readonly string[], environment: Environment = {}, folder = ROOT): Running {
  const child: ChildProcess = spawn(program, words, {
    env: { ...process.env, ...environment },
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
  let over = false;
  const closed = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      resolve();
    };
    child.once('close', end);
    child.once('error', (error) => {
      said += error.message;
      end();
    });
  });
  return {
    said: () => said,
    ended: () => over,
    stop: async () => {
      if (!over && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await closed;
    },
  };
}

/** Waits until an address answers. Throws what the program said when it ended before, or when the time is over. */
export async function answers(address: string, program: Running, seconds = 180): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (program.ended()) throw new Error(`it ended: ${program.said()}`);
    const answer = await fetch(address, { redirect: 'manual' }).catch(() => undefined);
    if (answer && answer.status < 500) return;
    // It needs the processor itself to start.
    await setTimeout(200);
  }
  throw new Error(`${address} does not answer: ${program.said()}`);
}
