/* The window as a whole, and the button that opens it. */
import { html, nothing, type TemplateResult } from "lit";
import type { Preferences } from "../preferences";
import type { Mode } from "../settings";
import { composerView } from "./composer";
import type { Context } from "./context";
import { eraseDialog } from "./dialog";
import { headerView, helpView } from "./header";
import { alert, bubble } from "./icons";
import { logView } from "./log";
import { menuView } from "./menu";

/** What is open below the top. */
export type Sheet = "help" | "menu" | null;

/** How the window stands, and what can be done in it. */
export interface Deeds {
  mode: Mode;
  open: boolean;
  /** The panel takes all of the page, which cannot be used meanwhile. */
  full: boolean;
  sheet: Sheet;
  chosen: Preferences;
  privacy: string;
  behind: boolean;
  status: string;
  toggle(sheet: Sheet): void;
  /** Close what is open below the top, and go to the button that opened it. */
  fold(): void;
  close(): void;
  choose(change: Partial<Preferences>): void;
  startOver(): void;
  ask(): void;
  erase(): void;
  scrolled(): void;
  newest(): void;
  send(): void;
}

/** @param alarm how urgent it is what came in meanwhile, in words: a colour alone tells nothing. */
export function launcherView(
  open: boolean,
  alarm: string | undefined,
  show: () => void,
  { say }: Context,
): TemplateResult {
  return html`<button type="button" class="launcher ${alarm ? "alarm" : ""}" part="launcher"
    aria-haspopup="dialog" aria-expanded=${open} ?hidden=${open}
    @click=${show}>${alarm ? alert : bubble}<span>${
      alarm ? html`<strong>${alarm}</strong><br>` : nothing
    }${say("launch")}</span></button>`;
}

function insideView(deeds: Deeds, context: Context): TemplateResult {
  const { mode, sheet, toggle, fold, close, status, send } = deeds;
  const top = {
    page: mode === "page",
    closable: mode === "panel",
    help: sheet === "help",
    menu: sheet === "menu",
    toggleHelp: () => toggle("help"),
    toggleMenu: () => toggle("menu"),
    close,
  };
  return html`${headerView(top, context)}
    ${helpView(sheet === "help", fold, context)}
    ${menuView({ ...deeds, open: sheet === "menu", erase: deeds.ask }, context)}
    ${logView(deeds, context)}
    ${composerView({ status, offline: !navigator.onLine, send }, context)}
    ${eraseDialog(deeds.erase, context)}
    <div class="unseen polite" aria-live="polite"></div>
    <div class="unseen assertive" aria-live="assertive"></div>`;
}

export function frameView(deeds: Deeds, context: Context): TemplateResult {
  const inside = insideView(deeds, context);
  const label = context.say("window");
  if (deeds.mode === "page") return html`<main class="frame" part="panel">${inside}</main>`;
  if (deeds.mode === "inline") {
    return html`<section class="frame" part="panel" aria-label=${label}>${inside}</section>`;
  }
  return html`<div class="frame" part="panel" role="dialog" aria-label=${label}
    aria-modal=${deeds.full ? "true" : nothing} ?hidden=${!deeds.open}>${inside}</div>`;
}
