/* A timer for an exercise that is held. */
import { LitElement, html, nothing } from "lit";
import { Countdown } from "../countdown";
import { amount } from "../strings";
import type { Range } from "../types";
import type { Context } from "./context";
import { startTimer, stopTimer, timerOver } from "./running";
import { steady } from "./steady";

const TICK_MS = 200;

/** A button for the least and, where it differs, one for the most seconds; and what is left. */
export class HoldTimer extends LitElement {
  static override properties = {
    range: { attribute: false },
    context: { attribute: false },
  };

  declare range: Range;
  declare context: Context;
  private running: Countdown | null = null;
  private said = "";
  private shown = -1;
  private ticking: ReturnType<typeof setInterval> | undefined;

  protected override createRenderRoot(): this {
    return this; // it looks like the message it is part of
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.running) this.finish();
  }

  protected override render() {
    const { least, most } = this.range;
    const { running } = this;
    // What changes every second must not be read aloud every second.
    return html`<div class="tool" aria-live="off" ?data-running=${running}>
      ${[...new Set([least, most])].map((count) => this.button(count))}
      <button type="button" class="quiet" ?hidden=${!running} @click=${this.stop}>
        ${this.context.say("stop")}</button>
      <span class="left" role="timer">${running ? running.remaining : this.said}</span>
      ${running
        ? html`<progress aria-hidden="true" max=${running.seconds}
            .value=${running.seconds - running.remaining}></progress>`
        : nothing}
    </div>`;
  }

  private button(count: number) {
    const { running } = this;
    const mine = running?.seconds === count;
    const { say } = this.context;
    const label = mine ? say(running.paused ? "resume" : "pause") : say("start", { time: this.time(count) });
    return html`<button type="button" class="big" aria-disabled=${Boolean(running) && !mine}
      data-count=${count} @click=${() => this.press(count)}>${label}</button>`;
  }

  private time(count: number): string {
    return amount(this.context.say, this.context.lang, "seconds", count);
  }

  private press(count: number): void {
    if (!steady(`hold ${count}`)) return;
    if (!this.running) this.start(count);
    else if (this.running.seconds !== count) return;
    else if (this.running.paused) {
      this.running.resume();
      this.tell("resumed", this.running.remaining);
    } else {
      this.running.pause();
      this.tell("paused", this.running.remaining);
    }
    this.requestUpdate();
  }

  private start(count: number): void {
    startTimer(this.stop);
    this.running = new Countdown(count);
    this.ticking = setInterval(this.tick, TICK_MS);
    this.tell("started", count);
  }

  private readonly tick = (): void => {
    const { running } = this;
    if (!running) return;
    if (running.remaining === 0) this.finish(this.tell("held", running.seconds));
    else if (this.shown !== running.remaining) this.requestUpdate();
    this.shown = running.remaining;
  };

  private readonly stop = (): void => {
    if (this.running) this.finish(this.tell("stopped"));
    stopTimer();
  };

  private tell(key: "started" | "paused" | "resumed" | "stopped" | "held", count?: number): string {
    const values = count === undefined ? {} : { time: this.time(count) };
    this.context.tell({ key, values });
    return this.context.say(key, values);
  }

  private finish(said = ""): void {
    const count = this.running?.seconds;
    clearInterval(this.ticking);
    timerOver(this.stop);
    this.running = null;
    this.said = said;
    this.requestUpdate();
    // The button to stop goes, and with it the place of a keyboard that was on it.
    const { activeElement } = this.getRootNode() as ShadowRoot;
    const gone = activeElement && activeElement === this.querySelector(".quiet");
    if (gone && this.isConnected) this.querySelector<HTMLElement>(`[data-count="${count}"]`)?.focus();
  }
}
