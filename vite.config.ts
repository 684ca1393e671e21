/** The only build config: the site plugin, Svelte, and the unit tests. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { sitePlugin } from '#build/plugin.ts';

/**
 * Browsers that sleep but read: styles are lowered for them. A script must only be readable there, so that it can find out that it
 * may not run: its syntax is the one that they and all newer ones know, without the rewriting of classes that their names would ask for.
 */
export const READERS = ['chrome92', 'firefox90', 'safari15'];

export default defineConfig({
  plugins: [svelte({ configFile: false, compilerOptions: { discloseVersion: false } }), sitePlugin()],
  build: {
    outDir: 'build',
    target: 'es2022',
    cssTarget: READERS,
    reportCompressedSize: false,
    // Constants stand where they are used, also those of other modules, and to read a property is taken to do nothing else: a hundred bytes.
    rolldownOptions: {
      checks: { pluginTimings: false },
      treeshake: { propertyReadSideEffects: false },
      optimization: { inlineConst: { mode: 'all', pass: 3 } },
    },
  },
  preview: { port: 4173 },
  server: { port: 5173 },
  test: {
    include: ['tests/unit/**/*.test.ts'],
    environment: 'node',
    // Pages hold their styles, and pictures take their colours from them.
    css: true,
    // A build of the site with all its pictures takes seconds.
    testTimeout: 60_000,
    // The gate runs on two cores.
    maxWorkers: 2,
    expect: { requireAssertions: true },
  },
});
