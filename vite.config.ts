/** The only build config: the site plugin, Svelte, and the unit tests. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { sitePlugin } from './src/site/plugin.ts';

export default defineConfig({
  plugins: [svelte(), sitePlugin()],
  build: { outDir: 'build', target: 'es2022', reportCompressedSize: false },
  preview: { port: 4173 },
  server: { port: 5173 },
  test: {
    include: ['tests/unit/**/*.test.ts'],
    environment: 'node',
    expect: { requireAssertions: true },
  },
});
