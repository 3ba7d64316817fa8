import { beforeEach, describe, expect, it, vi } from "vitest";
import { dorsi, json, refusal } from "../fake";
import { until } from "../until";
import { anew, chat, fates, gateway, keys, leave, look, returned, texts, told } from "./talk";

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

  it.each(["<p>Sign in</p>", '{"messages": [{"id"', "{}"])(
    "keeps a message whose answer cannot be read: %s",
    async (body) => {
      gateway.broken["POST /api/messages"] = () => new Response(body, { status: 200 });
      chat.write("my face droops");
      await until(() => expect(fates()).toEqual(["unsent"]));
      expect(chat.outbox.all()).toHaveLength(1);
      expect(keys()).toContain("not_sent");
    },
  );

  it.each([403, 404, 408])("keeps a message that a proxy answered with %i", async (status) => {
    gateway.broken["POST /api/messages"] = () => new Response("<p>Proxy</p>", { status });
    chat.write("hello");
    await until(() => expect(fates()).toEqual(["unsent"]));
    expect(chat.outbox.all()).toHaveLength(1);
  });

  it("gives back the words of a message that is refused", async () => {
    gateway.broken["POST /api/messages"] = () => refusal(422, "too_long");
    chat.write("very long");
    await until(() => expect(returned).toEqual(["very long"]));
  });

  it("is no reason for an error to be asked for again at once that the line stands anew", async () => {
    await until(() => expect(gateway.connected).toBe(true));
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal");
    chat.write("hello");
    await until(() => expect(fates()).toEqual(["unsent"]));
    const posts = (): number => gateway.asked.filter((name) => name === "POST /api/messages").length;
    leave();
    look();
    await until(() => expect(gateway.connected).toBe(true));
    await new Promise((go) => setTimeout(go, 30));
    expect(posts()).toBe(1);
  });

  it("asks again whom to call once the line is back", async () => {
    gateway.broken["GET /api/help"] = () => refusal(503);
    await until(() => expect(chat.numbers.calls).toHaveLength(1));
    const kept = Object.keys(sessionStorage).find((key) => key.startsWith("dorsi.help:"));
    sessionStorage.removeItem(kept!);
    await chat.findCalls();
    expect(chat.numbers.calls).toEqual([]);
    delete gateway.broken["GET /api/help"];
    dispatchEvent(new Event("online"));
    await until(() => expect(chat.numbers.calls).toHaveLength(1));
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
