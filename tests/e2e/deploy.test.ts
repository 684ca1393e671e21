/** The same folder behind nginx, behind a host that reads `_headers`, in a sub-folder, behind a host with no settings, and out of a zip. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { emptyStages, expect, readDown, test, wordsOf, wordsWithoutScript } from './faulty.ts';
import { ensureNginx, startNginx } from './nginx.ts';
import { BUILD } from './story.ts';

const FILES = readdirSync(BUILD, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(BUILD.length + 1)
      .replaceAll('\\', '/'),
  )
  .sort();
/** What is asked for by its own name. */
const SERVED = FILES.filter((file) => !/\.(br|gz)$|^_headers$/.test(file));

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Asks without unpacking anything, as fetch would. */
function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}

/** The headers that a file must come with, whatever sends it. */
function wantedFor(file: string): Record<string, string | undefined> {
  const open = /(^|\/)(assets|fonts|embed|charts|data)\//.test(file);
  const embed = /(^|\/)embed\//.test(file);
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    ...(file.endsWith('.html') ? { 'content-security-policy': `frame-ancestors ${embed ? '*' : "'self'"}` } : {}),
    ...(open || file.endsWith('.html')
      ? { 'cross-origin-resource-policy': open ? 'cross-origin' : 'same-origin', 'access-control-allow-origin': open ? '*' : undefined }
      : {}),
    ...(/^assets\//.test(file) ? { 'cache-control': 'public, max-age=31536000, immutable' } : file.endsWith('.html') ? { 'cache-control': 'no-cache' } : {}),
  };
}

function wrongHeaders(file: string, headers: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(wantedFor(file)).flatMap(([name, value]) =>
    headers[name] === value ? [] : [`${file}: ${name} is ${String(headers[name])}, not ${value}`],
  );
}

const addressOf = (file: string) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`;

test('what the build compressed is the file itself, in fewer bytes', () => {
  const packed = FILES.filter((file) => /\.(br|gz)$/.test(file));
  expect(packed.length).toBeGreaterThan(10);
  for (const file of packed) {
    const [original, small] = [readFileSync(join(BUILD, file.replace(/\.(br|gz)$/, ''))), readFileSync(join(BUILD, file))];
    expect((file.endsWith('.br') ? brotliDecompressSync(small) : gunzipSync(small)).equals(original), file).toBe(true);
    expect(small.length, file).toBeLessThan(original.length);
  }
  for (const file of SERVED.filter((one) => /\.(html|js)$/.test(one))) expect(packed).toEqual(expect.arrayContaining([`${file}.br`, `${file}.gz`]));
});

test.describe('behind nginx', () => {
  const missing = ensureNginx();
  test.skip(missing !== undefined, missing);

  test('every file comes with every header, packed as its reader can unpack it', async () => {
    const host = await startNginx(BUILD);
    try {
      const faults: string[] = [];
      for (const file of SERVED) {
        const url = host.origin + addressOf(file);
        const original = readFileSync(join(BUILD, file));
        for (const [encoding, unpack] of [
          ['br', brotliDecompressSync],
          ['gzip', gunzipSync],
          ['identity', (body: Buffer) => body],
        ] as const) {
          const { status, headers, body } = await ask(url, { 'accept-encoding': encoding });
          const packed = headers['content-encoding'];
          if (status !== 200) faults.push(`${file}: ${status}`);
          else if (!(packed === undefined ? body : unpack(body)).equals(original)) faults.push(`${file}: other bytes as ${encoding}`);
          if (FILES.includes(`${file}.br`)) {
            if ((packed ?? 'identity') !== encoding) faults.push(`${file}: ${String(packed)} for ${encoding}`);
            if (headers['vary'] !== 'Accept-Encoding') faults.push(`${file}: Vary is ${String(headers['vary'])}`);
          }
          faults.push(...wrongHeaders(file, headers));
          const etag = String(headers['etag']);
          const again = await ask(url, { 'accept-encoding': encoding, 'if-none-match': etag });
          if (again.status !== 304 || again.body.length) faults.push(`${file}: ${again.status} for what the reader has, ${etag}`);
        }
      }
      expect(faults).toEqual([]);
      const gone = await ask(`${host.origin}/assets/story-00000000.js`);
      expect(gone.status, 'what is gone after a new release is really gone').toBe(404);
      expect(wrongHeaders('none', gone.headers)).toEqual([]);
      const part = await ask(`${host.origin}/fonts/newsreader.woff2`, { range: 'bytes=0-99' });
      expect([part.status, part.body.length]).toEqual([206, 100]);
      expect(String((await ask(`${host.origin}/`)).headers['content-type'])).toBe('text/html; charset=utf-8');
    } finally {
      await host.stop();
    }
  });

  test('the check would notice a header that is left out, and no Vary', async () => {
    const host = await startNginx(BUILD, (shipped) => shipped.replace(/\n.*nosniff.*\n/, '\n').replace('gzip_vary on;', ''));
    try {
      const { headers } = await ask(`${host.origin}/`, { 'accept-encoding': 'br' });
      expect(wrongHeaders('index.html', headers)).toEqual([expect.stringContaining('x-content-type-options is undefined')]);
      expect(headers['vary']).toBeUndefined();
    } finally {
      await host.stop();
    }
  });

  test('at a root and in a folder of any depth the story is whole and moves', async ({ page, baseURL, errors }) => {
    const words = await wordsWithoutScript(page, './', baseURL);
    const host = await startNginx(BUILD, (shipped) => shipped.replace('location ~ \\.(br', `location /a/b/c/ { alias ${BUILD}/; }\n  location ~ \\.(br`));
    try {
      for (const folder of ['/', '/a/b/c/']) {
        await page.goto(host.origin + folder);
        await readDown(page);
        await page.evaluate(() => window.reader.settle(4));
        expect(await page.evaluate(wordsOf)).toEqual(words);
        expect(await page.evaluate(emptyStages)).toEqual([]);
        expect(await page.evaluate(() => document.querySelectorAll('.stage-picture > svg').length), folder).toBeGreaterThan(0);
        expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
      }
      expect(errors).toEqual([]);
    } finally {
      await host.stop();
    }
  });

  test('one worker answers for the story, many times a second, without an error', async () => {
    const host = await startNginx(BUILD);
    try {
      const { stdout } = spawnSync('/usr/bin/wrk', ['-t1', '-c64', '-d5s', '--latency', '-H', 'Accept-Encoding: br', `${host.origin}/`], { encoding: 'utf8' });
      const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
      const [gb, unit] = /Transfer\/sec:\s+([\d.]+)(\w+)/.exec(stdout)?.slice(1) ?? [];
      console.log(`nginx, one worker, 64 connections on loopback: ${rate} requests a second, ${gb}${unit} a second; ${/99%\s+\S+/.exec(stdout)?.[0]}`);
      expect(stdout).not.toMatch(/Non-2xx|Socket errors/);
      expect(rate).toBeGreaterThan(1000);
    } finally {
      await host.stop();
    }
  });
});

/** The rules of `_headers`: a line without indent names the addresses, `*` any rest of them; what is indented below is set there. */
function headersOf(address: string): { headers: Record<string, string>; twice: string[] } {
  const headers: Record<string, string> = {};
  const twice: string[] = [];
  let applies = false;
  for (const line of readFileSync(join(BUILD, '_headers'), 'utf8').split('\n')) {
    if (!line.trim() || line.startsWith('#')) continue;
    if (!line.startsWith(' ')) {
      const rule = line.trim();
      applies = rule.endsWith('*') ? address.startsWith(rule.slice(0, -1)) : address === rule;
      continue;
    }
    if (!applies) continue;
    const [name = '', ...value] = line.trim().split(': ');
    if (headers[name.toLowerCase()] !== undefined) twice.push(`${address}: ${name}`);
    headers[name.toLowerCase()] = value.join(': ');
  }
  return { headers, twice };
}

test('a host that reads _headers sends what nginx sends, and no header twice', () => {
  const all = SERVED.map((file) => ({ file, ...headersOf(addressOf(file)) }));
  expect(all.flatMap(({ twice }) => twice)).toEqual([]);
  expect(all.flatMap(({ file, headers }) => wrongHeaders(file, headers))).toEqual([]);
});

test('out of a zip, without a host, every word and every still picture is there', async ({ page, baseURL }) => {
  const scratch = mkdtempSync(join(tmpdir(), 'the-size-of-the-room-'));
  try {
    const words = await wordsWithoutScript(page, './', baseURL);
    const zip = spawnSync('zip', ['-qr', join(scratch, 'site.zip'), '.'], { cwd: BUILD });
    test.skip(zip.error !== undefined, 'not tested: there is no zip on this machine');
    expect(spawnSync('unzip', ['-q', join(scratch, 'site.zip'), '-d', join(scratch, 'unpacked')]).status).toBe(0);
    await page.goto(`file://${scratch}/unpacked/index.html`);
    await readDown(page);
    expect(await page.evaluate(wordsOf)).toEqual(words);
    expect(await page.evaluate(emptyStages)).toEqual([]);
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
