/** A page's islands, prerendered; and the page around them without the marks that only they need. */
import { render } from 'svelte/server';
import { CHARTS } from '#lib/charts/registry.ts';
import type { Chart, ChartView } from '#lib/charts/contract.ts';
import { islandMark } from '#lib/story/islandMark.ts';
import Stage from '#lib/story/Stage.svelte';
import Stills from '#lib/story/Stills.svelte';

/** The rendered page with each chart's island where its mark stands, drawn from its view. */
export function withIslands(body: string, views: Readonly<Record<string, ChartView>>): string {
  return Object.values(CHARTS).reduce((page, chart) => {
    const view = views[chart.id];
    return view ? page.replace(islandMark(chart.id), () => islandOf(chart, view)) : page;
  }, bare(body));
}

/** A chart's island as it is prerendered: asleep, beside its still pictures. */
function islandOf(chart: Chart, view: ChartView): string {
  const moment = { step: chart.steps.at(-1) ?? '', progress: 1 };
  const island = render(Stage, { props: { chart, view, moment, id: chart.id } }).body;
  return `<div class="awake">${island}</div>${bare(render(Stills, { props: { chart, view } }).body)}`;
}

/** A page without the marks that Svelte leaves for hydration: only islands are hydrated, and the marks are a twentieth of the page. */
export function bare(html: string): string {
  return html.replace(/<!--[\s\S]*?-->/g, '');
}
