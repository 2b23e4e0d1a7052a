import { existsSync } from "node:fs";
import { join } from "node:path";

/** A package for a runtime that cannot load the shipped SQLite brings its own; a checkout is told by its start script. */
export function sqliteBinding(): Record<string, string> {
  if (process.env["EXHIBIT_SQLITE_BINDING"]) return {};
  const packaged = join(process.resourcesPath, "native", "better_sqlite3.node");
  return existsSync(packaged) ? { EXHIBIT_SQLITE_BINDING: packaged } : {};
}
