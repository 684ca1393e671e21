/** What a newsroom may write into a text field: markup is shown to the reader as it was written, and is never an element of the page. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, describe, expect, test } from 'vitest';
import { readProject } from '#build/project.ts';
import { site } from '#build/site.ts';
import { edited, ROOT } from '../../fixtures/unit-data.ts';
import { project, scratchProject } from '../../fixtures/unit-project.ts';
import { FILES, isAt, leavesOf, SETTING, valueAt } from '../../fixtures/unit-values.ts';

const scratch = scratchProject();
afterAll(scratch.remove);
const whole = site(project.data, project.contents, undefined, SETTING);

describe('markup in a text is shown as text', () => {
  const MARKUP = ' <img src="x" onerror="alert()"> </script></style><!-- &lt; <b>\'';

  /** Every element of a page with the names of its attributes: what markup would add to. In pictures each kind once, for longer words leave less room for marks. */
  const bones = (page: string) => {
    const $ = load(page);
    const named = (selector: string) =>
      $(selector)
        .toArray()
        .flatMap((node) => ('attribs' in node ? [`${node.name} ${Object.keys(node.attribs).join()}`] : []));
    return [...new Set([...named('svg *'), 'tspan x,y']), ...named(':not(svg *)')].sort();
  };
  /** The page that holds the most of a file's texts: the story with its cards, but for those that have a page of their own. */
  const ELSEWHERE: Readonly<Record<string, string>> = { accessibility: 'accessibility/', embed: 'embed/members/', publishers: 'publishers/' };

  test.each(FILES)('%s', { timeout: 120_000 }, (file) => {
    const elsewhere = ELSEWHERE[basename(file, '.json')];
    const paths = elsewhere === undefined ? ['index.html', 'cards.html'] : [`${elsewhere}index.html`];
    const pageOf = (pages: ReadonlyMap<string, string | Uint8Array>) => paths.map((path) => String(pages.get(path))).join('\n');
    let json: unknown = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
    const texts = new Set(leavesOf(json).filter((path) => typeof valueAt(json, path) === 'string'));
    const plain = json;
    const mark = (paths: Iterable<string>) =>
      [...paths].reduce((marked, path) => edited<unknown>(marked, path, `${String(valueAt(plain, path))}${MARKUP}`), plain);
    // Names, dates and addresses refuse it: those are put back, and the others are looked at together.
    let refused: string[] = [];
    do {
      for (const path of refused) texts.delete(path);
      json = mark(texts);
      refused = scratch
        .faultsAfter({ file, to: () => JSON.stringify(json) })
        .flatMap((line) => [...texts].filter((path) => line.startsWith(`${file}: `) && isAt(path, line.slice(file.length + 2)) && line.includes('onerror')));
    } while (refused.length);
    expect(scratch.faultsAfter({ file, to: () => JSON.stringify(json) })).toEqual([]);
    writeFileSync(join(scratch.root, file), JSON.stringify(json));
    try {
      const { data, contents } = readProject(scratch.root);
      const page = pageOf(site(data, contents, undefined, SETTING));
      expect(bones(page)).toEqual(bones(pageOf(whole)));
      const shown = load(page)('html').text().split('onerror="alert()"').length - 1;
      if (file.startsWith('src/content/en/') && !file.endsWith('language.json')) expect(shown, `${texts.size} texts`).toBeGreaterThan(texts.size / 2);
    } finally {
      cpSync(join(ROOT, file), join(scratch.root, file));
    }
  });

  test('an element that got through would be seen', () => {
    expect(bones('<p>a</p>')).not.toEqual(bones('<p>a<b></b></p>'));
    expect(bones('<p>a</p>')).not.toEqual(bones('<p onclick="x">a</p>'));
  });
});
