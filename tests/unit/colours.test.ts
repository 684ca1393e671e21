/** Colours that everyone can tell apart: text and marks on their grounds, and every pair of groups with four kinds of colour blindness. */
import { lab, rgb } from 'd3';
import { describe, expect, test } from 'vitest';
import { COLOURS } from '#styles/tokens.ts';

/** WCAG's contrast for text at level AAA, and for what is not text. */
const TEXT = 7;
const MARK = 3;
/** The least distance in CIELAB (CIE76) at which two colours side by side are plainly two. */
const APART = 6;

/** In linear light: Machado, Oliveira and Fernandes (2009) at full strength; without colour, Rec. 709's luminance. */
const BLINDNESS: Readonly<Record<string, readonly number[]>> = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  achromatopsia: [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722],
};
const GROUPS = ['maskpark', 'others', 'nth-room', 'attention', 'light'] as const;

type Tokens = Readonly<Record<string, string>>;

const { light, dark, moreContrast, moreContrastDark, print } = COLOURS;
const THEMES: Readonly<Record<string, Tokens>> = {
  light,
  dark: { ...light, ...dark },
  'more contrast': { ...light, ...moreContrast },
  'more contrast, dark': { ...light, ...dark, ...moreContrast, ...moreContrastDark },
  paper: { ...light, ...print },
};

const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const encoded = (value: number) => 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);

function lightOf(colour: string): [number, number, number] {
  const { r, g, b } = rgb(colour);
  return [linear(r), linear(g), linear(b)];
}

function contrast(one: string, other: string): number {
  const luminance = (colour: string) => lightOf(colour).reduce((sum, value, i) => sum + value * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0);
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** How far apart two colours are for somebody, in CIELAB. */
function distance(one: string, other: string, matrix: readonly number[]): number {
  const seen = (colour: string) => {
    const source = lightOf(colour);
    const [r = 0, g = 0, b = 0] = [0, 1, 2].map((row) =>
      encoded(
        Math.min(
          1,
          Math.max(
            0,
            source.reduce((sum, value, i) => sum + value * (matrix[row * 3 + i] ?? 0), 0),
          ),
        ),
      ),
    );
    return lab(rgb(r, g, b));
  };
  const [a, b] = [seen(one), seen(other)];
  return Math.hypot(a.l - b.l, a.a - b.a, a.b - b.b);
}

/** The pairs of groups that somebody may take for one. */
function alike(theme: Tokens): string[] {
  return Object.entries(BLINDNESS).flatMap(([name, matrix]) =>
    GROUPS.flatMap((one, i) =>
      GROUPS.slice(i + 1).flatMap((other) => {
        const far = distance(theme[one] ?? '', theme[other] ?? '', matrix);
        return far >= APART ? [] : [`${name}: ${one} and ${other} are ${far.toFixed(1)} apart`];
      }),
    ),
  );
}

function faint(theme: Tokens): string[] {
  const pairs: [string, string, number][] = [
    ...['ink', 'ink-quiet'].map((name): [string, string, number] => [name, 'paper', TEXT]),
    ...['light', 'quiet', ...GROUPS].map((name): [string, string, number] => [name, 'room', TEXT]),
    ['room-line', 'room', MARK],
  ];
  return pairs.flatMap(([name, ground, least]) => {
    const found = contrast(theme[name] ?? '', theme[ground] ?? '');
    return found >= least ? [] : [`${name} on ${ground}: ${found.toFixed(2)} : 1`];
  });
}

describe.each(Object.entries(THEMES))('%s', (_, theme) => {
  test('text and marks stand out from their ground', () => expect(faint(theme)).toEqual([]));
  test('every two groups are told apart, whoever looks', () => expect(alike(theme)).toEqual([]));
});

test('a faint colour and two groups of one lightness would be noticed', () => {
  expect(faint({ ...light, quiet: '#6d7888' })).toEqual([expect.stringMatching(/^quiet on room: 4\./)]);
  expect(alike({ ...light, others: '#8fa6bf' })).toContainEqual(expect.stringMatching(/^achromatopsia: maskpark and others are 0\./));
});
