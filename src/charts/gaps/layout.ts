/** gaps: an empty frame for each number that is in none of the articles. */
import { between } from '../camera.ts';
import { label } from '../label.ts';
import { rectangle } from '../shape.ts';
import { clamp, emptyScene, labelSize, shifted, stageMargin, wordOf } from '../stageLayout.ts';
import type { Chart, ChartView, Label, Scene, ShapeMark, Size, StepState } from '../types.ts';

/** The frames come one after another. */
function layout(view: ChartView, size: Size, { progress: t }: StepState): Scene {
  const margin = stageMargin(size.width);
  const [top, bottom] = [clamp(size.height * 0.035, 4, 40), size.height - clamp(size.height * 0.03, 4, 36)];
  const columns = size.width >= 820 ? 3 : 2;
  const rows = Math.ceil(view.gaps.length / columns);
  const gap = clamp(size.width * 0.02, 4, 16);
  const width = (size.width - 2 * margin - gap * (columns - 1)) / columns;
  const even = Math.min((bottom - top - gap * (rows - 1)) / rows, 150);
  const pad = size.width < 480 ? 5 : 14;
  const words = view.gaps.map((id, i) => {
    const opacity = between(t, 0.3 + (0.5 * i) / view.gaps.length, 0.45 + (0.5 * i) / view.gaps.length);
    return label({
      key: `gap-${id}`,
      text: wordOf(view, id),
      x: margin + (i % columns) * (width + gap) + pad,
      y: 0,
      width: width - 2 * pad,
      size: labelSize(size),
      opacity,
    });
  });
  // Where the words of a row need more than an even share, each row has its words and as much padding as the others.
  const needed = Array.from({ length: rows }, (_, row) => Math.max(...words.slice(row * columns, (row + 1) * columns).map(({ box }) => box.height)));
  const padding = even - needed.reduce((sum, height) => sum + height, 0) / rows;
  const tight = Math.max(...needed) > even;
  let y = top + (bottom - top - rows * even - (rows - 1) * gap) / 2;
  const [labels, shapes]: [Label[], ShapeMark[]] = [[], []];
  needed.forEach((high, row) => {
    const height = tight ? high + padding : even;
    for (const one of words.slice(row * columns, (row + 1) * columns)) {
      const box = { x: one.x - pad, y, width, height };
      shapes.push(rectangle('stroke', box, { key: `${one.key}-frame`, tone: 'light', opacity: one.opacity, width: 1.25 }));
      labels.push(...shifted([one], Math.max(y, y + (height - one.box.height) / 2)));
    }
    y += height + gap;
  });
  const isSeen = ({ opacity }: { readonly opacity: number }) => opacity > 0;
  return { ...emptyScene(size), shapes: shapes.filter(isSeen), labels: labels.filter(isSeen) };
}

export const gaps: Chart = {
  id: 'gaps',
  steps: ['blank'],
  figures: [],
  marks: {},
  claims: [],
  words: [],
  eventSteps: [],
  gaps: true,
  layout,
};
