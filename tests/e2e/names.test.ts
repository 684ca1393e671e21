/** What the built files say: no prose in a script, a policy without holes, and numbers that are the facts' own. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, open, settle, test } from './page.ts';
import { BUILD, plainPieces, printedTexts, readJson } from './story.ts';

const PAGES = readdirSync(BUILD, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
const SCRIPTS = readdirSync(join(BUILD, 'assets')).filter((path) => path.endsWith('.js'));
/** So many words in a row that stand in the story and in a script are prose that was shipped twice. */
const RUN = 8;

/** Runs of the story's words that a script holds. */
function proseIn(script: string): string[] {
  const plain = script.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replaceAll(/\s+/g, ' ');
  return printedTexts()
    .flatMap(plainPieces)
    .flatMap((piece) => {
      const words = piece.trim().split(/\s+/);
      return words.slice(RUN - 1).map((_, i) => words.slice(i, i + RUN).join(' '));
    })
    .filter((run) => plain.includes(run));
}

test('the reader is not sent the prose a second time in a script', () => {
  expect(SCRIPTS.length).toBeGreaterThan(0);
  for (const name of SCRIPTS) {
    const script = readFileSync(join(BUILD, 'assets', name), 'utf8');
    expect(proseIn(script), name).toEqual([]);
    expect(script, `${name} holds the schema library`).not.toContain('ZodError');
  }
});

test('the check of scripts would notice a sentence', () => {
  const sentence = printedTexts().find((text) => text.startsWith('One light is one account.')) ?? '';
  expect(proseIn(`const words = ${JSON.stringify(sentence)};`)).toContain('One light is one account. Its user was');
});

/** What a page's policy leaves open, or stops that it should not. */
function policyFaults(html: string, fileOf: (path: string) => Buffer): string[] {
  const faults: string[] = [];
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  if (policy === undefined) return ['no policy'];
  const directives = new Map(policy.split(';').map((one) => [one.trim().split(' ')[0] ?? '', one.trim().split(' ').slice(1)]));
  if (directives.get('default-src')?.join() !== "'none'") faults.push(`default-src is ${directives.get('default-src')?.join()}`);
  if (/unsafe-/.test(policy)) faults.push('the policy allows something unsafe');
  if (/[^'\w]https?:|\*|data:|blob:/.test(policy)) faults.push('the policy allows more than this site');
  const firstMeta = html.indexOf('<meta http-equiv="Content-Security-Policy"');
  const [firstStyle, firstScript, firstLink] = ['<style', '<script', '<link'].map((tag) => html.indexOf(tag));
  for (const at of [firstStyle, firstScript, firstLink]) if (at !== undefined && at !== -1 && at < firstMeta) faults.push('something stands before the policy');
  const hash = (source: string | Buffer) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  for (const [, source = ''] of html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g))
    if (!directives.get('style-src')?.includes(hash(source))) faults.push('an inline style is not in the policy');
  for (const [, attributes = '', source = ''] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    // Data for machines runs nothing.
    if (attributes.includes('type="application/ld+json"')) continue;
    const path = /\bsrc="([^"]*)"/.exec(attributes)?.[1];
    if (!directives.get('script-src')?.includes(path === undefined ? hash(source) : hash(fileOf(path))))
      faults.push(`the script ${path ?? 'in the page'} is not in the policy`);
    if (path !== undefined && !attributes.includes(`integrity="${hash(fileOf(path)).slice(1, -1)}"`)) faults.push(`the script ${path} has no integrity`);
  }
  const body = html.replaceAll(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, '');
  const attribute = /<[a-z][^<>]*\s(style|on[a-z]+)="/i.exec(body)?.[1];
  if (attribute) faults.push(`an inline ${attribute} attribute`);
  return faults;
}

test('the policy of every page allows what the page needs and nothing else', () => {
  expect(PAGES.length).toBeGreaterThan(1);
  for (const path of PAGES)
    expect(
      policyFaults(readFileSync(join(BUILD, path), 'utf8'), (file) => readFileSync(join(BUILD, path, '..', file))),
      path,
    ).toEqual([]);
});

test('the check of policies would notice each hole', () => {
  const html = readFileSync(join(BUILD, 'index.html'), 'utf8');
  const faultsOf = (changed: string) => policyFaults(changed, (file) => readFileSync(join(BUILD, file)));
  expect(faultsOf(html)).toEqual([]);
  expect(faultsOf(html.replace("default-src 'none'", "default-src 'self'"))).toContain("default-src is 'self'");
  expect(faultsOf(html.replace("style-src '", "style-src 'unsafe-inline' '"))).toContain('the policy allows something unsafe');
  expect(faultsOf(html.replace("img-src 'self'", 'img-src https://example.org'))).toContain('the policy allows more than this site');
  expect(faultsOf(html.replace('<style>', '<style>p{color:red}'))).toContain('an inline style is not in the policy');
  expect(faultsOf(html.replace('</body>', '<script>1</script></body>'))).toContain('the script in the page is not in the policy');
  expect(faultsOf(html.replace('<h1>', '<h1 style="color:red">'))).toContain('an inline style attribute');
  expect(faultsOf(html.replace('<h1>', '<h1 onclick="1">'))).toContain('an inline onclick attribute');
  expect(faultsOf(html.replace(/integrity="[^"]*"/, ''))).toContainEqual(expect.stringContaining('has no integrity'));
  expect(faultsOf(html.replace(/<meta http-equiv[^>]*>/, ''))).toEqual(['no policy']);
});

interface RawFact {
  readonly kind: string;
  readonly value?: number;
  readonly interval?: readonly (number | null)[];
  readonly date?: string;
  readonly until?: string;
}

/** The machine value of every fact, worked out here from the data files and not by the code under test. */
function machineValues(): Map<string, string> {
  const facts = readJson<Record<string, RawFact>>('data/facts.json');
  const values = new Map<string, string>();
  for (const [id, { kind, value, interval, date, until }] of Object.entries(facts)) {
    if (kind === 'figure' || kind === 'scale-mark') values.set(id, String(value));
    if (kind === 'band') values.set(id, `${interval?.[0] ?? ''}/${interval?.[1] ?? ''}`);
    if (kind === 'date') values.set(id, until === undefined ? (date ?? '') : `${date}/${until}`);
  }
  // Our arithmetic, done again: the sentence in days with a leap day every fourth year; what was left beside the band's low end.
  values.set('nth-room-sentence-days', String(Number(facts['nth-room-sentence']?.value) * 365.25));
  const [left, before] = [facts['rednote-comments-after']?.interval?.[1], facts['rednote-comments-before']?.interval?.[0]];
  values.set('comments-left-share', String(10 ** Math.floor(Math.log10((before ?? Number.NaN) / (left ?? Number.NaN)))));
  return values;
}

/** Every number and date on the page, with the fact it names. */
function printedValues(): { id: string; value: string; text: string }[] {
  return [...document.querySelectorAll<HTMLElement>('data, time, [data-fact]')].map((element) => ({
    id: element.dataset['fact'] ?? '',
    value: element.getAttribute(element instanceof HTMLTimeElement ? 'datetime' : 'value') ?? (element.matches('data, time') ? '' : 'words'),
    text: element.textContent ?? '',
  }));
}

function valueFaults(printed: readonly { id: string; value: string; text: string }[]): string[] {
  const values = machineValues();
  const facts = new Set([...Object.keys(readJson<Record<string, unknown>>('data/facts.json')), ...values.keys()]);
  return printed.flatMap(({ id, value, text }) => {
    if (!facts.has(id)) return [`“${text}” names no fact (${id})`];
    return value === 'words' || values.get(id) === value ? [] : [`“${text}” is ${value}, the fact ${id} is ${values.get(id)}`];
  });
}

test('every number that the reader’s page holds is its fact’s, also after the pictures woke', async ({ page }) => {
  await open(page);
  for (const id of ['views', 'others-deleted', 'ended', 'not-the-same', 'in-the-way', 'july', 'blank']) {
    await page.evaluate((step) => document.getElementById(step)?.scrollIntoView(), id);
    await settle(page);
  }
  expect(await page.locator('.stage-picture > svg').count(), 'all pictures are awake').toBe(8);
  const printed = await page.evaluate(printedValues);
  expect(printed.length).toBeGreaterThan(150);
  expect(valueFaults(printed)).toEqual([]);
});

test('the check of numbers would notice one that is not its fact’s', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const [first, second] = document.querySelectorAll('.words data');
    first?.setAttribute('value', '101');
    second?.setAttribute('data-fact', 'nobody');
  });
  const faults = valueFaults(await page.evaluate(printedValues));
  expect(faults).toEqual([expect.stringMatching(/ is 101, the fact /), expect.stringMatching(/names no fact \(nobody\)/)]);
});
