/**
 * What a reader sees of a picture: for each field, edge, shape and label in it, how much of its box holds its colour.
 * The boxes come from the page's own picture as Chromium lays it out; the colours are measured in what each engine painted.
 */
import { CHARTS } from '#charts/registry.ts';
import { boxOfField, overlap } from '../fixtures/unit-scenes.ts';
import type { ChartView } from '#charts/types.ts';
import { COLOURS } from '#styles/tokens.ts';
import type { Shot, Tab } from './engines.ts';

export type Kind = 'field' | 'shape' | 'label';

/** Something that is painted in a picture. */
export interface Part {
  readonly kind: Kind;
  /** Its words, or its class. */
  readonly name: string;
  /** Red, green and blue. */
  readonly colour: readonly number[];
  /** In CSS pixels from the corner of the element that is looked at. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** A picture as the page holds it. */
export interface Picture {
  readonly parts: readonly Part[];
  /** The size of the element that is looked at, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** What an awake stage says that it shows. */
  readonly step?: string | undefined;
  readonly progress?: number | undefined;
  readonly viewBox: readonly number[];
  /** Where its fields are painted on a canvas: device pixels for a pixel of the picture. */
  readonly density?: number | undefined;
}

/** Runs in the page: the picture in the first element of a selector. */
export function readPicture(selector: string): Picture {
  const root = document.querySelector(selector);
  const svg = root instanceof SVGSVGElement ? root : [...(root?.querySelectorAll('svg') ?? [])].find((one) => one.getBoundingClientRect().width > 0);
  if (!root || !svg) throw new Error(`no picture in ${selector}`);
  const home = root.getBoundingClientRect();
  /** The boxes of what is drawn, without the strokes, which engines measure each in its own way. */
  const boxOf = (elements: readonly SVGGraphicsElement[], air: number) => {
    const corners = elements.flatMap((element) => {
      const [{ x, y, width, height }, matrix] = [element.getBBox(), element.getScreenCTM()];
      return [new DOMPoint(x, y), new DOMPoint(x + width, y + height)].map((corner) => corner.matrixTransform(matrix ?? undefined));
    });
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    const [left, top] = [Math.min(...xs) - air, Math.min(...ys) - air];
    return { x: left - home.left, y: top - home.top, width: Math.max(...xs) + air - left, height: Math.max(...ys) + air - top };
  };
  const coloursOf = (value: string) => (value.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  // A field, an edge or a glow is a group of its own; a picture to take away stands in groups, with words in them.
  const isMark = (element: Element | null) => element instanceof SVGGElement && !element.querySelector('text');
  const parts: Part[] = [...svg.querySelectorAll<SVGGraphicsElement>('g, path, text')].flatMap((element): Part[] => {
    if (element.closest('pattern') || isMark(element.parentElement)) return [];
    const style = getComputedStyle(element);
    const name = element.getAttribute('class') ?? '';
    if (element instanceof SVGGElement) {
      const marks = [...element.querySelectorAll<SVGGraphicsElement>(':scope > :is(rect, path)')];
      return marks.length && isMark(element) ? [{ kind: 'field', name, colour: coloursOf(style.color), box: boxOf(marks, 1) }] : [];
    }
    if (element instanceof SVGTextElement) {
      const words = [...element.querySelectorAll('tspan')].map((line) => line.textContent).join(' ');
      return [{ kind: 'label', name: words, colour: coloursOf(style.color), box: boxOf([element], 0) }];
    }
    return [{ kind: 'shape', name, colour: coloursOf(style.stroke === 'none' ? style.fill : style.stroke), box: boxOf([element], 2) }];
  });
  const shown = root.closest<HTMLElement>('.stage-picture') ?? undefined;
  return {
    parts,
    width: home.width,
    height: home.height,
    step: shown?.dataset['step'],
    progress: shown && Number(shown.dataset['progress']),
    viewBox: [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height],
    density: shown?.querySelector('canvas') ? (devicePixelRatio * home.width) / svg.viewBox.baseVal.width : undefined,
  };
}

/** A picture that a chart is to show: its chart, what it draws from, and the moment. */
export interface Wanted {
  readonly chart: string;
  readonly view: ChartView;
  readonly step: string;
}

/** How what the page holds differs from what its chart lays out, at rest, at the size of the picture. */
export function unlikeLayout(picture: Picture, wantedPicture: Wanted): string[] {
  const [{ parts }, { chart: id, step }] = [picture, wantedPicture];
  const scene = sceneOf(picture, wantedPicture);
  if (!scene) return [`no chart ${id}`];
  const wanted = [
    ...scene.fields.map(({ tone }) => `field ${tone}`),
    ...scene.shapes.map(({ tone, paint }) => `shape ${tone} ${paint}`),
    ...scene.labels.map(({ lines }) => `label ${lines.join(' ')}`),
  ].sort();
  const held = parts.map(({ kind, name }) => `${kind} ${name}`).sort();
  return wanted.join('\n') === held.join('\n') ? [] : [`at ${step} the page holds ${held.join(', ')}; the layout gives ${wanted.join(', ')}`];
}

/** What its chart lays out at the size of a picture. */
function sceneOf({ viewBox: [width = 0, height = 0], density = 1 }: Picture, { chart, view, step }: Wanted) {
  return CHARTS[chart]?.layout(view, { width, height, density }, { step, progress: 1 });
}

/** A picture with the fields that are painted on its canvas, where its chart lays them out. */
function withFields(picture: Picture, wanted: Wanted | undefined): Picture {
  // A driver may give null for what is undefined.
  if (typeof picture.density !== 'number' || !wanted) return picture;
  const scale = picture.width / (picture.viewBox[0] ?? 1);
  const fields = (sceneOf(picture, wanted)?.fields ?? []).map((field): Part => {
    const { x, y, width, height } = boxOfField(field);
    const box = { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
    return { kind: 'field', name: field.tone, colour: channelsOf(COLOURS.light[field.tone as keyof typeof COLOURS.light]), box };
  });
  return { ...picture, parts: [...picture.parts, ...fields] };
}

/** Red, green and blue. */
const channelsOf = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
/** The dark of the room, and its light. */
const [ROOM, LIGHT] = [channelsOf(COLOURS.light.room), channelsOf(COLOURS.light.light)];

/** For each part, the share of its box that holds its colour: 1 for its colour, 0 for what is as far from it as the ground is. */
export function sharesOf(shot: Shot, { parts, width, height }: Picture): number[] {
  const [across, down] = [shot.width / width, shot.height / height];
  return parts.map(({ colour, box }) => {
    const ground = distance(colour, ROOM) < 30 ? LIGHT : ROOM;
    const far = distance(colour, ground);
    const [left, right] = [Math.max(0, Math.round(box.x * across)), Math.min(shot.width, Math.round((box.x + box.width) * across))];
    const [top, bottom] = [Math.max(0, Math.round(box.y * down)), Math.min(shot.height, Math.round((box.y + box.height) * down))];
    let [sum, count] = [0, 0];
    for (let y = top; y < bottom; y += 1)
      for (let x = left; x < right; x += 1) {
        const at = (y * shot.width + x) * shot.channels;
        const [red = 0, green = 0, blue = 0] = [shot.data[at], shot.data[at + 1], shot.data[at + 2]];
        sum += Math.max(0, 1 - Math.hypot(red - (colour[0] ?? 0), green - (colour[1] ?? 0), blue - (colour[2] ?? 0)) / far);
        count += 1;
      }
    return count ? sum / count : 0;
  });
}

function distance(one: readonly number[], other: readonly number[]): number {
  return Math.hypot(...one.map((value, i) => value - (other[i] ?? 0)));
}

/** A picture and what is seen of it. */
export interface Seen {
  readonly picture: Picture;
  readonly shares: readonly number[];
}

/** Looks at the picture in an element. The boxes are `reference`'s where another engine has laid the same picture out. */
export async function look(tab: Tab, selector: string, wanted?: Wanted, reference?: Picture): Promise<Seen> {
  const [picture, shot] = [withFields(await tab.run(readPicture, selector), wanted), await tab.shot(selector)];
  return { picture, shares: sharesOf(shot, reference && alike(picture, reference) ? reference : picture) };
}

function alike({ width, height }: Picture, other: Picture): boolean {
  return Math.abs(width - other.width) < 2 && Math.abs(height - other.height) < 2;
}

/**
 * How far the share of a part may be from Chromium's, as a factor. Over all pictures, sizes and ratios (`ENGINES_MEASURE=1` prints
 * each) Firefox was within 0.88 to 1.07 for fields, 0.87 to 1.17 for shapes and 0.66 to 1.37 for labels;
 * WebKitGTK within 0.97 to 1.22 (1.38 where lights of a still stand on half pixels: its edges of squares are brighter), 0.96 to 1.08, 0.97 to 1.88 (dots under two pixels wide; other shapes to 1.2) and 0.68 to 1.80, for
 * each engine has its own way with the edges of letters. What is not painted has a factor without end.
 */
const WITHIN: Readonly<Record<Kind, number>> = { field: 1.45, shape: 2, label: 2 };
/** Shares nearer than this are rounding: seen where a few squares of a faint field lie in a large box, up to 0.0014. */
const ROUNDING = 0.002;

/** What of a picture is not as Chromium shows it, each with the engine and the figures. */
export function unlike(seen: Seen, reference: Seen, who: string): string[] {
  const names = ({ picture }: Seen) => picture.parts.map(({ kind, name }) => `${kind} ${name}`);
  const [held, wanted] = [names(seen), names(reference)];
  if (held.join('\n') !== wanted.join('\n')) return [`${who} shows ${held.join(', ')}, Chromium shows ${wanted.join(', ')}`];
  return reference.picture.parts.flatMap(({ kind, name, box }, i) => {
    const [share, wantedShare] = [seen.shares[i] ?? 0, reference.shares[i] ?? 0];
    if (process.env['ENGINES_MEASURE'])
      console.log(`${kind} ${(share / wantedShare).toFixed(3)} ${(share - wantedShare).toFixed(4)} ${wantedShare.toFixed(4)} ${who} ${name.slice(0, 40)}`);
    // Words always show; a field or a shape may wait, unseen, for its step.
    if (kind === 'label' && wantedShare <= ROUNDING) return [`${who}: Chromium does not show the ${kind} ${name.slice(0, 40)}`];
    const [low, high] = [Math.min(share, wantedShare), Math.max(share, wantedShare)];
    // Ten days at the scale of forty years are a field lower than four pixels: what is measured there is the dashes round it, or words on it.
    const isLow = kind === 'field' && Math.min(box.width, box.height) < 4;
    if (isLow && reference.picture.parts.some((part) => part.kind === 'label' && overlap(part.box, box))) return [];
    const within = isLow ? WITHIN.shape : WITHIN[kind];
    if (high <= low * within || high - low <= ROUNDING) return [];
    return [`${who}: the ${kind} ${name.slice(0, 40)} holds its colour in ${share.toFixed(3)} of its box, in Chromium in ${wantedShare.toFixed(3)}`];
  });
}
