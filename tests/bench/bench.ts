/**
 * `npm run bench`: the built pages measured in Chromium beside their floor, on a slowed phone and a desk computer.
 * It prints one table, writes tests/bench/result.json, and says what moved since the last committed one.
 * `--runs 1` looks quickly; `--only load,lighthouse,pages` measures a part, and then writes nothing.
 */
import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../chromium.ts';
import { BUILD, ROOT } from '../e2e/story.ts';
import { floorOf, wordsIn } from './floor.ts';
import { serve } from './host.ts';
import { scores } from './lighthouse.ts';
import { load, type Load } from './load.ts';
import { ADDRESSES, BUDGETS } from './budget.ts';
import { PROFILES, readOnce, together, type Figures, type StepFrames } from './measure.ts';

const RESULT = 'tests/bench/result.json';
/** Loads for each median, and how many of them are read to the end and back. */
const RUNS = 5;
const READS = 2;
/** Steps whose frames are shown side by side: a hundred marks, and 270 million. */
const SMALL = 'hundred';
const LARGE = 'views';

interface Result {
  readonly machine: { readonly chromium: string; readonly node: string; readonly processors: number; readonly model: string };
  readonly runs: number;
  /** Figures by page, profile, and whether they are the page's or its floor's. */
  readonly pages: Record<string, Record<string, { page: Figures; floor: Figures; steps: readonly StepFrames[] }>>;
  readonly lighthouse: Record<string, Record<string, number>>;
  readonly server: Record<string, Load> | string;
}

/** What each figure is, how it is printed, and by how much it may move before it is said: a share, and its own unit. */
const ROWS: readonly (readonly [name: string, label: string, unit: 'kB' | '' | 'ms' | '%' | 'shift', noise: number])[] = [
  ['html', 'page', 'kB', 0],
  ['js', 'script', 'kB', 0],
  ['font', 'font', 'kB', 0],
  ['image', 'pictures', 'kB', 0],
  ['total', 'all bytes', 'kB', 0],
  ['requests', 'requests', '', 0],
  ['nodes', 'elements', '', 0],
  ['fcp', 'first paint', 'ms', 100],
  ['lcp', 'largest paint', 'ms', 200],
  ['tbt', 'blocked', 'ms', 50],
  ['cls', 'layout shift', 'shift', 0],
  ['heap', 'memory', 'kB', 500],
  ['heapAfter', 'memory, read', 'kB', 500],
  ['frames', 'frames', '', Infinity],
  ['frame95', 'frame, p95', 'ms', 5],
  ['frameMost', 'frame, longest', 'ms', 50],
  ['over33', 'frames > 33 ms', '%', 0.005],
  ['scrollTasks', 'long tasks, reading', '', 1],
  ['scrollTaskMost', 'longest task, reading', 'ms', 50],
  ['script', 'script, reading', 'ms', 500],
];

/** The story's targets beside its floor (performance.md); budgets that are no times are in budget.ts. */
const TARGETS: Readonly<Record<string, (floor: Figures) => readonly [target: number, stretch: number]>> = {
  js: () => [BUDGETS.story.js, 26_000],
  total: () => [BUDGETS.story.total, 110_000],
  requests: () => [BUDGETS.story.requests, 4],
  lcp: ({ lcp = 0 }) => [lcp + 150, lcp + 50],
  tbt: () => [50, 20],
  cls: () => [0, 0],
  scrollTasks: () => [0, 0],
  over33: () => [0.005, 0],
};

/** What an old phone on a very slow line may wait for (reliability.md, part A). */
const FIRST_VIEW: typeof TARGETS = { fcp: () => [3_000, 2_000], total: () => [200_000, 140_000], cls: () => [0, 0] };

function printed(value: number | undefined, unit: string): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (unit === 'kB') return (value / 1000).toFixed(1);
  if (unit === '%') return `${(value * 100).toFixed(2)} %`;
  return unit === 'shift' ? value.toFixed(4) : String(Math.round(value));
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ')).join('\n');
}

function pageTable(name: string, profile: string, page: Figures, floor: Figures): string {
  const goals = PROFILES[profile]?.firstView ? FIRST_VIEW : TARGETS;
  const rows = ROWS.map(([key, label, unit]) => {
    const [own, least] = [page[key], floor[key]];
    const targets = name === 'story' ? goals[key]?.(floor) : undefined;
    const verdict = targets && own !== undefined ? (own <= targets[1] ? 'stretch' : own <= targets[0] ? 'met' : 'MISSED') : '';
    return [
      `${label}${unit === 'kB' || unit === 'ms' ? `, ${unit}` : ''}`,
      printed(own, unit),
      printed(least, unit),
      own && least ? `× ${(own / least).toFixed(own / least < 10 ? 2 : 0)}` : '',
      ...(targets?.map((target) => `≤ ${printed(target, unit)}`) ?? ['', '']),
      verdict,
    ];
  });
  return table([[`${name}, ${profile}`, 'page', 'floor', 'ratio', 'target', 'stretch', ''], ...rows]);
}

function stepTable(steps: readonly StepFrames[]): string {
  const named = (id: string) => steps.filter(({ step }) => step === id);
  const worst = steps.toSorted((a, b) => b.over33 - a.over33).slice(0, 3);
  const rows = [...named(SMALL), ...named(LARGE), ...worst].map(({ step, frames, p95, over33 }) => [
    step,
    String(frames),
    p95.toFixed(1),
    printed(over33, '%'),
  ]);
  return table([['step in view (100 marks, 270 million, the worst three)', 'frames', 'p95 ms', '> 33 ms'], ...rows]);
}

/** What differs from the last committed result by more than chance. Times of another machine are not compared. */
function moved(before: Result, after: Result): string[] {
  const sameMachine = before.machine.model === after.machine.model && before.machine.processors === after.machine.processors;
  return Object.entries(after.pages).flatMap(([name, profiles]) =>
    Object.entries(profiles).flatMap(([profile, { page }]) =>
      ROWS.flatMap(([key, label, unit, noise]) => {
        const [was = NaN, is = NaN] = [before.pages[name]?.[profile]?.page[key], page[key]];
        const exact = noise === 0;
        if (was === is || Number.isNaN(was) || Number.isNaN(is) || (!exact && (!sameMachine || Math.abs(is - was) <= noise))) return [];
        return [`${name}, ${profile}: ${label} ${printed(was, unit)} → ${printed(is, unit)}${unit === 'ms' || unit === 'kB' ? ` ${unit}` : ''}`];
      }),
    ),
  );
}

async function measurePages(runs: number): Promise<Pick<Result, 'pages'> & { chromium: string }> {
  const floors = new Map<string, string>();
  for (const address of Object.values(ADDRESSES)) {
    const page = readFileSync(join(BUILD, address, 'index.html'), 'utf8');
    const floor = floorOf(page);
    if (wordsIn(page).join(' ') !== wordsIn(floor).join(' ')) throw new Error(`the floor of ${address} has other words than the page`);
    floors.set(`/floor${address}`, floor);
  }
  const host = await serve(BUILD, floors);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const pages: Result['pages'] = {};
    for (const [name, address] of Object.entries(ADDRESSES))
      for (const [profile, setting] of Object.entries(PROFILES)) {
        if (setting.firstView && name !== 'story') continue;
        const read = async (url: string) => {
          // The first is not counted: it warms the host and the browser.
          if (runs > 1) await readOnce(browser, setting, url, false);
          const reads = [];
          for (let i = 0; i < runs; i += 1) reads.push(await readOnce(browser, setting, url, i < READS));
          return together(reads);
        };
        const page = await read(host.origin + address);
        const floor = await read(`${host.origin}/floor${address}`);
        (pages[name] ??= {})[profile] = { page: page.figures, floor: floor.figures, steps: page.steps };
        console.log(`\n${pageTable(name, profile, page.figures, floor.figures)}`);
        if (page.steps.length) console.log(`\n${stepTable(page.steps)}`);
      }
    return { pages, chromium: browser.version() };
  } finally {
    await browser.close();
    host.close();
  }
}

async function measureScores(): Promise<Result['lighthouse']> {
  const host = await serve(BUILD, new Map());
  try {
    const addresses = [...Object.values(ADDRESSES), '/evidence/', '/steps/', '/publishers/'].filter((address) =>
      existsSync(join(BUILD, address, 'index.html')),
    );
    const found = await scores(addresses.map((address) => host.origin + address));
    const byAddress = Object.fromEntries(Object.entries(found).map(([url, of]) => [new URL(url).pathname, of]));
    const names = Object.keys(Object.values(byAddress)[0] ?? {});
    console.log(
      `\n${table([['Lighthouse, phone', ...names], ...Object.entries(byAddress).map(([address, of]) => [address, ...names.map((name) => String(of[name]))])])}`,
    );
    return byAddress;
  } finally {
    host.close();
  }
}

async function measureServer(): Promise<Result['server']> {
  const server = await load(BUILD);
  if (typeof server === 'string') console.log(`\n${server}`);
  else
    console.log(
      `\n${table([['nginx, one worker, 64 connections, loopback', 'a second', 'MB a second', 'p99', 'errors'], ...Object.entries(server).map(([name, { requests, megabytes, slowest99, errors }]) => [`the story, ${name}`, String(requests), String(megabytes), slowest99, String(errors)])])}`,
    );
  return server;
}

const { values } = parseArgs({ options: { runs: { type: 'string' }, only: { type: 'string' } } });
const runs = Number(values.runs ?? RUNS);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: expected a number of at least 1, found "${values.runs}"`);
const parts = values.only?.split(',');
const wanted = (part: string) => !parts || parts.includes(part);
const server = wanted('load') ? await measureServer() : undefined;
const lighthouse = wanted('lighthouse') ? await measureScores() : undefined;
const measured = wanted('pages') ? await measurePages(runs) : undefined;
if (server !== undefined && lighthouse && measured) {
  const [processor] = cpus();
  const machine = { chromium: measured.chromium, node: process.version, processors: cpus().length, model: processor?.model ?? '' };
  const result: Result = { machine, runs, pages: measured.pages, lighthouse, server };
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value);
  const text = JSON.stringify(result, rounded, 2);
  writeFileSync(join(ROOT, RESULT), `${text}\n`);
  const committed = (() => {
    try {
      return JSON.parse(execFileSync('git', ['show', `HEAD:./${RESULT}`], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as Result;
    } catch {
      return undefined;
    }
  })();
  const changes = committed ? moved(committed, JSON.parse(text) as Result) : ['nothing is committed to compare with'];
  console.log(`\nSince the last committed result:\n${changes.map((change) => `  ${change}`).join('\n') || '  nothing moved'}`);
}
