/* Files made for the patient: fetched with the session's token, then saved. */
import { announce, button, list, word } from "./dom.js";
import { Refused, request } from "./gateway.js";

export function downloads(found) {
  return list("downloads", found.map((file) => {
    return button(word("save", { title: file.title }), (pressed) => save(file, pressed));
  }));
}

async function save({ title, url }, pressed) {
  if (pressed.getAttribute("aria-busy") === "true") return;
  // Not disabled: that would take the focus away from under a keyboard.
  pressed.setAttribute("aria-busy", "true");
  announce(word("saving", { title }));
  try {
    const response = await request("GET", url);
    const named = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") || "");
    offer(await response.blob(), named ? named[1] : "dorsi");
    announce(word("saved", { title }));
  } catch (error) {
    announce(error instanceof Refused ? error.message : word("notSaved"));
  } finally {
    pressed.removeAttribute("aria-busy");
  }
}

function offer(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
