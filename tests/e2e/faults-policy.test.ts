/** Whatever somebody manages to put into a page: its policy lets nothing of it run, load or lead away. */
import type { Request } from '@playwright/test';
import { expect, test, type Page } from './faultInjection.ts';

declare global {
  interface Window {
    /** Set by whatever ran that should not have. */
    ran?: boolean;
    violations: string[];
  }
}

const click = (page: Page) => page.evaluate(() => document.getElementById('bait')?.click());

const ELSEWHERE = 'http://localhost:9';

/** What is put into the page, before its words; and what a reader may do to it. */
const INJECTED: Readonly<Record<string, { readonly html: string; readonly act?: (page: Page) => Promise<unknown>; readonly within?: true }>> = {
  'an inline script': { html: '<script>window.ran = true</script>' },
  'an inline module': { html: '<script type="module">window.ran = true</script>' },
  'a script from elsewhere': { html: `<script src="${ELSEWHERE}/x.js"></script>` },
  'a script of this host that is not the page’s own': { html: '<script src="./icon.png"></script>' },
  'a script as data': { html: '<script src="data:text/javascript,window.ran=true"></script>' },
  'a handler on a picture': { html: '<img src="./none.png" onerror="window.ran = true">' },
  'a handler in a drawing': { html: '<svg onload="window.ran = true"></svg>' },
  'a handler on a button': { html: '<button id="bait" onclick="window.ran = true">x</button>', act: click },
  'an address that is a script': { html: '<a id="bait" href="javascript:window.ran=true">x</a>', act: click },
  'another base for addresses': { html: `<base href="${ELSEWHERE}/">` },
  'a form': { html: `<form action="${ELSEWHERE}/"><button id="bait">x</button></form>`, act: click },
  'a frame from elsewhere': { html: `<iframe src="${ELSEWHERE}/"></iframe>` },
  'a frame with a script in it': { html: '<iframe srcdoc="<script>parent.ran = true</script>"></iframe>', within: true },
  'an object': { html: `<object data="${ELSEWHERE}/x.swf"></object>` },
  'a picture from elsewhere, which would count readers': { html: `<img src="${ELSEWHERE}/x.png" alt="">` },
  'a style sheet from elsewhere': { html: `<link rel="stylesheet" href="${ELSEWHERE}/x.css">` },
  'a style of its own': { html: '<style>body { display: none }</style>' },
  'a style on an element': { html: '<p style="position: fixed">x</p>' },
  'markup written by a script': {
    html: '<p id="bait"></p>',
    act: (page) =>
      page.evaluate(() => {
        try {
          const bait = document.getElementById('bait');
          if (bait) bait.innerHTML = '<img src="./none.png" onerror="window.ran = true">';
        } catch {
          // What is wanted: the policy takes trusted types only.
        }
      }),
  },
  'a script made by a script': {
    html: '',
    act: (page) =>
      page.evaluate(() => {
        try {
          const script = document.createElement('script');
          script.text = 'window.ran = true';
          document.head.append(script);
        } catch {
          // As above.
        }
      }),
  },
  'a request by a script': { html: '', act: (page) => page.evaluate((url) => fetch(url).catch(() => undefined), `${ELSEWHERE}/x`) },
  'a policy of another name': {
    html: '',
    act: (page) =>
      page.evaluate(() => {
        try {
          Reflect.get(window, 'trustedTypes').createPolicy('mine', {});
        } catch {
          // As above.
        }
      }),
  },
};

/** What got through, and whether the policy said that it stopped something. */
async function fateOf(page: Page, html: string, act?: (page: Page) => Promise<unknown>): Promise<{ through: string[]; stopped: number }> {
  const asked: string[] = [];
  // A request that the policy stops is told of, too, with that reason; any other outcome means that it went out.
  const note = (request: Request) =>
    request.url().startsWith(ELSEWHERE) && request.failure()?.errorText !== 'csp' && asked.push(`a request to ${request.url()}`);
  page.on('requestfailed', note);
  page.on('requestfinished', note);
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => window.violations.push(violatedDirective));
  });
  await page.route(/\/$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('<main', `${html}<main`) });
  });
  await page.goto('./');
  const address = page.url();
  await act?.(page);
  await page.evaluate(() => window.reader.frame());
  const through = await page.evaluate((origin) => {
    const seen: string[] = [];
    if (window.ran) seen.push('it ran');
    if (document.baseURI !== location.href) seen.push('another base');
    if (!document.querySelector('h1')?.checkVisibility()) seen.push('the story is hidden');
    if ([...document.querySelectorAll('p')].some((one) => getComputedStyle(one).position === 'fixed')) seen.push('its style holds');
    return location.href === origin ? seen : [...seen, `led to ${location.href}`];
  }, address);
  return { through: [...through, ...asked], stopped: await page.evaluate(() => window.violations.length) };
}

for (const [what, { html, act, within }] of Object.entries(INJECTED))
  test(`the page’s policy stops ${what}`, async ({ page }) => {
    const { through, stopped } = await fateOf(page, html, act);
    expect(through).toEqual([]);
    // A frame's own document is told of what is stopped there.
    if (!within) expect(stopped, 'the policy said so').toBeGreaterThan(0);
  });

test('the check would notice a page without a policy', async ({ page }) => {
  await page.route(/\/$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '') });
  });
  const open = async (html: string) => {
    await page.goto('./');
    await page.evaluate((source) => document.body.prepend(document.createRange().createContextualFragment(source)), html);
    return page.evaluate(() => window.ran);
  };
  expect(await open('<script>window.ran = true</script>')).toBe(true);
});
