/**
 * The story as one file that works from a disk: `npm run single-file` makes it from the build.
 * Style and script stand in the page, the font is data, and a policy by hash allows these and nothing else.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashOf } from './csp.ts';

/** What one file of the built site holds, by its path from the site's root. */
type Read = (path: string) => Buffer;

/** The one file, from the built story. Throws an Error when the page is not as the build writes it. */
export function singleFile(read: Read): string {
  const cards = captured(read('cards.html').toString(), /(<template[\s\S]*<\/template>)/);
  const page = read('index.html')
    .toString()
    .replace(/ data-cards="[^"]*"><\/div>/, () => `></div>\n${cards}`);
  const font = `data:font/woff2;base64,${read('fonts/newsreader.woff2').toString('base64')}`;
  const icon = `data:image/png;base64,${read('icon.png').toString('base64')}`;
  const path = captured(page, /<script type="module" src="\.\/([^"]+)"/);
  // A script in a page ends at its own end tag, wherever that stands.
  const script = read(path).toString().replaceAll('</script', '<\\/script');
  const css = captured(page, /<style>([\s\S]*?)<\/style>/).replace('url(./fonts/newsreader.woff2)', `url(${font})`);
  const policy = captured(page, /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/)
    .replace(/style-src [^;]*/, `style-src '${hashOf(css)}'`)
    .replace(/script-src [^;]*/, `script-src '${hashOf(script)}'`)
    .replace(/font-src [^;]*/, 'font-src data:')
    .replace(/img-src [^;]*/, 'img-src data:');
  return (
    page
      .replace(/(<meta http-equiv="Content-Security-Policy" content=")[^"]*/, (_, start: string) => `${start}${policy}`)
      .replace(/<style>[\s\S]*?<\/style>/, () => `<style>${css}</style>`)
      .replace(/<link rel="preload"[^>]*>\n?/g, '')
      .replace(/(<link rel="icon" href=")[^"]*/, (_, start: string) => `${start}${icon}`)
      .replace(/<script type="module" src=[^>]*><\/script>\n?/, '')
      // What leads to other pages of the site leads nowhere from a disk: the links to the other ways go, so do the
      // downloads, and a figure opens its card, which comes into the page.
      .replace(/<details class="numbers"><summary>[^<]*<\/summary>\s*<ul class="files">[\s\S]*?<\/details>/g, '')
      .replace(/<a href="(?!#|https:)[^"]*"( data-way[^>]*)?>([^<]*)<\/a>/g, '')
      .replace(/<p class="permalink">.*?<\/p>/g, '')
      .replace(/href="\.\/evidence\/#/g, 'href="#')
      .replace(/<\/body>/, () => `<script type="module">${script}</script>\n</body>`)
  );
}

function captured(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`the build's page holds nothing like ${pattern.source}`);
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = process.cwd();
  const file = join(root, 'single-file/the-size-of-the-room.html');
  mkdirSync(dirname(file), { recursive: true });
  const text = singleFile((path) => readFileSync(join(root, 'build', path)));
  writeFileSync(file, text);
  console.log(`${file}: ${Math.round(text.length / 1024)} kB`);
}
