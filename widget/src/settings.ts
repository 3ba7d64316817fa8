/* What the attributes of the element mean. */
import { direction } from "./strings";

export type Mode = "panel" | "inline" | "page";

/** The origin this script came from: there is the gateway, unless the page says otherwise. */
const HOME = new URL(import.meta.url).origin;

/** The mode wanted; a panel where none or none of ours is. */
export const modeOf = (mode: string | null): Mode =>
  mode === "inline" || mode === "page" ? mode : "panel";

/** The gateway's origin; where the attribute is no address, the one this script came from. */
export function gatewayOf(gateway: string | null, home = HOME): string {
  try {
    return gateway ? new URL(gateway, document.baseURI).origin : home;
  } catch {
    return home;
  }
}

/**
 * Where the patient is. The site says it; a browser's language does not. A page of our own is also
 * linked to with `?region=`.
 */
export function regionOf(region: string | null, mode: Mode): string {
  const linked = mode === "page" ? new URLSearchParams(location.search).get("region") : null;
  return (region || linked || "").trim();
}

/** The page on how data are kept; only ever one of the web. */
export function privacyOf(privacy: string | null, gateway: string): string {
  try {
    const found = new URL(privacy ?? "/privacy", privacy ? document.baseURI : gateway);
    if (["http:", "https:"].includes(found.protocol)) return found.href;
  } catch {
    // An address that cannot be read counts as none.
  }
  return `${gateway}/privacy`;
}

/** The language wanted: the element's, or that of what it stands in. */
export const languageOf = (element: Element): string =>
  element.closest("[lang]")?.getAttribute("lang") ?? "";

/** The direction to write in: the page's word, or what the language asks for. */
export function directionOf(element: Element, lang: string): "rtl" | "ltr" {
  const said = element.getAttribute("dir");
  return said === "rtl" || said === "ltr" ? said : direction(lang);
}
