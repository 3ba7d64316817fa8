/* Drawings of our own, as parts of the page. */
import { svg, html, type TemplateResult } from "lit";

const drawn = (paths: TemplateResult): TemplateResult => html`<svg class="icon"
  viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor"
  stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;

export const logo = html`<svg class="logo" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
    <rect class="logo-ground" width="40" height="40" rx="12"></rect>
    <g fill="none" stroke-linecap="round" stroke-linejoin="round">
      <path class="logo-foot" d="M14 8v12c0 4 2 6 6 7l10 3" stroke-width="4.5"></path>
      <path class="logo-lift" stroke-width="2.5"
        d="M27 20c3-1 4-4 3-8m0 0-3.5 3M30 12l3.5 2.5"></path>
    </g>
  </svg>`;

export const bubble = drawn(svg`<path d="M4 5h16v11h-9l-4 4v-4H4z"/><path d="M8 9h8M8 12h5"/>`);
export const phone = drawn(svg`<path
  d="M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2z"/>`);
export const alert = drawn(svg`<path d="M12 3 2.5 20h19z"/><path d="M12 10v4.5M12 17.4v.1"/>`);
export const lines = drawn(svg`<path d="M4 7h16M4 12h16M4 17h16"/>`);
export const cross = drawn(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const outside = drawn(svg`<path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"/>`);
export const tick = drawn(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
export const down = drawn(svg`<path d="M12 5v14m-6-6 6 6 6-6"/>`);
export const file = drawn(svg`<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14"/>`);
