/* Which colour of words can be read on a ground, by the contrast of WCAG. */

export const ENOUGH = 7;

const BLACK = [0, 0, 0] as const;
const WHITE = [255, 255, 255] as const;

type Rgb = readonly [number, number, number];

/** The parts of a colour written `#rgb` or `#rrggbb`; null where it is written otherwise. */
export function rgb(colour: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour.trim());
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  const parts = short?.slice(1).map((part) => part + part) ?? long?.slice(1);
  if (!parts) return null;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => parseInt(part, 16));
  return [red, green, blue];
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The accent with the words that can be read on it.
 *
 * @returns null where neither black nor white reaches the contrast that is enough, or where the
 *   colour cannot be read: the default is used then.
 */
export function accent(colour: string | null): { ground: string; words: string } | null {
  const ground = colour ? rgb(colour) : null;
  if (!colour || !ground) return null;
  if (contrast(ground, WHITE) >= ENOUGH) return { ground: colour.trim(), words: "#ffffff" };
  if (contrast(ground, BLACK) >= ENOUGH) return { ground: colour.trim(), words: "#000000" };
  return null;
}
