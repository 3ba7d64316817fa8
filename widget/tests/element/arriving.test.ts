import { describe, expect, it, vi } from "vitest";
import type { DorsiChat } from "../../src/element";
import { dorsi, refusal } from "../fake";
import { until } from "../until";
import { anew, asked, box, gateway, has, part, placed, shown, write } from "./page";

anew();

const EMERGENCY = { level: "emergency", kind: "escalation" } as const;

/** A window whose conversation is longer than what is seen, and what scrolls it. */
async function long(): Promise<{ element: DorsiChat; scrolled: ReturnType<typeof vi.spyOn> }> {
  const element = await placed({ mode: "inline" });
  await asked(element, "hello", dorsi("Hello."));
  await until(() => expect(gateway.connected).toBe(true));
  const scroll = part(element, ".scroll");
  for (const [name, value] of [["scrollHeight", 2000], ["clientHeight", 300]] as const) {
    Object.defineProperty(scroll, name, { value });
  }
  return { element, scrolled: vi.spyOn(scroll, "scrollTo") };
}

describe("what arrives from another tab", () => {
  it("waits out of sight, and the focus goes to the text box when it is gone to", async () => {
    const { element, scrolled } = await long();
    gateway.say("message", { ...dorsi("From elsewhere."), from: "dorsi", seq: 9 }, 9);
    await until(() => expect(has(element, ".newest")).toBe(true));
    expect(shown(element)).toContain("From elsewhere.");
    expect(scrolled).not.toHaveBeenCalled();
    part(element, ".newest").focus();
    part(element, ".newest").click();
    await until(() => expect(has(element, ".newest")).toBe(false));
    expect(scrolled).toHaveBeenCalledOnce();
    expect(element.shadowRoot?.activeElement).toBe(box(element));
  });

  it("is brought into view at once where it is an emergency", async () => {
    const { element, scrolled } = await long();
    gateway.say("message", { ...dorsi("Call 999.", EMERGENCY), from: "dorsi", seq: 9 }, 9);
    await until(() => expect(scrolled).toHaveBeenCalledOnce());
    expect(scrolled.mock.calls[0]).toMatchObject([{ behavior: "auto" }]);
    expect(shown(element)).toContain("Call 999.");
    expect(has(element, ".newest")).toBe(false);
  });
});

describe("a conversation that begins anew", () => {
  it("is read from its top", async () => {
    const { element, scrolled } = await long();
    gateway.broken["POST /api/messages"] = () => refusal(401, "unknown_session");
    write(element, "and now");
    await until(() => expect(gateway.opened).toHaveLength(2));
    await until(() => expect(shown(element)).not.toContain("and now"));
    scrolled.mockClear();
    await until(() => expect(shown(element)).toContain("I am Dorsi."));
    await new Promise((go) => setTimeout(go, 50));
    expect(scrolled).not.toHaveBeenCalled();
    expect(has(element, ".newest")).toBe(false);
  });

  it("brings advice into view that came with the end of the one before", async () => {
    const { element, scrolled } = await long();
    let refuse = (_: Response): void => undefined;
    gateway.broken["POST /api/messages"] = () => new Promise<Response>((go) => (refuse = go)) as never;
    write(element, "my face droops");
    await until(() => expect(gateway.asked.at(-1)).toBe("POST /api/messages"));
    await until(() => expect(scrolled).toHaveBeenCalled());
    scrolled.mockClear();
    refuse(refusal(401, "unknown_session", [dorsi("Call 999.", EMERGENCY)]));
    await until(() => expect(shown(element)).toContain("Call 999."));
    expect(shown(element)).not.toContain("my face droops");
    await until(() => expect(scrolled).toHaveBeenCalledOnce());
  });
});
