import { describe, expect, it, vi } from "vitest";
import { dorsi } from "../fake";
import { until } from "../until";
import { anew, asked, button, gateway, has, part, placed, status } from "./page";

anew();

describe("a vote", () => {
  it("asks whether an answer helped, takes no for an answer and a reason with it", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "why", dorsi("So."));
    button(element, "Not helpful").click();
    await until(() => expect(has(element, ".reason")).toBe(true));
    expect(button(element, "Not helpful").getAttribute("aria-pressed")).toBe("true");
    part<HTMLTextAreaElement>(element, ".reason textarea").value = "too long";
    part(element, ".reason").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await until(() => expect(gateway.sent.at(-1)).toMatchObject({ helpful: false, reason: "too long" }));
    await until(() => expect(has(element, ".reason")).toBe(false));
  });

  it("asks no votes of a gateway that numbers nothing", async () => {
    gateway.numbered = false;
    const element = await placed({ mode: "inline" });
    await asked(element, "why", dorsi("So."));
    expect(has(element, ".feedback")).toBe(false);
  });

  it("is not taken back by a hand that presses twice", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "why", dorsi("So."));
    const votes = () => gateway.sent.filter(({ helpful }) => helpful !== undefined);
    button(element, "Helpful").click();
    button(element, "Helpful").click();
    await until(() => expect(status(element)).toContain("Thank you."));
    expect(votes()).toMatchObject([{ helpful: true }]);
    expect(button(element, "Helpful").getAttribute("aria-pressed")).toBe("true");
    // A second later it is meant.
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5000);
    button(element, "Helpful").click();
    await until(() => expect(votes()).toMatchObject([{ helpful: true }, { helpful: null }]));
  });
});
