/** The reader's place: in the page's address, and in the links to the other ways to read, where the same places have the same ids. */

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

/** Shows the buttons that print, and answers them. `before` runs ahead of each printing, however it is asked for. */
export function offerPrint(before: () => void): void {
  addEventListener('beforeprint', before);
  for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
    button.addEventListener('click', () => print());
    button.dataset['ready'] = '';
  }
}
