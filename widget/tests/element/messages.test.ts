import { describe, expect, it, vi } from "vitest";
import { dorsi } from "../fake";
import { until } from "../until";
import { anew, asked, button, has, part, placed } from "./page";

anew();

describe("a message of Dorsi's", () => {
  it("shows an emergency as one, with a number to dial", async () => {
    const element = await placed({ mode: "inline" });
    const calls = [{ title: "Call 999", number: "999" }, { title: "Bad", number: "javascript:1" }];
    await asked(element, "help", dorsi("Call now.", { level: "emergency", kind: "escalation", calls }));
    const alarm = part(element, ".level-emergency");
    expect(alarm.textContent).toContain("Get help now");
    const links = [...alarm.querySelectorAll("a.call")];
    expect(links.map((link) => link.getAttribute("href"))).toEqual(["tel:999"]);
    expect(part(element, ".assertive").textContent).toContain("Call now.");
    expect(alarm.querySelector(".feedback")).toBeNull();
  });

  it("has new messages alone read aloud, and empties what is read", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "why", dorsi("Because."));
    expect(part(element, "[role=log]").getAttribute("aria-live")).toBe("off");
    expect(part(element, ".polite").textContent).toContain("Because.");
    await until(() => expect(part(element, ".polite").textContent).toBe(""));
  });

  it("shows a drawing as an image, which runs nothing and goes when it is erased", async () => {
    const element = await placed({ mode: "inline" });
    const chart = { svg: "<svg><script>1</script></svg>", alt: "Rising." };
    await asked(element, "chart", dorsi("Your weeks.", { chart }));
    expect(part<HTMLImageElement>(element, "img").src).toMatch(/^blob:/);
    expect(part(element, "[role=log]").querySelector("script")).toBeNull();
    const { src } = part<HTMLImageElement>(element, "img");
    const revoked = vi.spyOn(URL, "revokeObjectURL");
    button(element, "Erase my conversation").click();
    button(element, "Yes, erase it").click();
    await until(() => expect(has(element, "img")).toBe(false));
    expect(revoked).toHaveBeenCalledWith(src);
  });

  it("folds sources up and writes their dates out", async () => {
    const element = await placed({ mode: "inline" });
    const source = { title: "Foot drop", url: "https://a.test/", publisher: "A", reviewed: "2026-11-21" };
    await asked(element, "why", dorsi("So.", { sources: [source, { ...source, url: "javascript:1" }] }));
    const details = part<HTMLDetailsElement>(element, "details");
    expect(details.open).toBe(false);
    expect(details.textContent).toContain("2026");
    expect([...details.querySelectorAll("a")].map((link) => link.href)).toEqual(["https://a.test/"]);
  });
});
