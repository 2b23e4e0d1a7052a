import { join } from "node:path";
import { app } from "electron";
import * as v from "valibot";
import type { Theme } from "./bridge.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

const largest = 256 * 1024;

/** The themes a page may ask for. */
export const themeSchema = v.picklist(["system", "light", "dark", "high-contrast"]);

/** Settings as the page may hand them over: any JSON of bounded size. Their meaning is the page's own. */
export const settingsSchema = v.pipe(
  v.unknown(),
  v.check((value) => (JSON.stringify(value) ?? "").length <= largest, "settings are larger than 256 KiB"),
);

const fileName = (): string => join(app.getPath("userData"), "settings.json");

export function readSettings(): Promise<unknown> {
  return readJsonFile(fileName());
}

export function writeSettings(settings: unknown): Promise<void> {
  return writeJsonFile(fileName(), settings);
}

/** The theme to start with, so that the window does not flash in another one. */
export async function savedTheme(): Promise<Theme> {
  const parsed = v.safeParse(v.object({ theme: themeSchema }), await readSettings());
  return parsed.success ? parsed.output.theme : "system";
}
