/**
 * Prose with tokens. `{maskpark-users}` prints a fact, `{maskpark-users|capital}` in a form;
 * `[our words](fact-id)` binds words to the fact they rest on; `[words](#help)` is a link, `[words](lang:ko)` are in another language. Nothing else is markup.
 */
import { findFact, type FactId } from './facts.ts';
import type { Data } from './schema.ts';
import { describeFact, FORMS, type Form } from './describeFact.ts';
import type { Language } from './format.ts';

/** A run of prose, ready to print. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'figure' | 'date' | 'scale-mark'; readonly id: FactId; readonly text: string; readonly value: string }
  | { readonly kind: 'claim'; readonly id: FactId; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly text: string }
  | { readonly kind: 'foreign'; readonly language: string; readonly text: string };

/** What is wrong with a token, and the id that it names. */
export class TokenError extends Error {
  readonly id: string;

  constructor(id: string, message: string) {
    super(message);
    this.id = id;
  }
}

const MARKUP = /\{([^{}]*)\}|\[([^[\]]*)\]\(([^()]*)\)/g;

/**
 * Splits prose into segments and prints its tokens.
 * Throws an Error that says what is wrong: a digit, a loose bracket; a TokenError for an unknown fact or a form that does not suit.
 */
export function parseProse(source: string, data: Pick<Data, 'facts'>, language: Language): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of source.matchAll(MARKUP)) {
    pushText(segments, source.slice(end, match.index));
    end = match.index + match[0].length;
    const [, token, words, target] = match;
    const id = token === undefined ? (target ?? '') : (token.split('|')[0] ?? '');
    try {
      segments.push(token === undefined ? reference(words ?? '', id, data) : figure(token, data, language));
    } catch (error) {
      throw new TokenError(id, error instanceof Error ? error.message : String(error));
    }
  }
  pushText(segments, source.slice(end));
  return segments;
}

/** The same prose as plain text. */
export function textOf(segments: readonly Segment[]): string {
  return segments.map((segment) => segment.text).join('');
}

function pushText(segments: Segment[], text: string): void {
  const bracket = /[{}[\]]/.exec(text)?.[0];
  if (bracket) throw new Error(`expected a whole token, found a loose "${bracket}"`);
  refuseDigits(text);
  if (text) segments.push({ kind: 'text', text });
}

function refuseDigits(text: string): void {
  const digits = /\p{N}+/u.exec(text)?.[0];
  if (digits) throw new Error(`expected words and tokens, found the digit "${digits}" outside a token`);
}

function figure(token: string, data: Pick<Data, 'facts'>, language: Language): Segment {
  const [id = '', ...forms] = token.split('|');
  const fact = findFact(data, id);
  if (!fact) throw new Error(`expected the id of a fact, found "${id}"`);
  const unknown = forms.find((form) => !(FORMS as readonly string[]).includes(form));
  if (unknown !== undefined) throw new Error(`expected a form (${FORMS.join(', ')}), found "${unknown}"`);
  const { text, value } = describeFact(fact, language, forms as Form[]);
  if (text === null) throw new Error(`a ${fact.kind} has no number: bind words to it instead, as [words](id)`);
  return { kind: fact.kind === 'date' || fact.kind === 'scale-mark' ? fact.kind : 'figure', id: id as FactId, text, value };
}

function reference(words: string, target: string, data: Pick<Data, 'facts'>): Segment {
  if (!words.trim()) throw new Error(`expected words between the brackets before (${target}), found none`);
  if (/[{}]/.test(words)) throw new Error(`expected words without tokens between the brackets before (${target}), found "${words}"`);
  refuseDigits(words);
  if (/^#[a-z][a-z-]*$/.test(target)) return { kind: 'link', href: target, text: words };
  const language = /^lang:([a-z]{2,3}(?:-[A-Za-z]+)*)$/.exec(target)?.[1];
  if (language !== undefined) return { kind: 'foreign', language, text: words };
  const fact = findFact(data, target);
  if (!fact) throw new Error(`expected the id of a fact or a #link, found "${target}"`);
  if (fact.kind === 'scale-mark') throw new Error(`expected a fact that claims something, found the scale mark "${target}"`);
  return { kind: 'claim', id: target as FactId, text: words };
}
