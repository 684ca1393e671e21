/**
 * Where a chart's island goes in the rendered page. An island is rendered on its own, because it is hydrated on its own,
 * so the page first holds this mark: private-use characters, which no words hold.
 */
export function islandMark(chart: string): string {
  return `\u{f0000}${chart}\u{f0000}`;
}
