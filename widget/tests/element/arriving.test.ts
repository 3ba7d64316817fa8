import { describe, expect, it, vi } from "vitest";
import type { DorsiChat } from "../../src/element";
import { dorsi, refusal } from "../fake";
import { until } from "../until";
import { anew, asked, box, button, gateway, has, part, placed, shown, write } from "./page";

anew();

const EMERGENCY = { level: "emergency", kind: "escalation" } as const;

/** A window whose conversation is longer than what is seen, and what scrolls it. */
async function long(): Promise<{ element: DorsiChat; scrolled: ReturnType<typeof vi.spyOn> }> {
  const element = await placed({ mode: "inline" });
  const scroll = part(element, ".scroll");
  for (const [name, value] of [["scrollHeight", 2000], ["clientHeight", 300]] as const) {
    Object.defineProperty(scroll, name, { value });
  }
  await asked(element, "hello", dorsi("Hello."));
  await until(() => expect(gateway.connected).toBe(true));
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

describe("an emergency", () => {
  const emergency = (): void =>
    gateway.say("message", { ...dorsi("Call 999.", EMERGENCY), from: "dorsi", seq: 9 }, 9);

  it("closes the menu, and the focus goes to the text box", async () => {
    const { element } = await long();
    part(element, "[aria-controls=menu]").click();
    await element.updateComplete;
    part(element, "#menu button").focus();
    emergency();
    await until(() => expect(part(element, "#menu").hidden).toBe(true));
    expect(element.shadowRoot?.activeElement).toBe(box(element));
  });

  it("closes the question before erasing, and erases nothing", async () => {
    const { element } = await long();
    button(element, "Erase my conversation").click();
    emergency();
    await until(() => expect(part<HTMLDialogElement>(element, "dialog").open).toBe(false));
    expect(gateway.asked).not.toContain("DELETE /api/session");
  });

  it("leaves urgent help open, and the focus where it is", async () => {
    const { element } = await long();
    part(element, ".urgent").click();
    await element.updateComplete;
    part(element, "#help a.call").focus();
    emergency();
    await until(() => expect(shown(element)).toContain("Call 999."));
    expect(part(element, "#help").hidden).toBe(false);
    expect(element.shadowRoot?.activeElement).not.toBe(box(element));
  });

  it("stays in view when something else is told", async () => {
    const { element, scrolled } = await long();
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal");
    write(element, "my face droops");
    await until(() => expect(has(element, ".failed")).toBe(true));
    scrolled.mockClear();
    element.told({ key: "thanks" });
    await new Promise((go) => setTimeout(go, 30));
    expect(scrolled).not.toHaveBeenCalled();
  });

  it("is told by the button of a closed panel until it is opened, however that happens", async () => {
    const element = await placed();
    element.show();
    await element.updateComplete;
    await asked(element, "hello", dorsi("Hello."));
    await until(() => expect(gateway.connected).toBe(true));
    element.hide();
    await element.updateComplete;
    emergency();
    await until(() => expect(has(element, ".launcher.alarm")).toBe(true));
    element.setAttribute("open", "");
    await element.updateComplete;
    element.removeAttribute("open");
    await element.updateComplete;
    await until(() => expect(has(element, ".launcher.alarm")).toBe(false));
  });

  it("is told no more by the button of a closed panel once it is erased", async () => {
    const element = await placed();
    element.show();
    await element.updateComplete;
    await asked(element, "hello", dorsi("Hello."));
    await until(() => expect(gateway.connected).toBe(true));
    element.hide();
    emergency();
    await until(() => expect(has(element, ".launcher.alarm")).toBe(true));
    gateway.say("erased", {});
    await until(() => expect(has(element, ".launcher.alarm")).toBe(false));
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
