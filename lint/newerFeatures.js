/**
 * An ESLint rule that knows which names came into browsers late (web-features, the data behind Baseline): whoever uses one says in
 * src/browser/newerFeatures.json why it may be. It goes by names alone, so it sees methods of any value, in any file, written or built;
 * a name that something older also has (`details.name`) it cannot see.
 */
import { readFileSync } from 'node:fs';
import { features } from 'web-features';

/** What was in every browser by the end of this year needs no asking: each browser of package.json’s browserslist is newer. */
export const KNOWN_SINCE = 2021;

/** @type {{ asked: Record<string, string>, spared: Record<string, string> }} */
export const LISTED = JSON.parse(readFileSync(new URL('../src/browser/newerFeatures.json', import.meta.url), 'utf8'));

/** The name that a script says for a key of the compatibility data, if it says one. */
function nameOf(key) {
  const [kind, ...path] = key.split('.');
  const name = path.at(-1) ?? '';
  if (kind === 'api' && path.length <= 2) return name.replace(/_(event|static)$/, '');
  if (kind === 'javascript' && path[0] === 'builtins' && path.length <= 3) return name;
  if (kind === 'css' && path[0] === 'properties' && path.length === 2) return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  return undefined;
}

/**
 * Each name that no browser had before, with the features that brought it. What is not in every browser yet has names that our own
 * values have too (`pose`, `frame`): `everywhere` leaves it out.
 */
function newerNames(everywhere) {
  const [older, newer] = [new Set(), new Map()];
  for (const [id, feature] of Object.entries(features)) {
    if (feature.kind !== 'feature') continue;
    const since = Number(/\d{4}/.exec(feature.status.baseline_low_date ?? '')?.[0] ?? Infinity);
    if (everywhere && since === Infinity) continue;
    for (const name of (feature.compat_features ?? []).map(nameOf))
      if (name !== undefined && since <= KNOWN_SINCE) older.add(name);
      else if (name !== undefined) newer.set(name, [...(newer.get(name) ?? []), id]);
  }
  for (const name of older) newer.delete(name);
  return newer;
}

/** Names that our own values have too. */
const OURS = ['show'];

const MEMBERS = newerNames(true);
const GLOBALS = newerNames(false);

/** The feature that brought a name, where it is newer and not listed. */
export function unlistedFeature(name, global = false) {
  const ids = OURS.includes(name) ? [] : ((global ? GLOBALS : MEMBERS).get(name) ?? []);
  return ids.some((id) => id in LISTED.asked || id in LISTED.spared) ? undefined : ids[0];
}

/** @type {import('eslint').ESLint.Plugin} */
export default {
  rules: {
    listed: {
      meta: {
        type: 'problem',
        messages: { unlisted: '“{{name}}” ({{id}}) is newer than {{year}}: ask for it, or do without, and say so in src/browser/newerFeatures.json.' },
      },
      create(context) {
        const check = (node, name, global = false) => {
          const id = unlistedFeature(name, global);
          if (id) context.report({ node, messageId: 'unlisted', data: { name, id, year: String(KNOWN_SINCE) } });
        };
        return {
          MemberExpression({ property, computed }) {
            if (!computed) check(property, property.name);
            else if (property.type === 'Literal') check(property, String(property.value));
          },
          NewExpression({ callee }) {
            if (callee.type === 'Identifier' && context.sourceCode.isGlobalReference?.(callee)) check(callee, callee.name, true);
          },
          CallExpression({ callee }) {
            if (callee.type === 'Identifier' && context.sourceCode.isGlobalReference?.(callee)) check(callee, callee.name, true);
          },
        };
      },
    },
  },
};
