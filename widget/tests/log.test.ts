import { describe, expect, it } from "vitest";
import { type Item, answered, keyOf, lastSeq, put, putBehind, relieve, settle } from "../src/log";
import type { Entry } from "../src/types";
import { dorsi } from "./fake";

const mine = (id: string, seq?: number, choice?: string): Entry => ({
  from: "patient", id, text: id, ...(seq !== undefined && { seq }), ...(choice && { choice }),
});
const theirs = (id: string, seq?: number, buttons: string[] = []): Entry => ({
  ...dorsi(id, { id, buttons: buttons.map((one) => ({ id: one, title: one })) }),
  from: "dorsi",
  ...(seq !== undefined && { seq }),
});
const all = (...entries: Entry[]): Item[] =>
  entries.reduce<Item[]>((items, entry) => put(items, entry), []);
const ids = (items: readonly Item[]): string[] => items.map(({ entry }) => entry.id);

describe("the conversation", () => {
  it("shows a message once, whichever way it comes", () => {
    expect(ids(all(theirs("a", 1), mine("b", 2), theirs("a", 1), mine("b", 2)))).toEqual(["a", "b"]);
  });

  it("tells the two sides' ids apart", () => {
    expect(all(theirs("a"), mine("a"))).toHaveLength(2);
  });

  it("is in the order of the numbers, whatever came first", () => {
    expect(ids(all(theirs("c", 3), theirs("a", 1), mine("b", 2)))).toEqual(["a", "b", "c"]);
  });

  it("keeps messages without numbers in the order in which they came", () => {
    expect(ids(all(theirs("a"), mine("b"), theirs("c")))).toEqual(["a", "b", "c"]);
  });

  it("puts a newer message behind one that was not sent yet", () => {
    expect(ids(all(theirs("a", 1), mine("waiting"), theirs("b", 2)))).toEqual(["a", "waiting", "b"]);
  });

  it("moves a message to its place when it gets its number", () => {
    const items = all(theirs("a", 1), mine("late"), theirs("b", 2));
    expect(ids(put(items, mine("late", 3)))).toEqual(["a", "b", "late"]);
  });

  it("leaves a message that stands right where it is", () => {
    const items = putBehind(all(theirs("a", 1), mine("b")), "patient:b", [theirs("advice")]);
    expect(ids(put(items, mine("b", 2)))).toEqual(["a", "b", "advice"]);
  });

  it("keeps a number that a later copy leaves out", () => {
    expect(lastSeq(put(all(theirs("a", 4)), theirs("a")))).toBe(4);
  });

  it("puts advice behind the message it belongs to, or else at the end", () => {
    const items = all(mine("a"), mine("b"));
    expect(ids(putBehind(items, "patient:a", [theirs("x")]))).toEqual(["a", "x", "b"]);
    expect(ids(putBehind(items, "nowhere", [theirs("x")]))).toEqual(["a", "b", "x"]);
  });

  it("puts newer advice in the place of the one before, and leaves other messages' advice", () => {
    const other = putBehind(all(mine("a"), mine("b")), "patient:b", [theirs("y")]);
    const items = putBehind(putBehind(other, "patient:a", [theirs("x")]), "patient:a", [theirs("z")]);
    expect(ids(items)).toEqual(["a", "z", "b", "y"]);
  });

  it("leaves out advice that the answer to its message says too, and keeps the rest", () => {
    const items = putBehind(all(mine("a")), "patient:a", [theirs("x"), theirs("z")]);
    expect(ids(relieve(items, "patient:a", [dorsi("x")]))).toEqual(["a", "z"]);
    expect(ids(relieve(items, "patient:a", [dorsi("x", { level: "soon" })]))).toEqual(["a", "x", "z"]);
    expect(ids(relieve(items, "patient:b", [dorsi("x")]))).toEqual(["a", "x", "z"]);
  });

  it("knows how a message stands until it is answered", () => {
    const sending = put([], mine("a"), { state: "sending" });
    const learnt = put(sending, mine("a", 1));
    expect(learnt[0]?.fate).toEqual({ state: "sending" });
    expect(settle(learnt, keyOf(mine("a")))[0]?.fate).toBeUndefined();
    expect(settle(learnt, "patient:a", { state: "unsent" })[0]?.fate?.state).toBe("unsent");
  });

  it("ends every choice that a newer message of the patient's has overtaken", () => {
    const over = answered(all(theirs("a", 1, ["x"]), mine("b", 2, "x"), theirs("c", 3, ["y"])));
    expect(over.get("dorsi:a")).toBe("x");
    expect(over.has("dorsi:c")).toBe(false);
  });

  it("ends no choice by a message that was not taken", () => {
    const refused = put(all(theirs("a", 1, ["x"])), mine("b"), { state: "refused" });
    expect(answered(refused).has("dorsi:a")).toBe(false);
    expect(answered(put(refused, mine("c"))).has("dorsi:a")).toBe(true);
  });

  it("ends choices that were answered in words with none of them taken", () => {
    expect(answered(all(theirs("a", 1, ["x"]), mine("b", 2))).get("dorsi:a")).toBeNull();
  });
});
