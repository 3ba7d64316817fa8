import { describe, expect, it, vi } from "vitest";
import { GATEWAY, dorsi, json, refusal } from "../fake";
import { until } from "../until";
import { anew, asked, box, button, gateway, has, part, placed, shown, status, write } from "./page";

anew();

describe("who writes", () => {
  it("sends what is written and shows both sides", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "why", dorsi("Because."));
    expect(part(element, ".from-patient").textContent).toContain("why");
    expect(box(element).value).toBe("");
  });

  it("asks for words where there are none", async () => {
    const element = await placed({ mode: "inline" });
    write(element, "  ");
    await element.updateComplete;
    expect(status(element)).toContain("write something first");
    expect(gateway.sent).toEqual([]);
  });

  it("says what is kept, and for how long, until the first message", async () => {
    const element = await placed({ mode: "inline" });
    await until(() => expect(part(element, ".consent").textContent).toContain("90 days"));
    expect(part<HTMLAnchorElement>(element, ".consent a").href).toBe(`${GATEWAY}/privacy`);
    await asked(element, "hello", dorsi("Hello."));
    expect(has(element, ".consent")).toBe(false);
  });

  it("lets a message that was not sent be sent again by hand", async () => {
    const element = await placed({ mode: "inline" });
    await until(() => expect(shown(element)).toContain("I am Dorsi."));
    gateway.broken["POST /api/messages"] = () => refusal(500, "internal");
    write(element, "hello");
    await until(() => expect(has(element, ".failed")).toBe(true));
    delete gateway.broken["POST /api/messages"];
    button(element, "Send it again").click();
    await until(() => expect(shown(element)).toContain("You said: hello"));
    expect(has(element, ".failed")).toBe(false);
  });

  it("says when it is offline", async () => {
    const element = await placed({ mode: "inline" });
    const line = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    dispatchEvent(new Event("offline"));
    await until(() => expect(part(element, ".offline").textContent).toContain("You are offline"));
    line.mockReturnValue(true);
    dispatchEvent(new Event("online"));
    await until(() => expect(has(element, ".offline")).toBe(false));
  });

  it("gets back what could not be sent, before what is in the box by then", async () => {
    const element = await placed({ mode: "inline" });
    let refuse = (_: Response): void => undefined;
    gateway.broken["POST /api/messages"] = () => new Promise<Response>((go) => (refuse = go)) as never;
    write(element, "my first words");
    await until(() => expect(gateway.asked).toContain("POST /api/messages"));
    box(element).value = "and a second thought";
    refuse(refusal(401, "unknown_session"));
    await until(() => expect(box(element).value).toBe("my first words\nand a second thought"));
  });

  it("sends by hand the one message that the button belongs to", async () => {
    const element = await placed({ mode: "inline" });
    const posted: unknown[] = [];
    gateway.broken["POST /api/messages"] = (body) => {
      posted.push(body["text"]);
      return body["text"] === "too much"
        ? json({ messages: [] }, 429, { "Retry-After": "60" })
        : refusal(500, "internal");
    };
    write(element, "too much");
    await until(() => expect(has(element, "[data-state=later]")).toBe(true));
    write(element, "fails");
    await until(() => expect(has(element, "[data-state=unsent]")).toBe(true));
    posted.length = 0;
    part(element, "[data-state=unsent] button").click();
    await until(() => expect(posted).toEqual(["fails"]));
    await until(() => expect(has(element, "[data-state=unsent]")).toBe(true));
    part(element, "[data-state=later] button").click();
    await until(() => expect(posted).toContain("too much"));
  });
});
