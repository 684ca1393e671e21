/**
 * One Vite plugin around the site function: it renders pages on request in development, and writes the whole map at build.
 * Nothing is written before data and content are known to be sound.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EnvironmentOptions, Plugin, Rolldown, ViteDevServer } from 'vite';
import type { Page } from '#edition/address.ts';
import { precompress } from './precompress.ts';
import { filesIn } from './files.ts';
import type * as Main from './main.ts';

/** The script of each page that has one. Each is built on its own, so that a policy by hash holds: none imports another file. */
const CLIENT_ENTRIES = {
  story: 'src/browser/story.ts',
  steps: 'src/browser/stepsPage.ts',
  evidence: 'src/browser/ledger.ts',
  publishers: 'src/browser/publishers.ts',
} as const satisfies Partial<Record<Page, string>>;
const FRAME_ENTRY = 'src/browser/embed.ts';
const LOADER_ENTRY = 'src/browser/loader.ts';
type Entry = keyof typeof CLIENT_ENTRIES;
/** The Vite environment that builds an entry: the first is the one that Vite itself calls client. */
const environmentOf = (entry: Entry) => (entry === 'story' ? 'client' : entry);
/**
 * A script that may wait while it starts (featureCheck.ts) stands in a function: a classic script has no `await` outside of one,
 * and a browser that knows none there would refuse a whole module.
 */
const IN_FUNCTION = { format: 'es', banner: '(async()=>{', footer: '})();' } as const satisfies Rolldown.OutputOptions;
const SITE_ENTRY = 'src/build/main.ts';
/** The module that tells the publishers' script how large each embed is. */
const SIZES = 'virtual:embed-sizes';
const SIZES_FILE = 'embedSizes.json';
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
        ...Object.fromEntries(
          Object.entries(CLIENT_ENTRIES).map(([entry, input]) => [
            environmentOf(entry as Entry),
            {
              consumer: 'client' as const,
              build: {
                write: false,
                copyPublicDir: false,
                modulePreload: false,
                rolldownOptions: { input, output: { ...(entry === 'story' ? IN_FUNCTION : {}), entryFileNames: 'assets/[name]-[hash].js' } },
              },
            },
          ]),
        ),
        // Classic scripts: a frame without an origin may load no module, and a publisher's page is not ours.
        frame: classic(FRAME_ENTRY, IN_FUNCTION),
        loader: classic(LOADER_ENTRY, { format: 'iife' }),
        ssr: { build: { ssr: SITE_ENTRY, outDir: CACHE, emptyOutDir: true, copyPublicDir: false } },
      },
      builder: {
        async buildApp(builder) {
          const environment = (name: string) => builder.environments[name] ?? missing(name);
          await builder.build(environment('ssr'));
          const main = (await import(pathToFileURL(join(root, CACHE, 'main.js')).href)) as typeof Main;
          const project = exitOnInvalid(() => main.readProject(root));
          writeFileSync(join(root, CACHE, SIZES_FILE), JSON.stringify(main.embedSizes(project.data, project.contents)));
          const origin = main.parseOrigin(process.env['SITE_ORIGIN']);
          if (origin === null) console.info('SITE_ORIGIN is not set: addresses stay relative, and there is no site map.');
          const packages = exitOnInvalid(() => main.readPackages(root));
          const bundled = new Set<string>();
          const files = new Map<string, string | Uint8Array>(filesIn(join(root, 'static')));
          const scripts: Partial<Record<Entry, string>> = {};
          for (const entry of Object.keys(CLIENT_ENTRIES) as Entry[])
            for (const file of outputOf(await builder.build(environment(environmentOf(entry))))) {
              if (file.type === 'asset') continue;
              files.set(file.fileName, file.code);
              for (const module of file.moduleIds) bundled.add(main.placeOf(module) ?? '');
              if (file.isEntry) scripts[entry] = file.fileName;
            }
          const alone = async (name: string) => {
            const chunk = scriptOf(await builder.build(environment(name)));
            for (const module of chunk.moduleIds) bundled.add(main.placeOf(module) ?? '');
            return chunk.code;
          };
          const [frame, loader] = [await alone('frame'), await alone('loader')];
          for (const [path, text] of exitOnInvalid(() => main.licenceFiles(root, packages, bundled))) files.set(path, text);
          write(main.site(project.data, project.contents, { files, scripts, frame, loader }, { origin }), resolve(root, builder.config.build.outDir));
        },
      },
    }),
    resolveId: (id) => (id === SIZES ? id : undefined),
    // Each script is built with plugins of its own: what one step of the build knows, the next reads.
    load: (id) => (id === SIZES ? `export default ${readFileSync(join(root, CACHE, SIZES_FILE), 'utf8')}` : undefined),
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
function classic(input: string, output: Rolldown.OutputOptions): EnvironmentOptions {
  return {
    consumer: 'client',
    build: { write: false, copyPublicDir: false, modulePreload: false, rolldownOptions: { input, output: { ...output, codeSplitting: false } } },
  };
}

/** The one script of a build of one file. */
function scriptOf(result: unknown): Rolldown.OutputChunk {
  const [chunk, ...others] = outputOf(result).filter((file) => file.type === 'chunk');
  if (!chunk || others.length) throw new Error(`expected one script, found ${others.length + 1}`);
  return chunk;
}

/** The page at an address in development: made anew from the files as they are now. */
async function respond(server: ViteDevServer, address: string): Promise<string | undefined> {
  const path = decodeURIComponent(new URL(address, 'http://local').pathname).slice(1);
  if (!/(^|\/|\.html)$/.test(path)) return undefined;
  const main = (await server.ssrLoadModule(`/${SITE_ENTRY}`)) as typeof Main;
  const { data, contents } = main.readProject(server.config.root);
  const development = Object.fromEntries(Object.entries(CLIENT_ENTRIES).map(([page, entry]) => [page, ['/@vite/client', `/${entry}`]]));
  const client = { files: new Map(), scripts: {}, development };
  const page = main.site(data, contents, client, { origin: null, pictures: false }).get(path.endsWith('.html') ? path : `${path}index.html`);
  return page === undefined ? undefined : page.toString();
}

function missing(name: string): never {
  throw new Error(`the environment ${name} is needed`);
}

/** Runs a step that may find faults; they are what the builder should read, not a stack trace. */
function exitOnInvalid<Result>(step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') {
      console.error(error.message);
      process.exit(1);
    }
    throw error;
  }
}

function outputOf(result: unknown): (Rolldown.OutputChunk | Rolldown.OutputAsset)[] {
  return [result].flat().flatMap((one) => (typeof one === 'object' && one !== null && 'output' in one ? (one as Rolldown.RolldownOutput).output : []));
}

function write(files: ReadonlyMap<string, string | Uint8Array>, folder: string): void {
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    for (const [suffix, small] of precompress(path, bytes)) writeFileSync(file + suffix, small);
  }
}
