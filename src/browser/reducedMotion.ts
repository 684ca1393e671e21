/** Whether the pictures may move: not where the reader's system, their connection or the switch on the page asks for less. */
import type { StepState } from '#charts/types.ts';
import { stepAt, type Geometry } from './stepAt.ts';

const system = matchMedia('(prefers-reduced-motion: reduce)');

/** A slow or costly line, where the browser says so (Network Information API; not in every browser). */
interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** True where frames are better not spent: the reader saves data, or the line is as slow as 2G. */
function isSlow(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: Connection };
  return connection?.saveData === true || /^(slow-)?2g$/.test(connection?.effectiveType ?? '');
}

/** What the reader chose on the page, or what the line chose for them until they do. It lasts as long as the page. */
let isChosen = false;

/** True when a step's picture is to stand at once instead of moving. Kept, not asked for: asking the browser costs something, and each stage would ask at each frame. */
let isReduced = system.matches;

/** What the stage of these steps shows a reader who has scrolled `scroll` pixels on since they were measured. */
export function stepStateAt(steps: readonly HTMLElement[], geometry: Geometry, scroll: number): StepState {
  const { index, progress } = stepAt(geometry, scroll);
  // Without motion a step's picture is there as soon as the step begins.
  const settled = isReduced && index >= 0 ? 1 : progress;
  return { step: steps[Math.max(0, index)]?.id ?? '', progress: Math.round(settled * 1e4) / 1e4 };
}

/** Makes the switch on the page work. `changed` is called whenever the pictures may have to stand still or move again. */
export function setUpMotionSwitch(changed: () => void): void {
  const button = document.querySelector<HTMLElement>('[data-motion]');
  isChosen = isSlow();
  const update = () => {
    isReduced = system.matches || isChosen;
    button?.setAttribute('aria-pressed', String(isReduced));
    // What the system asks for, the page does not take back.
    button?.setAttribute('aria-disabled', String(system.matches));
    changed();
  };
  button?.addEventListener('click', () => {
    if (system.matches) return;
    isChosen = !isChosen;
    update();
  });
  system.addEventListener('change', update);
  if (button) button.dataset['ready'] = '';
  update();
}
