/* Files made for the patient: fetched with the session's token, then saved. */
import type { Api } from "./api";

const KEEP_MS = 60_000;

/**
 * Fetch a file and have the browser save it.
 *
 * @param named what it is called where the gateway does not say.
 * @throws what `Api.request` throws.
 */
export async function save(api: Api, path: string, named: string): Promise<void> {
  const response = await api.request("GET", path);
  const given = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  offer(await response.blob(), given?.[1] ?? named);
}

function offer(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_MS);
}
