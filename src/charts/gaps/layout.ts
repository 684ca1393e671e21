/** gaps: an empty frame for each number that is in none of the articles; they go until one remains. */
import { easeCubicInOut } from 'd3';
import { between } from '../camera.ts';
import { label } from '../label.ts';
import { rectangle } from '../shape.ts';
import { fitted, plainSize, quietSize, sideMargin, sizes } from '../stack.ts';
import { clamp, emptyScene, shifted, wordOf } from '../stageLayout.ts';
import type { Box, Chart, ChartNeeds, ChartView, Label, Scene, ShapeMark, Size, StepState } from '../types.ts';

/** The gap whose frame remains. */
const LAST = 'women-pictured';

function layout(view: ChartView, size: Size, { progress }: StepState): Scene {
  const last = view.gaps.includes(LAST) ? LAST : (view.gaps[0] ?? '');
  const others = view.gaps.filter((id) => id !== last);
  const margin = sideMargin(size);
  const top = clamp(size.height * 0.052, 8, 52);
  const bottom = size.height - top;
  const inner = { x: margin, y: top, width: size.width - 2 * margin, height: bottom - top };

  // The quiet words at the end: what the other frames were, for whoever sees this picture alone.
  const quiet = label({
    key: 'others',
    text: `${wordOf(view, 'others')} ${others.map((id) => wordOf(view, id)).join(' · ')}`,
    x: margin,
    y: 0,
    width: inner.width,
    size: quietSize(size),
    tone: 'quiet',
    opacity: between(progress, 0.84, 0.98),
  });
  const rest = { ...inner, height: inner.height - quiet.box.height - clamp(size.height * 0.04, 8, 36) };

  const cells = cellsOf(size, inner, last, others);
  const grown = easeCubicInOut(between(progress, 0.6, 0.88));
  const large = Math.min(...cells.map(({ id, box }) => textSize(view, size, id, box)));
  const [labels, shapes]: [Label[], ShapeMark[]] = [[], []];
  cells.forEach(({ id, box }, i) => {
    // They go from the end to the beginning.
    const gone = 0.08 + (0.42 * (others.length - i)) / others.length;
    const opacity = id === last ? 1 : 1 - between(progress, gone, gone + 0.08);
    if (opacity <= 0) return;
    const now = id === last ? mix(box, rest, grown) : box;
    const text = wordOf(view, id);
    const pad = padOf(size) * (id === last ? 1 + grown : 1);
    const at = large + (textSize(view, size, id, rest, 3) - large) * (id === last ? grown : 0);
    const one = label({ key: `gap-${id}`, text, x: now.x + pad, y: 0, width: now.width - 2 * pad, size: at, face: 'number', opacity });
    const room = Math.max(2, (now.height - one.box.height) / 2);
    labels.push(...shifted([one], now.y + Math.min(pad, room)));
    shapes.push(rectangle('stroke', now, { key: `gap-${id}-frame`, tone: 'light', opacity: opacity * (id === last ? 1 : 0.6), width: id === last ? 2 : 1.25 }));
  });
  if (quiet.opacity > 0) labels.push(...shifted([quiet], bottom - quiet.box.height));
  return { ...emptyScene(size), shapes, labels };
}

function padOf({ width }: Size): number {
  return width < 480 ? 7 : 18;
}

/** The frames fill the stage: the one that remains takes what room is left in the grid beside the others. */
function cellsOf(size: Size, inner: Box, last: string, others: readonly string[]): { id: string; box: Box }[] {
  const columns = size.width > size.height * 1.7 ? 4 : size.width >= 560 ? 3 : 2;
  const rows = Math.ceil((others.length + 1) / columns);
  const gap = clamp(size.width * 0.02, 5, 18);
  const [width, height] = [(inner.width - gap * (columns - 1)) / columns, (inner.height - gap * (rows - 1)) / rows];
  const spare = rows * columns - others.length;
  const at = (place: number, span = 1): Box => ({
    x: inner.x + (place % columns) * (width + gap),
    y: inner.y + Math.floor(place / columns) * (height + gap),
    width: width * span + gap * (span - 1),
    height,
  });
  const span = Math.min(spare, columns);
  return [{ id: last, box: at(0, span) }, ...others.map((id, i) => ({ id, box: at(i + span) }))];
}

/** The largest size at which the name of a gap fits a frame. */
function textSize(view: ChartView, size: Size, id: string, box: Box, share = 1): number {
  const width = box.width - 2 * padOf(size) * Math.min(2, share);
  const largest = clamp(size.width * 0.034, 17, 28) * share;
  const build = (one: number) => label({ key: id, text: wordOf(view, id), x: 0, y: 0, width, size: one, face: 'number' });
  return fitted(view, `${id} ${share}`, size, sizes(largest, plainSize(size)), build, (one) => one.box.width <= width && one.box.height <= box.height - 4).size;
}

function mix(from: Box, to: Box, t: number): Box {
  const at = (key: keyof Box) => from[key] + (to[key] - from[key]) * t;
  return { x: at('x'), y: at('y'), width: at('width'), height: at('height') };
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
  };
}
