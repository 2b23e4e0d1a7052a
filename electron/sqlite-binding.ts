import { existsSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";

/**
 * Which SQLite the engine loads, as its environment. A package for a runtime that cannot load the shipped one brings its
 * own, and heeds nothing that the environment says: that would be a way to run foreign code inside it. A checkout is told
 * by its start script.
 */
export function sqliteBinding(): Record<string, string> {
  if (!app.isPackaged) return {};
  const packaged = join(process.resourcesPath, "native", "better_sqlite3.node");
  return { EXHIBIT_SQLITE_BINDING: existsSync(packaged) ? packaged : "" };
}
