/* How new messages reach the patient: read aloud, and brought into view. */
import type { LitElement } from "lit";
import { type Part, alarming } from "./aloud";
import { Announcer } from "./announcer";
import { keyOf } from "./log";
import { atEnd, bringIntoView, scroller, settled } from "./scrolling";
import type { DorsiMessage } from "./types";

export class Reading {
  /** Newer messages are out of sight. */
  behind = false;

  private readonly polite = new Announcer(() => this.find(".polite"));
  private readonly assertive = new Announcer(() => this.find(".assertive"));
  private readonly outside = new Announcer(() => this.find(".outside"));

  constructor(private readonly window: LitElement) {}

  /**
   * Have a message read aloud; one that cannot wait interrupts.
   *
   * @param shown whether the window is: else only what cannot wait is heard, from outside of it.
   */
  announce(message: DorsiMessage, parts: Part[], shown: boolean): void {
    if (!alarming(message)) {
      if (shown) this.polite.say(parts);
    } else (shown ? this.assertive : this.outside).say(parts);
  }

  /**
   * Show messages that came in, unless they can wait, were not asked for, and are not read yet.
   *
   * @param turn they, and what Dorsi said just before them: none of that leaves the view unread.
   */
  async bring(
    messages: DorsiMessage[],
    turn: DorsiMessage[],
    asked: boolean,
    smooth: boolean,
  ): Promise<void> {
    const box = this.scroller;
    if (!box) return;
    const urgent = messages.some(alarming);
    const follow = asked || urgent || atEnd(box);
    await this.window.updateComplete;
    const made = this.made(messages);
    const all = this.made(turn);
    await settled(all);
    const grave = turn.filter(alarming);
    const worst = grave.find(({ level }) => level === "emergency");
    const chief = worst ?? messages.find(alarming) ?? grave[0];
    const vital = chief && this.made([chief])[0];
    // What is urgent is there at once, and no button covers it.
    const out = !follow || bringIntoView(made, box, smooth && !urgent, all, vital);
    this.behind = out && !(follow && vital);
    this.window.requestUpdate();
  }

  /** Go to a message at once. */
  async to(key: string): Promise<void> {
    await this.window.updateComplete;
    const made = this.shown(key);
    const box = this.scroller;
    if (!made || !box) return;
    await settled([made]);
    bringIntoView([made], box, false);
    this.behind = false;
    this.window.requestUpdate();
  }

  /** The patient scrolled: what was out of sight may be in it. */
  readonly scrolled = (): void => {
    if (!this.behind || !this.near) return;
    this.behind = false;
    this.window.requestUpdate();
  };

  /** Say nothing more. */
  end(): void {
    for (const announcer of [this.polite, this.assertive, this.outside]) announcer.empty();
  }

  /** The end is in sight. */
  get near(): boolean {
    const box = this.scroller;
    return !!box && atEnd(box);
  }

  private get scroller(): Element | null {
    const scroll = this.find(".scroll");
    return scroll ? scroller(scroll) : null;
  }

  private made(messages: DorsiMessage[]): Element[] {
    return messages.flatMap(({ id }) => this.shown(keyOf({ from: "dorsi", id })) ?? []);
  }

  private shown(key: string): Element | null {
    return this.find(`[data-key="${CSS.escape(key)}"]`);
  }

  private find(selector: string): Element | null {
    return this.window.renderRoot?.querySelector(selector) ?? null;
  }
}
