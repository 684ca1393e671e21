/** Lighthouse's four scores of pages, on its own middling phone. */
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { findChromium } from '../chromium.ts';
import { freePort } from '../e2e/nginx.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** The scores of each page, from 0 to 100, by its address. */
export async function scores(urls: readonly string[]): Promise<Record<string, Record<string, number>>> {
  const port = await freePort();
  const browser = await chromium.launch({ executablePath: findChromium(), args: [`--remote-debugging-port=${port}`, '--no-sandbox', '--disable-gpu'] });
  try {
    const found: Record<string, Record<string, number>> = {};
    for (const url of urls) {
      const result = await lighthouse(url, { port, output: 'json', logLevel: 'silent', onlyCategories: [...CATEGORIES] });
      if (!result) throw new Error(`Lighthouse says nothing of ${url}`);
      const { categories, audits } = result.lhr;
      found[url] = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? NaN) * 100)]));
      const short = CATEGORIES.flatMap((name) =>
        (categories[name]?.auditRefs ?? []).flatMap(({ id, weight }) =>
          weight > 0 && (audits[id]?.score ?? 1) < 0.9 ? [`${name}: ${audits[id]?.title ?? id}`] : [],
        ),
      );
      if (short.length) console.log(`${url}\n  ${short.join('\n  ')}`);
    }
    return found;
  } finally {
    await browser.close();
  }
}
