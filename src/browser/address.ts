/** The reader's position in the page's address, and in the links to the other reading modes, where the same stops have the same ids. */

/** Makes every such link lead to the place `id`; '' is the beginning. */
export function linkReadingModes(id: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-way]')) link.hash = id;
}

/** What the page's address names: a stop of the story (also by the id of one that it took over), or another element; null where there is none. */
export function addressed(): HTMLElement | null {
  try {
    const element = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return element?.closest<HTMLElement>('.step') ?? element;
  } catch {
    return null;
  }
}
