/** penalties: two durations at one scale. One square is one day. Never a ratio (ledger, C13). */
import { easeCubicInOut } from 'd3';
import { between, poseBetween, type Pose } from '../camera.ts';
import { blocksOf, type Block } from '../dotField.ts';
import { columnRow, columnsAt, type Columns } from '../twoColumns.ts';
import type { Chart, ChartView, Label, StepState, Scene, ShapeMark, Size } from '../types.ts';
import { below, fittingSize, label } from '../label.ts';
import { rectangle } from '../shape.ts';
import { clamp, crisp, drawnCount, emptyScene, field, footnote, heading, labelSize, rim, stageLines, wordOf, wordsIn, wordsOut } from '../stageLayout.ts';

const STEPS = ['ten-days', 'forty-years', 'not-the-same'] as const;
const CARD = ['offence', 'who', 'number', 'source'] as const;

/** The stage of the last two steps: a sliver of days above, the years below, one pitch for both. */
interface Pair {
  readonly days: Label[];
  readonly pose: Pose;
  /** Pitches from one year's row to the next, and from the sliver to the first. */
  readonly rowPitch: number;
  readonly offset: number;
  readonly years: Label[];
}

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const t = easeCubicInOut(progress);
  const days = drawnCount(view, 'detention-10-days');
  const [total, years] = [drawnCount(view, 'nth-room-sentence-days'), drawnCount(view, 'nth-room-sentence')];
  const opening = index === 0 ? between(t, 0, 0.5) : 1;
  const far = pairOf(view, size, total, years, index === 1 ? wordsIn(t) : index === 2 ? wordsOut(t) : 0);
  const close = closePose(size, days);
  const pose = index === 0 ? close : poseBetween(close, far.pose, index === 1 ? t : 1);
  const dim = index === 2 ? 1 - 0.86 * t : 1;

  const cells = field('days', blocksOf(days, days), pose, 'maskpark', opening * dim, 'cell');
  const yearsAt = { x: pose.x, y: pose.y + far.offset * pose.pitch, pitch: pose.pitch };
  const leap = Math.ceil(total / years);
  const whole = Math.floor(total / years);
  const rows: Block[] = [{ x: 0, y: 0, columns: whole, rows: years }];
  const shownYears = index === 0 ? 0 : (index === 1 ? between(t, 0.15, 0.6) : 1) * dim;
  const fields = [
    ...cells,
    ...(yearsAt.y < size.height ? field('years', rows, yearsAt, 'nth-room', shownYears, 'cell', far.rowPitch) : []),
    ...(yearsAt.y < size.height ? field('leap-days', leapDays(total, whole, leap), yearsAt, 'nth-room', shownYears, 'cell', far.rowPitch) : []),
  ];
  const gap = Math.max(4, pose.pitch * 0.12);
  const row = { x: pose.x, y: pose.y, width: days * pose.pitch, height: pose.pitch };
  const bound = rim(view, 'detention-10-days', row, {
    key: 'days',
    tone: 'maskpark',
    opacity: opening * Math.max(dim, 0.3),
    gap,
    width: pose.pitch < 8 ? 1 : 1.5,
  });

  const labels: Label[] = [];
  const shapes: ShapeMark[] = [...bound.shapes];
  if (index < 2) {
    const opacity = index === 0 ? wordsIn(t) : wordsOut(t);
    labels.push(...heading(view, size, 'days', 'maskpark', opacity), ...footnote(view, size, 'one-day', index === 0 ? opacity : 1));
    if (opacity > 0) labels.push(...fine(view, size, close, opacity));
  }
  if (index > 0) labels.push(...far.days, ...far.years);
  if (index === 2) {
    labels.push(...footnote(view, size, 'one-day', wordsOut(t)));
    const sheet = card(view, size, wordsIn(t));
    labels.push(...sheet.labels);
    shapes.push(...sheet.shapes);
  }
  return { ...emptyScene(size), fields, edges: bound.edges, shapes, labels: labels.filter((one) => one.opacity > 0) };
}

/** Ten large squares across the stage. */
function closePose(size: Size, days: number): Pose {
  const { margin, field: room, foot } = stageLines(size);
  const pitch = Math.min((size.width - 2 * margin) / days, 76);
  return { x: margin, y: room.y + Math.max(0, (foot - room.y) * 0.32 - pitch / 2), pitch };
}

/** The fine, in words: money is no length, so it is not drawn. */
function fine(view: ChartView, size: Size, pose: Pose, opacity: number): Label[] {
  const { margin } = stageLines(size);
  const width = size.width - 2 * margin;
  const text = wordOf(view, 'fine-number');
  const number = label({
    key: 'fine-number',
    text,
    x: margin,
    y: pose.y + pose.pitch + clamp(size.height * 0.06, 12, 56),
    width,
    size: fittingSize(text, width, clamp(size.width * 0.05, 22, 40), 18),
    face: 'number',
    tone: 'maskpark',
    opacity,
  });
  return [
    number,
    label({ key: 'fine-label', text: wordOf(view, 'fine-label'), x: margin, y: below(number, 2), width, size: labelSize(size), tone: 'quiet', opacity }),
  ];
}

function pairOf(view: ChartView, size: Size, total: number, years: number, opacity: number): Pair {
  const { margin, top, foot } = stageLines(size);
  const width = size.width - 2 * margin;
  const pitch = width / Math.ceil(total / years);
  const numberSize = clamp(Math.min(size.width * 0.056, size.height * 0.08), 20, 46);
  const set = (key: string, tone: 'maskpark' | 'nth-room', y: number): Label[] => {
    const number = label({
      key: `${key}-far-number`,
      text: wordOf(view, `${key}-number`),
      x: margin,
      y,
      width,
      size: numberSize,
      face: 'number',
      tone,
      opacity,
    });
    const words = label({
      key: `${key}-far-label`,
      text: wordOf(view, `${key}-far`),
      x: margin,
      y: below(number),
      width,
      size: labelSize(size),
      tone: 'quiet',
      opacity,
    });
    return [number, words];
  };
  const days = set('days', 'maskpark', top);
  // Rows on whole or half pixels, each alike in every engine.
  const sliver = Math.round(below(days[1] as Label, clamp(size.height * 0.022, 8, 20)));
  const gap = Math.round(clamp(size.height * 0.05, 14, 44));
  const yearsHeight = set('years', 'nth-room', 0).reduce((sum, one) => sum + one.box.height, 0) + clamp(size.height * 0.02, 6, 18);
  const room = foot - 10 - (sliver + gap) - yearsHeight;
  const rowPitch = Math.max(pitch, crisp(Math.min(room / years, size.height * 0.0076, pitch * 7))) / pitch;
  const end = sliver + gap + years * rowPitch * pitch;
  return {
    days,
    pose: { x: margin, y: sliver, pitch },
    rowPitch,
    offset: gap / pitch,
    years: set('years', 'nth-room', end + clamp(size.height * 0.02, 6, 18)),
  };
}

/** The days that leap years have more: one at the end of every fourth row, so that the days add up. */
function leapDays(total: number, whole: number, leap: number): Block[] {
  if (leap === whole) return [];
  const years = Math.floor(total / whole);
  const extra = total - years * whole;
  return Array.from({ length: extra }, (_, i) => ({ x: whole, y: Math.floor(((i + 1) * years) / extra) - 1, columns: 1, rows: 1 }));
}

/** What each number is: not the same crime, person, country or kind of number. */
function card(view: ChartView, size: Size, opacity: number): { labels: Label[]; shapes: ShapeMark[] } {
  if (opacity <= 0) return { labels: [], shapes: [] };
  const { margin } = stageLines(size);
  const pad = size.width < 480 ? 0 : 28;
  const columns: Columns = {
    x: margin + pad,
    width: size.width - 2 * (margin + pad),
    gap: clamp(size.width * 0.05, 12, 48),
    size: labelSize(size),
    padding: size.height < 330 ? 4 : labelSize(size) * 0.6,
  };
  const at = columnsAt(columns);
  const build = (top: number, titled: boolean) => {
    const name = label({ key: 'card-title', text: wordOf(view, 'card-title'), x: columns.x, y: top, width: columns.width, size: columns.size, opacity });
    const heads = (['days', 'years'] as const).map((key, i) =>
      label({
        key: `card-${key}`,
        text: wordOf(view, `${key}-number`),
        x: i ? at.right : at.left,
        y: below(name, size.height < 330 ? 0 : 6),
        width: at.width,
        size: clamp(size.width * 0.042, 19, 36),
        face: 'number',
        tone: i ? 'nth-room' : 'maskpark',
        opacity,
      }),
    );
    const [labels, shapes]: [Label[], ShapeMark[]] = [[name, ...heads], []];
    let y = Math.max(...heads.map((head) => below(head, size.height < 330 ? 2 : 6)));
    for (const key of CARD) {
      const row = columnRow(
        {
          key: `card-${key}`,
          title: titled ? wordOf(view, `${key}-row`) : undefined,
          left: wordOf(view, `${key}-days`),
          right: wordOf(view, `${key}-years`),
          opacity,
        },
        y,
        columns,
      );
      labels.push(...row.labels);
      shapes.push(row.rule);
      y = row.end;
    }
    return { labels, shapes, end: y };
  };
  const titled = build(0, true).end < size.height - 24;
  const height = build(0, titled).end;
  const top = Math.max(8, (size.height - height) / 2);
  const { labels, shapes } = build(top, titled);
  const panel = { x: columns.x - pad, y: top - pad, width: columns.width + 2 * pad, height: height + 2 * pad };
  return { labels, shapes: [rectangle('shade', panel, { key: 'card', tone: 'quiet', opacity, width: pad ? 1 : 0 }), ...shapes] };
}

export const penalties: Chart = {
  id: 'penalties',
  steps: STEPS,
  figures: ['detention-10-days', 'fine-500-yuan', 'fine-usd', 'nth-room-sentence', 'nth-room-sentence-days'],
  marks: { 'detention-10-days': 'days', 'nth-room-sentence': 'years', 'nth-room-sentence-days': 'days' },
  claims: ['obstacle-obscenity-test'],
  words: [
    'days-number',
    'days-label',
    'days-far',
    'fine-number',
    'fine-label',
    'years-number',
    'years-far',
    'one-day',
    'card-title',
    ...CARD.flatMap((key) => [`${key}-row`, `${key}-days`, `${key}-years`]),
  ],
  eventSteps: [],
  gaps: false,
  layout,
};
