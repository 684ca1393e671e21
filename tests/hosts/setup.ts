/** Sets the hosts up before the first test, and takes them down after the last. What the tests need to know is in HOSTS. */
import type { Host } from '../e2e/nginx.ts';
import { startGhost } from './ghost.ts';
import { startSite } from './site.ts';
import { startWordPress } from './wordpress.ts';

/** `HOSTS_ONLY=wordpress` or `ghost` sets up the one; the other's tests then fail. */
const wanted = (host: string) => (process.env['HOSTS_ONLY'] ?? host) === host;

export default async function setUp(): Promise<() => Promise<void>> {
  const started: Pick<Host, 'stop'>[] = [];
  const stop = async () => {
    for (const one of started.reverse()) await one.stop();
  };
  try {
    const site = await startSite();
    started.push(site);
    const known: Record<string, unknown> = { story: `${site.origin}/` };
    if (wanted('wordpress')) {
      const { stop: end, ...wordpress } = await startWordPress(site.origin);
      started.push({ stop: end });
      known['wordpress'] = wordpress;
    }
    if (wanted('ghost')) {
      const { stop: end, ...ghost } = await startGhost();
      started.push({ stop: end });
      known['ghost'] = ghost;
    }
    process.env['HOSTS'] = JSON.stringify(known);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
