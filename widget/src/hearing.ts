/* What the conversation tells a window: shown, read aloud, brought into view, given back. */
import type { PropertyValues } from "lit";
import { alarming, aloud } from "./aloud";
import { keyOf, turnOf } from "./log";
import { Placed } from "./placed";
import { type Preferences, preferences } from "./preferences";
import { Reading } from "./reading";
import { chime } from "./sound";
import { type Said, spell } from "./strings";
import type { DorsiMessage } from "./types";

const both = (one: string, other: string): string => [one, other].filter(Boolean).join("\n");

export abstract class Hearing extends Placed {
  protected status = "";
  /** The panel was open before: what was written and read in it is still there. */
  protected opened = false;
  /** What came in while the panel was closed, and cannot wait. */
  protected alarm: DorsiMessage | null = null;
  protected chosen: Preferences = preferences();
  protected readonly reading = new Reading(this);
  /** What was said before is in view. */
  private taken = false;
  /** What came back before there was a text box. */
  private unsaid = "";

  /** Close what lies over the conversation. */
  protected abstract uncover(): void;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.reading.end();
  }

  protected override willUpdate(changed: PropertyValues<Placed>): void {
    this.opened ||= this.shown;
    super.willUpdate(changed);
    const key = this.alarm && keyOf({ from: "dorsi", id: this.alarm.id });
    if (!key) return;
    if (this.shown) void this.reading.to(key);
    // Read, or erased meanwhile.
    if (this.shown || !this.chat.items.some((item) => item.key === key)) this.alarm = null;
  }

  protected override updated(changed: PropertyValues<Placed>): void {
    super.updated(changed);
    this.giveBack();
    if (!this.shown || !this.isConnected || this.taken) return;
    if (this.chat.loading || !this.chat.items.length) return;
    this.taken = true;
    if (!this.chat.messages.fresh) void this.toEnd();
  }

  changed(): void {
    this.requestUpdate();
  }

  arrived(messages: DorsiMessage[], asked: boolean): void {
    if (!this.opened) return;
    const { say, lang, foreign } = this.context;
    if (messages.some(alarming)) this.uncover();
    for (const one of messages) {
      this.reading.announce(one, aloud(one, say, lang, foreign), this.shown);
    }
    if (this.shown) this.status = "";
    else this.alarm = messages.findLast(alarming) ?? this.alarm;
    if (this.chosen.sound && (this.shown || this.alarm)) chime();
    // A new conversation is read from its top, but for what cannot wait.
    const near = !this.chat.messages.fresh || messages.some(alarming);
    const turn = turnOf(this.chat.items, messages);
    if (near) void this.reading.bring(messages, turn, asked && this.shown, !this.still);
  }

  told(said: Said): void {
    this.status = spell(said, this.context.lang);
    this.requestUpdate();
    // What is said below the message that was just written makes it longer.
    if (said.about && said.about === this.chat.items.at(-1)?.entry.id && this.reading.near) {
      void this.toEnd();
    }
  }

  returned(text: string): void {
    this.unsaid = both(this.unsaid, text);
    this.giveBack();
  }

  protected async toEnd(): Promise<void> {
    const last = this.chat.items.at(-1);
    if (last) await this.reading.to(last.key);
  }

  private giveBack(): void {
    const { box } = this;
    if (!box || !this.unsaid) return;
    box.value = both(this.unsaid, box.value);
    this.unsaid = "";
  }

  private get still(): boolean {
    return this.chosen.still || matchMedia("(prefers-reduced-motion: reduce)").matches;
  }
}
