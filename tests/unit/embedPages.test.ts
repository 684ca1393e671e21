/** The pages that publishers put into frames: one file each, which asks for nothing and says what it is from. */
import { load } from 'cheerio';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CHARTS } from '#charts/registry.ts';
import { EMBEDS } from '#edition/address.ts';
import { readProject } from '#build/project.ts';
import { loaderAddress, loaderFiles } from '#pages/loaderFiles.ts';
import { site } from '#build/site.ts';
import { ROOT } from '../fixtures/unit-data.ts';
import { asWordPress } from '../fixtures/wordpress.ts';

const { data, contents } = readProject(ROOT);
const ORIGIN = 'https://room.example/stories/';
const SCRIPT = 'window.frame = "<" + "!--";';
const files = site(data, contents, { files: new Map(), scripts: {}, frame: SCRIPT, loader: 'window.loader = 1;' }, { origin: ORIGIN, pictures: false });
const pages = new Map(
  EMBEDS.flatMap((id) => ['', 'en/'].map((prefix): [string, string] => [`${prefix}embed/${id}/`, String(files.get(`${prefix}embed/${id}/index.html`))])),
);

const hashOf = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;

test('there is one for the story and one for each chart, with and without a language', () => {
  expect(EMBEDS).toEqual(['story', ...Object.keys(CHARTS)]);
  for (const [folder, page] of pages) expect(page, folder).toMatch(/^<!doctype html>/);
});

describe.each([...pages])('%s', (folder, html) => {
  const $ = load(html);
  const id = folder.split('/').at(-2) ?? '';

  test('is not indexed, and names the place in the story that it is from', () => {
    expect($('meta[name="robots"]').attr('content')).toBe('noindex');
    const home = `${ORIGIN}${folder.startsWith('en/') ? 'en/' : ''}`;
    const step = CHARTS[id]?.steps[0];
    const story = step ? `${home}#${step}` : home;
    expect($('link[rel="canonical"]').attr('href')).toBe(story);
    expect($('.embed-foot a').attr('href')).toBe(story);
    expect($('.embed-foot').text()).toContain('five published articles');
  });

  test('has a title, words, picture and address for a host that makes a bookmark of it', () => {
    const tag = (name: string) => $(`meta[property="og:${name}"]`).attr('content');
    const { thumbnail_url: picture } = JSON.parse(String(files.get(`${folder}oembed.json`))) as Record<string, unknown>;
    expect(tag('title')).toBe($('title').text());
    expect(tag('description')).toBe($('meta[name="description"]').attr('content'));
    expect(tag('url')).toBe($('link[rel="canonical"]').attr('href'));
    expect(tag('image')).toBe(picture);
    expect(tag('image:alt')?.length).toBeGreaterThan(20);
  });

  test('holds its script and styles, and asks for nothing', () => {
    const policy = $('meta[http-equiv="Content-Security-Policy"]').attr('content') ?? '';
    expect($('script')).toHaveLength(1);
    expect($('script').attr('src')).toBeUndefined();
    expect($('script').attr('type')).toBeUndefined();
    expect(policy).toContain(`script-src ${hashOf($('script').text())}`);
    expect(policy).toContain(`style-src ${hashOf($('style').text())}`);
    expect($('img, link[rel="stylesheet"], link[rel="preload"], iframe, object, form')).toHaveLength(0);
    expect($('style').text()).not.toMatch(/url\(/);
    expect($('[style]')).toHaveLength(0);
  });

  test('knows no share of a viewport, which in a frame is its own height', () => {
    expect($('style').text()).not.toMatch(/[\d.][sdl]?v(h|b|min|max)\b/);
    expect($('style').text()).not.toMatch(/m(?:ax|in)-height:\s*[1-9][\d.]*em/);
  });

  test('has its chart’s steps, in order, and the table of its numbers', () => {
    const charts = CHARTS[id] ? [CHARTS[id]] : Object.values(CHARTS);
    expect(
      $('.step')
        .toArray()
        .map((step) => $(step).attr('id')),
    ).toEqual(
      id === 'story'
        ? $('.passage')
            .toArray()
            .flatMap((one) => CHARTS[$(one).find('.island').attr('data-chart') ?? '']?.steps ?? [])
        : charts[0]?.steps,
    );
    // What is in none of the articles has no numbers to list.
    expect($('.numbers table')).toHaveLength(charts.filter((chart) => chart.id !== 'gaps').length);
    expect($('.island')).toHaveLength(charts.length);
    expect($('h2').first().text().length).toBeGreaterThan(5);
  });

  test('opens every way out beside the host’s page', () => {
    expect($('base').attr('target')).toBe('_blank');
    expect($('base').attr('href')).toBeUndefined();
  });

  test('is found by oEmbed, whose answer is sound and survives WordPress', () => {
    const href = $('link[type="application/json+oembed"]').attr('href');
    expect(href).toBe(`${ORIGIN}${folder}oembed.json`);
    const answer = JSON.parse(String(files.get(`${folder}oembed.json`))) as Record<string, unknown>;
    expect(answer).toMatchObject({ version: '1.0', type: 'rich', width: 600, height: 720 });
    for (const key of ['width', 'height', 'thumbnail_width', 'thumbnail_height']) expect(Number.isInteger(answer[key]), key).toBe(true);
    const kept = asWordPress(String(answer['html']), 'secret1234');
    const shown = load(kept ?? '');
    expect(shown('blockquote + iframe').attr('src')).toBe(`${ORIGIN}${folder}#?secret=secret1234`);
    expect(shown('blockquote a').attr('href')).toBe($('link[rel="canonical"]').attr('href'));
    expect(shown('iframe').attr('sandbox')).toBe('allow-scripts');
    expect(shown('iframe').attr('frameborder'), 'no border around it').toBe('0');
    expect(shown('iframe').attr('scrolling'), 'a reader can scroll in a low frame').toBeUndefined();
    expect(shown('blockquote').text()).toContain($('title').text());
  });
});

test('WordPress’s filter would drop a frame before its quotation, and anything but the two', () => {
  const [quotation, frame] = ['<blockquote>Words <a href="https://a.example">here</a></blockquote>', '<iframe src="https://a.example" width="600"></iframe>'];
  expect(load(asWordPress(frame + quotation, 's') ?? '')('blockquote')).toHaveLength(0);
  expect(asWordPress(quotation, 's')).toBeUndefined();
  expect(asWordPress(`${quotation}<script>1</script>${frame.replace('width', 'allow="x" width')}`, 's')).not.toMatch(/script>|allow=/);
});

test('the story’s own page is found by oEmbed too; without an origin nothing claims an address', () => {
  expect(load(String(files.get('index.html')))('link[type="application/json+oembed"]').attr('href')).toBe(`${ORIGIN}embed/story/oembed.json`);
  const relative = site(data, contents, undefined, { origin: null, pictures: false });
  expect([...relative.keys()].filter((path) => path.endsWith('oembed.json'))).toEqual([]);
  const $ = load(String(relative.get('en/embed/views/index.html')));
  expect($('link[rel="canonical"]').attr('href')).toBe('../../../en/#view');
  // Whoever resolves it by the page's address finds the picture; there is none to claim.
  expect($('meta[property="og:image"]').attr('content')).toBe('../../../en/charts/views-card.png');
  expect($('meta[property="og:url"]')).toHaveLength(0);
});

test('the loader has an address that follows, and one that says which bytes it is', () => {
  const both = loaderFiles('a');
  expect([...both.keys()]).toEqual(['embed/v1.js', loaderAddress('a')]);
  expect(loaderAddress('a')).not.toBe(loaderAddress('b'));
  expect(files.get(loaderAddress('window.loader = 1;'))).toBe('window.loader = 1;');
});

test('a script that would end in its page before its end stops the build', () => {
  expect(() => site(data, contents, { files: new Map(), scripts: {}, frame: 'a="</script>"' }, { origin: null, pictures: false })).toThrow(
    'names a script element',
  );
});

test('an embed without its script weighs little', () => {
  for (const [folder, html] of pages) if (!folder.includes('story')) expect(gzipSync(html).length, folder).toBeLessThan(30_000);
});
