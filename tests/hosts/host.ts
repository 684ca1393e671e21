/** What any host owes the reader of an embed, asked of its published page in a browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Frame, type Locator, type Page } from '@playwright/test';
import { printed, embedCodeOf, type Choice, type Offered, type EmbedKind } from '#embed/embedCode.ts';
import { CACHE } from './scratch.ts';
import type { Ghost } from './ghost.ts';
import type { WordPress } from './wordpress.ts';

export interface Hosts {
  /** The story's address, with a slash at its end. */
  readonly story: string;
  readonly wordpress: WordPress;
  readonly ghost: Ghost;
}

/** What was set up. */
export function hosts(): Hosts {
  return JSON.parse(process.env['HOSTS'] ?? '') as Hosts;
}

export const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;

/** The words of the publisher around the embed, by which its column is known. */
export const WORDS =
  'Words of the publisher, enough of them to fill more than one line of any column that a page of this size may have, and then a few more of them.';

/** What a chart's embed is offered as by the page for publishers, as the build wrote it. */
export function choiceOf(id: string): Choice {
  const page = readFileSync(join(CACHE, 'site/publishers/index.html'), 'utf8');
  const text = /data-offered="([^"]*)"/.exec(page)?.[1] ?? '';
  const { root, offers } = JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')) as Offered;
  const [offer] = offers;
  const embed = offer?.embeds.find((one) => one.id === id);
  if (!offer || !embed) throw new Error(`${id} is not offered`);
  return { root, offer, embed, theme: 'auto' };
}

/** The code for a way, as it is copied. */
export const codeOf = (way: EmbedKind, choice: Choice) => printed(embedCodeOf(way, choice));

/** A box beside the words around it, in pixels of the page. */
export interface Place {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  /** How far the page can be scrolled sideways. */
  readonly sideways: number;
}

/** Where an element stands, seen from the publisher's words before it. */
export async function placeOf(shown: Locator): Promise<Place> {
  return shown.evaluate((element, words) => {
    const before = [...document.querySelectorAll('p')].find((one) => one.textContent?.includes(words));
    const [box, column] = [element.getBoundingClientRect(), before?.getBoundingClientRect()];
    return {
      left: box.left - (column?.left ?? NaN),
      right: (column?.right ?? NaN) - box.right,
      height: box.height,
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  }, WORDS);
}

/** It stands in its column, and the page does not scroll sideways; `fills` when it is to be as wide as the column. */
export function inColumn({ left, right, sideways }: Place, fills: boolean, what: string): void {
  expect(sideways, `${what}: what a reader must scroll sideways`).toBe(0);
  expect(left, `${what}: left of its column`).toBeGreaterThanOrEqual(-1);
  expect(right, `${what}: right of its column`).toBeGreaterThanOrEqual(-1);
  if (fills)
    expect(
      [Math.abs(left), Math.abs(right)].every((gap) => gap <= 1),
      `${what}: as wide as its column, ${left} and ${right} beside it`,
    ).toBe(true);
}

/** The embed's page in its frame, once it has chosen how to run. */
export async function embedIn(page: Page): Promise<Frame> {
  const found = () => page.frames().find((frame) => frame.url().includes('/embed/'));
  await expect.poll(() => found() !== undefined, 'the frame').toBe(true);
  const frame = found();
  if (!frame) throw new Error('no frame');
  await expect.poll(() => frame.evaluate(() => document.documentElement.dataset['waiting']), 'the embed is awake').toBeUndefined();
  return frame;
}

/** Its first figure opens its card, and the reader stays where they are. */
export async function opensCard(page: Page, embed: Frame): Promise<void> {
  const address = page.url();
  const figure = embed.locator('a.source:visible').first();
  await figure.click();
  await expect(embed.locator('#card'), 'the card of a figure').toBeVisible();
  expect(page.url(), 'the reader stays in the article').toBe(address);
}

/** A link of the open card to another site opens beside the article; where the host's sandbox forbids that, words say where it leads. */
export async function leadsOut(page: Page, embed: Frame): Promise<void> {
  const link = embed.locator('#card a[href^="http"]:visible').first();
  const to = new URL((await link.getAttribute('href')) ?? '');
  // Nobody else is asked for anything.
  await page.context().route(`${to.origin}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' }));
  const article = page.url();
  await link.click();
  const said = () => embed.evaluate((host) => document.body.innerText.includes(host), to.hostname.replace(/^www\./, ''));
  await expect.poll(async () => page.context().pages().length > 1 || (await said()), 'the link opens, or says where it leads').toBe(true);
  expect(page.url(), 'the reader stays in the article').toBe(article);
  for (const other of page.context().pages()) if (other !== page) await other.close();
}

/** What a picture shows is in the shape of its file, and has come. */
export async function inShape(picture: Locator): Promise<void> {
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1_000);
  const stretch = await picture.evaluate((image: HTMLImageElement) =>
    getComputedStyle(image).objectFit === 'contain' ? 1 : (image.width / image.height) * (image.naturalHeight / image.naturalWidth),
  );
  expect(stretch, 'in its shape').toBeCloseTo(1, 1);
  const [width, height] = await picture.evaluate((image: HTMLImageElement) => [image.width, image.height, image.naturalWidth / image.naturalHeight]);
  expect((height ?? NaN) / (width ?? NaN), 'as high as its width asks for').toBeGreaterThan(0.3);
}
