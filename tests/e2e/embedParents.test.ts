/** Frames under our own loader, and under a host that pins them as the Guardian does. */
import { STEPS } from './story.ts';
import { article, contentOf, drawn, expect, frameOf, modeIn, noteSteps, roll, shownIn, test, type Frame, type Page, type Publisher } from './publisher.ts';

const MEMBERS = STEPS.filter(({ chart }) => chart === 'members').map(({ id }) => id);

const room = (publisher: Publisher, attributes = 'chart="members"', fallback = '<p><b>How large the groups were</b> <a href="/story">The story</a></p>') =>
  `<size-of-the-room ${attributes}>${fallback}</size-of-the-room><script src="${publisher.embeds}embed/v1.js" defer></script>`;

/** How far apart host and frame are: the frame's own scroll, and the host's scroll within its box. */
async function apart(page: Page, embed: Frame): Promise<number> {
  const place = await page.evaluate(() => {
    const box = document.querySelector('size-of-the-room')?.getBoundingClientRect();
    return box ? Math.min(Math.max(0, -box.top), box.height - innerHeight) : NaN;
  });
  return Math.abs(place - (await embed.evaluate(() => scrollY)));
}

test.describe('pinned by the loader', () => {
  test('every step comes once in each direction, host and frame within a pixel', async ({ page, publisher }) => {
    await page.goto(publisher.put(article(room(publisher))));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed)).toBe('pinned');
    await expect.poll(() => shownIn(embed)).toBe(MEMBERS[0]);
    await embed.evaluate(noteSteps);
    await page.mouse.move(320, 400);
    for (let i = 0; i < 12; i += 1) {
      await page.mouse.wheel(0, 300);
      await drawn(page, 8);
      await expect.poll(() => apart(page, embed)).toBeLessThanOrEqual(1);
    }
    await roll(page, 40, 60);
    await expect.poll(() => shownIn(embed)).toBe(MEMBERS.at(-1));
    await roll(page, -40, 170);
    await expect.poll(() => shownIn(embed)).toBe(MEMBERS[0]);
    expect(await embed.evaluate(() => window.seenSteps)).toEqual([...MEMBERS, ...MEMBERS.toReversed().slice(1)]);
  });

  test('Tab, Shift+Tab, Page Down and End keep the focus in view, host and frame together', async ({ page, publisher }) => {
    await page.goto(publisher.put(article(room(publisher, 'chart="story"'))));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed)).toBe('pinned');
    const focused = () =>
      embed.evaluate(() => {
        const box = document.activeElement?.getBoundingClientRect();
        return box && document.activeElement !== document.body ? box.top >= -1 && box.bottom <= innerHeight + 1 : undefined;
      });
    await embed.locator('.cover a').first().focus();
    for (const key of [...Array<string>(8).fill('Tab'), ...Array<string>(3).fill('Shift+Tab')]) {
      await page.keyboard.press(key);
      // The host scrolls a moment after the frame moved its focus: until then the two stand together where they stood.
      await expect.poll(focused, `${key}: the focus is in view`).toBe(true);
      await expect.poll(() => apart(page, embed), key).toBeLessThanOrEqual(1);
      expect(await focused(), `${key}: the focus stays in view`).toBe(true);
      expect(await page.evaluate(() => document.querySelector('size-of-the-room')?.getBoundingClientRect().top ?? 1)).toBeLessThanOrEqual(0);
    }
    for (const key of ['PageDown', 'PageUp', 'End']) {
      await page.keyboard.press(key);
      await drawn(page, 30);
      await expect.poll(() => apart(page, embed), key).toBeLessThanOrEqual(1);
    }
  });

  test('a link within the frame goes there, and the reader’s history stays as it was', async ({ page, publisher }) => {
    await page.goto(publisher.put(article(room(publisher, 'chart="story"'))));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed)).toBe('pinned');
    const entries = await page.evaluate(() => history.length);
    await embed.locator('.cover .note a').click();
    await expect.poll(() => embed.evaluate(() => document.getElementById('help')?.getBoundingClientRect().top ?? -1)).toBeGreaterThanOrEqual(0);
    await expect.poll(() => apart(page, embed)).toBeLessThanOrEqual(1);
    await expect(embed.locator('#help')).toBeInViewport();
    expect(await page.evaluate(() => history.length)).toBe(entries);
  });

  test('attributes change live, and the page is told what the reader does', async ({ page, publisher }) => {
    const script = `<script>window.told=[];for(const name of ['ready','step'])document.addEventListener(name,e=>told.push(name),true);document.querySelector('size-of-the-room').addEventListener('ready',e=>told.push('ready'));document.querySelector('size-of-the-room').addEventListener('step',e=>told.push(e.detail.id))</script>`;
    await page.goto(publisher.put(article(room(publisher) + script)));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed)).toBe('pinned');
    await page.evaluate(() => document.querySelector('size-of-the-room')?.setAttribute('theme', 'dark'));
    await expect.poll(() => embed.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(20, 24, 31)');
    await roll(page, 40, 60);
    const told = () => page.evaluate(() => (window as Window & { told?: string[] }).told ?? []);
    expect(await told()).toContain('ready');
    // A page under load may scroll past a step between two frames; the last one that was told is the one that is shown.
    await expect.poll(async () => (await told()).at(-1)).toBe(await shownIn(embed));
    expect(MEMBERS.slice(1)).toContain((await told()).at(-1));
    await page.evaluate(() => document.querySelector('size-of-the-room')?.setAttribute('chart', 'views'));
    await expect.poll(() => page.frames().some((one) => one.url().includes('embed/views/'))).toBe(true);
    expect(page.frames()).toHaveLength(2);
    const entries = await page.evaluate(() => history.length);
    await page.evaluate(() => document.querySelector('size-of-the-room')?.setAttribute('lang', 'en'));
    await expect.poll(() => page.frames().some((one) => one.url().includes('/en/embed/views/'))).toBe(true);
    expect(await page.evaluate(() => history.length)).toBe(entries);
  });

  test('a figure opens its evidence in the frame, and the page is told which', async ({ page, publisher }) => {
    const script = `<script>window.told=[];document.querySelector('size-of-the-room').addEventListener('figure-open',e=>told.push(e.detail.id))</script>`;
    await page.goto(publisher.put(article(room(publisher) + script)));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed)).toBe('pinned');
    await embed.locator('.opening .source').first().click();
    await expect(embed.locator('#card')).toContainText('Southern Daily');
    await expect.poll(() => page.evaluate(() => (window as Window & { told?: string[] }).told)).toEqual(['maskpark-users']);
    expect(page.context().pages()).toHaveLength(1);
  });

  test('what the reader’s search finds comes into view, host and frame together', async ({ page, publisher }) => {
    await page.goto(publisher.put(article(room(publisher, 'chart="story"'))));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed)).toBe('pinned');
    for (const id of [STEPS.at(-2)?.id, STEPS[4]?.id]) {
      const words = await embed.evaluate((step) => document.querySelector(`[id="${step}"] h3`)?.textContent ?? '', id);
      // The browser's own find is not scripted; this is what it does to the page.
      const found = await embed.evaluate(
        (text) => (window as Window & { find?: (text: string, ...more: boolean[]) => boolean }).find?.(text, true, false, true),
        words,
      );
      expect(found).toBe(true);
      await expect.poll(() => apart(page, embed), words).toBeLessThanOrEqual(1);
      await expect(embed.locator(`[id="${id}"] h3`)).toBeInViewport();
    }
  });

  test('a frame that talks without end is heard twenty times a second', async ({ page, publisher }) => {
    const script = `<script>window.told=0;document.querySelector('size-of-the-room').addEventListener('step',()=>told++)</script>`;
    await page.goto(publisher.put(article(room(publisher) + script)));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed)).toBe('pinned');
    const told = () => page.evaluate(() => (window as Window & { told?: number }).told ?? NaN);
    const before = await told();
    const took = await embed.evaluate(() => {
      const start = performance.now();
      for (let i = 0; i < 2_000; i += 1) parent.postMessage({ explainer: 1, type: 'step', id: 'one' }, '*');
      return performance.now() - start;
    });
    await drawn(page, 30);
    const heard = (await told()) - before;
    expect(heard).toBeGreaterThan(0);
    // However long it took: a window of a second may begin within it.
    expect(heard).toBeLessThanOrEqual(20 * (2 + Math.ceil(took / 1_000)));
  });

  test('where nothing can be pinned the frame runs tall', async ({ page, publisher }) => {
    await page.goto(publisher.put(article(`<div style="overflow:hidden">${room(publisher)}</div>`)));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed)).toBe('tall');
    await expect.poll(async () => Math.abs((await contentOf(embed)) - (await embed.evaluate(() => innerHeight)))).toBeLessThanOrEqual(1);
  });

  test('the same on a low viewport: nothing sticks, each step has its picture', async ({ page, publisher }) => {
    await page.setViewportSize({ width: 844, height: 390 });
    await page.goto(publisher.put(article(room(publisher))));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    const embed = await frameOf(page);
    await roll(page, 40, 20);
    await expect.poll(() => modeIn(embed)).toBe('flat');
    await roll(page, 40, 20);
    await expect.poll(() => embed.locator('.step-picture svg').count()).toBeGreaterThan(0);
    await expect.poll(async () => Math.abs((await contentOf(embed)) - (await embed.evaluate(() => innerHeight)))).toBeLessThanOrEqual(1);
  });
});

test('the Guardian’s own way of pinning works without our loader', async ({ page, publisher }) => {
  const host = `<div id="box" style="position:relative"><iframe id="frame" title="An embed" style="position:sticky;top:0;height:100vh;width:100%;border:0" sandbox="allow-scripts" src="${publisher.embeds}embed/members/"></iframe></div>
<script>const box=document.getElementById('box'),f=document.getElementById('frame');let on=false;
addEventListener('message',e=>{if(e.source!==f.contentWindow)return;const d=e.data;if(d&&d.kind==='interactive:height')box.style.height=d.height+'px';if(d&&d.kind==='interactive:scroll'){on=true;tick()}});
function tick(){if(!on)return;const r=box.getBoundingClientRect();f.contentWindow.postMessage({kind:'interactive:scroll',scroll:Math.max(0,Math.min(-r.top,r.height-innerHeight))},'*')}addEventListener('scroll',()=>requestAnimationFrame(tick))</script>`;
  await page.goto(publisher.put(article(host)));
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  const embed = await frameOf(page);
  await expect.poll(() => modeIn(embed)).toBe('pinned');
  await roll(page, 40, 110);
  await expect.poll(() => shownIn(embed)).toBe(MEMBERS.at(-1));
});
