/** What an embed and its host say to each other: exact shapes, whatever else is sent; and the room that an embed takes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heightToPost, displayModeOf, viewOf } from '#embed/displayMode.ts';
import { messageOf, MAX_HEIGHT, parseHostMessage, parseFrameMessage } from '#embed/protocol.ts';
import { reservedHeight } from '#embed/reservedHeight.ts';
import { heightAt, spacingFor } from '#embed/spacing.ts';
import { readyMessages, parseResizerMessage, heightMessages, detectProtocols } from '#embed/resizeProtocols.ts';

const cyclic: Record<string, unknown> = { explainer: 1, type: 'height' };
cyclic['height'] = cyclic;
const polluting: unknown = JSON.parse('{"explainer":1,"type":"height","__proto__":{"height":500}}');

/** Values that were used, or could be, against listeners. The last but one is pym's CVE-2018-1000086. */
const HOSTILE: readonly unknown[] = [
  null,
  undefined,
  NaN,
  Infinity,
  -1,
  0.5,
  1e9,
  '500',
  'javascript:alert(1)',
  '__proto__',
  Symbol('x'),
  [],
  [1],
  new Date(0),
  new Map([['type', 'height']]),
  () => 500,
  cyclic,
  polluting,
  'x'.repeat(1e6),
  { toString: () => 'ready' },
  'pymxPYMxroomxPYMxnavigateToxPYMxjavascript:alert(document.domain)',
  '[iFrameSizer]room:0:0:scrollTo',
];

const field = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.anything(),
  fc.constantFrom('ready', 'height', 'step', 'figure-open', 'show', 'scroll', 'release', 'theme', 'navigateTo', 'scrollTo', 1, 500, 'maskpark', 'dark'),
);
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.anything(),
  fc.record(
    { explainer: fc.oneof(fc.constant(1), field), type: field, height: field, y: field, id: field, theme: field, kind: field, scroll: field, sentinel: field },
    { requiredKeys: [] },
  ),
);

const ID = /^[a-z][a-z0-9-]*$/;
const isWhole = (value: unknown, least: number) => Number.isInteger(value) && Number(value) >= least && Number(value) <= MAX_HEIGHT;

describe('what a frame says', () => {
  test.each([
    { type: 'ready' },
    { type: 'ready', title: 'How large the groups were' },
    { type: 'show', y: 0, serial: 3 },
    { type: 'height', height: 1 },
    { type: 'height', height: MAX_HEIGHT },
    { type: 'show', y: 0 },
    { type: 'step', id: 'ten-thousand' },
    { type: 'figure-open', id: 'weibo-views-270m' },
  ] as const)('is understood: $type', (message) => {
    expect(parseFrameMessage(messageOf(message))).toEqual(message);
  });

  test.each([
    ['another version', { explainer: 2, type: 'ready' }],
    ['a version in words', { explainer: '1', type: 'ready' }],
    ['no version', { type: 'ready' }],
    ['a height in words', { explainer: 1, type: 'height', height: '500' }],
    ['a height of nothing', { explainer: 1, type: 'height', height: 0 }],
    ['a height below nothing', { explainer: 1, type: 'height', height: -5 }],
    ['a height and a half', { explainer: 1, type: 'height', height: 500.5 }],
    ['a height beyond all', { explainer: 1, type: 'height', height: MAX_HEIGHT + 1 }],
    ['no height', { explainer: 1, type: 'height' }],
    ['a place outside', { explainer: 1, type: 'show', y: -1 }],
    ['a step that is an address', { explainer: 1, type: 'step', id: 'javascript:alert(1)' }],
    ['a step that is markup', { explainer: 1, type: 'step', id: '<img>' }],
    ['a step without end', { explainer: 1, type: 'step', id: 'a'.repeat(65) }],
    ['a way to lead the host away', { explainer: 1, type: 'navigateTo', id: 'https://example.org' }],
    ['a free scroll', { explainer: 1, type: 'scrollTo', y: 0 }],
    ['a field of the prototype', polluting],
  ])('is refused: %s', (_, data) => {
    expect(parseFrameMessage(data)).toBeUndefined();
  });

  test('is a sound message or nothing, of 12,000 hostile ones', () => {
    let understood = 0;
    fc.assert(
      fc.property(hostile, (data) => {
        const message = parseFrameMessage(data);
        if (!message) return;
        understood += 1;
        if (message.type === 'height') expect(isWhole(message.height, 1)).toBe(true);
        if (message.type === 'show') expect(isWhole(message.y, 0)).toBe(true);
        if (message.type === 'step' || message.type === 'figure-open') expect(message.id).toMatch(ID);
        expect(Object.keys(message).every((key) => ['type', 'height', 'y', 'id', 'title', 'serial'].includes(key))).toBe(true);
      }),
      { numRuns: 12_000, seed: 4 },
    );
    expect(understood, 'the fuzz also reaches what is understood').toBeGreaterThan(20);
    expect(({} as Record<string, unknown>)['height']).toBeUndefined();
  }, 60_000);
});

describe('what a host says', () => {
  const tongues = detectProtocols({ search: '?childId=room', hash: '#?secret=abc' });

  test.each([
    { type: 'scroll', y: 0 },
    { type: 'scroll', y: 1234.5 },
    { type: 'scroll', y: 0, height: 5_332, serial: 1 },
    { type: 'release' },
    { type: 'release', viewport: 844, serial: 2 },
    { type: 'theme', theme: 'dark' },
  ] as const)('is understood: $type', (message) => {
    expect(parseHostMessage(messageOf(message))).toEqual(message);
  });

  test.each([
    [{ explainer: 1, type: 'scroll', y: -1 }],
    [{ explainer: 1, type: 'scroll', y: NaN }],
    [{ explainer: 1, type: 'scroll', y: MAX_HEIGHT + 1 }],
    [{ explainer: 1, type: 'theme', theme: 'https://example.org/x.css' }],
    [{ explainer: 1, type: 'theme', theme: 'constructor' }],
    [{ type: 'release' }],
  ])('is refused: %j', (data) => {
    expect(parseHostMessage(data)).toBeUndefined();
  });

  test('does nothing but scroll, let go, dress or ask, of 12,000 hostile messages', () => {
    fc.assert(
      fc.property(hostile, (data) => {
        const message = parseHostMessage(data);
        if (message?.type === 'scroll') expect(message.y >= 0 && message.y <= MAX_HEIGHT).toBe(true);
        if (message?.type === 'theme') expect(['auto', 'light', 'dark']).toContain(message.theme);
        const heard = parseResizerMessage(tongues, data);
        if (heard?.scroll !== undefined) expect(heard.scroll >= 0 && heard.scroll <= MAX_HEIGHT).toBe(true);
        expect(heard?.protocols.pym ?? 'room').toBe('room');
      }),
      { numRuns: 12_000, seed: 4 },
    );
  }, 60_000);
});

describe('the tongues', () => {
  const nobody = detectProtocols({ search: '', hash: '' });
  const at = { href: 'https://room.example/embed/members/', width: 620 };
  const said = (tongues: typeof nobody) => heightMessages(tongues, 4321, at);

  test('what every host may hear: frames and AMP, Datawrapper, Embedly and Medium, the Guardian', () => {
    expect(said(nobody)).toEqual([
      { sentinel: 'amp', type: 'embed-size', height: 4321 },
      { 'datawrapper-height': { 'the-size-of-the-room': 4321 } },
      '{"src":"https://room.example/embed/members/","context":"iframe.resize","height":4321}',
      { kind: 'interactive:height', height: 4321 },
    ]);
  });

  test('pym is spoken where the address names its child, and nothing that its old fault could be used for', () => {
    expect(said(detectProtocols({ search: '?initialWidth=620&childId=room-1&parentUrl=x', hash: '' }))[0]).toBe('pymxPYMxroom-1xPYMxheightxPYMx4321');
    for (const search of ['?childId=', '?childId=a%20b', '?childId=x.*', `?childId=${'a'.repeat(101)}`, '?notchildId=room'])
      expect(said(detectProtocols({ search, hash: '' }))).toEqual(said(nobody));
    expect(JSON.stringify([said(nobody), readyMessages(nobody)])).not.toMatch(/navigateTo|scrollTo/);
  });

  test('iframe-resizer is spoken after its first message, and only then', () => {
    const first = '[iFrameSizer]iFrameResizer0:8:false:false:32:true:true:null:bodyOffset:null:null:0:false:parent:scroll:true';
    const heard = parseResizerMessage(nobody, first);
    expect(heard?.asks).toBe(true);
    expect(said(heard?.protocols ?? nobody)[0]).toBe('[iFrameSizer]iFrameResizer0:4321:620:init');
    for (const other of [
      '[iFrameSizer]pageInfo:{"a":1}',
      '[iFrameSizer]',
      '[iFrameSizer]a b:8:false',
      '[iFrameSizer]a:8:maybe',
      first.slice(1),
      `${first}${'x'.repeat(1_000)}`,
    ])
      expect(parseResizerMessage(nobody, other)).toBeUndefined();
  });

  test('WordPress is spoken with its own secret, and asks with it', () => {
    const wordpress = detectProtocols({ search: '', hash: '#?secret=a1B2c3' });
    expect(said(wordpress)[0]).toEqual({ message: 'height', value: 4321, secret: 'a1B2c3' });
    expect(parseResizerMessage(wordpress, { message: 'ready', secret: 'a1B2c3' })?.asks).toBe(true);
    expect(parseResizerMessage(wordpress, { message: 'ready', secret: 'other' })).toBeUndefined();
    expect(parseResizerMessage(nobody, { message: 'ready', secret: undefined })).toBeUndefined();
    expect(detectProtocols({ search: '', hash: '#?secret=<script>' }).wordpress).toBeUndefined();
  });

  test('frames asks for the height; the Guardian pins; AMP is told once that the frame stands', () => {
    expect(parseResizerMessage(nobody, { sentinel: 'amp', type: 'frames-init' })?.asks).toBe(true);
    expect(parseResizerMessage(nobody, { kind: 'interactive:scroll', scroll: 120.5 })?.scroll).toBe(120.5);
    for (const scroll of ['120', -1, NaN, Infinity, null]) expect(parseResizerMessage(nobody, { kind: 'interactive:scroll', scroll })).toBeUndefined();
    expect(readyMessages(detectProtocols({ search: '', hash: '#amp=1' }))).toContainEqual({ sentinel: 'amp', type: 'embed-ready' });
    expect(readyMessages(nobody)).toEqual([{ kind: 'interactive:scroll', scroll: 0 }]);
  });
});

describe('the room', () => {
  const room = { pinned: false, frame: 720, least: 3_600, viewport: undefined };

  test.each([
    ['hidden', { ...room, frame: 0 }, 'flat'],
    ['low', { ...room, frame: 400 }, 'pager'],
    ['as low as one page can be read in', { ...room, frame: 300 }, 'pager'],
    ['lower than that', { ...room, frame: 299 }, 'teaser'],
    ['a fixed height', room, 'pager'],
    ['just not enough', { ...room, frame: 3_599 }, 'pager'],
    ['enough', { ...room, frame: 3_600 }, 'tall'],
    ['more than is needed', { ...room, frame: 5_200 }, 'tall'],
    ['tall, on a viewport where nothing sticks', { ...room, frame: 4_000, viewport: 390 }, 'flat'],
    ['tall, on a high viewport', { ...room, frame: 4_000, viewport: 900 }, 'tall'],
    ['more is needed than any host may be asked for', { ...room, frame: MAX_HEIGHT, least: MAX_HEIGHT + 1 }, 'pager'],
    ['pinned', { ...room, pinned: true }, 'pinned'],
    ['pinned, and more than any host may be asked for', { ...room, pinned: true, least: MAX_HEIGHT + 1 }, 'pager'],
    ['pinned where nothing sticks', { ...room, pinned: true, frame: 390 }, 'flat'],
  ])('%s', (_, one, mode) => {
    expect(displayModeOf(one)).toBe(mode);
  });

  test('a height is told when it has changed by more than a pixel, rounded up, within its limits', () => {
    expect(heightToPost(undefined, 500.01)).toBe(501);
    expect(heightToPost(501, 501.9)).toBeUndefined();
    expect(heightToPost(501, 500)).toBeUndefined();
    expect(heightToPost(501, 498)).toBe(498);
    expect(heightToPost(501, 1e9)).toBe(MAX_HEIGHT);
    expect(heightToPost(501, 0)).toBe(1);
  });

  test('at the ends of a frame the host’s viewport reaches beyond it', () => {
    const frame = 4_000;
    expect(viewOf({ top: 0, height: 200 }, frame, 800)).toEqual({ top: -600, height: 800 });
    expect(viewOf({ top: 0, height: 800 }, frame, 800)).toEqual({ top: 0, height: 800 });
    expect(viewOf({ top: 1_500, height: 800 }, frame, 800)).toEqual({ top: 1_500, height: 800 });
    expect(viewOf({ top: 3_700, height: 300 }, frame, 800)).toEqual({ top: 3_700, height: 800 });
  });

  test('what is out of range in a field that a message may do without is left out, not obeyed', () => {
    for (const bad of ['5', -1, NaN, Infinity, 1e9, null, {}]) {
      expect(parseFrameMessage({ explainer: 1, type: 'show', y: 5, serial: bad })).toEqual({ type: 'show', y: 5 });
      expect(parseHostMessage({ explainer: 1, type: 'scroll', y: 5, height: bad })).toEqual({ type: 'scroll', y: 5 });
      expect(parseHostMessage({ explainer: 1, type: 'release', viewport: bad })).toEqual({ type: 'release' });
    }
    expect(parseFrameMessage({ explainer: 1, type: 'ready', title: {} })).toEqual({ type: 'ready' });
  });

  test('steps stand so far apart that the content is as high as asked, where it can be', () => {
    const content = { height: 3_000, apart: 500, steps: [200, 700, 480, 300] };
    expect(heightAt(content, 500)).toBe(3_000);
    expect(heightAt(content, 0)).toBe(3_000 - 500 - 700 - 500 - 500 + 200 + 700 + 480 + 300);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 40 }), fc.integer({ min: 280, max: 900 }), (steps, spacing) => {
        const measured = { height: 20_000, apart: 576, steps };
        const found = spacingFor(measured, heightAt(measured, spacing), 280, 900);
        expect(heightAt(measured, found)).toBeCloseTo(heightAt(measured, spacing), 1);
      }),
      { numRuns: 300, seed: 4 },
    );
    expect(spacingFor(content, 1e6, 280, 700)).toBeCloseTo(700, 2);
    expect(spacingFor(content, 1, 280, 700)).toBe(280);
  });

  test('the height that is kept for a frame is one that a host may be asked for, and follows the room', () => {
    const size = [7, 0] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 9_000 }),
        fc.integer({ min: 100, max: 2_000 }),
        fc.integer({ min: 100, max: 2_000 }),
        fc.boolean(),
        (stops, outside, width, view, isPinned) => {
          const height = reservedHeight([stops, outside], width, view, isPinned);
          expect(Number.isInteger(height) && height > 0 && height <= MAX_HEIGHT).toBe(true);
        },
      ),
      { numRuns: 1_000, seed: 4 },
    );
    expect(reservedHeight(size, 640, 900, true)).toBeGreaterThan(reservedHeight(size, 640, 700, true));
    expect(reservedHeight(size, 1_000, 900, true)).toBeLessThan(reservedHeight(size, 640, 900, true));
    expect(reservedHeight(size, 640, 900, false)).toBe(reservedHeight(size, 640, 700, false));
  });
});
