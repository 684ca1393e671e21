/** The questions of Chartability's workbook by our short ids, in its seven groups and its order (github.com/Chartability/POUR-CAF). */
export const HEURISTICS = {
  perceivable: ['low-contrast', 'only-visual', 'small-text', 'seizure-risk', 'color-alone', 'obscured', 'color-vision', 'spacing'],
  operable: ['one-input', 'no-cues', 'overrides', 'interactive-contrast', 'focus', 'tab-stops', 'complex-actions', 'target-size'],
  understandable: ['no-explanation', 'no-title', 'reading-level', 'context', 'complexity', 'changes', 'undefined', 'uncertainty', 'axis-labels', 'controls'],
  robust: ['standards', 'semantics', 'fragile'],
  compromising: ['no-table', 'single-process', 'location', 'forgiving', 'structure', 'static-table', 'share'],
  assistive: ['density', 'tedious', 'not-described', 'not-readable', 'extremes', 'no-default'],
  flexible: ['user-style', 'long-animations', 'scrolling', 'zoom', 'text-adjustments', 'inconsistent', 'contrast-adjust', 'hard-chart'],
} as const;
export type HeuristicGroup = keyof typeof HEURISTICS;

/** Those that the workbook calls critical. */
export const CRITICAL: ReadonlySet<string> = new Set<(typeof HEURISTICS)[HeuristicGroup][number]>([
  'low-contrast',
  'only-visual',
  'small-text',
  'seizure-risk',
  'one-input',
  'no-cues',
  'overrides',
  'no-explanation',
  'no-title',
  'reading-level',
  'no-table',
  'density',
  'tedious',
  'user-style',
]);
