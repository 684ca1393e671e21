/** How large each embed is, as the publishers' script is told, so that it can keep room for a frame that has not come yet. */
import { DEFAULT_LANGUAGE, parseContent, type Content, type RawContents } from '#content/schema.ts';
import type { EmbedSize } from '#embed/reservedHeight.ts';
import { textOf, type Segment } from '#evidence/prose.ts';
import type { Data } from '#evidence/schema.ts';

/** The sizes of every language's embeds, by language and id; those of the default language under ''. Throws a ValidationError when content does not fit the data. */
export function embedSizes(data: Data, contents: RawContents): Record<string, Record<string, EmbedSize>> {
  const sizes: Record<string, Record<string, EmbedSize>> = {};
  for (const [language, raw] of Object.entries(contents)) {
    sizes[language === DEFAULT_LANGUAGE ? '' : language] = sizesIn(parseContent(language, raw, data));
  }
  return sizes;
}

type Prose = readonly Segment[];
const characters = (texts: readonly Prose[]) => texts.reduce((sum, text) => sum + textOf(text).length, 0);

function sizesIn({ story, charts }: Content): Record<string, EmbedSize> {
  const passages = story.scenes.flatMap((scene) => scene.passages);
  const { asked, sources, cover } = story;
  const sections = [...asked.groups, ...sources.sections];
  const help = sources.sections.flatMap((section) => Object.values(section.help?.entries ?? {}).flatMap(({ can, cannot }) => [can, cannot]));
  const inTable = (chart: string) => characters((charts[chart]?.table?.rows ?? []).flatMap(({ cells }) => cells));
  const outside = characters([
    ...[cover.dek, cover.origin, cover.note, ...asked.opening, ...sources.opening],
    ...sections.flatMap(({ heading, text }) => [heading, ...text]),
  ]);
  const aside = help.reduce((sum, text) => sum + text.length, 0) + passages.reduce((sum, { chart }) => sum + inTable(chart), 0);
  const stops = passages.reduce((sum, { steps }) => sum + steps.length, story.scenes.length);
  // A chart alone opens with its title and caption; a table on paper stands after its steps.
  const alone = passages.filter(({ chart }) => charts[chart]).map(({ chart, steps }) => [chart, [steps.length + 1, inTable(chart)]] as const);
  return { ...Object.fromEntries(alone), story: [stops, outside + aside] };
}
