/**
 * Imported before all else by a frame: its words wait for its script, so where the script fails they wait no longer.
 * One that never comes is waited for by the style sheet, for two seconds.
 */
for (const failure of ['error', 'unhandledrejection']) addEventListener(failure, () => delete document.documentElement.dataset['waiting']);
