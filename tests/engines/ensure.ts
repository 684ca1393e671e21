/** Makes sure that all engines of the tests are there: installs Debian's packages where it may, else says what to install. */
import { CHROMIUM, ensurePrograms, FIREFOX, MINI_BROWSER, WEBKIT_DRIVER, XVFB } from '../programs.ts';

const faults = ensurePrograms([CHROMIUM, FIREFOX, WEBKIT_DRIVER, MINI_BROWSER, XVFB]);
for (const fault of faults) console.error(fault);
if (faults.length) process.exitCode = 1;
