/* Messages that are not answered yet, in the order in which they were written. */
import { type Memory, forVisit, recall } from "./memory";
import type { Entry, Outgoing } from "./types";

/** Kept for the visit, so that a reload loses nothing; the same id again happens once only. */
export class Outbox {
  constructor(
    private readonly key: string,
    private readonly memory: Memory = forVisit,
  ) {}

  all(): Outgoing[] {
    return recall<Outgoing[]>(this.memory, this.key) ?? [];
  }

  has(id: string): boolean {
    return this.all().some((message) => message.id === id);
  }

  add(message: Outgoing): void {
    if (!this.has(message.id)) this.keep([...this.all(), message]);
  }

  drop(id: string): void {
    this.keep(this.all().filter((message) => message.id !== id));
  }

  /** Learn what was said: what has its answer waits no more, a last word without one does. */
  catchUp(entries: readonly Entry[]): void {
    const last = entries.at(-1);
    for (const { id } of this.all()) {
      if (entries.some((entry) => entry.id === id) && id !== last?.id) this.drop(id);
    }
    if (last?.from !== "patient") return;
    const { id, text, choice } = last;
    this.add(choice ? { id, choice, shown: text } : { id, text, shown: text });
  }

  /** Hold nothing but these. */
  clear(but: Outgoing[] = []): void {
    this.keep(but);
  }

  private keep(messages: Outgoing[]): void {
    this.memory.set(this.key, messages.length ? JSON.stringify(messages) : null);
  }
}
