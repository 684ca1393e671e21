/** Only the passages that scrollama says the reader is in are followed; where it tells nothing, or skips some in a jump, the pictures are right all the same. */
import { expect, goToStep, open, settle, test, type Page } from './page.ts';

declare global {
  interface Window {
    /** What was read of elements or written to them since the watch began: in the passage that the reader is in, and in all others. */
    touched: { readonly near: string[]; readonly far: string[] };
  }
}

/** A passage in the middle of the story, a step of it, and its last one. */
const [CHART, FROM, TO] = ['comparison', 'users', 'how'] as const;

/** Notes whatever a script reads of the passages' elements (a step's id, any layout) and whatever it writes. */
function noteTouches(chart: string): void {
  window.touched = { near: [], far: [] };
  const layout = ['getBoundingClientRect', 'getClientRects'] as const;
  const sizes = ['offsetHeight', 'offsetTop', 'offsetWidth', 'clientHeight', 'clientWidth', 'scrollHeight'] as const;
  for (const passage of document.querySelectorAll<HTMLElement>('.passage')) {
    const touches = passage.dataset['of'] === chart ? window.touched.near : window.touched.far;
    for (const element of [passage, ...passage.querySelectorAll<HTMLElement>('.stage, .island, .stage-picture, .words, .step')]) {
      const name = `${passage.dataset['of']} ${element.className}`;
      for (const method of layout) {
        const native = element[method].bind(element);
        Object.defineProperty(element, method, { value: () => (touches.push(`${name}: ${method}`), native()) });
      }
      for (const size of sizes) {
        const get = () => (touches.push(`${name}: ${size}`), Reflect.get(Object.getPrototypeOf(element) as object, size, element) as number);
        Object.defineProperty(element, size, { get });
      }
      Object.defineProperty(element, 'id', { get: () => (touches.push(`${name}: id`), element.getAttribute('id') ?? '') });
    }
    const seen = new MutationObserver((records) =>
      records.forEach(({ type, attributeName }) => touches.push(`${passage.dataset['of']} ${type} ${attributeName}`)),
    );
    // The stage: the links to the other ways to read, which are in the words, follow the reader at rest.
    seen.observe(passage.querySelector('.stage') ?? passage, { attributes: true, childList: true, characterData: true, subtree: true });
  }
}

/** Reads the story to its end, so that every stage is hydrated. */
async function readThrough(page: Page): Promise<void> {
  for (let end = false; !end;) {
    await page.mouse.wheel(0, 1200);
    await settle(page, 3);
    end = await page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2);
  }
  expect(await page.locator('.stage-picture > svg').count()).toBe(await page.locator('.passage').count());
}

/** Reads on from one step of a passage to its last with the wheel, and gives what was touched on the way. */
async function touchedOnTheWay(page: Page): Promise<Window['touched']> {
  await goToStep(page, FROM);
  await settle(page, 20);
  await page.evaluate(noteTouches, CHART);
  const shown = () => page.locator(`[data-of=${CHART}] .stage-picture`).getAttribute('data-step');
  for (let i = 0; i < 60 && (await shown()) !== TO; i += 1) {
    await page.mouse.wheel(0, 160);
    await settle(page, 3);
  }
  expect(await shown()).toBe(TO);
  return page.evaluate(() => window.touched);
}

test.beforeEach(({ page }) => page.setViewportSize({ width: 1440, height: 900 }));

test('while the reader scrolls through a passage, no other is touched', async ({ page }) => {
  await open(page);
  await readThrough(page);
  const { near, far } = await touchedOnTheWay(page);
  expect(far).toEqual([]);
  expect(near).toContainEqual(expect.stringMatching(/: id$/));
  expect(near).toContainEqual('comparison attributes data-step');
  expect(
    near.filter((one) => / (get|offset|client|scroll)[A-Z]/.test(one)),
    'a scroll costs no layout',
  ).toEqual([]);
});

test('where scrollama tells nothing every passage is looked at, and every picture is right', async ({ page }) => {
  await page.addInitScript(() => {
    const Native = IntersectionObserver;
    // Scrollama's observers are those that watch half of a step.
    window.IntersectionObserver = class extends Native {
      constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
        super(options?.threshold === 0.5 ? () => undefined : callback, options);
      }
    };
  });
  await open(page);
  await readThrough(page);
  expect((await touchedOnTheWay(page)).far).toContainEqual(expect.stringMatching(/: id$/));
  expect(await page.evaluate(() => window.reader.wrong())).toEqual([]);
});

test('a jump over passages leaves none of them behind', async ({ page }) => {
  await open(page);
  await readThrough(page);
  const wrong = async (what: string) => {
    await settle(page);
    expect(await page.evaluate(() => window.reader.wrong()), what).toEqual([]);
  };
  for (const key of ['Home', 'End', 'Home'] as const) {
    await page.keyboard.press(key);
    await wrong(key);
  }
  for (const hash of [TO, 'maskpark', 'forty-years', FROM] as const) {
    await page.evaluate((id) => (location.hash = id), hash);
    await wrong(`#${hash}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await wrong('another size');
  await page.reload();
  await wrong('a reload in the middle');
});
