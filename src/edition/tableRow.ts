/** A row of a chart's table. */
import type { Description } from '#evidence/describeFact.ts';

export interface TableRow {
  readonly id: string;
  readonly what: string;
  /** As it stands alone. */
  readonly described: Description;
  readonly speaker: string;
  readonly carriers: string;
  /** The formula where the figure is our arithmetic. */
  readonly formula: string | null;
}

/** A row for what none of the articles says. */
export interface TableGap {
  readonly id: string;
  readonly what: string;
  /** That it is not said, in words. */
  readonly in_words: string;
}
