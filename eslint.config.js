// The rules of the house that a machine can check: strict types, one way of imports, none of the banned habits.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

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

const NOT_SITE = [['#site/*', '**/site/*'], 'Only site/ may import site/.'];
const NOT_CONTENT = [['#content/*', '**/content/*'], 'Words reach a chart through its view, never by import.'];
const NOT_SCHEMA = [
  ['**/evidence/schema.ts', '**/evidence/load.ts', '**/evidence/faults.ts', '**/content/schema.ts', 'zod', 'jsonc-parser'],
  'A schema must never reach a reader.',
  true,
];

export default ts.config(
  { ignores: ['build/', 'single-file/', 'bundle/', '.cache/', 'node_modules/', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
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
  oneWay(['src/lib/evidence/**'], [NOT_SITE, NOT_CONTENT, [['svelte', 'svelte/*', '**/charts/*', '**/story/*'], 'Evidence knows no pictures.']]),
  oneWay(['src/lib/field/**', 'src/lib/scroll/**'], [NOT_SITE, NOT_CONTENT, NOT_SCHEMA, [['**/story/*'], 'Fields and steps know no story.']]),
  oneWay(['src/lib/charts/**'], [NOT_SITE, NOT_CONTENT, NOT_SCHEMA, [['**/story/*'], 'A chart knows no story.']]),
  oneWay(['src/lib/story/**'], [NOT_SITE, NOT_SCHEMA]),
  oneWay(['src/client/**'], [NOT_SITE, NOT_CONTENT, NOT_SCHEMA]),
  { files: ['src/site/**', 'tests/**', 'vite.config.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
);
