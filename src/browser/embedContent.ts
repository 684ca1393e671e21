/** The content of an embed: how high it is in each display mode, and its steps set as far apart as fills the room. */
import { MAX_HEIGHT } from '#embed/protocol.ts';
import { STEP_SPACING, type DisplayMode } from '#embed/displayMode.ts';
import { heightAt, spacingFor, type Measured } from '#embed/spacing.ts';

/** How far apart steps stand at least, in pixels; and at most, in screens, in a frame that is higher than it need be. */
const CLOSEST = 280;
const WIDEST = 1.3;

const root = document.documentElement;

/** The height of the content as it is laid out now, in pixels. */
export const contentHeight = () => document.body.getBoundingClientRect().height;

/** Lays the content out for a display mode, in screens of this height, in pixels. */
export function applyMode(mode: DisplayMode, screen: number): void {
  root.dataset['mode'] = mode;
  // Where nothing sticks, each step has a picture of its own.
  if (mode === 'flat') root.dataset['live'] = '';
  setPixels('--screen', screen);
}

/** How far apart steps would like to stand, in pixels. */
export const spacingWanted = (mode: DisplayMode, screen: number) => (mode === 'flat' ? 0 : Math.round(screen * STEP_SPACING));

/** Sets how far apart steps stand, in pixels. */
export function setSpacing(spacing: number): void {
  setPixels('--step', spacing);
}

function setPixels(name: string, pixels: number): void {
  root.style.setProperty(name, `${pixels}px`);
}

let measured = new Map<string, Measured>();

/** Forgets what was measured: the content or its text has another size. */
export function forgetContent(): void {
  measured = new Map();
}

/** Measures the content in a display mode. The document is left laid out for it. */
export function measureContent(mode: DisplayMode, screen: number): Measured {
  const key = `${mode} ${screen} ${innerWidth}`;
  const known = measured.get(key);
  applyMode(mode, screen);
  if (known) return known;
  const scrolled = [...document.querySelectorAll('.words, .plain, .cover')].map((one) => [one, one.scrollTop] as const);
  setSpacing(0);
  const steps = [...document.querySelectorAll('.opening, .step')].map((one) => one.getBoundingClientRect().height);
  const apart = spacingWanted(mode, screen);
  setSpacing(apart);
  const found = { height: contentHeight(), apart, steps };
  for (const [one, top] of scrolled) if (one.scrollTop !== top) one.scrollTop = top;
  measured.set(key, found);
  return found;
}

/** The least height that this content can have, in pixels. */
export const leastHeight = (content: Measured) => heightAt(content, CLOSEST);

/** The height that this content asks for, in pixels: its own, or as much as any host may be asked for. */
export function wantedHeight(content: Measured): number {
  return content.height <= MAX_HEIGHT ? content.height : Math.max(MAX_HEIGHT, heightAt(content, Math.min(CLOSEST, content.apart)));
}

/** Sets the steps so far apart that the content is `height` pixels high, or as near to it as can be. */
export function fillHeight(content: Measured, height: number, screen: number): void {
  const least = Math.min(CLOSEST, content.apart);
  const most = Math.max(content.apart, screen * WIDEST);
  let spacing = spacingFor(content, height, least, most);
  setSpacing(spacing);
  // A stage may hold its passage open where the words alone would be lower: measured once more from there.
  const reached = contentHeight();
  if (Math.abs(reached - height) <= 1) return;
  spacing = spacingFor({ ...content, height: reached, apart: spacing }, height, least, most);
  setSpacing(spacing);
}
