/** The browser tests: the built site in the system's Chromium, served as `npm start` serves it. */
import { defineConfig } from '@playwright/test';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../chromium.ts';
import { PROMISED_TITLES } from './promises.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Known to the workers only, which start when the server has told it. */
const address = process.env['STORY_ADDRESS'];

/** What takes minutes each, and guards what seldom moves: `npm run test:slow`. */
const SLOW = /(embed(Hosts|Resizers)|faults-(memory|mounts|network|pictures)|scrollFuzzEmbeds|reproducible)\.test\.ts$/;

export default defineConfig({
  testDir: '.',
  projects: [
    // `npm test`: each promise once. `npm run test:full`: all the rest.
    { name: 'promises', grep: PROMISED_TITLES, testIgnore: SLOW },
    { name: 'rest', grepInvert: PROMISED_TITLES, testIgnore: SLOW },
    { name: 'slow', testMatch: SLOW },
  ],
  outputDir: `${root}.cache/e2e`,
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 240_000,
  // Two browsers on two cores: what comes about may take longer than the usual five seconds.
  expect: { timeout: 20_000 },
  reporter: 'list',
  // A port that is taken gives the next one; the address that is printed comes here as STORY_ADDRESS.
  webServer: {
    command: 'vite preview',
    cwd: root,
    env: { NO_COLOR: '1', NODE_NO_WARNINGS: '1', PATH: `${root}node_modules/.bin${delimiter}${process.env['PATH'] ?? ''}` },
    wait: { stdout: /Local:\s+(?<story_address>http:\/\/\S+)/ },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 2_000 },
  },
  use: {
    ...(address === undefined ? {} : { baseURL: address }),
    launchOptions: {
      executablePath: findChromium(),
      args: [
        // Chromium refuses its sandbox to root, and only to root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
      ],
    },
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: 'light',
  },
});
