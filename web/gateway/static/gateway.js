/* Talking with the gateway. */
import * as diary from "./diary.js";
import { word } from "./dom.js";

const TOKEN = "dorsi.session";
const TIMEOUT_MS = 20000;

export class Refused extends Error {
  constructor(status, { error = {}, messages = [] }) {
    super(error.message || word("refused"));
    this.status = status;
    this.code = error.code;
    this.advice = messages;
  }
}

export const hasSession = () => Boolean(sessionStorage.getItem(TOKEN));
export const leaveSession = () => sessionStorage.removeItem(TOKEN);

/* Send a request with the session's token and give the response; a refusal is an error. */
export async function request(method, path, body) {
  const headers = {};
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const response = await fetch(path, {
    method,
    headers,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})));
  return response;
}

/* The same, for a request that is answered with JSON or with nothing. */
export async function call(method, path, body) {
  const response = await request(method, path, body);
  return response.status === 204 ? null : response.json().catch(() => ({}));
}

export async function openSession() {
  leaveSession();
  // The site that links here may say where its patients are; a browser's language does not.
  const region = new URLSearchParams(location.search).get("region");
  const key = diary.remembered();
  const body = { ...(region && { region }), ...(key && { diary: key }) };
  const opened = await call("POST", "/api/sessions", body);
  sessionStorage.setItem(TOKEN, opened.session);
  diary.hold(opened.diary);
  return opened.messages;
}

/* crypto.randomUUID is there on secure pages only. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
