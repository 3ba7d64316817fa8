/* The windows that look at a conversation. */
import type { Said } from "./strings";
import type { DorsiMessage } from "./types";

/** A window on the conversation. */
export interface Listener {
  changed(): void;
  /** Messages came in; `asked` tells whether this tab asked for them. */
  arrived(messages: DorsiMessage[], asked: boolean): void;
  told(said: Said): void;
  /** What could not be sent comes back into the text box. */
  returned(text: string): void;
}

export class Audience implements Listener {
  private readonly windows = new Set<Listener>();
  /** What came back while nobody looked. */
  private kept = "";

  get empty(): boolean {
    return !this.windows.size;
  }

  join(window: Listener): void {
    this.windows.add(window);
    // Not before the window has its text box.
    if (this.kept) queueMicrotask(() => this.returned(""));
  }

  /** Give whether there was such a window. */
  leave(window: Listener): boolean {
    return this.windows.delete(window);
  }

  changed(): void {
    this.windows.forEach((one) => one.changed());
  }

  arrived(messages: DorsiMessage[], asked: boolean): void {
    if (messages.length) this.windows.forEach((one) => one.arrived(messages, asked));
  }

  told(said: Said): void {
    this.windows.forEach((one) => one.told(said));
  }

  /** Give back what was written, and what waits to be given back; unseen, it waits. */
  returned(text: string): void {
    const all = [this.kept, text].filter(Boolean).join("\n");
    this.kept = this.empty ? all : "";
    if (all) this.windows.forEach((one) => one.returned(all));
  }
}
