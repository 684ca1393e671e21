/** The words of the page for publishers. Build-time only, as schema.ts. */
import { z } from 'zod';
import { THEMES } from '#embed/protocol.ts';
import { EVENTS, EMBED_KINDS } from '#embed/embedCode.ts';

/** What a page with an embed in it can count on, in the order in which it is told. */
export const TERMS = ['rights', 'loads', 'policy', 'events', 'heights', 'safety', 'versions', 'licence', 'own-host'] as const;
export type Term = (typeof TERMS)[number];

/** The schema of publishers.json; `words` is what a string may hold. */
export function publishersText(words: z.ZodString) {
  const each = <Key extends string, Value extends z.ZodType>(keys: readonly Key[], value: Value) => z.record(z.enum(keys as [Key, ...Key[]]), value);
  const block = z.strictObject({ heading: words, text: z.array(words).min(1) });
  return z.strictObject({
    title: words,
    description: words,
    heading: words,
    opening: z.array(words).min(1),
    choose: z.strictObject({
      legend: words,
      embed: words,
      language: words,
      theme: words,
      themes: each(THEMES, words),
      width: words,
      full: words,
      pixels: words.includes('{pixels}', 'words with {pixels}'),
    }),
    unaddressed: words.describe('Where the site was built without its address.'),
    ways: z.strictObject({ heading: words, each: each(EMBED_KINDS, block) }),
    copy: words,
    copied: words,
    uncopied: words.describe('Where the browser does not let the page copy.'),
    live: z.strictObject({ heading: words, text: words }),
    host: z.strictObject({ title: words, heading: words }),
    terms: z.strictObject({ heading: words, each: each(TERMS, block), events: each(EVENTS, words), licences: words }),
  });
}

export type PublishersText = z.output<ReturnType<typeof publishersText>>;
