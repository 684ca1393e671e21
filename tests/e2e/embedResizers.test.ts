/** Frames under the resizers that publishers already have, unmodified. */
import { STEPS } from './story.ts';
import { article, contentOf, drawn, expect, frameOf, modeIn, noteSteps, roll, shownIn, test, type Page } from './publisher.ts';

const MEMBERS = STEPS.filter(({ chart }) => chart === 'members').map(({ id }) => id);

/** Datawrapper's published snippet. */
const DATAWRAPPER = `<script>!function(){"use strict";window.addEventListener("message",function(a){if(void 0!==a.data["datawrapper-height"]){var e=document.querySelectorAll("iframe");for(var t in a.data["datawrapper-height"])for(var r=0;r<e.length;r++)if(e[r].contentWindow===a.source){var i=a.data["datawrapper-height"][t]+"px";e[r].style.height=i}}})}();</script>`;
/** What Embedly and Medium do with its message, by their documentation. */
const EMBEDLY = `<script>addEventListener('message',function(e){if(typeof e.data!=='string'||e.data[0]!=='{')return;var d=JSON.parse(e.data);if(d.context==='iframe.resize')document.querySelector('iframe').style.height=d.height+'px'})</script>`;
/** What AMP does with its message, by its documentation. */
const AMP = `<script>addEventListener('message',function(e){if(e.data.sentinel==='amp'&&e.data.type==='embed-size')document.querySelector('iframe').style.height=e.data.height+'px'})</script>`;
const frame = (address: string) =>
  `<iframe id="frame" title="An embed" src="${address}" width="100%" height="300" scrolling="no" sandbox="allow-scripts"></iframe>`;

const PARENTS: Readonly<Record<string, (address: string) => string>> = {
  'pym.js 1.3.2': (address) =>
    article('<div id="pym"></div><script src="/pym.js"></script>' + `<script>new pym.Parent('pym','${address}',{title:'An embed'})</script>`),
  'frames 1.0.0': (address) =>
    article(
      `<div data-frame-src="${address}" data-frame-attribute-title="An embed" data-frame-attribute-sandbox="allow-scripts"></div><script src="/frames.js"></script><script>newswireFrames.autoInitFrames()</script>`,
    ),
  'iframe-resizer 4.3.9': (address) =>
    article(`${frame(address)}<script src="/iframeResizer.js"></script><script>iFrameResize({checkOrigin:false,warningTimeout:0},'#frame')</script>`),
  'Datawrapper’s snippet': (address) => article(DATAWRAPPER + frame(address)),
  'Embedly’s message': (address) => article(EMBEDLY + frame(address)),
  'AMP’s message': (address) => article(AMP + frame(`${address}#amp=1`)),
};

const frameHeight = (page: Page) => page.evaluate(() => document.querySelector('iframe')?.getBoundingClientRect().height ?? 0);

for (const [name, parent] of Object.entries(PARENTS)) {
  test(`${name}: the height is the content’s, stays, shrinks, and does not grow by itself`, async ({ page, publisher }) => {
    await page.goto(publisher.put(parent(`${publisher.embeds}embed/members/`)));
    const embed = await frameOf(page);
    // Out of view a browser tells a frame of another site nothing of its size.
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    await expect.poll(() => modeIn(embed)).toBe('tall');
    const fits = async () => Math.abs((await frameHeight(page)) - (await contentOf(embed)));
    await expect.poll(fits).toBeLessThanOrEqual(1);
    const at = await frameHeight(page);
    await drawn(page, 120);
    expect(await frameHeight(page), 'after two seconds').toBe(at);
    // A table opened and closed again: taller, and as high as before.
    await embed.locator('.numbers summary').click();
    await expect.poll(() => frameHeight(page)).toBeGreaterThan(at + 50);
    await expect.poll(fits).toBeLessThanOrEqual(1);
    await embed.locator('.numbers summary').click();
    await expect.poll(async () => Math.abs((await frameHeight(page)) - at)).toBeLessThanOrEqual(1);
    for (let i = 0; i < 20; i += 1) {
      await page.setViewportSize({ width: i % 2 ? 900 : 420, height: 800 });
      await drawn(page, 4);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
    await expect.poll(async () => Math.abs((await frameHeight(page)) - at), 'after 20 changes of width').toBeLessThanOrEqual(1);
    expect(await modeIn(embed)).toBe('tall');
  });

  test(`${name}: every step comes once in each direction`, async ({ page, publisher }) => {
    await page.goto(publisher.put(parent(`${publisher.embeds}embed/members/`)));
    const embed = await frameOf(page);
    // Out of view a browser tells a frame of another site nothing of its size.
    await page.evaluate(() => document.getElementById('place')?.scrollIntoView());
    await expect.poll(() => modeIn(embed)).toBe('tall');
    await expect.poll(() => shownIn(embed)).toBe(MEMBERS[0]);
    await embed.evaluate(noteSteps);
    await roll(page, 40);
    await expect.poll(() => shownIn(embed)).toBe(MEMBERS.at(-1));
    await roll(page, -40);
    await expect.poll(() => shownIn(embed)).toBe(MEMBERS[0]);
    expect(await embed.evaluate(() => window.seenSteps)).toEqual([...MEMBERS, ...MEMBERS.toReversed().slice(1)]);
  });
}
