/** The style sheets: one for each kind of page. `storyPage.css`, `pages.css` and `embeds.css` list their parts, in the order in which they hold. */
import embeds from './embeds.css?inline';
import host from './host.css?inline';
import pages from './pages.css?inline';
import story from './storyPage.css?inline';
import ledger from '#components/Ledger.css?inline';
import publishers from '#components/Publishers.css?inline';
import { tokenRules } from './tokens.ts';

const colours = tokenRules();

export const SHEETS = {
  story: colours + story,
  page: colours + pages,
  evidence: colours + pages + ledger,
  publishers: colours + pages + publishers,
  embed: colours + embeds,
  /** The page of nobody's around an embed, in the preview for publishers. */
  host,
} as const;
