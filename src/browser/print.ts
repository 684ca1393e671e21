/** Shows the buttons that print, and answers them. `before` runs ahead of each printing, however it is asked for. */
export function offerPrint(before: () => void): void {
  addEventListener('beforeprint', before);
  for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
    button.addEventListener('click', () => print());
    button.dataset['ready'] = '';
  }
}
