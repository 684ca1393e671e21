/** One style sheet for all pages, and of it the rules that a page can use. */
import { transform } from 'lightningcss';

/** Chromium 92, in the form that lightningcss takes: the first without rules inside rules is far newer. */
const READERS = { chrome: 92 << 16 };

/** A style sheet with no rule inside a rule: a browser that does not know that form would leave out all that it holds. */
export function flattened(css: string): string {
  return transform({ filename: 'page.css', code: new TextEncoder().encode(css), minify: true, targets: READERS }).code.toString();
}

/** At-rules that hold rules. */
const NESTING = /^@(media|supports|container|layer)\b/;

/**
 * The rules of a style sheet that may ever match on a page. A class or data attribute that neither the page nor its script
 * names can never be there, so a selector that asks for it is left out. `texts` are the page, and its script if it has one.
 * Throws an Error when the style sheet is not balanced.
 */
export function rulesFor(css: string, ...texts: readonly string[]): string {
  const words = new Set(texts.flatMap((text) => text.match(/[\w-]+/g) ?? []));
  return rules(css.replaceAll(/\/\*[\s\S]*?\*\//g, ''), words);
}

function rules(css: string, words: ReadonlySet<string>): string {
  let kept = '';
  for (let at = 0; css.slice(at).trim();) {
    const open = css.indexOf('{', at);
    const close = endOf(css, open);
    const [head, body] = [css.slice(at, open).trim(), css.slice(open + 1, close)];
    at = close + 1;
    if (NESTING.test(head)) {
      const inner = rules(body, words);
      if (inner) kept += `${head}{${inner}}`;
    } else {
      const selectors = head.startsWith('@') ? [head] : parts(head).filter((selector) => canMatch(selector, words));
      if (selectors.length) kept += `${selectors.join(',')}{${body}}`;
    }
  }
  return kept;
}

/** Where what opens at `open`, a bracket of any kind, closes. */
function endOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; open >= 0 && at < text.length; at += 1) {
    if ('{('.includes(text.charAt(at))) depth += 1;
    if ('})'.includes(text.charAt(at))) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`a style sheet is not balanced: ${text.slice(Math.max(0, open), 60)}`);
}

/** A list of selectors, parted at the commas that are in no brackets. */
function parts(list: string): string[] {
  const found = [''];
  for (let at = 0; at < list.length; at += 1) {
    const end = list.charAt(at) === '(' ? endOf(list, at) : at;
    const piece = list.slice(at, end + 1);
    at = end;
    if (piece === ',') found.push('');
    else found.push(`${found.pop() ?? ''}${piece}`);
  }
  return found.map((one) => one.trim());
}

function canMatch(selector: string, words: ReadonlySet<string>): boolean {
  const inside = /:(is|where|has|not)\(/.exec(selector);
  if (inside) {
    const open = inside.index + inside[0].length - 1;
    const close = endOf(selector, open);
    const [options, rest] = [selector.slice(open + 1, close), selector.slice(0, inside.index) + selector.slice(close + 1)];
    return (inside[1] === 'not' || parts(options).some((option) => canMatch(option, words))) && canMatch(rest, words);
  }
  const attributes = [...selector.matchAll(/\[(data-[\w-]+)/g)].map(([, name = '']) => name);
  const classes = [...selector.replaceAll(/\[[^\]]*\]/g, '').matchAll(/\.([A-Za-z_][\w-]*)/g)].map(([, name = '']) => name);
  // A script sets data-some-name as dataset.someName.
  const inScript = (name: string) => name.slice('data-'.length).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return classes.every((name) => words.has(name)) && attributes.every((name) => words.has(name) || words.has(inScript(name)));
}
