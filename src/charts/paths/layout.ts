/** paths: three lines of light leave one user, each to what a lawyer said it leads to; what stood in the way stands across the lines that its speaker named. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { blocksOf, round } from '../dotField.ts';
import type { Chart, ChartNeeds, ChartView, Label, Scene, ShapeMark, Size, StepState, Tone } from '../types.ts';
import { line, lights, rectangle } from '../shape.ts';
import { fitted, heightOf, plainSize, quietSize, shining, sideMargin, sizes, stack } from '../stack.ts';
import { clamp, drawnCount, emptyScene, field, outlineOf, shifted, wordOf, wordsIn, wordsOut } from '../stageLayout.ts';

const STEPS = ['which-law', 'in-the-way'] as const;
/** What the lines lead to, from above: only the first has a penalty in the articles. */
const LINES = ['not-obscene', 'obscene', 'equipment'] as const;
type Line = (typeof LINES)[number];
/** The obstacles, and the lines that each speaker named: the criminal cases, cases of dissemination, or all, before they part. */
export const GATES = {
  'encrypted-overseas': LINES,
  'cross-border': LINES,
  'no-specific-rule': ['obscene'],
  evidence: ['obscene', 'equipment'],
} as const satisfies Record<string, readonly Line[]>;
type Gate = keyof typeof GATES;

/** How a stage is tried: with its words in a size, and with or without speakers, source and fine. */
interface Fit {
  readonly large: number;
  readonly full: boolean;
}

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const second = step === STEPS[1];
  const t = easeCubicInOut(progress);
  const [grown, told, way] = second ? [1, 1, t] : [between(progress, 0.05, 0.65), between(progress, 0.6, 0.9), 0];
  const { start, dot, fork, level, end, ys, row, frames, bars, user, laws, gates } = planOf(view, size);
  const [top, middle, floor] = ys;
  const light = [[start, middle]] as const;
  const reached = round(level + (end - level) * grown);
  const bend = (fork + level) / 2;
  const lines = LINES.map((key, i): ShapeMark => {
    const y = ys[i] ?? 0;
    return {
      key: `${key}-line`,
      d: `M${start} ${middle}H${fork}C${bend} ${middle} ${bend} ${y} ${level} ${y}L${reached} ${y}`,
      tone: 'light',
      paint: 'stroke',
      width: 2.5,
      opacity: round(1 - 0.4 * way),
      box: { x: start, y: top, width: end - start, height: floor - top },
    };
  });

  const count = drawnCount(view, 'detention-10-days');
  const box = { ...row, width: count * row.pitch, height: row.pitch };
  const faded = (labels: readonly Label[], opacity: number) => (opacity > 0 ? labels.map((one) => ({ ...one, opacity: round(opacity) })) : []);
  return {
    ...emptyScene(size),
    fields: field('days', blocksOf(count, count), row, 'maskpark', told, 'cell'),
    shapes: [
      ...lines.map((one) => ({ ...one, key: `${one.key}-halo`, width: 10, opacity: 0.1 })),
      ...lines,
      ...shining('user', light, dot, { size, tone: 'light', opacity: 1, inset: start - dot * 1.6 }),
      lights(light, dot, { key: 'user', tone: 'light' }),
      ...outlineOf(view, 'detention-10-days', box, { key: 'days', tone: 'maskpark', opacity: told, gap: 3, width: 1 }),
      ...frames.map((frame, i) => rectangle('stroke', frame, { key: `${LINES[i + 1]}-frame`, tone: 'light', opacity: told })),
      ...bars.map((bar) => ({ ...bar, opacity: between(way, 0.5, 1) })),
    ].filter(({ opacity }) => opacity > 0),
    labels: [...faded(user, second ? wordsOut(t) : 1), ...faded(laws, told), ...faded(gates, second ? wordsIn(t) : 0)],
  };
}

/** The largest words that leave each other and the marks clear; where none do, the least, without what the words beside the stage say as well. */
function planOf(view: ChartView, size: Size) {
  const least = plainSize(size);
  const tried = sizes(clamp(Math.min(size.width * 0.04, size.height * 0.045), least, 40), least).map((large) => ({ large, full: true }));
  return fitted(view, 'paths', size, [...tried, { large: least, full: false }], (fit) => planWith(view, size, fit), isClear);
}

/**
 * Where all stands, at either step: the lines do not move, the gates come to stand on them.
 * Three columns: the user and what stands before all lines, the laws with what stands on theirs, and the ends.
 */
function planWith(view: ChartView, size: Size, { large, full }: Fit) {
  const x = Math.round(size.width < 480 ? size.width * 0.04 : sideMargin(size));
  const [fork, end, right] = [0.275, 0.64, 1].map((share) => Math.round(x + (size.width - 2 * x) * share)) as [number, number, number];
  const gap = Math.round(clamp(size.height * 0.013, 3, 12));
  const reach = gap * 2.5;
  const level = fork + gap * 2;
  const pitch = (right - end - 6) / drawnCount(view, 'detention-10-days');

  const face: Label['face'] = large > 16 ? 'number' : 'sans';
  const text = (key: string, word = key, tone: Tone = 'light') => ({ key, text: wordOf(view, word), size: large, face, tone });
  const quiet = (key: string) => ({ key, text: wordOf(view, key), size: quietSize(size), tone: 'quiet' as const, gap: 1 });
  const inTrunk = { x, y: 0, width: fork - x - gap };
  const onLine = { x: level + gap + 3, y: 0, width: end - level - gap * 3 };
  const atEnd = { x: end, y: 0, width: right - end };
  const gate = (key: Gate, place: Parameters<typeof stack>[1]) => stack([text(`gate-${key}`), ...(full ? [quiet(`gate-${key}-speaker`)] : [])], place);
  const laws = LINES.map((key) => stack([text(`law-${key}`)], onLine));
  const days = stack([text('end-days', 'end-days', 'maskpark')], atEnd);
  const fine = full ? stack([text('end-fine', 'end-fine', 'maskpark')], atEnd) : [];
  const blanks = LINES.slice(1).map((key) =>
    stack([text(`end-${key}`, 'end-blank')], { x: (end + right) / 2, y: 0, width: right - end - gap * 2, anchor: 'middle' }),
  );
  const rule = gate('no-specific-rule', onLine);
  const evidence = gate('evidence', { x: end - gap * 2.5, y: 0, width: end - x, anchor: 'end' });
  const source = full ? stack([quiet('source')], { x, y: 0, width: right - x }) : [];

  // The first line lies as high and the last as low as their words allow, the middle one between them.
  const beside = pitch / 2 + gap + 3;
  const height = Math.max(...blanks.map(heightOf)) + gap * 2;
  const foot = size.height - gap * 2 - heightOf(source);
  const y1 = round(gap * 1.5 + Math.max(heightOf(days) + beside, heightOf(laws[0] ?? []) + gap));
  const y3 = round(foot - gap * 2 - Math.max(height / 2, heightOf(evidence)));
  const y2 = round(clamp((y1 + y3) / 2, y1 + beside + heightOf(fine) + gap + height / 2, y3 - heightOf(rule) - heightOf(laws[2] ?? []) - gap * 2.5));
  const ys = [y1, y2, y3] as const;

  const bar = (key: Gate, at: number, to = y2) =>
    line(
      [
        [at, y2 - reach],
        [at, to + reach],
      ],
      { key: `gate-${key}-bar`, tone: 'attention', width: 5 },
    );
  /** Words with their top, middle or foot (a share of 0, 0.5 or 1) at a height. */
  const at = (y: number, share: number, words: readonly Label[]) => shifted(words, y - heightOf(words) * share);
  return {
    start: x + gap * 2,
    dot: gap * 1.6,
    fork,
    level,
    end,
    ys,
    row: { x: end + 3, y: y1 - pitch / 2, pitch },
    frames: [y2, y3].map((y) => ({ x: end, y: y - height / 2, width: right - end, height })),
    bars: [
      bar('encrypted-overseas', x + (fork - x) * 0.4),
      bar('cross-border', x + (fork - x) * 0.75),
      bar('no-specific-rule', level),
      bar('evidence', end - gap * 1.5, y3),
    ],
    user: at(y2 - reach - gap, 1, stack([quiet('user')], inTrunk)),
    laws: [
      ...laws.flatMap((words, i) => at((ys[i] ?? 0) - gap, 1, words)),
      ...at(y1 - beside, 1, days),
      ...at(y1 + beside, 0, fine),
      ...blanks.flatMap((words, i) => at(ys[i + 1] ?? 0, 0.5, words)),
      ...at(foot, 0, source),
    ],
    gates: [
      ...at(y2 - reach - gap, 1, gate('encrypted-overseas', inTrunk)),
      ...at(y2 + reach + gap, 0, gate('cross-border', inTrunk)),
      ...at(y2 + gap, 0, rule),
      ...at(y3 + gap, 0, evidence),
    ],
  };
}

/** Whether no words meet others or a gate. */
function isClear({ laws, gates, bars }: ReturnType<typeof planWith>): boolean {
  const boxes = [...laws, ...gates, ...bars].map(({ box }) => box);
  return boxes.every((one, i) =>
    boxes
      .slice(i + 1)
      .every((other) => one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y),
  );
}

export const paths: Chart = {
  id: 'paths',
  steps: STEPS,
  layout,
};

/** What the build gives it. */
export function pathsNeeds(): ChartNeeds {
  return {
    figures: ['detention-10-days', 'fine-500-yuan'],
    marks: { 'detention-10-days': 'days' },
    claims: [
      'possible-charges',
      'obstacle-obscenity-test',
      'obstacle-encrypted-overseas',
      'obstacle-evidence',
      'obstacle-no-specific-rule',
      'obstacle-cross-border',
    ],
    words: [
      'user',
      'source',
      ...LINES.map((key) => `law-${key}`),
      'end-days',
      'end-fine',
      'end-blank',
      ...Object.keys(GATES).flatMap((key) => [`gate-${key}`, `gate-${key}-speaker`]),
    ],
    eventSteps: [],
    gaps: false,
    picture: 'in-the-way',
  };
}
