/** The story as one file on a disk: whole, awake, and asking for nothing. */
import { test as base, expect } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { singleFile } from '#build/singleFile.ts';
import { BUILD, printedPattern, printedTexts, STEPS } from './story.ts';

const html = singleFile((path) => readFileSync(join(BUILD, path)));

/** Opens a saved page from a folder of its own, and tells all that it asked for or complained of. */
const test = base.extend<{ saved: (text: string, hash?: string) => Promise<string[]> }>({
  saved: async ({ page }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'single-file-'));
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (!/^data:/.test(request.url()) && !request.isNavigationRequest()) said.push(request.url());
    });
    await use(async (text, hash = '') => {
      const file = join(folder, 'a story with spaces.html');
      writeFileSync(file, text);
      await page.goto(`${pathToFileURL(file).href}${hash}`);
      return said;
    });
    rmSync(folder, { recursive: true });
  },
});

test('opens from a disk with every word, its font and its pictures awake, and asks for nothing', async ({ page, saved }) => {
  const said = await saved(html, '#maskpark');
  const stage = page.locator('[data-of=members] .stage-picture');
  await expect(stage).toHaveAttribute('data-step', 'maskpark');
  await expect(stage.locator('svg')).toBeVisible();
  expect(await page.evaluate(async () => (await document.fonts.load('16px Newsreader')).length)).toBe(1);
  const text = (await page.evaluate(() => document.body.innerText)).replaceAll(/\s+/g, ' ');
  expect(printedTexts().filter((one) => !printedPattern(one).test(text))).toEqual([]);
  await page.evaluate((id) => document.getElementById(id ?? '')?.scrollIntoView(), STEPS[7]?.id);
  await expect(page.locator(`[data-step="${STEPS[7]?.id}"]`)).toHaveCount(1);
  expect(await page.locator('a:not([href^="#"]):not([href^="https:"])').count()).toBe(0);
  await page.locator('#maskpark p .source').first().click();
  await expect(page.locator('#card')).toContainText('Southern Daily');
  expect(said).toEqual([]);
});

test('a saved file that was tampered with does not run', async ({ page, saved }) => {
  const said = await saved(html.replace('<script type="module">', '<script type="module">document.title="changed";'));
  expect(said.join()).toMatch(/Content Security Policy/);
  expect(await page.title()).not.toBe('changed');
});

test('a page that is not as the build writes it is refused', () => {
  expect(() => singleFile(() => Buffer.from('<p>'))).toThrow(/the build's page holds nothing like/);
});
