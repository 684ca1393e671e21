/** An island: one chart's stage, asleep as it was prerendered, awake when the reader comes near. */
import { hydrate, mount } from 'svelte';
import { CHARTS } from '#lib/charts/registry.ts';
import type { Chart, ChartView, Moment } from '#lib/charts/contract.ts';
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

/** Hydrates the prerendered stage in `island`. Its first render is the picture that is already there. */
export function wake(island: HTMLElement, chart: Chart, view: ChartView): Awake {
  let now = $state.raw<Moment>({ step: chart.steps.at(-1) ?? '', progress: 1 });
  const props = {
    chart,
    view,
    id: chart.id,
    get moment() {
      return now;
    },
  };
  hydrate(Stage, { target: island, props });
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
