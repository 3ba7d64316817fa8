/* The messages of a conversation as they stand now; its windows hear of what is new. */
import type { Audience } from "./audience";
import { type Fate, type Item, answered, keyOf, lastSeq, put } from "./log";
import { putBehind, relieve, settle, unsaid } from "./log";
import type { Session } from "./session";
import type { DorsiMessage, Entry, Outgoing } from "./types";

export class Messages {
  items: readonly Item[] = [];

  constructor(
    private readonly audience: Audience,
    private readonly session: Session,
  ) {}

  /** Whether the patient has not written yet. */
  get fresh(): boolean {
    return !this.items.some(({ entry }) => entry.from === "patient");
  }

  /** The highest number of them; 0 where the gateway numbers none. */
  get last(): number {
    return lastSeq(this.items);
  }

  /** Whether a choice is offered that is not over. */
  offers(choice: string): boolean {
    const over = answered(this.items);
    return this.items.some(
      ({ key, entry }) =>
        entry.from === "dorsi" && !over.has(key) && entry.buttons.some(({ id }) => id === choice),
    );
  }

  /** Show a message of the patient's that is on its way. */
  show({ id, shown, choice }: Outgoing): void {
    const entry: Entry = { from: "patient", id, text: shown, ...(choice && { choice }) };
    this.items = put(this.items, entry, { state: "sending" });
  }

  /** Say how a message of the patient's stands; nothing said means that it was answered. */
  fate(id: string, fate?: Fate): void {
    this.items = settle(this.items, `patient:${id}`, fate);
    this.audience.changed();
  }

  /** Take up what was said before. */
  recall(entries: Entry[]): void {
    for (const entry of entries) this.items = put(this.items, entry);
  }

  /** Take what comes in; `asked` tells whether this tab asked for it. */
  add(entries: Entry[], asked: boolean): void {
    const known = new Set(this.items.map(({ key }) => key));
    this.recall(entries);
    const fresh = entries.filter((entry) => !known.has(keyOf(entry)));
    const said = fresh.filter((entry) => entry.from === "dorsi");
    for (const { remember } of said) {
      if (remember !== undefined) this.session.remember(remember);
    }
    this.audience.changed();
    this.audience.arrived(said, asked);
  }

  /** Take the answer to a message. */
  receive(id: string, messages: DorsiMessage[]): void {
    this.items = relieve(this.items, `patient:${id}`, messages);
    this.add(messages.map(fromDorsi), true);
  }

  /** Show what is kept nowhere, beside the message it belongs to. */
  advise(id: string, messages: DorsiMessage[]): void {
    const key = this.items.find(({ entry }) => entry.id === id)?.key ?? id;
    const made = messages.map(fromDorsi);
    // The same as before stays as it is, and is not announced again.
    const fresh = unsaid(this.items, key, made);
    if (fresh.length) this.items = putBehind(this.items, key, made);
    this.audience.changed();
    this.audience.arrived(fresh, true);
  }

  clear(): void {
    this.items = [];
  }
}

/** A message as an entry of the conversation. */
export const fromDorsi = (message: DorsiMessage): Entry & { from: "dorsi" } => ({
  ...message,
  from: "dorsi",
});
