/* A hand that trembles presses the same button twice. */

const TREMBLE_MS = 1000;

let last = { on: "", at: -Infinity };

/** Whether a press on this is meant: not the second one within a second. */
export function steady(on: string): boolean {
  const at = Date.now();
  if (on === last.on && at - last.at < TREMBLE_MS) return false;
  last = { on, at };
  return true;
}
