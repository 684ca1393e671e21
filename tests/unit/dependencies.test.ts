/** One way from the data to the page: code holds no fact, and no script that a reader gets holds a schema or the prose. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deriveFact } from '#evidence/derived.ts';
import { data, pinned, ROOT } from '../fixtures/unit-data.ts';

const SOURCES = ['evidence', 'charts', 'embed', 'edition', 'components', 'pages', 'build', 'browser']
  .map((folder) => `src/${folder}`)
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|svelte)$/.test(file))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Code without its comments, which may speak of the case. */
function withoutComments(source: string): string {
  return source
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

/** What code may not say: names of the case, and numbers of the facts in any way of writing them. */
function factsIn(source: string): string[] {
  const code = withoutComments(source);
  const names = code.match(/MaskPark|Nth room/g) ?? [];
  const numbers = [...code.matchAll(/(?<![\w.#-])\d[\d_,]*(?:\.\d+)?(?![\w%-])/g)]
    .map(([text]) => text)
    .filter((text) => LARGE.has(Number(text.replaceAll(/[_,]/g, ''))));
  return [...names, ...numbers, ...(code.match(/\d+ million/g) ?? [])];
}

/** Numbers of the facts, as they are and as they were, that nothing else in the code can be by chance. */
const LARGE = new Set(
  [data, pinned]
    .flatMap((one) => [...Object.values(one.facts), deriveFact(one, 'nth-room-sentence-days')])
    .flatMap((fact) => (fact.kind === 'figure' || fact.kind === 'derived' ? [fact.value] : fact.kind === 'band' ? fact.interval : []))
    .filter((value) => value !== null && value > 1000),
);

describe('code holds no fact', () => {
  test('there is code, and facts, to look at', () => {
    expect(SOURCES.length).toBeGreaterThan(30);
    expect(LARGE.size).toBeGreaterThan(4);
  });

  test.each(SOURCES)('%s', (file) => {
    expect(factsIn(read(file))).toEqual([]);
  });

  test.each([
    ['const count = 100000;', 1],
    ["const text = 'more than 100,000';", 1],
    ['const count = 900_000;', 1],
    ["const views = '270 million';", 1],
    ['const days = 14610;', 1],
    ["const name = 'MaskPark';", 1],
    ['<p>The “Nth room”</p>', 1],
    ['// MaskPark had more than 100,000\n/* MaskPark */ <!-- MaskPark --> const url = "https://local";', 0],
    ["const ids = ['maskpark-users', 'weibo-post-14000-likes']; const wide = 1200;", 0],
  ])('a fact in code would be seen: %s', (source, count) => {
    expect(factsIn(source)).toHaveLength(count);
  });
});

/** The modules that a file takes code from, types left out. */
function importsOf(source: string): string[] {
  return [...withoutComments(source).matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)].map(([, name]) => name ?? '');
}

/** Every module that reaches the browser from this one: files of the project by path, packages by name. */
function reachedFrom(entry: string): Set<string> {
  const reached = new Set<string>();
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    if (!existsSync(join(ROOT, file))) continue;
    for (const name of importsOf(read(file))) {
      const place = name.startsWith('#data/') ? name.replace('#data', 'data') : name.startsWith('#') ? `src/${name.slice(1)}` : name;
      queue.push(place.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), place)).replaceAll('\\', '/') : place);
    }
  }
  return reached;
}

describe('what a reader’s browser gets', () => {
  const reached = [...reachedFrom('src/browser/story.ts')];

  test('is every chart and the step engine', () => {
    expect(reached).toEqual(
      expect.arrayContaining(['src/charts/registry.ts', 'src/charts/Picture.svelte', 'src/browser/stepAt.ts', 'src/charts/timeline/layout.ts']),
    );
  });

  test('is no schema, no data, no prose, nothing of the site and nothing of the build', () => {
    expect(
      reached.filter((name) =>
        /^(zod|jsonc-parser|node:|vite|data\/|src\/content\/|src\/site\/)|evidence\/(schema|load|faults|prose|wording|facts|derived|interval)\.ts/.test(name),
      ),
    ).toEqual([]);
  });

  test('is nothing but files of the project and three packages', () => {
    expect(reached.filter((name) => !name.startsWith('src/')).sort()).toEqual(['d3', 'scrollama', 'svelte']);
    expect(reached.filter((name) => name.startsWith('src/') && !existsSync(join(ROOT, name)))).toEqual([]);
  });

  test('a schema that crept in would be seen', () => {
    expect([...reachedFrom('src/build/main.ts')]).toEqual(expect.arrayContaining(['zod', 'src/content/schema.ts', 'node:fs']));
    expect(importsOf("import type { A } from 'zod';\nimport { b } from './b.ts';\nimport './c.css';\nexport { d } from 'd';")).toEqual([
      './b.ts',
      './c.css',
      'd',
    ]);
  });
});

test('charts and evidence know nothing of the words and the page', () => {
  const wrong = SOURCES.filter((file) => /^src\/lib\/(charts|evidence|field|scroll)\//.test(file)).flatMap((file) =>
    importsOf(read(file))
      .filter((name) => /#content|#site|\/site\/|\/story\/|\/content\//.test(name) || (file.startsWith('src/lib/evidence/') && /svelte|charts/.test(name)))
      .map((name) => `${file} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});
