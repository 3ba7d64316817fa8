/* What a page loads: from here on it has <dorsi-chat>. */
import { DorsiChat } from "./element";
import { define } from "./view/tools";

define("dorsi-chat", DorsiChat);
