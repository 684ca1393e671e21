/** A reader in any engine: goes to a place, waits until all rests, looks, and says what is not as it should be. */
import type { ChartView } from '#charts/types.ts';
import { installReader } from '../e2e/reader.ts';
import { CHARTS } from '../e2e/story.ts';
import type { Tab } from './engines.ts';
import { look, unlike, unlikeLayout, type Seen, type Wanted } from './pictures.ts';

/** Waits until fonts have come and nothing has moved for some frames. */
export async function settled(tab: Tab): Promise<void> {
  await tab.run(installReader);
  await tab.run(async () => {
    await document.fonts.ready;
    await window.reader.settle(3);
  });
}

/** Runs in the page: waits until it has been painted so many times. */
export async function framesPass(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Opens an address and waits until all rests. */
export async function openIn(tab: Tab, address: string): Promise<void> {
  await tab.go(address);
  await settled(tab);
}

/** Waits for a condition in the page, for thirty seconds at most. The condition refers to nothing outside itself. */
export async function until<Given extends readonly string[]>(tab: Tab, what: string, condition: (...given: Given) => boolean, ...given: Given): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await tab.run(condition, ...given))) if (performance.now() > end) throw new Error(`${tab.engine}: ${what} does not come about`);
}

/** What each chart of the story draws from, as its page carries it. */
export async function viewsIn(tab: Tab): Promise<Readonly<Record<string, ChartView>>> {
  const views = await tab.run(() =>
    Object.fromEntries([...document.querySelectorAll<HTMLElement>('[data-view]')].map(({ dataset }) => [dataset['chart'] ?? '', dataset['view'] ?? ''])),
  );
  return Object.fromEntries(CHARTS.map((chart) => [chart, JSON.parse(views[chart] ?? 'null') as ChartView]));
}

/** A picture on a page: how to get there, what is looked at, and what it is to show. */
export interface Place {
  readonly name: string;
  readonly go: (tab: Tab) => Promise<unknown>;
  readonly selector: string;
  readonly wanted?: Wanted | undefined;
  /** Whether the stage is awake, and so says itself what it shows. */
  readonly awake?: boolean;
}

/** Looks at a place in each engine. Chromium's tab is the first: the others are to show what it shows. */
export async function faultsAt(tabs: readonly Tab[], { name, go, selector, wanted, awake = false }: Place): Promise<string[]> {
  const seen = await Promise.all(
    tabs.map(async (tab) => {
      await go(tab);
      return look(tab, selector, wanted);
    }),
  );
  return tabs.flatMap((tab, i) => faultsOf(tab, seen[i], seen[0], { name, wanted, awake }));
}

function faultsOf(tab: Tab, seen: Seen | undefined, reference: Seen | undefined, { name, wanted, awake }: Pick<Place, 'name' | 'wanted' | 'awake'>): string[] {
  if (!seen || !reference) return [`${tab.engine} at ${name}: nothing seen`];
  const { step, progress } = seen.picture;
  return [
    ...(awake && (step !== wanted?.step || progress !== 1) ? [`${tab.engine} at ${name}: the stage shows ${step} ${progress}`] : []),
    ...(wanted ? unlikeLayout(seen.picture, wanted) : []).map((fault) => `${tab.engine} at ${name}: ${fault}`),
    ...unlike(seen, reference, `${tab.engine} at ${name}`),
  ];
}

/** What the pages complained of. */
export async function complaintsOf(tabs: readonly Tab[]): Promise<string[]> {
  const told = await Promise.all(tabs.map(async (tab) => (await tab.complaints()).map((complaint) => `${tab.engine} complains: ${complaint}`)));
  return told.flat();
}
