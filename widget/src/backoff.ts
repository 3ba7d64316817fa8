/* How long to wait before trying again. */

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * Twice as long after each failure, up to half a minute, and never the same for everybody: all who
 * lost a server at once would come back at once.
 *
 * @param failures failures in a row, from 1.
 * @param random a number from 0 to 1.
 */
export function backoff(failures: number, random = Math.random()): number {
  const longest = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
  return longest / 2 + (random * longest) / 2;
}
