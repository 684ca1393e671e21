/**
 * What axe cannot see, as functions that go into the page: words in pictures, pictures without words, languages without
 * a tag, covered focus, reflow, text spacing. Nothing here uses the code under test.
 */
import type { Frame, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './story.ts';

const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** The little of axe that is used here. */
interface AxeResult {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[] }[];
}
declare global {
  interface Window {
    axe?: { run: (context: object, options: object) => Promise<{ violations: AxeResult[]; incomplete: AxeResult[] }> };
  }
}

/** Puts axe into the page; the context must bypass the page's policy, which allows no such thing. */
export async function installAxe(page: Page | Frame): Promise<void> {
  await page.evaluate(AXE);
}

/**
 * What axe finds in a part of the page, at WCAG's levels A and AA and its best practice, with text at AAA's contrast.
 * Pictures are left out: axe never decides on words in an SVG. What it cannot decide about contrast elsewhere is decided
 * here, by the colour of the text and of the ground that its box stands on; anything else it leaves open is a fault.
 */
export function axeFaults(selector: string): Promise<string[]> {
  const luminance = (colour: readonly number[]) => {
    const [r = 0, g = 0, b = 0] = colour.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const parse = (colour: string) => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a] as const;
  };
  const groundOf = (element: Element) => {
    for (let one: Element | null = element; one; one = one.parentElement) {
      // The cover is the room, in part only seen through to the stage behind it; its head stands on it.
      const room = one.matches('.cover, .head-story') ? getComputedStyle(document.documentElement).getPropertyValue('--room') : undefined;
      if (room?.startsWith('#')) return [1, 3, 5].map((at) => Number.parseInt(room.length > 4 ? room.slice(at, at + 2) : '0', 16));
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour[3] === 1) return colour.slice(0, 3);
    }
    return parse(getComputedStyle(document.documentElement).backgroundColor).slice(0, 3);
  };
  const contrast = (element: Element) => {
    const [a, b] = [luminance(parse(getComputedStyle(element).color).slice(0, 3)), luminance(groundOf(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  if (!window.axe) throw new Error('axe is not installed');
  return window.axe
    .run(
      { include: [[selector]], exclude: [['svg']] },
      {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {
          'color-contrast-enhanced': { enabled: true },
          'target-size': { enabled: true },
          'label-content-name-mismatch': { enabled: true },
          // What stands in a frame is looked at under its own address.
          'frame-tested': { enabled: false },
        },
        resultTypes: ['violations', 'incomplete'],
      },
    )
    .then(({ violations, incomplete }) => [
      ...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
      ...incomplete.flatMap(({ id, nodes }) =>
        nodes.flatMap(({ target }) => {
          const element = document.querySelector(String(target[0]));
          const decided = id.startsWith('color-contrast') && element ? contrast(element) : 0;
          return decided >= 7 ? [] : [`${id} undecided${decided ? ` at ${decided.toFixed(2)}` : ''}: ${target.join(' ')}`];
        }),
      ),
    ]);
}

/** Words in the pictures that are too faint on their ground or too small, and pictures that say nothing to a screen reader. */
export function pictureFaults({ least, smallest }: { readonly least: number; readonly smallest: number }): string[] {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1, 1];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  /** A colour as it comes out on the ground, whatever it is called. */
  const painted = (ground: string, colour: string, opacity: number) => {
    context.globalAlpha = 1;
    context.fillStyle = ground;
    context.fillRect(0, 0, 1, 1);
    context.globalAlpha = opacity;
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data]
      .map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faults: string[] = [];
  for (const svg of document.querySelectorAll('svg')) {
    if (!svg.checkVisibility({ visibilityProperty: true })) continue;
    const named = svg.getAttribute('role') === 'img' && (svg.getAttribute('aria-label') ?? '').length > 19;
    const home = svg.closest('figure, .step, .diagram, .cover, .mark');
    const twin = home?.matches('.mark')
      ? home.parentElement
      : home?.matches('.diagram')
        ? home.previousElementSibling
        : home?.querySelector('figcaption, .visually-hidden, h1');
    if (!named && !(svg.getAttribute('aria-hidden') === 'true' && twin?.textContent?.trim())) faults.push('a picture says nothing to a screen reader');
    let box: Element | null = svg;
    while (box && /^rgba\(.*, 0\)$|transparent/.test(getComputedStyle(box).backgroundColor)) box = box.parentElement;
    const ground = getComputedStyle(box ?? document.documentElement).backgroundColor;
    for (const text of svg.querySelectorAll('text')) {
      const { fill, fillOpacity, fontSize } = getComputedStyle(text);
      // What fades in or out is not at rest.
      if (Number(fillOpacity) < 0.05) continue;
      const [a, b] = [painted(ground, fill, Number(fillOpacity)), painted(ground, ground, 1)];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < least) faults.push(`“${text.textContent?.trim()}” at ${contrast.toFixed(2)} : 1`);
      const size = Number.parseFloat(fontSize) * (svg.getScreenCTM()?.a ?? 1);
      if (size < smallest - 0.1) faults.push(`“${text.textContent?.trim()}” is ${size.toFixed(1)} px`);
    }
  }
  return faults;
}

/** Names in another script without their language, and such names where no language can be told. */
export function languageFaults(): string[] {
  const script = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;
  const faults: string[] = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!script.test(node.textContent ?? '') || node.parentElement?.closest('script, style')) continue;
    const language = node.parentElement?.closest('[lang]')?.getAttribute('lang') ?? '';
    if (!/^(zh|ko|ja)\b/.test(language)) faults.push(`“${node.textContent?.trim().slice(0, 30)}” has the language “${language}”`);
  }
  for (const element of document.querySelectorAll('[aria-label], [alt], [title]'))
    for (const name of ['aria-label', 'alt', 'title'])
      if (script.test(element.getAttribute(name) ?? '')) faults.push(`${name} “${element.getAttribute(name)}” can carry no language`);
  return faults;
}

/** A page that is too wide, and text that is cut off. */
export function flowFaults(): string[] {
  const faults: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} px too wide`);
  for (const element of document.querySelectorAll<HTMLElement>('h1, h2, h3, p, li, dt, dd, td, th, a, button, summary, figcaption, label')) {
    if (
      !element.checkVisibility({ visibilityProperty: true }) ||
      element.closest('.visually-hidden, .parts ol, .stage-sources') ||
      element.querySelector('.visually-hidden')
    )
      continue;
    const { left, right, width } = element.getBoundingClientRect();
    const scroller = element.closest<HTMLElement>('[tabindex="0"]');
    if (width > 0 && !scroller && (left < -1 || right > innerWidth + 1)) faults.push(`“${element.textContent?.trim().slice(0, 30)}” stands outside the page`);
    if (/hidden|clip/.test(getComputedStyle(element).overflowX) && element.scrollHeight > element.clientHeight + 1)
      faults.push(`“${element.textContent?.trim().slice(0, 30)}” is cut`);
  }
  return faults;
}

/** Which of nine points of what has the focus are covered or out of view; and whether its ring can be seen. */
export async function focusFaults(): Promise<{ name: string; faults: string[] }> {
  // Where the browser scrolls to what has the focus, it does so by the next frame.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const element = document.activeElement;
  if (!element || element === document.body) return { name: '', faults: [] };
  const name = `${element.localName} “${(element.textContent ?? '').trim().slice(0, 30)}”`;
  const faults: string[] = [];
  // The longest line of a link that is broken over lines.
  const [box] = [...element.getClientRects()].sort((a, b) => b.width - a.width);
  if (!box) return { name, faults: [`${name}: nothing to see`] };
  let hidden = 0;
  for (const across of [0.1, 0.5, 0.9])
    for (const down of [0.15, 0.5, 0.85]) {
      const top = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
      if (!top || !(element.contains(top) || top === element.parentElement)) hidden += 1;
    }
  if (hidden) faults.push(`${name}: ${hidden} of 9 points are hidden`);
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) faults.push(`${name}: no ring`);
  return { name, faults };
}

/** The running text's paragraphs of three lines or more: the letter's size in pixels, and how many characters a full line holds, the median of all but the last. */
export function lineLengths(selector: string): { text: string; size: number; characters: number }[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].flatMap((paragraph) => {
    const lines = new Map<number, number>();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (let at = 0; at < (node.nodeValue?.length ?? 0); at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { bottom, width } = range.getBoundingClientRect();
        // Letters of one line stand on one foot, give or take the raised and the small.
        const line = [...lines.keys()].find((one) => Math.abs(one - bottom) < 8) ?? bottom;
        if (width > 0) lines.set(line, (lines.get(line) ?? 0) + 1);
      }
    const full = [...lines].toSorted(([a], [b]) => a - b).map(([, count]) => count);
    full.pop();
    const middle = full.toSorted((a, b) => a - b)[Math.floor(full.length / 2)];
    if (full.length < 2 || middle === undefined) return [];
    return [{ text: paragraph.textContent.trim().slice(0, 40), size: Number.parseFloat(getComputedStyle(paragraph).fontSize), characters: middle }];
  });
}
