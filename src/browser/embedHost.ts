/** What an embed's host says to it, in our loader's protocol and in those of other resizers, and what is done then. */
import { isTheme, parseHostMessage, type Theme } from '#embed/protocol.ts';
import { heightMessages, parseResizerMessage, readyMessages } from '#embed/resizeProtocols.ts';
import { layOut, layOutIfMoved } from './embedLayout.ts';
import { answered, followOwnScroll, HOST_TIMEOUT_MS, scrollFrame } from './embedPosition.ts';
import { post, type Embed } from './embedState.ts';

const root = document.documentElement;

/** Takes the theme from the address, and whatever the host says from now on; shows the frame when it is known how it runs. */
export function listenToHost(embed: Embed): void {
  const theme = new URLSearchParams(location.search).get('theme');
  if (isTheme(theme)) applyTheme(theme);

  let isReady = false;
  /** The frame stands: it is laid out, its words are shown, and the host is told. Once. */
  const markReady = () => {
    if (isReady) return;
    isReady = true;
    if (!embed.mode) layOut(embed);
    delete root.dataset['waiting'];
    post({ type: 'ready', title: document.title });
    for (const greeting of readyMessages(embed.protocols)) parent.postMessage(greeting, '*');
    embed.requestUpdate();
  };

  addEventListener('message', ({ source, data }) => {
    if (source !== parent || source === window) return;
    const ours = parseHostMessage(data);
    if (ours?.type === 'scroll' || ours?.type === 'release') {
      embed.isLoader = true;
      if (ours.type === 'scroll') pinTo(embed, ours.y, ours.height, ours.serial);
      else release(embed, ours.viewport, ours.serial);
      markReady();
    } else if (ours?.type === 'theme') applyTheme(ours.theme);
    const message = parseResizerMessage(embed.protocols, data);
    if (!message) return;
    embed.protocols = message.protocols;
    if (message.asks) embed.height.report(true);
    if (message.scroll !== undefined) pinTo(embed, message.scroll);
  });

  // Our loader says how the frame runs before it is first laid out; any other host is told what it needs at once.
  if (embed.isLoader) setTimeout(markReady, HOST_TIMEOUT_MS);
  else markReady();
}

/** Tells the host the height, in every protocol that it may understand. */
export function postHeight({ protocols }: Embed, height: number): void {
  post({ type: 'height', height });
  for (const message of heightMessages(protocols, height, { href: location.href, width: innerWidth })) parent.postMessage(message, '*');
}

function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

/** The host pins the frame, in a box of this height where it says so, and has scrolled so far into it. */
function pinTo(embed: Embed, y: number, height?: number, serial?: number): void {
  const { pinned } = embed;
  // Sent before the host got what it was asked: not where the reader is.
  const stale = Boolean(embed.hostTimer) && serial !== undefined && serial < embed.showSerial;
  if (!pinned || pinned.height !== height) embed.height.forget();
  embed.pinned = { height };
  if (layOutIfMoved(embed, true)) return;
  if (stale || (embed.mode !== 'pinned' && embed.mode !== 'flat')) return;
  answered(embed);
  // A host that does not count says where it was before it got what the reader did here; once, for it may not follow at all.
  if (serial === undefined && pinned && Math.abs(scrollY - embed.stoodAt) > 1) return followOwnScroll(embed);
  scrollFrame(embed, y);
  embed.requestUpdate();
}

/** The frame is not pinned, in a host whose viewport is this high, where it says so. */
function release(embed: Embed, height: number | undefined, serial: number | undefined): void {
  if (height !== undefined && height > 0) embed.viewport = height;
  if (embed.pinned) {
    embed.height.forget();
    embed.pinned = undefined;
    scrollFrame(embed, 0);
  } else if (serial === embed.showSerial) answered(embed);
  layOutIfMoved(embed, true);
  embed.requestUpdate();
}
