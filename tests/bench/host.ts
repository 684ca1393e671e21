/** A host on loopback that sends a folder as hosts do: gzip where the build made it, an entity tag, no-cache for pages. And the pages that only the benchmark has. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

export interface BenchHost {
  readonly origin: string;
  readonly close: () => void;
}

/** Serves a built folder and, by their address, other pages. Every body is read and packed once, so that no packing is timed. */
export async function serve(folder: string, others: ReadonlyMap<string, string>): Promise<BenchHost> {
  const bodies = new Map<string, { type: string; packed: boolean; body: Buffer } | undefined>();
  const read = (path: string) => {
    const other = others.get(path);
    if (other !== undefined) return { type: TYPES['.html'] ?? '', packed: true, body: gzipSync(other, { level: 9 }) };
    let file = join(folder, normalize(path));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    if (!existsSync(file)) return undefined;
    const packed = existsSync(`${file}.gz`);
    return { type: TYPES[extname(file)] ?? 'application/octet-stream', packed, body: readFileSync(packed ? `${file}.gz` : file) };
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://local').pathname);
    if (!bodies.has(path)) bodies.set(path, read(path));
    const found = bodies.get(path);
    if (!found) return void response.writeHead(404).end();
    response
      .writeHead(200, {
        'Content-Type': found.type,
        'Content-Length': found.body.length,
        'Cache-Control': path.startsWith('/assets/')
          ? 'public, max-age=31536000, immutable'
          : /^\/(fonts\/|icon\.png)/.test(path)
            ? 'public, max-age=604800'
            : 'no-cache',
        'X-Content-Type-Options': 'nosniff',
        ...(found.packed ? { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' } : {}),
      })
      .end(found.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the host has no address');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
