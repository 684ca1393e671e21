/** What is wrong with data or content, one fault a line, in words that an editor understands. Build-time only. */
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';

/** One fault: `data/facts.json: maskpark-users.value: expected a number, found "100k"`. */
export interface Fault {
  /** From the project's root, with forward slashes. */
  readonly file: string;
  /** Keys from the top of the file, joined by dots; empty for the file itself. */
  readonly path: string;
  readonly message: string;
  /** The id that it says is unknown or cannot be used: when what bears that id is itself at fault, this only repeats it. */
  readonly about?: string;
}

/** Thrown by everything that reads data or content. Its message lists every fault, one a line. */
export class FaultList extends Error {
  override name = 'FaultList';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(formatFault).join('\n'));
    this.faults = faults;
  }
}

export function formatFault({ file, path, message }: Fault): string {
  return path ? `${file}: ${path}: ${message}` : `${file}: ${message}`;
}

/** Reads JSON as strictly as JSON.parse does, and refuses keys that stand twice, which JSON.parse would drop in silence. */
export function parseJson(file: string, source: string, faults: Fault[]): unknown {
  let value: unknown;
  if (source.startsWith('\ufeff')) {
    faults.push({ file, path: '', message: 'expected JSON, found an invisible byte order mark before it' });
    return undefined;
  }
  try {
    value = JSON.parse(source);
  } catch (error) {
    faults.push({ file, path: '', message: `expected JSON, found ${oneLine(error)}` });
    return undefined;
  }
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors);
  if (tree) refuseIn(file, tree, '', faults);
  return value;
}

/**
 * Characters that nobody sees and that change how others are read or shown: directions, controls, lone surrogates,
 * private ones (the page's own marks), and those that no standard names. Joiners and soft hyphens are part of words.
 */
const UNSEEN = /(?![\u00ad\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;

function refuseUnseen(file: string, text: unknown, path: string, faults: Fault[]): void {
  const unseen = typeof text === 'string' ? UNSEEN.exec(text)?.[0].codePointAt(0) : undefined;
  if (unseen === undefined) return;
  faults.push({ file, path, message: `expected characters that can be seen, found U+${unseen.toString(16).toUpperCase().padStart(4, '0')}` });
}

/** An error in one line, whatever the file put into its message. */
export function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
}

function refuseIn(file: string, node: Node, path: string, faults: Fault[]): void {
  const seen = new Set<string>();
  refuseUnseen(file, node.value, path, faults);
  for (const [index, child] of (node.children ?? []).entries()) {
    if (node.type === 'array') refuseIn(file, child, join(path, index), faults);
    if (child.type !== 'property') continue;
    const [key, value] = child.children ?? [];
    const name = String(key?.value);
    if (seen.has(name)) faults.push({ file, path: join(path, name), message: `expected each id once, found "${name}" twice` });
    if (name === '__proto__') faults.push({ file, path: join(path, name), message: 'expected an id, found "__proto__"' });
    seen.add(name);
    // Told where it stands, with the key itself left out of the line.
    refuseUnseen(file, name, path, faults);
    if (value) refuseIn(file, value, join(path, name), faults);
  }
}

/** Zod's issues as faults. `root` is the value that was parsed, to say what was found. */
export function faultsOf(file: string, error: z.ZodError, root: unknown): Fault[] {
  return error.issues.flatMap((issue) => faultsOfIssue(file, issue, root));
}

function faultsOfIssue(file: string, issue: z.core.$ZodIssue, root: unknown): Fault[] {
  const path = issue.path.map(String).reduce(join, '');
  const found = describe(valueAt(root, issue.path));
  const fault = (message: string, at = path): Fault => ({ file, path: at, message });
  if (issue.code === 'custom' && typeof issue.params?.['about'] === 'string') {
    const message = issue.message.startsWith('expected') ? issue.message : `expected a token that can be printed, found that ${issue.message}`;
    return [{ ...fault(message), about: issue.params['about'] }];
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => fault(`expected no such key, found ${describe(valueAt(root, [...issue.path, key]))}`, join(path, key)));
    case 'invalid_type':
      return [fault(`expected ${NAMES[issue.expected] ?? issue.expected}, found ${found}`)];
    case 'invalid_value':
      return [fault(`expected ${issue.values.map((value) => describe(value)).join(' or ')}, found ${found}`)];
    case 'invalid_union': {
      const key = issue.discriminator ?? 'kind';
      const at = issue.path.at(-1) === key ? issue.path : [...issue.path, key];
      const kinds = 'options' in issue && Array.isArray(issue.options) ? issue.options.join(', ') : 'one that the schema lists';
      return [fault(`expected a kind (${kinds}), found ${describe(valueAt(root, at))}`, at.map(String).reduce(join, ''))];
    }
    case 'invalid_key':
      return [fault(`expected ${issue.issues[0]?.message ?? 'an id'}, found "${String(issue.path.at(-1))}"`)];
    case 'too_small':
      return [
        fault(
          `expected ${issue.origin === 'number' ? `at least ${issue.minimum}` : issue.origin === 'array' ? 'at least one entry' : 'some text'}, found ${found}`,
        ),
      ];
    case 'too_big':
      return [fault(`expected at most ${issue.maximum}, found ${found}`)];
    case 'invalid_format':
      return [fault(`expected ${issue.format === 'url' ? 'an https address' : issue.message}, found ${found}`)];
    default:
      return [fault(issue.message.startsWith('expected') ? issue.message : `expected ${issue.message}, found ${found}`)];
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
