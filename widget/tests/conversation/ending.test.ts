import { beforeEach, describe, expect, it } from "vitest";
import { dorsi, refusal } from "../fake";
import { until } from "../until";
import { anew, arrived, chat, gateway, keys, leave, look, returned, texts } from "./talk";

anew();

describe("a session that is over", () => {
  beforeEach(() => chat.open());

  it("begins anew where the session is over, and gives back what was written", async () => {
    gateway.broken["POST /api/messages"] = () => refusal(401, "unknown_session");
    chat.write("hello");
    await until(() => expect(returned).toEqual(["hello"]));
    expect(keys()).toContain("ended");
    expect(texts()).toEqual(["I am Dorsi."]);
    expect(gateway.opened).toHaveLength(2);
    expect(chat.session.token).toBe(gateway.opened[1]);
  });

  it("tells at once whom to call when the session is over, and gives the words back at once", async () => {
    const advice = dorsi("Call 999.", { level: "emergency", kind: "escalation" });
    gateway.broken["POST /api/messages"] = () => refusal(401, "unknown_session", [advice]);
    gateway.broken["POST /api/sessions"] = () => new Promise<never>(() => undefined) as never;
    chat.write("my face droops");
    await until(() => expect(texts()).toEqual(["Call 999."]));
    expect(arrived.at(-1)?.text).toBe("Call 999.");
    expect(returned).toEqual(["my face droops"]);
  });

  it("keeps what comes back until a window is there to take it", async () => {
    let refuse = (_: Response): void => undefined;
    gateway.broken["POST /api/messages"] = () => new Promise<Response>((go) => (refuse = go)) as never;
    chat.write("hello");
    await until(() => expect(gateway.asked).toContain("POST /api/messages"));
    leave();
    refuse(refusal(401, "unknown_session"));
    await until(() => expect(gateway.opened).toHaveLength(2));
    look();
    await until(() => expect(returned).toEqual(["hello"]));
  });
});
