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

/**
 * Show new messages, and what is read of those before them: all of it where there is room, or else
 * its beginning.
 *
 * @param turn the new messages and those that belong to them, in their order.
 * @param vital what must not leave the view for what comes after it.
 * @returns whether the last of them begins out of sight.
 */
export function bringIntoView(
  made: Element[],
  box: Element,
  smooth: boolean,
  turn = made,
  vital?: Element,
): boolean {
  const { scrollTop: from, clientHeight: room } = box;
  const shift = from - box.getBoundingClientRect().top;
  const top = (one: Element): number => one.getBoundingClientRect().top + shift;
  // What the patient has scrolled past is read.
  const kept = turn.filter((one) => made.includes(one) || top(one) >= from);
  const [first, last] = [kept[0], kept.at(-1)];
  if (!first || !last) return false;
  const bottom = last.getBoundingClientRect().bottom + shift;
  const all = bottom - top(first) + 2 * MARGIN <= room;
  const begin = !all && vital && kept.includes(vital) ? vital : first;
  const to = target(top(begin), bottom, from, room);
  box.scrollTo({ top: to, behavior: smooth ? "smooth" : "auto" });
  return top(last) >= to + room;
}

/** Whether the end of what scrolls is in sight. */
export const atEnd = (box: Element): boolean =>
  box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
