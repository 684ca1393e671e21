// The rules of the house that a machine can check: strict types, one way of imports, none of the banned habits.
import css from '@eslint/css';
import js from '@eslint/js';
import esx from 'eslint-plugin-es-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import newerFeatures, { KNOWN_SINCE } from './lint/newerFeatures.js';

/** Imports point one way only: data -> evidence -> layout -> chart -> story -> site (design.md). */
const oneWay = (files, forbidden) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: forbidden.map(([group, message, types = false]) => ({ group, message, allowTypeImports: types })) },
    ],
  },
});

const NOT_PAGES = [
  ['#pages/*', '#build/*', '#edition/*', '#components/*', '**/pages/*', '**/build/*', '**/edition/*', '**/components/*'],
  'Imports point downwards: evidence, charts, embed, content, edition, components, pages, build.',
];
const NOT_CONTENT = [['#content/*', '**/content/*'], 'Words reach a chart through its view, never by import.'];
const NOT_SCHEMA = [
  ['**/evidence/schema.ts', '**/evidence/load.ts', '**/evidence/validation.ts', '**/content/schema.ts', 'zod', 'jsonc-parser'],
  'A schema must never reach a reader.',
  true,
];

/** What a browser runs: its own scripts, and what they import. */
const IN_BROWSERS = ['src/browser/**/*.ts', 'src/{charts,embed}/**/*.{ts,svelte}', 'src/components/Stage.svelte'];
/** Patterns that an older browser cannot read: the whole script would fail, and no build rewrites them. */
const NEWER_PATTERNS = Object.keys(esx.rules).filter((name) => /^no-regexp-(lookbehind|d-flag|v-flag|modifiers|duplicate)/.test(name));

/** What styles say that is newer than KNOWN_SINCE, and why each may: an older browser leaves it out. */
const NEWER_STYLES = {
  allowProperties: [
    // Stands after a declaration that all know, or changes nothing but looks.
    'outline', // 'none' on a heading that a script gives the focus
    'text-size-adjust', // after -webkit-text-size-adjust; elsewhere text has the size that is set
    'text-wrap', // lines of a heading break where they break
    'scrollbar-width', // a scroll bar in the list of parts
    'overflow-anchor', // where it is not known nothing is anchored
    'contain', // costs time, not place
    'content-visibility', // costs time, not place
    'overscroll-behavior', // a scroll goes on to the page
    'overscroll-behavior-x', // a swipe may also be the browser's own
    'hyphens', // words break without a hyphen: overflow-wrap stands beside it
    'forced-color-adjust', // Windows' own browsers know it
    'color-scheme', // the browser's own controls stay light
    'mask-image', // the build adds -webkit-mask-image
    'orphans', // on paper
    'widows', // on paper
  ],
  allowPropertyValues: {
    overflow: ['clip'], // after hidden
    'overflow-wrap': ['anywhere'], // on pages of code and in tables, where the column has a width of its own
    'break-after': ['avoid'], // on paper
  },
  allowAtRules: ['page'], // on paper
  allowFunctions: ['color-mix'], // the line under a source is as dark as its words
  allowMediaConditions: [
    'scripting', // without it, room is kept for what a script would show
    'prefers-contrast', // no reader asks such a browser for it
    'forced-colors', // the same
  ],
  allowSelectors: [
    'popover-open', // in @supports
    'focus-visible', // the browser's own outline stands
    'has', // a whole rule is left out: looks only. What is laid out goes by classes.
    'details-content', // on paper without script, an open table must be opened
  ],
  allowUnits: ['svh', 'dvh', 'lh'], // after the same in vh or em; custom properties in @supports
};

export default ts.config(
  { ignores: ['build/', 'single-file/', 'bundle/', '.cache/', 'node_modules/', 'test-results/'] },
  ...[js.configs.recommended, ...ts.configs.strict, ...svelte.configs.recommended].map((one) => ({ files: ['**/*.{js,cjs,mjs,ts,svelte}'], ...one })),
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  { files: ['src/**/*.css'], language: 'css/css', plugins: { css }, rules: { 'css/use-baseline': ['error', { available: KNOWN_SINCE, ...NEWER_STYLES }] } },
  {
    files: IN_BROWSERS,
    plugins: { 'newer-features': newerFeatures, 'es-x': esx },
    rules: { 'newer-features/listed': 'error', ...Object.fromEntries(NEWER_PATTERNS.map((name) => [`es-x/${name}`, 'error'])) },
  },
  {
    files: ['**/*.{js,cjs,mjs,ts,svelte}'],
    rules: {
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword', message: 'A cast through unknown hides a fault: parse it.' },
      ],
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': 'error',
      'svelte/require-each-key': 'error',
    },
  },
  oneWay(['src/evidence/**/*.{ts,svelte}'], [NOT_PAGES, NOT_CONTENT, [['svelte', 'svelte/*', '#charts/*'], 'Evidence knows no pictures.']]),
  oneWay(['src/{charts,embed}/**/*.{ts,svelte}'], [NOT_PAGES, NOT_CONTENT, NOT_SCHEMA]),
  oneWay(['src/components/**/*.{ts,svelte}'], [[['#pages/*', '#build/*'], 'A component knows no page.'], NOT_SCHEMA]),
  oneWay(['src/browser/**/*.{ts,svelte}'], [[['#pages/*', '#build/*', '#edition/*'], 'A browser gets nothing of the build.'], NOT_CONTENT, NOT_SCHEMA]),
  { files: ['src/build/**', 'src/pages/**', 'tests/**', 'vite.config.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
);
