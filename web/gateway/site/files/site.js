/* What the pages do beside the chat: open it, copy code, name this server. */

for (const place of document.querySelectorAll("[data-origin]")) {
  place.textContent = place.textContent.replaceAll(place.dataset.origin, location.origin);
}

/* Without the chat's script these stay links to the chat on a page of its own. */
for (const link of document.querySelectorAll("[data-open-chat]")) {
  link.addEventListener("click", (event) => {
    const chat = document.querySelector("dorsi-chat:defined");
    if (!chat) return;
    event.preventDefault();
    chat.show();
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const code = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = (await copied(code)) ? "Copied." : "Please press Ctrl and C.";
    setTimeout(() => (status.textContent = ""), 4000);
  });
}

/* Where the clipboard is out of reach, the code is at least marked for the keys that copy. */
async function copied(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(code);
    return false;
  }
}
