/** All that is known of one fact, in a language, ready to print: what its card and its place in the ledger say. */
import type { Description, Worded } from '#evidence/describeFact.ts';
import type { FactId } from '#evidence/facts.ts';
import type { Segment } from '#evidence/prose.ts';
import type { BoundKind } from '#content/schema.ts';

/** An article that prints something. */
export interface Printing {
  /** The article's id. */
  readonly article: string;
  readonly publisher: string;
  readonly url: string;
  /** When it was published. */
  readonly date: Worded;
}

/** Words as printed, and where: articles that print the same words stand together. */
export interface Printed {
  readonly excerpt: string;
  readonly printings: readonly Printing[];
}

/** One way that a fact came to the articles: through whose hands, in order, and who prints it. */
export interface Chain {
  readonly from: readonly string[];
  readonly carriers: string;
}

/** A fact that another was reckoned from. */
export interface Input {
  readonly id: FactId;
  readonly name: string;
  readonly described: Description;
}

export interface Entry {
  readonly id: FactId;
  /** A short name of what it is. */
  readonly name: string;
  /** As it stands alone, with a capital. */
  readonly described: Description;
  /** The named things, when the fact is a list of them. */
  readonly items: readonly string[];
  readonly bound: BoundKind;
  readonly opinion: boolean;
  readonly translated: boolean;
  readonly speakers: readonly string[];
  /** The articles that carry it, by id. */
  readonly articles: readonly string[];
  readonly printed: readonly Printed[];
  readonly chains: readonly Chain[];
  /** What it counts or says; null for our own arithmetic. */
  readonly counts: string | null;
  /** What it does not count; how far it does not reach. */
  readonly excludes: string | null;
  readonly conflicts: readonly { readonly id: string; readonly heading: readonly Segment[]; readonly text: readonly Segment[] }[];
  /** The sum as it was done; null when the figure is printed. */
  readonly formula: string | null;
  readonly inputs: readonly Input[];
}
