import { describe, expect, it } from "vitest";
import { until } from "../until";
import { anew, gateway, has, part, placed, press, shown } from "./page";

anew();

describe("a panel", () => {
  it("is there at once when it is opened, with the text box ready", async () => {
    const element = await placed();
    expect(has(element, "[role=dialog]")).toBe(false);
    expect(gateway.asked).not.toContain("POST /api/sessions");
    part(element, ".launcher").click();
    await element.updateComplete;
    expect(part(element, "[role=dialog]").getAttribute("aria-label")).toBe("Chat with Dorsi");
    await until(() => expect(element.shadowRoot?.activeElement?.id).toBe("text"));
    await until(() => expect(shown(element)).toContain("I am Dorsi."));
  });

  it("closes with Escape, and the focus goes back to what opened it", async () => {
    const element = await placed();
    element.show();
    await element.updateComplete;
    press(element, "Escape");
    await until(() => expect(element.open).toBe(false));
    await until(() =>
      expect(element.shadowRoot?.activeElement?.classList.contains("launcher")).toBe(true),
    );
  });

  it("closes what is open inside it first", async () => {
    const element = await placed({ open: "" });
    part(element, "[aria-controls=menu]").click();
    await element.updateComplete;
    expect(part(element, "#menu").hidden).toBe(false);
    press(element, "Escape");
    await element.updateComplete;
    expect(part(element, "#menu").hidden).toBe(true);
    expect(element.open).toBe(true);
    expect(element.shadowRoot?.activeElement?.getAttribute("aria-controls")).toBe("menu");
  });
});
