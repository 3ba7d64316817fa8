import { describe, expect, it } from "vitest";
import { dorsi } from "../fake";
import { until } from "../until";
import { anew, asked, button, gateway, has, part, placed } from "./page";

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
});
