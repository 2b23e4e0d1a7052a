import { basename } from "node:path";
import type { FaultCode } from "../contract.ts";
import { FaultError, fault } from "../base/fault.ts";

interface Kind {
  readonly code: FaultCode;
  readonly message: string;
  readonly next: string;
}

const LOCKED: Kind = {
  code: "store.locked",
  message: "is in use by another program",
  next: "Close the other Exhibit that has this case open, then try again.",
};
const CORRUPT: Kind = {
  code: "store.corrupt",
  message: "is damaged",
  next: "Work on a copy: open a backup of the case, or import its sources into a new one.",
};
const FULL: Kind = {
  code: "disk.full",
  message: "could not be written: the disk is full",
  next: "Free some space or move the case to another disk; what was committed before is safe.",
};
const UNWRITABLE: Kind = {
  code: "target.unwritable",
  message: "cannot be written",
  next: "Check the permissions of the file and its folder, or copy the case to a folder you may write to.",
};
const NOT_A_CASE: Kind = {
  code: "store.not-a-case",
  message: "is not an Exhibit case",
  next: "Open a file that Exhibit created (its name ends in .exhibit), or import this file into a case as evidence.",
};
const UNREADABLE: Kind = {
  code: "store.corrupt",
  message: "could not be read from its disk",
  next: "Check that the disk is still connected, then open the case again.",
};

/** Longest matching prefix first: SQLite's extended codes refine the primary ones. */
const BY_CODE: readonly (readonly [prefix: string, kind: Kind])[] = [
  ["SQLITE_BUSY", LOCKED],
  ["SQLITE_LOCKED", LOCKED],
  ["SQLITE_CORRUPT", CORRUPT],
  ["SQLITE_NOTADB", NOT_A_CASE],
  ["SQLITE_FULL", FULL],
  ["SQLITE_IOERR_SHMSIZE", FULL],
  ["SQLITE_IOERR_WRITE", FULL],
  ["SQLITE_IOERR", UNREADABLE],
  ["SQLITE_READONLY", UNWRITABLE],
  ["SQLITE_CANTOPEN", UNWRITABLE],
  ["SQLITE_PERM", UNWRITABLE],
  ["SQLITE_AUTH", UNWRITABLE],
  ["ENOSPC", FULL],
  ["EDQUOT", FULL],
  ["EACCES", UNWRITABLE],
  ["EPERM", UNWRITABLE],
  ["EROFS", UNWRITABLE],
];

/** Sorts an error of SQLite or the file system into a fault; a fault passes, anything else is a bug and is thrown. */
export function storeFault(error: unknown, file: string): FaultError {
  if (error instanceof FaultError) return error;
  const code = errorCode(error);
  const kind = BY_CODE.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (kind === undefined) throw error;
  return new FaultError(fault(kind.code, `${basename(file)} ${kind.message}.`, kind.next), error);
}

export function corrupt(file: string, what: string): FaultError {
  return new FaultError(fault("store.corrupt", `${basename(file)} is damaged: ${what}.`, CORRUPT.next));
}

export function notACase(file: string): FaultError {
  return new FaultError(fault("store.not-a-case", `${basename(file)} is not an Exhibit case.`, NOT_A_CASE.next));
}

function errorCode(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return "";
}
