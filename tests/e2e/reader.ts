/**
 * The reader's eyes: what stands on the page, as geometry. Goes into each page as it is, so nothing here may refer to
 * anything outside `installReader`, and nothing of the code under test is used.
 */

/** Text as it stands on the screen. */
export interface Line {
  readonly text: string;
  readonly box: Box;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A line of text in a picture. */
export interface PictureLine extends Line {
  /** The text element that it is part of, by number. */
  readonly label: number;
  /** Its size in pixels on the screen. */
  readonly size: number;
}

/** What the page's own geometry says that a stage should show. */
export interface Moment {
  readonly step: string;
  readonly progress: number;
}

/** What the watch over the pictures has seen since it was last asked. */
export interface Watched {
  readonly frames: number;
  readonly comparisons: number;
  /** The longest time that a picture stood wrong, in milliseconds. */
  readonly longest: number;
  /** Pictures that stood wrong for longer than the reader is promised. */
  readonly faults: readonly string[];
}

export interface Reader {
  /** A moment after the next frame is drawn. */
  readonly frame: () => Promise<void>;
  /** Resolves when nothing has moved for so many frames. */
  readonly settle: (frames: number) => Promise<void>;
  /** The lines of an element's text. */
  readonly lines: (element: Element) => Line[];
  /** The lines of an element's text that are out of view, or under something that is not `home` or in it. */
  readonly unseen: (element: Element, home?: Element) => string[];
  /** Whether a box is whole in view, and nothing but `home` and what is in it stands there. */
  readonly whole: (box: Box, home: Element) => boolean;
  /** How far the reader scrolls while a picture arrives, in pixels. */
  readonly travel: (stage: Element) => number;
  /** What a stage should show, by the page's geometry and nothing else; undefined where it shows nothing. */
  readonly expected: (stage: Element) => Moment | undefined;
  /** Every picture that does not show what it should. */
  readonly wrong: () => string[];
  /** Starts watching all pictures in every frame. */
  readonly watch: () => void;
  readonly watched: () => Watched;
  /** The pictures in view, as text, by what they show. */
  readonly pictures: () => Record<string, string>;
  /** The lines of text of a picture that can be seen at all. */
  readonly pictureLines: (root: Element) => PictureLine[];
}

declare global {
  interface Window {
    reader: Reader;
  }
}

export function installReader(): void {
  /** The reading line, as a share of the room that the words have below the place of rest (the story's own decision). */
  const BESIDE = 0.62;
  const BENEATH = 0.85;
  /** A progress off by less than this is the same picture. */
  const TOLERANCE = 1e-3;
  /** How long a picture may stand wrong, in milliseconds, and in how many frames of a sixtieth of a second: a busy machine draws fewer. */
  const PROMISE = 100;
  const FRAMES = 6;

  const all = (selector: string, root: ParentNode = document) => [...root.querySelectorAll<HTMLElement>(selector)];
  const boxOf = (element: Element) => element.getBoundingClientRect();
  const low = () => matchMedia('(max-height: 30em)').matches;
  const inView = (box: Box) => box.bottom > 1 && box.top < innerHeight - 1 && box.right > box.left && box.bottom > box.top;

  const frame = () =>
    new Promise<void>((resolve) => {
      // A task after the frame's own callbacks: what is measured there is what was drawn.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(0);
      });
    });

  const state = () =>
    [
      location.hash,
      scrollX,
      scrollY,
      innerWidth,
      innerHeight,
      document.documentElement.scrollHeight,
      ...all('.stage-picture').map(({ dataset }) => `${dataset['step']} ${dataset['progress']}`),
    ].join();
  const settle = async (wanted: number) => {
    let last = '';
    let still = 0;
    for (let i = 0; i < 600 && still < wanted; i += 1) {
      await frame();
      const now = state();
      still = now === last && document.readyState === 'complete' ? still + 1 : 0;
      last = now;
    }
    if (still < wanted) throw new Error('the page does not come to rest');
  };

  const lines = (element: Element): Line[] => {
    const found: Line[] = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) found.push({ text: node.textContent?.trim().slice(0, 40) ?? '', box });
    }
    return found;
  };

  /** Whether a point belongs to `home`: it, what is in it, or the text around it that it is part of. */
  const belongs = (x: number, y: number, home: Element) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && home.contains(hit);
  };
  const whole = ({ left, top, right, bottom }: Box, home: Element) => {
    const middle = (top + bottom) / 2;
    const inset = Math.min(3, (right - left) / 4);
    return (
      top >= -1 &&
      bottom <= innerHeight + 1 &&
      [left + inset, (left + right) / 2, right - inset].every((x) => belongs(x, middle, home) && belongs(x, top + 2, home) && belongs(x, bottom - 2, home))
    );
  };
  const unseen = (element: Element, home = element) => lines(element).flatMap(({ text, box }) => (whole(box, home) ? [] : [text]));

  const passageOf = (stage: Element) => {
    const passage = stage.closest('.passage');
    const words = passage?.querySelector('.words');
    return passage && words ? { words, steps: all('.step', passage) } : undefined;
  };
  const linesFor = (stage: Element, words: Element) => {
    const box = boxOf(stage);
    const beside = box.left >= boxOf(words).right - 1;
    const bar = document.querySelector('.parts');
    const rest = beside || !bar ? 0 : boxOf(bar).height + box.height;
    return { rest, line: rest + (innerHeight - rest) * (beside ? BESIDE : BENEATH) };
  };
  const momentAt = (tops: readonly number[], ids: readonly string[], line: number, rest: number): Moment => {
    const passed = tops.filter((top) => top <= line).length;
    const top = tops[passed - 1];
    const share = top === undefined ? 0 : Math.min(1, Math.max(0, (line - top) / (line - rest)));
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches && top !== undefined;
    return { step: ids[Math.max(0, passed - 1)] ?? '', progress: still ? 1 : share };
  };
  /** The moments that the geometry allows: two where a step's top stands on the line to a hair, or within a pixel of its place of rest. */
  const allowed = (stage: Element): Moment[] => {
    const passage = passageOf(stage);
    if (!passage || !boxOf(stage).width) return [];
    const tops = passage.steps.map((step) => boxOf(step).top);
    const ids = passage.steps.map(({ id }) => id);
    const { line, rest } = linesFor(stage, passage.words);
    const moments = [line, line - 0.02, line + 0.02].map((at) => momentAt(tops, ids, at, rest));
    const arrived = tops.some((top) => Math.abs(top - rest) <= 1) ? moments.map(({ step }) => ({ step, progress: 1 })) : [];
    return [...moments, ...arrived];
  };
  const expected = (stage: Element) => allowed(stage)[0];
  const travel = (stage: Element) => {
    const passage = passageOf(stage);
    if (!passage) return 0;
    const { line, rest } = linesFor(stage, passage.words);
    return line - rest;
  };

  const pictureOf = (root: Element) => root.querySelector<SVGSVGElement>('.stage-picture > svg');
  const faultsOf = (): Map<string, string> => {
    const faults = new Map<string, string>();
    if (low()) {
      for (const slot of all('[data-slot]')) {
        const picture = slot.querySelector<HTMLElement>('.stage-picture');
        if (!inView(boxOf(slot))) continue;
        if (!picture || !pictureOf(slot)) faults.set(slot.dataset['slot'] ?? '', 'no picture');
        else if (picture.dataset['step'] !== slot.dataset['slot'] || picture.dataset['progress'] !== '1')
          faults.set(slot.dataset['slot'] ?? '', `shows ${picture.dataset['step']} ${picture.dataset['progress']}`);
      }
      return faults;
    }
    for (const stage of all('.stage')) {
      const island = stage.querySelector<HTMLElement>('.island');
      const shown = stage.querySelector<HTMLElement>('.stage-picture');
      const name = island?.dataset['chart'] ?? '';
      const svg = pictureOf(stage);
      if (!shown || !svg) {
        if (inView(boxOf(stage))) faults.set(name, 'asleep in view');
        continue;
      }
      const moments = allowed(stage);
      const { step = '', progress = '' } = shown.dataset;
      if (!moments.some((moment) => moment.step === step && Math.abs(moment.progress - Number(progress)) <= TOLERANCE))
        faults.set(name, `shows ${step} ${progress}, the page is at ${moments[0]?.step} ${moments[0]?.progress.toFixed(4)}`);
      else {
        const [drawn, { width, height }] = [svg.viewBox.baseVal, boxOf(stage)];
        // Larger text, larger words in the picture, as far as the smallest layout (284 by 230) has room.
        const text = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 19;
        const scale = Math.max(1, Math.min(text, width / 284, height / 230));
        if (Math.abs(drawn.width * scale - width) > 2 || Math.abs(drawn.height * scale - height) > 2)
          faults.set(name, `is drawn for ${drawn.width}x${drawn.height} on a stage of ${width}x${height}, text at ${text}`);
      }
    }
    return faults;
  };
  const wrong = () => [...faultsOf()].map(([name, fault]) => `${name} ${fault}`);

  let frames = 0;
  let comparisons = 0;
  let longest = 0;
  let found: string[] = [];
  let watching = false;
  const standing = new Map<string, { since: number; frames: number; told: boolean }>();
  const look = async () => {
    for (;;) {
      await frame();
      const now = performance.now();
      const faults = faultsOf();
      frames += 1;
      comparisons += all('.stage-picture > svg').length;
      for (const name of standing.keys()) if (!faults.has(name)) standing.delete(name);
      for (const [name, fault] of faults) {
        const one = standing.get(name) ?? { since: now, frames: 0, told: false };
        one.frames += 1;
        standing.set(name, one);
        longest = Math.max(longest, now - one.since);
        if (one.told || one.frames < FRAMES || now - one.since <= PROMISE) continue;
        one.told = true;
        found.push(`${name} ${fault} after ${Math.round(now - one.since)} ms at ${innerWidth}x${innerHeight}, ${Math.round(scrollY)} px down`);
      }
    }
  };
  const watch = () => {
    if (!watching) void look();
    watching = true;
  };
  const watched = () => {
    const result = { frames, comparisons, longest, faults: found };
    [frames, comparisons, longest, found] = [0, 0, 0, []];
    return result;
  };

  /** An element as text that is the same whatever order its attributes were set in. */
  const written = (node: Node): string => {
    if (node instanceof Text) return node.data.trim();
    if (!(node instanceof Element)) return '';
    const attributes = [...node.attributes].map(({ name, value }) => ` ${name}="${value}"`).sort();
    return `<${node.tagName}${attributes.join('')}>${[...node.childNodes].map(written).join('')}</${node.tagName}>`;
  };
  /** The light that a picture's canvas holds, in a few numbers. */
  const lit = (picture: Element): string => {
    const [canvas, small] = [picture.querySelector('canvas'), document.createElement('canvas')];
    [small.width, small.height] = [32, 32];
    const context = small.getContext('2d');
    if (!canvas?.width || !context) return '';
    context.drawImage(canvas, 0, 0, 32, 32);
    return context.getImageData(0, 0, 32, 32).data.join();
  };
  const pictures = () =>
    Object.fromEntries(
      all('.stage-picture').flatMap((picture): [string, string][] => {
        const svg = pictureOf(picture.parentElement ?? picture);
        if (!svg || !inView(boxOf(svg))) return [];
        return [[picture.closest<HTMLElement>('.island')?.dataset['chart'] ?? `${picture.dataset['step']} of its own`, written(svg) + lit(picture)]];
      }),
    );

  const opacityOf = (element: Element, root: Element): number => {
    let opacity = 1;
    for (let one: Element | null = element; one && root.contains(one); one = one.parentElement) opacity *= Number(getComputedStyle(one).opacity);
    return opacity;
  };
  const pictureLines = (root: Element): PictureLine[] => {
    const context = document.createElement('canvas').getContext('2d');
    if (!context) throw new Error('no canvas to measure text with');
    return [...root.querySelectorAll<SVGTextElement>('svg text')].flatMap((text, label) => {
      if (!text.checkVisibility({ visibilityProperty: true }) || opacityOf(text, root) * Number(getComputedStyle(text).fillOpacity) < 0.05) return [];
      const style = getComputedStyle(text);
      const scale = text.getScreenCTM()?.a ?? 1;
      return [...text.querySelectorAll('tspan')].flatMap((span) => {
        const { left, right } = boxOf(span);
        const [start] = span.getNumberOfChars() ? [span.getStartPositionOfChar(0)] : [];
        const matrix = span.getScreenCTM();
        if (!start || !matrix || right - left < 1) return [];
        // The ink, not the line box: a large serif's line box reaches far above and below what can be seen of it.
        context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = context.measureText(span.textContent ?? '');
        const baseline = start.matrixTransform(matrix).y;
        return [
          {
            text: span.textContent ?? '',
            label,
            size: Number.parseFloat(style.fontSize) * scale,
            box: { left, right, top: baseline - up * scale, bottom: baseline + down * scale },
          },
        ];
      });
    });
  };

  window.reader = { frame, settle, lines, unseen, whole, travel, expected, wrong, watch, watched, pictures, pictureLines };
}
