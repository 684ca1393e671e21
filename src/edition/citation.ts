/** How a chart is cited: in plain text and as a BibTeX entry, with the date of the data. */
import type { Content } from '#content/schema.ts';
import type { Data } from '#evidence/schema.ts';
import { describeDate } from '#evidence/describeFact.ts';
import { filled } from '#evidence/format.ts';

export interface Citation {
  readonly text: string;
  readonly bibtex: string;
}

/** The macros that BibTeX styles have for months. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** The citation of a chart. `address` is where readers find it: whole when the site's origin is known, else relative. */
export function citationOf(chart: string, { edition }: Pick<Data, 'edition'>, content: Content, address: string): Citation {
  const { language, story, interface: words } = content;
  const title = content.charts[chart]?.title;
  if (title === undefined) throw new Error(`no words for the chart ${chart}`);
  const { text: date } = describeDate({ date: edition.updated }, language);
  const [year = '', month] = edition.updated.split('-');
  const fields = [
    // Inner braces keep capitals, and keep a style from reading the name as first and last.
    ['author', `{{${latex(story.title)}}}`],
    ['title', `{{${latex(title)}}}`],
    ['year', `{${year}}`],
    ['month', MONTHS[Number(month) - 1] ?? ''],
    ['note', `{${latex(filled(words['citation-note'], { date }))}}`],
    ['url', `{${address}}`],
  ];
  return {
    text: filled(words.citation, { chart: title, title: story.title, date, address }),
    bibtex: `@misc{${keyOf(story.title, chart)},\n${fields.map(([name, value]) => `  ${name} = ${value},\n`).join('')}}\n`,
  };
}

/** A key that BibTeX takes in any language: what is left of the title in plain letters, and the chart. */
function keyOf(title: string, chart: string): string {
  const plain = title
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return plain ? `${plain}-${chart}` : chart;
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Text with what LaTeX would obey made plain. Braces become commands, since BibTeX counts them even when escaped. */
function latex(text: string): string {
  return text.replaceAll(/[\\{}~^&%$#_]/g, (sign) => LATEX[sign] ?? `\\${sign}`);
}
