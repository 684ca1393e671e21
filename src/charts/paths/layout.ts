/** paths: three lines of light leave one user, each to what a lawyer said it leads to; what stood in the way stands across the lines that its speaker named. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { blocksOf, round } from '../dotField.ts';
import type { Box, Chart, ChartNeeds, ChartView, Label, StepState, Scene, ShapeMark, Size, Tone } from '../types.ts';
import { below, label } from '../label.ts';
import { lights, line, rectangle } from '../shape.ts';
import { fitted, heightOf, isLeast, plainSize, quietSize, shining, sideMargin, sizes, stack, widthOf } from '../stack.ts';
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
  readonly frame: Frame;
  readonly labels: readonly Label[];
  readonly shapes: readonly ShapeMark[];
}

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const second = step === STEPS[1];
  const t = easeCubicInOut(progress);
  const [here, there] = second ? [wordsOut(t), wordsIn(t)] : [between(progress, 0.6, 0.9), 0];
  const law = whichLaw(view, size, here);
  const way = inTheWay(view, size, there);
  const frame = law.frame;
  // What one of the steps has no room for goes with the other.
  const kept = (one: Label) => (second && !way.frame.labels.some(({ key }) => key === one.key) ? { ...one, opacity: wordsOut(t) } : one);
  const course = second ? mix(law.course, way.course, t) : law.course;
  const days = drawnCount(view, 'detention-10-days');

  const grown = second ? 1 : between(progress, 0.05, 0.65);
  const shown = second ? 1 : between(progress, 0.6, 0.85);
  const y = course.ys[1] ?? 0;
  const start: Point = [frame.x + frame.dot * 1.6, y];
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
  shapes.push(
    ...shining('user', [start], frame.dot * 1.6, { size, tone: 'light', opacity: 1, inset: frame.x * 0.9 }),
    lights([start], frame.dot * 1.6, { key: 'user', tone: 'light' }),
  );

  const outline = outlineOf(
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
    shapes: [...shapes, ...outline, ...law.shapes, ...way.shapes],
    labels: [...frame.labels.map(kept), ...law.labels, ...way.labels].filter((one) => one.opacity > 0),
  };
}

/** The edges of the stage, and the words at its head and foot. */
interface Frame {
  readonly x: number;
  readonly right: number;
  readonly top: number;
  readonly floor: number;
  readonly dot: number;
  readonly labels: readonly Label[];
}

/** The stage without some of those words where it is too small for all: who the light is, and whose words the law is in. */
function frameOf(view: ChartView, size: Size, user: boolean, source: boolean, opacity: number): Frame {
  const x = sideMargin(size);
  const [top, bottom] = [clamp(size.height * 0.05, 7, 48), size.height - clamp(size.height * 0.03, 5, 32)];
  const wanted = { x, width: size.width - 2 * x, size: quietSize(size), tone: 'quiet' as Tone, opacity };
  const head = label({ key: 'user', text: wordOf(view, 'user'), y: top, ...wanted });
  const unplaced = label({ key: 'source', text: wordOf(view, 'source'), y: 0, ...wanted });
  const [foot] = shifted([unplaced], bottom - unplaced.box.height) as [Label];
  const gap = clamp(size.height * 0.02, 3, 22);
  return {
    x,
    right: size.width - x,
    top: user ? below(head, gap) : top,
    floor: source ? foot.box.y - gap : bottom,
    dot: clamp(size.width * 0.014, 6, 12),
    labels: [...(user ? [head] : []), ...(source ? [foot] : [])],
  };
}

/** With which of the words at head and foot a step is tried, from all to none. */
const FRAMES = [
  [true, true],
  [false, true],
  [false, false],
] as const;

/** What decides: three lines, each with its law above it and its penalty at its end. */
function whichLaw(view: ChartView, size: Size, opacity: number): Drawn {
  const days = drawnCount(view, 'detention-10-days');
  const gap = clamp(size.height * 0.012, 3, 12);
  const build = ({ frame, long, large, share }: { frame: Frame; long: boolean; large: number; share: number }) => {
    const { x, right, top, floor, dot } = frame;
    const level = x + (right - x) * 0.16;
    const end = x + (right - x) * share;
    const room = { x: end + 6, width: right - end - 6 };
    const laws = LINES.map((key) => {
      const text = wordOf(view, `${long ? 'law' : 'name'}-${key}`);
      return label({ key: `law-${key}`, text, x: level + gap, y: 0, width: end - level - gap * 2, size: large, face: large < 17 ? 'sans' : 'number', opacity });
    });
    const small = Math.max(plainSize(size), Math.min(large * 0.78, 22));
    // On the lowest stages the fine is left to the words beside it.
    const fined = !isLeast(size);
    const pitch = Math.min((room.width - 6) / days, clamp(size.height * 0.04, 8, 40));
    const cell = { x: room.x, y: 0, width: room.width, size: small, tone: 'maskpark' as Tone, opacity };
    const [above, beneath] = [
      label({ key: 'end-days', text: wordOf(view, 'end-days'), ...cell }),
      label({ key: 'end-fine', text: wordOf(view, 'end-fine'), ...cell }),
    ];
    const blanks = [1, 2].map((i) =>
      label({
        key: `end-${LINES[i]}`,
        text: wordOf(view, 'end-blank'),
        x: room.x + room.width / 2,
        y: 0,
        width: room.width - 12,
        size: small * (small > 18 ? 1.2 : 1),
        face: small > 18 ? 'number' : 'sans',
        anchor: 'middle',
        opacity,
      }),
    );
    const needs = LINES.map((_, i) => {
      const half = i ? (blanks[i - 1]?.box.height ?? 0) / 2 + gap : 0;
      return {
        over: Math.max((laws[i]?.box.height ?? 0) + gap, i ? half : above.box.height + pitch / 2 + gap),
        under: i ? half : (fined ? beneath.box.height : 0) + pitch / 2 + gap,
      };
    });
    const needed = needs.reduce((sum, { over, under }) => sum + over + under + gap, 0);
    const spare = floor - top - needed;
    const fits = spare >= 0 && laws.every(({ box }) => box.width <= end - level - gap * 2) && [above, beneath].every(({ box }) => box.width <= room.width);
    return { frame, level, end, room, laws, above, beneath: fined ? [beneath] : [], blanks, needs, pitch, spare, fits, dot, top };
  };
  const frames = FRAMES.map(([user, source]) => frameOf(view, size, user, source, 1));
  const large = sizes(clamp(size.width * 0.042, 17, 36), 15);
  const options = frames.flatMap((frame) => [
    ...large.map((one) => ({ frame, long: true, large: one, share: 0.6 })),
    ...[0.56, 0.5, 0.46].flatMap((share) => sizes(15, plainSize(size)).map((one) => ({ frame, long: false, large: one, share }))),
  ]);
  const { frame, level, end, room, laws, above, beneath, blanks, needs, pitch, spare, dot, top } = fitted(
    view,
    'law',
    size,
    options,
    build,
    ({ fits }) => fits,
  );
  const air = Math.max(0, spare) / LINES.length;
  let y = top;
  const ys = needs.map(({ over, under }, i) => {
    const at = y + over + air * (i ? 0.5 : 0.35);
    y += over + under + gap + air;
    return at;
  });
  const at = (i: number) => ys[i] ?? 0;
  const boxes = blanks.map((one, i) => {
    const high = Math.min(one.box.height + 2 * gap + air * 0.7, size.height * 0.2);
    return { x: room.x, y: at(i + 1) - high / 2, width: room.width, height: high };
  });
  return {
    course: {
      fork: frame.x + dot * 3,
      level,
      ends: LINES.map(() => end),
      ys,
      frames: boxes,
      days: { x: room.x + 3, y: at(0) - pitch / 2, pitch },
    },
    frame,
    labels: [
      ...laws.flatMap((one, i) => shifted([one], at(i) - gap - one.box.height)),
      ...shifted([above], at(0) - pitch / 2 - gap - 3 - above.box.height),
      ...shifted(beneath, at(0) + pitch / 2 + gap + 3),
      ...blanks.flatMap((one, i) => shifted([one], at(i + 1) - one.box.height / 2)),
    ],
    shapes: [],
  };
}

/** What stood in the way: gates before the lines part, and gates on those that their speakers named. */
function inTheWay(view: ChartView, size: Size, opacity: number): Drawn {
  const days = drawnCount(view, 'detention-10-days');
  const gap = clamp(size.height * 0.014, 3, 12);
  const end = clamp(size.width * 0.04, 10, 34);
  const bend = clamp(size.width * 0.05, 10, 44);
  const reach = clamp(size.height * 0.05, 8, 44);

  // At the right, from above: a name and its line, a name and its line, two gates' words, the third line and its name.
  const build = ({ frame, named, large, share }: { frame: Frame; named: boolean; large: number; share: number }) => {
    const { x, right, top, floor } = frame;
    const fork = x + (right - x) * share;
    const level = fork + bend;
    const [left, across] = [fork - x - gap, right - end - gap * 2 - level];
    const words = (key: Gate, width: number, anchor: Label['anchor'] = 'start') =>
      stack(
        [
          { key: `gate-${key}`, text: wordOf(view, `gate-${key}`), size: large, face: large < 17 ? 'sans' : 'number' },
          ...(isLeast(size)
            ? []
            : [{ key: `gate-${key}-speaker`, text: wordOf(view, `gate-${key}-speaker`), size: quietSize(size), tone: 'quiet', gap: 1 } as const]),
        ],
        { x: 0, y: 0, width, anchor, opacity },
      );
    const names = LINES.map((key) =>
      label({
        key: `name-${key}`,
        text: wordOf(view, `name-${key}`),
        x: level,
        y: 0,
        width: across,
        size: Math.max(plainSize(size), large * 0.7),
        opacity: named ? opacity : 0,
      }),
    );
    const high = (i: number) => (named ? (names[i]?.box.height ?? 0) : 0);
    const [rule, evidence] = [words('no-specific-rule', across), words('evidence', across, 'end')];
    const [first, last] = [words('encrypted-overseas', left), words('cross-border', left)];
    const [above, between, under] = [high(0) + high(1) + gap * 4, heightOf(rule) + heightOf(evidence) + gap * 5, high(2) + gap * 1.5];
    const spare = floor - top - above - between - under;
    const air = Math.max(0, spare) / 3;
    const y3 = floor - under - air * 0.25;
    // The middle line stands as near to the middle as the words above and below it allow.
    const lowest = Math.min(y3 - between, floor - reach - gap * 2 - heightOf(last));
    const highest = Math.max(top + above, top + heightOf(first) + gap * 2 + reach);
    const y2 = Math.max(highest, Math.min(lowest, (top + floor) / 2));
    const y1 = top + high(0) + gap + Math.max(0, y2 - top - above) * 0.4;
    const fits =
      spare >= 0 &&
      y3 - y2 >= between &&
      y2 + reach + gap * 2 + heightOf(last) <= floor &&
      widthOf([...first, ...last]) <= left &&
      widthOf([...rule, ...evidence, ...(named ? names : [])]) <= across;
    return { frame, fork, level, left, names, high, rule, evidence, first, last, ys: [y1, y2, y3] as const, fits };
  };
  const frames = FRAMES.map(([user, source]) => frameOf(view, size, user, source, 1));
  const large = sizes(clamp(size.width * 0.038, 16, 32), 15);
  const shares = [0.45, 0.41, 0.37];
  const options = [
    ...large.map((one) => ({ frame: frames[0] as Frame, named: true, large: one, share: 0.45 })),
    ...[true, false].flatMap((named) =>
      frames.flatMap((frame) => sizes(15, plainSize(size)).flatMap((one) => shares.map((share) => ({ frame, named, large: one, share })))),
    ),
  ];
  const { frame, fork, level, left, names, high, rule, evidence, first, last, ys } = fitted(view, 'way', size, options, build, ({ fits }) => fits);
  const { x, right, dot } = frame;
  const [y1, y2, y3] = ys;
  const place = (labels: readonly Label[], dx: number, dy: number) =>
    shifted(labels, dy).map((one) => ({ ...one, x: round(one.x + dx), box: { ...one.box, x: round(one.box.x + dx) } }));
  const bar = (key: Gate, at: number, from: number, to: number) =>
    line(
      [
        [at, from],
        [at, to],
      ],
      { key: `gate-${key}-bar`, tone: 'attention', width: 5, opacity },
    );
  const [one, two] = [x + dot * 2.6 + left * 0.2, x + dot * 2.6 + left * 0.62];
  const [three, four] = [level + 8, right - end - gap];
  const pitch = clamp(size.width * 0.011, 3, 9);
  const besideGate = (labels: readonly Label[], gate: number) => Math.max(x, Math.min(gate - 3, fork - gap - widthOf(labels)));
  return {
    course: {
      fork,
      level,
      ends: [right - days * pitch - 6, right - end, right - end],
      ys,
      frames: [y2, y3].map((y) => ({ x: right - end, y: y - end / 2, width: end, height: end })),
      days: { x: right - days * pitch - 3, y: y1 - pitch / 2, pitch },
    },
    frame,
    labels: [
      ...place([names[0] as Label], 0, y1 - gap - high(0)),
      ...place([names[1] as Label], 0, y2 - gap * 1.5 - high(1)),
      ...place([names[2] as Label], 0, y3 + gap),
      ...place(first, besideGate(first, one), y2 - reach - gap - heightOf(first)),
      ...place(last, besideGate(last, two), y2 + reach + gap),
      ...place(rule, level, y2 + gap * 2),
      ...place(evidence, four - gap, y3 - gap * 1.5 - heightOf(evidence)),
    ],
    shapes:
      opacity > 0
        ? [
            bar('encrypted-overseas', one, y2 - reach, y2 + Math.min(reach, 16)),
            bar('cross-border', two, y2 - Math.min(reach, 16), y2 + reach),
            bar('no-specific-rule', three, y2 - gap, y2 + gap * 1.6),
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
      ...LINES.flatMap((key) => [`law-${key}`, `name-${key}`]),
      'end-days',
      'end-fine',
      'end-blank',
      ...Object.keys(GATES).flatMap((key) => [`gate-${key}`, `gate-${key}-speaker`]),
    ],
    eventSteps: [],
    gaps: false,
  };
}
