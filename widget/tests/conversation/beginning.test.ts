import { describe, expect, it } from "vitest";
import { GATEWAY, json } from "../fake";
import { until } from "../until";
import { anew, chat, gateway, texts } from "./talk";

anew();

describe("beginning", () => {
  it("opens one session, however many windows ask for it", async () => {
    await Promise.all([chat.open(), chat.open()]);
    expect(gateway.asked.filter((name) => name === "POST /api/sessions")).toHaveLength(1);
    expect(texts()).toEqual(["I am Dorsi."]);
    expect(chat.session.days).toBe(90);
  });

  it("sends what was typed before the session was there", async () => {
    void chat.open();
    chat.write("hello");
    await until(() => expect(texts()).toContain("You said: hello"));
    expect(gateway.asked.filter((name) => name === "POST /api/sessions")).toHaveLength(1);
  });

  it("says that Dorsi cannot be reached, and can be tried again", async () => {
    gateway.down = true;
    await chat.open();
    expect(chat.trouble).toBe(true);
    gateway.down = false;
    await chat.retry();
    expect(chat.trouble).toBe(false);
    expect(texts()).toEqual(["I am Dorsi."]);
  });

  it("passes the key of an earlier visit's diary on", async () => {
    localStorage.setItem(`dorsi.diary:${GATEWAY}`, "old");
    let body: unknown;
    gateway.broken["POST /api/sessions"] = (found) => {
      body = found;
      return json({ session: "t", diary: "old", messages: [] }, 201);
    };
    await chat.open();
    expect(body).toEqual({ region: "GB", diary: "old" });
  });
});
