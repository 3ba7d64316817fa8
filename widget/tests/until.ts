import { vi } from "vitest";

/** Wait until what is expected holds. */
export const until = (holds: () => void): Promise<void> =>
  vi.waitFor(holds, { timeout: 3000, interval: 5 });
