import { beforeEach, describe, expect, it } from "vitest";
import { dorsi, refusal } from "../fake";
import { until } from "../until";
import { anew, arrived, chat, fates, gateway, texts } from "./talk";

anew();

describe("advice that comes with an error", () => {
  beforeEach(() => chat.open());

  it("shows advice beside an error and lets the message be sent again", async () => {
    const advice = dorsi("Call 999.", { level: "emergency", kind: "escalation" });
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal", [advice]);
    chat.write("my face droops");
    await until(() => expect(fates()).toEqual(["unsent"]));
    expect(texts().slice(-2)).toEqual(["my face droops", "Call 999."]);
    expect(arrived.at(-1)?.text).toBe("Call 999.");
    delete gateway.broken["POST /api/messages"];
    await chat.delivery.flush();
    expect(fates()).toEqual([undefined]);
  });

  it("shows advice beside an error once, however often the message fails", async () => {
    const advice = { level: "emergency", kind: "escalation" } as const;
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal", [dorsi("Call 999.", advice)]);
    chat.write("my face droops");
    await until(() => expect(fates()).toEqual(["unsent"]));
    await chat.delivery.flush();
    await until(() => expect(fates()).toEqual(["unsent"]));
    expect(texts()).toEqual(["I am Dorsi.", "my face droops", "Call 999."]);
    expect(arrived.filter(({ text }) => text === "Call 999.")).toHaveLength(1);
    delete gateway.broken["POST /api/messages"];
    gateway.answers["my face droops"] = [dorsi("Call 999.", advice)];
    await chat.delivery.flush();
    expect(texts()).toEqual(["I am Dorsi.", "my face droops", "Call 999."]);
  });
});
