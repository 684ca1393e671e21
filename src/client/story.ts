/**
 * The story page awake: each stage follows the reader, the address follows the step, and the parts say where we are.
 * The page is whole without this; nothing here adds a word.
 */
import scrollama from 'scrollama';
import type { Moment } from '#lib/charts/contract.ts';
import { linesOf, stepAt } from '#lib/scroll/stepAt.ts';
import { place, readIsland, wake, type Awake } from './island.svelte.ts';

/** How long after the last movement the address follows, in milliseconds: browsers limit how often it may change. */
const SETTLED = 200;

interface Passage {
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  readonly island: HTMLElement;
  readonly steps: readonly HTMLElement[];
  awake: Awake | undefined;
}

const still = matchMedia('(prefers-reduced-motion: reduce)');
const stops = [...document.querySelectorAll<HTMLElement>('[data-stop]')];
const parts = [...document.querySelectorAll<HTMLAnchorElement>('[data-part]')];
const passages = [...document.querySelectorAll<HTMLElement>('.passage')].flatMap((root): Passage[] => {
  const [stage, island] = [root.querySelector<HTMLElement>('.stage'), root.querySelector<HTMLElement>('.island')];
  return stage && island ? [{ root, stage, island, steps: [...root.querySelectorAll<HTMLElement>('.step')], awake: undefined }] : [];
});

let frame = 0;
let settling = 0;
let moved = false;

/** Everything that may have moved the page only asks for this; many askings in a frame are one. */
function ask(): void {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    follow();
  });
}

/** Reads the page's geometry once, then shows each stage the moment that it gives. */
function follow(): void {
  const height = innerHeight;
  const moments = passages.map((passage) => momentOf(passage, height));
  const here = stopAt(height);
  passages.forEach(({ awake }, i) => {
    const moment = moments[i];
    if (moment) awake?.show(moment);
  });
  const part = here?.closest<HTMLElement>('[data-scene]');
  parts.forEach((link) => {
    const current = link.dataset['part'] === part?.dataset['scene'] && here !== undefined;
    if (current !== link.hasAttribute('aria-current')) link.toggleAttribute('aria-current', current);
    if (current) link.setAttribute('aria-current', 'true');
  });
  if (moved) {
    clearTimeout(settling);
    settling = window.setTimeout(() => keepAddress(here?.id), SETTLED);
  }
}

function momentOf({ root, stage, steps }: Passage, height: number): Moment {
  const box = stage.getBoundingClientRect();
  const { line, rest } = linesOf(stuckBox(stage, box), box.left > root.getBoundingClientRect().left + 1, height);
  const { index, progress } = stepAt({ tops: steps.map((step) => step.getBoundingClientRect().top), line, rest });
  const step = steps[Math.max(0, index)]?.id ?? '';
  // Without motion a step's picture is there as soon as the step begins.
  const settled = still.matches && index >= 0 ? 1 : progress;
  return { step, progress: Math.round(settled * 1e4) / 1e4 };
}

/** Where the stage stands when it sticks, though it may not stick yet or no longer. */
function stuckBox(stage: HTMLElement, box: DOMRect): { left: number; bottom: number } {
  return { left: box.left, bottom: (Number.parseFloat(getComputedStyle(stage).top) || 0) + box.height };
}

/** The step or section that the reader is in; undefined on the cover. */
function stopAt(height: number): HTMLElement | undefined {
  const passage = passages.find(({ root }) => root.getBoundingClientRect().bottom > 0) ?? passages[0];
  if (!passage) return undefined;
  const box = passage.stage.getBoundingClientRect();
  const { line } = linesOf(stuckBox(passage.stage, box), box.left > 1, height);
  return stops[stepAt({ tops: stops.map((stop) => stop.getBoundingClientRect().top), line, rest: 0 }).index];
}

/** The address names the step, without a new entry in the reader's history. */
function keepAddress(id: string | undefined): void {
  const hash = id ? `#${id}` : '';
  if (hash === location.hash) return;
  try {
    history.replaceState(history.state, '', hash || location.pathname + location.search);
  } catch {
    // A frame without an origin of its own may not: the story goes on without.
  }
}

/** Wakes a stage, and gives its steps their own pictures where nothing sticks. */
function rouse(passage: Passage): void {
  const found = readIsland(passage.island);
  if (!found || passage.awake) return;
  passage.awake = wake(passage.island, found.chart, found.view);
  passage.awake.show(momentOf(passage, innerHeight));
  document.documentElement.dataset['live'] = '';
  for (const step of passage.steps) {
    const slot = step.querySelector<HTMLElement>('[data-slot]');
    if (slot) near([slot], () => place(slot, found.chart, found.view, step.id));
  }
}

/** Calls back once for each element when it comes within a screen of the viewport. */
function near(elements: readonly HTMLElement[], callback: (element: HTMLElement) => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting && target instanceof HTMLElement) {
          observer.unobserve(target);
          callback(target);
        }
    },
    { rootMargin: '100%' },
  );
  for (const element of elements) observer.observe(element);
}

near(
  passages.map(({ root }) => root),
  (root) => {
    const passage = passages.find((one) => one.root === root);
    if (passage) rouse(passage);
    ask();
  },
);

const scroller = scrollama();
scroller.setup({ step: '.step' }).onStepEnter(ask).onStepExit(ask);
addEventListener(
  'scroll',
  () => {
    moved = true;
    ask();
  },
  { passive: true },
);
const resized = () => {
  scroller.resize();
  ask();
};
addEventListener('resize', resized);
visualViewport?.addEventListener('resize', ask);
still.addEventListener('change', ask);
addEventListener('pageshow', ask);
new ResizeObserver(ask).observe(document.documentElement);
ask();
