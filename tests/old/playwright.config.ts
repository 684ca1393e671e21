/** Old browsers: the built site in real Chromiums below, at and above the line that package.json’s browserslist draws. */
import { defineConfig } from '@playwright/test';
import gate from '../e2e/playwright.config.ts';
import { OLD_CHROMIUMS, pathOf } from './browsers.ts';

export default defineConfig({
  ...gate,
  testDir: '.',
  globalSetup: './browsers.ts',
  projects: OLD_CHROMIUMS.map(({ version, wakes }) => ({
    name: `chromium-${version}`,
    metadata: { wakes },
    use: { ...gate.use, launchOptions: { ...gate.use?.launchOptions, executablePath: pathOf(version) } },
  })),
});
