/* Files that come with a message. */
import { html, nothing } from "lit";
import { save } from "../files";
import type { Download } from "../types";
import type { Context } from "./context";
import { file } from "./icons";

/** Run what fetches a file, and say how it goes; the button is busy meanwhile. */
export async function fetched(
  event: Event,
  title: string,
  { tell }: Pick<Context, "tell">,
  fetching: () => Promise<void>,
): Promise<void> {
  const pressed = event.currentTarget as HTMLElement;
  if (pressed.ariaBusy === "true") return;
  // Not disabled: that would take the focus away from under a keyboard.
  pressed.ariaBusy = "true";
  tell({ key: "saving", values: { title } });
  try {
    await fetching();
    tell({ key: "saved", values: { title } });
  } catch {
    tell({ key: "not_saved" });
  } finally {
    pressed.ariaBusy = null;
  }
}

export function downloadsView(files: Download[] | undefined, context: Context) {
  if (!files?.length) return nothing;
  const { say, chat, foreign, lang } = context;
  return html`<ul class="downloads" role="list">${files.map(
    ({ title, url }) => html`<li><button type="button" lang=${foreign ?? lang}
      @click=${(event: Event) => fetched(event, title, context, () => save(chat.api, url, "dorsi"))}
      >${file}${say("save", { title })}</button></li>`,
  )}</ul>`;
}
