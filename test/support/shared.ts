import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const shared = fileURLToPath(new URL("../../../shared", import.meta.url));

/** A path below `shared` beside the checkout, or undefined, said aloud, where a clone has no such folder. */
export function sharedPath(...parts: readonly string[]): string | undefined {
  const path = [shared, ...parts].join("/");
  if (existsSync(path)) return path;
  console.warn("skipped: no ../shared");
  return undefined;
}
