/** comparison: the two cases side by side, a row a step. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { noise } from '../light.ts';
import { columnRow, columnsAt, quietSize, type Columns } from '../twoColumns.ts';
import type { Chart, ChartView, Label, StepState, Scene, ShapeMark, Size, Tone } from '../types.ts';
import { below, label, MIN_FONT_SIZE } from '../label.ts';
import { lights, rectangle } from '../shape.ts';
import { clamp, drawnCount, boundsOf, emptyScene, labelSize, openEdge, rim, shifted, stageMargin, wordOf, wordsIn, wordsOut } from '../stageLayout.ts';
import type { Dissolve } from '../dotField.ts';

const STEPS = ['harmed', 'users', 'how', 'ended'] as const;
type Step = (typeof STEPS)[number];
/** The rows in which one column has no words of its own. */
const WITHOUT: Partial<Record<Step, 'maskpark'>> = { harmed: 'maskpark' };
/** The sizes of text that are tried, in pixels. */
const TEXT_SIZES = [26, 24, 22, 20, 19, 18, 17, 16, 15, MIN_FONT_SIZE];
/** Lights in each of the two small diagrams: the same number, so that neither looks larger. */
const DIAGRAM_LIGHTS = 14;

interface Drawn {
  readonly labels: Label[];
  readonly shapes: ShapeMark[];
  readonly edges: Dissolve[];
  readonly end: number;
}

/** How the table stands on a stage: with all its rows or one at a time, and how large its words are. */
interface Fit {
  readonly whole: boolean;
  readonly text: number;
  /** Space that is left over for each row. */
  readonly spare: number;
}

/** The fit is the same at every step: it is found once for a stage. */
const fits = new WeakMap<ChartView, Map<string, Fit>>();

function fitOf(view: ChartView, size: Size): Fit {
  const known = fits.get(view) ?? new Map<string, Fit>();
  fits.set(view, known);
  const key = `${size.width} ${size.height}`;
  const fit = known.get(key) ?? findFit(view, size);
  known.set(key, fit);
  return fit;
}

/** The whole table where it fits, else one row at a time; both as large as there is room for. */
function findFit(view: ChartView, size: Size): Fit {
  const bottom = size.height - clamp(size.height * 0.05, 8, 56);
  const endOf = (text: number, steps: readonly Step[]) => {
    const columns = columnsOf(size, text);
    return rowsFrom(view, size, columns, header(view, size, columns).end, steps, () => ({ opacity: 1, tone: 'light' })).end;
  };
  const largest = (most: number, end: (text: number) => number) => TEXT_SIZES.find((text) => text <= most && end(text) <= bottom);
  const whole = size.width < 480 ? undefined : largest(20, (text) => endOf(text, STEPS));
  if (whole !== undefined) return { whole: true, text: whole, spare: Math.min((bottom - endOf(whole, STEPS)) / STEPS.length, 26) };
  const alone = largest(size.width < 480 ? 19 : 26, (text) => Math.max(...STEPS.map((key) => endOf(text, [key]))));
  return { whole: false, text: alone ?? MIN_FONT_SIZE, spare: 0 };
}

function columnsOf({ width }: Size, text: number): Columns {
  const margin = stageMargin(width);
  return { x: margin, width: width - 2 * margin, gap: clamp(width * 0.04, 14, 40), size: text };
}

function layout(view: ChartView, size: Size, { step, progress: t }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as Step));
  const { whole, text, spare } = fitOf(view, size);
  const columns = columnsOf(size, text);
  const head = header(view, size, columns);
  const opening = index === 0 ? between(t, 0, 0.4) : 1;
  const faded = <Mark extends { opacity: number }>(marks: readonly Mark[]) => marks.map((mark) => ({ ...mark, opacity: mark.opacity * opening }));

  const rows = whole
    ? rowsFrom(
        view,
        size,
        columns,
        head.end,
        STEPS.slice(0, index + 1),
        (i) => (i === index ? { opacity: wordsIn(easeCubicInOut(t)), tone: 'light' } : { opacity: 1, tone: 'quiet' }),
        spare,
      )
    : merged([
        rowsFrom(view, size, columns, head.end, [STEPS[index] as Step], () => ({ opacity: wordsIn(easeCubicInOut(t)), tone: 'light' })),
        ...(index > 0
          ? [rowsFrom(view, size, columns, head.end, [STEPS[index - 1] as Step], () => ({ opacity: wordsOut(easeCubicInOut(t)), tone: 'light' }))]
          : []),
      ]);
  return {
    ...emptyScene(size),
    shapes: [...faded(head.shapes), ...rows.shapes.filter((mark) => mark.opacity > 0)],
    labels: [...faded(head.labels), ...rows.labels].filter((one) => one.opacity > 0),
    edges: rows.edges.filter((edge) => edge.opacity > 0),
  };
}

/** The heads of the columns: a diagram where there is room, and the name. */
function header(view: ChartView, size: Size, columns: Columns): Drawn {
  const at = columnsAt(columns);
  const top = clamp(size.height * 0.045, 8, 44);
  const radius = size.height < 330 ? 0 : clamp(size.height * 0.042, 15, 36);
  const [labels, shapes]: [Label[], ShapeMark[]] = [[], []];
  const heads: readonly [string, Tone, number][] = [
    ['nth-room', 'nth-room', at.left],
    ['maskpark', 'maskpark', at.right],
  ];
  for (const [key, tone, x] of heads) {
    const textX = x + (radius ? radius * 2 + 14 : 0);
    const name = label({
      key: `${key}-name`,
      text: wordOf(view, `${key}-name`),
      x: textX,
      y: top,
      width: at.width,
      size: clamp(size.width * 0.042, 19, 34),
      face: 'number',
      tone,
    });
    labels.push(name);
    if (!radius) continue;
    labels.push(
      label({
        key: `${key}-diagram`,
        text: wordOf(view, 'diagram'),
        x: textX,
        y: below(name, 1),
        width: at.width - radius * 2 - 14,
        size: Math.min(labelSize(size), 16),
        tone: 'quiet',
      }),
    );
    const centre = { x: x + radius, y: top + radius + 2 };
    if (key === 'nth-room') {
      shapes.push(lights([[centre.x, centre.y]], radius * 0.42, { key: 'centre', tone }));
      shapes.push(lights(ring(centre, radius * 0.9, DIAGRAM_LIGHTS - 1), 4, { key: 'ring', tone }));
    } else shapes.push(lights(scatter(centre, radius, DIAGRAM_LIGHTS), 4, { key: 'scatter', tone }));
  }
  const end = Math.max(...labels.map((one) => below(one)), top + radius * 2 + 4);
  return { labels, shapes, edges: [], end: end + clamp(size.height * 0.02, 4, 18) };
}

function rowsFrom(
  view: ChartView,
  size: Size,
  columns: Columns,
  y: number,
  steps: readonly Step[],
  look: (index: number) => { opacity: number; tone: Tone },
  spare = 0,
): Drawn {
  const [labels, shapes, edges]: [Label[], ShapeMark[], Dissolve[]] = [[], [], []];
  let end = y;
  steps.forEach((key, i) => {
    const { opacity, tone } = look(i);
    const bars = key === 'users';
    const text = (side: string) => (bars || WITHOUT[key] === side ? undefined : wordOf(view, `${key}-${side}`));
    const row = columnRow({ key, title: wordOf(view, `${key}-row`), left: text('nth-room'), right: text('maskpark'), tone, opacity }, end, columns);
    labels.push(...row.labels);
    shapes.push(row.rule);
    end = row.end;
    if (key === 'harmed') {
      const frame = blank(view, columns, row.bodyY, opacity);
      shapes.push(...frame.shapes);
      labels.push(...frame.labels);
      end = Math.max(end, frame.end);
    }
    if (bars) {
      const axis = users(view, size, columns, row.bodyY, opacity, tone);
      labels.push(...axis.labels);
      shapes.push(...axis.shapes);
      edges.push(...axis.edges);
      end = axis.end;
    }
    end += spare;
  });
  return { labels, shapes, edges, end };
}

/** The empty frame of what was not reported. */
function blank(view: ChartView, columns: Columns, y: number, opacity: number): Drawn {
  const at = columnsAt(columns);
  const words = label({ key: 'blank', text: wordOf(view, 'not-reported'), x: at.right + 12, y: y + 8, width: at.width - 24, size: columns.size, opacity });
  const frame = { x: at.right, y, width: Math.min(at.width, words.box.width + 24), height: words.box.height + 14 };
  return { labels: [words], shapes: [rectangle('stroke', frame, { key: 'blank-frame', tone: 'light', opacity })], edges: [], end: frame.y + frame.height + 8 };
}

/** Both counts of users on one axis: a band that thins out to its upper edge, and a lower bound with an open end. */
function users(view: ChartView, size: Size, columns: Columns, y: number, opacity: number, tone: Tone): Drawn {
  const band = boundsOf(view, 'nth-room-users');
  const length = columns.width * 0.4;
  const pixels = length / Math.max(band.high ?? 0, drawnCount(view, 'maskpark-users'));
  const height = clamp(size.height * 0.02, 12, 18);
  const edge = length * 0.28;
  const [labels, shapes, edges]: [Label[], ShapeMark[], Dissolve[]] = [[], [], []];
  let top = y + 4;
  for (const key of ['nth-room', 'maskpark'] as const) {
    const words = label({
      key: `${key}-users`,
      text: wordOf(view, `users-${key}`),
      x: columns.x + length + edge + 12,
      y: top,
      width: columns.width - length - edge - 12,
      size: columns.size,
      tone,
      opacity,
    });
    const tall = Math.max(height, words.box.height);
    const box = { x: columns.x, y: top + (tall - height) / 2, width: drawnCount(view, `${key}-users`) * pixels, height };
    shapes.push(rectangle('fill', box, { key: `${key}-bar`, tone: key, opacity }));
    if (key === 'nth-room') edges.push(...openEdge('nth-room-fade', box, key, opacity, ((band.high ?? 0) * pixels - box.width) / box.width));
    else {
      const bound = rim(view, 'maskpark-users', box, { key, tone: key, opacity, gap: 3, share: edge / box.width });
      edges.push(...bound.edges);
      shapes.push(...bound.shapes);
    }
    labels.push(...shifted([words], (tall - words.box.height) / 2));
    top += tall + 5;
  }
  const note = label({
    key: 'users-note',
    text: wordOf(view, 'users-note'),
    x: columns.x,
    y: top,
    width: columns.width,
    size: quietSize(columns),
    tone: 'quiet',
    opacity,
  });
  return { labels: [...labels, note], shapes, edges, end: below(note, 8) };
}

function merged(parts: readonly Drawn[]): Drawn {
  return {
    labels: parts.flatMap((part) => part.labels),
    shapes: parts.flatMap((part) => part.shapes),
    edges: parts.flatMap((part) => part.edges),
    end: Math.max(...parts.map((part) => part.end)),
  };
}

function ring(centre: { x: number; y: number }, radius: number, count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => [
    centre.x + radius * Math.cos((i / count) * 2 * Math.PI),
    centre.y + radius * Math.sin((i / count) * 2 * Math.PI),
  ]);
}

/** A scatter without a centre: one place in each part of a sunflower, shaken. */
function scatter(centre: { x: number; y: number }, radius: number, count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => {
    const [angle, distance] = [i * 2.39996 + noise(i, 3), radius * Math.sqrt((i + 0.6) / count)];
    return [centre.x + distance * Math.cos(angle), centre.y + distance * Math.sin(angle)];
  });
}

export const comparison: Chart = {
  id: 'comparison',
  steps: STEPS,
  figures: ['nth-room-women-74', 'nth-room-users', 'maskpark-users', 'weibo-post-14000-likes', 'nth-room-sentence'],
  marks: { 'nth-room-users': 'users', 'maskpark-users': 'accounts', 'nth-room-women-74': 'women-and-girls' },
  claims: ['commenters-liken-nth-room', 'nth-room-method', 'telegram-blocked-vpn', 'footage-sold', 'main-forum-taken-down', 'outlook-no-action'],
  words: [
    'nth-room-name',
    'maskpark-name',
    'diagram',
    'not-reported',
    'users-note',
    ...STEPS.flatMap((key) => [
      `${key}-row`,
      ...(key === 'users' ? ['users-nth-room', 'users-maskpark'] : [`${key}-nth-room`, ...(WITHOUT[key] ? [] : [`${key}-maskpark`])]),
    ]),
  ],
  eventSteps: [],
  gaps: false,
  layout,
};
