/* The question before anything is erased. */
import { html } from "lit";
import type { Context } from "./context";

/** @param erase called for a yes, once the dialog is closed and has given the focus back. */
export function eraseDialog(erase: () => void, { say }: Context) {
  const closed = ({ target }: Event): void => {
    const dialog = target as HTMLDialogElement;
    const yes = dialog.returnValue;
    dialog.returnValue = ""; // Escape would leave it for the next time
    if (yes) erase();
  };
  return html`<dialog class="erase" part="dialog" role="alertdialog" aria-labelledby="erase-title"
    aria-describedby="erase-words" @close=${closed}>
    <form method="dialog">
      <h2 id="erase-title">${say("erase_title")}</h2>
      <p id="erase-words">${say("erase_words")}</p>
      <div class="row">
        <button type="submit" autofocus>${say("erase_no")}</button>
        <button type="submit" class="danger" value="yes">${say("erase_yes")}</button>
      </div>
    </form>
  </dialog>`;
}
