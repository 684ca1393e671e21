/**
 * Remembers what a pure function gave for the same arguments, so that a picture drawn sixty times a second works
 * its words and specks out once. The arguments must be text or numbers; the oldest answer is dropped at `most`.
 */
export function memoize<Arguments extends readonly (string | number)[], Result>(
  compute: (...given: Arguments) => Result,
  most = 500,
): (...given: Arguments) => Result {
  const known = new Map<string, Result>();
  return (...given) => {
    const key = given.join('\u0000');
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = compute(...given);
    const [oldest] = known.keys();
    if (known.size >= most && oldest !== undefined) known.delete(oldest);
    known.set(key, result);
    return result;
  };
}
