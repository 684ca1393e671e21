/**
 * Imported before all else by a script that hydrates pictures: where the browser lacks what they need, nothing after this line
 * runs, and the page stays as it was built, with every word and its still pictures. Each newer feature that scripts and styles
 * use stands in src/browser/newerFeatures.json; a unit test holds what is asked here to the line that package.json names.
 */
const NAMES = ['IntersectionObserver', 'ResizeObserver', 'matchMedia'] as const;
/** Declarations that the styles of a page with hydrated pictures are written with. */
const STYLES = ['height:1svh', 'translate:0'] as const;

const isSupported =
  NAMES.every((name) => name in globalThis) &&
  [Array.prototype.at, Array.prototype.findLast, Array.prototype.findLastIndex].every(Boolean) &&
  STYLES.every((style) => CSS.supports(`(${style})`));

if (!isSupported) {
  // The words of a frame wait for its script (revealOnError.ts), which is not coming.
  delete document.documentElement.dataset['waiting'];
  // A module has no return; one that waits for ever holds back all that import it, without an error.
  await new Promise(() => undefined);
}

export {};
