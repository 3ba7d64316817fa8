import { beforeEach, describe, expect, it, vi } from "vitest";
import { dorsi, json, refusal } from "../fake";
import { until } from "../until";
import { anew, chat, gateway, keys, leave, look, reload, returned, texts } from "./talk";

anew();

describe("coming back", () => {
  beforeEach(async () => {
    await chat.open();
    chat.write("hello");
    await until(() => expect(texts()).toContain("You said: hello"));
    leave();
  });

  it("shows what was said before", async () => {
    reload();
    await chat.open();
    expect(texts()).toEqual(["I am Dorsi.", "hello", "You said: hello"]);
    expect(gateway.asked.filter((name) => name === "POST /api/sessions")).toHaveLength(1);
  });

  it("asks for an answer that is missing", async () => {
    gateway.keep({ from: "patient", id: "lost", text: "and now" });
    reload();
    gateway.broken["POST /api/messages"] = () => json({ messages: [dorsi("Here.")] });
    await chat.open();
    await until(() => expect(texts()).toContain("Here."));
  });

  it("sends what a reload cut short, and not what was answered meanwhile", async () => {
    const [, , answer] = gateway.history;
    chat.outbox.add({ id: gateway.history[1]!.id, text: "hello", shown: "hello" });
    chat.outbox.add({ id: "new", text: "more", shown: "more" });
    const before = gateway.sent.length;
    reload();
    await chat.open();
    await until(() => expect(texts()).toContain("You said: more"));
    expect(gateway.sent.slice(before).map(({ id }) => id)).toEqual(["new"]);
    expect(texts()).toContain(answer?.text);
  });

  it("begins anew where the gateway does not know the conversation any more", async () => {
    gateway.broken["GET /api/messages"] = () => refusal(401, "unknown_session");
    gateway.history = [];
    reload();
    await chat.open();
    expect(texts()).toEqual(["I am Dorsi."]);
  });

  it("changes an old token for a new one, and tells duplicates of the tab", async () => {
    const duplicate = new BroadcastChannel("dorsi");
    const heard = new Promise((go) => duplicate.addEventListener("message", ({ data }) => go(data)));
    vi.setSystemTime(Date.now() + 2 * 60 * 60_000);
    reload();
    await chat.open();
    await until(() => expect(chat.session.token).toBe("renewed"));
    expect(await heard).toEqual({ old: gateway.opened[0], session: "renewed" });
    duplicate.close();
  });

  it("takes the new token that a duplicate of the tab has got for the same session only", async () => {
    const duplicate = new BroadcastChannel("dorsi");
    duplicate.postMessage({ old: "another", session: "not ours" });
    duplicate.postMessage({ old: gateway.opened[0], session: "ours" });
    await until(() => expect(chat.session.token).toBe("ours"));
    duplicate.close();
  });

  it("holds no connection that nobody looks at", async () => {
    reload();
    await chat.open();
    await until(() => expect(gateway.connected).toBe(true));
    leave();
    expect(gateway.connected).toBe(false);
    look();
    await until(() => expect(gateway.connected).toBe(true));
  });

  it("makes no connection for nobody when the last window goes while it begins", async () => {
    await new Promise((go) => setTimeout(go));
    const before = gateway.asked.filter((name) => name === "GET /api/stream").length;
    reload();
    const going = chat.open();
    leave();
    await going;
    expect(chat.trouble).toBe(false);
    expect(gateway.asked.filter((name) => name === "GET /api/stream")).toHaveLength(before);
  });

  it("does not remember a diary again because of a yes that was taken back elsewhere", async () => {
    gateway.keep({ ...dorsi("I will.", { remember: true }), from: "dorsi" });
    reload();
    await chat.open();
    expect(texts()).toContain("I will.");
    expect(chat.session.diary).toBeNull();
  });

  it("forgets a diary where the last word on it was no, and not where it was yes", async () => {
    gateway.keep({ ...dorsi("I will not.", { remember: false }), from: "dorsi" });
    gateway.keep({ ...dorsi("I will.", { remember: true }), from: "dorsi" });
    chat.session.remember(true);
    reload();
    await chat.open();
    expect(chat.session.diary).toBe("key");
    gateway.keep({ ...dorsi("Never mind.", { remember: false }), from: "dorsi" });
    reload();
    await chat.open();
    expect(chat.session.diary).toBeNull();
  });

  it("waits for no new token", async () => {
    vi.setSystemTime(Date.now() + 2 * 60 * 60_000);
    gateway.broken["POST /api/session/token"] = () => new Promise<never>(() => undefined) as never;
    reload();
    await chat.open();
    chat.write("more");
    await until(() => expect(texts()).toContain("You said: more"));
  });

  it("asks again within the minute where the new token was lost on its way", async () => {
    vi.useFakeTimers();
    vi.setSystemTime(Date.now() + 2 * 60 * 60_000);
    gateway.broken["POST /api/session/token"] = () => {
      throw new TypeError("cut off");
    };
    reload();
    await chat.open();
    await vi.advanceTimersByTimeAsync(50);
    delete gateway.broken["POST /api/session/token"];
    await vi.advanceTimersByTimeAsync(5000);
    expect(chat.session.token).toBe("renewed");
  });

  it("gives back what waited for a conversation that is over, and sends it to no other", async () => {
    chat.outbox.add({ id: "old", text: "my old words", shown: "my old words" });
    gateway.broken["GET /api/messages"] = () => refusal(401, "unknown_session");
    const before = gateway.sent.length;
    reload();
    await chat.open();
    await until(() => expect(gateway.connected).toBe(true));
    await new Promise((go) => setTimeout(go, 30));
    expect(returned).toEqual(["my old words"]);
    expect(gateway.sent).toHaveLength(before);
    expect(chat.outbox.all()).toEqual([]);
    expect(keys()).toContain("ended");
  });

  it("begins anew where the conversation was erased while this tab slept", async () => {
    reload();
    await chat.open();
    await until(() => expect(gateway.connected).toBe(true));
    leave();
    gateway.broken["GET /api/stream"] = () => refusal(401, "unknown_session");
    gateway.history = [];
    look();
    await until(() => expect(keys()).toContain("ended"));
    expect(texts()).not.toContain("hello");
  });

  it("goes on under the old token where there is no new one to be had", async () => {
    vi.setSystemTime(Date.now() + 2 * 60 * 60_000);
    gateway.broken["POST /api/session/token"] = () => refusal(404, "not_found");
    reload();
    await chat.open();
    expect(chat.session.token).toBe(gateway.opened[0]);
    expect(chat.trouble).toBe(false);
  });
});
