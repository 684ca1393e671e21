/** The reader's position in the page's address, and in the links to the other reading modes, where the same stops have the same ids. */

/** Makes every such link lead to the place `id`; '' is the beginning. */
export function linkReadingModes(id: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-way]')) link.hash = id;
}

/** What the page's address names; null where it names nothing, or cannot be decoded. */
export function addressed(): HTMLElement | null {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}
