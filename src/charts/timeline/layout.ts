/** timeline: what is known, and when. Four lanes fill the stage; the events that a step tells shine, the others are dim. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { round } from '../dotField.ts';
import { label } from '../label.ts';
import { lights, line } from '../shape.ts';
import { fitted, heightOf, plainSize, quietSize, shining, sizes, stack } from '../stack.ts';
import { clamp, emptyScene, shifted, wordOf } from '../stageLayout.ts';
import type { Chart, ChartNeeds, ChartView, EventView, Label, Scene, ShapeMark, Size, StepState } from '../types.ts';

const STEPS = ['accounts', 'july'] as const;
const LANES = ['women', 'press', 'platforms', 'courts'] as const;
/** How dim an event is that another step tells, where all have room together. */
const DIM = 0.6;

/** An event where it stands: its light on its lane, its words beside it. */
interface Row {
  readonly event: EventView;
  readonly point: readonly [number, number];
  readonly words: readonly Label[];
  /** The space between it and the next, in pixels. */
  readonly spare: number;
}

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const { whole, top, start, bottom, lane, laneX } = frameOf(size);
  const rows = rowsOf(view, size);
  const t = easeCubicInOut(progress);
  const second = step === STEPS[1];
  // The first events are dim, then they shine; they are gone when those of the next step come.
  const lit = second ? [1 - between(t, 0, 0.45), between(t, 0.5, 0.95)] : [between(t, 0.2, 0.8), 0];
  const drawn = STEPS.map((name, i) => {
    const least = whole || (!second && i === 0) ? DIM : 0;
    return partOf(
      name,
      rows.filter(({ event }) => event.step === name),
      size,
      lit[i] ?? 0,
      least,
    );
  });
  const lines = LANES.map((id) =>
    line(
      [
        [laneX(id), start],
        [laneX(id), bottom],
      ],
      { key: `lane-${id}-line`, tone: 'quiet', width: 1.25, opacity: 0.45 },
    ),
  );
  const names = LANES.map((id) =>
    label({ key: `lane-${id}`, text: wordOf(view, id), x: laneX(id), y: top, width: lane, size: quietSize(size), anchor: 'middle', tone: 'quiet' }),
  );
  return {
    ...emptyScene(size),
    shapes: [...lines, ...drawn.flatMap(({ shapes }) => shapes)],
    labels: [...(whole ? names : []), ...drawn.flatMap(({ labels }) => labels)],
  };
}

/** The lanes at the left and the words beside them. With room for all events the lanes have names at their heads, else each event names its own. */
function frameOf(size: Size) {
  const { width, height } = size;
  const x = clamp(width * 0.045, 8, 44);
  const whole = width >= 700 && height >= 600;
  const lane = whole ? clamp(width * 0.105, 84, 108) : clamp(width * 0.035, 9, 26);
  const top = clamp(height * 0.06 - 12, 3, 28);
  const textX = x + lane * LANES.length + 6;
  return {
    whole,
    lane,
    top,
    start: whole ? top + quietSize(size) * 1.32 + 14 : top,
    bottom: height - top,
    textX,
    wide: width - x - textX,
    mark: clamp(width * 0.016, 5, 12),
    laneX: (id: string) => x + lane * (LANES.findIndex((one) => one === id) + 0.4),
  };
}

/** Where the events stand: all of them, or on a small stage those of each step, as large as they have room one below the other. */
function rowsOf(view: ChartView, size: Size): readonly Row[] {
  const { whole, start, bottom, laneX } = frameOf(size);
  const groups = whole ? [view.events] : STEPS.map((step) => view.events.filter((event) => event.step === step));
  const least = plainSize(size);
  const tried = sizes(clamp(size.width * 0.029, 20, 25), least).map((large) => ({ large, oneLine: false }));
  const build = ({ large, oneLine }: { large: number; oneLine: boolean }) =>
    groups.flatMap((events) => {
      const texts = events.map((event) => wordsOf(view, size, event, large, oneLine));
      const spare = (bottom - start - texts.reduce((sum, words) => sum + heightOf(words), 0)) / events.length;
      let y = start - spare / 2;
      return events.map((event, i): Row => {
        const words = shifted(texts[i] ?? [], y + spare);
        y = heightOf(words);
        return { event, words, spare, point: [laneX(event.lane), (words[0]?.y ?? 0) - 4] };
      });
    });
  return fitted(view, 'events', size, [...tried, { large: least, oneLine: true }], build, (rows) => rows.every(({ spare }) => spare > 2));
}

/** The words of an event, from 0 down: its date, with its lane where the lanes have no names; what happened; and what joins it to another. */
function wordsOf(view: ChartView, size: Size, event: EventView, large: number, oneLine: boolean): Label[] {
  const { whole, textX: x, wide: width } = frameOf(size);
  const date = wordOf(view, `${event.id}-date`);
  const what = wordOf(view, event.id);
  // The second of the two accounts stands below the first and carries the note.
  const isLast = event.id === view.events.filter(({ unreconciled }) => unreconciled).at(-1)?.id;
  const face: Label['face'] = large >= 20 ? 'number' : 'sans';
  return stack(
    [
      ...(oneLine
        ? []
        : [{ key: `${event.id}-date`, text: whole ? date : `${date} · ${wordOf(view, event.lane)}`, size: quietSize(size), tone: 'quiet' as const }]),
      { key: event.id, text: oneLine ? `${date} · ${what}` : what, size: large, face, gap: 1 },
      ...(isLast ? [{ key: 'unreconciled', text: wordOf(view, 'unreconciled'), size: plainSize(size), tone: 'attention' as const, gap: 4 }] : []),
    ],
    { x, y: 0, width },
  );
}

/** The events of one step, between dim (or dark) and shining. */
function partOf(step: string, rows: readonly Row[], size: Size, lit: number, least: number): { shapes: ShapeMark[]; labels: Label[] } {
  const opacity = round(least + (1 - least) * lit);
  if (opacity <= 0) return { shapes: [], labels: [] };
  const { textX, mark } = frameOf(size);
  const points = rows.map(({ point }) => point);
  const hollow = rows.filter(({ event }) => event.inferred).map(({ point }) => point);
  const [first, second] = rows.filter(({ event }) => event.unreconciled).map(({ point }) => point);
  const diameter = mark * (1.3 + 0.7 * lit);
  const shapes: ShapeMark[] = [
    ...rows.map(({ event, point: [x, y] }) =>
      line(
        [
          [x, y],
          [textX - 5, y],
        ],
        { key: `${event.id}-thread`, tone: 'quiet', width: 1, opacity: opacity * 0.5 },
      ),
    ),
    ...shining(step, points, mark * 1.6, { size, tone: 'light', opacity: lit }),
    lights(points, diameter, { key: `${step}-marks`, tone: 'light', opacity }),
  ];
  if (hollow.length) shapes.push(lights(hollow, diameter - mark * 0.65, { key: `${step}-hollow`, tone: 'ground' }));
  if (first && second) {
    const half = (first[1] + second[1]) / 2;
    const joined = [
      [first[0], first[1] + mark * 1.4],
      [first[0], half],
      [second[0], half],
      [second[0], second[1] - mark * 1.4],
    ] as const;
    shapes.push(line(joined, { key: 'unreconciled-line', tone: 'attention', opacity, width: 2 }, 'dashes'));
  }
  // Words that are dim stay readable: seven to one against the stage (the quiet ones are quiet by their colour).
  const seen = (one: Label) => (least ? Math.max(opacity, one.tone === 'light' ? 0.72 : one.tone === 'quiet' ? 1 : 0.82) : opacity);
  const labels = rows.flatMap(({ words }) => words.map((one) => ({ ...one, opacity: seen(one) })));
  return { shapes, labels };
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
    picture: 'july',
  };
}
