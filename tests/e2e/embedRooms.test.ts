/** Pages that scroll, zoom, filter and move what is put into them in ways of their own: the embed stays whole, named and reachable. */
import { STEPS } from './story.ts';
import { article, contentOf, drawn, expect, frameOf, modeIn, plainFrame, shownIn, test, type Frame, type Page, type Publisher } from './publisher.ts';

const MEMBERS = STEPS.filter(({ chart }) => chart === 'members').map(({ id }) => id);
const STAND_IN = '<h2>How large the groups were</h2><p>A summary.</p><p><a href="/story">The story</a></p>';
const script = (publisher: Publisher, more = 'defer') => `<script src="${publisher.embeds}embed/v1.js" ${more}></script>`;
const room = (publisher: Publisher, inner = STAND_IN) => `<size-of-the-room chart="members">${inner}</size-of-the-room>${script(publisher)}`;

async function pinned(page: Page): Promise<Frame> {
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  const frame = await frameOf(page);
  await expect.poll(() => modeIn(frame)).toBe('pinned');
  return frame;
}

/** Whether the foot of the frame's content, where its last link is, can be brought into the reader's view. */
async function reachesItsEnd(page: Page, frame: Frame): Promise<boolean> {
  await page.evaluate(() => document.querySelector('size-of-the-room, iframe')?.scrollIntoView({ block: 'end' }));
  await drawn(page, 20);
  const foot = await frame.locator('.embed-foot').boundingBox();
  const { height } = page.viewportSize() ?? { height: 0 };
  return foot !== null && foot.y >= -1 && foot.y + foot.height <= height + 1;
}

test.describe('a page that is magnified', () => {
  for (const zoom of [0.8, 1.25])
    for (const [where, css] of [
      ['as a whole', `body{zoom:${zoom}}`],
      ['around the embed', `#place{zoom:${zoom}}`],
    ] as const)
      test(`by ${zoom} ${where}: the story is pinned, follows, and is reached to its end`, async ({ page, publisher }) => {
        await page.goto(publisher.put(article(room(publisher), `<style>${css}</style>`)));
        const frame = await pinned(page);
        await page.evaluate(() => scrollBy({ top: 2_000, behavior: 'instant' }));
        await drawn(page, 20);
        const { top = NaN, width = NaN } = await page.evaluate(() => {
          const box = document.querySelector('size-of-the-room')?.getBoundingClientRect();
          return { top: box?.top, width: box?.width };
        });
        expect(await frame.evaluate(() => innerHeight)).toBe(page.viewportSize()?.height);
        expect(width).toBeLessThanOrEqual(640 * Math.max(1, zoom) + 1);
        expect(Math.abs((await frame.evaluate(() => scrollY)) + top)).toBeLessThanOrEqual(2);
        expect(await reachesItsEnd(page, frame)).toBe(true);
      });
});

test.describe('a page that scrolls in a box of its own', () => {
  for (const [name, html, scroller] of [
    ['the body', '<style>html{height:100%;overflow:hidden}body{height:100%;overflow:auto;margin:0}</style>', 'body'],
    ['an inner box', '<style>html,body{height:100%;margin:0;max-width:none}#place{height:100vh;overflow:auto}</style>', '#place'],
  ] as const)
    test(`${name}: the frame is pinned in it, the steps follow, and focus and links are brought into view`, async ({ page, publisher }) => {
      const filler = '<p>Words of the publisher.</p>'.repeat(40);
      await page.goto(publisher.put(article(`${filler}${room(publisher)}${filler}`, html)));
      await page.evaluate(() => document.querySelector('size-of-the-room')?.scrollIntoView());
      const frame = await frameOf(page);
      await expect.poll(() => modeIn(frame)).toBe('pinned');
      await expect.poll(() => shownIn(frame)).toBe(MEMBERS[0]);
      await page.evaluate((selector) => document.querySelector(selector)?.scrollBy({ top: 2_400, behavior: 'instant' }), scroller);
      await drawn(page, 20);
      expect(MEMBERS.indexOf((await shownIn(frame)) ?? '')).toBeGreaterThan(1);
      await frame.locator('.numbers summary').focus();
      await drawn(page, 20);
      await expect(frame.locator('.numbers summary')).toBeInViewport();
      const apart = await page.evaluate(() => document.querySelector('size-of-the-room')?.getBoundingClientRect().top ?? NaN);
      expect(Math.abs((await frame.evaluate(() => scrollY)) + apart)).toBeLessThanOrEqual(2);
      expect(await reachesItsEnd(page, frame)).toBe(true);
    });
});

test.describe('a page that changes the code', () => {
  const code = '<size-of-the-room chart="members" lang="en">';
  const link = (publisher: Publisher) => `<a href="${publisher.embeds}#one">Read the whole story</a>`;
  const CASES: Readonly<Record<string, (publisher: Publisher) => string>> = {
    'a paragraph around each line': (publisher) =>
      `<p>${code}</p><h2>Title</h2><p>A summary.</p><p></size-of-the-room><br>${script(publisher)}</p><p>Words of the publisher.</p>`,
    'a paragraph around the element': (publisher) =>
      `<p>${code}</p><h2>Title</h2><p>A summary.</p><p>${link(publisher)}</p></size-of-the-room></p>${script(publisher)}`,
    'the element closed too early': (publisher) => `${code}</size-of-the-room><h2>Title</h2><p>A summary.</p><p>${link(publisher)}</p>${script(publisher)}`,
    'the script in the head, without defer': () => `${code}<h2>Title</h2><p>A summary.</p></size-of-the-room>`,
  };
  for (const [name, inner] of Object.entries(CASES))
    test(`${name}: the frame has a name, and its stand-in is not beside it`, async ({ page, publisher }) => {
      await page.goto(publisher.put(article(inner(publisher), name.includes('head') ? script(publisher, '') : '')));
      await pinned(page);
      await drawn(page, 6);
      await expect(page.getByText('A summary.')).toBeHidden();
      await expect(page.getByText('Words of the publisher.').first()).toBeVisible();
      const isNamed = await page.locator('size-of-the-room').evaluate((element) => element.textContent?.includes('Title'));
      expect(isNamed).toBe(true);
      expect(
        await page
          .frames()[1]
          ?.frameElement()
          .then((frame) => frame.getAttribute('title')),
      ).toBe('Title');
    });

  test('an element with nothing in it: the frame says what it is called', async ({ page, publisher }) => {
    await page.goto(publisher.put(article(`${code}</size-of-the-room>${script(publisher)}`)));
    const frame = await pinned(page);
    await expect
      .poll(() =>
        page
          .frames()[1]
          ?.frameElement()
          .then((element) => element.getAttribute('title')),
      )
      .toBe(await frame.title());
  });

  test('an element that is moved by moveBefore keeps its frame', async ({ page, publisher }) => {
    await page.goto(publisher.put(article(`${room(publisher)}<section id="to"></section>`)));
    const frame = await pinned(page);
    await frame.evaluate(() => (document.title = 'the same frame'));
    await page.evaluate(() => {
      const [element, to] = [document.querySelector('size-of-the-room'), document.getElementById('to')];
      const move: unknown = to && Reflect.get(to, 'moveBefore');
      if (element && typeof move === 'function') Reflect.apply(move, to, [element, null]);
    });
    await drawn(page, 12);
    expect(await page.frames()[1]?.title()).toBe('the same frame');
  });
});

test.describe('a frame that is lower than it need be, or higher', () => {
  for (const height of [150, 210, 290])
    test(`${height} px: title, a line of words, and the link, whole`, async ({ page, publisher }) => {
      for (const embed of ['story', 'members'])
        for (const width of [320, 600]) {
          await page.goto(publisher.put(article(`<div style="width:${width}px">${plainFrame(`${publisher.embeds}embed/${embed}/`, height)}</div>`)));
          const frame = await frameOf(page);
          await expect.poll(() => modeIn(frame)).toBe('teaser');
          const seen = await frame.evaluate(() =>
            ['h1, h2', '.dek, .opening p', '.embed-foot a'].map((selector) => {
              const one = [...document.querySelectorAll<HTMLElement>(selector)].find((found) => found.checkVisibility());
              const box = one?.getBoundingClientRect();
              return box && box.height > 12 && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth ? box.top : NaN;
            }),
          );
          expect(
            seen.every((top, i) => top > (seen[i - 1] ?? -1)),
            `${embed} ${width}: ${seen.join(' ')}`,
          ).toBe(true);
          expect(await frame.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height);
        }
    });

  for (const height of [1_000, 1_600, 3_000])
    test(`${height} px on a phone: the pager and all its controls stand within what the reader sees`, async ({ page, publisher }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(publisher.put(article(plainFrame(`${publisher.embeds}embed/story/`, height))));
      const frame = await frameOf(page);
      await expect.poll(() => modeIn(frame)).toBe('pager');
      const top = await page.evaluate(() => (document.querySelector('iframe')?.getBoundingClientRect().top ?? 0) + scrollY);
      for (const share of [0, 0.3, 0.6, 1]) {
        await page.evaluate((to) => scrollTo({ top: to, behavior: 'instant' }), top + share * (height - 844));
        await drawn(page, 20);
        const controls = await frame.locator('.turns').boundingBox();
        expect(controls && controls.y >= -1 && controls.y + controls.height <= 845, `${share}: ${controls?.y}`).toBe(true);
      }
      const before = await frame.evaluate(() => document.querySelector<HTMLElement>('.passage[data-here]')?.dataset['here']);
      await frame.locator('[data-go="1"]').click();
      await expect.poll(() => frame.evaluate(() => document.querySelector<HTMLElement>('.passage[data-here]')?.dataset['here'])).not.toBe(before);
    });
});

test.describe('a page that is printed', () => {
  test('the stand-in is printed with its picture and its address, and no blank pages', async ({ page, publisher }) => {
    const picture = `<img src="${publisher.embeds}charts/members.png" alt="" width="1200" height="908" loading="lazy">`;
    await page.goto(publisher.put(article(room(publisher, `<h2>Title</h2><p>A summary.</p>${picture}<p><a href="${publisher.embeds}#one">The story</a></p>`))));
    await pinned(page);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    const image = page.locator('size-of-the-room img');
    await expect(image).toBeVisible();
    await expect.poll(() => image.evaluate((one) => one instanceof HTMLImageElement && one.complete && one.naturalWidth)).toBe(1200);
    expect(await page.evaluate(() => document.querySelector('size-of-the-room')?.getBoundingClientRect().height)).toBeLessThan(2_000);
    const { extractText, getDocumentProxy } = await import('unpdf');
    const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(await page.pdf())), { mergePages: true });
    expect(text).toContain('A summary.');
    expect(text.replaceAll(/\s/g, '')).toContain(`${publisher.embeds}#one`);
    expect(totalPages).toBeLessThanOrEqual(8);
  });

  test('a tall frame in it has its pictures', async ({ page, publisher }) => {
    await page.goto(publisher.put(article(plainFrame(`${publisher.embeds}embed/members/`, 5_200))));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const frame = await frameOf(page);
    await expect.poll(() => modeIn(frame)).toBe('tall');
    await page.emulateMedia({ media: 'print' });
    await expect
      .poll(() =>
        frame.evaluate(() => [...document.querySelectorAll('.stage svg, .step-picture svg')].filter((one) => one.getBoundingClientRect().height > 100).length),
      )
      .toBeGreaterThan(0);
  });
});

test('in WordPress’s sandbox a figure opens its card, and links that lead elsewhere say where', async ({ page, publisher }) => {
  await page.addInitScript(() => {
    addEventListener('message', ({ data }: MessageEvent<{ message?: string } | null>) => {
      if (data?.message === 'link') document.title = 'left';
    });
  });
  await page.goto(publisher.put(article(plainFrame(`${publisher.embeds}embed/members/#?secret=abcdefghij`, 720))));
  await page.evaluate(() => document.querySelector('iframe')?.scrollIntoView());
  const frame = await frameOf(page);
  await expect.poll(() => modeIn(frame)).toBe('pager');
  await frame.locator('.opening .source').first().click();
  await expect(frame.locator('#card')).toContainText('Southern Daily');
  const title = await page.title();
  expect(title).not.toBe('left');
  const links = frame.locator('#card a[href^="http"]');
  expect(await links.count()).toBeGreaterThan(0);
  for (const link of await links.all())
    expect(await link.evaluate((one) => getComputedStyle(one, '::after').content), 'the link says its address').toContain(await link.getAttribute('href'));
  expect(await contentOf(frame)).toBeGreaterThan(0);
});
