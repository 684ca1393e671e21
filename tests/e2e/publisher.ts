/**
 * A publisher's page around an embed, on two origins that are two sites: the host on 127.0.0.1, the embeds on localhost,
 * from a static server that sends no header but the type of the file. On one origin every fault of frames is hidden.
 */
import { test as base, expect, type Frame, type Page } from '@playwright/test';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { BUILD, ROOT } from './story.ts';

export { expect, type Frame, type Page };

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A page of the host: its markup, and headers of its own. */
export interface HostPage {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Publisher {
  /** The address that the embeds stand at, with a slash at its end. */
  readonly embeds: string;
  /** Puts a page on the host, and gives its address. */
  readonly put: (page: HostPage | string) => string;
}

/** The parents that publishers have, as npm has them. */
const LIBRARIES: Readonly<Record<string, string>> = {
  '/pym.js': 'node_modules/pym.js/dist/pym.v1.js',
  '/frames.js': 'node_modules/@newswire/frames/dist/frames.umd.js',
  '/iframeResizer.js': 'node_modules/iframe-resizer/js/iframeResizer.js',
};

/** Starts a server at a free port of a host, and gives the port. */
export function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

/** A folder on such a host: its address, with a slash at its end, and its end. */
export async function serveFolder(folder: string): Promise<{ readonly address: string; readonly close: () => void }> {
  const server = staticServer(folder);
  const port = await listen(server, 'localhost');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://localhost:${port}/`, close };
}

/** A static host that sends files and nothing else. */
function staticServer(folder: string): Server {
  return createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://local').pathname));
    let file = join(folder, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    // A browser asks for it where a document, such as a picture, names none.
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
}

interface Fixtures {
  /** What went wrong so far; the test fails at its end if anything did. */
  faults: string[];
}

export const test = base.extend<Fixtures, { publisher: Publisher }>({
  publisher: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from the pattern.
    async ({}, use) => {
      const pages = new Map<string, HostPage>();
      const embeds = staticServer(BUILD);
      const host = createServer((request, response) => {
        const path = new URL(request.url ?? '/', 'http://local').pathname;
        const library = LIBRARIES[path];
        if (library) return void response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(join(ROOT, library)));
        const page = pages.get(path);
        if (!page) return void response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
      });
      const embedPort = await listen(embeds, 'localhost');
      const hostPort = await listen(host, '127.0.0.1');
      let count = 0;
      await use({
        embeds: `http://localhost:${embedPort}/`,
        put: (page) => {
          const path = `/page-${(count += 1)}`;
          pages.set(path, typeof page === 'string' ? { html: page } : page);
          return `http://127.0.0.1:${hostPort}${path}`;
        },
      });
      embeds.closeAllConnections();
      host.closeAllConnections();
      embeds.close();
      host.close();
    },
    { scope: 'worker' },
  ],
  faults: [
    async ({ context }, use) => {
      const faults: string[] = [];
      context.on('console', (message) => {
        if (['error', 'warning', 'assert'].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`);
      });
      context.on('weberror', (error) => faults.push(`page error: ${error.error().message}`));
      context.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1' && hostname !== 'localhost') faults.push(`request to a third party: ${request.url()}`);
      });
      await use(faults);
      expect(faults, 'what host or frame complained of, or asked of others').toEqual([]);
    },
    { auto: true },
  ],
});

/** Room above and below what is embedded. */
export function article(inner: string, head = ''): string {
  const filler = '<p>Words of the publisher.</p>'.repeat(60);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A publisher’s page</title><style>body{margin:0 auto;max-width:640px;font:16px/1.5 sans-serif}iframe{border:0}</style>${head}</head><body>${filler}<div id="place">${inner}</div>${filler}</body></html>`;
}

/** A frame of a fixed height, as a CMS without scripts gives it. */
export function plainFrame(address: string, height: number | string, more = 'sandbox="allow-scripts"'): string {
  return `<iframe id="frame" title="An embed" src="${address}" width="100%" height="${height}" ${more}></iframe>`;
}

/** The embed inside the page, once its script has chosen how to run. */
export async function frameOf(page: Page): Promise<Frame> {
  await expect.poll(() => page.frames().filter((one) => one.url().includes('/embed/')).length, 'the embed’s frame').toBeGreaterThan(0);
  const frame = page.frames().find((one) => one.url().includes('/embed/'));
  if (!frame) throw new Error('no frame');
  await frame.waitForLoadState();
  return frame;
}

export async function modeIn(frame: Frame): Promise<string | undefined> {
  return frame.evaluate(() => document.documentElement.dataset['mode']);
}

/** The step that each picture in the frame shows. */
export async function shownIn(frame: Frame): Promise<string | undefined> {
  return frame.evaluate(() => document.querySelector<HTMLElement>('.stage .stage-picture')?.dataset['step']);
}

/** Some frames of the host's or the embed's screen: whatever it sent has arrived, whatever was asked has been drawn. */
export async function drawn(page: Page | Frame, frames = 4): Promise<void> {
  await page.evaluate(async (count) => {
    for (let i = 0; i < count; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, frames);
}

/** The height of a frame's content, in pixels. */
export const contentOf = (embed: Frame) => embed.evaluate(() => document.body.getBoundingClientRect().height);

/** Scrolls the host by so many pixels in each of so many frames. */
export async function roll(page: Page, way: number, frames = 110): Promise<void> {
  await page.evaluate(
    async ([step, count]) => {
      for (let i = 0; i < count; i += 1) {
        scrollBy({ top: step, behavior: 'instant' });
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    },
    [way, frames] as const,
  );
}

declare global {
  interface Window {
    seenSteps?: string[];
  }
}

/** Notes in a frame each step that its stage comes to show, in order. */
export function noteSteps(): void {
  window.seenSteps = [document.querySelector<HTMLElement>('.stage .stage-picture')?.dataset['step'] ?? ''];
  new MutationObserver(() => {
    const step = document.querySelector<HTMLElement>('.stage .stage-picture')?.dataset['step'];
    if (step && step !== window.seenSteps?.at(-1)) window.seenSteps?.push(step);
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-step'] });
}
