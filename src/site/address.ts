/** Every address of the site, with and without a language prefix, from one list. */
import { DEFAULT_LANGUAGE } from '#content/schema.ts';

/** The pages, by name: where each stands below its language. */
export const PAGES = { story: '', steps: 'steps/', plain: 'plain/', evidence: 'evidence/', accessibility: 'accessibility/' } as const;
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

/** The way from a folder back to the root of the site, so that the site works in any folder of any host. */
export function toRoot(folder: string): string {
  return '../'.repeat(folder.split('/').length - 1) || './';
}

/** The ways from one page to every page of its language, by name. */
export function waysFrom(page: Page): Record<Page, string> {
  const back = toRoot(PAGES[page]);
  return Object.fromEntries(Object.entries(PAGES).map(([name, folder]) => [name, `${back}${folder}`])) as Record<Page, string>;
}
