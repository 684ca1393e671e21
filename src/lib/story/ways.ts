/** The ways to read the story: each a page of its own with the same places in it. */
export const WAYS = ['story', 'steps', 'plain'] as const;
export type Way = (typeof WAYS)[number];

/** The address of each way, of the ledger and of the statement on accessibility, as seen from the page that links to them. */
export type Addresses = Readonly<Record<Way | 'evidence' | 'accessibility', string>>;
