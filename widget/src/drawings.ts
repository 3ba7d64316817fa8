/* Drawings made for this patient. */

/**
 * A drawing comes as text. As an image it can run nothing and fetch nothing. It is small, and every
 * window shows the same one: it stays as long as the conversation does.
 */
export class Drawings {
  private readonly made = new Map<string, string>();

  /** The address of a drawing as an image. */
  address(text: string): string {
    const url = this.made.get(text) ?? URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    this.made.set(text, url);
    return url;
  }

  /** Keep none of them. */
  clear(): void {
    for (const url of this.made.values()) URL.revokeObjectURL(url);
    this.made.clear();
  }
}
