/** The page for publishers: what it prints is what the site holds, in every way and for every embed. */
import { load } from 'cheerio';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { EVENTS, printed, shownOf, embedCodeOf, termsCode, EMBED_KINDS, type Choice, type Markup, type Offered } from '#embed/embedCode.ts';
import { EMBEDS } from '#edition/address.ts';
import { site } from '#build/site.ts';
import { CHARTS } from '#charts/registry.ts';
import { linkedPicture } from '#pages/pictures.ts';
import { english, project } from '../fixtures/unit-project.ts';

const ORIGIN = 'https://room.example/stories/';
const LOADER = 'window.loader = "<&>";';
const client = { files: new Map([['licences.txt', 'x']]), scripts: {}, frame: '1', loader: LOADER };
const files = site(project.data, project.contents, client, { origin: ORIGIN });
const relative = site(project.data, project.contents, client, { origin: null, pictures: false });

const pageIn = (from: ReadonlyMap<string, string | Uint8Array>, path = 'publishers/index.html') => load(String(from.get(path)));
const offeredBy = (from: ReadonlyMap<string, string | Uint8Array>) => JSON.parse(pageIn(from)('.choices').attr('data-offered') ?? '') as Offered;
const offered = offeredBy(files);
const [offer] = offered.offers;
if (!offer) throw new Error('nothing is offered');
const choices: Choice[] = offer.embeds.map((embed) => ({ root: offered.root, offer, embed, theme: 'dark' }));

/** Every address in some markup. */
function addressesIn(markup: readonly Markup[]): string[] {
  return markup.flatMap((one) =>
    typeof one === 'string'
      ? []
      : [...['src', 'href'].flatMap((name) => (one.attributes[name] ? [String(one.attributes[name])] : [])), ...addressesIn(one.children)],
  );
}

/** Whether an address below ORIGIN is a file of the site, and its hash a place in it. */
function leadsSomewhere(address: string): boolean {
  const { pathname, hash, search } = new URL(address);
  const path = pathname.replace(/^\/stories\//, '');
  const file = String(files.get(path) ?? files.get(`${path}index.html`) ?? '');
  const place = /^#[a-z]/.test(hash) ? file.includes(`id="${hash.slice(1)}"`) : true;
  return address.startsWith(ORIGIN) && file !== '' && place && (search === '' || search === '?theme=dark');
}

test('the story and every chart are offered', () => {
  expect(offer.embeds.map(({ id }) => id)).toEqual(EMBEDS);
  expect(
    pageIn(files)('[name="embed"] option')
      .toArray()
      .map((one) => pageIn(files)(one).attr('value')),
  ).toEqual(EMBEDS);
  for (const { id, title, summary, picture } of offer.embeds) {
    expect(title.length, id).toBeGreaterThan(5);
    expect(summary.length, id).toBeGreaterThan(20);
    expect(picture.alt.length, id).toBeGreaterThan(20);
  }
});

test('the size of a picture is its own', () => {
  for (const { picture } of offer.embeds) {
    const png = files.get(`charts/${picture.chart}.png`);
    const header = new DataView((png as Uint8Array).buffer, (png as Uint8Array).byteOffset);
    expect([header.getUint32(16), header.getUint32(20)]).toEqual([picture.width, picture.height]);
  }
});

test('each picture beside a link is made, and its words say what it shows', () => {
  for (const chart of [null, ...Object.values(CHARTS)]) {
    const { card, square, alt } = linkedPicture(chart, english, '');
    expect([card, square].filter((path) => !files.has(path))).toEqual([]);
    expect(alt.length).toBeGreaterThan(40);
  }
});

describe.each(EMBED_KINDS)('%s', (way) => {
  test('leads to files that the site holds, by whole addresses', () => {
    for (const choice of choices) {
      const snippet = embedCodeOf(way, choice);
      const found = [...addressesIn(snippet), ...snippet.filter((one) => typeof one === 'string')];
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter((address) => !leadsSomewhere(address))).toEqual([]);
      expect(
        addressesIn(shownOf(way, choice))
          .map((address) => address.replace(/#(amp=1|\?secret=preview)$/, ''))
          .filter((one) => !leadsSomewhere(one)),
      ).toEqual([]);
    }
  });

  test('is read by a browser as it was meant', () => {
    for (const choice of choices) {
      const text = printed(embedCodeOf(way, choice));
      const $ = load(text, null, false);
      const shown = (children: readonly Markup[]) => children.filter((one) => typeof one !== 'string' || one.trim() !== '');
      const read = (one: Markup): unknown => (typeof one === 'string' ? one : [one.name, one.attributes, shown(one.children).map(read)]);
      const found = (node: ReturnType<typeof $>[number]): unknown => {
        // A line of the code ends after a <br>: no reader sees that.
        if ('data' in node) return node.data.replace(/^\n/, '');
        if (!('attribs' in node)) return undefined;
        const children = node.children.filter((child) => !('data' in child) || child.data.trim() !== '');
        return [node.name, node.attribs, children.map((child) => found(child as ReturnType<typeof $>[number]))];
      };
      const wanted = JSON.parse(JSON.stringify(embedCodeOf(way, choice).map(read)).replaceAll(':true', ':""')) as unknown;
      const nodes = $.root()
        .contents()
        .toArray()
        .filter((node) => !('data' in node) || String(node.data).trim() !== '');
      expect(nodes.map((node) => found(node as ReturnType<typeof $>[number]))).toEqual(wanted);
    }
  });

  test('stands in the page before any script, for the story', () => {
    const [first] = choices;
    if (!first) throw new Error('nothing to choose');
    const code = pageIn(files)(`[data-way-in="${way}"] code`).text();
    expect(code).toBe(printed(embedCodeOf(way, { ...first, theme: 'auto' })));
    expect(code).toContain(ORIGIN);
  });
});

/** Every element in some markup. */
const elementsIn = (markup: readonly Markup[]): Exclude<Markup, string>[] =>
  markup.flatMap((one) => (typeof one === 'string' ? [] : [one, ...elementsIn(one.children)]));

describe.each(['script', 'ghost', 'frame', 'picture'] as const)('%s, in a page whose styles and filters nobody here knows', (way) => {
  const snippets = choices.map((choice) => embedCodeOf(way, choice));

  test('is one block, which any layout gives a column', () => {
    for (const snippet of snippets) {
      expect(snippet).toHaveLength(1);
      expect(printed(snippet)).toMatch(/^<div>/);
    }
  });

  test('has no line that a paragraph filter could break', () => {
    for (const snippet of snippets) expect(printed(snippet).replaceAll('<br>\n', '')).not.toContain('\n');
  });

  test('keeps its pictures in their column and shape, with styles that WordPress lets every author use', () => {
    const pictures = snippets.flatMap(elementsIn).filter(({ name }) => name === 'img');
    expect(pictures).toHaveLength(way === 'frame' ? 0 : snippets.length);
    for (const { attributes } of pictures) expect(attributes['style']).toBe('max-width:100%;height:auto;object-fit:contain');
  });
});

test('what stands in for the frame may stand in a paragraph: a heading or paragraph in it would end that, and the element', () => {
  for (const choice of choices) {
    const room = elementsIn(embedCodeOf('script', choice)).find(({ name }) => name === 'size-of-the-room');
    expect(elementsIn(room?.children ?? []).filter(({ name }) => !['strong', 'br', 'img', 'a'].includes(name))).toEqual([]);
    expect(load(printed(room?.children ?? [])).text()).toContain(choice.embed.summary);
    // The loader names the frame by the first of these.
    expect(load(`<p>${printed(room ? [room] : [])}</p>`)('size-of-the-room strong').text()).toBe(choice.embed.title);
  }
});

test('a frame that no theme’s rule may make lower can still be made taller by its attribute', () => {
  for (const choice of choices) {
    const [frame] = elementsIn(embedCodeOf('frame', choice)).filter(({ name }) => name === 'iframe');
    expect(frame?.attributes['style']).toMatch(/min-height:720px/);
    expect(frame?.attributes['style']).not.toMatch(/(^|;)height:/);
  }
});

test('no code that a publisher copies is translated by a browser', () => {
  const $ = pageIn(files);
  const code = $('code').toArray();
  expect(code.length).toBeGreaterThan(10);
  expect(code.filter((one) => $(one).closest('[translate="no"]').length === 0)).toEqual([]);
});

test('the page around the preview has no style of an element, which its policy would stop', () => {
  expect(pageIn(files, 'publishers/host/index.html')('[style]')).toHaveLength(0);
});

test('words that are markup stay words', () => {
  const [first] = choices;
  if (!first) throw new Error('nothing to choose');
  const embed = { ...first.embed, title: '"><script>alert(1)</script>&amp;' };
  for (const way of EMBED_KINDS) {
    const $ = load(printed(embedCodeOf(way, { ...first, embed })), null, false);
    expect($('script').not('[src]')).toHaveLength(0);
    if (way === 'frame') expect($('iframe').attr('title')).toBe(embed.title);
  }
});

test('frames have no more rights than they need', () => {
  for (const choice of choices)
    for (const way of EMBED_KINDS)
      for (const markup of [...embedCodeOf(way, choice), ...shownOf(way, choice)]) {
        if (typeof markup === 'string' || !markup.name.includes('iframe')) continue;
        expect(markup.attributes['sandbox']).toMatch(/^allow-scripts( allow-popups( allow-popups-to-escape-sandbox)?)?$/);
        expect(markup.attributes['title']).toBe(choice.embed.title);
      }
});

test('the script that never changes is printed with the hash of the file that stands there', () => {
  const code = load(termsCode.versions(offered))('script');
  const path = (code.attr('src') ?? '').replace(ORIGIN, '');
  expect(path).toMatch(/^embed\/v1-[0-9a-f]{12}\.js$/);
  expect(code.attr('integrity')).toBe(
    `sha384-${createHash('sha384')
      .update(String(files.get(path)))
      .digest('base64')}`,
  );
  expect(code.attr('crossorigin')).toBe('anonymous');
  expect(pageIn(files)('#versions code').text()).toBe(termsCode.versions(offered));
});

test('the terms name every source, every event and the way to a copy of one’s own', () => {
  const $ = pageIn(files);
  expect($('#policy code').text()).toBe(`script-src ${ORIGIN};\nframe-src ${ORIGIN};\nimg-src ${ORIGIN};`);
  for (const event of EVENTS) expect($('#events').text()).toContain(event);
  expect($('#own-host code').text()).toContain('npm run bundle');
  expect($('#licence a').attr('href')).toBe('../licences.txt');
});

test('a copy that knows its address says nothing of it; one that does not gives ways and a warning', () => {
  expect(pageIn(files)('.unaddressed')).toHaveLength(0);
  expect(pageIn(relative)('.unaddressed').text()).toContain('SITE_ORIGIN');
  expect(offeredBy(relative).root).toBe('../');
  expect((JSON.parse(pageIn(relative, 'en/publishers/index.html')('.choices').attr('data-offered') ?? '') as Offered).root).toBe('../../');
});

test('frames of this site are allowed where they are shown, and nowhere else', () => {
  const withFrames = [...files].filter(([path, page]) => path.endsWith('.html') && String(page).includes('frame-src')).map(([path]) => path);
  expect(withFrames.sort()).toEqual(['en/publishers/host/index.html', 'en/publishers/index.html', 'publishers/host/index.html', 'publishers/index.html']);
  for (const path of withFrames) {
    const policy = pageIn(files, path)('meta[http-equiv="Content-Security-Policy"]').attr('content');
    expect(policy).toMatch(/default-src 'none';.*frame-src 'self';/);
    expect(policy).not.toContain('unsafe');
  }
});

test('the page around the preview holds the story, is not indexed, and runs the loader alone', () => {
  const $ = pageIn(files, 'publishers/host/index.html');
  expect($('meta[name="robots"]').attr('content')).toBe('noindex');
  expect($('script')).toHaveLength(1);
  expect($('script').attr('src')).toBe('../../embed/v1.js');
  expect($('size-of-the-room').attr('chart')).toBe('story');
  expect($('size-of-the-room img').attr('src')).toMatch(/^\.\.\/\.\.\/charts\//);
  expect(String(files.get('sitemap.xml'))).not.toContain('/host/');
});
