/** The ways to read the story: each a page of its own with the same places in it. */
export const WAYS = ['story', 'steps', 'plain'] as const;
export type Way = (typeof WAYS)[number];

/** The address of each way, of the ledger, of the statement on accessibility and of the page for publishers, as seen from the page that links to them. */
export type Addresses = Readonly<Record<Way | 'evidence' | 'accessibility' | 'publishers', string>>;
