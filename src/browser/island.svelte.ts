/** An island: one chart's stage, prerendered, and hydrated when the reader comes near. */
import { flushSync, hydrate, mount } from 'svelte';
import Picture from '#charts/Picture.svelte';
import { CHARTS } from '#charts/registry.ts';
import type { Chart, ChartView, StepState, Size } from '#charts/types.ts';
import FieldCanvas from '#components/FieldCanvas.svelte';
import Stage from '#components/Stage.svelte';

/** A stage that shows whatever state it is given. */
export interface HydratedStage {
  readonly show: (state: StepState) => void;
}

/** The chart of a prerendered island and what it draws from; undefined when the page is not as it was built. */
export function readIsland(island: HTMLElement): { chart: Chart; view: ChartView } | undefined {
  const chart = CHARTS[island.dataset['chart'] ?? ''];
  try {
    return chart && { chart, view: JSON.parse(island.dataset['view'] ?? '') as ChartView };
  } catch (error) {
    reportFailure(island, error);
    return undefined;
  }
}

/** A passage whose picture cannot be drawn looks as it was prerendered, and the story goes on. */
function reportFailure(within: Element, error: unknown): void {
  within.closest('.passage')?.classList.add('static');
  // eslint-disable-next-line no-console -- The reader misses nothing but motion; whoever asks why finds it here.
  console.error(error);
}

/** Hydrates the stage in `island`, which lies empty beside its still pictures until it knows its size. */
export function hydrateIsland(island: HTMLElement, chart: Chart, view: ChartView): HydratedStage | undefined {
  let now = $state.raw<StepState>({ step: chart.steps.at(-1) ?? '', progress: 1 });
  const target = island.querySelector('.live-stage');
  if (!target) return undefined;
  const stills = [...island.querySelectorAll('.still')];
  let broken = false;
  const props = {
    chart,
    view,
    // The still pictures stay until there is another to take their place.
    drawn: () => {
      if (broken) return;
      for (const one of stills) one.remove();
      document.documentElement.dataset['live'] = '';
    },
    failed: (error: unknown) => {
      broken = true;
      island.append(...stills);
      reportFailure(island, error);
    },
    get stepState() {
      return now;
    },
  };
  try {
    hydrate(Stage, { target, props });
  } catch (error) {
    props.failed(error);
  }
  return {
    show: (state) => {
      if (state.step !== now.step || state.progress !== now.progress) now = state;
    },
  };
}

/** Puts the settled picture of one step into an empty place of its own. */
export function mountStep(slot: HTMLElement, chart: Chart, view: ChartView, step: string): void {
  const failed = (error: unknown) => reportFailure(slot, error);
  mount(Stage, { target: slot, props: { chart, view, stepState: { step, progress: 1 }, failed } });
}

/** The size that pictures on paper are laid out for, in pixels: beside the words, as the print styles have them. */
const PRINT_SIZE: Size = { width: 284, height: 320 };

/** Device pixels for a pixel of a picture on paper. */
const PRINT_DENSITY = 2;

/** Puts the settled picture of one step into its place for the printer, once and at once. */
export function mountForPrint(slot: HTMLElement, chart: Chart, view: ChartView, step: string): void {
  if (slot.querySelector('.on-paper')) return;
  const target = slot.appendChild(document.createElement('div'));
  target.className = 'on-paper';
  const scene = chart.layout(view, { ...PRINT_SIZE, density: PRINT_DENSITY }, { step, progress: 1 });
  mount(FieldCanvas, { target, props: { scene, density: PRINT_DENSITY, onPaper: true } });
  mount(Picture, { target, props: { scene } });
  flushSync();
}
