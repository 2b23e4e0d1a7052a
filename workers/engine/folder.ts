/** What lies in a folder, at any depth. Links are never followed, and nothing but plain files is ever opened. */
import type { Dirent } from "node:fs";
import { opendir } from "node:fs/promises";
import { join } from "node:path";
import { fault } from "../base/fault.ts";
import type { Fault } from "../contract.ts";

export interface FolderFile {
  readonly path: string;
  /** From the folder, parted by "/" on every system. */
  readonly name: string;
  /** Why it is listed only: a link, a device, a sub-folder that may not be read. */
  readonly problem: Fault | undefined;
}
interface FolderLimits {
  /** Files, folders and the rest, counted together. */
  readonly entries: number;
  readonly depth: number;
}
const FOLDER_LIMITS: FolderLimits = { entries: 100_000, depth: 64 };

/**
 * Files in the order of their names, those of sub-folders in the place of the folder. What cannot be read is listed with
 * the reason; of a folder beyond the limits, what lies within them and one line that says so.
 */
export async function filesIn(root: string, limits: FolderLimits = FOLDER_LIMITS): Promise<readonly FolderFile[]> {
  const walk: Walk = { found: [], left: limits.entries, depth: limits.depth, limits };
  await walkFolder(root, "", 0, walk);
  return walk.found;
}

interface Walk {
  readonly found: FolderFile[];
  left: number;
  readonly depth: number;
  readonly limits: FolderLimits;
}

async function walkFolder(folder: string, prefix: string, depth: number, walk: Walk): Promise<void> {
  let entries: readonly Dirent[];
  try {
    entries = await entriesOf(folder, walk);
  } catch (error) {
    walk.found.push({ path: folder, name: prefix || "./", problem: unreadable(folder, prefix, error) });
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const name = `${prefix}${entry.name}`;
    if (!entry.isDirectory()) walk.found.push({ path, name, problem: problemOf(entry, path, name) });
    else if (depth + 1 >= walk.depth) {
      walk.found.push({ path, name: `${name}/`, problem: tooDeep(path, name, walk.limits.depth) });
    } else await walkFolder(path, `${name}/`, depth + 1, walk);
  }
}

/** In the order of their names, by code unit: the same on every machine. */
async function entriesOf(folder: string, walk: Walk): Promise<readonly Dirent[]> {
  const entries: Dirent[] = [];
  if (walk.left <= 0) return entries;
  for await (const entry of await opendir(folder)) {
    if (walk.left-- <= 0) {
      walk.found.push({ path: folder, name: "./", problem: tooMany(folder, walk.limits.entries) });
      break;
    }
    entries.push(entry);
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function problemOf(entry: Dirent, path: string, name: string): Fault | undefined {
  const place = { source: path };
  if (entry.name.includes("\ufffd")) {
    return fault(
      "source.unreadable",
      `The name of ${name} is not valid text in this system's encoding, so the file may not be found by it.`,
      "Rename a copy of it, and import the copy.",
      place,
    );
  }
  if (entry.isFile()) return undefined;
  const what = entry.isSymbolicLink() ? "a link, which is not followed" : `${kindOf(entry)}, which is not opened`;
  return fault(
    "source.not-a-file",
    `${name} is ${what}.`,
    "Choose the file itself if it belongs to the evidence.",
    place,
  );
}

function kindOf(entry: Dirent): string {
  if (entry.isFIFO()) return "a pipe";
  if (entry.isSocket()) return "a socket";
  return entry.isCharacterDevice() || entry.isBlockDevice() ? "a device" : "no plain file";
}

function unreadable(folder: string, name: string, error: unknown): Fault {
  if (!(error instanceof Error && "code" in error)) throw error;
  const code = String(error.code);
  const called = name === "" ? "The folder" : `The folder ${name}`;
  const what =
    code === "EACCES" || code === "EPERM" ? `${called} may not be read` : `${called} cannot be read (${code})`;
  return fault(
    "source.unreadable",
    `${what}; nothing in it is listed.`,
    "Ask its owner for read permission, or choose a copy of it.",
    { source: folder },
  );
}

function tooDeep(path: string, name: string, limit: number): Fault {
  return fault(
    "container.too-large",
    `${name} lies more than ${limit} folders deep; nothing in it is listed.`,
    "Choose that folder by itself.",
    { source: path },
  );
}

function tooMany(folder: string, limit: number): Fault {
  return fault(
    "container.too-large",
    `The folder holds more than ${limit} files and folders; the rest is not listed.`,
    "Choose its sub-folders one by one.",
    { source: folder },
  );
}
