/** A page's islands, prerendered; and the page around them without the marks that only they need. */
import { render } from 'svelte/server';
import { CHARTS } from '#charts/registry.ts';
import type { Chart, ChartView } from '#charts/types.ts';
import { islandMark } from '#components/islandPlaceholder.ts';
import Stage from '#components/Stage.svelte';
import StaticPictures from '#components/StaticPictures.svelte';

/** The rendered page with each chart's island where its mark stands, drawn from its view. */
export function withIslands(body: string, views: Readonly<Record<string, ChartView>>): string {
  return Object.values(CHARTS).reduce((page, chart) => {
    const view = views[chart.id];
    return view ? page.replace(islandMark(chart.id), () => islandOf(chart, view)) : page;
  }, stripHydrationComments(body));
}

/** A chart's island as it is prerendered: asleep, beside its still pictures. */
function islandOf(chart: Chart, view: ChartView): string {
  const stepState = { step: chart.steps.at(-1) ?? '', progress: 1 };
  const island = render(Stage, { props: { chart, view, stepState } }).body;
  return `<div class="live-stage">${island}</div>${stripHydrationComments(render(StaticPictures, { props: { chart, view } }).body)}`;
}

/** A page without the marks that Svelte leaves for hydration: only islands are hydrated, and the marks are a twentieth of the page. */
export function stripHydrationComments(html: string): string {
  return html.replace(/<!--[\s\S]*?-->/g, '');
}
