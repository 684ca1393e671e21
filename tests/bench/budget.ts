/** What a page may weigh: figures that are the same on every machine. The story's are the targets of the peers' table; the others were set from what was measured, with room for a tenth more. */
export interface Budget {
  /** Gzip bytes over the line when the page has been read to its end, the page's script and all that it asks for; the font is 37,348 of them. */
  readonly js: number;
  readonly total: number;
  readonly requests: number;
  /** Elements in the document once it is loaded. */
  readonly nodes: number;
}

export const BUDGETS = {
  story: { js: 36_000, total: 140_000, requests: 6, nodes: 5_000 },
  embed: { js: 36_000, total: 130_000, requests: 4, nodes: 1_500 },
  plain: { js: 0, total: 100_000, requests: 3, nodes: 4_000 },
} as const satisfies Readonly<Record<string, Budget>>;
export type Measured = keyof typeof BUDGETS;

/** Where each page that is measured stands below the root of the site. */
export const ADDRESSES: Readonly<Record<Measured, string>> = { story: '/', embed: '/embed/members/', plain: '/plain/' };
