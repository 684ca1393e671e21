/** Every address of the site, with and without a language prefix, from one list. */
import { DEFAULT_LANGUAGE } from '#content/schema.ts';
import { CHARTS } from '#lib/charts/registry.ts';

/** What can be embedded: the story, and each chart. */
export const EMBEDS = ['story', ...Object.keys(CHARTS)] as const;

/** The pages, by name: where each stands below its language. */
export const PAGES: Readonly<Record<string, string>> = { story: '', ...Object.fromEntries(EMBEDS.map((id) => [`embed/${id}`, `embed/${id}/`])) };

/** An address: its folder in the site ('' or with a slash at its end), and what it shows. */
export interface Address {
  readonly folder: string;
  /** A name of PAGES. */
  readonly page: string;
  readonly language: string;
}

/** The addresses of every page in every language; the default language also stands without its prefix. */
export function addressesOf(languages: readonly string[]): Address[] {
  return languages.flatMap((language) =>
    Object.entries(PAGES).flatMap(([page, folder]) => [
      ...(language === DEFAULT_LANGUAGE ? [{ folder, page, language }] : []),
      { folder: `${language}/${folder}`, page, language },
    ]),
  );
}

/** The way from a folder back to the root of the site, so that the site works in any folder of any host. */
export function toRoot(folder: string): string {
  return '../'.repeat(folder.split('/').length - 1) || './';
}
