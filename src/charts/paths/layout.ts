/** paths: three lines of light leave one user, each to what a lawyer said it leads to; what stood in the way stands across the lines that its speaker named. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { blocksOf, round } from '../dotField.ts';
import type { Box, Chart, ChartView, Label, StepState, Scene, ShapeMark, Size, Tone } from '../types.ts';
import { below, label } from '../label.ts';
import { lights, line, rectangle } from '../shape.ts';
import { firstFitting, heightOf, plainSize, quietSize, sizes, stack, widthOf } from '../stack.ts';
import { clamp, drawnCount, emptyScene, field, rim, shifted, wordOf, wordsIn, wordsOut } from '../stageLayout.ts';

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

type Point = readonly [number, number];

/** Where the lines run: from the user's light to the fork, and from there across the stage. */
interface Course {
  readonly fork: number;
  /** Where the lines run level. */
  readonly level: number;
  readonly ends: readonly number[];
  readonly ys: readonly number[];
  /** The empty frames at the ends of the second and third line, and the row of days at the end of the first. */
  readonly frames: readonly Box[];
  readonly days: { readonly x: number; readonly y: number; readonly pitch: number };
}

interface Drawn {
  readonly course: Course;
  readonly labels: readonly Label[];
  readonly shapes: readonly ShapeMark[];
}

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const second = step === STEPS[1];
  const t = easeCubicInOut(progress);
  const frame = frameOf(view, size);
  const [here, there] = second ? [wordsOut(t), wordsIn(t)] : [between(progress, 0.6, 0.9), 0];
  const law = whichLaw(view, size, frame, here);
  const way = inTheWay(view, size, frame, there);
  const course = second ? mix(law.course, way.course, t) : law.course;
  const days = drawnCount(view, 'detention-10-days');

  const grown = second ? 1 : between(progress, 0.05, 0.65);
  const shown = second ? 1 : between(progress, 0.6, 0.85);
  const y = course.ys[1] ?? 0;
  const start: Point = [frame.x + frame.dot, y];
  const shapes: ShapeMark[] = LINES.flatMap((key, i) => {
    const end: Point = [course.ends[i] ?? 0, course.ys[i] ?? 0];
    // The middle line runs straight: drawn again, the way to the fork would shine twice.
    const d = `M${point(i === 1 ? start : [course.fork, y])}C${point([mid(course), y])} ${point([mid(course), end[1]])} ${point([course.level, end[1]])}L${point(partly([course.level, end[1]], end, grown))}`;
    const path = i === 1 ? `M${point(start)}L${point(partly(start, end, grown))}` : d;
    const box = { x: start[0], y: Math.min(y, end[1]), width: end[0] - start[0], height: Math.abs(end[1] - y) };
    const shine = (name: string, width: number, opacity: number): ShapeMark => ({
      key: `${key}-${name}`,
      d: path,
      tone: 'light',
      paint: 'stroke',
      width,
      opacity: round(opacity * (i === 1 ? 1 : between(grown, 0, 0.3))),
      box,
    });
    return [shine('halo', 10, 0.1), shine('line', 2.5, second ? 1 - 0.35 * t : 1)];
  });
  const dot = frame.dot * 1.5;
  for (const [name, width, opacity] of [
    ['halo', dot * 4, 0.1],
    ['glow', dot * 2.2, 0.2],
    ['light', dot, 1],
  ] as const)
    shapes.push(lights([start], width, { key: `user-${name}`, tone: 'light', opacity }));

  const bound = rim(
    view,
    'detention-10-days',
    { ...course.days, width: days * course.days.pitch, height: course.days.pitch },
    {
      key: 'days',
      tone: 'maskpark',
      opacity: shown,
      gap: 3,
      width: 1,
    },
  );
  course.frames.forEach((box, i) => {
    if (shown > 0) shapes.push(rectangle('stroke', box, { key: `${LINES[i + 1]}-frame`, tone: 'light', opacity: shown, width: 1.5 }));
  });
  return {
    ...emptyScene(size),
    fields: field('days', blocksOf(days, days), course.days, 'maskpark', shown, 'cell'),
    edges: bound.edges,
    shapes: [...shapes, ...bound.shapes, ...law.shapes, ...way.shapes],
    labels: [...frame.labels, ...law.labels, ...way.labels].filter((one) => one.opacity > 0),
  };
}

/** The margins, the words that stay in both steps, and what is left between them. */
function frameOf(view: ChartView, size: Size): { x: number; right: number; top: number; floor: number; dot: number; labels: Label[] } {
  const x = clamp(size.width * 0.055, 12, 52);
  const [top, bottom] = [clamp(size.height * 0.05, 8, 48), size.height - clamp(size.height * 0.035, 6, 32)];
  const wanted = { x, width: size.width - 2 * x, size: quietSize(size), tone: 'quiet' as Tone };
  const user = label({ key: 'user', text: wordOf(view, 'user'), y: top, ...wanted });
  const source = label({ key: 'source', text: wordOf(view, 'source'), y: 0, ...wanted });
  const [placed] = shifted([source], bottom - source.box.height) as [Label];
  const gap = clamp(size.height * 0.025, 5, 24);
  return { x, right: size.width - x, top: below(user, gap), floor: placed.box.y - gap, dot: clamp(size.width * 0.014, 6, 12), labels: [user, placed] };
}

type Frame = ReturnType<typeof frameOf>;

/** What decides: three lines of like length, each with its law above it and its penalty at its end. */
function whichLaw(view: ChartView, size: Size, { x, right, top, floor, dot }: Frame, opacity: number): Drawn {
  const lane = (floor - top) / LINES.length;
  const fork = x + dot * 2.4;
  const level = x + (right - x) * 0.16;
  const end = x + (right - x) * 0.6;
  const ys = LINES.map((_, i) => top + lane * (i + 0.56));
  const gap = clamp(lane * 0.06, 4, 14);
  const room = { x: end + gap, width: right - end - gap };
  const build = (large: number) =>
    LINES.map((key, i) => {
      const one = label({
        key: `law-${key}`,
        text: wordOf(view, `law-${key}`),
        x: level,
        y: 0,
        width: end - level - gap,
        size: large,
        face: large < 17 ? 'sans' : 'number',
        opacity,
      });
      return shifted([one], (ys[i] ?? 0) - gap - one.box.height)[0] as Label;
    });
  const laws = firstFitting(sizes(clamp(size.width * 0.04, 17, 32), 14).map(build), (labels) =>
    labels.every(({ box }, i) => box.y >= top + lane * i - (i ? lane * 0.3 : 0) && box.width <= end - level - gap),
  );

  const days = drawnCount(view, 'detention-10-days');
  const pitch = Math.min((room.width - 6) / days, lane * 0.3);
  const y = ys[0] ?? 0;
  const [above, beneath] = firstFitting(
    sizes(Math.min(plainSize(size) * 1.2, 24), 14).map((large) => [
      label({ key: 'end-days', text: wordOf(view, 'end-days'), x: room.x, y: 0, width: room.width, size: large, tone: 'maskpark', opacity }),
      label({ key: 'end-fine', text: wordOf(view, 'end-fine'), x: room.x, y: y + pitch / 2 + 8, width: room.width, size: large, tone: 'maskpark', opacity }),
    ]),
    ([days, fine]) => days !== undefined && fine !== undefined && y - pitch / 2 - 8 - days.box.height >= top && below(fine) <= top + lane,
  ) as [Label, Label];
  const placed = shifted([above], y - pitch / 2 - 8 - above.box.height);

  const frames = [1, 2].map((i) => ({ x: room.x, y: (ys[i] ?? 0) - lane * 0.4, width: room.width, height: lane * 0.8 }));
  const blank = frames.flatMap((box, i) => {
    const key = `end-${LINES[i + 1]}`;
    const width = box.width - 12;
    const options = sizes(clamp(size.width * 0.032, 15, 26), 14).map((large) =>
      label({
        key,
        text: wordOf(view, 'end-blank'),
        x: box.x + box.width / 2,
        y: 0,
        width,
        size: large,
        face: large < 17 ? 'sans' : 'number',
        anchor: 'middle',
        opacity,
      }),
    );
    const one = firstFitting(options, (words) => words.box.height <= box.height - 4 && words.box.width <= width);
    return shifted([one], box.y + (box.height - one.box.height) / 2);
  });
  return {
    course: { fork, level, ends: [end, end, end], ys, frames, days: { x: room.x + 3, y: y - pitch / 2, pitch } },
    labels: [...laws, ...placed, beneath, ...blank],
    shapes: [],
  };
}

/** What stood in the way: gates before the lines part, and gates on those that their speakers named. */
function inTheWay(view: ChartView, size: Size, { x, right, top, floor, dot }: Frame, opacity: number): Drawn {
  const fork = x + (right - x) * 0.45;
  const bend = clamp(size.width * 0.05, 12, 44);
  const level = fork + bend;
  const gap = clamp(size.height * 0.014, 4, 12);
  const end = clamp(size.width * 0.04, 12, 34);
  const [left, across] = [fork - x - gap, right - end - gap - level];
  const gateWords = (key: Gate, large: number, width: number, anchor: Label['anchor'] = 'start') =>
    stack(
      [
        { key: `gate-${key}`, text: wordOf(view, `gate-${key}`), size: large, face: large < 17 ? 'sans' : 'number' },
        { key: `gate-${key}-speaker`, text: wordOf(view, `gate-${key}-speaker`), size: quietSize(size), tone: 'quiet', gap: 1 },
      ],
      { x: 0, y: 0, width, anchor, opacity },
    );
  const name = (key: Line) => label({ key: `name-${key}`, text: wordOf(view, `name-${key}`), x: level, y: 0, width: across, size: plainSize(size), opacity });
  const names = LINES.map(name);
  const nameHeight = (i: number) => names[i]?.box.height ?? 0;

  // From above: a name and its line, a name and its line, two gates' words, the third line and its name.
  const build = (large: number) => {
    const [rule, evidence] = [gateWords('no-specific-rule', large, across - 14), gateWords('evidence', large, across - 14, 'end')];
    const [first, last] = [gateWords('encrypted-overseas', large, left), gateWords('cross-border', large, left)];
    const parts = [nameHeight(0) + gap, nameHeight(1) + gap * 2, heightOf(rule) + heightOf(evidence) + gap * 4, nameHeight(2) + gap];
    const spare = floor - top - parts.reduce((sum, one) => sum + one, 0);
    return { rule, evidence, first, last, parts, spare };
  };
  const isFitting = ({ spare, first, last, parts, rule, evidence }: ReturnType<typeof build>) => {
    const y2 = top + (parts[0] ?? 0) + (parts[1] ?? 0) + (spare * 2) / 3;
    return (
      spare >= 0 &&
      heightOf(first) + gap * 3 <= y2 - top &&
      heightOf(last) + gap * 3 <= floor - y2 &&
      widthOf([...first, ...last]) <= left &&
      widthOf([...rule, ...evidence]) <= across - 14
    );
  };
  const { rule, evidence, first, last, parts, spare } = firstFitting(sizes(clamp(size.width * 0.034, 16, 27), 14).map(build), isFitting);
  const air = Math.max(0, spare) / 3;
  const y1 = top + (parts[0] ?? 0) + air * 0.5;
  const y2 = y1 + (parts[1] ?? 0) + air;
  const y3 = y2 + (parts[2] ?? 0) + air;
  const ys = [y1, y2, y3];
  const place = (labels: Label[], dx: number, dy: number) =>
    shifted(labels, dy).map((one) => ({ ...one, x: one.x + dx, box: { ...one.box, x: one.box.x + dx } }));
  const bar = (key: Gate, at: number, from: number, to: number) =>
    line(
      [
        [at, from],
        [at, to],
      ],
      { key: `gate-${key}-bar`, tone: 'attention', width: 5, opacity },
    );
  const [one, two] = [x + dot * 3 + left * 0.12, x + dot * 3 + left * 0.5];
  const [three, four] = [level + 10, right - end - gap];
  const reach = clamp(size.height * 0.03, 8, 26);
  const days = drawnCount(view, 'detention-10-days');
  const pitch = clamp(size.width * 0.011, 3, 9);
  return {
    course: {
      fork,
      level,
      ends: [right - days * pitch - 6, right - end, right - end],
      ys,
      frames: [y2, y3].map((y) => ({ x: right - end, y: y - end / 2, width: end, height: end })),
      days: { x: right - days * pitch - 3, y: y1 - pitch / 2, pitch },
    },
    labels: [
      ...place([names[0] as Label], 0, y1 - gap - nameHeight(0)),
      ...place([names[1] as Label], 0, y2 - gap - nameHeight(1)),
      ...place([names[2] as Label], 0, y3 + gap),
      ...place(first, x, y2 - reach - gap - heightOf(first)),
      ...place(last, x, y2 + reach + gap),
      ...place(rule, level + 4, y2 + gap * 1.5),
      ...place(evidence, four - gap - 4, y3 - gap * 1.5 - heightOf(evidence)),
    ],
    shapes:
      opacity > 0
        ? [
            bar('encrypted-overseas', one, y2 - reach, y2 + reach),
            bar('cross-border', two, y2 - reach, y2 + reach),
            bar('no-specific-rule', three, y2 - Math.min(reach, gap * 1.2), y2 + Math.min(reach, gap * 1.2)),
            bar('evidence', four, y2 - gap, y3 + gap),
          ]
        : [],
  };
}

function mix(from: Course, to: Course, t: number): Course {
  const at = (one: number, other: number) => one + (other - one) * t;
  const many = (ones: readonly number[], others: readonly number[]) => ones.map((one, i) => at(one, others[i] ?? one));
  return {
    fork: at(from.fork, to.fork),
    level: at(from.level, to.level),
    ends: many(from.ends, to.ends),
    ys: many(from.ys, to.ys),
    frames: from.frames.map((box, i) => {
      const other = to.frames[i] ?? box;
      return { x: at(box.x, other.x), y: at(box.y, other.y), width: at(box.width, other.width), height: at(box.height, other.height) };
    }),
    days: { x: at(from.days.x, to.days.x), y: at(from.days.y, to.days.y), pitch: at(from.days.pitch, to.days.pitch) },
  };
}

function mid({ fork, level }: Course): number {
  return (fork + level) / 2;
}

function partly([x, y]: Point, [toX, toY]: Point, t: number): Point {
  return [x + (toX - x) * t, y + (toY - y) * t];
}

function point([x, y]: Point): string {
  return `${round(x)} ${round(y)}`;
}

export const paths: Chart = {
  id: 'paths',
  steps: STEPS,
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
    ...LINES.flatMap((key) => [`law-${key}`, `name-${key}`]),
    'end-days',
    'end-fine',
    'end-blank',
    ...Object.keys(GATES).flatMap((key) => [`gate-${key}`, `gate-${key}-speaker`]),
  ],
  eventSteps: [],
  gaps: false,
  layout,
};
