/** A row of a chart's table. */
export interface TableRow {
  readonly id: string;
  readonly what: string;
  /** The figure in full words, and its machine value; null for a fact in words. */
  readonly figure: { readonly text: string; readonly value: string } | null;
  readonly speaker: string;
  readonly carriers: string;
  /** The formula where the figure is our arithmetic. */
  readonly formula: string | null;
}
