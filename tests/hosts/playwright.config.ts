/** `npm run test:hosts`: the published code in real hosts, set up for it. Not in the gate: it takes minutes, and packages. */
import { defineConfig } from '@playwright/test';
import { findChromium } from '../chromium.ts';
import { CACHE } from './scratch.ts';

export default defineConfig({
  testDir: '.',
  globalSetup: './setup.ts',
  outputDir: `${CACHE}/results`,
  // One database and one PHP: pages are asked for one after the other.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    launchOptions: {
      executablePath: findChromium(),
      // Chromium refuses its sandbox to root, and only to root.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    },
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: 'light',
  },
});
