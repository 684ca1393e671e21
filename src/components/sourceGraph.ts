/** "Five articles, one investigation": who drew on whom, from data/articles.json, as a scene of names and lines. */
import type { Label, Scene, ShapeMark } from '#charts/types.ts';
import { below, label } from '#charts/label.ts';
import { line } from '#charts/shape.ts';
import { emptyScene } from '#charts/stageLayout.ts';
import type { Data } from '#evidence/schema.ts';

interface Node {
  readonly id: string;
  readonly name: string;
  readonly drewOn: readonly string[];
  /** How many hands it is from the first source: its row. */
  readonly depth: number;
  readonly printed: boolean;
}

/** The diagram at this width in pixels; its height follows from its rows. */
export function layoutInvestigation(data: Pick<Data, 'articles' | 'origins'>, width: number): Scene {
  const nodes = nodesOf(data);
  const rows = Math.max(...nodes.map((node) => node.depth)) + 1;
  const [margin, rowHeight] = [width < 480 ? 14 : 28, width < 480 ? 104 : 110];
  const size = { width, height: (rows - 1) * rowHeight + 76 };
  const labels: Label[] = [];
  const place = new Map<string, { x: number; top: number; bottom: number }>();
  for (let depth = 0; depth < rows; depth += 1) {
    const row = nodes.filter((node) => node.depth === depth);
    const slot = (width - 2 * margin) / row.length;
    row.forEach((node, i) => {
      const x = margin + slot * (i + 0.5);
      const name = label({
        key: node.id,
        text: node.name,
        x,
        y: margin + depth * rowHeight,
        width: slot - 8,
        anchor: 'middle',
        tone: node.printed ? 'light' : 'quiet',
      });
      labels.push(name);
      place.set(node.id, { x, top: name.box.y - 4, bottom: below(name, 5) });
    });
  }
  const shapes: ShapeMark[] = nodes.flatMap((node) =>
    node.drewOn.flatMap((other) => {
      const [from, to] = [place.get(other), place.get(node.id)];
      if (!from || !to) return [];
      return [
        line(
          [
            [from.x, from.bottom],
            [to.x, to.top],
          ],
          { key: `${other}-${node.id}`, tone: 'quiet', width: 1.25 },
        ),
      ];
    }),
  );
  return { ...emptyScene(size), shapes, labels };
}

/** The same in words: each name, in the order in which the report reached it, and whom it drew on. */
export function whoDrewOnWhom(data: Pick<Data, 'articles' | 'origins'>): { readonly name: string; readonly others: readonly string[] }[] {
  const nodes = nodesOf(data);
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
  return nodes.toSorted((a, b) => a.depth - b.depth).map(({ name, drewOn }) => ({ name, others: drewOn.map((id) => nameOf.get(id) ?? id) }));
}

function nodesOf({ articles, origins }: Pick<Data, 'articles' | 'origins'>): Node[] {
  const sources = new Map<string, { name: string; drewOn: readonly string[]; printed: boolean }>([
    ...Object.entries(origins).map(([id, { name, drewOn }]) => [id, { name, drewOn, printed: false }] as const),
    ...Object.entries(articles).map(([id, { publisher, drewOn }]) => [id, { name: publisher, drewOn, printed: true }] as const),
  ]);
  const printedRow = 1 + Math.max(...Object.keys(origins).map((id) => depthOf(id, sources)));
  return [...sources].map(([id, source]) => ({ id, ...source, depth: source.printed ? printedRow : depthOf(id, sources) }));
}

/** Hands from the first source. A ring of sources would have no first: the build's data has none, so a visit stops it. */
function depthOf(id: string, sources: ReadonlyMap<string, { readonly drewOn: readonly string[] }>, visited: readonly string[] = []): number {
  const before = (sources.get(id)?.drewOn ?? []).filter((other) => !visited.includes(other));
  return before.length ? 1 + Math.max(...before.map((other) => depthOf(other, sources, [...visited, id]))) : 0;
}
