/* <dorsi-chat>: a window on a conversation. */
import { LitElement, type PropertyValues, html, nothing } from "lit";
import { alarming, aloud } from "./aloud";
import { accent } from "./contrast";
import type { Conversation, Listener } from "./conversation";
import { type Preferences, keepPreferences, preferences } from "./preferences";
import { keyOf } from "./log";
import { Reading } from "./reading";
import * as settings from "./settings";
import { conversation } from "./shared";
import { chime, prepareSound } from "./sound";
import { type Said, language, locale, sayer, spell } from "./strings";
import { styles } from "./styles";
import type { DorsiMessage } from "./types";
import { followViewport } from "./viewport";
import type { Context } from "./view/context";
import { type Deeds, type Sheet, frameView, launcherView } from "./view/frame";
import { stopTimer } from "./view/running";

/** The language the gateway speaks. */
const SPOKEN = "en";
/** Where a panel takes all of the page, as its style has it. */
const NARROW = "(max-width: 30em)";

const both = (one: string, other: string): string => [one, other].filter(Boolean).join("\n");

export class DorsiChat extends LitElement implements Listener {
  static override styles = styles;
  static override properties = {
    gateway: {},
    mode: {},
    region: {},
    language: { attribute: "lang" },
    position: {},
    accent: {},
    privacy: {},
    open: { type: Boolean, reflect: true },
  };

  declare gateway: string | null;
  declare mode: string | null;
  declare region: string | null;
  declare language: string | null;
  declare position: string | null;
  declare accent: string | null;
  declare privacy: string | null;
  declare open: boolean;

  private chat!: Conversation;
  private context!: Context;
  private leave: (() => void) | null = null;
  private unfollow: (() => void) | null = null;
  private sheet: Sheet = null;
  private status = "";
  private placed = false;
  /** The panel was open before: what was written and read in it is still there. */
  private opened = false;
  /** What came in while the panel was closed, and cannot wait. */
  private alarm: DorsiMessage | null = null;
  /** What came back before there was a text box. */
  private unsaid = "";
  private chosen: Preferences = preferences();
  private readonly reading = new Reading(this);
  private readonly narrow = matchMedia(NARROW);

  constructor() {
    super();
    this.open = false;
  }

  /** Open the panel and go to its text box. */
  show(): void {
    this.open = true;
    const { alarm } = this;
    this.alarm = null;
    void this.updateComplete.then(() => {
      this.focusBox();
      if (alarm) void this.reading.to(keyOf({ from: "dorsi", id: alarm.id }));
    });
  }

  /** Close the panel and go back to the button that opens it. */
  hide(): void {
    stopTimer();
    this.open = false;
    this.sheet = null;
    void this.updateComplete.then(() => this.part_<HTMLElement>(".launcher")?.focus());
  }

  /* ---- living on the page ---- */

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("online", this.line);
    addEventListener("offline", this.line);
    this.narrow.addEventListener("change", this.line);
    if (!this.hasUpdated) return;
    this.join();
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("online", this.line);
    removeEventListener("offline", this.line);
    this.narrow.removeEventListener("change", this.line);
    this.leave?.();
    this.unfollow?.();
    this.reading.end();
  }

  protected override willUpdate(changed: PropertyValues<DorsiChat>): void {
    const place = ["gateway", "region", "mode", "language"] as const;
    this.opened ||= this.shown;
    if (!this.context || place.some((name) => changed.has(name))) this.join();
  }

  protected override firstUpdated(): void {
    this.follow();
  }

  private follow(): void {
    const root = this.part_<HTMLElement>(".root");
    if (this.isConnected) this.unfollow = root && followViewport(root);
  }

  protected override updated(changed: PropertyValues<DorsiChat>): void {
    if (changed.has("accent")) this.paint();
    this.giveBack();
    if (!this.shown || !this.isConnected) return;
    // After this picture: what is fetched must not hold it up.
    queueMicrotask(() => void this.chat.open());
    if (!this.placed && !this.chat.loading && this.chat.items.length) {
      this.placed = true;
      if (!this.chat.messages.fresh) void this.toEnd();
    }
  }

  private get shown(): boolean {
    return this.open || settings.modeOf(this.mode) !== "panel";
  }

  /* Take part in the conversation that the attributes name. */
  private join(): void {
    this.leave?.();
    const gateway = settings.gatewayOf(this.gateway);
    const region = settings.regionOf(this.region, settings.modeOf(this.mode));
    const wanted = settings.languageOf(this);
    const lang = language(wanted);
    this.chat = conversation(gateway, region);
    // Removed already, it would hold a connection for nobody.
    this.leave = this.isConnected ? this.chat.listen(this) : null;
    this.context = {
      chat: this.chat,
      lang,
      locale: locale(wanted),
      say: sayer(lang),
      foreign: lang === SPOKEN ? undefined : SPOKEN,
      tell: (said) => this.told(said),
      update: () => this.requestUpdate(),
      said: () => this.said(),
      focusBox: () => this.focusBox(),
    };
    void this.chat.numbers.load().then(() => this.requestUpdate());
  }

  /* An accent that words cannot be read on is none. */
  private paint(): void {
    const found = accent(this.accent);
    const { style } = this.part_<HTMLElement>(".root")!;
    for (const [name, value] of [["--fill", found?.ground], ["--on-fill", found?.words]] as const) {
      if (value) style.setProperty(name, value);
      else style.removeProperty(name);
    }
  }

  private readonly line = ({ type }: Event): void => {
    if (type === "online") this.told({ key: "online" });
    else this.requestUpdate();
  };

  /* ---- what the conversation tells ---- */

  changed(): void {
    this.requestUpdate();
  }

  arrived(messages: DorsiMessage[], asked: boolean): void {
    if (!this.opened) return;
    const { say, lang, foreign } = this.context;
    for (const one of messages) {
      this.reading.announce(one, aloud(one, say, lang, foreign), this.shown);
    }
    if (this.shown) this.status = "";
    else this.alarm = messages.findLast(alarming) ?? this.alarm;
    if (this.chosen.sound && (this.shown || this.alarm)) chime();
    // A new conversation is read from its top, but for what cannot wait.
    const near = !this.chat.messages.fresh || messages.some(alarming);
    if (near) void this.reading.bring(messages, asked && this.shown, !this.still);
  }

  told(said: Said): void {
    this.status = spell(said, this.context.lang);
    this.requestUpdate();
    // What is said below the message that was just written makes it longer.
    if (this.chat.items.at(-1)?.fate) void this.toEnd();
  }

  returned(text: string): void {
    this.unsaid = both(this.unsaid, text);
    this.giveBack();
  }

  private giveBack(): void {
    const box = this.box;
    if (!box || !this.unsaid) return;
    box.value = both(this.unsaid, box.value);
    this.unsaid = "";
  }

  private async toEnd(): Promise<void> {
    const last = this.chat.items.at(-1);
    if (last) await this.reading.to(last.key);
  }

  /* ---- what the patient does ---- */

  private readonly send = (): void => {
    const box = this.box;
    if (!box) return;
    const text = box.value;
    box.focus();
    if (!text.trim()) {
      this.told({ key: "nothing" });
      return;
    }
    box.value = "";
    this.say(text);
  };

  private say(text: string): void {
    this.chat.write(text);
    this.said();
  }

  private said(): void {
    stopTimer();
    this.status = "";
    this.sheet = null;
    this.requestUpdate();
    void this.toEnd();
  }

  private toggle(sheet: Sheet): void {
    this.sheet = this.sheet === sheet ? null : sheet;
    this.requestUpdate();
  }

  private readonly fold = (): void => {
    const owner = this.part_<HTMLElement>(`[aria-controls="${this.sheet}"]`);
    this.toggle(null);
    owner?.focus();
  };

  private readonly newest = (): void => {
    this.focusBox(); // the button that was pressed goes
    void this.toEnd();
  };

  private readonly startOver = (): void => {
    this.focusBox();
    this.say(this.context.say("start_over_said"));
  };

  private readonly choose = (change: Partial<Preferences>): void => {
    this.chosen = { ...this.chosen, ...change };
    keepPreferences(this.chosen);
    if (change.sound) prepareSound();
    this.requestUpdate();
  };

  private readonly erase = async (): Promise<void> => {
    stopTimer();
    this.told({ key: "erasing" });
    this.toggle(null);
    this.focusBox();
    try {
      await this.chat.erase();
    } catch {
      this.told({ key: "not_erased" });
    }
  };

  /* A browser allows sound from a press on, and after a reload that is another one. */
  private readonly pressed = (): void => {
    if (this.chosen.sound) prepareSound();
  };

  /* Escape closes one thing at a time, the innermost first. */
  private readonly key = (event: KeyboardEvent): void => {
    this.pressed();
    if (event.key === "Tab" && this.full) this.wrap(event);
    if (event.key !== "Escape" || this.part_<HTMLDialogElement>("dialog")?.open) return;
    if (this.sheet) this.fold();
    else if (settings.modeOf(this.mode) === "panel" && this.open) this.hide();
    else return;
    event.stopPropagation();
  };

  /* What lies behind the panel cannot be seen: after its last button comes its first. */
  private wrap(event: KeyboardEvent): void {
    const ends = [".urgent", ".send"];
    const [from, to] = event.shiftKey ? ends : ends.reverse();
    if (this.part_(from!) !== event.target) return;
    event.preventDefault();
    this.part_<HTMLElement>(to!)?.focus();
  }

  /* ---- what is seen ---- */

  private get full(): boolean {
    return this.narrow.matches && this.open && settings.modeOf(this.mode) === "panel";
  }

  private get still(): boolean {
    return this.chosen.still || matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  protected override render() {
    const mode = settings.modeOf(this.mode);
    const { lang } = this.context;
    const { size, contrast, still } = this.chosen;
    return html`<div class="root" part="root" lang=${lang} data-mode=${mode} data-size=${size}
      dir=${settings.directionOf(this, lang)} data-side=${this.position === "start" ? "start" : "end"}
      ?data-high=${contrast} ?data-still=${still} @keydown=${this.key}
      @click=${this.pressed}>
      ${mode === "panel" ? launcherView(this.open, this.alarmed, () => this.show(), this.context) : nothing}
      ${this.opened ? frameView(this.deeds(mode), this.context) : nothing}
      <div class="unseen outside" aria-live="assertive"></div>
    </div>`;
  }

  /* What the button says of what cannot wait. */
  private get alarmed(): string | undefined {
    return this.alarm ? this.context.say(`level_${this.alarm.level as "urgent"}`) : undefined;
  }

  private deeds(mode: settings.Mode): Deeds {
    return {
      mode,
      open: this.shown,
      full: this.full,
      sheet: this.sheet,
      chosen: this.chosen,
      privacy: settings.privacyOf(this.privacy, this.chat.api.gateway),
      behind: this.reading.behind,
      status: this.status,
      toggle: (sheet) => this.toggle(sheet),
      fold: this.fold,
      close: () => this.hide(),
      choose: this.choose,
      startOver: this.startOver,
      ask: () => this.part_<HTMLDialogElement>("dialog")?.showModal(),
      erase: () => void this.erase(),
      scrolled: this.reading.scrolled,
      newest: this.newest,
      send: this.send,
    };
  }

  private part_<T extends Element>(selector: string): T | null {
    return this.renderRoot?.querySelector<T>(selector) ?? null;
  }

  private get box(): HTMLTextAreaElement | null {
    return this.part_("#text");
  }

  private focusBox(): void {
    this.box?.focus();
  }
}
