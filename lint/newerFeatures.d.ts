import type { ESLint } from 'eslint';

export const KNOWN_SINCE: number;
export const LISTED: { readonly asked: Readonly<Record<string, string>>; readonly spared: Readonly<Record<string, string>> };
export function unlistedFeature(name: string, global?: boolean): string | undefined;
declare const plugin: ESLint.Plugin;
export default plugin;
