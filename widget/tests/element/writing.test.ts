import { describe, expect, it, vi } from "vitest";
import { GATEWAY, dorsi, refusal } from "../fake";
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
});
