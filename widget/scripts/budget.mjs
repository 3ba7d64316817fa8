/* What a visitor's browser has to fetch for the widget, against what it may be. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 30 * 1024;
const built = readFileSync(new URL("../dist/dorsi-chat.js", import.meta.url));
const size = gzipSync(built, { level: 9 }).length;

console.log(`dorsi-chat.js: ${size} bytes gzipped of at most ${LIMIT}, ${built.length} plain`);
if (size > LIMIT) process.exitCode = 1;
