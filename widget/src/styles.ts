/* The look of the window, as style sheets that no rule of a page reaches into. */
import { unsafeCSS } from "lit";
import base from "./styles/base.css?inline";
import controls from "./styles/controls.css?inline";
import forced from "./styles/forced.css?inline";
import frame from "./styles/frame.css?inline";
import messages from "./styles/messages.css?inline";
import sheets from "./styles/sheets.css?inline";

export const styles = [base, controls, frame, messages, sheets, forced].map((text) => unsafeCSS(text));
