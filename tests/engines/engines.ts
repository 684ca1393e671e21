/**
 * The three engines, each driven by its own protocol, behind one small interface: Chromium (DevTools) and Firefox (WebDriver
 * BiDi) by puppeteer-core, WebKitGTK by WebKitWebDriver under Xvfb. All are Debian's; nothing is downloaded from elsewhere.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { decode } from 'fast-png';
import puppeteer, { type Browser, type Frame, type KeyInput, type Page } from 'puppeteer-core';
import { Builder, By, Capabilities, Key, type Actions, type WebDriver, type WebElement } from 'selenium-webdriver';
import { findChromium } from '../chromium.ts';
import { FIREFOX, findProgram, MINI_BROWSER, WEBKIT_DRIVER, XVFB } from '../programs.ts';

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type Engine = (typeof ENGINES)[number];

/** What a reader's screen is: its size in CSS pixels, and device pixels for one of them. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** A picture of a part of the screen, in device pixels. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: ArrayLike<number>;
}

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };
export type PressedKey = 'Enter' | 'Escape';

/** A page, or the frame in it that was entered. */
export interface Tab {
  readonly engine: Engine;
  /** Opens an address and waits until it has loaded. */
  readonly go: (address: string) => Promise<void>;
  /** Runs a function that refers to nothing outside itself in the page, and gives what it gives or promises. */
  readonly run: <Given extends readonly Json[], Result>(work: (...given: Given) => Result, ...given: Given) => Promise<Awaited<Result>>;
  /** The first element of a selector, as the screen shows it. */
  readonly shot: (selector: string) => Promise<Shot>;
  readonly screen: () => Promise<Uint8Array>;
  readonly press: (key: PressedKey) => Promise<void>;
  /** A point in CSS pixels of the page, not of an entered frame. */
  readonly click: (x: number, y: number) => Promise<void>;
  readonly wheel: (x: number, y: number, down: number) => Promise<void>;
  /** The rest concerns the frame of a selector, in which `>>>` leads into an open shadow root; `leave` returns to the page. */
  readonly enter: (selector: string) => Promise<void>;
  readonly leave: () => Promise<void>;
  /** What the page complained of since it was last asked; in WebKit what it complained of once it had loaded. */
  readonly complaints: () => Promise<string[]>;
}

/** WebKit's own window is never narrower than this, in CSS pixels: a narrower page is shown in a frame of that size. */
const LEAST_WINDOW = 447;
/** How high the bar of WebKit's window is. */
const BAR = 38;

const open: (() => Promise<void>)[] = [];
const tabs = new Map<string, Promise<Tab>>();
const browsers = new Map<string, Promise<Browser>>();

/** A tab of an engine with such a screen: the same one each time, for a start costs seconds. `framed` gives the page that shows an address in a frame. */
export function tabOf(engine: Engine, screen: Screen, framed: (address: string) => string): Promise<Tab> {
  const key = `${engine} ${screen.width}x${screen.height}x${screen.ratio}`;
  const found = tabs.get(key) ?? (engine === 'webkit' ? webkitTab(screen, framed) : puppeteerTab(engine, screen));
  tabs.set(key, found);
  return found;
}

/** Ends every engine that was started. */
export async function endEngines(): Promise<void> {
  tabs.clear();
  browsers.clear();
  for (const end of open.splice(0).reverse()) await end();
}

async function launch(engine: 'chromium' | 'firefox'): Promise<Browser> {
  const browser = await puppeteer.launch(
    engine === 'chromium'
      ? // Chromium refuses its sandbox to root, and only to root.
        {
          executablePath: findChromium(),
          args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run', '--disable-background-networking'],
        }
      : // Bars beside the page would make it narrower than the others'.
        {
          browser: 'firefox',
          executablePath: findProgram(FIREFOX),
          extraPrefsFirefox: { 'ui.useOverlayScrollbars': 1, 'widget.gtk.overlay-scrollbars.enabled': true },
        },
  );
  open.push(() => browser.close());
  return browser;
}

async function puppeteerTab(engine: 'chromium' | 'firefox', { width, height, ratio }: Screen): Promise<Tab> {
  const starting = browsers.get(engine) ?? launch(engine);
  browsers.set(engine, starting);
  const page: Page = await (await starting).newPage();
  await page.setViewport({ width, height, deviceScaleFactor: ratio });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error instanceof Error ? error.message : String(error)));
  let frame: Frame | undefined;
  let corner = { x: 0, y: 0 };
  const where = () => frame ?? page.mainFrame();
  return {
    engine,
    go: async (address) => {
      frame = undefined;
      // The same page at another step would not be loaded anew.
      await page.goto('about:blank');
      await page.bringToFront();
      await page.goto(address, { waitUntil: 'load' });
    },
    run: async <Given extends readonly Json[], Result>(work: (...given: Given) => Result, ...given: Given): Promise<Awaited<Result>> =>
      (await where().evaluate(`(${work.toString()})(...${JSON.stringify(given)})`)) as Awaited<Result>,
    shot: async (selector) => {
      const element = await where().waitForSelector(selector);
      if (!element) throw new Error(`no ${selector}`);
      // Of what a frame holds Firefox takes no picture: it is cut out of the screen.
      if (frame) {
        const { x, y, width: across, height: down } = await frame.evaluate(boxIn, selector);
        const screen = decode(await page.screenshot({ captureBeyondViewport: false }));
        return cut(screen, ratio, { x: x + corner.x, y: y + corner.y, width: across, height: down });
      }
      return decode(await element.screenshot({ captureBeyondViewport: false }));
    },
    screen: () => page.screenshot({ captureBeyondViewport: false }),
    press: (key) => page.keyboard.press(key satisfies KeyInput),
    click: (x, y) => page.mouse.click(x, y),
    wheel: async (x, y, down) => {
      await page.mouse.move(x, y);
      await page.mouse.wheel({ deltaY: down });
    },
    enter: async (selector) => {
      const element = await page.waitForSelector(selector);
      // The element is there before its frame is.
      const end = performance.now() + 10_000;
      let inner = await element?.contentFrame();
      while (element && !inner && performance.now() < end) inner = await element.contentFrame();
      if (!element || !inner) throw new Error(`no frame ${selector}`);
      corner = await element.evaluate((one) => one.getBoundingClientRect().toJSON() as { x: number; y: number });
      frame = inner;
    },
    leave: async () => void (frame = undefined),
    complaints: async () => complaints.splice(0),
  };
}

async function webkitTab({ width, height, ratio }: Screen, framed: (address: string) => string): Promise<Tab> {
  const driver = await webkit(ratio, Math.max(width, 1440), height + BAR);
  const narrow = width < LEAST_WINDOW;
  await driver
    .manage()
    .window()
    .setRect({ x: 0, y: 0, width: Math.max(width, LEAST_WINDOW), height: height + BAR });
  await driver.manage().setTimeouts({ script: 60_000, pageLoad: 60_000 });
  // WebKitWebDriver has no log: the page keeps one, which is read before it is left.
  const complaints: string[] = [];
  const collect = async () => {
    complaints.push(...(await driver.executeScript<string[]>('return (window.complaints ?? []).splice(0)')));
  };
  // WebKitWebDriver turns the wheel by what is more than the last turn of its session (2.50).
  let turned = 0;
  /** The corners of the frames that were entered, each in the one around it. */
  let framedIn: (readonly [number, number])[] = [];
  const boxOf = (selector: string) =>
    driver.executeScript<{ x: number; y: number; width: number; height: number }>(
      'const { x, y, width, height } = document.querySelector(arguments[0]).getBoundingClientRect(); return { x, y, width, height };',
      selector,
    );
  const leave = async () => {
    await driver.switchTo().defaultContent();
    framedIn = narrow ? [[0, 0]] : [];
    if (narrow && (await driver.executeScript('return frames.length > 0'))) await driver.switchTo().frame(0);
  };
  return {
    engine: 'webkit',
    go: async (address) => {
      await leave();
      await collect();
      await driver.switchTo().defaultContent();
      await driver.get('about:blank');
      await driver.get(narrow ? framed(address) : address);
      await leave();
      await driver.executeScript(`window.complaints = [];
        for (const kind of ['error', 'warn']) console[kind] = (...words) => window.complaints.push(words.join(' '));
        for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, ({ message, reason }) => window.complaints.push(String(message ?? reason)));`);
    },
    run: async <Given extends readonly Json[], Result>(work: (...given: Given) => Result, ...given: Given): Promise<Awaited<Result>> => {
      const answer = await driver.executeAsyncScript<{ readonly value?: unknown; readonly error?: string }>(
        `const done = arguments[1];
        Promise.resolve().then(() => (${work.toString()})(...arguments[0])).then((value) => done({ value }), (error) => done({ error: String(error) }));`,
        given,
      );
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value as Awaited<Result>;
    },
    shot: async (selector) => {
      // Of an element WebKitWebDriver takes another part than its box, and none inside a frame: it is cut out of the screen.
      const box = await boxOf(selector);
      const [dx, dy] = [0, 1].map((axis) => framedIn.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0));
      const screen = decode(Buffer.from(await driver.takeScreenshot(), 'base64'));
      return cut(screen, ratio, { ...box, x: box.x + (dx ?? 0), y: box.y + (dy ?? 0) });
    },
    screen: async () => Buffer.from(await driver.takeScreenshot(), 'base64'),
    press: async (key) => driver.actions().sendKeys({ Enter: Key.ENTER, Escape: Key.ESCAPE }[key]).perform(),
    click: (x, y) =>
      driver
        .actions()
        .move({ x: Math.round(x), y: Math.round(y) })
        .click()
        .perform(),
    wheel: (x, y, down) => (driver.actions() as Turning).scroll(Math.round(x), Math.round(y), 0, (turned += down)).perform(),
    enter: async (selector) => {
      const [outer = '', inner] = selector.split(' >>> ');
      const element = driver.findElement(By.css(outer));
      const frame = inner ? await driver.executeScript<WebElement>('return arguments[0].shadowRoot.querySelector(arguments[1])', element, inner) : element;
      framedIn.push(await driver.executeScript<[number, number]>('const { x, y } = arguments[0].getBoundingClientRect(); return [x, y];', frame));
      await driver.switchTo().frame(frame);
    },
    leave,
    complaints: async () => {
      await collect();
      return complaints.splice(0);
    },
  };
}

/** The box of an element in its page, in CSS pixels; runs there. */
function boxIn(selector: string): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
  return { x, y, width, height };
}

/** Actions with the wheel, which the types of selenium-webdriver leave out. */
type Turning = Actions & { readonly scroll: (x: number, y: number, across: number, down: number) => Actions };

/** A part of a picture of the screen, its box in CSS pixels. */
function cut(screen: Shot, ratio: number, box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): Shot {
  const [left, top] = [Math.round(box.x * ratio), Math.round(box.y * ratio)];
  const [width, height] = [Math.round((box.x + box.width) * ratio) - left, Math.round((box.y + box.height) * ratio) - top];
  const { channels } = screen;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width * channels; x += 1) data[y * width * channels + x] = screen.data[((top + y) * screen.width + left) * channels + x] ?? 0;
  return { width, height, channels, data };
}

/** Starts WebKitGTK on a screen of its own. GDK_SCALE takes whole ratios only. */
async function webkit(ratio: number, width: number, height: number): Promise<WebDriver> {
  const screen = spawn(findProgram(XVFB), ['-displayfd', '3', '-screen', '0', `${width * ratio}x${height * ratio}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  open.push(() => ended(screen));
  const display = await new Promise<string>((resolve, reject) => {
    screen.once('error', reject);
    screen.once('exit', () => reject(new Error('Xvfb did not start')));
    screen.stdio[3]?.once('data', (number: Buffer) => resolve(`:${number.toString().trim()}`));
  });
  const port = await freePort();
  const service = spawn(findProgram(WEBKIT_DRIVER), [`--port=${port}`], {
    env: {
      ...process.env,
      DISPLAY: display,
      GDK_SCALE: String(ratio),
      GDK_BACKEND: 'x11',
      // A container may not make the sandbox of WebKit's processes; the pages are our own.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
    stdio: 'ignore',
  });
  open.push(() => ended(service));
  await listening(port);
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: findProgram(MINI_BROWSER), args: ['--automation'] },
  });
  const driver = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
  // The service may have ended before.
  open.push(() => driver.quit().catch(() => undefined));
  return driver;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || !child.kill()) return resolve();
    child.once('exit', () => resolve());
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Waits until a server of this machine answers at a port. */
async function listening(port: number): Promise<void> {
  const until = performance.now() + 20_000;
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`);
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
