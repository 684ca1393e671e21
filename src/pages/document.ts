/** The frame of every page of the site. */
import type { Content } from '#content/schema.ts';
import { escapeHtml } from '#embed/escapeHtml.ts';

/** An empty element of the head. */
export function tag(name: 'link' | 'meta', attributes: object): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(String(value))}"`);
  return `<${name}${written.join('')}>`;
}

/**
 * How a page begins, up to its title: the charset is among the first bytes, and the policy stands before all that it holds.
 * `policy` is undefined for a development server, which adds scripts of its own; `attributes` are the page's root element's, each after a space.
 */
export function documentStart({ language }: Content, title: string, policy: string | undefined, attributes = ''): string {
  return `<!doctype html>
<html lang="${language.tag}" dir="${language.direction}"${attributes}>
<head>
<meta charset="utf-8">
${policy === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>`;
}
