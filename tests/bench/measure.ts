/** What a browser spends on a page: load, then a full read down and up by the wheel. The protocol is that of performance.md, in its own words below. */
import type { Browser, BrowserContextOptions, CDPSession, Page } from '@playwright/test';

export interface Profile extends Pick<BrowserContextOptions, 'viewport' | 'deviceScaleFactor' | 'isMobile' | 'hasTouch'> {
  /** How many times slower the processor is made. */
  readonly slowed: number;
  /** The line: kilobits a second, and milliseconds before each answer. */
  readonly kilobits: number;
  readonly delay: number;
  /** Only the first view counts, and only the story's. */
  readonly firstView?: true;
}

/**
 * A middling phone on a slow line, and a desk computer on a common one: the same as the peers were measured on. And an old
 * phone on a very slow line, whose reader waits for the words (reliability.md, part A).
 */
export const PROFILES: Readonly<Record<string, Profile>> = {
  mobile: { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true, slowed: 4, kilobits: 1638.4, delay: 150 },
  desktop: { viewport: { width: 1350, height: 940 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false, slowed: 1, kilobits: 10240, delay: 40 },
  slow: {
    viewport: { width: 360, height: 640 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    slowed: 6,
    kilobits: 400,
    delay: 400,
    firstView: true,
  },
};
/** How fast the wheel reads, in CSS pixels a second. */
const SPEED = 1500;
/** A page is loaded when the line is quiet and no long task ran for so long, in milliseconds; and when it must be, at the latest. */
const QUIET = 2000;
const LATEST = 30_000;
/** A task or frame is long above these milliseconds; frames jitter by one around the screen's 16.7. */
const LONG_TASK = 50;
const LONG_FRAME = 34.4;

/** One page's figures; times in milliseconds, bytes as they came over the line with their headers. */
export type Figures = Readonly<Record<string, number>>;

/** The frames while one step was in the middle of the screen. */
export interface StepFrames {
  readonly step: string;
  readonly frames: number;
  readonly p95: number;
  readonly over33: number;
}

interface Shift {
  readonly time: number;
  readonly value: number;
}
interface Probe {
  readonly paint: Record<string, number>;
  largest: number;
  readonly shifts: Shift[];
  readonly tasks: { readonly start: number; readonly length: number }[];
  /** When each frame began, and where the page stood. */
  readonly frames: { readonly time: number; readonly top: number }[];
  counting: boolean;
}
declare global {
  interface Window {
    probe: Probe;
  }
}

/** Runs before the page's own scripts. */
function installProbe(): void {
  const probe: Probe = (window.probe = { paint: {}, largest: 0, shifts: [], tasks: [], frames: [], counting: false });
  const on = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  on('paint', (entry) => (probe.paint[entry.name] = entry.startTime));
  on('largest-contentful-paint', (entry) => (probe.largest = entry.startTime));
  on('layout-shift', (entry) => {
    if ('value' in entry && 'hadRecentInput' in entry && !entry.hadRecentInput) probe.shifts.push({ time: entry.startTime, value: Number(entry.value) });
  });
  on('longtask', (entry) => probe.tasks.push({ start: entry.startTime, length: entry.duration }));
}

/** Layout shift as Core Web Vitals count it: the worst window of at most five seconds whose shifts are at most one apart (web.dev/cls). */
export function layoutShift(shifts: readonly Shift[]): number {
  let [worst, sum, first, last] = [0, 0, -Infinity, -Infinity];
  for (const { time, value } of shifts) {
    if (time - last > 1000 || time - first > 5000) [sum, first] = [0, time];
    sum += value;
    last = time;
    worst = Math.max(worst, sum);
  }
  return worst;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

interface Line {
  readonly bytes: Record<string, number>;
  requests: number;
  readonly open: Set<string>;
  last: number;
}

/** What comes over the line, by type. The browser's own question for an icon is not the page's. */
function watchLine(session: CDPSession): Line {
  const line: Line = { bytes: {}, requests: 0, open: new Set(), last: Date.now() };
  const kinds = new Map<string, string>();
  session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (!request.url.startsWith('http') || request.url.endsWith('/favicon.ico')) return;
    kinds.set(
      requestId,
      { Document: 'html', Script: 'js', Stylesheet: 'css', Font: 'font', Image: 'image' }[String(type)] ?? (request.url.endsWith('.png') ? 'image' : 'other'),
    );
    line.requests += 1;
    line.open.add(requestId);
    line.last = Date.now();
  });
  // What the browser still has is not asked for: a tab's icon, at each new address.
  session.on('Network.requestServedFromCache', ({ requestId }) => {
    if (kinds.delete(requestId)) line.requests -= 1;
    line.open.delete(requestId);
  });
  const end = (requestId: string, bytes = 0) => {
    const kind = kinds.get(requestId);
    if (kind === undefined) return;
    line.bytes[kind] = (line.bytes[kind] ?? 0) + bytes;
    line.open.delete(requestId);
    line.last = Date.now();
  };
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => end(requestId, encodedDataLength));
  session.on('Network.loadingFailed', ({ requestId }) => end(requestId));
  return line;
}

/** One page in a context of its own, read once from end to end. */
export async function readOnce(browser: Browser, profile: Profile, url: string, scroll: boolean): Promise<{ figures: Figures; steps: StepFrames[] }> {
  const { slowed, kilobits, delay, firstView, ...shape } = profile;
  const context = await browser.newContext({ ...shape, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.addInitScript(installProbe);
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Performance.enable');
    const line = watchLine(session);
    const throughput = (kilobits * 1024) / 8;
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: delay,
      downloadThroughput: throughput,
      uploadThroughput: throughput / 2,
    });
    if (slowed > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slowed });
    await page.goto(url, { waitUntil: 'load' });
    await quiet(page, line);
    const loaded = await page.evaluate(() => ({ ...window.probe, nodes: document.querySelectorAll('*').length }));
    const first = loaded.paint['first-contentful-paint'] ?? NaN;
    const late = loaded.tasks.filter(({ start, length }) => start + length > first);
    const load = {
      fcp: first,
      lcp: loaded.largest,
      tbt: late.reduce((sum, { length }) => sum + Math.max(0, length - LONG_TASK), 0),
      loadTasks: loaded.tasks.length,
      nodes: loaded.nodes,
      heap: await heap(session),
    };
    const read = scroll && !firstView ? await readThrough(page, session, shape.viewport ?? { width: 0, height: 0 }) : { figures: {}, steps: [] };
    await quiet(page, line);
    const cls = layoutShift(await page.evaluate(() => window.probe.shifts));
    const bytes = Object.fromEntries(['html', 'js', 'css', 'font', 'image', 'other'].map((kind) => [kind, line.bytes[kind] ?? 0]));
    const total = Object.values(bytes).reduce((sum, one) => sum + one, 0);
    return {
      figures: { ...bytes, total, requests: line.requests, ...load, cls, ...read.figures, ...(scroll && !firstView ? { heapAfter: await heap(session) } : {}) },
      steps: read.steps,
    };
  } finally {
    await context.close();
  }
}

/** The script's memory in bytes once what nobody holds is cleared. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN;
}

async function quiet(page: Page, line: Line): Promise<void> {
  const start = Date.now();
  for (let rest = false; !rest && Date.now() - start < LATEST;) {
    rest = await page.evaluate(async (milliseconds) => {
      const ended = window.probe.tasks.at(-1);
      const wait = (ended ? ended.start + ended.length : 0) + milliseconds - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      return wait <= 0;
    }, QUIET);
    if (line.open.size || Date.now() - line.last < QUIET / 2) rest = false;
  }
}

/** Down to the end and up again by the wheel; what each frame cost, in all and while each step was in the middle of the screen. */
async function readThrough(
  page: Page,
  session: CDPSession,
  { width, height }: { width: number; height: number },
): Promise<{ figures: Figures; steps: StepFrames[] }> {
  const room = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  if ((await room()) < 100) return { figures: {}, steps: [] };
  const tasksBefore = await page.evaluate(() => {
    const { probe } = window;
    probe.counting = true;
    const note = (time: number) => {
      probe.frames.push({ time, top: scrollY });
      if (probe.counting) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    return probe.tasks.length;
  });
  const before = await scriptTime(session);
  // A page may grow as it is read; what is left is asked for again.
  const wheel = (distance: number) =>
    session.send('Input.synthesizeScrollGesture', {
      x: width / 2,
      y: height / 2,
      yDistance: -distance,
      speed: SPEED,
      gestureSourceType: 'mouse',
      preventFling: true,
    });
  const left = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight - scrollY);
  const deepest = await (async () => {
    for (let rest = await left(); rest > 1; rest = await left()) await wheel(rest);
    return page.evaluate(() => scrollY);
  })();
  for (let top = deepest; top > 1; top = await page.evaluate(() => scrollY)) await wheel(-top);
  const script = (await scriptTime(session)) - before;
  const { frames, tasks, places } = await page.evaluate((from) => {
    window.probe.counting = false;
    return {
      frames: window.probe.frames,
      tasks: window.probe.tasks.slice(from).map(({ length }) => length),
      places: [...document.querySelectorAll('.step[id]')].map((step) => {
        const { top, bottom } = step.getBoundingClientRect();
        return { step: step.id, top: top + scrollY, bottom: bottom + scrollY };
      }),
    };
  }, tasksBefore);
  const lengths = frames.slice(1).map(({ time }, i) => time - (frames[i]?.time ?? time));
  const summary = (some: readonly number[]) => ({
    frames: some.length,
    p95: percentile(some, 0.95),
    over33: some.length ? some.filter((length) => length > LONG_FRAME).length / some.length : 0,
  });
  const { frames: count, p95, over33 } = summary(lengths);
  const steps = places.map(({ step, top, bottom }) => ({
    step,
    ...summary(lengths.filter((_, i) => ((middle) => middle >= top && middle < bottom)((frames[i + 1]?.top ?? 0) + height / 2))),
  }));
  return {
    figures: {
      distance: deepest * 2,
      frames: count,
      frame95: p95,
      frameMost: Math.max(...lengths),
      over33,
      scrollTasks: tasks.length,
      scrollTaskMost: Math.max(0, ...tasks),
      script,
    },
    steps,
  };
}

/** How long scripts have run, in milliseconds. */
async function scriptTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN) * 1000;
}

/** The median of each figure over some reads; each step's frames are taken together. */
export function together(reads: readonly { figures: Figures; steps: StepFrames[] }[]): { figures: Figures; steps: StepFrames[] } {
  const names = [...new Set(reads.flatMap(({ figures }) => Object.keys(figures)))];
  const figures = Object.fromEntries(names.map((name) => [name, median(reads.flatMap(({ figures: one }) => one[name] ?? []))]));
  const ids = [...new Set(reads.flatMap(({ steps }) => steps.map(({ step }) => step)))];
  const steps = ids.map((step) => {
    const found = reads.flatMap((read) => read.steps.filter((one) => one.step === step));
    const frames = found.reduce((sum, one) => sum + one.frames, 0);
    return {
      step,
      frames,
      p95: median(found.map(({ p95 }) => p95)),
      over33: frames ? found.reduce((sum, one) => sum + one.over33 * one.frames, 0) / frames : 0,
    };
  });
  return { figures, steps };
}
