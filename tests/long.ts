/** `npm run test:long`: seeded readers with so many operations that all of them together pass 2,000. Not in the gate: it takes half an hour. */
import { spawnSync } from 'node:child_process';

/** In each of three sizes of the story and three kinds of frame. */
const OPERATIONS = 350;

const { status } = spawnSync('playwright', ['test', '--config', 'tests/e2e/playwright.config.ts', 'scrollFuzz.test.ts', 'scrollFuzzEmbeds.test.ts'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, ORACLE_OPERATIONS: String(OPERATIONS) },
});
process.exitCode = status ?? 1;
