/** timeline: what is known, and when. Four lanes fill the stage; the events that a step tells shine, the others are dim. */
import { easeCubicInOut } from 'd3';
import type { Chart, ChartNeeds, ChartView, EventView, Label, StepState, Scene, ShapeMark, Size } from '../types.ts';
import { label } from '../label.ts';
import { lights, line } from '../shape.ts';
import { fitted, heightOf, isLeast, plainSize, quietSize, shining, sizes, stack } from '../stack.ts';
import { clamp, emptyScene, shifted, wordOf } from '../stageLayout.ts';
import { between } from '../camera.ts';
import { round } from '../dotField.ts';

const STEPS = ['accounts', 'july'] as const;
const LANES = ['women', 'press', 'platforms', 'courts'] as const;
/** How dim an event is that another step tells. */
const DIM = 0.6;

/** How the events stand: their texts in a size, with the date above or on the same line; all of them, or those of the step alone. */
interface Fit {
  readonly size: number;
  readonly oneLine: boolean;
  /** Each with the name of its lane, where the lanes have no heads. */
  readonly placed: boolean;
  readonly whole: boolean;
}

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const t = easeCubicInOut(progress);
  const [now = STEPS[0], before] = [STEPS[index], STEPS[index - 1]];
  const fit = fitOf(view, size);
  const lit = (event: EventView) => {
    const comes = between(t, 0.3, 0.8);
    if (event.step === now) return index ? comes : 1;
    return event.step === before ? 1 - comes : 0;
  };
  const of = (name: string) => view.events.filter((event) => event.step === name);
  // The opening shows the lanes and every event on them, dim; then the first step's shine.
  const opened = index === 0 ? between(t, 0.2, 0.8) : 1;
  const drawn = fit.whole
    ? [events(view, size, view.events, fit, 1, (event) => lit(event) * opened)]
    : [
        events(view, size, of(now), fit, index === 0 ? 1 : between(t, 0.5, 0.85), () => (index === 0 ? opened : 1)),
        ...(before ? [events(view, size, of(before), fit, 1 - between(t, 0.05, 0.4), () => 1)] : []),
      ];
  return {
    ...emptyScene(size),
    shapes: [...lanes(size, fit), ...drawn.flatMap(({ shapes }) => shapes)].filter((mark) => mark.opacity > 0),
    labels: [...laneNames(view, size, fit), ...drawn.flatMap(({ labels }) => labels)].filter((one) => one.opacity > 0),
  };
}

/** The lines that the lanes stand on: named at their heads where there is room, else by each event. */
function frameOf({ width, height }: Size): { x: number; right: number; top: number; bottom: number; lane: number; named: boolean; text: number; mark: number } {
  const x = clamp(width * 0.045, 8, 44);
  const named = width >= 700 && height >= 600;
  const lane = named ? clamp(width * 0.105, 84, 108) : clamp(width * 0.042, isLeast({ width, height }) ? 9 : 11, isLeast({ width, height }) ? 9 : 26);
  return {
    x,
    right: width - x,
    top: clamp(height * 0.035, isLeast({ width, height }) ? 2 : 6, 32) - (isLeast({ width, height }) ? 6 : 0),
    bottom: height - clamp(height * 0.03, 6, 28),
    lane,
    named,
    text: x + lane * LANES.length + (named ? 6 : 8),
    mark: clamp(width * 0.016, 5, 12),
  };
}

function laneX(size: Size, lane: string): number {
  const { x, lane: width } = frameOf(size);
  return x + width * (Math.max(0, LANES.indexOf(lane as (typeof LANES)[number])) + 0.4);
}

/** Where the events begin: beneath the names of the lanes. */
function startOf(size: Size): number {
  const { top, named } = frameOf(size);
  return named ? top + quietSize(size) * 1.32 + 14 : top;
}

function lanes(size: Size, fit: Fit): ShapeMark[] {
  const { bottom } = frameOf(size);
  return LANES.map((id) =>
    line(
      [
        [laneX(size, id), startOf(size) - (fit.oneLine ? 2 : 0)],
        [laneX(size, id), bottom],
      ],
      { key: `lane-${id}-line`, tone: 'quiet', width: 1.25, opacity: 0.45 },
    ),
  );
}

function laneNames(view: ChartView, size: Size, fit: Fit): Label[] {
  const { named, top, lane } = frameOf(size);
  if (!named || fit.oneLine) return [];
  return LANES.map((id) =>
    label({ key: `lane-${id}`, text: wordOf(view, id), x: laneX(size, id), y: top, width: lane, size: quietSize(size), anchor: 'middle', tone: 'quiet' }),
  );
}

/** The words of one event, top at 0: its date and lane, and what happened. */
function eventLabels(view: ChartView, size: Size, event: EventView, fit: Fit, lit: number, opacity: number): Label[] {
  const { text: x, right } = frameOf(size);
  const date = wordOf(view, `${event.id}-date`);
  const place = fit.placed ? `${date} · ${wordOf(view, event.lane)}` : date;
  const shine = opacity * (DIM + (1 - DIM) * lit);
  const at = { x, y: 0, width: right - x, opacity: shine };
  const what = wordOf(view, event.id);
  if (fit.oneLine) return stack([{ key: event.id, text: `${place} · ${what}`, size: fit.size }], at);
  // The date is quiet by its colour: dimmed as far as its event it could not be read.
  const legible = (one: Label) => (one.tone === 'quiet' ? { ...one, opacity: round(opacity * (0.8 + 0.2 * lit)) } : one);
  return stack(
    [
      { key: `${event.id}-date`, text: place, size: Math.min(fit.size, quietSize(size)), tone: 'quiet' },
      { key: event.id, text: what, size: fit.size, face: fit.size >= 20 ? 'number' : 'sans', gap: 1 },
    ],
    at,
  ).map(legible);
}

function noteOf(view: ChartView, size: Size, opacity: number): Label {
  const { text: x, right } = frameOf(size);
  return label({ key: 'unreconciled', text: wordOf(view, 'unreconciled'), x, y: 0, width: right - x, size: plainSize(size), tone: 'attention', opacity });
}

/** The least space between two events, in pixels. */
const SPACE = 3;

function heightsOf(view: ChartView, size: Size, shown: readonly EventView[], fit: Fit): number[] {
  const last = shown.filter((event) => event.unreconciled).at(-1);
  return shown.map((event) => heightOf(eventLabels(view, size, event, fit, 1, 1)) + (event === last ? noteOf(view, size, 1).box.height + 4 : 0));
}

/** The largest words at which all events stand on the stage together; where none do, those of a step alone. */
function fitOf(view: ChartView, size: Size): Fit {
  const { bottom, named } = frameOf(size);
  const room = bottom - startOf(size);
  const needed = (shown: readonly EventView[], fit: Fit) => heightsOf(view, size, shown, fit).reduce((sum, one) => sum + one + SPACE, 0);
  const largest = clamp(size.width * 0.029, 16, 25);
  const least = plainSize(size);
  const options: Fit[] = [
    ...(named ? sizes(largest, 15).map((one): Fit => ({ size: one, oneLine: false, placed: false, whole: true })) : []),
    ...sizes(largest, least).map((one): Fit => ({ size: one, oneLine: false, placed: !named, whole: false })),
    ...[true, false].map((placed): Fit => ({ size: least, oneLine: true, placed, whole: false })),
  ];
  const fits = (fit: Fit) =>
    fit.whole
      ? needed(view.events, fit) <= room
      : STEPS.every(
          (step) =>
            needed(
              view.events.filter((event) => event.step === step),
              fit,
            ) <= room,
        );
  return fitted(view, 'events', size, options, (fit) => fit, fits);
}

function events(
  view: ChartView,
  size: Size,
  shown: readonly EventView[],
  fit: Fit,
  opacity: number,
  litOf: (event: EventView) => number,
): { labels: Label[]; shapes: ShapeMark[] } {
  const [labels, shapes]: [Label[], ShapeMark[]] = [[], []];
  if (opacity <= 0) return { labels, shapes };
  const { bottom, mark, text: textX } = frameOf(size);
  const start = startOf(size);
  const heights = heightsOf(view, size, shown, fit);
  const last = shown.filter((event) => event.unreconciled).at(-1);
  const spare = Math.max(0, (bottom - start - heights.reduce((sum, one) => sum + one, 0)) / Math.max(1, shown.length));
  const halos = new Map<string, (readonly [number, number])[]>();
  const lits = new Map<string, number>();
  const threads = new Map<string, (readonly [number, number])[]>();
  const pair: { x: number; y: number; lit: number }[] = [];
  let y = start + spare / 2;
  shown.forEach((event, i) => {
    const lit = litOf(event);
    const x = laneX(size, event.lane);
    const words = eventLabels(view, size, event, fit, lit, opacity);
    const markY = y + (words[0]?.size ?? 0) * 0.66;
    const shine = opacity * (DIM + (1 - DIM) * lit);
    const diameter = mark * (1.3 + 0.7 * lit);
    halos.set(event.step, [...(halos.get(event.step) ?? []), [x, markY]]);
    lits.set(event.step, lit);
    shapes.push(lights([[x, markY]], diameter, { key: `${event.id}-mark`, tone: 'light', opacity: shine }));
    if (event.inferred) shapes.push(lights([[x, markY]], diameter - mark * 0.65, { key: `${event.id}-hollow`, tone: 'ground', opacity }));
    threads.set(event.step, [...(threads.get(event.step) ?? []), [x + mark * 1.2, markY]]);
    labels.push(...shifted(words, y));
    if (event.unreconciled) pair.push({ x, y: markY, lit });
    if (event === last) labels.push(...shifted([noteOf(view, size, shine)], y + heightOf(words) + 4));
    y += (heights[i] ?? 0) + spare;
  });
  const [first, second] = [pair[0], pair.at(-1)];
  if (first && second && first !== second) {
    const half = round((first.y + second.y) / 2);
    shapes.push(
      line(
        [
          [first.x, first.y + mark * 1.4],
          [first.x, half],
          [second.x, half],
          [second.x, second.y - mark * 1.4],
        ],
        { key: 'unreconciled-line', tone: 'attention', opacity: opacity * (DIM + (1 - DIM) * first.lit), width: 2 },
        'dashes',
      ),
    );
  }
  const glows = [...halos].flatMap(([step, points]) => shining(step, points, mark * 1.6, { size, tone: 'light', opacity: opacity * (lits.get(step) ?? 0) }));
  // A thread leads from each light to its words.
  const led = [...threads].map(([step, points]): ShapeMark => {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    return {
      key: `${step}-threads`,
      d: points.map(([x, y]) => `M${round(x)} ${round(y)}H${round(textX - 5)}`).join(''),
      tone: 'quiet',
      paint: 'stroke',
      width: 1,
      opacity: round(opacity * (0.2 + 0.35 * (lits.get(step) ?? 0))),
      box: { x: left, y: top, width: textX - 5 - left, height: Math.max(...ys) - top },
    };
  });
  return { labels, shapes: [...led, ...glows, ...shapes] };
}

export const timeline: Chart = {
  id: 'timeline',
  steps: STEPS,
  layout,
};

/** What the build gives it. */
export function timelineNeeds(): ChartNeeds {
  return {
    figures: [],
    marks: {},
    claims: [],
    words: [...LANES, 'unreconciled'],
    eventSteps: STEPS,
    gaps: false,
  };
}
