/** What every chart takes and gives. A chart is a pure function from facts, words, size and moment to marks. */
import type { FactId } from '#evidence/facts.ts';
import type { Bounds, Unit } from '#evidence/interval.ts';
import type { FieldMark } from './dotField.ts';

/** A stage or picture in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
  /** Device pixels for a pixel of the stage; 1 where nobody knows yet what the picture will be shown on. */
  readonly density?: number;
}

/** Where the reader is in a chart: its step, and how far the move into that step has come, 0 to 1. */
export interface StepState {
  readonly step: string;
  readonly progress: number;
}

/** An event as the timeline draws it; its words are in `words` under its id. */
export interface EventView {
  readonly id: string;
  readonly lane: string;
  /** The step that tells it. */
  readonly step: string;
  readonly inferred: boolean;
  readonly unreconciled: boolean;
}

/** All that a chart draws from: numbers from the facts, words from the content, both resolved at build. */
export interface ChartView {
  readonly figures: Readonly<Record<string, Bounds>>;
  readonly words: Readonly<Record<string, string>>;
  /** The facts that words rest on, by the words: on the stage they open the fact's evidence. */
  readonly opens: Readonly<Record<string, string>>;
  /** In order of time; only where the chart asks for events. */
  readonly events: readonly EventView[];
  /** Ids of the gaps; only where the chart asks for them. */
  readonly gaps: readonly string[];
}

/** Whose a mark is. Colour never changes its meaning (storyboard, visual grammar). */
export type Tone = 'light' | 'quiet' | 'maskpark' | 'others' | 'nth-room' | 'attention' | 'ground';

/** A line, outline or solid, as an SVG path. */
export interface ShapeMark {
  readonly key: string;
  readonly d: string;
  readonly tone: Tone;
  /** `dots` are round ends of lines without length: one path draws any number of round lights. */
  readonly paint: 'fill' | 'stroke' | 'dashes' | 'dots' | 'shade';
  /** Width of the stroke, or diameter of the dots, in pixels. */
  readonly width?: number;
  readonly opacity: number;
  readonly box: Box;
}

/** Text on the stage, already broken into lines. */
export interface Label {
  readonly key: string;
  readonly lines: readonly string[];
  /** The first baseline. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly leading: number;
  readonly face: 'number' | 'sans';
  readonly tone: Tone;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly opacity: number;
  readonly box: Box;
}

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture: what the dumb component draws, back to front. */
export interface Scene {
  readonly size: Size;
  /** Fields are not seen above this line, in pixels from the top: words stand there. */
  readonly ceiling?: number;
  readonly fields: readonly FieldMark[];
  readonly shapes: readonly ShapeMark[];
  readonly labels: readonly Label[];
}

/** A chart as the browser draws it. Its id is its folder's name. */
export interface Chart {
  readonly id: string;
  readonly steps: readonly string[];
  readonly layout: (view: ChartView, size: Size, state: StepState) => Scene;
}

/** What the build gives a chart: a part of its own, so that no page carries it. */
export interface ChartNeeds {
  /** The facts whose numbers it draws, in the order of its table. */
  readonly figures: readonly FactId[];
  /** What its marks count: a figure in another unit would make the picture a lie, so the build refuses it. */
  readonly marks: Readonly<Partial<Record<FactId, Unit>>>;
  /** Facts in words that its table also lists. */
  readonly claims: readonly FactId[];
  /** The names of the words it writes on the stage. */
  readonly words: readonly string[];
  /** The steps that tell the events of data/events.json; empty when it draws none. */
  readonly eventSteps: readonly string[];
  /** True when it draws data/gaps.json. */
  readonly gaps: boolean;
  /** The step that stands for the chart where it is shown alone: to take away, and beside a link. */
  readonly picture: string;
}
