/** Passwords of archives, in memory only and for the life of the engine. No fault, log line or case ever holds one. */
import { basename } from "node:path";
import { faultOf, raise } from "../base/fault.ts";
import { openSource } from "../import/read.ts";
import { archiveKey, isPasswordTable, MAX_PASSWORD_FILE, type PasswordEntry, readPasswords } from "./password-file.ts";

export class Passwords {
  readonly #any = new Set<string>();
  /** By `archiveKey`. */
  readonly #named = new Map<string, Set<string>>();

  add(password: string): void {
    this.#any.add(password);
  }

  addFor(archive: string, password: string): void {
    const key = archiveKey(archive);
    const known = this.#named.get(key) ?? new Set();
    known.add(password);
    this.#named.set(key, known);
  }

  /** All that may open an archive, those given for its name first. */
  for(archive: string): readonly string[] {
    const own = this.#named.get(archiveKey(archive)) ?? [];
    const others = [...this.#named.values()].flatMap((known) => [...known]);
    return [...new Set([...own, ...this.#any, ...others])];
  }

  /** Whether one was given for this very archive. */
  isNamed(archive: string): boolean {
    return this.#named.has(archiveKey(archive));
  }

  /** Takes over what a password file says. */
  take(entries: readonly PasswordEntry[]): void {
    for (const { archive, password } of entries) {
      if (archive === undefined) this.add(password);
      else this.addFor(archive, password);
    }
  }
}

/** Faults: those of opening a source; format.unfit. */
export async function passwordsIn(path: string): Promise<readonly PasswordEntry[]> {
  const file = await openSource(path);
  try {
    if (file.size > MAX_PASSWORD_FILE) {
      raise(
        "format.unfit",
        `${basename(path)} is too large for a password file.`,
        "Choose the table of passwords, or a text with one password a line.",
      );
    }
    return readPasswords(await file.readAt(0, file.size), basename(path));
  } finally {
    await file.close();
  }
}

const HEAD_BYTES = 1_024;

/** By its first bytes; a file that cannot be read is none, and is told where it is listed. */
export async function looksLikePasswordTable(path: string): Promise<boolean> {
  try {
    const file = await openSource(path);
    try {
      return file.size <= MAX_PASSWORD_FILE && isPasswordTable(await file.readAt(0, HEAD_BYTES));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (faultOf(error) === undefined) throw error;
    return false;
  }
}

/** Names of archives in a password file that are not among those at hand. */
export function missingArchives(entries: readonly PasswordEntry[], atHand: readonly string[]): readonly string[] {
  const known = new Set(atHand.map(archiveKey));
  return entries.flatMap(({ archive }) => (archive === undefined || known.has(archiveKey(archive)) ? [] : [archive]));
}
