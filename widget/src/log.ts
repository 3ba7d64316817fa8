/* The conversation as it is shown: each message once, whichever way it came, in its order. */
import type { DorsiMessage, Entry } from "./types";

/** How a message of the patient's stands, until it is answered. */
export type Fate =
  | { state: "sending" }
  | { state: "unsent"; reason?: string }
  | { state: "later"; at: number; again: boolean }
  | { state: "refused"; reason?: string };

export interface Item {
  readonly key: string;
  readonly entry: Entry;
  readonly fate?: Fate;
  /** For advice that is kept nowhere: the key of the message it belongs to. */
  readonly behind?: string;
}

export const keyOf = (entry: { from: string; id: string }): string => `${entry.from}:${entry.id}`;

const after = (item: Item, seq: number): boolean => (item.entry.seq ?? -Infinity) > seq;

/* Where a numbered message belongs: before the first that has a higher number. */
function place(items: readonly Item[], item: Item): Item[] {
  const { seq } = item.entry;
  const found = seq === undefined ? -1 : items.findIndex((other) => after(other, seq));
  return found < 0 ? [...items, item] : items.toSpliced(found, 0, item);
}

const inPlace = (items: readonly Item[], index: number, seq: number): boolean =>
  !items.slice(0, index).some((item) => after(item, seq)) &&
  !items.slice(index + 1).some((item) => (item.entry.seq ?? Infinity) < seq);

/**
 * Put a message into the conversation, or learn more of one that is there.
 *
 * A message without a number stays where it came in; one that gets its number later moves only if
 * it stands in the wrong place.
 */
export function put(items: readonly Item[], entry: Entry, fate?: Fate): Item[] {
  const key = keyOf(entry);
  const index = items.findIndex((item) => item.key === key);
  const known = items[index];
  if (!known) return place(items, { key, entry, ...(fate && { fate }) });
  const kept = fate ?? known.fate;
  const seq = entry.seq ?? known.entry.seq;
  const merged: Entry = { ...known.entry, ...entry, ...(seq !== undefined && { seq }) } as Entry;
  const item: Item = { key, entry: merged, ...(kept && { fate: kept }) };
  if (seq === undefined || inPlace(items, index, seq)) return items.with(index, item);
  return place(items.toSpliced(index, 1), item);
}

/** Put what is not kept anywhere right behind the message it belongs to, in place of what was there. */
export function putBehind(items: readonly Item[], key: string, entries: readonly Entry[]): Item[] {
  const made = entries.map((entry) => ({ key: keyOf(entry), entry, behind: key }));
  const others = items.filter(({ behind }) => behind !== key);
  const index = others.findIndex((item) => item.key === key);
  return index < 0 ? [...others, ...made] : others.toSpliced(index + 1, 0, ...made);
}

/** Those that the advice behind a message does not say already. */
export function unsaid<T extends DorsiMessage>(items: readonly Item[], key: string, made: T[]): T[] {
  return made.filter((one) => !items.some((item) => item.behind === key && alike(item.entry, one)));
}

/** Leave out the advice behind a message that its answer says too. */
export function relieve(items: readonly Item[], key: string, answer: DorsiMessage[]): Item[] {
  return items.filter(({ behind, entry }) => behind !== key || !answer.some((one) => alike(entry, one)));
}

const alike = (entry: Entry, other: DorsiMessage): boolean =>
  entry.from === "dorsi" && entry.text === other.text && entry.level === other.level;

/** Say how a message stands; nothing said means that it was answered. */
export function settle(items: readonly Item[], key: string, fate?: Fate): Item[] {
  return items.map((item) =>
    item.key === key ? { key, entry: item.entry, ...(fate && { fate }) } : item,
  );
}

/** The highest number seen: from there on a stream is taken up again. */
export function lastSeq(items: readonly Item[]): number {
  return items.reduce((last, { entry }) => Math.max(last, entry.seq ?? 0), 0);
}

/** These messages, and what Dorsi said since the patient did, in their order. */
export function turnOf(items: readonly Item[], fresh: readonly DorsiMessage[]): DorsiMessage[] {
  const since = items.findLastIndex(({ entry }) => entry.from === "patient");
  return items.flatMap(({ entry }, at) =>
    entry.from === "dorsi" && (at > since || fresh.some(({ id }) => id === entry.id)) ? entry : [],
  );
}

/**
 * For each message of Dorsi's that a newer one of the patient's has overtaken: what was chosen. One
 * that the gateway did not take overtakes nothing.
 */
export function answered(items: readonly Item[]): Map<string, string | null> {
  const over = new Map<string, string | null>();
  let open: string[] = [];
  for (const { key, entry, fate } of items) {
    if (fate?.state === "refused") continue;
    if (entry.from === "dorsi") {
      open.push(key);
      continue;
    }
    for (const one of open) over.set(one, entry.choice ?? null);
    open = [];
  }
  return over;
}
