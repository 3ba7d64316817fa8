import { describe, expect, it } from "vitest";
import { dorsi, json } from "../fake";
import { until } from "../until";
import { anew, asked, button, gateway, part, placed, shown, status } from "./page";

anew();

describe("the menu", () => {
  it("erases only after a question of its own", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "hello", dorsi("Hello."));
    button(element, "Erase my conversation").click();
    expect(part<HTMLDialogElement>(element, "dialog").open).toBe(true);
    expect(gateway.asked).not.toContain("DELETE /api/session");
    button(element, "Yes, erase it").click();
    await until(() => expect(status(element)).toContain("is erased"));
    expect(shown(element)).not.toContain("Hello.");
  });

  it("says so where it could not be erased", async () => {
    gateway.broken["DELETE /api/session"] = () => json({}, 500);
    const element = await placed({ mode: "inline" });
    await asked(element, "hello", dorsi("Hello."));
    button(element, "Erase my conversation").click();
    button(element, "Yes, erase it").click();
    await until(() => expect(status(element)).toContain("could not be erased"));
    expect(shown(element)).toContain("Hello.");
  });

  it("begins again by asking for that", async () => {
    const element = await placed({ mode: "inline" });
    button(element, "Start over").click();
    await until(() => expect(gateway.sent.at(-1)).toMatchObject({ text: "Start over" }));
  });

  it("remembers how it should look", async () => {
    const element = await placed({ mode: "inline" });
    part(element, ".size-3").click();
    button(element, "Strong contrast").click();
    await element.updateComplete;
    const root = part(element, ".root");
    expect([root.dataset["size"], root.hasAttribute("data-high")]).toEqual(["3", true]);
    const later = await placed({ mode: "inline" });
    expect(part(later, ".root").dataset["size"]).toBe("3");
  });
});
