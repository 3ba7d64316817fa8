/* Where the patient writes. */
import { html, nothing } from "lit";
import type { Context } from "./context";

export interface Writing {
  status: string;
  offline: boolean;
  send(): void;
}

function onKey(event: KeyboardEvent, send: () => void): void {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
}

export function composerView({ status, offline, send }: Writing, { say, chat }: Context) {
  const submit = (event: Event): void => {
    event.preventDefault();
    send();
  };
  const writing = chat.waiting && !offline;
  return html`<div class="foot" part="composer">
    ${offline ? html`<p class="offline" role="alert">${say("offline")}</p>` : nothing}
    <form autocomplete="off" @submit=${submit}>
      <div class="above">
        <label for="text">${say("message")}</label>
        <p class="status" role="status">${status || (writing ? say("writing") : "")}</p>
        <span class="dots" aria-hidden="true" ?hidden=${!writing}><i></i><i></i><i></i></span>
      </div>
      <div class="compose">
        <textarea id="text" part="input" rows="2" enterkeyhint="send" aria-describedby="hint"
          @keydown=${(event: KeyboardEvent) => onKey(event, send)}></textarea>
        <button type="submit" class="send" part="send">${say("send")}</button>
      </div>
      <p id="hint" class="hint">${say("hint")}</p>
    </form>
  </div>`;
}
