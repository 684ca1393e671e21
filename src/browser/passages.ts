/** The passages of the story, on its own page and in an embed: a stage that stays, and the steps that pass it. */
import { mountStep, readIsland, hydrateIsland, type HydratedStage } from './island.svelte.ts';
import { stepStateAt } from './reducedMotion.ts';
import type { Geometry } from './stepAt.ts';

export interface Passage {
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  readonly island: HTMLElement;
  readonly steps: readonly HTMLElement[];
  /** Where its steps and lines were when the page was last measured. */
  geometry?: Geometry;
  /** The stage once it is hydrated. */
  hydrated?: HydratedStage | undefined;
}

export const all = <Kind extends HTMLElement>(selector: string, within: ParentNode = document) => [...within.querySelectorAll<Kind>(selector)];

/** The passages of this page, in order. */
export const findPassages = () =>
  all('.passage').flatMap((root): Passage[] => {
    const [stage, island] = [root.querySelector<HTMLElement>('.stage'), root.querySelector<HTMLElement>('.island')];
    return stage && island ? [{ root, stage, island, steps: all('.step', root) }] : [];
  });

/** Hydrates a passage's stage, once. */
export function hydratePassage(passage: Passage): void {
  if (passage.hydrated) return;
  const found = readIsland(passage.island);
  if (found) passage.hydrated = hydrateIsland(passage.island, found.chart, found.view);
}

/** Shows on a passage's stage what a reader sees who has scrolled `scroll` pixels on since its steps were measured. */
export function showPassage({ hydrated, steps, geometry }: Passage, scroll: number): void {
  if (geometry) hydrated?.show(stepStateAt(steps, geometry, scroll));
}

/** Gives a step its picture in a place of its own. */
export function fillSlot(slot: HTMLElement, put = mountStep): void {
  const island = slot.closest('.passage')?.querySelector<HTMLElement>('.island');
  const found = island && readIsland(island);
  if (found) put(slot, found.chart, found.view, slot.dataset['slot'] ?? '');
}

/** Calls back once, when an element comes as near to the viewport as `rootMargin` says. */
export function whenNear(element: HTMLElement, rootMargin: string, callback: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      callback();
    },
    { rootMargin },
  );
  observer.observe(element);
}

/** Where an element stands, in pixels from the top of the page. */
export const fromTop = (element: HTMLElement) => element.getBoundingClientRect().top + scrollY;
