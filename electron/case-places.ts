import { existsSync } from "node:fs";
import { access, constants, mkdir, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { app } from "electron";
import type { SampleId } from "./bridge.ts";
import { caseExtension } from "./grants.ts";

/** A free path for a new case that nobody has named yet: by the clock, among the user's documents. */
export async function newCasePath(now: Date): Promise<string> {
  const folder = await caseFolder();
  const stem = `Case ${dateText(now)}`;
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? stem : `${stem} (${attempt})`;
    const path = join(folder, `${name}${caseExtension}`);
    if (!existsSync(path)) return path;
  }
}

/** The folder to offer for cases; inside the user data when the documents are missing, read-only, or overridden. */
export async function caseFolder(): Promise<string> {
  const own = join(app.getPath("userData"), "cases");
  const candidates = process.env["EXHIBIT_USER_DATA"] ? [own] : [join(app.getPath("documents"), "Exhibit cases"), own];
  for (const folder of candidates) {
    if (await isWritable(folder)) return folder;
  }
  return own;
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}

function dateText(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}.${two(date.getMinutes())}`;
}

/** The files of a bundled sample, in name order; what explains them is left out. */
export async function sampleFiles(id: SampleId): Promise<readonly string[]> {
  // Packaged, they lie beside the archive of the program: evidence is a file that anyone can open.
  const folder = join(app.isPackaged ? process.resourcesPath : app.getAppPath(), "samples", id);
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && extname(entry.name) !== ".md").map((entry) => entry.name);
  return names.toSorted().map((name) => join(folder, name));
}
