/** The ways to read the story: each a page of its own with the same places in it. */
export const READING_MODES = ['story', 'steps', 'plain'] as const;
export type ReadingMode = (typeof READING_MODES)[number];

/** The address of each way, of the ledger, of the statement on accessibility and of the page for publishers, as seen from the page that links to them. */
export type Addresses = Readonly<Record<ReadingMode | 'evidence' | 'accessibility' | 'publishers', string>>;
