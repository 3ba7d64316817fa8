// @vitest-environment node
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogues, moduleOf, typesOf } from "../scripts/words";
import { amount, clock, day, direction, language, locale, sayer, spell, within } from "../src/strings";

const found = catalogues();
const blanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const others = Object.keys(found).filter((name) => name !== "en");

describe("the catalogues", () => {
  it("are those of English and Spanish", () => {
    expect(Object.keys(found)).toEqual(["en", "es"]);
  });

  it.each(others)("have the same names in %s as in English", (name) => {
    expect(Object.keys(found[name] ?? {})).toEqual(Object.keys(found["en"] ?? {}));
  });

  it.each(others)("leave the same blanks in %s as in English", (name) => {
    for (const [key, text] of Object.entries(found["en"] ?? {})) {
      expect([key, ...blanks(found[name]?.[key] ?? "")]).toEqual([key, ...blanks(text)]);
    }
  });

  it("have no empty words", () => {
    for (const words of Object.values(found)) {
      for (const [key, text] of Object.entries(words)) expect(`${key}: ${text}`).toMatch(/: \S/);
    }
  });

  it("are known to the compiler by their names", () => {
    const types = readFileSync(new URL("../src/words.gen.d.ts", import.meta.url), "utf8");
    expect(types).toBe(typesOf(found));
  });

  it("name the emergency number wherever a message may not have got through", () => {
    for (const key of ["ended", "not_sent", "offline", "unreachable"] as const) {
      expect(found["en"]?.[key]).toContain("In an emergency, call your emergency number.");
      expect(found["es"]?.[key]).toContain("En una emergencia, llame a su número de emergencias.");
    }
  });

  it("are all said by something", () => {
    const folder = new URL("../src", import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const sources = files.filter((name) => /(?<!\.d)\.ts$/.test(name));
    const code = sources.map((name) => readFileSync(`${folder.pathname}/${name}`, "utf8")).join("\n");
    // Names that are put together: `size_${size}`, `${of}_one`.
    const stems = ["level_", "size_", "seconds_", "times_"];
    const idle = Object.keys(found["en"] ?? {}).filter(
      (key) => !code.includes(`"${key}"`) && !stems.some((stem) => key.startsWith(stem)),
    );
    expect(idle).toEqual([]);
  });

  it("cannot be packed where a language has other names", () => {
    expect(() => moduleOf({ en: { yes: "Yes" }, es: { no: "No" } })).toThrow("es.yml: the names");
    expect(() => moduleOf({ en: { yes: "Yes" }, es: {} })).toThrow("es.yml: the names");
  });

  it("are refused where a value is no string", () => {
    const folder = mkdtempSync(join(tmpdir(), "words-"));
    writeFileSync(join(folder, "en.yml"), "erase_no: no\nstart: 1\n");
    expect(() => catalogues(folder)).toThrow("`start` must be a string");
  });
});

describe("the words", () => {
  it("are those of the language wanted, whatever its country, or else English", () => {
    expect(language("es-MX")).toBe("es");
    expect(language("EN")).toBe("en");
    expect(language("tlh")).toBe("en");
    expect(language(null)).toBe("en");
    expect(language("constructor")).toBe("en");
  });

  it("are filled in", () => {
    expect(sayer("en")("step", { step: 2, of: 5 })).toBe("Step 2 of 5");
    expect(sayer("es")("step", { step: 2, of: 5 })).toBe("Paso 2 de 5");
  });

  it("agree with their number", () => {
    expect(amount(sayer("en"), "en", "seconds", 1)).toBe("1 second");
    expect(amount(sayer("en"), "en", "times", 3)).toBe("3 times");
    expect(amount(sayer("es"), "es", "times", 1)).toBe("1 vez");
  });

  it("run from right to left where the language does", () => {
    expect(direction("ar-EG")).toBe("rtl");
    expect(direction("es")).toBe("ltr");
  });

  it("write a date as the language does, and leave alone what is none", () => {
    expect(day("2026-11-21", "en")).toContain("2026");
    expect(day("2026-11-21", "es")).toContain("noviembre");
    expect(day("last spring", "en")).toBe("last spring");
    expect(day("2026-99-99", "en")).toBe("2026-99-99");
  });

  it("write dates as where the page is from, and else as in Britain or Spain", () => {
    expect(locale("en-us")).toBe("en-US");
    expect(locale("en")).toBe("en-GB");
    expect(locale("es")).toBe("es");
    expect(locale("ar-EG")).toBe("en-GB");
    expect(locale("en-")).toBe("en-GB");
    expect(locale("constructor")).toBe("en-GB");
  });

  it("give the time of a message that has one", () => {
    expect(clock("2026-11-21T14:05:00Z", "es")).toMatch(/\d+:05/);
    expect(clock(undefined, "en")).toBe("");
  });

  it("say how long it is in seconds, and in minutes where it is long", () => {
    expect(within(40_000, "en")).toBe("in 40 seconds");
    expect(within(600_000, "en")).toBe("in 10 minutes");
    expect(spell({ key: "too_many", until: Date.now() + 2000 }, "en")).toContain("in 2 seconds");
  });

  it("give the gateway's own sentence only to those who read its language", () => {
    expect(spell({ key: "refused", english: "Too long." }, "en")).toBe("Too long.");
    expect(spell({ key: "refused", english: "Too long." }, "es")).toBe(sayer("es")("refused"));
  });
});
