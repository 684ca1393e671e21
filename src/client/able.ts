/**
 * Imported before all else: where the browser lacks what a moving picture needs, nothing after this line runs,
 * and the page stays as it was built, with every word and its still pictures. Where it has all, what follows runs in a task
 * of its own: a page’s script is called in the task that reads the last of its words, and both together are a long one.
 */
const NEEDED = ['IntersectionObserver', 'ResizeObserver', 'matchMedia', 'requestAnimationFrame'] as const;

// A module has no return; one that waits for ever holds back all that import it, without an error.
if (!NEEDED.every((name) => typeof Reflect.get(globalThis, name) === 'function')) await new Promise(() => undefined);
await new Promise((done) => setTimeout(done));

export {};
