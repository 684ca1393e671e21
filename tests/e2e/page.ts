/** The tests' own `test`: it turns red when the page complains, reaches out, or fails to fetch, whatever else it is testing. */
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { installReader } from './reader.ts';

export { expect, type Page };

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** The sizes at which every step is looked at. The last is low: there nothing sticks. */
export const VIEWPORTS = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
  { width: 320, height: 568 },
  { width: 844, height: 390 },
] as const satisfies readonly Viewport[];

export function nameOf({ width, height }: Viewport): string {
  return `${width}x${height}`;
}

declare global {
  interface Window {
    /** Set on every watched page: tells the test of a violation of the page's policy. */
    reportViolation?: (what: string) => Promise<void>;
  }
}

/** Watches every page of a context; the returned list grows with each fault. `origin` is the only one that may be asked. */
export async function watch(context: BrowserContext, origin: string): Promise<string[]> {
  const faults: string[] = [];
  await context.exposeBinding('reportViolation', (_, what: string) => {
    faults.push(`policy violation: ${what}`);
  });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => void window.reportViolation?.(`${violatedDirective} ${blockedURI}`));
  });
  context.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`page error: ${error.error().message}`));
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && asked !== origin) faults.push(`request to another origin: ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Aborted is what a test does to a page's icon when it leaves the page: the story itself never takes a request back.
    if (why !== 'net::ERR_ABORTED') faults.push(`failed request: ${request.url()} ${why}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) faults.push(`failed request: ${response.url()} ${response.status()}`);
  });
  return faults;
}

interface Fixtures {
  /** What went wrong so far; the test fails at its end if anything did. */
  faults: string[];
}

export const test = base.extend<Fixtures>({
  faults: [
    async ({ context, baseURL }, use) => {
      const faults = await watch(context, new URL(baseURL ?? '').origin);
      await context.addInitScript(installReader);
      await use(faults);
      expect(faults, 'what the page complained of, or fetched in vain').toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens the story, at a step if one is given, and waits until the picture has settled. */
export async function open(page: Page, hash = ''): Promise<void> {
  await page.goto(hash ? `./#${hash}` : './');
  await settle(page);
}

/** Waits until page, picture and address have not moved for some frames. */
export async function settle(page: Page, frames = 8): Promise<void> {
  await page.evaluate((still) => window.reader.settle(still), frames);
}

/** Takes the reader to a step, to the place where its address would. */
export async function goToStep(page: Page, id: string): Promise<void> {
  await page.evaluate((step) => document.getElementById(step)?.scrollIntoView(), id);
  await settle(page);
}
