/** Starting: a port that is taken gives the next free one, not a stack trace. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT, TITLE } from './story.ts';

interface Started {
  readonly process: ChildProcess;
  readonly said: () => string;
  /** The address it printed; undefined when it ended without. */
  readonly address: string | undefined;
}

/** Serves the build as `npm start` does. */
const serve = (...more: readonly string[]) => start('preview', ...more);

/** Starts one of vite's servers, and waits until it has said where. */
async function start(command: 'preview' | 'dev', ...more: readonly string[]): Promise<Started> {
  // The address is looked for in plain text.
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
  delete env['FORCE_COLOR'];
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), command, ...more], {
    cwd: ROOT,
    env,
  });
  let said = '';
  const address = await new Promise<string | undefined>((resolve) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /Local:\s+(http:\/\/\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => resolve(undefined));
  });
  return { process: child, said: () => said, address };
}

async function end({ process: child }: Started): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill();
  await closed;
}

test('two people can start the story on one machine', async () => {
  const first = await serve();
  // The second asks for the very port that the first has: another test may start and stop beside this one.
  const second = await serve('--port', new URL(first.address ?? '').port);
  try {
    expect(second.address, second.said()).toBeDefined();
    expect(second.address).not.toBe(first.address);
    expect(second.said()).not.toMatch(/\n\s+at |EADDRINUSE/);
    const [one, other] = [Number(new URL(first.address ?? '').port), Number(new URL(second.address ?? '').port)];
    expect(other, 'the next free port').toBeGreaterThan(one);
    for (const { address } of [first, second]) {
      const answer = await fetch(address ?? '');
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain(`<title>${TITLE}</title>`);
    }
  } finally {
    await Promise.all([end(first), end(second)]);
  }
});

test('the check of starting would notice a port that is insisted on', async () => {
  const first = await serve();
  try {
    const second = await serve('--port', new URL(first.address ?? '').port, '--strictPort');
    expect(second.address).toBeUndefined();
    expect(second.said()).toMatch(/is already in use/);
  } finally {
    await end(first);
  }
});

test('who works on the story has each of its pages, and its cards, without a build', async () => {
  const server = await start('dev');
  try {
    expect(server.address, server.said()).toBeDefined();
    for (const [path, has] of [
      ['', `<title>${TITLE}</title>`],
      ['index.html', `<title>${TITLE}</title>`],
      ['cards.html', '<template id="card-maskpark-users">'],
      ['evidence/', 'id="maskpark-users"'],
    ] as const) {
      const answer = await fetch(new URL(path, server.address));
      expect(answer.status, path).toBe(200);
      expect(await answer.text(), path).toContain(has);
    }
    expect((await fetch(new URL('no-such-page.html', server.address))).status).toBe(404);
  } finally {
    await end(server);
  }
});
