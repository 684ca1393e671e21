/** The site out of its zip file, in a folder of a host of somebody else: story, embeds and the page for publishers, all relative. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { bundleOf, FOLDER } from '#build/bundle.ts';
import { filesIn } from '#build/files.ts';
import { article, expect, frameOf, modeIn, plainFrame, serveFolder, test } from './publisher.ts';
import { BUILD, STEPS } from './story.ts';

const files = filesIn(BUILD);
const zip = bundleOf(files);

test('holds every file of the build, byte for byte, in one folder', () => {
  const unpacked = unzipSync(zip);
  expect(Object.keys(unpacked)).toEqual([...files.keys()].sort().map((path) => `${FOLDER}/${path}`));
  for (const [path, bytes] of files) expect(Buffer.compare(unpacked[`${FOLDER}/${path}`] ?? new Uint8Array(), bytes), path).toBe(0);
  console.log(`the bundle: ${files.size} files, ${Math.round(zip.length / 1024)} kB`);
});

test('is the same bytes in any zone, at any time, in any order of the files', () => {
  const zone = process.env['TZ'];
  try {
    for (const other of ['Pacific/Auckland', 'America/Los_Angeles']) {
      process.env['TZ'] = other;
      expect(Buffer.compare(bundleOf(new Map([...files].reverse())), zip), other).toBe(0);
    }
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

test('other tools read it too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    writeFileSync(join(folder, 'site.zip'), zip);
    const { status, error } = spawnSync('unzip', ['-tq', join(folder, 'site.zip')]);
    test.skip(error !== undefined, 'not tested: there is no unzip on this machine');
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('unpacked in a folder of a host that sends no header, everything opens', async ({ page, publisher }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    const file = join(folder, 'stories/of-others', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  const host = await serveFolder(folder);
  const home = `${host.address}stories/of-others/${FOLDER}/`;
  const lost: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400 || (response.url().startsWith(host.address) && !response.url().startsWith(home))) lost.push(response.url());
  });
  try {
    await page.goto(`${home}#${STEPS[1]?.id}`);
    await expect(page.locator(`.stage-picture[data-step="${STEPS[1]?.id}"] > svg`)).toBeVisible();
    await page.goto(`${home}publishers/`);
    await expect(page.locator('[data-way-in="script"] code')).toContainText(`${home}embed/v1.js`);
    const snippet = (await page.locator('[data-way-in="script"] code').textContent()) ?? '';
    await page.locator('.live iframe').scrollIntoViewIfNeeded();
    await expect.poll(() => page.frames().some((one) => one.url().startsWith(`${home}en/embed/story/`))).toBe(true);
    for (const host of [snippet, plainFrame(`${home}en/embed/views/`, 720)]) {
      await page.goto(publisher.put(article(host)));
      await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
      await expect.poll(async () => modeIn(await frameOf(page))).toMatch(/pinned|pager/);
    }
    expect(lost).toEqual([]);
  } finally {
    host.close();
    rmSync(folder, { recursive: true });
  }
});
