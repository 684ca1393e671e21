/** Finding the browser: on a machine without one, the tests say in one line what to install. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ensureChromium, findChromium } from '../chromium.ts';
import { ROOT } from './story.ts';

const FOLDER = join(ROOT, 'tests/fixtures/e2e-browsers');
const NAMED = join(FOLDER, 'named');
const ONE_LINE = /^[^\n]*install[^\n]*CHROMIUM_PATH[^\n]*$/;

test('the browser that the tester names comes first, then the usual names on the PATH, then the usual places', () => {
  const beside = join(FOLDER, 'beside');
  expect(findChromium({ CHROMIUM_PATH: NAMED, PATH: FOLDER }, [])).toBe(NAMED);
  expect(findChromium({ PATH: `/nowhere:${FOLDER}` }, [])).toBe(join(FOLDER, 'chromium-browser'));
  expect(findChromium({ PATH: '/nowhere' }, ['/nowhere/chromium', beside])).toBe(beside);
});

test('a name that is no browser is said to be so, and no other browser is taken instead', () => {
  expect(() => findChromium({ CHROMIUM_PATH: join(FOLDER, 'README.md'), PATH: FOLDER }, [])).toThrow(
    /^CHROMIUM_PATH names \S+README\.md, which is no program that can be run\.$/,
  );
});

test('where there is none and none may be installed, one line says what to install', () => {
  let asked = 0;
  const line = ensureChromium({ PATH: FOLDER.replace('e2e-browsers', 'e2e-nothing') }, [], () => (asked += 1));
  expect(line).toMatch(ONE_LINE);
  expect(asked, 'nothing was installed without apt-get').toBe(0);
});

test('where the tester may install one it is installed, and a machine that has one is left alone', () => {
  let asked = 0;
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  expect(ensureChromium({ PATH: '/usr/bin:/bin' }, [NAMED], () => (asked += 1))).toBeUndefined();
  expect(asked).toBe(0);
  const line = ensureChromium({ PATH: join(FOLDER, 'apt') }, [], () => (asked += 1));
  expect(asked, 'only root on Debian may').toBe(mayInstall ? 1 : 0);
  expect(line, 'still none: the line is said').toMatch(ONE_LINE);
});

test('as a command it is silent where there is a browser, and fails in one line where there is none', () => {
  const run = (path: string) =>
    spawnSync(process.execPath, ['--experimental-strip-types', '--no-warnings', 'tests/chromium.ts'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, CHROMIUM_PATH: path },
    });
  expect(run(NAMED)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  const missing = run('/nowhere/chromium');
  expect(missing.status).toBe(1);
  expect(missing.stderr.trim()).toMatch(/^CHROMIUM_PATH names \/nowhere\/chromium[^\n]*$/);
});
