import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { raise } from "../base/fault.ts";
import { SCHEMA_VERSION } from "./migrations/registry.ts";
import { notACase, storeFault } from "./sqlite-fault.ts";

/** 'EXH1', at byte 68 of the file (https://www.sqlite.org/fileformat.html, section 1.3). */
export const APPLICATION_ID = 0x45584831;

/**
 * Reads the version of a case from its first 100 bytes, before SQLite may touch the file, so a file that is not a case
 * is never modified. Not to be called while this process writes the case: closing any descriptor of a file drops the
 * process's locks on it.
 */
export function checkHeader(file: string): number {
  const head = readHead(file);
  const isSqlite = head.length === 100 && head.toString("latin1", 0, 16) === "SQLite format 3\0";
  if (!isSqlite || head.readUInt32BE(68) !== APPLICATION_ID) throw notACase(file);
  return checkVersion(file, head.readUInt32BE(60));
}

/** Refuses what a later Exhibit wrote. */
export function checkVersion(file: string, version: number): number {
  if (version <= SCHEMA_VERSION) return version;
  return raise(
    "store.newer",
    `${basename(file)} has case version ${version}; this Exhibit reads up to version ${SCHEMA_VERSION}.`,
    "Open it with a newer Exhibit.",
  );
}

function readHead(file: string): Buffer {
  try {
    if (!statSync(file).isFile()) throw notACase(file);
    const descriptor = openSync(file, "r");
    try {
      const head = Buffer.alloc(100);
      return head.subarray(0, readSync(descriptor, head, 0, 100, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") {
      raise("store.none", `There is no case ${basename(file)}.`, "Check the path, or create a new case there.");
    }
    if (code === "EACCES" || code === "EPERM") {
      raise(
        "source.unreadable",
        `${basename(file)} may not be read.`,
        "Check the permissions of the file and its folder.",
      );
    }
    throw storeFault(error, file);
  }
}
