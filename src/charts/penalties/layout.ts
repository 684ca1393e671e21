/** penalties: two durations at one scale. One square is one day. Never a ratio (ledger, C13). */
import { easeCubicInOut } from 'd3';
import { between, poseBetween, type Pose } from '../camera.ts';
import { blocksOf, columnBlocks, type Block } from '../dotField.ts';
import { fittingSize } from '../label.ts';
import { rectangle } from '../shape.ts';
import { columns, heightOf, isLeast, pictureOf, quiet, sideMargin, stack, type Part, type Text } from '../stack.ts';
import { clamp, crisp, drawnCount, field, outlineOf, shifted, wordOf, wordsIn, wordsOut } from '../stageLayout.ts';
import type { Box, Chart, ChartNeeds, ChartView, Label, Scene, Size, StepState } from '../types.ts';

const STEPS = ['ten-days', 'forty-years', 'not-the-same'] as const;
/** The two penalties, and what each is, in one column. */
const SIDES = ['days', 'years'] as const;
type Side = (typeof SIDES)[number];
const ROWS = ['offence', 'who', 'kind', 'source'] as const;

/** A week, and the weeks that a year touches at most, whatever its first weekday: a leap year that begins on the last one touches 54. */
const WEEK = 7;
const WEEKS = 53;

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const t = easeCubicInOut(progress);
  const days = drawnCount(view, 'detention-10-days');
  // The squares and their words reach almost from edge to edge.
  const [x, y] = [sideMargin(size), clamp(size.height * 0.05, 8, 48)];
  const room = { x, y, width: size.width - 2 * x, height: size.height * 0.96 - y };
  const [alone, close, far] = [aloneIn(view, size), closeOf(view, size, room, days), farOf(view, size, room)];
  const pose = [poseBetween(alone.pose, close.pose, between(t, 0, 0.16)), poseBetween(close.pose, far.pose, t)][index] ?? far.pose;

  // In the first step the days come one by one, the first in place of the empty square.
  const come = (from: number, to: number) => (index ? 1 : between(progress, from, to));
  const count = Math.max(1, Math.round(days * come(0.35, 0.8)));
  const { pitch } = pose;
  const inset = pitch * 0.07;
  const square = { x: pose.x + inset, y: pose.y + inset, width: pitch - 2 * inset, height: pitch - 2 * inset };
  const row = { x: pose.x, y: pose.y, width: days * pitch, height: pitch };
  const look = { key: 'days', tone: 'maskpark', opacity: 1, gap: Math.max(3, pitch * 0.14), width: pitch < 8 ? 1 : 1.5 } as const;
  const yearsAt = { ...pose, y: pose.y + far.offset * pitch };
  const dim = index === 2 ? 1 - 0.88 * t : 1;
  return pictureOf(size, [
    [{ shapes: [rectangle('stroke', square, { key: 'day', tone: 'quiet', width: 2 })] }, 1 - come(0.3, 0.4)],
    [{ labels: alone.labels }, 1 - come(0.02, 0.2)],
    [{ fields: field('days', blocksOf(count, days), pose, 'maskpark', 1, 'cell') }, come(0.3, 0.36) * dim],
    [{ shapes: outlineOf(view, 'detention-10-days', row, look) }, come(0.7, 0.9) * dim],
    [{ labels: close.labels }, [come(0.7, 0.9), wordsOut(t)][index] ?? 0],
    [{ fields: field('years', far.years, yearsAt, 'nth-room', 1, 'cell') }, [0, between(t, 0.15, 0.6)][index] ?? dim],
    [{ labels: far.labels }, [0, wordsIn(t)][index] ?? wordsOut(t)],
    [sheetOf(view, size, room), [0, 0][index] ?? wordsIn(t)],
  ]);
}

/** Large words of one of the penalties, in its colour, on one line where its width allows. */
function large(view: ChartView, key: string, width: number, largest: number, side: Side): Text {
  const text = wordOf(view, key);
  return { key, text, size: fittingSize(text, width, largest, 18), face: 'number', tone: side === 'days' ? 'maskpark' : 'nth-room' };
}

/** One square, large, in the middle of the stage, and what it is beneath it. */
function aloneIn(view: ChartView, { width, height }: Size): { pose: Pose; labels: Label[] } {
  const pitch = Math.min(width, height) * 0.42;
  const pose = { x: (width - pitch) / 2, y: height * 0.46 - pitch / 2, pitch };
  const text: Text = { key: 'one-day', text: wordOf(view, 'one-day'), size: clamp(width * 0.04, 18, 34), face: 'number' };
  return { pose, labels: stack([text], { x: width / 2, y: pose.y + pitch, width, anchor: 'middle' }) };
}

/** Ten large squares across the stage, what they are above, and the fine beneath in words: money is no length, so it is not drawn. */
function closeOf(view: ChartView, size: Size, room: Box, days: number): { pose: Pose; labels: Label[] } {
  const { x, y, width, height } = room;
  const largest = clamp(Math.min(width * 0.13, height * 0.14), 26, 96);
  const above = stack([large(view, 'days-number', width, largest, 'days'), quiet(view, 'days-label', size)], room);
  const beneath = stack([large(view, 'fine-number', width, largest * 0.62, 'days'), quiet(view, 'fine-label', size)], { x, y: 0, width });
  const source = stack([quiet(view, 'days-source', size)], { x, y: 0, width });
  // The outline stands round the squares: they leave it its gap.
  const pitch = width / (days + 0.3);
  const foot = y + height - heightOf(source);
  const free = foot - heightOf(above) - pitch - heightOf(beneath);
  const top = heightOf(above) + free * 0.42;
  return {
    pose: { x: x + pitch * 0.15, y: top, pitch },
    labels: [...above, ...shifted(beneath, top + pitch * 1.14 + Math.min(free * 0.2, 36)), ...shifted(source, foot)],
  };
}

/** The ten days apart above, and forty years beneath them at the same scale, each a calendar of weeks; `offset` is from one to the other, in squares. */
function farOf(view: ChartView, size: Size, room: Box): { labels: Label[]; pose: Pose; offset: number; years: Block[] } {
  const { x, y, width, height } = room;
  const largest = clamp(Math.min(width * 0.07, height * 0.075), 19, 52);
  const words = (side: Side, from: number) =>
    stack([large(view, `${side}-number`, width, largest, side), quiet(view, `${side}-far`, size)], { ...room, y: from });
  const air = clamp(height * 0.02, 5, 16);
  const days = words('days', y);
  const sliver = Math.round(heightOf(days) + air);
  const named = words('years', sliver + 2 * air);
  const start = Math.round(heightOf(named) + air);
  const high = y + height - start;
  // All years have so many days together, each as near to an even share as whole days allow: every fourth has one more.
  const [total, count] = [drawnCount(view, 'nth-room-sentence-days'), drawnCount(view, 'nth-room-sentence')];
  const endOf = (year: number) => Math.floor((total * year) / count);
  // Forty years stand in full rows, four in each, or five where the room is low.
  const inRow = high * 2.2 < width ? 5 : 4;
  const rows = Math.ceil(count / inRow);
  const pitch = crisp(Math.min(width / (inRow * (WEEKS + 2)), high / (rows * (WEEK + 1))));
  const across = Math.floor((width / pitch - WEEKS - 1) / (inRow - 1));
  const down = Math.floor((high / pitch - WEEK) / Math.max(1, rows - 1));
  return {
    labels: [...days, ...named],
    pose: { x, y: sliver, pitch },
    offset: (start - sliver) / pitch,
    years: Array.from({ length: count }, (_, year) => {
      // A column a week, a row a weekday, beginning on the weekday after the last day of the year before.
      const [first, length] = [endOf(year) % WEEK, endOf(year + 1) - endOf(year)];
      const corner = { x: (year % inRow) * across, y: Math.floor(year / inRow) * down };
      return columnBlocks(first, first + length, WEEK).map((block) => ({ ...block, x: block.x + corner.x, y: block.y + corner.y }));
    }).flat(),
  };
}

/** What each number is, in two columns of large words: not the same offence, person, country or kind of number. */
function sheetOf(view: ChartView, size: Size, { x, y, width, height }: Box): Part {
  const words: Text = { key: 'card-title', text: wordOf(view, 'card-title'), size: clamp(size.width * 0.045, 18, 38), face: 'number' };
  const title = stack([words], { x, y, width });
  const top = heightOf(title) + height * 0.03;
  const wide = width / 2 - x * 0.6;
  const rows = isLeast(size) ? ROWS.slice(0, -1) : ROWS;
  const places = SIDES.map((side, i) => {
    const number = large(view, `${side}-number`, wide, clamp(size.width * 0.1, 26, 90), side);
    const texts = rows.map((row) => {
      const key = `${row}-${side}`;
      return row === 'source' ? quiet(view, key, size, height * 0.03) : { key, text: wordOf(view, key) };
    });
    return { x: i ? x + width - wide : x, y: top, width: wide, height: y + height - top, texts: [{ ...number, key: `card-${side}` }, ...texts] };
  });
  return { labels: [...title, ...columns(view, 'sheet', size, places)] };
}

export const penalties: Chart = {
  id: 'penalties',
  steps: STEPS,
  layout,
};

/** What the build gives it. */
export function penaltiesNeeds(): ChartNeeds {
  return {
    figures: ['detention-10-days', 'fine-500-yuan', 'fine-usd', 'nth-room-sentence', 'nth-room-sentence-days'],
    marks: { 'detention-10-days': 'days', 'nth-room-sentence': 'years', 'nth-room-sentence-days': 'days' },
    claims: ['obstacle-obscenity-test'],
    words: [
      'one-day',
      'days-number',
      'days-label',
      'days-source',
      'fine-number',
      'fine-label',
      'days-far',
      'years-number',
      'years-far',
      'card-title',
      ...ROWS.flatMap((row) => SIDES.map((side) => `${row}-${side}`)),
    ],
    eventSteps: [],
    gaps: false,
    picture: 'forty-years',
  };
}
