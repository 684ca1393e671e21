/**
 * oEmbed 1.0 as static files: one for the story and one for each chart (oembed.com; type rich). The markup is a quotation, then
 * a frame, in exactly the order that WordPress keeps (wp_filter_oembed_result); it shows the frame at 200 to 1,000 pixels.
 * That filter takes every style away, so only `frameborder` keeps browsers from drawing a border. `scrolling="no"`, which it
 * would keep too, is left out: in a frame that is too low for its page, the reader must be able to scroll.
 */
import { escapeHtml } from '#embed/escapeHtml.ts';
import { CARD_SIZE } from './seo.ts';

/** What is embedded, with whole addresses. */
export interface Embeddable {
  readonly title: string;
  readonly summary: string;
  /** The embed's page, and the story's at the step where it stands. */
  readonly embed: string;
  readonly story: string;
  readonly provider: { readonly name: string; readonly url: string };
  /** The picture of its card. */
  readonly image: string;
}

/** The size of the frame that is asked for, in pixels: the column of most systems, and a height at which a page fits whole. */
export const FRAME = { width: 600, height: 720 } as const;

/** The answer for something that can be embedded. */
export function oembedJson({ title, summary, embed, story, provider, image }: Embeddable): string {
  const answer = {
    version: '1.0',
    type: 'rich',
    title,
    provider_name: provider.name,
    provider_url: provider.url,
    ...FRAME,
    html: oembedHtml({ title, summary, embed, story }),
    thumbnail_url: image,
    thumbnail_width: CARD_SIZE.width,
    thumbnail_height: CARD_SIZE.height,
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/** The markup of the answer. */
export function oembedHtml({ title, summary, embed, story }: Pick<Embeddable, 'title' | 'summary' | 'embed' | 'story'>): string {
  const [name, frame] = [
    escapeHtml(title),
    `src="${escapeHtml(embed)}" width="${FRAME.width}" height="${FRAME.height}" title="${escapeHtml(title)}" frameborder="0"`,
  ];
  return `<blockquote>${name}. ${escapeHtml(summary)} <a href="${escapeHtml(story)}">${name}</a></blockquote><iframe ${frame}></iframe>`;
}
