/** Rows of words in two columns, as the comparison and the card of the penalties show them. */
import type { Label, ShapeMark, Tone } from './types.ts';
import { below, label, MIN_FONT_SIZE } from './label.ts';
import { line } from './shape.ts';

/** One row: what it is about, and what stands in each column; no text leaves the place empty. */
export interface Row {
  readonly key: string;
  readonly title?: string | undefined;
  readonly left?: string | undefined;
  readonly right?: string | undefined;
  readonly tone?: Tone;
  readonly opacity: number;
}

/** Where the columns stand, in pixels. */
export interface Columns {
  readonly x: number;
  readonly width: number;
  readonly gap: number;
  readonly size: number;
  /** The padding above and below a row's words; by the size of the words where it is not said. */
  readonly padding?: number;
}

/** The size of a row's title and of notes: a little smaller than the words, never smaller than a label may be. */
export function quietSize({ size }: Columns): number {
  return Math.min(18, Math.max(MIN_FONT_SIZE, size - 2));
}

/** The left edge of each column and the width of both. */
export function columnsAt({ x, width, gap }: Columns): { left: number; right: number; width: number } {
  const half = (width - gap) / 2;
  return { left: x, right: x + half + gap, width: half };
}

/** A row with its top at y: its labels, the rule above it, and where it ends. */
export function columnRow(
  { key, title, left, right, tone = 'light', opacity }: Row,
  y: number,
  columns: Columns,
): { labels: Label[]; rule: ShapeMark; bodyY: number; end: number } {
  const at = columnsAt(columns);
  const labels: Label[] = [];
  const padding = columns.padding ?? columns.size * 0.6;
  let bodyY = y + padding;
  if (title) {
    const head = label({
      key: `${key}-title`,
      text: title,
      x: columns.x,
      y: bodyY,
      width: columns.width,
      size: quietSize(columns),
      tone: 'quiet',
      opacity,
    });
    labels.push(head);
    bodyY = below(head, 2);
  }
  let end = bodyY;
  for (const [side, text] of [['left', left] as const, ['right', right] as const]) {
    if (!text) continue;
    const cell = label({ key: `${key}-${side}`, text, x: at[side], y: bodyY, width: at.width, size: columns.size, tone, opacity });
    labels.push(cell);
    end = Math.max(end, below(cell));
  }
  const rule = line(
    [
      [columns.x, y],
      [columns.x + columns.width, y],
    ],
    { key: `${key}-rule`, tone: 'quiet', opacity: opacity * 0.35, width: 1 },
  );
  return { labels, rule, bodyY, end: end + padding };
}
