/** The floor: the words of a built page as bare HTML, which no page with the same words can be lighter than by much. */
import { load } from 'cheerio';

/** Elements that carry words or their order; all others are taken away and what they hold stays. */
const KEPT = new Set(
  'html,head,title,body,main,header,footer,nav,section,article,h1,h2,h3,h4,p,ul,ol,li,dl,dt,dd,table,caption,thead,tbody,tr,th,td,a,q,time,details,summary,figure,figcaption,blockquote,em,strong'.split(
    ',',
  ),
);
/** What a page has beside its words. */
const BESIDE = 'svg, style, script, template, link, meta, button, [popover]';

/** The page without style, script, pictures, cards and classes. Its words are those of the page, in their order. */
export function floorOf(page: string): string {
  const document = load(page);
  const language = document('html').attr('lang') ?? '';
  document(BESIDE).remove();
  document('*')
    .toArray()
    .toReversed()
    .forEach((element) => {
      if (!('attribs' in element)) return;
      const href = document(element).attr('href');
      for (const name of Object.keys(element.attribs)) document(element).removeAttr(name);
      if (element.name === 'a' && href !== undefined) document(element).attr('href', href);
      if (!KEPT.has(element.name)) document(element).replaceWith(document(element).contents());
    });
  const body = (document('body').html() ?? '').replaceAll(/\s+/g, ' ');
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${document('title').html()}</title><body>${body}`;
}

/** Every word of a page's body that its prose, lists and tables hold. */
export function wordsIn(page: string): string[] {
  const document = load(page);
  document(BESIDE).remove();
  return document('body').text().split(/\s+/).filter(Boolean);
}
