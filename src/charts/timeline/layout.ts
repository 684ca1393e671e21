/** timeline: what is known, and when. */
import { easeCubicInOut } from 'd3';
import type { Chart, ChartView, EventView, Label, StepState, Scene, ShapeMark, Size } from '../types.ts';
import { below, label, MIN_FONT_SIZE } from '../label.ts';
import { lights, line } from '../shape.ts';
import { clamp, emptyScene, shifted, stageMargin, wordOf, wordsIn, wordsOut } from '../stageLayout.ts';
import { round } from '../dotField.ts';

const STEPS = ['accounts', 'july'] as const;
const LANES = ['women', 'press', 'platforms', 'courts'] as const;
/** The radius of an event's mark, in pixels. */
const MARK = 6;

interface Drawn {
  readonly labels: Label[];
  readonly shapes: ShapeMark[];
}

function layout(view: ChartView, size: Size, { step, progress: t }: StepState): Scene {
  const index = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const parts: Drawn[] = [];
  const [now = STEPS[0], before] = [STEPS[index], STEPS[index - 1]];
  if (rowHeights(view, size, view.events).reduce((sum, one) => sum + one, 0) <= roomOf(size)) {
    // All events stand on the stage at once; the step's own are lit.
    parts.push(events(view, size, view.events, index === 0 ? wordsIn(easeCubicInOut(t)) : 1, (event) => (event.step === now ? 'now' : 'quiet')));
  } else {
    const of = (name: string) => view.events.filter((event) => event.step === name);
    parts.push(events(view, size, of(now), wordsIn(easeCubicInOut(t)), () => 'now'));
    if (before) parts.push(events(view, size, of(before), wordsOut(easeCubicInOut(t)), () => 'now'));
  }
  return {
    ...emptyScene(size),
    shapes: parts.flatMap((part) => part.shapes).filter((mark) => mark.opacity > 0),
    labels: parts.flatMap((part) => part.labels).filter((one) => one.opacity > 0),
  };
}

function frameOf({ width, height }: Size): { margin: number; top: number; bottom: number; lane: number; wide: boolean } {
  const wide = width >= 600 && height >= 600;
  return {
    margin: stageMargin(width),
    top: clamp(height * 0.035, 4, 40),
    bottom: height - clamp(height * 0.03, 4, 36),
    lane: wide ? clamp(width * 0.098, 66, 96) : clamp(width * 0.04, 12, 17),
    wide,
  };
}

function roomOf(size: Size): number {
  const { top, bottom } = frameOf(size);
  return bottom - top - 34;
}

/** The labels of one event, top at 0: its date and lane, what happened, and whether accounts differ. */
function eventLabels(view: ChartView, size: Size, event: EventView, tone: 'light' | 'quiet', opacity: number): Label[] {
  const { margin, lane, wide } = frameOf(size);
  const x = margin + lane * LANES.length + (wide ? 8 : 6);
  const width = size.width - margin - x;
  const date = wordOf(view, `${event.id}-date`);
  const head = label({
    key: `${event.id}-date`,
    text: wide ? date : `${date} · ${wordOf(view, event.lane)}`,
    x,
    y: 0,
    width,
    size: wide ? 15 : MIN_FONT_SIZE,
    tone: 'quiet',
    opacity,
  });
  const what = label({ key: event.id, text: wordOf(view, event.id), x, y: below(head), width, size: wide ? 18 : MIN_FONT_SIZE, tone, opacity });
  return [head, what];
}

function rowHeights(view: ChartView, size: Size, shown: readonly EventView[]): number[] {
  return shown.map((event) => eventLabels(view, size, event, 'light', 1).reduce((sum, one) => sum + one.box.height, 0) + 9);
}

function events(view: ChartView, size: Size, shown: readonly EventView[], opacity: number, look: (event: EventView) => 'now' | 'quiet'): Drawn {
  if (opacity <= 0) return { labels: [], shapes: [] };
  const { margin, top, bottom, lane, wide } = frameOf(size);
  const [labels, shapes]: [Label[], ShapeMark[]] = [[], []];
  const heights = rowHeights(view, size, shown);
  const note = label({
    key: 'unreconciled',
    text: wordOf(view, 'unreconciled'),
    x: margin + lane * LANES.length + 8,
    y: 0,
    width: size.width - 2 * margin - lane * LANES.length - 8,
    size: wide ? 16 : MIN_FONT_SIZE,
    tone: 'light',
    opacity,
  });
  const pairs = shown.filter((event) => event.unreconciled);
  const start = top + (wide ? 34 : 4);
  const noteHeight = pairs.length ? note.box.height + 6 : 0;
  const spare = clamp((bottom - start - noteHeight - heights.reduce((sum, one) => sum + one, 0)) / Math.max(1, shown.length), 0, 26);
  const laneX = (id: string) => margin + lane * (Math.max(0, LANES.indexOf(id as (typeof LANES)[number])) + (wide ? 0.3 : 0.4));
  LANES.forEach((id) => {
    const x = laneX(id);
    if (wide)
      labels.push(label({ key: `lane-${id}`, text: wordOf(view, id), x, y: top, width: lane + 20, size: 15, anchor: 'middle', tone: 'quiet', opacity }));
    shapes.push(
      line(
        [
          [x, start],
          [x, bottom],
        ],
        { key: `lane-${id}-line`, tone: 'quiet', width: 1, opacity: opacity * 0.4 },
      ),
    );
  });
  let y = start;
  const marks: { x: number; y: number }[] = [];
  shown.forEach((event, i) => {
    const lit = look(event) === 'now';
    const x = laneX(event.lane);
    const markY = y + MIN_FONT_SIZE * 0.66;
    const tone = lit ? 'light' : 'quiet';
    shapes.push(lights([[x, markY]], MARK * 2, { key: `${event.id}-mark`, tone, opacity }));
    if (event.inferred) shapes.push(lights([[x, markY]], MARK * 2 - 4, { key: `${event.id}-hollow`, tone: 'ground', opacity }));
    labels.push(...shifted(eventLabels(view, size, event, tone, opacity), y));
    if (event.unreconciled) marks.push({ x, y: markY });
    y += (heights[i] ?? 0) + spare;
    if (event.unreconciled && event === pairs.at(-1)) {
      labels.push(...shifted([note], y - spare - 4));
      y += noteHeight;
    }
  });
  const [first, last] = [marks[0], marks.at(-1)];
  if (first && last && first !== last)
    shapes.push(
      line(
        [
          [first.x, first.y + MARK + 3],
          [first.x, round((first.y + last.y) / 2)],
          [last.x, round((first.y + last.y) / 2)],
          [last.x, last.y - MARK - 3],
        ],
        { key: 'unreconciled-line', tone: 'light', opacity, width: 1.5 },
        'dashes',
      ),
    );
  return { labels, shapes };
}

export const timeline: Chart = {
  id: 'timeline',
  steps: STEPS,
  figures: [],
  marks: {},
  claims: [],
  words: [...LANES, 'unreconciled'],
  eventSteps: STEPS,
  gaps: false,
  layout,
};
