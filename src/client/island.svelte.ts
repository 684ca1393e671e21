/** An island: one chart's stage, asleep as it was prerendered, awake when the reader comes near. */
import { hydrate, mount } from 'svelte';
import Picture from '#lib/charts/Picture.svelte';
import { CHARTS } from '#lib/charts/registry.ts';
import type { Chart, ChartView, Moment, Size } from '#lib/charts/contract.ts';
import Stage from '#lib/story/Stage.svelte';

/** A stage that shows whatever moment it is told. */
export interface Awake {
  readonly show: (moment: Moment) => void;
}

/** The chart of a prerendered island and what it draws from; undefined when the page is not as it was built. */
export function readIsland(island: HTMLElement): { chart: Chart; view: ChartView } | undefined {
  const chart = CHARTS[island.dataset['chart'] ?? ''];
  const view = island.dataset['view'];
  return chart && view ? { chart, view: JSON.parse(view) as ChartView } : undefined;
}

/** Hydrates the stage in `island`, which lies empty beside its still pictures until it knows its size. */
export function wake(island: HTMLElement, chart: Chart, view: ChartView): Awake {
  let now = $state.raw<Moment>({ step: chart.steps.at(-1) ?? '', progress: 1 });
  const target = island.querySelector('.awake');
  if (!target) return { show: () => undefined };
  const props = {
    chart,
    view,
    id: chart.id,
    // The still pictures stay until there is another to take their place.
    drawn: () => {
      for (const one of island.querySelectorAll('.still')) one.remove();
      document.documentElement.dataset['live'] = '';
    },
    get moment() {
      return now;
    },
  };
  hydrate(Stage, { target, props });
  return {
    show: (moment) => {
      if (moment.step !== now.step || moment.progress !== now.progress) now = moment;
    },
  };
}

/** Puts the settled picture of one step into an empty place of its own. */
export function place(slot: HTMLElement, chart: Chart, view: ChartView, step: string): void {
  mount(Stage, { target: slot, props: { chart, view, moment: { step, progress: 1 }, id: `${chart.id}-${step}` } });
}

/** The size that pictures on paper are laid out for, in pixels: beside the words, as app.css prints them. */
const PAPER: Size = { width: 284, height: 320 };

/** Puts the settled picture of one step into its place for the printer, once. */
export function placeStill(slot: HTMLElement, chart: Chart, view: ChartView, step: string): void {
  if (slot.querySelector('.on-paper')) return;
  const target = slot.appendChild(document.createElement('div'));
  target.className = 'on-paper';
  mount(Picture, { target, props: { scene: chart.layout(view, PAPER, { step, progress: 1 }), id: `${chart.id}-${step}-paper` } });
}
