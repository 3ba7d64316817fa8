import { describe, expect, it, vi } from "vitest";
import { dorsi } from "../fake";
import { until } from "../until";
import { anew, asked, button, gateway, placed, shown, status, write } from "./page";

anew();

describe("choices", () => {
  it("keeps answered choices readable and marks the one that was taken", async () => {
    const element = await placed({ mode: "inline" });
    const buttons = [{ id: "b1", title: "Causes" }, { id: "b2", title: "Signs" }];
    await asked(element, "menu", dorsi("Which?", { buttons }));
    expect(button(element, "Causes").getAttribute("aria-disabled")).toBe("false");
    button(element, "Causes").click();
    await until(() => expect(shown(element)).toContain("You said: b1"));
    for (const title of ["Causes", "Signs"]) {
      const one = button(element, title);
      expect(one.getAttribute("aria-disabled")).toBe("true");
      expect(one.hasAttribute("disabled")).toBe(false);
    }
    expect(button(element, "Causes").getAttribute("aria-pressed")).toBe("true");
    expect(button(element, "Signs").getAttribute("aria-pressed")).toBe("false");
  });

  it("says of a late press that it does nothing", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "menu", dorsi("Which?", { buttons: [{ id: "b1", title: "Causes" }] }));
    await asked(element, "else", dorsi("Fine."));
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5000);
    const before = gateway.sent.length;
    button(element, "Causes").click();
    await element.updateComplete;
    expect(status(element)).toContain("question is over");
    expect(gateway.sent).toHaveLength(before);
  });

  it("take away what the status line said before", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "menu", dorsi("Which?", { buttons: [{ id: "b3", title: "Causes" }] }));
    write(element, " ");
    await until(() => expect(status(element)).toContain("write something first"));
    gateway.broken["POST /api/messages"] = () => new Promise<never>(() => undefined) as never;
    button(element, "Causes").click();
    await until(() => expect(status(element)).toBe("Dorsi is writing…"));
  });
});
