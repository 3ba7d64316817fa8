/* Repetitions that are counted. */
import type { Range } from "./types";
import type { Said } from "./strings";

/** One more or one back, within what is possible. */
export const counted = (done: number, change: number, { most }: Range): number =>
  Math.min(Math.max(done + change, 0), most);

/** What to say of so many. */
export function tallied(done: number, { least, most }: Range): Said {
  if (done === most) return { key: "all", values: { most } };
  return { key: done >= least ? "enough" : "counted", values: { done, most } };
}
