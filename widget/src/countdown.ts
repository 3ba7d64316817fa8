/* Seconds that are held, counted down. */

/** Counts from the clock, since a page in the background ticks late. */
export class Countdown {
  private end = 0;
  private left: number | null = null;

  /**
   * @param seconds how long in all.
   * @param now the clock, in milliseconds.
   */
  constructor(
    readonly seconds: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.end = now() + seconds * 1000;
  }

  get paused(): boolean {
    return this.left !== null;
  }

  /** Whole seconds still to go: 0 when it is over. */
  get remaining(): number {
    const left = this.left ?? this.end - this.now();
    return Math.max(0, Math.ceil(left / 1000));
  }

  pause(): void {
    this.left ??= Math.max(0, this.end - this.now());
  }

  resume(): void {
    if (this.left === null) return;
    this.end = this.now() + this.left;
    this.left = null;
  }
}
