/** The pictures that readers take away: whole, true to the facts, alike on every machine, and drawn as the stage draws. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { load, type CheerioAPI } from 'cheerio';
import { describe, expect, test } from 'vitest';
import type { Box, Chart, Scene } from '#charts/types.ts';
import { CHARTS } from '#charts/registry.ts';
import { needsOf } from '#charts/needs.ts';
import { factOf } from '#evidence/facts.ts';
import { textOf } from '#evidence/prose.ts';
import type { Data } from '#evidence/schema.ts';
import { describeFact, FORMS } from '#evidence/describeFact.ts';
import { countOf } from '#charts/dotField.ts';
import { MEAN } from '#charts/light.ts';
import { chartViewOf } from '#edition/chartView.ts';
import { parseContent } from '#content/schema.ts';
import { CHARACTERS, FORMATS, pngOf, svgOf, type PictureFormat, type PictureWords } from '#pages/chartImage.ts';
import { withPlainMarks } from '#pages/expandPatterns.ts';
import { COLOURS } from '#styles/tokens.ts';
import { edited, ROOT } from '../fixtures/unit-data.ts';
import { english, project } from '../fixtures/unit-project.ts';
import { boxOfField, chartOf, overlap, sceneOf } from '../fixtures/unit-scenes.ts';

const CSS = readFileSync(join(ROOT, 'src/charts/Picture.css'), 'utf8');

const { data } = project;
const raw = project.contents['en'] ?? fail('no English content');
const fontFiles = ['light', 'regular'].map((weight) => join(ROOT, `src/pages/fonts/newsreader-${weight}.ttf`));
const options = { font: { loadSystemFonts: false, fontFiles } };

function fail(message: string): never {
  throw new Error(message);
}

function wordsOf(id: string): PictureWords {
  const text = english.charts[id] ?? fail(`no words for ${id}`);
  const publishers = Object.values(data.articles).map(({ publisher }) => publisher);
  return { title: text.title, qualifier: textOf(text.caption), source: [...publishers, english.story.title].join(', ') };
}

interface Taken {
  readonly id: string;
  readonly format: PictureFormat;
  readonly svg: string;
  readonly png: Uint8Array;
  readonly $: CheerioAPI;
  /** What the chart laid out for it, and the moment it was asked for. */
  readonly scene: Scene;
  readonly moment: unknown;
}

function take(chart: Chart, format: PictureFormat): Taken {
  const { view } = chartOf(chart.id);
  let [scene, moment]: [Scene | undefined, unknown] = [undefined, undefined];
  const watched: Chart = {
    ...chart,
    layout: (...given) => {
      moment = given[2];
      scene = chart.layout(...given);
      return scene;
    },
  };
  const pictured = { chart: watched, view, step: needsOf(chart).picture };
  const svg = svgOf(pictured, wordsOf(chart.id), format);
  return {
    id: chart.id,
    format,
    svg,
    png: pngOf(pictured, wordsOf(chart.id), format),
    $: load(svg, { xml: true }),
    scene: scene ?? fail('no scene'),
    moment,
  };
}

const pictures = Object.values(CHARTS).flatMap((chart) => FORMATS.map((format) => take(chart, format)));
const views = (format: PictureFormat) => pictures.find((picture) => picture.id === 'views' && picture.format === format) ?? fail('no views');

/** The texts of a picture, each in one line. */
function textsOf($: CheerioAPI): string[] {
  return $('text')
    .toArray()
    .map((text) =>
      $('tspan', text)
        .toArray()
        .map((line) => $(line).text())
        .join(' '),
    );
}

/** The pixels of a PNG as red, green, blue, alpha; resvg reads PNG as well. */
function pixelsOf(png: Uint8Array): { readonly width: number; readonly height: number; readonly bytes: Uint8Array } {
  const header = new DataView(png.buffer, png.byteOffset);
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${Buffer.from(png).toString('base64')}"/></svg>`;
  return { width, height, bytes: new Resvg(svg).render().pixels };
}

/** Its pixels by colour, as one number each. */
function coloursOf(png: Uint8Array): Map<number, number> {
  const { bytes } = pixelsOf(png);
  const counts = new Map<number, number>();
  for (const colour of new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return counts;
}

/** What of a picture's ink a renderer measures for some of its elements, in pixels of the picture. */
function inkOf($: CheerioAPI, elements: string): Box {
  const root = $('svg').first();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="${root.attr('height')}"><style>${$('style')
    .text()
    .replaceAll(/@font-face\{[^}]*\}/g, '')}</style>${elements}</svg>`;
  return new Resvg(svg, options).getBBox() ?? fail(`nothing is drawn of ${elements.slice(0, 99)}`);
}

/** How far the round end of a line that leads to the picture's edge reaches over it, in pixels. */
const LINE_END = 1.5;

/** Words around the chart that cover each other, the chart or the picture's air. */
function collisions({ $, format }: Pick<Taken, '$' | 'format'>): string[] {
  const root = $('svg').first();
  const [width, height] = [Number(root.attr('width')), Number(root.attr('height'))];
  const chart = inkOf($, $.xml(root.children('g').first()));
  const frame = root
    .children('text')
    .toArray()
    .map((text) => ({ name: $(text).text().slice(0, 20), box: inkOf($, $.xml(text)) }));
  const air = { x: 50, y: 40 };
  // A field fills its part of the picture up to the walls; words never do.
  const walls = { x: 0, y: format === 'card' ? -LINE_END : air.y };
  return [
    ...[...frame.map((one) => ({ ...one, least: air })), { name: 'the chart', box: chart, least: walls }].flatMap(({ name, box, least }) =>
      box.x >= least.x && box.y >= least.y && box.x + box.width <= width - least.x && box.y + box.height <= height - least.y
        ? []
        : [`${name} leaves the picture: ${[box.x, box.y, box.width, box.height].join(' ')}`],
    ),
    ...frame.flatMap(({ name, box }, i) => [
      ...(overlap(box, chart) ? [`${name} covers the chart`] : []),
      ...frame.slice(i + 1).flatMap((other) => (overlap(box, other.box) ? [`${name} covers ${other.name}`] : [])),
    ]),
  ];
}

describe.each(pictures)('$id, $format', ({ id, format, svg, png, $, scene, moment }) => {
  const { chart, view } = chartOf(id);
  const root = $('svg').first();

  test('is one XML document of its size that opens alone', () => {
    expect(new Resvg(svg, options).width).toBe(1200);
    expect([root.attr('xmlns'), root.attr('viewBox')]).toEqual(['http://www.w3.org/2000/svg', `0 0 1200 ${root.attr('height')}`]);
    if (format !== 'wide') expect(root.attr('height')).toBe(format === 'card' ? '630' : '1200');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<image|<script|href=/);
    expect(svg.match(/url\((?!#|data:font\/woff2;base64,)/g)).toBeNull();
    expect(svg.match(/@font-face/g)).toHaveLength(2);
    expect($('[aria-hidden]')).toHaveLength(0);
  });

  test('shows the chart at the end of the step that stands for it, with every word of it and around it', () => {
    expect(moment).toEqual({ step: needsOf(chart).picture, progress: 1 });
    expect(chart.steps).toContain(needsOf(chart).picture);
    const { title, qualifier, source } = wordsOf(id);
    // The font has no thin spaces.
    const told = scene.labels.map(({ lines }) => lines.join(' ').replaceAll(/\s/g, ' '));
    expect(textsOf($).map((text) => text.replaceAll(/\s/g, ' '))).toEqual([...told, title, ...(format === 'wide' ? [qualifier] : []), source]);
    expect($('title').text()).toBe(title);
  });

  test('says nothing but the words of the chart, and these have each figure as the fact has it', () => {
    // One word of the chart, or some of them side by side.
    const printed = Object.values(view.words).sort((a, b) => b.length - a.length);
    for (const { lines } of scene.labels) expect(printed.reduce((rest, one) => rest.replace(one, ''), lines.join(' '))).toMatch(/^[ ·]*$/);
    expect(misprinted(id, view.words, data)).toEqual([]);
  });

  test('has air around it, and no words over each other or over the chart', () => {
    expect(collisions({ $, format })).toEqual([]);
  });

  test('has no word wider in Newsreader than the chart made room for', () => {
    const drawn = root.children('g').first().children('text').toArray();
    const wide = drawn.flatMap((text, i) => {
      const [label, ink] = [scene.labels[i] ?? fail('no label'), inkOf($, $.xml(text))];
      // A letter may reach over its own width by a hair.
      return ink.x >= label.box.x - 2 && ink.x + ink.width <= label.box.x + label.box.width + 2 ? [] : [`${label.key}: ${ink.width}`];
    });
    expect(drawn).toHaveLength(scene.labels.length);
    expect(wide).toEqual([]);
  });

  test('is a PNG of the same size that is not blank', () => {
    const { width, height, bytes } = pixelsOf(png);
    expect([width, height]).toEqual([1200, Number(root.attr('height'))]);
    expect([...bytes.subarray(0, 4)]).toEqual([0x0e, 0x12, 0x18, 0xff]);
    expect(coloursOf(png).size).toBeGreaterThan(50);
    // The heaviest holds two hundred thousand lights. Some messengers show no picture of more.
    expect(png.length).toBeLessThan(600_000);
  });

  test('is the same again, byte for byte', () => {
    const pictured = { chart, view, step: needsOf(chart).picture };
    expect(svgOf(pictured, wordsOf(id), format)).toBe(svg);
    expect(Buffer.from(pngOf(pictured, wordsOf(id), format)).equals(png)).toBe(true);
  });
});

/** Words of a chart whose figures are not those of their facts: each token as written, printed anew from its fact. */
function misprinted(id: string, words: Readonly<Record<string, string>>, facts: Data): string[] {
  const written = (raw.charts as Record<string, { words: Record<string, string> }>)[id]?.words ?? {};
  return Object.entries(written).flatMap(([key, text]) => {
    const expected = text.replaceAll(/\{([^}]+)\}/g, (_, token: string) => {
      const [fact = '', ...forms] = token.split('|');
      const asked = FORMS.filter((form) => forms.includes(form));
      return describeFact(factOf(facts, fact), english.language, asked).text ?? fail(`no text of ${fact}`);
    });
    return words[key] === expected ? [] : [`${key}: ${words[key]}, expected ${expected}`];
  });
}

describe('a correction of a fact', () => {
  const corrected = edited(data, 'facts.weibo-views-270m.value', 310_000_000);
  const content = parseContent('en', raw, corrected);
  const figure = describeFact(factOf(corrected, 'weibo-views-270m'), english.language, ['capital']).text;
  const { chart } = chartOf('views');
  const pictured = { chart, view: chartViewOf(chart, corrected, content), step: needsOf(chart).picture };

  test.each(FORMATS)('changes the picture: %s', (format) => {
    expect(textsOf(load(svgOf(pictured, wordsOf('views'), format), { xml: true }))).toContain(figure);
    expect(Buffer.from(pngOf(pictured, wordsOf('views'), format)).equals(views(format).png)).toBe(false);
  });

  test('that does not reach the words is seen', () => {
    expect(misprinted('views', chartOf('views').view.words, corrected)).toHaveLength(1);
  });
});

describe('marks without a pattern', () => {
  const marksIn = (scene: Scene, scale: number, key: string) =>
    withPlainMarks(scene, scale)
      .shapes.filter((shape) => shape.key.startsWith(`${key}-plain`))
      .reduce((sum, { d }) => sum + (d.match(/M/g)?.length ?? 0), 0);

  test.each([
    ['members', 'hundred', 'lights'],
    ['members', 'ten-thousand', 'lights'],
    ['penalties', 'forty-years', 'years'],
    ['penalties', 'forty-years', 'days'],
    ['paths', 'which-law', 'days'],
  ])('%s, %s: as many marks as the field %s holds', (id, step, key) => {
    const scene = sceneOf(id, { width: 900, height: 675 }, step);
    const field = scene.fields.find((one) => one.key === key) ?? fail(`no field ${key}`);
    expect(marksIn(scene, 1, key)).toBe(countOf(field.blocks));
    // Lights seen from farther away than a pixel a light are one tone.
    if (field.mark === 'light') expect(marksIn(scene, 0.5 / field.pitch, key)).toBe(field.blocks.length);
  });

  test('lights too small to be seen leave as much light as they would together', () => {
    const scene = sceneOf('members', { width: 900, height: 675 }, 'others');
    const plain = withPlainMarks(scene, 1).shapes.find(({ key }) => key === 'others-plain-0');
    expect(plain?.opacity).toBeCloseTo(MEAN, 3);
  });

  test('none of a picture is left to a pattern', () => {
    for (const { scene } of pictures) {
      const plain = withPlainMarks(scene, 1);
      expect(plain.fields).toEqual([]);
      expect(plain.shapes.length).toBeGreaterThanOrEqual(scene.shapes.length + scene.fields.length);
    }
  });

  test.each(FORMATS)('the field of views is lit in the PNG, and in the SVG where an engine paints no pattern so fine, as resvg: %s', (format) => {
    const { svg, png, scene } = views(format);
    const colours = [png, new Resvg(svg, options).render().asPng()].map(coloursOf);
    // The tone of most of its pixels, read from the picture itself: the only one that covers so much beside the dark.
    const [, tone] = [...(colours[0] ?? [])].sort(([, one], [, other]) => other - one);
    const scale = { wide: 4 / 3, card: 1.6, square: 2.2 }[format];
    const { width, height } = scene.fields[0] ? boxOfField(scene.fields[0]) : { width: NaN, height: NaN };
    // Each block leaves a twentieth of its side on both sides dark.
    for (const one of colours) expect((one.get(tone?.[0] ?? 0) ?? 0) / (width * height * scale ** 2)).toBeGreaterThan(0.7);
  });
});

/** The declarations of a style sheet for each element, later rules over earlier ones; only what a picture's marks are painted with. */
function painted($: CheerioAPI, sheet: string): Record<string, string>[] {
  const PAINT = /^(color|fill|stroke|stroke-dasharray|stroke-linecap|stroke-opacity|stop-color|stop-opacity|font-weight|letter-spacing)$/;
  const elements = $('svg [class]').toArray();
  const found = new Map<unknown, Record<string, string>>(elements.map((element) => [element, {}]));
  for (const [, selector = '', declarations = ''] of sheet.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/([^{}@]+)\{([^{}]*)\}/g)) {
    const set = declarations.split(';').map((declaration) => declaration.split(':').map((part) => part.trim()));
    for (const element of $(selector.trim()).toArray())
      for (const [property = '', value = ''] of set)
        if (PAINT.test(property)) Object.assign(found.get(element) ?? {}, { [property]: value.replace(/(?<!\d)\./, '0.') });
  }
  // A colour is handed down: an element comes after what it stands in.
  for (const element of elements) {
    const [own, above] = [found.get(element), found.get($(element).parents('[class]').get(0))];
    if (own && above?.['color'] !== undefined) own['color'] ??= above['color'];
  }
  return [...found.values()];
}

describe('paint', () => {
  const tokens = new Map<string, string>(Object.entries(COLOURS.light));
  /** The styles of pictures on a page, with the colours that its custom properties have. */
  const pageStyles = (css: string): string => css.replaceAll(/var\(--([\w-]+)\)/g, (whole, name: string) => tokens.get(name) ?? whole);
  /** Every chart at the end of every step: its elements, and how the picture paints them. */
  const steps = Object.values(CHARTS).flatMap((chart) =>
    chart.steps.map((step) => {
      const $ = load(svgOf({ chart, view: chartOf(chart.id).view, step }, wordsOf(chart.id), 'wide'), { xml: true });
      const own = $('style')
        .text()
        .replaceAll(/@font-face\{[^}]*\}/g, '');
      $('rect.room').remove();
      $('svg').addClass('picture');
      return { name: `${chart.id} ${step}`, $, picture: painted($, own) };
    }),
  );
  /** Marks that a picture paints in another way than the page. */
  const differences = (css: string): string[] => {
    const sheet = pageStyles(css);
    return steps.flatMap(({ name, $, picture }) =>
      painted($, sheet).flatMap((expected, i) => {
        // On the page, words that are no number have the weight of what they stand in.
        const { 'font-weight': weight, ...rest } = picture[i] ?? {};
        const found = weight === undefined || weight === '400' ? rest : { ...rest, 'font-weight': weight };
        const [one, other] = [expected, found].map((paint) => JSON.stringify(Object.entries(paint).sort()));
        return one === other ? [] : [`${name}: ${one} on the page, ${other} in the picture`];
      }),
    );
  };

  test('is that of the page', () => {
    expect(differences(CSS)).toEqual([]);
  });

  test.each([
    ['a colour', 'var(--others)', 'var(--quiet)'],
    ['dashes', 'stroke-dasharray: 4 5', 'stroke-dasharray: 4 6'],
    ['a number', 'font-weight: 300', 'font-weight: 200'],
  ])('that differs in %s is seen', (_, from, to) => {
    expect(CSS.split(from)).toHaveLength(2);
    expect(differences(CSS.replace(from, to)).length).toBeGreaterThan(0);
  });
});

describe('each check sees what it is for', () => {
  const { chart, view } = chartOf('members');
  const pictured = { chart, view, step: needsOf(chart).picture };
  const words = wordsOf('members');
  const wide = () => load(svgOf(pictured, words, 'wide'), { xml: true });

  test('a broken document', () => {
    expect(() => new Resvg(svgOf(pictured, words, 'wide').replace('</title>', ''), options)).toThrow();
  });

  test('a title that slips onto the chart, and a foot that slips out of the picture', () => {
    const $ = wide();
    $('svg > text').first().attr('transform', 'translate(0 150)');
    $('svg > text').last().attr('transform', 'translate(0 90)');
    expect(collisions({ $, format: 'wide' })).toEqual([expect.stringContaining('leaves the picture'), expect.stringContaining('covers the chart')]);
  });

  test('words that are marked up in XML are words', () => {
    const marked = { ...words, title: 'Men & women, 1 < 2' };
    const $ = load(svgOf(pictured, marked, 'card'), { xml: true });
    expect([$('title').text(), textsOf($).at(-2)]).toEqual([marked.title, marked.title]);
    expect(pngOf(pictured, marked, 'card').length).toBeGreaterThan(0);
  });

  test('a card too small for its words stops the build, and a wide picture grows with them', () => {
    const long = { ...words, source: Array(5).fill(words.source).join(' ') };
    expect(() => svgOf(pictured, long, 'card')).toThrow('the card of the chart members has no room for its words');
    const $ = load(svgOf(pictured, long, 'wide'), { xml: true });
    expect(Number($('svg').attr('height'))).toBeGreaterThan(Number(wide()('svg').attr('height')));
    expect(collisions({ $, format: 'wide' })).toEqual([]);
  });

  test('a thin space becomes one that the font has', () => {
    const { title, ...rest } = words;
    expect(textsOf(load(svgOf(pictured, { ...rest, title: `20\u2009–\u200927 July, ${title}` }, 'wide'), { xml: true }))).toContain(
      `20\u00a0–\u00a027 July, ${title}`,
    );
  });

  test('a character that the font lacks stops the build: it would be left out without a sound', () => {
    expect(() => svgOf(pictured, { ...words, source: 'Source: 新京报' }, 'wide')).toThrow('the font of the pictures has no "新"');
    for (const file of fontFiles) {
      const known = charactersOf(readFileSync(file));
      const accepted = Array.from({ length: 0x10000 }, (_, code) => code).filter((code) => CHARACTERS.test(String.fromCharCode(code)));
      expect(accepted.filter((code) => !known.has(code))).toEqual([]);
      expect(accepted.length).toBeGreaterThan(200);
    }
  });
});

/** The code points that a TrueType font has a glyph for: its `cmap` in format 4 (OpenType 1.9, cmap). */
function charactersOf(font: Buffer): Set<number> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i);
  const cmap = font.readUInt32BE((tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap') ?? fail('no cmap')) + 8);
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, i) => cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4));
  const at = subtables.find((start) => font.readUInt16BE(start) === 4) ?? fail('no cmap in format 4');
  const segments = font.readUInt16BE(at + 6) / 2;
  return new Set(
    Array.from({ length: segments }, (_, i) => {
      const [end, start] = [font.readUInt16BE(at + 14 + 2 * i), font.readUInt16BE(at + 16 + 2 * (segments + i))];
      return Array.from({ length: end - start + 1 }, (_, offset) => start + offset);
    }).flat(),
  );
}
