/**
 * The script of an embed, in whatever room its host gives it: pinned by our loader or the Guardian's, tall by anyone's resizer,
 * one page at a time in a low frame, or as a teaser. The page is whole without this; nothing here adds a word.
 */
import './revealOnError.ts';
import './featureCheck.ts';
import { openCards } from './cards.ts';
import { follow, setVisible, showPage } from './embedFollow.ts';
import { heightReporter } from './embedHeight.ts';
import { listenToHost, postHeight } from './embedHost.ts';
import { contentChanged, heightNow, layOutIfMoved } from './embedLayout.ts';
import { followLinks, foldSection } from './embedLinks.ts';
import { embedPager } from './embedPager.ts';
import { followOwnScroll } from './embedPosition.ts';
import { createEmbed, post, type Embed } from './embedState.ts';
import { onceAFrame } from './onceAFrame.ts';
import { all } from './passages.ts';
import { setUpMotionSwitch } from './reducedMotion.ts';
import { watchVisibleRect } from './visibleRect.ts';

const height = heightReporter(
  () => heightNow(embed),
  (pixels) => postHeight(embed, pixels),
);
const embed: Embed = createEmbed({ height, requestUpdate: onceAFrame(() => follow(embed)) });

// A frame may be so high and no higher: the long sections after the story open one at a time.
for (const section of all('.sources > section[id]')) foldSection(section);
embed.pager = embed.controls && embedPager(embed.controls, (page) => showPage(embed, page));

// Before what answers links: a figure opens its card, wherever its link would lead.
openCards();
followLinks(embed);
document.addEventListener('figure-open', (event) => {
  const { id } = (event instanceof CustomEvent ? event.detail : null) ?? {};
  if (typeof id === 'string') post({ type: 'figure-open', id });
});

addEventListener(
  'scroll',
  () => {
    followOwnScroll(embed);
    embed.requestUpdate();
  },
  { passive: true },
);
addEventListener('resize', () => embed.mode && layOutIfMoved(embed));
addEventListener('pageshow', () => contentChanged(embed));
document.addEventListener('toggle', () => contentChanged(embed), true);
new ResizeObserver(() => contentChanged(embed)).observe(document.body);
setUpMotionSwitch(embed.requestUpdate);
watchVisibleRect((now) => setVisible(embed, now));
listenToHost(embed);
