/* A phone's keyboard covers the page and does not tell it: the window is fitted into what is left. */

const KEYBOARD = 100;

/**
 * Keep `--seen` and `--above` of an element at the height that is seen and what is scrolled away.
 *
 * @param shrunk called where much of the height went, as to a keyboard.
 * @returns what ends that.
 */
export function followViewport(element: HTMLElement, shrunk: () => void): () => void {
  const seen = window.visualViewport;
  if (!seen) return () => undefined;
  let before = 0;
  const fit = (): void => {
    // Who has zoomed in wants a part to be larger, and not all of it to be smaller.
    const zoomed = seen.scale > 1.01;
    element.style.setProperty("--seen", zoomed ? "100dvh" : `${seen.height}px`);
    element.style.setProperty("--above", zoomed ? "0px" : `${seen.offsetTop}px`);
    if (before - seen.height > KEYBOARD && !zoomed) shrunk();
    before = seen.height;
  };
  fit();
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  return () => {
    seen.removeEventListener("resize", fit);
    seen.removeEventListener("scroll", fit);
  };
}
