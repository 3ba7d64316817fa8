// A Socket.IO client driven by a test: each line of the input is an event to send, each line of
// the output an event that came.
//   node client.mjs <url> <transport> [<origin>]
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const [url, transport, origin] = process.argv.slice(2);
const socket = io(url, {
  transports: [transport],
  reconnection: false,
  forceNew: true,
  extraHeaders: origin ? { Origin: origin } : {},
});

const tell = (event, data) => process.stdout.write(`${JSON.stringify([event, data ?? null])}\n`);

socket.on("connect", () => tell("connect"));
socket.on("connect_error", () => {
  tell("connect_error");
  process.exit(0);
});
socket.on("disconnect", () => tell("disconnect"));
socket.onAny((event, data) => tell(event, data));

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => socket.emit(...JSON.parse(line)));
lines.on("close", () => socket.close());
