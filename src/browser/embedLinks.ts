/** Links within an embed, out of it, and the sections after the story, which open one at a time. */
import { focusOn } from './embedPosition.ts';
import type { Embed } from './embedState.ts';

/** Folds a section up beneath its heading. */
export function foldSection(section: HTMLElement): void {
  const [heading, ...rest] = section.children;
  if (!heading || section.id === 'help') return;
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  details.name = 'sources';
  summary.append(heading);
  details.append(summary, ...rest);
  section.append(details);
}

/** Goes where a link names a place of the page, without an entry in the reader's history. */
export function followLinks(embed: Embed): void {
  onLink('a[href^="#"]', (link, event) => {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const folded = target.querySelector('details');
    if (folded && target.closest('.sources')) folded.open = true;
    if (embed.mode === 'pager') embed.pager?.show(target);
    else target.scrollIntoView();
    focusOn(target);
  });

  const { wordpress } = embed.protocols;
  if (wordpress === undefined) return;
  // In WordPress's sandbox no link opens: its host is asked to follow, and does so where the link stays with us.
  onLink('a', (link, event) => {
    event.preventDefault();
    parent.postMessage({ message: 'link', value: link.href, secret: wordpress }, '*');
  });
  // Where no link leads out, each says in words where it would lead.
  document.documentElement.dataset['links'] = 'printed';
}

/** Calls back for each click on such a link that nothing has answered yet. */
function onLink(selector: string, callback: (link: HTMLAnchorElement, event: Event) => void): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(selector) : null;
    if (link && !event.defaultPrevented) callback(link, event);
  });
}
