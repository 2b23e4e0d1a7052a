import { fault } from "../base/fault.ts";
import type { Fault } from "../contract.ts";

/**
 * Why a member's path must not be trusted, or undefined. Exhibit never makes a file of it, yet a name made to climb
 * out of a folder says that the archive is hostile, and other tools that it goes to may fall for it. A backslash by
 * itself is a plain letter of the label (zip written on Windows), as long as it makes no path that climbs.
 */
function unsafePath(path: string): string | undefined {
  if (path === "") return "has no name";
  if (path.includes("\0")) return "holds a NUL character";
  if (path.startsWith("//") || path.startsWith("\\\\")) return "is a network path";
  if (path.startsWith("/") || path.startsWith("\\")) return "is absolute";
  if (/^[A-Za-z]:/.test(path)) return "starts with a drive letter";
  const parts = path.split(/[/\\]/);
  if (parts.includes("..")) return "climbs out of its folder";
  if (parts.some((part) => DEVICE.test(part))) return "names a device of Windows";
  return path.length > 4096 ? "is longer than 4,096 characters" : undefined;
}

/** Whatever stands behind the dot, Windows opens the device (containers.md, section 1). */
const DEVICE = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?$/i;

export function unsafePathFault(path: string): Fault | undefined {
  const unsafe = unsafePath(path);
  if (unsafe === undefined) return undefined;
  return fault(
    "container.unsafe-path",
    `The member ${JSON.stringify(path)} was not opened: its path ${unsafe}.`,
    "Treat the archive with suspicion; if you need this member, expand it with another program.",
  );
}
