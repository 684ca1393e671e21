/** What each chart needs of the build, by its id: facts, words, events. */
import type { Chart, ChartNeeds } from './types.ts';
import { commentsNeeds } from './comments/layout.ts';
import { comparisonNeeds } from './comparison/layout.ts';
import { gapsNeeds } from './gaps/layout.ts';
import { membersNeeds } from './members/layout.ts';
import { pathsNeeds } from './paths/layout.ts';
import { penaltiesNeeds } from './penalties/layout.ts';
import { timelineNeeds } from './timeline/layout.ts';
import { viewsNeeds } from './views/layout.ts';

const NEEDS: Readonly<Record<string, ChartNeeds>> = {
  comments: commentsNeeds(),
  comparison: comparisonNeeds(),
  gaps: gapsNeeds(),
  members: membersNeeds(),
  paths: pathsNeeds(),
  penalties: penaltiesNeeds(),
  timeline: timelineNeeds(),
  views: viewsNeeds(),
};

/** What a chart needs. Throws where it is none of ours. */
export function needsOf({ id }: Pick<Chart, 'id'>): ChartNeeds {
  const needs = NEEDS[id];
  if (!needs) throw new Error(`no chart ${id}`);
  return needs;
}
