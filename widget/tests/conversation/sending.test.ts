import { beforeEach, describe, expect, it, vi } from "vitest";
import { dorsi, json, refusal } from "../fake";
import { until } from "../until";
import { anew, chat, fates, gateway, keys, texts, told } from "./talk";

anew();

describe("sending", () => {
  beforeEach(() => chat.open());

  it("shows a message once although it also comes over the stream", async () => {
    await until(() => expect(gateway.connected).toBe(true));
    chat.write("hello");
    await until(() => expect(texts()).toContain("You said: hello"));
    for (const entry of gateway.history) gateway.say("message", entry, entry.seq);
    gateway.say("message", { ...dorsi("Later."), from: "dorsi", seq: 9 }, 9);
    await until(() => expect(texts()).toContain("Later."));
    expect(texts()).toEqual(["I am Dorsi.", "hello", "You said: hello", "Later."]);
    expect(fates()).toEqual([undefined]);
  });

  it("keeps what was not sent, in order and under the same ids, and sends it when back online", async () => {
    gateway.down = true;
    chat.write("one");
    chat.write("two");
    await until(() => expect(fates()).toEqual(["unsent", "unsent"]));
    expect(keys()).toContain("not_sent");
    const waiting = chat.outbox.all();
    gateway.down = false;
    dispatchEvent(new Event("online"));
    await until(() => expect(fates()).toEqual([undefined, undefined]));
    expect(gateway.sent.map(({ id, text }) => [id, text])).toEqual(waiting.map(({ id, text }) => [id, text]));
    expect(chat.outbox.all()).toEqual([]);
  });

  it("does not let a call for help wait for what hangs before it", async () => {
    gateway.broken["POST /api/messages"] = (body) =>
      body["text"] === "one" ? (new Promise(() => undefined) as never) : json({ messages: [dorsi("Call.")] });
    chat.write("one");
    await until(() => expect(fates()).toEqual(["sending"]));
    chat.write("help");
    await until(() => expect(texts()).toContain("Call."));
  });

  it("gives up a message that the gateway does not take, and says so", async () => {
    gateway.broken["POST /api/messages"] = () => refusal(422, "unknown_choice");
    chat.write("hello");
    await until(() => expect(fates()).toEqual(["refused"]));
    expect(told.at(-1)).toMatchObject({ key: "not_taken", english: "Refused: unknown_choice." });
    expect(chat.outbox.all()).toEqual([]);
  });

  it("sends nothing twice that was answered while it waited for the one before", async () => {
    vi.useFakeTimers();
    const posted: unknown[] = [];
    gateway.broken["POST /api/messages"] = (body) => {
      posted.push(body["text"]);
      return body["text"] === "one"
        ? (new Promise<never>(() => undefined) as never)
        : json({ messages: [dorsi("Here.")] });
    };
    gateway.down = true;
    chat.write("one");
    chat.write("two");
    await vi.advanceTimersByTimeAsync(50);
    gateway.down = false;
    const going = chat.delivery.flush();
    await vi.advanceTimersByTimeAsync(50);
    void chat.delivery.flush();
    await vi.advanceTimersByTimeAsync(3000);
    await going;
    expect(posted).toEqual(["one", "two"]);
    expect(fates()).toEqual(["sending", undefined]);
  });

  it("asks for advice even where no session can be opened", async () => {
    await chat.erase();
    chat.session.leave();
    gateway.broken["POST /api/sessions"] = () => refusal(500);
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal", [dorsi("Call 999.")]);
    await chat.retry();
    chat.write("help");
    await until(() => expect(texts()).toContain("Call 999."));
    expect(gateway.tokens.at(-1)).toBe("none");
    expect(fates()).toEqual(["unsent"]);
  });
});
