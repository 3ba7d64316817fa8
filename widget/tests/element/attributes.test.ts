import { describe, expect, it } from "vitest";
import { dorsi } from "../fake";
import { until } from "../until";
import { anew, asked, gateway, has, part, placed, shown } from "./page";

anew();

describe("a window", () => {
  it("speaks the language of the page, and says that Dorsi's words are English", async () => {
    const element = await placed({ mode: "inline", lang: "es-ES" });
    expect(part(element, ".root").lang).toBe("es");
    expect(part(element, ".send").textContent).toBe("Enviar");
    await asked(element, "why", dorsi("So."));
    expect(part(element, ".words").lang).toBe("en");
  });

  it("takes an accent that can be read, and no other", async () => {
    const good = await placed({ mode: "inline", accent: "#4a148c" });
    expect(part(good, ".root").style.getPropertyValue("--fill")).toBe("#4a148c");
    const bad = await placed({ mode: "inline", accent: "#888888" });
    expect(part(bad, ".root").style.getPropertyValue("--fill")).toBe("");
  });

  it("has landmarks and a first heading where it is all of the page", async () => {
    const element = await placed({ mode: "page" });
    expect(has(element, "main")).toBe(true);
    expect(has(element, "h1")).toBe(true);
    expect(has(await placed({ open: "" }), "h2")).toBe(true);
  });

  it("shares its conversation with another on the same page", async () => {
    const one = await placed({ mode: "inline", region: "shared" });
    const other = await placed({ mode: "inline", region: "shared" });
    await asked(one, "hello", dorsi("Hello."));
    await until(() => expect(shown(other)).toContain("Hello."));
    expect(gateway.asked.filter((name) => name === "POST /api/sessions")).toHaveLength(1);
  });
});
