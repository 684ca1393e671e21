/** The colours, and the only place that has them: the style sheets' custom properties and the pictures to take away are made from these. */

/** What a colour is for; in style sheets `room` is `--room`. */
type Token = keyof (typeof COLOURS)['light'];

/** The colours of each theme. All but the first say only what they change. The room is dark in both; the paper is not. */
export const COLOURS = {
  light: {
    room: '#0e1218',
    'room-line': '#6d7888',
    light: '#efe8d8',
    quiet: '#9aa7b6',
    maskpark: '#ff7a59',
    others: '#b4c6da',
    'nth-room': '#58c4b4',
    attention: '#ffd06c',
    paper: '#f7f4ec',
    ink: '#171a1f',
    'ink-quiet': '#484f59',
    rule: '#d9d3c4',
  },
  dark: { paper: '#14181f', ink: '#ece6d8', 'ink-quiet': '#a6b0bd', rule: '#2f3742' },
  moreContrast: {
    room: '#000',
    light: '#fff',
    quiet: '#dde2e8',
    'room-line': '#aab3bf',
    paper: '#fff',
    ink: '#000',
    'ink-quiet': '#2b3038',
    rule: '#6b6f76',
  },
  moreContrastDark: { paper: '#000', ink: '#fff', 'ink-quiet': '#dde2e8', rule: '#aab3bf' },
  /** The reader's own colours, by the names that CSS has for them. */
  forced: {
    room: 'Canvas',
    'room-line': 'CanvasText',
    light: 'CanvasText',
    quiet: 'CanvasText',
    others: 'CanvasText',
    maskpark: 'LinkText',
    'nth-room': 'LinkText',
    attention: 'LinkText',
    rule: 'CanvasText',
  },
  /** On paper each group has a lightness of its own: a printer without colours keeps them apart. */
  print: {
    room: '#fff',
    'room-line': '#767676',
    light: '#000',
    quiet: '#333',
    maskpark: '#923c12',
    others: '#041e3d',
    'nth-room': '#013831',
    attention: '#4f3c00',
    paper: '#fff',
    ink: '#000',
    'ink-quiet': '#333',
    rule: '#999',
  },
} as const;

/**
 * The colours as rules, later ones over earlier. A host may choose an embed's theme (data-theme), over what the system asks for;
 * `:where()` keeps that from counting for more than contrast, the reader's own colours or paper.
 */
export function tokenRules(): string {
  const rule = (selector: string, colours: Partial<Record<Token, string>>) =>
    `${selector}{${Object.entries(colours)
      .map(([name, colour]) => `--${name}:${colour}`)
      .join(';')}}`;
  const byDefault = ":root:where(:not([data-theme='light']))";
  const chosen = ":root:where([data-theme='dark'])";
  return [
    rule(':root', COLOURS.light),
    `@media (prefers-color-scheme:dark){${rule(byDefault, COLOURS.dark)}}`,
    rule(chosen, COLOURS.dark),
    `@media (prefers-contrast:more){${rule(':root', COLOURS.moreContrast)}${rule(chosen, COLOURS.moreContrastDark)}}`,
    `@media (prefers-contrast:more) and (prefers-color-scheme:dark){${rule(byDefault, COLOURS.moreContrastDark)}}`,
    `@media (forced-colors:active){${rule(':root', COLOURS.forced)}}`,
    `@media print{${rule(':root', COLOURS.print)}}`,
  ].join('');
}
