/** docs/one-fact.md is right: its files and functions exist, and what it says comes out does. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeFact } from '#evidence/describeFact.ts';
import { factOf } from '#evidence/facts.ts';
import { factsCsv } from '#pages/downloads.ts';
import { site } from '#build/site.ts';
import { data, ROOT } from '../fixtures/unit-data.ts';
import { english, project } from '../fixtures/unit-project.ts';

const PAGE = readFileSync(join(ROOT, 'docs/one-fact.md'), 'utf8');
const rows = PAGE.split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('`'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, step = '', file = '', name = '']) => ({ step, file: file.replaceAll('`', ''), name: name.replaceAll('`', '') }));

describe('each step of the page', () => {
  test('there are steps', () => expect(rows.length).toBeGreaterThan(10));

  test.each(rows)('$step: $file $name', ({ file, name }) => {
    expect(existsSync(join(ROOT, file)), file).toBe(true);
    if (name) expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(new RegExp(`export (function|const) ${name}\\b`));
  });

  test('every file that is named elsewhere on it exists', () => {
    const named = PAGE.match(/(?:src|tests|data|docs)\/[\w/-]+\.(?:ts|svelte|json)/g) ?? [];
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

describe('what comes out', () => {
  const described = describeFact(factOf(data, 'maskpark-users'), english.language);

  test('is the description that the page quotes', () => {
    expect(PAGE).toContain(`\`${described.text}\`, \`${described.value}\``);
  });

  test('stands in the story, in the CSV and in the embed', () => {
    const files = site(project.data, project.contents, undefined, { origin: null, pictures: false });
    const quoted = `<data value="${described.value}" data-fact="maskpark-users">`;
    expect(PAGE).toContain(quoted);
    for (const path of ['index.html', 'embed/members/index.html']) expect(files.get(path)?.toString()).toContain(quoted);
    expect(factsCsv(data, english)).toMatch(new RegExp(`^maskpark-users,.*"${described.text}",figure,${described.value},`, 'm'));
  });
});
