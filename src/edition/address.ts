/** Every address of the site, with and without a language prefix, from one list. */
import { DEFAULT_LANGUAGE } from '#content/schema.ts';
import { CHARTS } from '#charts/registry.ts';

/** The pages, by name: where each stands below its language. */
export const PAGES = {
  story: '',
  steps: 'steps/',
  plain: 'plain/',
  evidence: 'evidence/',
  accessibility: 'accessibility/',
  publishers: 'publishers/',
} as const;
export type Page = keyof typeof PAGES;

/** An address: its folder in the site ('' or with a slash at its end), and what it shows. */
export interface Address {
  readonly folder: string;
  readonly page: Page;
  readonly language: string;
}

/** The addresses of every page in every language; the default language also stands without its prefix. */
export function addressesOf(languages: readonly string[]): Address[] {
  return languages.flatMap((language) =>
    (Object.keys(PAGES) as Page[]).flatMap((page) => [
      ...(language === DEFAULT_LANGUAGE ? [{ folder: PAGES[page], page, language }] : []),
      { folder: `${language}/${PAGES[page]}`, page, language },
    ]),
  );
}

/** What can be embedded: the story, and each chart by its id. */
export const EMBEDS: readonly string[] = ['story', ...Object.keys(CHARTS)];

/** The addresses of every embed in every language, with and without a prefix as those of the pages. */
export function embedsOf(languages: readonly string[]): { readonly folder: string; readonly embed: string; readonly language: string }[] {
  return languages.flatMap((language) =>
    EMBEDS.flatMap((embed) => [
      ...(language === DEFAULT_LANGUAGE ? [{ folder: `embed/${embed}/`, embed, language }] : []),
      { folder: `${language}/embed/${embed}/`, embed, language },
    ]),
  );
}

/** The way from a folder back to the root of the site, so that the site works in any folder of any host. */
export function toRoot(folder: string): string {
  return '../'.repeat(folder.split('/').length - 1) || './';
}

/** The ways from a folder below its language to every page of that language, by name. `home` is the language's own folder. */
export function addressesFrom(folder: string, home = toRoot(folder)): Record<Page, string> {
  return Object.fromEntries(Object.entries(PAGES).map(([name, below]) => [name, `${home}${below}`])) as Record<Page, string>;
}
