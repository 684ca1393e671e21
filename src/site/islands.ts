/** Puts each chart's island where the rendered page holds its mark: asleep, beside its still pictures. */
import { render } from 'svelte/server';
import { CHARTS } from '#lib/charts/registry.ts';
import type { ChartView } from '#lib/charts/contract.ts';
import { islandMark } from '#lib/story/islandMark.ts';
import Stage from '#lib/story/Stage.svelte';
import Stills from '#lib/story/Stills.svelte';

/** The page with the islands of these charts, by id, each drawn from its view. */
export function withIslands(body: string, views: Readonly<Record<string, ChartView>>): string {
  let page = body;
  for (const [id, view] of Object.entries(views)) {
    const chart = CHARTS[id];
    if (!chart) continue;
    const moment = { step: chart.steps.at(-1) ?? '', progress: 1 };
    const island = render(Stage, { props: { chart, view, moment, id } }).body;
    const stills = render(Stills, { props: { chart, view } }).body;
    page = page.replace(islandMark(id), () => `<div class="awake">${island}</div>${stills}`);
  }
  return page;
}
