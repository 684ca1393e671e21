/** What is wrong with data or content, one issue a line, in words that an editor understands. Build-time only. */
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';

/** One issue: `data/facts.json: maskpark-users.value: expected a number, found "100k"`. */
export interface Issue {
  /** From the project's root, with forward slashes. */
  readonly file: string;
  /** Keys from the top of the file, joined by dots; empty for the file itself. */
  readonly path: string;
  readonly message: string;
  /** The id that it says is unknown or cannot be used: when what bears that id is itself at issue, this only repeats it. */
  readonly about?: string;
}

/** Thrown by everything that reads data or content. Its message lists every issue, one a line. */
export class ValidationError extends Error {
  override name = 'ValidationError';
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(issues.map(formatIssue).join('\n'));
    this.issues = issues;
  }
}

export function formatIssue({ file, path, message }: Issue): string {
  return path ? `${file}: ${path}: ${message}` : `${file}: ${message}`;
}

/** Reads JSON as strictly as JSON.parse does, and refuses keys that stand twice, which JSON.parse would drop in silence. */
export function parseJson(file: string, source: string, issues: Issue[]): unknown {
  let value: unknown;
  if (source.startsWith('\ufeff')) {
    issues.push({ file, path: '', message: 'expected JSON, found an invisible byte order mark before it' });
    return undefined;
  }
  try {
    value = JSON.parse(source);
  } catch (error) {
    issues.push({ file, path: '', message: `expected JSON, found ${oneLine(error)}` });
    return undefined;
  }
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors);
  if (tree) refuseIn(file, tree, '', issues);
  return value;
}

/**
 * Characters that nobody sees and that change how others are read or shown: directions, controls, lone surrogates,
 * private ones (the page's own marks), and those that no standard names. Joiners and soft hyphens are part of words.
 */
const UNSEEN = /(?![\u00ad\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;

function refuseUnseen(file: string, text: unknown, path: string, issues: Issue[]): void {
  const unseen = typeof text === 'string' ? UNSEEN.exec(text)?.[0].codePointAt(0) : undefined;
  if (unseen === undefined) return;
  issues.push({ file, path, message: `expected characters that can be seen, found U+${unseen.toString(16).toUpperCase().padStart(4, '0')}` });
}

/** An error in one line, whatever the file put into its message. */
export function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
}

function refuseIn(file: string, node: Node, path: string, issues: Issue[]): void {
  const seen = new Set<string>();
  refuseUnseen(file, node.value, path, issues);
  for (const [index, child] of (node.children ?? []).entries()) {
    if (node.type === 'array') refuseIn(file, child, join(path, index), issues);
    if (child.type !== 'property') continue;
    const [key, value] = child.children ?? [];
    const name = String(key?.value);
    if (seen.has(name)) issues.push({ file, path: join(path, name), message: `expected each id once, found "${name}" twice` });
    if (name === '__proto__') issues.push({ file, path: join(path, name), message: 'expected an id, found "__proto__"' });
    seen.add(name);
    // Told where it stands, with the key itself left out of the line.
    refuseUnseen(file, name, path, issues);
    if (value) refuseIn(file, value, join(path, name), issues);
  }
}

/** Zod's own issues as ours. `root` is the value that was parsed, to say what was found. */
export function issuesOf(file: string, error: z.ZodError, root: unknown): Issue[] {
  return error.issues.flatMap((found) => ofZod(file, found, root));
}

function ofZod(file: string, zodIssue: z.core.$ZodIssue, root: unknown): Issue[] {
  const path = zodIssue.path.map(String).reduce(join, '');
  const found = describe(valueAt(root, zodIssue.path));
  const issue = (message: string, at = path): Issue => ({ file, path: at, message });
  if (zodIssue.code === 'custom' && typeof zodIssue.params?.['about'] === 'string') {
    const message = zodIssue.message.startsWith('expected') ? zodIssue.message : `expected a token that can be printed, found that ${zodIssue.message}`;
    return [{ ...issue(message), about: zodIssue.params['about'] }];
  }
  switch (zodIssue.code) {
    case 'unrecognized_keys':
      return zodIssue.keys.map((key) => issue(`expected no such key, found ${describe(valueAt(root, [...zodIssue.path, key]))}`, join(path, key)));
    case 'invalid_type':
      return [issue(`expected ${NAMES[zodIssue.expected] ?? zodIssue.expected}, found ${found}`)];
    case 'invalid_value':
      return [issue(`expected ${zodIssue.values.map((value) => describe(value)).join(' or ')}, found ${found}`)];
    case 'invalid_union': {
      const key = zodIssue.discriminator ?? 'kind';
      const at = zodIssue.path.at(-1) === key ? zodIssue.path : [...zodIssue.path, key];
      const kinds = 'options' in zodIssue && Array.isArray(zodIssue.options) ? zodIssue.options.join(', ') : 'one that the schema lists';
      return [issue(`expected a kind (${kinds}), found ${describe(valueAt(root, at))}`, at.map(String).reduce(join, ''))];
    }
    case 'invalid_key':
      return [issue(`expected ${zodIssue.issues[0]?.message ?? 'an id'}, found "${String(zodIssue.path.at(-1))}"`)];
    case 'too_small':
      return [
        issue(
          `expected ${zodIssue.origin === 'number' ? `at least ${zodIssue.minimum}` : zodIssue.origin === 'array' ? 'at least one entry' : 'some text'}, found ${found}`,
        ),
      ];
    case 'too_big':
      return [issue(`expected at most ${zodIssue.maximum}, found ${found}`)];
    case 'invalid_format':
      return [issue(`expected ${zodIssue.format === 'url' ? 'an https address' : zodIssue.message}, found ${found}`)];
    default:
      return [issue(zodIssue.message.startsWith('expected') ? zodIssue.message : `expected ${zodIssue.message}, found ${found}`)];
  }
}

const NAMES: Partial<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two',
  object: 'an object',
  record: 'an object',
  int: 'a whole number',
};

function join(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined),
    root,
  );
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
