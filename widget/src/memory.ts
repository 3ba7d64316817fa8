/* What the browser keeps for the widget. */

export interface Memory {
  get(key: string): string | null;
  /** Keep a value; null drops it. */
  set(key: string, value: string | null): void;
}

/** A storage of the browser; where that is barred, what it would hold lasts as long as the page. */
export class Shelf implements Memory {
  private readonly held = new Map<string, string>();

  constructor(private readonly storage: () => Storage) {}

  get(key: string): string | null {
    try {
      return this.held.get(key) ?? this.storage().getItem(key);
    } catch {
      return this.held.get(key) ?? null;
    }
  }

  set(key: string, value: string | null): void {
    this.held.delete(key);
    try {
      if (value === null) this.storage().removeItem(key);
      else this.storage().setItem(key, value);
    } catch {
      if (value !== null) this.held.set(key, value);
    }
  }
}

/** Lasts as long as the tab. */
export const forVisit: Memory = new Shelf(() => sessionStorage);
/** Lasts until it is dropped: for what the patient agreed to, and for how the window looks. */
export const forLater: Memory = new Shelf(() => localStorage);

/** A value kept as JSON; null where there is none or it cannot be read. */
export function recall<T>(memory: Memory, key: string): T | null {
  try {
    return JSON.parse(memory.get(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}
