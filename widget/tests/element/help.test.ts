import { describe, expect, it } from "vitest";
import { refusal } from "../fake";
import { until } from "../until";
import { anew, gateway, has, part, placed } from "./page";

anew();

describe("urgent help", () => {
  it("has urgent help always in the same place, with numbers to dial", async () => {
    const element = await placed({ mode: "inline" });
    await until(() => expect(has(element, "#help a.call")).toBe(true));
    part(element, ".urgent").click();
    await element.updateComplete;
    expect(part(element, "#help").hidden).toBe(false);
    expect(part(element, "#help a.call").getAttribute("href")).toBe("tel:999");
  });

  it("asks again for the numbers when it is opened without them", async () => {
    gateway.broken["GET /api/help"] = () => refusal(503);
    const element = await placed({ mode: "inline" });
    await until(() => expect(gateway.connected).toBe(true));
    delete gateway.broken["GET /api/help"];
    part(element, ".urgent").click();
    await until(() => expect(has(element, "#help a.call")).toBe(true));
  });

  it("says in words whom to call where no number was ever told", async () => {
    gateway.broken["GET /api/help"] = () => refusal(404, "not_found");
    const element = await placed({ mode: "inline" });
    part(element, ".urgent").click();
    await element.updateComplete;
    expect(part(element, "#help").textContent).toContain("Call your emergency number now");
  });
});
