/** paths: what decides the penalty, and what stands in the way. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { blocksOf } from '../dotField.ts';
import type { Chart, ChartView, Label, StepState, Scene, ShapeMark, Size } from '../types.ts';
import { below, fittingSize, label } from '../label.ts';
import { line, rectangle } from '../shape.ts';
import { clamp, drawnCount, emptyScene, field, labelSize, shifted, stageMargin, wordOf, wordsIn, wordsOut } from '../stageLayout.ts';

const STEPS = ['which-law', 'in-the-way'] as const;
const GATES = ['encrypted-overseas', 'evidence', 'no-specific-rule', 'cross-border'] as const;

function layout(view: ChartView, size: Size, { step, progress }: StepState): Scene {
  const second = step === STEPS[1];
  const t = easeCubicInOut(progress);
  const { width, height } = size;
  const margin = stageMargin(width);
  const small = width < 700;
  const text = labelSize(size);
  const top = clamp(height * 0.07, 10, 72);
  const inner = width - 2 * margin;
  // On a low stage the question makes way for what stands in the way.
  const low = height < 330;
  const [here, there] = second ? [wordsOut(t), wordsIn(t)] : [wordsIn(t), 0];
  const labels: Label[] = [];
  const shapes: ShapeMark[] = [];

  // The question, and the fork below it.
  const asked = wordOf(view, 'question');
  const question = label({
    key: 'question',
    text: asked,
    x: margin,
    y: top,
    width: inner,
    size: fittingSize(asked, inner, clamp(width * 0.05, 20, 42), 18, small ? 2 : 1),
    face: 'number',
    opacity: second ? (low ? here : 1) : wordsIn(t),
  });
  labels.push(question);
  const forkY = below(question, clamp(height * 0.03, 8, 28));
  const left = margin + 7;
  const right = width / 2 + 7;
  const branchY = forkY + clamp(height * 0.06, 16, 56);

  // The ends: ten squares on the lit branch, an empty frame on the other.
  const days = drawnCount(view, 'detention-10-days');
  const pitch = clamp((width / 2 - margin - 24) / days, 9, 30);
  const half = width / 2 - margin - 20;
  // Each penalty has a label of its own, for it opens its own evidence: side by side where both fit, else one below the other.
  const end = (key: string, x: number, y: number) =>
    label({ key, text: wordOf(view, key), x, y, width: half, size: text, tone: 'maskpark', opacity: second ? 1 : here });
  const detention = end('no-end-days', margin, 0);
  const beside = end('no-end-fine', margin + detention.box.width + text / 4, 0);
  const ends = [detention, beside.box.x + beside.box.width <= margin + half ? beside : end('no-end-fine', margin, below(detention))];
  const bottom = height - clamp(height * 0.04, 8, 48);
  const cellsY = bottom - Math.max(...ends.map((one) => below(one))) - 8 - pitch;
  labels.push(...shifted(ends, cellsY + pitch + 8));
  const draw = second ? 1 : between(t, 0.1, 0.6);
  const lit = line(
    [
      [left, low && second ? forkY + (top - forkY) * there : forkY],
      [left, forkY + (cellsY - 6 - forkY) * draw],
    ],
    { key: 'lit', tone: 'maskpark', width: 3 },
  );
  if (draw > 0) shapes.push(lit);
  const cells = field('days', blocksOf(days, days), { x: margin, y: cellsY, pitch }, 'maskpark', second ? 1 : between(t, 0.5, 0.8), 'cell');

  const other = second ? 1 - between(t, 0, 0.3) : draw;
  if (other > 0) {
    const frame = { x: right - 7, y: cellsY + pitch, width: width - margin - right + 7, height: bottom - cellsY - pitch };
    const blank = label({ key: 'yes-end', text: wordOf(view, 'yes-end'), x: frame.x + 12, y: 0, width: frame.width - 24, size: text, opacity: here });
    const high = Math.max(blank.box.height + 16, frame.height);
    const frameY = bottom - high;
    shapes.push(
      line(
        [
          [left, forkY],
          [right, forkY],
          [right, forkY + (frameY - forkY) * draw],
        ],
        { key: 'unlit', tone: 'quiet', width: 1.5, opacity: second ? other : 1 },
        'dashes',
      ),
    );
    shapes.push(
      rectangle('stroke', { ...frame, y: frameY, height: high }, { key: 'yes-frame', tone: 'light', opacity: second ? other : between(t, 0.5, 0.8) }),
    );
    labels.push({ ...blank, y: blank.y + frameY + 8, box: { ...blank.box, y: frameY + 8 } });
  }
  for (const [key, x, tone, room] of [
    ['no', left, 'light', width / 2 - left - 24],
    ['yes', right, 'light', width - margin - right - 14],
  ] as const) {
    const answer = label({
      key: `${key}-answer`,
      text: wordOf(view, `${key}-answer`),
      x: x + 14,
      y: branchY,
      width: room,
      size: clamp(width * 0.036, 18, 32),
      face: 'number',
      tone,
      opacity: here,
    });
    const words = label({
      key: `${key}-law`,
      text: wordOf(view, `${key}-law`),
      x: x + 14,
      y: below(answer, 4),
      width: room,
      size: text,
      tone: 'quiet',
      opacity: here,
    });
    labels.push(answer, words);
  }

  // The gates across the lit branch.
  if (there > 0) {
    const [from, to] = [low ? top : forkY + 6, cellsY - 12];
    const slot = (to - from) / GATES.length;
    GATES.forEach((key, i) => {
      const x = left + 30;
      const room = width - margin - x;
      const gate = label({ key: `gate-${key}`, text: wordOf(view, `gate-${key}`), x, y: 0, width: room, size: small ? text : 22, opacity: there });
      const speaker = label({
        key: `gate-${key}-speaker`,
        text: wordOf(view, `gate-${key}-speaker`),
        x,
        y: below(gate),
        width: room,
        size: small ? text : 17,
        tone: 'quiet',
        opacity: there,
      });
      const lift = from + slot * i + Math.max(0, (slot - below(speaker)) / 2);
      for (const one of [gate, speaker]) labels.push({ ...one, y: one.y + lift, box: { ...one.box, y: one.box.y + lift } });
      const y = lift + gate.box.height / 2 + 1;
      const grown = 7 + 13 * between(t, 0.3 + i * 0.1, 0.6 + i * 0.1);
      shapes.push(
        line(
          [
            [left - Math.min(grown, left - 3), y],
            [left + grown, y],
          ],
          { key: `gate-${key}-bar`, tone: 'light', width: 4, opacity: there },
        ),
      );
    });
  }
  return { ...emptyScene(size), fields: cells, shapes, labels: labels.filter((one) => one.opacity > 0) };
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
    'question',
    'no-answer',
    'no-law',
    'no-end-days',
    'no-end-fine',
    'yes-answer',
    'yes-law',
    'yes-end',
    ...GATES.flatMap((key) => [`gate-${key}`, `gate-${key}-speaker`]),
  ],
  eventSteps: [],
  gaps: false,
  layout,
};
