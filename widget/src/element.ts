/* <dorsi-chat>: a window on a conversation; what the patient sees and does in it. */
import { html, nothing } from "lit";
import { Hearing } from "./hearing";
import { type Preferences, keepPreferences } from "./preferences";
import * as settings from "./settings";
import { prepareSound } from "./sound";
import { type Deeds, type Sheet, frameView, launcherView } from "./view/frame";
import { stopTimer } from "./view/running";

export class DorsiChat extends Hearing {
  private sheet: Sheet = null;

  /** Open the panel and go to its text box. */
  show(): void {
    this.open = true;
    void this.updateComplete.then(() => this.focusBox());
  }

  /** Close the panel and go back to the button that opens it. */
  hide(): void {
    stopTimer();
    this.open = false;
    this.sheet = null;
    void this.updateComplete.then(() => this.part_<HTMLElement>(".launcher")?.focus());
  }

  /* ---- what the patient does ---- */

  private readonly send = (): void => {
    const { box } = this;
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

  protected said(): void {
    stopTimer();
    this.status = "";
    this.sheet = null;
    this.requestUpdate();
    void this.toEnd();
  }

  private toggle(sheet: Sheet): void {
    this.sheet = this.sheet === sheet ? null : sheet;
    if (this.sheet === "help") void this.chat.findCalls();
    this.requestUpdate();
  }

  /* Urgent help stays open: it has the numbers to call. */
  protected uncover(): void {
    const inside = this.shadowRoot?.activeElement?.closest("dialog, #menu");
    this.part_<HTMLDialogElement>("dialog")?.close();
    if (this.sheet === "menu") this.toggle(null);
    if (inside) this.focusBox();
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
    else if (this.panel && this.open) this.hide();
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

  protected override render() {
    const mode = settings.modeOf(this.mode);
    const { lang } = this.context;
    const { size, contrast, still } = this.chosen;
    return html`<div class="root" part="root" lang=${lang} data-mode=${mode} data-size=${size}
      dir=${settings.directionOf(this, lang)} data-side=${this.position === "start" ? "start" : "end"}
      ?data-high=${contrast} ?data-still=${still} @keydown=${this.key}
      @click=${this.pressed}>
      ${this.panel ? launcherView(this.open, this.alarmed, () => this.show(), this.context) : nothing}
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
}
