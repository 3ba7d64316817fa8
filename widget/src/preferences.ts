/* How the patient wants the window to look and sound. */
import { type Memory, forLater, recall } from "./memory";

const KEY = "dorsi.preferences";

export const SIZES = [1, 2, 3] as const;

export interface Preferences {
  size: (typeof SIZES)[number];
  contrast: boolean;
  still: boolean;
  sound: boolean;
}

const DEFAULTS: Preferences = { size: 1, contrast: false, still: false, sound: false };

/** What was chosen before; whatever is not as it must be counts as not chosen. */
export function preferences(memory: Memory = forLater): Preferences {
  const kept: Partial<Preferences> = recall(memory, KEY) ?? {};
  return {
    size: SIZES.find((size) => size === kept.size) ?? DEFAULTS.size,
    contrast: kept.contrast === true,
    still: kept.still === true,
    sound: kept.sound === true,
  };
}

export function keepPreferences(chosen: Preferences, memory: Memory = forLater): void {
  memory.set(KEY, JSON.stringify(chosen));
}
