/** Each guard that every browser test stands on, tripped on purpose. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PROMISES } from './promises.ts';
import { ROOT } from './story.ts';
import { expect, open, settle, test, watch, type Page } from './page.ts';

/** What a page of its own is blamed for after something was done to it. */
async function faultsAfter(page: Page, baseURL: string | undefined, seed: (page: Page) => Promise<unknown>): Promise<string[]> {
  const address = baseURL ?? '';
  const context = await page.context().browser()?.newContext({ baseURL: address });
  if (!context) throw new Error('no browser');
  const faults = await watch(context, new URL(address).origin);
  const other = await context.newPage();
  await other.goto('./');
  expect(faults, 'nothing is wrong before the fault is seeded').toEqual([]);
  await seed(other);
  // A round trip to the page: whatever it said before that has arrived.
  await other.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  await context.close();
  return faults;
}

const SEEDED: { readonly what: string; readonly blamed: RegExp; readonly seed: (page: Page) => Promise<unknown> }[] = [
  { what: 'an error on the console', blamed: /^console error: broken$/, seed: (page) => page.evaluate(() => console.error('broken')) },
  { what: 'a warning on the console', blamed: /^console warning: doubtful$/, seed: (page) => page.evaluate(() => console.warn('doubtful')) },
  {
    what: 'an error that nobody catches',
    blamed: /^page error: loose$/,
    seed: (page) =>
      page.evaluate(() => {
        queueMicrotask(() => {
          throw new Error('loose');
        });
      }),
  },
  {
    what: 'an inline style that the policy forbids',
    blamed: /^policy violation: style-src/,
    seed: (page) => page.evaluate(() => document.body.setAttribute('style', 'color: red')),
  },
  {
    what: 'a request to another origin',
    blamed: /^request to another origin: http:\/\/localhost:1\/picture\.png$/,
    seed: async (page) => {
      // The page's own policy would stop it before it is a request.
      await page.route('**/*', async (route) => route.fulfill({ contentType: 'text/html', body: '<title>none</title>' }));
      await page.reload();
      await page.evaluate(() => fetch('http://localhost:1/picture.png', { mode: 'no-cors' }));
    },
  },
  {
    what: 'a request that fails',
    blamed: /^failed request: \S+newsreader\.woff2 net::ERR_FAILED$/,
    seed: async (page) => {
      await page.route('**/*.woff2', (route) => route.abort());
      await page.reload();
    },
  },
  {
    what: 'a file that is not there',
    blamed: /^failed request: \S+newsreader\.woff2 404$/,
    seed: async (page) => {
      await page.route('**/*.woff2', (route) => route.fulfill({ status: 404, body: '' }));
      await page.reload();
    },
  },
];

for (const { what, blamed, seed } of SEEDED)
  test(`the tests would notice ${what}`, async ({ page, baseURL }) => {
    const faults = await faultsAfter(page, baseURL, seed);
    expect(faults).toContainEqual(expect.stringMatching(blamed));
  });

test.fail('a test turns red when its page complains', async ({ page }) => {
  await open(page);
  await page.evaluate(() => console.warn('doubtful'));
  await settle(page);
});

test('each promise of the list is one test', () => {
  const cli = join(ROOT, 'node_modules/@playwright/test/cli.js');
  const listed = execFileSync(process.execPath, [cli, 'test', '--config', join(ROOT, 'tests/e2e/playwright.config.ts'), '--project=promises', '--list'], {
    encoding: 'utf8',
  });
  const titles = listed.split('\n').flatMap((line) => {
    const [, file, title] = /^ {2}\[promises\] › ([\w-]+)\.test\.ts:[\d:]+ › (.*)$/.exec(line) ?? [];
    return file === undefined || title === undefined ? [] : [{ file, title }];
  });
  const found = Object.entries(PROMISES).flatMap(([file, beginnings]) =>
    beginnings.map((beginning) => {
      const count = titles.filter((one) => one.file === file && (one.title.startsWith(beginning) || one.title.includes(` › ${beginning}`))).length;
      return [`${file}: ${beginning}`, count];
    }),
  );
  expect(found.filter(([, count]) => count !== 1)).toEqual([]);
});
