import { beforeEach, describe, expect, it, vi } from "vitest";
import { dorsi, json, refusal } from "../fake";
import { until } from "../until";
import { anew, chat, fates, gateway, keys, texts } from "./talk";

anew();

describe("a message that waits", () => {
  beforeEach(() => chat.open());

  it("waits as long as it is told to when it was too much, and sends it again by itself once", async () => {
    vi.useFakeTimers();
    let refusals = 0;
    gateway.broken["POST /api/messages"] = () => {
      refusals += 1;
      return json({ messages: [dorsi(`Advice ${refusals}`)] }, 429, { "Retry-After": "7" });
    };
    chat.write("hello");
    await vi.advanceTimersByTimeAsync(50);
    expect(fates()).toEqual(["later"]);
    expect(keys()).toContain("too_many");
    expect(texts()).toContain("Advice 1");
    await vi.advanceTimersByTimeAsync(6000);
    expect(refusals).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(refusals).toBe(2);
    expect(keys()).toContain("too_many_again");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refusals).toBe(2);
  });

  it("asks again for what got lost when an answer comes in, and not for what just failed", async () => {
    await until(() => expect(gateway.connected).toBe(true));
    const posted: unknown[] = [];
    gateway.broken["POST /api/messages"] = (body) => {
      posted.push(body["text"]);
      if (body["text"] === "lost") throw new TypeError("no network");
      return refusal(500, "internal");
    };
    chat.write("lost");
    await until(() => expect(fates()).toEqual(["unsent"]));
    chat.write("fails");
    await until(() => expect(fates()).toEqual(["unsent", "unsent"]));
    posted.length = 0;
    gateway.say("message", { ...dorsi("From elsewhere."), from: "dorsi", seq: 8 }, 8);
    await until(() => expect(posted).toContain("lost"));
    await until(() => expect(chat.waiting).toBe(false));
    expect(posted).toEqual(["lost"]);
  });

  it("does not send again what it was told to hold back, unless by a press", async () => {
    vi.useFakeTimers();
    const posted: unknown[] = [];
    gateway.broken["POST /api/messages"] = (body) => {
      posted.push(body["text"]);
      return body["text"] === "one"
        ? json({ messages: [] }, 429, { "Retry-After": "7" })
        : json({ messages: [dorsi("Here.")] });
    };
    chat.write("one");
    await vi.advanceTimersByTimeAsync(50);
    chat.write("two");
    dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(50);
    expect(posted).toEqual(["one", "two"]);
    await chat.delivery.again(chat.outbox.all()[0]!.id);
    expect(posted).toEqual(["one", "two", "one"]);
    // The first wait is over, but the press began another.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posted).toHaveLength(3);
  });

  it("is still held back when another one is sent again by a press", async () => {
    vi.useFakeTimers();
    const posted: unknown[] = [];
    gateway.broken["POST /api/messages"] = (body) => {
      posted.push(body["text"]);
      return body["text"] === "too much"
        ? json({ messages: [] }, 429, { "Retry-After": "7" })
        : refusal(500, "internal");
    };
    chat.write("too much");
    chat.write("fails");
    await vi.advanceTimersByTimeAsync(50);
    expect(fates()).toEqual(["later", "unsent"]);
    posted.length = 0;
    await chat.delivery.again(chat.outbox.all()[1]!.id);
    expect(posted).toEqual(["fails"]);
    // It is sent when its own time has come.
    await vi.advanceTimersByTimeAsync(7000);
    expect(posted).toContain("too much");
  });
});
