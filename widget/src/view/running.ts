/* One timer runs at a time, and what the patient does next ends it. */

let stop: (() => void) | null = null;

/** A timer begins: what still ran ends, and `end` is what will end this one. */
export function startTimer(end: () => void): void {
  stopTimer();
  stop = end;
}

/** End what still runs. */
export function stopTimer(): void {
  const ending = stop;
  stop = null;
  ending?.();
}

/** This timer is over. */
export function timerOver(end: () => void): void {
  if (stop === end) stop = null;
}
