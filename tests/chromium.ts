/**
 * The browser of the tests: the system's own Chromium, never one downloaded from elsewhere.
 * `node --experimental-strip-types tests/chromium.ts` makes sure that there is one.
 */
import { fileURLToPath } from 'node:url';
import { CHROMIUM, ensurePrograms, findProgram } from './programs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The path of the system's Chromium. Throws one line that says what to install, or what is wrong with CHROMIUM_PATH. */
export function findChromium(environment: Environment = process.env, usual: readonly string[] = CHROMIUM.usual): string {
  return findProgram({ ...CHROMIUM, usual }, environment);
}

/** Finds the browser, or installs it where it may. Returns the line to print when there is still none. */
export function ensureChromium(
  environment: Environment = process.env,
  usual: readonly string[] = CHROMIUM.usual,
  installer?: (packages: readonly string[]) => void,
): string | undefined {
  return ensurePrograms([{ ...CHROMIUM, usual }], environment, installer)[0];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fault = ensureChromium();
  if (fault !== undefined) {
    console.error(fault);
    process.exitCode = 1;
  }
}
