/**
 * `npm run readme`: the README's pictures, and a silent clip of the opening zoom for README and social use, all of the built page. Needs
 * Debian's ffmpeg, which the command installs where it is missing and may; not part of the build or of the tests.
 */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { findChromium } from './chromium.ts';
import { ensurePrograms, findProgram, FFMPEG } from './programs.ts';

const docs = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
const FRAMES_A_SECOND = 25;
/** How far the clip scrolls from one frame to the next, in pixels: a step takes about two seconds. */
const STRIDE = 14;
/** What a clip may weigh, in bytes. */
const MAX_CLIP = 2e6;
/** The step that stands for the story, and the last of the opening zoom. */
const STEP = 'maskpark';

const fault = ensurePrograms([FFMPEG], process.env)[0];
if (fault !== undefined) throw new Error(fault);

const server = await preview({ preview: { port: 0 } });
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({ executablePath: findChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  await still('story.png', { width: 1440, height: 900 }, 1);
  await still('story-phone.png', { width: 390, height: 844 }, 2);
  await clip('opening.webm');
} finally {
  await browser.close();
  await server.close();
}

/** A picture of the page at the step, as it stands at rest. */
async function still(name: string, viewport: { readonly width: number; readonly height: number }, deviceScaleFactor: number): Promise<void> {
  const page = await browser.newPage({ viewport, deviceScaleFactor });
  await page.goto(`${address}#${STEP}`);
  await page.locator(`[data-step="${STEP}"][data-progress="1"]`).first().waitFor();
  await twoFrames(page);
  await page.screenshot({ path: docs(name) });
  await page.close();
}

/** The stage of the opening zoom as its reader sees it, from the first light to the step at rest. */
async function clip(name: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 960, height: 600 } });
  await page.goto(address);
  const from = await topOf(page, 'one');
  const to = await topOf(page, STEP);
  const stage = await page.locator('[data-of=members]').first().boundingBox();
  if (!stage) throw new Error('the opening has no stage');
  const encoder = spawn(
    findProgram(FFMPEG),
    [
      ...['-y', '-loglevel', 'error', '-f', 'image2pipe', '-framerate', String(FRAMES_A_SECOND), '-i', '-'],
      ...['-an', '-c:v', 'libvpx-vp9', '-crf', '40', '-b:v', '0', '-pix_fmt', 'yuv420p', docs(name)],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const ended = new Promise<number | null>((done) => encoder.on('close', done));
  const box = { x: Math.ceil(stage.x), y: 0, width: 2 * Math.floor((960 - Math.ceil(stage.x)) / 2), height: 600 };
  for (let y = from - 600; y <= to; y += STRIDE) {
    await page.evaluate((top) => scrollTo({ top, behavior: 'instant' }), y);
    await twoFrames(page);
    encoder.stdin.write(await page.screenshot({ clip: box }));
  }
  const last = await page.screenshot({ clip: box });
  for (let i = 0; i < 2 * FRAMES_A_SECOND; i += 1) encoder.stdin.write(last);
  encoder.stdin.end();
  if ((await ended) !== 0) throw new Error('ffmpeg made no clip');
  const { size } = statSync(docs(name));
  if (size > MAX_CLIP) throw new Error(`${name}: ${size} bytes, expected at most ${MAX_CLIP}`);
  await page.close();
}

function topOf(page: Page, step: string): Promise<number> {
  return page.evaluate((id) => (document.getElementById(id)?.getBoundingClientRect().top ?? 0) + scrollY, step);
}

function twoFrames(page: Page): Promise<void> {
  return page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
}
