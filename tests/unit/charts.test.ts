/** Every chart at every step, moment and size: nothing broken, nothing covered, nothing cut, and every mark counted. */
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import type { Chart, Label, Scene, Size } from '#charts/types.ts';
import { COVER_LIGHT } from '#charts/members/layout.ts';
import StillPicture from '#charts/StillPicture.svelte';
import { CHARTS } from '#charts/registry.ts';
import { DERIVED_IDS } from '#evidence/derived.ts';
import { findFact } from '#evidence/facts.ts';
import type { Data } from '#evidence/schema.ts';
import { describeFact, FORMS, type Form } from '#evidence/describeFact.ts';
import { countOf, stripsOf, type Block } from '#charts/dotField.ts';
import { BRIGHTNESS, placeOf, radiusOf } from '#charts/light.ts';
import { chartViewOf } from '#edition/chartView.ts';
import { edited } from '../fixtures/unit-data.ts';
import { english, project } from '../fixtures/unit-project.ts';
import {
  boxOfField,
  brokenNumbers,
  chartOf,
  doubleKeys,
  keysOf,
  labelsOnFields,
  labelsOutside,
  labelsOverlapping,
  labelsTooSmall,
  marksOutside,
  momentsOf,
  overlap,
  PROGRESS,
  sceneOf,
  SIZES,
  VIEWS,
} from '../fixtures/unit-scenes.ts';

const { data } = project;
const charts = Object.values(CHARTS);
const WIDE: Size = { width: 900, height: 900 };

/** What a check finds in every picture of a chart, each finding with its size and moment. */
function found(chart: Chart, check: (scene: Scene, step: string) => readonly string[], progress: readonly number[] = PROGRESS): string[] {
  return SIZES.flatMap((size) =>
    momentsOf(chart)
      .filter((moment) => progress.includes(moment.progress))
      .flatMap((moment) =>
        check(sceneOf(chart.id, size, moment.step, moment.progress), moment.step).map(
          (finding) => `${size.width}x${size.height} ${moment.step} at ${moment.progress}: ${finding}`,
        ),
      ),
  );
}

test('the walk meets all eight charts and all their steps', () => {
  expect(Object.keys(CHARTS)).toEqual(['members', 'views', 'comments', 'comparison', 'penalties', 'paths', 'timeline', 'gaps']);
  const told = english.story.scenes.flatMap((scene) => scene.passages.map(({ chart, steps }) => [chart, steps.map((step) => step.id)]));
  expect(told).toEqual(charts.map((chart) => [chart.id, chart.steps]));
});

describe.each(charts)('$id', (chart) => {
  test('holds no number that is none', () => {
    expect(found(chart, brokenNumbers)).toEqual([]);
  });

  test('cuts no label off, resting or moving', () => {
    expect(found(chart, labelsOutside)).toEqual([]);
  });

  test('lays no label over another, resting or moving', () => {
    expect(found(chart, labelsOverlapping)).toEqual([]);
  });

  test('prints no label smaller than 15 pixels, 13 on the narrowest stages', () => {
    expect(found(chart, labelsTooSmall)).toEqual([]);
  });

  test('lets no number collide with a field', () => {
    // The card of the penalties lies over squares that are dimmed almost to nothing.
    expect(found(chart, (scene, step) => labelsOnFields(scene, step === 'not-the-same' ? 0.2 : 0), [1])).toEqual([]);
  });

  test('cuts no mark off once it rests', () => {
    expect(found(chart, marksOutside, [1])).toEqual([]);
  });

  test('gives each mark a key of its own', () => {
    expect(found(chart, doubleKeys)).toEqual([]);
  });

  test('lights something at every step, and says what', () => {
    expect(
      found(chart, ({ labels, fields, shapes }) => [...(labels.length ? [] : ['no words']), ...(fields.length + shapes.length ? [] : ['no marks'])], [1]),
    ).toEqual([]);
  });

  test('needs few elements, whatever it counts', () => {
    const elements = found(
      chart,
      (scene) => {
        const html = render(StillPicture, { props: { scene, id: 'picture' } }).body;
        // A line of a label is no element of its own here.
        const count = html.match(/<(?!tspan)[a-z]/gi)?.length ?? 0;
        // A field that thins out is painted in a few strips, each with a pattern of four brightnesses; a year is up to three blocks.
        const strips = scene.fields.reduce((sum, field) => sum + (field.fade ? 6 * stripsOf(field).length : 0), 0);
        const most = 60 + strips + scene.fields.reduce((sum, { key, blocks }) => sum + (key === 'years' ? blocks.length : 0), 0);
        return count > 0 && count < most ? [] : [`${count} elements`];
      },
      [0.5, 1],
    );
    expect(elements).toEqual([]);
  });

  test('is drawn from facts, size and moment alone: the same again for the same again', () => {
    const { view } = chartOf(chart.id);
    for (const moment of momentsOf(chart)) {
      const once = sceneOf(chart.id, WIDE, moment.step, moment.progress);
      sceneOf(chart.id, SIZES[0] ?? WIDE, chart.steps[0] ?? '', 0.3);
      expect(sceneOf(chart.id, WIDE, moment.step, moment.progress)).toEqual(once);
      // The inputs are frozen; a copy of them that is not gives the same picture.
      expect(chart.layout(structuredClone(view), { ...WIDE }, { ...moment })).toEqual(once);
    }
  });

  test('keeps the keys of what rests while it arrives, so that nothing is drawn anew', () => {
    const lost = SIZES.flatMap((size) =>
      chart.steps.flatMap((step) => {
        const near = new Set(keysOf(sceneOf(chart.id, size, step, 0.9)));
        return keysOf(sceneOf(chart.id, size, step)).flatMap((key) => (near.has(key) ? [] : [`${size.width}x${size.height} ${step}: ${key}`]));
      }),
    );
    expect(lost).toEqual([]);
  });

  test.each([
    [
      { width: 390, height: 404 },
      { width: 414, height: 430 },
    ],
    [
      { width: 640, height: 480 },
      { width: 768, height: 512 },
    ],
    [
      { width: 900, height: 900 },
      { width: 1200, height: 900 },
    ],
  ])('holds the same things at $width pixels as at a like size', (one, other) => {
    for (const step of chart.steps) expect(keysOf(sceneOf(chart.id, one, step)), step).toEqual(keysOf(sceneOf(chart.id, other, step)));
  });

  test('goes from step to step without a jump: every mark begins where it rested', () => {
    expect(SIZES.flatMap((size) => jumps(chart, size))).toEqual([]);
  });

  test('prints no number on the stage that is not a fact, with its qualifier', () => {
    expect(found(chart, ({ labels }) => unanswered(labels, PRINTED))).toEqual([]);
  });
});

/** Marks that are not where, or not as bright as, the step before left them; in pixels and shares. */
function jumps(chart: Chart, size: Size): string[] {
  return chart.steps.slice(1).flatMap((step, i) => {
    const [before, after] = [marksOf(sceneOf(chart.id, size, chart.steps[i] ?? '', 1)), marksOf(sceneOf(chart.id, size, step, 0))];
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
      const [one, other] = [before.get(key), after.get(key)];
      const at = `${size.width}x${size.height} ${chart.steps[i]} to ${step}: the ${key}`;
      const opacity = Math.abs((one?.opacity ?? 0) - (other?.opacity ?? 0));
      if (opacity > 0.02) return [`${at} goes from opacity ${one?.opacity ?? 0} to ${other?.opacity ?? 0}`];
      if (!one || !other) return [];
      const moved = Math.max(...one.corners.map((corner, at) => Math.abs(corner - (other.corners[at] ?? Infinity))));
      return moved > 0.5 || one.count !== other.count ? [`${at} moves by ${moved.toFixed(1)} px and goes from ${one.count} to ${other.count}`] : [];
    });
  });
}

interface Resting {
  readonly opacity: number;
  /** Left, top, right, bottom. */
  readonly corners: readonly number[];
  readonly count: number;
}

function marksOf({ fields, shapes }: Scene): Map<string, Resting> {
  const corners = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => [x, y, x + width, y + height];
  return new Map([
    ...fields.map((field): [string, Resting] => [
      `field ${field.key}`,
      { opacity: field.opacity, corners: corners(boxOfField(field)), count: countOf(field.blocks) },
    ]),
    ...shapes.map((shape): [string, Resting] => [`shape ${shape.key}`, { opacity: shape.opacity, corners: corners(shape.box), count: 0 }]),
  ]);
}

/** Every text that a fact can be printed as. */
const PRINTED: readonly string[] = [...Object.keys(data.facts), ...DERIVED_IDS].flatMap((id) => {
  const fact = findFact(data, id);
  const forms: readonly Form[][] = [[], ...FORMS.map((form) => [form]), ['units', 'capital']];
  return forms.flatMap((chosen) => {
    try {
      return fact ? [describeFact(fact, english.language, chosen).text ?? []].flat() : [];
    } catch {
      // The form does not suit this fact.
      return [];
    }
  });
});

/** Runs of digits in labels that stand in no printed fact. */
function unanswered(labels: readonly Label[], printed: readonly string[]): string[] {
  return labels.flatMap(({ key, lines }) => {
    const text = lines.join(' ');
    return [...text.matchAll(/\p{Nd}+(?:[.,]\p{Nd}+)*/gu)].flatMap(({ 0: digits, index }) =>
      printed.some((one) => [...allAt(text, one)].some((start) => start <= index && start + one.length >= index + digits.length))
        ? []
        : [`the label ${key} says ${digits}: "${text}"`],
    );
  });
}

function* allAt(text: string, part: string): Generator<number> {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) yield at;
}

describe('a field holds as many marks as the fact says', () => {
  const counted: readonly (readonly [chart: string, step: string, fields: readonly string[], fact: string])[] = [
    ['members', 'one', ['lights'], 'scale-one'],
    ['members', 'hundred', ['lights'], 'scale-hundred'],
    ['members', 'ten-thousand', ['lights'], 'scale-ten-thousand'],
    ['members', 'maskpark', ['lights'], 'maskpark-users'],
    ['members', 'others', ['lights'], 'maskpark-users'],
    ['members', 'others', ['others'], 'other-subforums-900k'],
    ['views', 'view', ['lights'], 'scale-one'],
    ['views', 'million', ['lights'], 'scale-million'],
    ['comments', 'warning', ['comments', 'more'], 'rednote-comments-before'],
    ['penalties', 'ten-days', ['days'], 'detention-10-days'],
    ['penalties', 'forty-years', ['days'], 'detention-10-days'],
    ['penalties', 'forty-years', ['years'], 'nth-room-sentence-days'],
    ['penalties', 'not-the-same', ['years'], 'nth-room-sentence-days'],
    ['comparison', 'users', ['maskpark'], 'maskpark-users'],
    ['paths', 'which-law', ['days'], 'detention-10-days'],
    ['paths', 'in-the-way', ['days'], 'detention-10-days'],
  ];

  /** The count that a fact is drawn up to: its number, or the upper edge of its band. */
  const countOfFact = (from: Data, id: string): number => {
    const fact = findFact(from, id);
    if (fact?.kind === 'band') return fact.interval[1] ?? NaN;
    return fact && 'value' in fact ? fact.value : NaN;
  };
  const drawn = (from: Data, id: string, step: string, keys: readonly string[], size: Size): number => {
    const { chart } = chartOf(id);
    const { fields } = chart.layout(chartViewOf(chart, from, english), size, { step, progress: 1 });
    return fields.filter(({ key }) => keys.includes(key)).reduce((sum, { blocks }) => sum + countOf(blocks), 0);
  };

  test.each(counted)('%s, %s: %j hold %s', (id, step, keys, fact) => {
    for (const size of SIZES) expect(drawn(data, id, step, keys, size)).toBe(countOfFact(data, fact));
  });

  test.each([
    ['members', 'maskpark', ['lights'], 'maskpark-users', 123_456],
    ['members', 'others', ['others'], 'other-subforums-900k', 777_777],
    ['penalties', 'ten-days', ['days'], 'detention-10-days', 12],
  ] as const)('%s, %s: %j follow a correction of %s to %d', (id, step, keys, fact, value) => {
    const corrected = edited(data, `facts.${fact}.value`, value);
    expect(countOfFact(corrected, fact)).toBe(value);
    for (const size of SIZES) expect(drawn(corrected, id, step, keys, size)).toBe(value);
  });

  test.each([270_000_000, 271_000_003])('%d views are as many blocks as there are millions in them', (value) => {
    const corrected = edited(data, 'facts.weibo-views-270m.value', value);
    const million = data.facts['scale-million'];
    if (million?.kind !== 'scale-mark') throw new Error('no million');
    for (const size of SIZES) expect(drawn(corrected, 'views', 'views', ['blocks'], size)).toBe(Math.round(value / million.value));
  });

  test('a block of a million has the shape of the field of a million that was seen before it, and is where that field has shrunk to', () => {
    for (const size of SIZES) {
      const [field, end] = [sceneOf('views', size, 'views', 0).fields, sceneOf('views', size, 'views').fields];
      const [before, block] = [field.find(({ key }) => key === 'lights'), end.find(({ key }) => key === 'blocks')];
      if (!before || !block) throw new Error('no field');
      const seen = boxOfField(before);
      expect(block.pitch / (block.pitch * block.cellHeight)).toBeCloseTo(seen.width / (size.height - (sceneOf('views', size, 'views').ceiling ?? 0)), 1);
      expect([block.x, block.y]).toEqual([0, size.height]);
    }
  });

  test('forty years are forty calendars of weeks: each has the days of a year, every fourth one more, and goes on with the weekday after the last', () => {
    for (const size of SIZES) {
      const { fields } = sceneOf('penalties', size, 'forty-years');
      const years = yearsIn(fields.find(({ key }) => key === 'years')?.blocks ?? []);
      expect(years.map(({ days }) => days)).toEqual(Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? 366 : 365)));
      years.forEach(({ first }, i) => expect(first).toBe(((years[i - 1]?.last ?? 6) + 1) % 7));
      expect(Math.max(...years.map(({ last }) => last))).toBe(6);
    }
  });

  test('a corrected sentence is drawn in its own days, one calendar a year', () => {
    const corrected = edited(data, 'facts.nth-room-sentence.value', 20);
    expect(drawn(corrected, 'penalties', 'forty-years', ['years'], WIDE)).toBe(7305);
    const { chart } = chartOf('penalties');
    const { fields } = chart.layout(chartViewOf(chart, corrected, english), WIDE, { step: 'forty-years', progress: 1 });
    expect(yearsIn(fields.find(({ key }) => key === 'years')?.blocks ?? [])).toHaveLength(20);
  });

  test('a band in words is solid to its low end and thins out to its high end, at the dot size of the other room', () => {
    const { low, high } = chartOf('comparison').view.figures['nth-room-users'] ?? { low: null, high: null };
    for (const size of SIZES) {
      const { fields } = sceneOf('comparison', size, 'users');
      const [band, more, members] = ['nth-room', 'nth-room-more', 'maskpark'].map((key) => fields.find((one) => one.key === key));
      if (!band || !more || !members) throw new Error('no field in a room');
      expect(countOf(band.blocks)).toBe(low);
      expect(countOf(band.blocks) + countOf(more.blocks)).toBe(high);
      expect(more.fade).toBeDefined();
      expect(new Set(fields.map(({ pitch }) => pitch)).size).toBe(1);
    }
  });

  test('comments go out under the scroll, all that were there and none that was not, and come back', () => {
    for (const size of SIZES) {
      const shares = [0, 0.2, 0.45, 0.7, 1].map((progress) => sceneOf('comments', size, 'silence', progress).fields.map(({ lit = 1 }) => lit)[0] ?? 0);
      expect(shares[0]).toBe(1);
      expect(shares.at(-1)).toBe(0);
      expect(shares).toEqual(shares.toSorted((one, other) => other - one));
    }
    expect(sceneOf('comments', WIDE, 'silence', 0).fields).toEqual(sceneOf('comments', WIDE, 'warning', 1).fields);
  });

  test('as many comments stay lit as were left', () => {
    const { chart, view } = chartOf('comments');
    for (const size of SIZES) {
      const lit = sceneOf('comments', size, 'others-deleted')
        .shapes.find(({ key }) => key === 'left')
        ?.d.match(/M/g)?.length;
      expect(lit).toBe(view.figures['rednote-comments-after']?.value);
    }
    const corrected = chartViewOf(
      chart,
      edited(data, 'facts.rednote-comments-after', { ...data.facts['rednote-comments-after'], value: 60, interval: [55, 65] }),
      english,
    );
    const { d } = chart.layout(corrected, WIDE, { step: 'others-deleted', progress: 1 }).shapes.find(({ key }) => key === 'left') ?? { d: '' };
    expect(new Set(d.split('M').slice(1)).size).toBe(60);
  });

  test('both small diagrams of the comparison, which are no data, hold as many lights', () => {
    const points = (key: string) =>
      sceneOf('comparison', WIDE, 'harmed', 0)
        .shapes.find((shape) => shape.key === key)
        ?.d.match(/M/g)?.length ?? 0;
    expect(points('ring') + points('centre')).toBe(points('scatter'));
    expect(points('scatter')).toBeGreaterThan(1);
  });
});

test('the light of the cover is the first account: the same place on the stage, the same size', () => {
  for (const size of SIZES) {
    const [light, ...more] = sceneOf('members', size, 'one', 0).fields;
    if (!light) throw new Error('no light');
    expect(more).toEqual([]);
    expect(countOf(light.blocks)).toBe(1);
    const first = placeOf(0, -1);
    expect(light.x + first.x * light.pitch).toBeCloseTo(size.width * COVER_LIGHT.x, 1);
    expect(light.y + first.y * light.pitch).toBeCloseTo(size.height * COVER_LIGHT.y, 1);
    expect(light.pitch * radiusOf(first.kind, Infinity)).toBeCloseTo(COVER_LIGHT.radius, 1);
    // Alone, it is one of the brightest.
    expect(BRIGHTNESS[first.kind]).toBe(1);
  }
});

describe('bounds are seen', () => {
  test('"more than" thins out; "as many as" and "up to" have a dashed outline and do not', () => {
    const thinning = ({ fields }: Scene) => fields.filter(({ fade }) => fade).map(({ key }) => key);
    const dashed = ({ shapes }: Scene) => shapes.filter(({ paint }) => paint === 'dashes').map(({ key }) => key);
    for (const size of SIZES) {
      const others = sceneOf('members', size, 'others');
      expect(thinning(others)).toEqual(['maskpark-more']);
      expect(dashed(others)).toEqual(['others-outline']);
      expect(thinning(sceneOf('views', size, 'views'))).toEqual(['more']);
      const days = sceneOf('penalties', size, 'ten-days');
      expect(thinning(days)).toEqual([]);
      expect(dashed(days)).toEqual(['days-outline']);
    }
  });

  test.each([
    ['members', 'maskpark', 'maskpark-users', 'as-many-as', ({ fields }: Scene) => fields.every(({ fade }) => !fade)],
    ['views', 'views', 'weibo-views-270m', 'up-to', ({ fields }: Scene) => fields.every(({ fade }) => !fade)],
    ['penalties', 'ten-days', 'detention-10-days', 'at-least', ({ shapes }: Scene) => shapes.every(({ paint }) => paint !== 'dashes')],
  ] as const)('%s, %s: a picture never says another bound than its words: %s corrected to "%s" is redrawn, or refused', (id, step, fact, bound, isRedrawn) => {
    const { chart } = chartOf(id);
    const corrected = edited(data, `facts.${fact}.bound`, bound);
    const draw = () => chart.layout(chartViewOf(chart, corrected, english), WIDE, { step, progress: 1 });
    const outcome = (() => {
      try {
        return isRedrawn(draw());
      } catch {
        return true;
      }
    })();
    expect(outcome).toBe(true);
  });

  test('an upper bound keeps its field inside its outline', () => {
    for (const size of SIZES)
      for (const step of ['others']) {
        const { fields, shapes } = sceneOf('members', size, step);
        const [field, outline] = [fields.find(({ key }) => key === 'others'), shapes.find(({ key }) => key === 'others-outline')?.box];
        if (!field || !outline) throw new Error('no field of the others');
        const inner = boxOfField(field);
        expect(outline.x < inner.x && outline.y < inner.y).toBe(true);
        expect(outline.x + outline.width > inner.x + inner.width && outline.y + outline.height > inner.y + inner.height).toBe(true);
      }
  });

  test('both fields of accounts have one dot size, so that neither is shown too large', () => {
    for (const size of SIZES)
      for (const step of ['others'])
        for (const progress of PROGRESS) {
          const pitches = sceneOf('members', size, step, progress).fields.map(({ pitch }) => pitch);
          expect(new Set(pitches).size).toBe(1);
        }
  });

  test('days and years have one size of square, so that neither length is shown too long', () => {
    for (const size of SIZES)
      for (const progress of PROGRESS) expect(new Set(sceneOf('penalties', size, 'forty-years', progress).fields.map(({ pitch }) => pitch)).size).toBe(1);
  });

  test('what nobody counted is an empty frame without a single mark in it', () => {
    for (const size of SIZES) {
      const { shapes, fields } = sceneOf('members', size, 'uncounted');
      const frame = shapes.find(({ key }) => key === 'frame');
      if (!frame) throw new Error('no empty frame');
      expect(frame.paint).toBe('stroke');
      expect(marksOutside({ ...sceneOf('members', size, 'uncounted'), fields: [], shapes: [frame] })).toEqual([]);
      // The whole stage is its frame, and no light is on it.
      expect(frame.box.width / size.width).toBeGreaterThan(0.7);
      expect(frame.box.height / size.height).toBeGreaterThan(0.6);
      expect(fields).toEqual([]);
    }
  });

  test('an inferred date is hollow, a stated one solid', () => {
    const { events } = chartOf('timeline').view;
    const { shapes } = sceneOf('timeline', WIDE, 'july');
    const drawn = (key: string) =>
      shapes
        .find((shape) => shape.key === key)
        ?.d.split('M')
        .slice(1) ?? [];
    for (const step of ['accounts', 'july']) {
      const told = events.filter((event) => event.step === step);
      const marks = drawn(`${step}-marks`);
      expect(marks).toHaveLength(told.length);
      expect(drawn(`${step}-hollow`)).toEqual(marks.filter((_, i) => told[i]?.inferred));
    }
    expect(new Set(events.map(({ inferred }) => inferred)).size).toBe(2);
  });

  test('two accounts that nobody has reconciled are joined by a broken line that says so', () => {
    const { events, words } = chartOf('timeline').view;
    const pair = events.filter(({ unreconciled }) => unreconciled).map(({ id }) => id);
    const differing = Object.entries(data.events).flatMap(([id, { unreconciledWith }]) => (unreconciledWith === undefined ? [] : [id, unreconciledWith]));
    expect(new Set(pair)).toEqual(new Set(differing));
    for (const size of SIZES) {
      const { shapes, labels } = sceneOf('timeline', size, 'accounts');
      expect(shapes.find(({ key }) => key === 'unreconciled-line')?.paint).toBe('dashes');
      expect(labels.find(({ key }) => key === 'unreconciled')?.lines.join(' ')).toBe(words['unreconciled']);
    }
  });

  test('every number that is in none of the articles has its frame, and its name inside; at the end one frame stands, and names the others beneath', () => {
    const { gaps, words } = chartOf('gaps').view;
    expect(gaps).toEqual(Object.keys(data.gaps));
    for (const size of SIZES) {
      const frames = (progress: number) => sceneOf('gaps', size, 'blank', progress).shapes.map(({ key }) => key);
      const { shapes, labels } = sceneOf('gaps', size, 'blank', 0);
      for (const gap of gaps) {
        const [frame, name] = [shapes.find(({ key }) => key === `gap-${gap}-frame`)?.box, labels.find(({ key }) => key === `gap-${gap}`)?.box];
        if (!frame || !name) throw new Error(`no frame for ${gap}`);
        expect(name.x >= frame.x && name.x + name.width <= frame.x + frame.width, `${gap} at ${size.width}`).toBe(true);
        expect(name.y >= frame.y && name.y + name.height <= frame.y + frame.height, `${gap} at ${size.width}`).toBe(true);
      }
      // They go one after another and none comes back.
      const seen = Array.from({ length: 41 }, (_, i) => frames(i / 40).length);
      expect(seen[0]).toBe(gaps.length);
      expect(seen.every((count, i) => count <= (seen[i - 1] ?? count))).toBe(true);
      expect(new Set(seen).size).toBeGreaterThan(8);
      expect(frames(1)).toEqual(['gap-women-pictured-frame']);
      const last = sceneOf('gaps', size, 'blank');
      const told = last.labels.map(({ lines }) => lines.join(' ')).join(' ');
      for (const gap of gaps) expect(told).toContain(words[gap]);
      expect(last.fields).toEqual([]);
    }
  });

  test('where the articles give no number or no penalty stands an empty frame with nothing in it but words that say so', () => {
    const blanks: readonly (readonly [chart: string, step: string, frame: string, words: string])[] = [
      ['comparison', 'harmed', 'harmed-maskpark-frame', 'harmed-maskpark'],
      ['comparison', 'ended', 'ended-blank-frame', 'ended-blank'],
      ['paths', 'which-law', 'obscene-frame', 'end-obscene'],
      ['paths', 'which-law', 'equipment-frame', 'end-equipment'],
    ];
    for (const size of SIZES)
      for (const [id, step, key, words] of blanks) {
        const { shapes, labels, fields } = sceneOf(id, size, step);
        const frame = shapes.find((shape) => shape.key === key);
        if (!frame) throw new Error(`no ${key}`);
        expect(frame.paint).toBe('stroke');
        expect(labels.filter(({ box }) => overlap(box, frame.box)).map((one) => one.key)).toEqual([words]);
        expect(fields.filter((field) => overlap(boxOfField(field), frame.box))).toEqual([]);
      }
  });
});

describe('the two cases', () => {
  test('stand in two rooms with a wall between them at every step and moment: nothing of one reaches into the other', () => {
    const { chart } = chartOf('comparison');
    for (const size of SIZES)
      for (const { step, progress } of momentsOf(chart)) {
        const { shapes, fields, labels } = sceneOf('comparison', size, step, progress);
        const wall = shapes.find(({ key }) => key === 'wall')?.box;
        if (!wall) throw new Error('no wall');
        const beside = (box: { readonly x: number; readonly width: number }) => box.x + box.width <= wall.x + 1 || box.x >= wall.x - 1;
        const high = labels.filter(({ box }) => box.y < wall.y + wall.height && box.y + box.height > wall.y);
        for (const box of [...fields.map(boxOfField), ...high.map((one) => one.box)])
          expect(beside(box), `${step} at ${progress}, ${size.width}x${size.height}`).toBe(true);
      }
  });

  test('start as two diagrams that say they are no data', () => {
    for (const size of SIZES) {
      const { shapes, labels, fields } = sceneOf('comparison', size, 'harmed', 0);
      expect(shapes.filter(({ key }) => ['centre', 'ring', 'scatter'].includes(key))).toHaveLength(3);
      expect(labels.filter(({ lines }) => lines.join(' ') === chartOf('comparison').view.words['diagram'])).toHaveLength(2);
      expect(fields).toEqual([]);
    }
  });
});

describe('obstacles', () => {
  // As the speakers put it (evidence ledger): encryption and borders for the police in any case, evidence in criminal cases, no rules on dissemination.
  const NAMED: Readonly<Record<string, readonly string[]>> = {
    'encrypted-overseas': ['not-obscene', 'obscene', 'equipment'],
    'cross-border': ['not-obscene', 'obscene', 'equipment'],
    evidence: ['obscene', 'equipment'],
    'no-specific-rule': ['obscene'],
  };

  test.each(Object.entries(NAMED))('%s stands across the lines that its speaker named: %j', (gate, named) => {
    for (const size of SIZES) {
      const { shapes, labels } = sceneOf('paths', size, 'in-the-way');
      const bar = shapes.find(({ key }) => key === `gate-${gate}-bar`)?.box;
      if (!bar) throw new Error(`no ${gate}`);
      const [fork] = shapes.filter(({ key }) => key === 'not-obscene-line').map(({ d }) => Number(/H([^C]+)C/.exec(d)?.[1]));
      // Where a line runs level, as its path ends.
      const level = (key: string) => Number(/ (\S+)$/.exec(shapes.find((shape) => shape.key === `${key}-line`)?.d ?? '')?.[1]);
      const lines = ['not-obscene', 'obscene', 'equipment'];
      const crossed = lines.filter((key) => bar.y < level(key) && bar.y + bar.height > level(key));
      expect(bar.x < (fork ?? 0) ? lines : crossed, `${size.width}x${size.height}`).toEqual(named);
      // On the lowest stages only the words beside the picture name the speaker.
      const told = labels.filter(({ key }) => key === `gate-${gate}` || key === `gate-${gate}-speaker`);
      expect(told).toHaveLength(size.width < 360 ? 1 : 2);
    }
  });

  test('only the line whose penalty is in the articles ends in days', () => {
    for (const size of SIZES) {
      const { fields, shapes } = sceneOf('paths', size, 'which-law');
      const [y] = shapes.filter(({ key }) => key === 'not-obscene-line').map(({ d }) => Number(/ (\S+)$/.exec(d)?.[1]));
      expect(fields.map(({ key }) => key)).toEqual(['days']);
      expect((fields[0]?.y ?? 0) + (fields[0]?.pitch ?? 0) / 2).toBeCloseTo(y ?? NaN, 0);
    }
  });
});

describe('what an opening shows', () => {
  test.each(Object.keys(CHARTS))('%s: the first moment of the first step is not empty', (id) => {
    const { chart } = chartOf(id);
    for (const size of SIZES) {
      const { shapes, fields } = sceneOf(id, size, chart.steps[0] ?? '', 0);
      expect(fields.length + shapes.filter(({ opacity }) => opacity > 0).length).toBeGreaterThan(0);
    }
  });

  test('the first day is one unlit square', () => {
    const { shapes, fields, labels } = sceneOf('penalties', WIDE, 'ten-days', 0);
    expect([shapes.map(({ paint }) => paint), fields, labels.map(({ lines }) => lines.join(' '))]).toEqual([['stroke'], [], ['one day']]);
  });
});

test.each(['comparison', 'penalties', 'paths', 'timeline', 'gaps'])(
  '%s: no word is cut off and none lies over another at the sizes of stages, down to the least',
  (id) => {
    const { chart } = chartOf(id);
    const STAGES: readonly Size[] = [
      { width: 864, height: 900 },
      { width: 390, height: 422 },
      { width: 320, height: 284 },
      { width: 560, height: 393 },
      { width: 284, height: 260 },
      { width: 284, height: 230 },
    ];
    const findings = STAGES.flatMap((size) =>
      momentsOf(chart).flatMap(({ step, progress }) => {
        const scene = sceneOf(id, size, step, progress);
        return [...labelsOutside(scene), ...labelsOverlapping(scene), ...(progress === 1 ? marksOutside(scene) : [])].map(
          (finding) => `${size.width}x${size.height} ${step} at ${progress}: ${finding}`,
        );
      }),
    );
    expect(findings).toEqual([]);
  },
);

/** The calendars in the blocks of a field: how many days each has, and on which day of the week it begins and ends, 0 to 6. */
function yearsIn(blocks: readonly Block[]): { days: number; first: number; last: number }[] {
  const days = blocks.flatMap(({ x, y, columns, rows }) =>
    Array.from({ length: columns * rows }, (_, i) => ({ x: x + Math.floor(i / rows), y: y + (i % rows) })),
  );
  expect(new Set(days.map(({ x, y }) => `${x} ${y}`)).size).toBe(days.length);
  // A year begins where a block does not go on with the day before it.
  const years: { days: number; first: number; last: number; x: number; y: number; top: number }[] = [];
  for (const { x, y } of days) {
    const year = years.at(-1);
    const isNext = year && ((x === year.x && y === year.y + 1 && y - year.top < 7) || (x === year.x + 1 && y === year.top && year.y === year.top + 6));
    if (isNext) Object.assign(year, { x, y, days: year.days + 1, last: y - year.top });
    else {
      const first = ((years.at(-1)?.last ?? 6) + 1) % 7;
      years.push({ days: 1, first, last: first, x, y, top: y - first });
    }
  }
  // The top of a year is the row of its whole weeks.
  return years.map(({ days, first, last }) => ({ days, first, last }));
}

describe('each check sees what it is for', () => {
  const scene = sceneOf('members', WIDE, 'maskpark');
  const [label] = scene.labels;
  const [field] = scene.fields;
  if (!label || !field) throw new Error('the picture of maskpark has a label and a field');
  const withLabel = (change: Partial<Label>): Scene => ({ ...scene, labels: [{ ...label, ...change }, ...scene.labels.slice(1)] });

  test('a sound picture passes', () => {
    expect(
      [brokenNumbers, labelsOutside, labelsOverlapping, labelsTooSmall, labelsOnFields, marksOutside, doubleKeys].flatMap((check) => check(scene)),
    ).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['a number that is none', brokenNumbers({ ...scene, fields: [{ ...field, pitch: NaN }] })],
    ['an endless number', brokenNumbers(withLabel({ x: Infinity }))],
    ['a broken path', brokenNumbers({ ...scene, shapes: [{ key: 'a', d: 'M0 NaN', tone: 'light', paint: 'stroke', opacity: 1, box: label.box }] })],
    ['a label over the right edge', labelsOutside(withLabel({ box: { ...label.box, x: WIDE.width - 3 } }))],
    ['a label over the top edge', labelsOutside(withLabel({ box: { ...label.box, y: -1 } }))],
    ['a label over another', labelsOverlapping({ ...scene, labels: [...scene.labels, { ...label, key: 'copy' }] })],
    ['a small label', labelsTooSmall(withLabel({ size: 14.9 }))],
    ['a label on a field', labelsOnFields({ ...scene, fields: [field], labels: [{ ...label, box: boxOfField(field) }] })],
    ['a field over the edge', marksOutside({ ...scene, fields: [{ ...field, x: WIDE.width - 9 }] })],
    ['two marks of one key', doubleKeys({ ...scene, fields: [field, field] })],
    ['two blocks in one place', doubleKeys({ ...scene, fields: [{ ...field, blocks: [...field.blocks, ...field.blocks.slice(0, 1)] }] })],
    ['a number that is no fact', unanswered([{ ...label, lines: ['More than 123,456'] }], PRINTED)],
    [
      'a fact without its qualifier',
      unanswered([{ ...label, lines: [String(PRINTED.find((text) => text.startsWith('more than'))).replace('more than ', '')] }], PRINTED),
    ],
  ])('%s', (_, findings) => {
    expect(findings).toHaveLength(1);
  });

  test('a hidden label covers nothing', () => {
    expect(labelsOverlapping({ ...scene, labels: [...scene.labels, { ...label, key: 'copy', opacity: 0 }] })).toEqual([]);
  });

  test('a chart without its words or its figures is not drawn at all', () => {
    const { chart, view } = chartOf('members');
    const moment = { step: 'maskpark', progress: 1 };
    expect(() => chart.layout({ ...view, words: {} }, WIDE, moment)).toThrow('no word "one-number"');
    expect(() => chart.layout({ ...view, figures: {} }, WIDE, moment)).toThrow('no figure "scale-hundred"');
    expect(Object.keys(VIEWS)).toEqual(Object.keys(CHARTS));
  });
});
