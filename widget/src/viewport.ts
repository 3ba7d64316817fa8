/* A phone's keyboard covers the page and does not tell it: the window is fitted into what is left. */

/**
 * Keep `--seen` and `--above` of an element at the height that is seen and what is scrolled away.
 *
 * @returns what ends that.
 */
export function followViewport(element: HTMLElement): () => void {
  const seen = window.visualViewport;
  if (!seen) return () => undefined;
  const fit = (): void => {
    // Who has zoomed in wants a part to be larger, and not all of it to be smaller.
    const zoomed = seen.scale > 1.01;
    element.style.setProperty("--seen", zoomed ? "100dvh" : `${seen.height}px`);
    element.style.setProperty("--above", zoomed ? "0px" : `${seen.offsetTop}px`);
  };
  fit();
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  return () => {
    seen.removeEventListener("resize", fit);
    seen.removeEventListener("scroll", fit);
  };
}
