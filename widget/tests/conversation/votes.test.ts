import { beforeEach, describe, expect, it } from "vitest";
import { dorsi, json, refusal } from "../fake";
import { anew, chat, gateway, keys, texts } from "./talk";

anew();

describe("a vote", () => {
  beforeEach(() => chat.open());

  it("tells the gateway whether an answer helped, and takes it back", async () => {
    await chat.vote("d1", true);
    expect(gateway.sent.at(-1)).toEqual({ message: "d1", helpful: true });
    expect(chat.votes.of("d1")?.helpful).toBe(true);
    await chat.vote("d1", true);
    expect(gateway.sent.at(-1)).toEqual({ message: "d1", helpful: null });
    expect(chat.votes.of("d1")).toBeNull();
  });

  it("passes a reason on and shows the advice it brings", async () => {
    await chat.vote("d1", false);
    expect(chat.votes.of("d1")?.asking).toBe(true);
    gateway.broken["POST /api/feedback"] = () => json({ messages: [dorsi("Call 999.")] });
    expect(await chat.explain("d1", "my chest hurts")).toBe(true);
    expect(texts()).toContain("Call 999.");
    expect(chat.votes.of("d1")).toEqual({ helpful: false, asking: false });
  });

  it("undoes a vote that could not be saved", async () => {
    gateway.broken["POST /api/feedback"] = () => refusal(500);
    await chat.vote("d1", true);
    expect(chat.votes.of("d1")).toBeNull();
    expect(keys().at(-1)).toBe("vote_failed");
    expect(chat.votes.offered).toBe(true);
  });

  it("takes a vote back where it is pressed again", async () => {
    await chat.vote("d1", true);
    await chat.vote("d1", true);
    expect(chat.votes.of("d1")).toBeNull();
    expect(keys().at(-1)).toBe("taken_back");
  });

  it("asks for no votes any more once the gateway has shown that it takes none", async () => {
    gateway.broken["POST /api/feedback"] = () => refusal(404, "not_found");
    await chat.vote("d1", true);
    expect(chat.votes.offered).toBe(false);
  });
});
