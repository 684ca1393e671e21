/** The words of the embeds and of the page for publishers. Build-time only, as schema.ts. */
import { z } from 'zod';

/** The schema of embed.json; `words` is what a string may hold. */
export function embedText(words: z.ZodType<string, string>) {
  return z.strictObject({ source: words, story: words, turns: words, previous: words, next: words });
}

export type EmbedText = z.output<ReturnType<typeof embedText>>;
