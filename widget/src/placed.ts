/* Living on a page: what the attributes name, and what the page and the device do. */
import { LitElement, type PropertyValues } from "lit";
import { accent } from "./contrast";
import type { Listener } from "./audience";
import type { Conversation } from "./conversation";
import * as settings from "./settings";
import { conversation } from "./shared";
import { type Said, language, locale, sayer } from "./strings";
import { styles } from "./styles";
import type { DorsiMessage } from "./types";
import { followViewport } from "./viewport";
import type { Context } from "./view/context";

/** The language the gateway speaks. */
const SPOKEN = "en";
/** Where a panel takes all of the page, as its style has it. */
const NARROW = "(max-width: 30em)";

export abstract class Placed extends LitElement implements Listener {
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

  protected chat!: Conversation;
  protected context!: Context;
  private readonly narrow = matchMedia(NARROW);
  private leave: (() => void) | null = null;
  private unfollow: (() => void) | null = null;

  constructor() {
    super();
    this.open = false;
  }

  abstract changed(): void;
  abstract arrived(messages: DorsiMessage[], asked: boolean): void;
  abstract told(said: Said): void;
  abstract returned(text: string): void;
  protected abstract said(): void;

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
  }

  protected override willUpdate(changed: PropertyValues<Placed>): void {
    const place = ["gateway", "region", "mode", "language"] as const;
    if (!this.context || place.some((name) => changed.has(name))) this.join();
  }

  protected override firstUpdated(): void {
    this.follow();
  }

  protected override updated(changed: PropertyValues<Placed>): void {
    if (changed.has("accent")) this.paint();
    if (!this.shown || !this.isConnected) return;
    // After this picture: what is fetched must not hold it up.
    queueMicrotask(() => void this.chat.open());
  }

  protected get panel(): boolean {
    return settings.modeOf(this.mode) === "panel";
  }

  protected get shown(): boolean {
    return this.open || !this.panel;
  }

  /* The panel takes all of the page, which cannot be used meanwhile. */
  protected get full(): boolean {
    return this.narrow.matches && this.open && this.panel;
  }

  protected part_<T extends Element>(selector: string): T | null {
    return this.renderRoot?.querySelector<T>(selector) ?? null;
  }

  protected get box(): HTMLTextAreaElement | null {
    return this.part_("#text");
  }

  protected focusBox(): void {
    this.box?.focus();
  }

  /* Where all of the window scrolls, the keyboard must not hide what it writes into. */
  private toBox(): void {
    const { box } = this;
    if (box && box === this.shadowRoot?.activeElement) box.scrollIntoView({ block: "nearest" });
  }

  private follow(): void {
    const root = this.part_<HTMLElement>(".root");
    if (this.isConnected) this.unfollow = root && followViewport(root, () => this.toBox());
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
}
