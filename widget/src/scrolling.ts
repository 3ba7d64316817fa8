/* Bringing new messages into view, within the window alone: the page around it stays where it is. */

const PATIENCE_MS = 1500;
const MARGIN = 14;
const NEAR = 120;

/** Wait until the pictures of these messages take up their room, but not for long. */
export async function settled(shown: Element[]): Promise<void> {
  const pictures = shown.flatMap((one) => [...one.querySelectorAll("img")]);
  if (!pictures.length) return;
  const loaded = Promise.allSettled(pictures.map((picture) => picture.decode()));
  await Promise.race([loaded, new Promise((go) => setTimeout(go, PATIENCE_MS))]);
}

/** What scrolls: the conversation, or all of the window where there is little height. */
export function scroller(conversation: Element): Element {
  const { overflowY } = getComputedStyle(conversation);
  return overflowY === "visible" ? (conversation.closest(".frame") ?? conversation) : conversation;
}

/** Where to scroll to, so that all between top and bottom is seen, or else its beginning. */
export function target(top: number, bottom: number, from: number, room: number): number {
  if (bottom - top + 2 * MARGIN > room || top < from) return top - MARGIN;
  return Math.max(from, bottom + MARGIN - room);
}

/** Show new messages: all of them where there is room, or else their beginning. */
export function bringIntoView(shown: Element[], box: Element, smooth: boolean): void {
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return;
  const shift = box.scrollTop - box.getBoundingClientRect().top;
  const top = first.getBoundingClientRect().top + shift;
  const bottom = last.getBoundingClientRect().bottom + shift;
  box.scrollTo({
    top: target(top, bottom, box.scrollTop, box.clientHeight),
    behavior: smooth ? "smooth" : "auto",
  });
}

/** Whether the end of what scrolls is in sight. */
export const atEnd = (box: Element): boolean =>
  box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
