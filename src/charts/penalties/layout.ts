/** penalties: two durations at one scale. One square is one day. Never a ratio (ledger, C13). */
import { easeCubicInOut } from 'd3';
import { between, poseBetween, type Pose } from '../camera.ts';
import { blocksOf, type Block } from '../dotField.ts';
import type { Chart, ChartNeeds, ChartView, Label, StepState, Scene, ShapeMark, Size } from '../types.ts';
import { below, fittingSize, label } from '../label.ts';
import { line, rectangle } from '../shape.ts';
import { fitted, heightOf, plainSize, quietSize, sideMargin, sizes, stack } from '../stack.ts';
import { clamp, crisp, drawnCount, emptyScene, field, outlineOf, shifted, wordOf, wordsIn, wordsOut } from '../stageLayout.ts';

const STEPS = ['ten-days', 'forty-years', 'not-the-same'] as const;
/** What the two penalties are, row by row: in the left column the days, in the right the years. */
const ROWS = ['number', 'offence', 'who', 'kind', 'source'] as const;
const SIDES = ['days', 'years'] as const;

/** A week, and the weeks that a year touches at most, whatever its first weekday: a leap year that begins on the last one touches 54. */
const WEEK = 7;
const WEEKS = 53;
/** The least and the most space between two years, in squares. */
const GAP = 2;
const MOST = { across: 22, down: 12 } as const;

/** The stage of the last two steps: a sliver of days above, the years below, one pitch for both. */
interface Far {
  readonly labels: Label[];
  readonly pose: Pose;
  /** From the first day's square to the first year's, in squares. */
  readonly offset: number;
  readonly years: readonly Block[];
}

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const t = easeCubicInOut(progress);
  const days = drawnCount(view, 'detention-10-days');
  const close = closeOf(view, size, days, index === 0 ? between(progress, 0.7, 0.9) : index === 1 ? wordsOut(t) : 0);
  const far = farOf(view, size, index === 1 ? wordsIn(t) : index === 2 ? wordsOut(t) : 0);
  const pose = index === 0 ? close.pose : poseBetween(close.pose, far.pose, index === 1 ? t : 1);
  const dim = index === 2 ? 1 - 0.88 * t : 1;

  // The days come one by one after the first.
  const come = index === 0 ? Math.max(1, Math.round(days * between(progress, 0.35, 0.8))) : days;
  const first = index === 0 ? between(progress, 0.3, 0.36) : 1;
  const yearsAt = { x: pose.x, y: pose.y + far.offset * pose.pitch, pitch: pose.pitch };
  const yearsSeen = index === 0 || yearsAt.y >= size.height ? 0 : (index === 1 ? between(t, 0.15, 0.6) : 1) * dim;
  const fields = [
    ...field('days', blocksOf(come, days), pose, 'maskpark', first * dim, 'cell'),
    ...field('years', far.years, yearsAt, 'nth-room', yearsSeen, 'cell'),
  ];
  const row = { x: pose.x, y: pose.y, width: days * pose.pitch, height: pose.pitch };
  const outline = outlineOf(view, 'detention-10-days', row, {
    key: 'days',
    tone: 'maskpark',
    opacity: (index === 0 ? between(progress, 0.7, 0.9) : 1) * dim,
    gap: Math.max(3, pose.pitch * 0.14),
    width: pose.pitch < 8 ? 1 : 1.5,
  });
  const day = index === 0 ? oneDay(view, size, close.pose, progress) : { labels: [], shapes: [] };
  const sheet = index === 2 ? columns(view, size, wordsIn(t)) : { labels: [], shapes: [] };
  return {
    ...emptyScene(size),
    fields,
    shapes: [...outline, ...day.shapes, ...sheet.shapes],
    labels: [...day.labels, ...close.labels, ...far.labels, ...sheet.labels].filter((one) => one.opacity > 0),
  };
}

/** The margins of the stage: the squares reach almost from edge to edge. */
function marginsOf({ width, height }: Size): { x: number; top: number; bottom: number } {
  return { x: sideMargin({ width, height }), top: clamp(height * 0.05, 8, 48), bottom: height - clamp(height * 0.04, 8, 36) };
}

/** One unlit square, large, in the middle of the stage; it goes to the place of the first day and makes way for its light. */
function oneDay(view: ChartView, size: Size, pose: Pose, progress: number): { labels: Label[]; shapes: ShapeMark[] } {
  const [gone, t] = [between(progress, 0.3, 0.4), easeCubicInOut(between(progress, 0, 0.34))];
  if (gone >= 1) return { labels: [], shapes: [] };
  const side = Math.min(size.width, size.height) * 0.36;
  const inset = pose.pitch * 0.07;
  const from = { x: (size.width - side) / 2, y: size.height * 0.46 - side / 2, side };
  const to = { x: pose.x + inset, y: pose.y + inset, side: pose.pitch - 2 * inset };
  const at = (key: 'x' | 'y' | 'side') => from[key] + (to[key] - from[key]) * t;
  const square = { x: at('x'), y: at('y'), width: at('side'), height: at('side') };
  const opacity = 1 - between(progress, 0.02, 0.2);
  const words = label({
    key: 'one-day',
    text: wordOf(view, 'one-day'),
    x: size.width / 2,
    y: from.y + side + clamp(size.height * 0.025, 6, 22),
    width: size.width,
    size: clamp(size.width * 0.04, 18, 34),
    face: 'number',
    tone: 'light',
    anchor: 'middle',
    opacity,
  });
  return { labels: opacity > 0 ? [words] : [], shapes: [rectangle('stroke', square, { key: 'day', tone: 'quiet', opacity: 1 - gone, width: 2 })] };
}

/** Ten large squares across the stage, what they are above, and the fine beneath in words: money is no length, so it is not drawn. */
function closeOf(view: ChartView, size: Size, days: number, opacity: number): { pose: Pose; labels: Label[] } {
  const { x, top, bottom } = marginsOf(size);
  const width = size.width - 2 * x;
  const plain = plainSize(size);
  const build = (large: number) => {
    const text = wordOf(view, 'days-number');
    const above = stack(
      [
        { key: 'days-number', text, size: fittingSize(text, width, large, 24), face: 'number', tone: 'maskpark' },
        { key: 'days-label', text: wordOf(view, 'days-label'), size: plain, tone: 'quiet', gap: 2 },
      ],
      { x, y: top, width, opacity },
    );
    const fine = wordOf(view, 'fine-number');
    const beneath = stack(
      [
        { key: 'fine-number', text: fine, size: fittingSize(fine, width, large * 0.62, 18, 2), face: 'number', tone: 'maskpark' },
        { key: 'fine-label', text: wordOf(view, 'fine-label'), size: plain, tone: 'quiet', gap: 2 },
      ],
      { x, y: 0, width, opacity },
    );
    const source = stack([{ key: 'days-source', text: wordOf(view, 'days-source'), size: quietSize(size), tone: 'quiet' }], { x, y: 0, width, opacity });
    return { above, beneath, source };
  };
  const air = clamp(size.height * 0.045, 8, 44);
  // The outline stands round the squares: they leave it its gap.
  const pitch = width / (days + 0.3);
  const room = ({ above, beneath, source }: ReturnType<typeof build>) => bottom - heightOf(source) - heightOf(above) - heightOf(beneath) - air;
  const words = fitted(
    view,
    'close',
    size,
    sizes(clamp(Math.min(size.width * 0.115, size.height * 0.13), 26, 96), 20, 2),
    build,
    (one) => room(one) >= pitch * 1.9,
  );
  const least = Math.min(pitch, room(words) / 1.5);
  const spare = room(words) - least;
  const y = heightOf(words.above) + Math.max(least * 0.2, spare * 0.46);
  const beneath = Math.min(y + least * 1.2 + air * 0.8, bottom - heightOf(words.source) - heightOf(words.beneath) - 2);
  return {
    pose: { x: x + least * 0.15, y, pitch: least },
    labels: [...words.above, ...shifted(words.beneath, beneath), ...shifted(words.source, bottom - heightOf(words.source))],
  };
}

/** The ten days apart above, and forty years beneath them at the same scale, each a calendar of weeks. */
function farOf(view: ChartView, size: Size, opacity: number): Far {
  const { x, top, bottom } = marginsOf(size);
  const width = size.width - 2 * x;
  const [total, years] = [drawnCount(view, 'nth-room-sentence-days'), drawnCount(view, 'nth-room-sentence')];
  const numberSize = clamp(Math.min(size.width * 0.06, size.height * 0.07), 19, 52);
  const quiet = quietSize(size);
  const side = (key: (typeof SIDES)[number], y: number): Label[] => {
    const text = wordOf(view, `${key}-number`);
    const number = label({
      key: `${key}-far-number`,
      text,
      x,
      y,
      width,
      size: numberSize,
      face: 'number',
      tone: key === 'days' ? 'maskpark' : 'nth-room',
      opacity,
    });
    // Beside the number where there is room for it, else beneath.
    const besideX = x + number.box.width + numberSize * 0.4;
    const words = wordOf(view, `${key}-far`);
    const beside = label({ key: `${key}-far-label`, text: words, x: besideX, y: 0, width: size.width - x - besideX, size: quiet, tone: 'quiet', opacity });
    if (beside.box.height <= number.box.height) return [number, ...shifted([beside], y + number.box.height * 0.9 - beside.box.height)];
    return [number, label({ key: `${key}-far-label`, text: words, x, y: below(number), width, size: quiet, tone: 'quiet', opacity })];
  };
  const days = side('days', top);
  const sliver = Math.round(heightOf(days) + clamp(size.height * 0.014, 5, 14));
  const named = side('years', 0);
  const apart = clamp(size.height * 0.03, 7, 30);
  const start = sliver + apart + heightOf(named) + clamp(size.height * 0.016, 5, 16);
  const high = Math.max(20, bottom - start);
  const { columns, pitch, across, down } = gridOf(years, width, high);
  const offset = Math.ceil((start - sliver) / pitch);
  return {
    labels: opacity > 0 ? [...days, ...shifted(named, sliver + apart)] : [],
    pose: { x, y: sliver, pitch },
    offset,
    years: yearsOf(total, years).flatMap((year, i) =>
      year.map((block) => ({ ...block, x: block.x + (i % columns) * across, y: block.y + Math.floor(i / columns) * down })),
    ),
  };
}

/**
 * In how many columns the years stand, how large a square is, and how far one year is from the next, in squares: as large as can be
 * while the years fill the stage; rows of one length where that costs little.
 */
function gridOf(years: number, width: number, high: number): { columns: number; pitch: number; across: number; down: number } {
  const options = Array.from({ length: Math.min(years, 12) }, (_, i) => {
    const columns = i + 1;
    const rows = Math.ceil(years / columns);
    const pitch = crisp(Math.min(width / (columns * (WEEKS + GAP) - GAP + 1), high / (rows * (WEEK + 1) - 1)));
    const spread = (room: number, one: number, count: number, most: number) =>
      Math.max(one + 1, Math.min(one + most, Math.floor((room / pitch - one - 1) / Math.max(1, count - 1))));
    const across = spread(width, WEEKS, columns, MOST.across);
    const down = spread(high, WEEK, rows, MOST.down);
    const filled = (pitch * (across * (columns - 1) + WEEKS) * pitch * (down * (rows - 1) + WEEK)) / (width * high);
    return { columns, pitch, across, down, worth: filled * pitch * (years % columns ? 0.7 : 1) };
  });
  return options.reduce((best, one) => (one.worth > best.worth ? one : best));
}

/**
 * Each year's squares: a column a week, a row a weekday, beginning on the weekday after the last day of the year before.
 * All years together have `total` days, each as near to an even share as whole days allow: every fourth has one more.
 */
function yearsOf(total: number, years: number): Block[][] {
  const endOf = (year: number) => Math.floor((total * year) / years);
  return Array.from({ length: years }, (_, year) => {
    const [from, length] = [endOf(year) % WEEK, endOf(year + 1) - endOf(year)];
    const end = from + length;
    const blocks: Block[] = [];
    let next = from;
    // The rest of a week that began in the year before, the whole weeks, and the week that the next year goes on with.
    for (const stop of [Math.ceil(from / WEEK) * WEEK, Math.floor(end / WEEK) * WEEK, end]) {
      if (stop <= next) continue;
      const [x, y, weeks] = [Math.floor(next / WEEK), next % WEEK, Math.floor((stop - next) / WEEK)];
      blocks.push(weeks ? { x, y: 0, columns: weeks, rows: WEEK } : { x, y, columns: 1, rows: stop - next });
      next = stop;
    }
    return blocks;
  });
}

/** What each number is, in two columns of large words: not the same offence, person, country or kind of number. */
function columns(view: ChartView, size: Size, opacity: number): { labels: Label[]; shapes: ShapeMark[] } {
  if (opacity <= 0) return { labels: [], shapes: [] };
  const { x, top, bottom } = marginsOf(size);
  const gap = clamp(size.width * 0.05, 12, 56);
  const width = (size.width - 2 * x - gap) / 2;
  const at = [x, x + width + gap];
  const build = ({ large, air, rows }: { large: number; air: number; rows: readonly (typeof ROWS)[number][] }) => {
    const title = label({
      key: 'card-title',
      text: wordOf(view, 'card-title'),
      x,
      y: top,
      width: 2 * width,
      size: Math.max(plainSize(size), large),
      tone: 'quiet',
      opacity,
    });
    let y = below(title, air * 0.6);
    const [labels, shapes]: [Label[], ShapeMark[]] = [[title], []];
    const number = Math.min(...SIDES.map((side) => fittingSize(wordOf(view, `${side}-number`), width, large * 2.3, large * 1.15)));
    for (const row of rows) {
      const quiet = row === 'source';
      const cells = SIDES.map((side, i) => {
        const text = wordOf(view, row === 'number' ? `${side}-number` : `${row}-${side}`);
        return label({
          key: `card-${row}-${side}`,
          text,
          x: at[i] ?? x,
          y,
          width,
          size: row === 'number' ? number : quiet ? quietSize(size) : large,
          face: quiet || large < 18 ? (row === 'number' ? 'number' : 'sans') : 'number',
          tone: row === 'number' ? (i ? 'nth-room' : 'maskpark') : quiet ? 'quiet' : 'light',
          opacity,
        });
      });
      labels.push(...cells);
      const end = heightOf(cells);
      if (row !== rows.at(-1))
        shapes.push(
          line(
            [
              [x, end + air / 2],
              [size.width - x, end + air / 2],
            ],
            { key: `card-${row}-rule`, tone: 'quiet', opacity: opacity * 0.4, width: 1 },
          ),
        );
      y = end + air;
    }
    return { labels, shapes };
  };
  const largest = clamp(size.width * 0.044, 16, 40);
  const options = [ROWS, ROWS.slice(0, -1), ROWS.slice(0, -2)].flatMap((rows) =>
    sizes(largest, plainSize(size)).flatMap((large) => [1.7, 1.3, 1, 0.7, 0.4].map((times) => ({ large, air: large * times, rows }))),
  );
  return fitted(view, 'columns', size, options, build, ({ labels }) => heightOf(labels) <= bottom && labels.every(({ box }) => box.width <= 2 * width));
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
      ...ROWS.flatMap((row) => (row === 'number' ? [] : SIDES.map((side) => `${row}-${side}`))),
    ],
    eventSteps: [],
    gaps: false,
  };
}
