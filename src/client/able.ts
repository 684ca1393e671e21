/**
 * Imported before all else: where the browser lacks what a moving picture needs, nothing after this line runs,
 * and the page stays as it was built, with every word and its still pictures.
 */
const NEEDED = ['IntersectionObserver', 'ResizeObserver', 'matchMedia', 'requestAnimationFrame'] as const;

// A module has no return; one that waits for ever holds back all that import it, without an error.
if (!NEEDED.every((name) => typeof Reflect.get(globalThis, name) === 'function')) await new Promise(() => undefined);

export {};
