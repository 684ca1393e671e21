/**
 * Checks each excerpt word for word against the article it is said to stand in.
 * `npm run verify:sources -- <folder>`: the folder holds the articles under the file names of data/articles.json.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ValidationError, type Issue } from '#evidence/validation.ts';
import { parseData, readData } from '#evidence/load.ts';
import type { Data } from '#evidence/schema.ts';

/** What was checked, and what does not stand. */
export interface Verified {
  readonly excerpts: number;
  readonly facts: number;
  readonly issues: readonly Issue[];
}

/** Every excerpt of the data against its article. `read` gives an article's text by its file name, or undefined. */
export function verifySources(data: Pick<Data, 'articles' | 'facts'>, read: (file: string) => string | undefined): Verified {
  const issues: Issue[] = [];
  let [excerpts, facts] = [0, 0];
  const texts = new Map(Object.entries(data.articles).map(([id, { file }]) => [id, read(file)]));
  for (const [id, { file }] of Object.entries(data.articles))
    if (texts.get(id) === undefined)
      issues.push({ file: 'data/articles.json', path: `articles.${id}.file`, message: `expected an article, found no file "${file}"` });
  for (const [id, fact] of Object.entries(data.facts)) {
    if (fact.kind === 'scale-mark') continue;
    facts += 1;
    fact.citations.forEach(({ article, excerpt }, i) => {
      excerpts += 1;
      const text = texts.get(article);
      if (text !== undefined && !spaced(text).includes(spaced(excerpt)))
        issues.push({ file: 'data/facts.json', path: `${id}.citations.${i}.excerpt`, message: `expected words that stand in ${article}, found "${excerpt}"` });
    });
  }
  return { excerpts, facts, issues };
}

/** Line ends and runs of spaces are the copy's, not the article's; every other character counts. */
function spaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) run(process.argv[2]);

function run(folder: string | undefined): void {
  if (folder === undefined) {
    console.error('Name the folder of the articles: npm run verify:sources -- <folder>');
    process.exit(2);
  }
  if (!existsSync(folder)) {
    // The articles are not part of the project; where they are not at hand, say so and let the gate go on.
    console.log(`Sources: not verified, no folder ${folder}`);
    return;
  }
  const issues: Issue[] = [];
  const data = parseData(readData(process.cwd(), issues));
  const verified = verifySources(data, (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined));
  if (verified.issues.length) {
    console.error(new ValidationError(verified.issues).message);
    process.exit(1);
  }
  console.log(`Sources: ${verified.excerpts} excerpts of ${verified.facts} facts stand word for word in ${Object.keys(data.articles).length} articles.`);
}
