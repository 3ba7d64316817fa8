import { beforeEach, describe, expect, it, vi } from "vitest";
import { dorsi, json, refusal } from "../fake";
import { until } from "../until";
import { anew, chat, fates, gateway, keys, reload, returned, texts } from "./talk";

anew();

describe("erasing", () => {
  beforeEach(() => chat.open());

  it("drops the conversation, the diary's key and begins anew", async () => {
    chat.session.remember(true);
    await chat.erase();
    expect(gateway.asked).toContain("DELETE /api/session");
    expect(chat.session.diary).toBeNull();
    expect(keys().at(-1)).toBe("erased");
    expect(gateway.opened).toHaveLength(2);
    expect(chat.session.token).toBe(gateway.opened[1]);
  });

  it("erases a diary even where its conversation is gone", async () => {
    chat.session.remember(true);
    let deleted = 0;
    gateway.broken["DELETE /api/session"] = () => {
      deleted += 1;
      return deleted === 1 ? refusal(401, "unknown_session") : new Response(null, { status: 204 });
    };
    await chat.erase();
    expect(deleted).toBe(2);
    expect(chat.session.diary).toBeNull();
  });

  it("says that nothing was erased where the conversation was over already", async () => {
    gateway.broken["DELETE /api/session"] = () => refusal(401, "unknown_session");
    await chat.erase();
    expect(keys()).toContain("gone");
    expect(keys()).not.toContain("erased");
  });

  it("takes no page in the gateway's place for an erasure", async () => {
    gateway.broken["DELETE /api/session"] = () => new Response("<p>Welcome</p>", { status: 200 });
    await expect(chat.erase()).rejects.toThrow();
    expect(keys()).not.toContain("erased");
    expect(chat.session.token).toBe(gateway.opened[0]);
  });

  it("in another tab gives back what is not sent yet", async () => {
    await until(() => expect(gateway.connected).toBe(true));
    gateway.broken["POST /api/messages"] = () => refusal(503);
    chat.write("not sent yet");
    await until(() => expect(fates()).toEqual(["unsent"]));
    gateway.say("erased", {});
    await until(() => expect(returned).toEqual(["not sent yet"]));
    await until(() => expect(keys()).toContain("erased_elsewhere"));
  });

  it("keeps everything where it was not possible", async () => {
    gateway.broken["DELETE /api/session"] = () => refusal(500);
    await expect(chat.erase()).rejects.toThrow();
    expect(texts()).toEqual(["I am Dorsi."]);
  });

  it("sends what is written meanwhile in the one new conversation", async () => {
    let done = (_: Response): void => undefined;
    gateway.broken["DELETE /api/session"] = () => new Promise<Response>((go) => (done = go)) as never;
    const going = chat.erase();
    await until(() => expect(gateway.asked).toContain("DELETE /api/session"));
    expect(gateway.tokens.at(-1)).toBe(gateway.opened[0]);
    expect(chat.session.token).toBeNull();
    chat.write("hello");
    expect(texts()).toContain("hello");
    done(new Response(null, { status: 204 }));
    await going;
    await until(() => expect(texts()).toContain("You said: hello"));
    expect(texts()).toContain("hello");
    expect(gateway.opened).toHaveLength(2);
    expect(gateway.tokens.at(-1)).toBe(gateway.opened[1]);
    expect(gateway.sent).toHaveLength(1);
  });

  it("sends nothing that was erased before it was sent", async () => {
    const { fetch } = gateway;
    let begin = (): void => undefined;
    const held = new Promise<void>((go) => (begin = go));
    vi.stubGlobal("fetch", async (input: string, init: RequestInit) => {
      if (input.endsWith("/api/sessions")) await held;
      return fetch(input, init);
    });
    reload();
    chat.session.leave();
    void chat.open();
    chat.write("hello");
    const going = chat.erase();
    begin();
    await going;
    await until(() => expect(chat.delivery.waiting).toBe(false));
    expect(gateway.sent).toEqual([]);
    expect(texts()).toEqual(["I am Dorsi."]);
    expect(gateway.opened).toHaveLength(3);
    expect(chat.session.token).toBe(gateway.opened[2]);
  });

  it("goes on in the old conversation where it was not possible", async () => {
    gateway.broken["DELETE /api/session"] = () => refusal(500);
    const going = chat.erase();
    chat.write("hello");
    await expect(going).rejects.toThrow();
    await until(() => expect(texts()).toContain("You said: hello"));
    expect(chat.session.token).toBe(gateway.opened[0]);
    expect(gateway.opened).toHaveLength(1);
  });

  it("shows no answer to what was erased while it was under way", async () => {
    let reply = (_: Response): void => undefined;
    gateway.broken["POST /api/messages"] = () => new Promise<Response>((go) => (reply = go)) as never;
    chat.write("hello");
    await until(() => expect(gateway.asked).toContain("POST /api/messages"));
    await chat.erase();
    reply(json({ messages: [dorsi("Too late.")] }));
    await until(() => expect(chat.delivery.waiting).toBe(false));
    expect(texts()).toEqual(["I am Dorsi."]);
  });

  it("is seen in another tab", async () => {
    await until(() => expect(gateway.connected).toBe(true));
    gateway.say("erased", {});
    await until(() => expect(keys()).toContain("erased_elsewhere"));
    expect(gateway.opened).toHaveLength(2);
    expect(chat.session.token).toBe(gateway.opened[1]);
  });

  it("leaves no drawing behind that was shown, here or in another tab", async () => {
    const revoked = vi.spyOn(URL, "revokeObjectURL");
    const mine = chat.drawings.address("<svg/>");
    expect(chat.drawings.address("<svg/>")).toBe(mine);
    await chat.erase();
    expect(revoked.mock.calls).toEqual([[mine]]);
    const other = chat.drawings.address("<svg/>");
    await until(() => expect(gateway.connected).toBe(true));
    gateway.say("erased", {});
    await until(() => expect(revoked.mock.calls).toEqual([[mine], [other]]));
    revoked.mockRestore();
  });
});
