/** Every chart, by id: what each page, table, picture and test walks. */
import type { Chart } from './types.ts';
import { comments } from './comments/layout.ts';
import { comparison } from './comparison/layout.ts';
import { gaps } from './gaps/layout.ts';
import { members } from './members/layout.ts';
import { paths } from './paths/layout.ts';
import { penalties } from './penalties/layout.ts';
import { timeline } from './timeline/layout.ts';
import { views } from './views/layout.ts';

export const CHARTS: Readonly<Record<string, Chart>> = Object.fromEntries(
  [members, views, comments, comparison, penalties, paths, timeline, gaps].map((chart) => [chart.id, chart]),
);
