/** What piles up in a page's process: nodes, listeners and memory, counted once what nobody holds is cleared. */
import type { Page } from '@playwright/test';

/** Bytes that may stay behind after each, give or take what the browser itself has not yet cleared (reliability.md, B-36). */
const SLOPE = 512;

export interface Counts {
  readonly nodes: number;
  readonly listeners: number;
  readonly heap: number;
}

export async function counts(page: Page): Promise<Counts> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  // Twice: what the first round lets go of, the second clears.
  for (let i = 0; i < 2; i += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') };
}

/** What has piled up between two counts. */
export function piled(before: Counts, after: Counts, times: number): string[] {
  const faults: string[] = [];
  if (after.listeners > before.listeners) faults.push(`${after.listeners - before.listeners} listeners`);
  if (after.nodes > before.nodes) faults.push(`${after.nodes - before.nodes} nodes`);
  if (after.heap - before.heap > SLOPE * times) faults.push(`${Math.round((after.heap - before.heap) / times)} bytes each time`);
  return faults;
}
