/**
 * Why a member's path must not be trusted, or undefined. Exhibit never makes a file of it, yet a name made to climb
 * out of a folder says that the archive is hostile, and other tools that it goes to may fall for it. A backslash by
 * itself is a plain letter of the label (zip written on Windows), as long as it makes no path that climbs.
 */
export function unsafePath(path: string): string | undefined {
  if (path === "") return "has no name";
  if (path.includes("\0")) return "holds a NUL character";
  if (path.startsWith("//") || path.startsWith("\\\\")) return "is a network path";
  if (path.startsWith("/") || path.startsWith("\\")) return "is absolute";
  if (/^[A-Za-z]:/.test(path)) return "starts with a drive letter";
  if (path.split(/[/\\]/).includes("..")) return "climbs out of its folder";
  return path.length > 4096 ? "is longer than 4,096 characters" : undefined;
}
