/** Sets the hosts up before the first test, and takes them down after the last. What the tests need to know is in HOSTS. */
import type { Host } from '../e2e/nginx.ts';
import { startSite } from './site.ts';
import { startWordPress } from './wordpress.ts';

export default async function setUp(): Promise<() => Promise<void>> {
  const started: Pick<Host, 'stop'>[] = [];
  const stop = async () => {
    for (const one of started.reverse()) await one.stop();
  };
  try {
    const site = await startSite();
    started.push(site);
    const wordpress = await startWordPress(site.origin);
    started.push(wordpress);
    process.env['HOSTS'] = JSON.stringify({ story: `${site.origin}/`, wordpress: { address: wordpress.address, users: wordpress.users } });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
