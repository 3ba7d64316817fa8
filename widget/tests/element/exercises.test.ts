import { describe, expect, it, vi } from "vitest";
import { GATEWAY, dorsi } from "../fake";
import { until } from "../until";
import { anew, asked, button, part, placed, shown, status } from "./page";

anew();

describe("an exercise", () => {
  it("shows an exercise with its step, its picture, its numbers and what counts them", async () => {
    const element = await placed({ mode: "inline" });
    const image = { url: "/pictures/toe_raise/2.svg", alt: "A foot." };
    const repetitions = { least: 2, most: 3 };
    const seconds = { least: 5, most: 10 };
    const exercise = dorsi("Lift.", { kind: "exercise", step: 2, of: 5, image, repetitions, seconds });
    await asked(element, "go", exercise);
    expect(shown(element)).toContain("Step 2 of 5");
    expect(shown(element)).toContain("2 to 3 times");
    expect(part<HTMLImageElement>(element, "img").src).toBe(`${GATEWAY}/pictures/toe_raise/2.svg`);
    button(element, "+ 1 done").click();
    await until(() => expect(shown(element)).toContain("1 of 3 done"));
    button(element, "Start 10 seconds").click();
    await until(() => expect(part(element, "[role=timer]").textContent).toBe("10"));
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5000); // no second press of the same
    button(element, "Pause").click();
    await until(() => expect(button(element, "Go on")).toBeTruthy());
    button(element, "Stop").click();
    await until(() => expect(part(element, "[role=timer]").textContent).toBe("Stopped."));
    expect(status(element)).toBe("Stopped.");
  });

  it("stops what is counted when the patient writes", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "go", dorsi("Hold.", { seconds: { least: 60, most: 60 } }));
    button(element, "Start 60 seconds").click();
    await until(() => expect(part(element, "[role=timer]").textContent).toBe("60"));
    await asked(element, "it hurts", dorsi("Stop then."));
    expect(part(element, "[role=timer]").textContent).toBe("Stopped.");
  });

  it("counts to the end and says so", async () => {
    const element = await placed({ mode: "inline" });
    await asked(element, "go", dorsi("Hold.", { seconds: { least: 1, most: 1 } }));
    button(element, "Start 1 second").click();
    await until(() => expect(part(element, "[role=timer]").textContent).toBe("Done: 1 second."));
  });
});
