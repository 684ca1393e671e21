/** Pages that are hard on what is put into them: the same words, the same picture, no error. And messages that mean harm. */
import { drawn, expect, frameOf, modeIn, test, type Frame, type Page, type Publisher } from './publisher.ts';

interface Host {
  readonly doctype?: string;
  readonly html?: string;
  readonly head?: string;
  /** Where the loader stands; in the body after the element unless it is said. */
  readonly script?: (address: string) => string;
  readonly inner?: (element: string) => string;
  readonly headers?: (embeds: string) => Readonly<Record<string, string>>;
  /** What happens to the page once it stands. */
  readonly act?: (page: Page) => Promise<void>;
  /** How the frame runs there. */
  readonly mode?: string;
}

const ELEMENT = '<size-of-the-room chart="members"><b>How large the groups were</b></size-of-the-room>';
const deferred = (address: string) => `<script src="${address}" defer></script>`;

function pageOf(host: Host, publisher: Publisher): { html: string; headers?: Readonly<Record<string, string>> } {
  const { doctype = '<!doctype html>', html = '', head = '', script = deferred, inner = (element: string) => element } = host;
  const filler = '<p>Words of the publisher.</p>'.repeat(40);
  return {
    html: `${doctype}<html ${html || 'lang="en"'}><head><meta charset="utf-8"><title>A publisher’s page</title>${head}</head><body>${filler}<div id="place">${inner(ELEMENT)}</div>${filler}${script(`${publisher.embeds}embed/v1.js`)}</body></html>`,
    ...(host.headers && { headers: host.headers(publisher.embeds) }),
  };
}

const script = (code: string) => `<script>${code}</script>`;
const style = (css: string) => `<style>${css}</style>`;

const HOSTS: Readonly<Record<string, Host>> = {
  'a style for everything': {
    head: style(
      '*{box-sizing:content-box!important;line-height:1!important;letter-spacing:.3em!important;word-spacing:9px!important;color:red!important;text-transform:uppercase!important;transition:all 2s!important}',
    ),
  },
  'frames made small': {
    head: style('iframe{max-width:50%!important;height:100px!important;display:none!important;opacity:.2!important}svg,img{max-width:50%!important}'),
  },
  'our element made small': {
    head: style(
      'size-of-the-room{display:inline!important;height:10px!important;overflow:hidden!important;position:static!important;float:left!important;width:50px!important}',
    ),
  },
  'a small root font': { head: style('html{font-size:62.5%}') },
  'quirks mode': { doctype: '' },
  'a base address': { head: '<base href="https://example.org/elsewhere/">' },
  'right to left': { html: 'lang="ar" dir="rtl"' },
  'Prototype.js’s Array.from': {
    head: script(
      'Array.from=function $A(x){if(!x)return [];if("toArray" in Object(x))return x.toArray();var l=x.length||0,r=new Array(l);while(l--)r[l]=x[l];return r}',
    ),
  },
  'an enumerable Object.prototype': { head: script('Object.prototype.foo=function(){};Object.prototype.y=7') },
  MooTools: {
    head: script(
      'Function.prototype.bind=function(o){var f=this;return function(){return f.apply(o,arguments)}};Array.prototype.each=function(f){this.forEach(f)};String.prototype.contains=function(s){return this.indexOf(s)>-1};Element.prototype.getPosition=function(){return{x:0,y:0}}',
    ),
  },
  'toJSON and overwritten globals': {
    head: script(
      'Array.prototype.toJSON=function(){return "no"};window.JSON={};window.fetch=null;Array.prototype.entries=null;Array.prototype.reduce=null;Element.prototype.animate=null',
    ),
  },
  'frozen prototypes': { head: script('for(const one of [Object,Array,Function,String,Promise,Map,Set])Object.freeze(one.prototype)') },
  'a strict policy': {
    headers: (embeds) => ({ 'Content-Security-Policy': `default-src 'none'; script-src ${embeds}; style-src 'self'; frame-src ${embeds}; base-uri 'none'` }),
  },
  'no trusted types': {
    headers: (embeds) => ({ 'Content-Security-Policy': `script-src ${embeds}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'` }),
  },
  'an ancestor that hides': { inner: (element) => `<div style="overflow:hidden">${element}</div>`, mode: 'tall' },
  'an ancestor that scrolls': { inner: (element) => `<div style="overflow:auto">${element}</div>`, mode: 'tall' },
  'ancestors that transform, contain and filter': {
    inner: (element) => `<div style="transform:translateX(0);contain:layout"><div style="filter:none;will-change:transform">${element}</div></div>`,
  },
  'a column beside another': { inner: (element) => `<div style="display:grid;grid-template-columns:minmax(0,1fr)"><div>${element}</div></div>` },
  'the script three times': { script: (address) => deferred(address).repeat(3) },
  'the script before the element': { head: '', script: () => '', inner: (element) => `__SCRIPT__${element}` },
  'the script late': {
    script: (address) =>
      script(`addEventListener('load',()=>requestAnimationFrame(()=>{const s=document.createElement('script');s.src='${address}';document.body.append(s)}))`),
  },
  'the element removed and put back 200 times': {
    act: (page) =>
      page.evaluate(async () => {
        const element = document.querySelector('size-of-the-room');
        const place = document.getElementById('place');
        for (let i = 0; element && i < 200; i += 1) {
          element.remove();
          if (i % 50 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
          place?.append(element);
        }
      }),
  },
  'hidden at start': {
    inner: (element) => `<div id="tab" style="display:none">${element}</div>`,
    act: (page) =>
      page.evaluate(() => {
        const tab = document.getElementById('tab');
        if (tab) tab.style.display = '';
      }),
  },
  'folded away at start': {
    inner: (element) => `<details>${element}<summary style="font-size:1px;height:0;overflow:hidden">More</summary></details>`,
    act: (page) =>
      page.evaluate(() => {
        const details = document.querySelector('details');
        if (details) details.open = true;
      }),
  },
};

/** The embed in the reader's view, awake. */
async function awake(page: Page): Promise<Frame> {
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  const embed = await frameOf(page);
  await expect.poll(() => embed.locator('.stage-picture > svg').count()).toBe(1);
  await expect.poll(() => modeIn(embed)).toMatch(/pinned|tall/);
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
  await drawn(page, 12);
  return embed;
}

/** Whether the last picture has come to rest. */
function atRest(): boolean {
  const picture = document.querySelector<HTMLElement>('.stage-picture');
  return picture?.dataset['step'] === [...document.querySelectorAll('.step')].at(-1)?.id && picture?.dataset['progress'] === '1';
}

/** The embed's words, and its last picture. */
async function look(page: Page): Promise<{ text: string; picture: string; mode: string | undefined }> {
  const embed = await awake(page);
  await page.evaluate(() => document.getElementById('place')?.scrollIntoView({ block: 'end' }));
  await expect.poll(() => embed.evaluate(atRest)).toBe(true);
  await drawn(page, 12);
  const picture = await embed.locator('.stage').screenshot();
  return { text: await embed.evaluate(() => document.body.innerText), picture: picture.toString('base64'), mode: await modeIn(embed) };
}

/** The share of pixels that differ between two pictures; all of them when their sizes do. */
async function differing(page: Page, one: string, other: string): Promise<number> {
  await page.goto('about:blank');
  return page.evaluate(
    async (sources) => {
      const pixels = await Promise.all(
        sources.map(async (source) => {
          const image = new Image();
          image.src = `data:image/png;base64,${source}`;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          context?.drawImage(image, 0, 0);
          return { width: image.width, data: context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray() };
        }),
      );
      const [a, b] = pixels;
      if (!a || !b || a.width !== b.width || a.data.length !== b.data.length) return 1;
      let count = 0;
      for (let i = 0; i < a.data.length; i += 4)
        if ([0, 1, 2].some((channel) => Math.abs((a.data[i + channel] ?? 0) - (b.data[i + channel] ?? 0)) > 8)) count += 1;
      return count / (a.data.length / 4);
    },
    [one, other],
  );
}

test.describe('a page that is hard on its guests', () => {
  test.use({ viewport: { width: 656, height: 800 } });

  for (const [name, host] of Object.entries(HOSTS))
    test(name, async ({ page, publisher }) => {
      await page.goto(publisher.put(pageOf({}, publisher)));
      const wanted = await look(page);
      expect(wanted.mode).toBe('pinned');
      const made = pageOf(host, publisher);
      await page.goto(publisher.put({ ...made, html: made.html.replace('__SCRIPT__', `<script src="${publisher.embeds}embed/v1.js"></script>`) }));
      await page.waitForLoadState();
      await host.act?.(page);
      const found = await look(page);
      expect(found.mode).toBe(host.mode ?? 'pinned');
      expect(found.text).toBe(wanted.text);
      expect(page.frames()).toHaveLength(2);
      expect(await differing(page, found.picture, wanted.picture)).toBeLessThanOrEqual(0.005);
    });

  test('the check would notice another picture', async ({ page, publisher }) => {
    await page.goto(publisher.put(pageOf({}, publisher)));
    const wanted = await look(page);
    await page.goto(publisher.put(pageOf({ inner: () => ELEMENT.replace('members', 'timeline') }, publisher)));
    const other = await look(page);
    expect(other.text).not.toBe(wanted.text);
    expect(await differing(page, other.picture, wanted.picture)).toBeGreaterThan(0.005);
  });

  test('five at once, each for itself', async ({ page, publisher }) => {
    const charts = ['members', 'views', 'comments', 'penalties', 'story'];
    await page.goto(publisher.put(pageOf({ inner: () => charts.map((chart) => ELEMENT.replace('members', chart)).join('<p>Words between.</p>') }, publisher)));
    for (const [i] of charts.entries()) {
      await page.evaluate((n) => document.querySelectorAll('size-of-the-room')[n]?.scrollIntoView(), i);
      await expect
        .poll(() => page.evaluate((n) => document.querySelectorAll('size-of-the-room')[n]?.getBoundingClientRect().height ?? 0, i))
        .toBeGreaterThan(1_500);
      await drawn(page, 6);
    }
    const embeds = page.frames().filter((one) => one.url().includes('/embed/'));
    expect(embeds).toHaveLength(5);
    for (const embed of embeds) expect(await modeIn(embed)).toBe('pinned');
    const heights = await page.evaluate(() => [...document.querySelectorAll('size-of-the-room')].map((one) => one.getBoundingClientRect().height));
    for (const [i, chart] of charts.entries()) {
      const embed = embeds.find((one) => one.url().includes(`/embed/${chart}/`));
      const content = await embed?.evaluate(() => document.body.getBoundingClientRect().height);
      expect(Math.abs((content ?? 0) - (heights[i] ?? NaN)), chart).toBeLessThanOrEqual(1);
    }
  });
});

test.describe('a page that does not let us in', () => {
  test('keeps the publisher’s own words where its policy blocks the frame', async ({ page, publisher, faults }) => {
    const host = pageOf({ headers: (embeds) => ({ 'Content-Security-Policy': `default-src 'none'; script-src ${embeds}` }) }, publisher);
    await page.goto(publisher.put(host));
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    await expect(page.locator('size-of-the-room b')).toBeVisible();
    await drawn(page, 30);
    await expect(page.locator('size-of-the-room b')).toBeVisible();
    expect(faults.splice(0).every((fault) => /Content Security Policy|frame-src|default-src/.test(fault))).toBe(true);
  });

  test('keeps them where another element has our name', async ({ page, publisher }) => {
    await page.goto(publisher.put(pageOf({ head: script(`customElements.define('size-of-the-room',class extends HTMLElement{})`) }, publisher)));
    await expect(page.locator('size-of-the-room b')).toBeVisible();
    expect(page.frames()).toHaveLength(1);
  });

  for (const missing of ['IntersectionObserver', 'ResizeObserver', 'matchMedia', 'CustomEvent'])
    test(`shows every word in a browser without ${missing}`, async ({ page, publisher, faults }) => {
      await page.addInitScript((name) => {
        if (location.pathname.includes('/embed/')) Reflect.deleteProperty(window, name);
      }, missing);
      await page.goto(
        publisher.put(
          `<!doctype html><iframe title="An embed" width="640" height="700" sandbox="allow-scripts" src="${publisher.embeds}embed/members/"></iframe>`,
        ),
      );
      const embed = await frameOf(page);
      await expect(embed.locator('.step h3').first()).toBeAttached();
      const reach = async () => (await modeIn(embed)) === 'pager' || (await embed.locator('.step h3').last().isVisible());
      expect(await reach()).toBe(true);
      // The console says what is missing, and nothing else.
      expect(faults.splice(0).filter((fault) => !fault.includes(missing))).toEqual([]);
    });
});

/** Messages that mean harm, none of them one that host or frame may take. Made in the page, since some cannot be sent there. */
function bombard(to: 'parent' | 'frame', count: number): number {
  const cyclic: Record<string, unknown> = { explainer: 1, type: 'height' };
  cyclic['height'] = cyclic;
  const bad = [
    null,
    undefined,
    NaN,
    Infinity,
    -1,
    0.5,
    1e9,
    '500',
    '',
    '__proto__',
    'javascript:document.title=1',
    [],
    [1],
    {},
    cyclic,
    new Date(0),
    new Map(),
    new Uint8Array(9),
    'x'.repeat(5_000),
  ];
  const types = ['height', 'show', 'step', 'figure-open', 'scroll', 'theme', 'navigateTo', 'scrollTo', 'init', '__proto__', 'constructor', ...bad];
  const strings = [
    'pymxPYMxroomxPYMxnavigateToxPYMxjavascript:document.title=1',
    'pymxPYMxroomxPYMxscrollToxPYMx500',
    '[iFrameSizer]room:0:0:scrollTo',
    '[iFrameSizer]__proto__:1:maybe',
    '{"src":"javascript:1","context":"iframe.resize","height":1}',
    '<img src=x onerror=document.title=1>',
  ];
  let seed = 4;
  const next = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * limit);
  };
  const target = to === 'parent' ? parent : document.querySelector('iframe')?.contentWindow;
  const frames = to === 'frame' ? [window.theFrame ?? target] : [target];
  let sent = 0;
  for (let i = 0; i < count; i += 1) {
    const value = bad[next(bad.length)];
    const message =
      i % 3 === 0
        ? { explainer: 1, type: types[next(types.length)], height: value, id: value, y: value, theme: value }
        : i % 3 === 1
          ? (strings[next(strings.length)] ?? value)
          : [value, { kind: 'interactive:scroll', scroll: value }, { sentinel: 'amp', type: value }, { message: 'ready', secret: value }][next(4)];
    // Whole messages may come out of the mixing: those are not hostile.
    const { type, y, kind, scroll } = (typeof message === 'object' && message !== null ? message : {}) as Record<string, unknown>;
    if ((type === 'scroll' && y === 0.5) || (kind === 'interactive:scroll' && scroll === 0.5)) continue;
    frames[0]?.postMessage(message, '*');
    sent += 1;
  }
  return sent;
}

declare global {
  interface Window {
    theFrame?: Window | null;
  }
}

async function stateOf(page: Page, embed: Frame): Promise<unknown> {
  return [
    await page.evaluate(() => [
      location.href,
      document.title,
      scrollX,
      scrollY,
      history.length,
      document.querySelector('size-of-the-room')?.getBoundingClientRect().height,
      'foo' in {},
    ]),
    await embed.evaluate(() => [
      location.href,
      document.title,
      scrollY,
      document.documentElement.dataset['mode'],
      document.documentElement.dataset['theme'],
      document.body.innerText,
      document.images.length,
    ]),
  ];
}

test.describe('messages that mean harm', () => {
  test('into the host, from its own frame and from another: nothing happens', async ({ page, publisher }) => {
    const other = publisher.put('<!doctype html><title>Another frame</title><p>Another frame.</p>');
    await page.goto(publisher.put(pageOf({ inner: (element) => `${element}<iframe title="Another" src="${other}"></iframe>` }, publisher)));
    const embed = await awake(page);
    const before = await stateOf(page, embed);
    const stranger = page.frames().find((one) => one.url() === other);
    expect(await embed.evaluate(`(${bombard.toString()})('parent', 6000)`)).toBeGreaterThan(5_000);
    expect(await stranger?.evaluate(`(${bombard.toString()})('parent', 6000)`)).toBeGreaterThan(5_000);
    // Whole messages, but from the wrong frame.
    await stranger?.evaluate(() => {
      for (const message of [{ type: 'height', height: 50 }, { type: 'show', y: 9_000 }, { type: 'ready' }])
        parent.postMessage({ explainer: 1, ...message }, '*');
    });
    await drawn(page, 20);
    expect(await stateOf(page, embed)).toEqual(before);
  });

  test('into the frame, from its host and from another frame: nothing happens', async ({ page, publisher }) => {
    const other = publisher.put('<!doctype html><title>Another frame</title><p>Another frame.</p>');
    await page.goto(
      publisher.put(
        `<!doctype html><title>Host</title><iframe id="frame" title="An embed" width="640" height="700" sandbox="allow-scripts" src="${publisher.embeds}embed/members/"></iframe><iframe title="Another" src="${other}"></iframe>`,
      ),
    );
    const embed = await frameOf(page);
    await expect.poll(() => modeIn(embed)).toBe('pager');
    const before = await stateOf(page, embed);
    expect(await page.evaluate(`(${bombard.toString()})('frame', 12000)`)).toBeGreaterThan(10_000);
    const stranger = page.frames().find((one) => one.url() === other);
    await stranger?.evaluate(() => {
      window.theFrame = parent.frames[0] ?? null;
    });
    expect(await stranger?.evaluate(`(${bombard.toString()})('frame', 6000)`)).toBeGreaterThan(5_000);
    await stranger?.evaluate(() => {
      for (const message of [
        { type: 'theme', theme: 'dark' },
        { type: 'scroll', y: 300 },
      ])
        parent.frames[0]?.postMessage({ explainer: 1, ...message }, '*');
    });
    await drawn(page, 20);
    expect(await stateOf(page, embed)).toEqual(before);
  });

  test('the check notices a message that is obeyed', async ({ page, publisher }) => {
    await page.goto(publisher.put(pageOf({}, publisher)));
    const embed = await awake(page);
    const before = await stateOf(page, embed);
    await embed.evaluate(() => parent.postMessage({ explainer: 1, type: 'height', height: 1_234 }, '*'));
    await drawn(page, 20);
    expect(await stateOf(page, embed)).not.toEqual(before);
  });

  test('a frame can bring only its own box into view', async ({ page, publisher }) => {
    await page.goto(publisher.put(pageOf({}, publisher)));
    const embed = await awake(page);
    for (const y of [0, 20_000, 1_000]) {
      await embed.evaluate((at) => parent.postMessage({ explainer: 1, type: 'show', y: at }, '*'), y);
      await drawn(page, 20);
      const box = await page.evaluate(() => {
        const { top = NaN, bottom = NaN } = document.querySelector('size-of-the-room')?.getBoundingClientRect() ?? {};
        return { top, bottom, height: innerHeight };
      });
      expect(box.top).toBeLessThanOrEqual(1);
      expect(box.bottom).toBeGreaterThanOrEqual(box.height - 1);
    }
  });

  for (const address of [
    '?theme=javascript:alert(1)',
    '?theme=dark"><script>document.title=1</script>',
    '?childId=<img src=x onerror=document.title=1>',
    '#?secret="><img>',
    '#__proto__',
    '?theme=__proto__&lang=../../x',
    '#maskpark',
  ])
    test(`an address that means harm does none: ${address}`, async ({ page, publisher }) => {
      await page.goto(publisher.put(`<!doctype html><title>Host</title><iframe title="An embed" width="640" height="700" sandbox="allow-scripts"></iframe>`));
      await page.evaluate((to) => document.querySelector('iframe')?.setAttribute('src', to), `${publisher.embeds}embed/members/${address}`);
      const embed = await frameOf(page);
      await expect.poll(() => modeIn(embed)).toBe('pager');
      expect(await embed.evaluate(() => [document.images.length, document.scripts.length, document.documentElement.dataset['theme']])).toEqual([
        0,
        1,
        undefined,
      ]);
      expect(await embed.evaluate(() => document.title)).not.toBe('1');
    });
});
