/**
 * One Vite plugin around the site function: it renders pages on request in development, and writes the whole map at build.
 * Nothing is written before data and content are known to be sound.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EnvironmentOptions, Plugin, Rolldown, ViteDevServer } from 'vite';
import type { Page } from './address.ts';
import type * as Main from './main.ts';

/** The script of each page that has one. */
const CLIENT_ENTRIES: Readonly<Partial<Record<Page, string>>> = { story: 'src/client/story.ts', evidence: 'src/client/ledger.ts' };
const FRAME_ENTRY = 'src/client/frame.ts';
const LOADER_ENTRY = 'src/client/loader.ts';
const SITE_ENTRY = 'src/site/main.ts';
/** Where the compiled site function lies between two steps of the build. */
const CACHE = '.cache/site';

export function sitePlugin(): Plugin {
  let root = '';
  return {
    name: 'the-size-of-the-room',
    config: () => ({
      appType: 'mpa',
      publicDir: 'static',
      environments: {
        client: {
          build: {
            write: false,
            copyPublicDir: false,
            modulePreload: false,
            rolldownOptions: { input: CLIENT_ENTRIES as Record<string, string>, output: { entryFileNames: 'assets/[name]-[hash].js' } },
          },
        },
        // Classic scripts, one file each: a frame without an origin may load no module, and a publisher's page is not ours.
        frame: classic(FRAME_ENTRY),
        loader: classic(LOADER_ENTRY),
        ssr: { build: { ssr: SITE_ENTRY, outDir: CACHE, emptyOutDir: true, copyPublicDir: false } },
      },
      builder: {
        async buildApp(builder) {
          const { client, frame, loader, ssr } = builder.environments;
          if (!client || !frame || !loader || !ssr) throw new Error('all environments are needed');
          await builder.build(ssr);
          const main = (await import(pathToFileURL(join(root, CACHE, 'main.js')).href)) as typeof Main;
          const project = refusing(() => main.readProject(root));
          const origin = main.parseOrigin(process.env['SITE_ORIGIN']);
          if (origin === null) console.info('SITE_ORIGIN is not set: addresses stay relative, and there is no site map.');
          const files = new Map<string, string | Uint8Array>(staticFiles(join(root, 'static')));
          const scripts: Partial<Record<string, string>> = {};
          for (const file of outputOf(await builder.build(client))) {
            if (file.type === 'asset') continue;
            files.set(file.fileName, file.code);
            if (file.isEntry) scripts[file.name] = file.fileName;
          }
          const alone = { frame: scriptOf(await builder.build(frame)), loader: scriptOf(await builder.build(loader)) };
          write(main.site(project.data, project.contents, { files, scripts, ...alone }, { origin }), resolve(root, builder.config.build.outDir));
        },
      },
    }),
    configResolved(config) {
      root = config.root;
    },
    configureServer(server) {
      server.watcher.add([join(root, 'data'), join(root, 'src/content')]);
      server.watcher.on('change', (file) => {
        if (/\.(json|svelte|ts|css)$/.test(file)) server.ws.send({ type: 'full-reload' });
      });
      return () => {
        server.middlewares.use((request, response, next) => {
          void respond(server, request.url ?? '/').then((page) => {
            if (page === undefined) return next();
            response.setHeader('Content-Type', 'text/html; charset=utf-8');
            response.end(page);
          }, next);
        });
      };
    },
  };
}

/** The build of a script that stands alone in one file. */
function classic(input: string): EnvironmentOptions {
  return {
    consumer: 'client',
    build: { write: false, copyPublicDir: false, modulePreload: false, rolldownOptions: { input, output: { format: 'iife', codeSplitting: false } } },
  };
}

/** The code of a build of one file. */
function scriptOf(result: unknown): string {
  const chunks = outputOf(result).flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
  if (chunks.length !== 1) throw new Error(`expected one script, found ${chunks.length}`);
  return chunks[0] ?? '';
}

/** The page at an address in development: made anew from the files as they are now. */
async function respond(server: ViteDevServer, address: string): Promise<string | undefined> {
  const path = decodeURIComponent(new URL(address, 'http://local').pathname).slice(1);
  if (path !== '' && !path.endsWith('/') && !path.endsWith('index.html')) return undefined;
  const main = (await server.ssrLoadModule(`/${SITE_ENTRY}`)) as typeof Main;
  const { data, contents } = main.readProject(server.config.root);
  const development = Object.fromEntries(Object.entries(CLIENT_ENTRIES).map(([page, entry]) => [page, ['/@vite/client', `/${entry}`]]));
  const client = { files: new Map(), scripts: {}, development };
  const page = main.site(data, contents, client, { origin: null, pictures: false }).get(path.endsWith('index.html') ? path : `${path}index.html`);
  return page === undefined ? undefined : page.toString();
}

/** Runs a step that may find faults; they are what the builder should read, not a stack trace. */
function refusing<Result>(step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    if (error instanceof Error && error.name === 'FaultList') {
      console.error(error.message);
      process.exit(1);
    }
    throw error;
  }
}

function outputOf(result: unknown): (Rolldown.OutputChunk | Rolldown.OutputAsset)[] {
  return [result].flat().flatMap((one) => (typeof one === 'object' && one !== null && 'output' in one ? (one as Rolldown.RolldownOutput).output : []));
}

function staticFiles(folder: string): [string, Uint8Array][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [relative(folder, file).replaceAll('\\', '/'), readFileSync(file)]);
}

function write(files: ReadonlyMap<string, string | Uint8Array>, folder: string): void {
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
