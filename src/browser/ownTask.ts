/**
 * What follows this import runs in a task of its own: a page’s script is called in the task that reads the last of its words,
 * and both together are a long one.
 */
await new Promise((done) => setTimeout(done));

export {};
