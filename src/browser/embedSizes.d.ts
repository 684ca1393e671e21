/** Made by the site plugin (src/build/plugin.ts) when it builds the publishers' script. */
declare module 'virtual:embed-sizes' {
  import type { EmbedSize } from '#embed/reservedHeight.ts';

  /** The size of each embed, by language ('' is the default one) and id. */
  const sizes: Readonly<Record<string, Readonly<Record<string, EmbedSize>>>>;
  export default sizes;
}
