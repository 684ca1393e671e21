/** The built site and a publisher's pages, on two origins, as the engines read them. */
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { listen, serveFolder } from '../e2e/publisher.ts';
import { BUILD } from '../e2e/story.ts';
import { endEngines, ENGINES, tabOf, type Engine, type Screen, type Tab } from './engines.ts';

/** The screens: a desktop and a phone, each with one and with three device pixels for a pixel. */
export const SCREENS: readonly Screen[] = [1, 3].flatMap((ratio) => [
  { width: 1440, height: 900, ratio },
  { width: 390, height: 844, ratio },
]);

export function nameOf({ width, height, ratio }: Screen): string {
  return `${width}x${height}x${ratio}`;
}

export interface Site {
  /** The address of the site, with a slash at its end. */
  readonly address: string;
  /** Puts a page on another origin, and gives its address. */
  readonly put: (html: string, headers?: Readonly<Record<string, string>>) => string;
  /** A page of the site, one folder down, without its scripts. */
  readonly still: (path: string) => string;
}

/** Serves the site for a file of tests; what it gives is there once the tests run. */
export function site(): () => Site {
  let found: Site | undefined;
  const ends: (() => void)[] = [];
  beforeAll(async () => {
    const folder = await serveFolder(BUILD);
    const pages = new Map<string, { readonly html: string; readonly headers: Readonly<Record<string, string>> }>();
    const host = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://local').pathname;
      const page = pages.get(path);
      if (page) return void response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
      if (path === '/favicon.ico') return void response.writeHead(204).end();
      // What a page of the site without its script asks for stands beside it.
      void fetch(`${folder.address}${path.slice(1)}`).then(async (answer) => {
        response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' }).end(Buffer.from(await answer.arrayBuffer()));
      });
    });
    const port = await listen(host, '127.0.0.1');
    ends.push(folder.close, () => {
      host.closeAllConnections();
      host.close();
    });
    const put: Site['put'] = (html, headers = {}) => {
      const path = `/page-${pages.size + 1}`;
      pages.set(path, { html, headers });
      return `http://127.0.0.1:${port}${path}`;
    };
    const still: Site['still'] = (path) => {
      const html = readFileSync(join(BUILD, path, 'index.html'), 'utf8').replaceAll(/<script\b[^>]*>.*?<\/script>|<script\b[^>]*>/gs, '');
      pages.set(`/still/`, { html, headers: {} });
      return `http://127.0.0.1:${port}/still/`;
    };
    found = { address: folder.address, put, still };
  });
  afterAll(async () => {
    await endEngines();
    for (const end of ends.splice(0)) end();
  });
  return () => {
    if (!found) throw new Error('the site is served once the tests run');
    return found;
  };
}

/**
 * The tabs of the engines for a screen, Chromium's first. On the wide screen at three device pixels a pixel there is no WebKitGTK: it
 * paints without a graphics card here, and needs a minute for a picture of that size.
 */
export function tabsOf(screen: Screen, { put }: Site): Promise<Tab[]> {
  const framed = (address: string) =>
    put(
      `<!doctype html><title>${screen.width} pixels</title><style>*{margin:0}iframe{display:block;border:0}</style><iframe src="${address}" width="${screen.width}" height="${screen.height}"></iframe>`,
    );
  const engines = ENGINES.filter((engine) => engine !== 'webkit' || screen.ratio * screen.width <= 1440);
  return Promise.all(engines.map((engine: Engine) => tabOf(engine, screen, framed)));
}
