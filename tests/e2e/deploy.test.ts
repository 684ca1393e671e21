/** The same folder behind nginx, behind a host that reads `_headers`, in a sub-folder, behind a host with no settings, and out of a zip. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { emptyStages, expect, readDown, test, wordsOf, wordsWithoutScript } from './faultInjection.ts';
import { filesIn } from '#build/files.ts';
import { ensure, startNginx } from './nginx.ts';
import { BUILD } from './story.ts';

const FILES = [...filesIn(BUILD).keys()];
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
  const forEver = /^assets\/|^embed\/v1-/.test(file);
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    ...(file.endsWith('.html') ? { 'content-security-policy': `frame-ancestors ${embed ? '*' : "'self'"}` } : {}),
    'cross-origin-embedder-policy': embed ? 'require-corp' : undefined,
    ...(open || file.endsWith('.html')
      ? { 'cross-origin-resource-policy': open ? 'cross-origin' : 'same-origin', 'access-control-allow-origin': open ? '*' : undefined }
      : {}),
    ...(file.endsWith('.svg') ? { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors *" } : {}),
    ...(forEver ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
    ...(file.endsWith('.html') || file === 'embed/v1.js' ? { 'cache-control': 'no-cache' } : {}),
  };
}

function wrongHeaders(file: string, headers: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(wantedFor(file)).flatMap(([name, value]) =>
    headers[name] === value ? [] : [`${file}: ${name} is ${String(headers[name])}, not ${value}`],
  );
}

const addressOf = (file: string) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`;

/** The headers that the rules of a `_headers` file give an address: hosts join all that match, and `*` is any rest of it. */
function headersOf(address: string, rules: string): { headers: Record<string, string>; twice: string[] } {
  const headers: Record<string, string> = {};
  const twice: string[] = [];
  let applies = false;
  for (const line of rules.split('\n')) {
    if (!line.trim()) continue;
    if (!line.startsWith(' ')) {
      applies = line.endsWith('*') ? address.startsWith(line.slice(0, -1)) : address === line;
      continue;
    }
    if (!applies) continue;
    const [name = '', ...value] = line.trim().split(': ');
    if (headers[name.toLowerCase()] !== undefined) twice.push(`${address}: ${name}`);
    headers[name.toLowerCase()] = value.join(': ');
  }
  return { headers, twice };
}

const RULES = readFileSync(join(BUILD, '_headers'), 'utf8');
/** The headers that a host is told to send; the others are its own affair. */
const TOLD = [
  'access-control-allow-origin',
  'cache-control',
  'content-security-policy',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
];

/** Where a host that reads these rules and the one at `origin` part, for every file of the site, by each of its addresses. */
async function disagreements(origin: string, rules: string): Promise<string[]> {
  const faults: string[] = [];
  for (const address of new Set(SERVED.flatMap((file) => [addressOf(file), `/${file}`]))) {
    const { headers: sent } = await ask(origin + address);
    const { headers, twice } = headersOf(address, rules);
    faults.push(...twice.map((one) => `${one} is set twice`));
    for (const name of TOLD)
      if (headers[name] !== sent[name]) faults.push(`${address}: ${name} is ${String(headers[name])} by _headers and ${String(sent[name])} by nginx`);
  }
  return faults;
}

test('the rules of _headers give every file its headers, none twice, and are no more than hosts take', () => {
  const all = SERVED.map((file) => ({ file, ...headersOf(addressOf(file), RULES) }));
  expect(all.flatMap(({ twice }) => twice)).toEqual([]);
  expect(all.flatMap(({ file, headers }) => wrongHeaders(file, headers))).toEqual([]);
  // Cloudflare Pages reads a hundred rules of at most 2,000 characters (developers.cloudflare.com/pages/configuration/headers).
  expect(RULES.split('\n').filter((line) => line.startsWith('/')).length).toBeLessThanOrEqual(100);
  expect(Math.max(...RULES.split('\n').map((line) => line.length))).toBeLessThanOrEqual(2000);
});

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
  const missing = ensure();
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

  test('a host that reads _headers sends what nginx sends, for every address of the site', async () => {
    const host = await startNginx(BUILD);
    try {
      expect(await disagreements(host.origin, RULES)).toEqual([]);
      const seeded = [
        RULES.replace('/plain/*', '/plane/*'),
        RULES.replace('frame-ancestors *', "frame-ancestors 'self'"),
        RULES.replace('/*\n', '/*\n  Cache-Control: no-cache\n'),
      ];
      for (const rules of seeded) expect(await disagreements(host.origin, rules), 'a rule that is wrong is noticed').not.toEqual([]);
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
