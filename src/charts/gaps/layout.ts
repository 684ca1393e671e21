/** gaps: an empty frame for each number that is in none of the articles; they go until one remains. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { fittingSize, label } from '../label.ts';
import { rectangle } from '../shape.ts';
import { plainSize, quietSize, sideMargin } from '../stack.ts';
import { clamp, emptyScene, shifted, wordOf } from '../stageLayout.ts';
import type { Chart, ChartNeeds, ChartView, Scene, Size, StepState } from '../types.ts';

/** The gap whose frame remains. */
const LAST = 'women-pictured';

function layout(view: ChartView, size: Size, { progress }: StepState): Scene {
  const ids = [LAST, ...view.gaps.filter((id) => id !== LAST)];
  const gap = clamp(size.width * 0.02, 5, 18);
  const margin = sideMargin(size);
  const [width, height] = [size.width - 2 * margin, size.height - 2 * margin];

  // The quiet words at the end: what the other frames were, for whoever sees this picture alone.
  const names = ids.slice(1).map((id) => wordOf(view, id));
  const others = label({
    key: 'others',
    text: `${wordOf(view, 'others')} ${names.join(' · ')}`,
    x: margin,
    y: 0,
    width,
    size: quietSize(size),
    tone: 'quiet',
    opacity: between(progress, 0.84, 0.98),
  });
  const rest = height - others.box.height - margin;

  // The frame that remains is as wide as two from the start.
  const columns = size.width > size.height * 1.7 ? 4 : size.width < 560 ? 2 : 3;
  const rows = Math.ceil((ids.length + 1) / columns);
  const [wide, high] = [(width + gap) / columns, (height + gap) / rows];
  const text = Math.min(clamp(high * 0.38, plainSize(size), 28), ...ids.map((id) => fittingSize(wordOf(view, id), wide - 3 * gap, 28, plainSize(size), 2)));
  const grown = easeCubicInOut(between(progress, 0.6, 0.88));
  const grow = (from: number, to: number) => from + (to - from) * grown;

  const frames = ids.flatMap((id, i) => {
    const last = id === LAST;
    // They go from the end to the beginning.
    const gone = 0.5 - (0.42 * i) / ids.length;
    const opacity = last ? 1 : 1 - between(progress, gone, gone + 0.08);
    if (opacity <= 0) return [];
    const place = last ? 0 : i + 1;
    const box = {
      x: margin + (place % columns) * wide,
      y: margin + Math.floor(place / columns) * high,
      width: last ? grow(wide * 2 - gap, width) : wide - gap,
      height: last ? grow(high - gap, rest) : high - gap,
    };
    const name = label({
      key: `gap-${id}`,
      text: wordOf(view, id),
      x: box.x + gap,
      y: 0,
      width: box.width - 2 * gap,
      size: last ? grow(text, fittingSize(wordOf(view, id), width - 2 * gap, Math.min(text * 3, rest * 0.4), text, 2)) : text,
      face: 'number',
      opacity,
    });
    const look = { key: `gap-${id}-frame`, tone: 'light', opacity: last ? 1 : opacity * 0.6, width: last ? 2 : 1.25 } as const;
    return [{ frame: rectangle('stroke', box, look), name: shifted([name], box.y + Math.min(gap, (box.height - name.box.height) / 2)) }];
  });
  return {
    ...emptyScene(size),
    shapes: frames.map(({ frame }) => frame),
    labels: [...frames.flatMap(({ name }) => name), ...(others.opacity > 0 ? shifted([others], margin + height - others.box.height) : [])],
  };
}

export const gaps: Chart = {
  id: 'gaps',
  steps: ['blank'],
  layout,
};

/** What the build gives it. */
export function gapsNeeds(): ChartNeeds {
  return {
    figures: [],
    marks: {},
    claims: [],
    words: ['others'],
    eventSteps: [],
    gaps: true,
    picture: 'blank',
  };
}
