/** Reads password files: the table that goes with protected collections, or one password a line. Nothing is kept here. */
import { raise } from "../base/fault.ts";

export interface PasswordEntry {
  /** File name of the archive it is for; undefined = for any. */
  readonly archive: string | undefined;
  readonly password: string;
}

/** Larger ones are none: a console lists some thousand collections. */
export const MAX_PASSWORD_FILE = 4 * 1024 * 1024;
const NAME_COLUMN = "file name";
const PASSWORD_COLUMN = "zip password";

/**
 * A table has a header; names stand in its column "File Name", else in the first, passwords in "Zip Password", else in
 * the last (binalyze-air.md, off-network collections). Fault: format.unfit, with the line, for an empty or repeated file
 * name, a row without password, or a quote that is never closed.
 */
export function readPasswords(bytes: Uint8Array, fileName: string): readonly PasswordEntry[] {
  const text = textOf(bytes);
  const header = firstLine(text);
  const delimiter = delimiterOf(header);
  const isTable = delimiter !== undefined && (isNamed(cellsOf(header, delimiter)) || /\.[ct]sv$/i.test(fileName));
  return isTable ? tablePasswords(parseTable(text, delimiter)) : linePasswords(text);
}

/** Whether the first bytes are those of a table with both columns by name: such a file is used without being asked for. */
export function isPasswordTable(head: Uint8Array): boolean {
  const header = firstLine(textOf(head));
  const delimiter = delimiterOf(header);
  if (delimiter === undefined) return false;
  const names = cellsOf(header, delimiter);
  return names.includes(NAME_COLUMN) && names.includes(PASSWORD_COLUMN);
}

function isNamed(names: readonly string[]): boolean {
  return names.includes(NAME_COLUMN) || names.includes(PASSWORD_COLUMN);
}

function textOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function firstLine(text: string): string {
  return text.split(/\r\n|\r|\n/, 1)[0] ?? "";
}

function delimiterOf(header: string): string | undefined {
  const found = [",", ";", "\t"].map((mark) => ({ mark, count: header.split(mark).length - 1 }));
  const best = found.reduce((most, next) => (next.count > most.count ? next : most));
  return best.count === 0 ? undefined : best.mark;
}

function cellsOf(header: string, delimiter: string): readonly string[] {
  return header.split(delimiter).map((cell) => cell.replaceAll('"', "").trim().toLowerCase());
}

function linePasswords(text: string): readonly PasswordEntry[] {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== "");
  return lines.map((password) => ({ archive: undefined, password }));
}

function tablePasswords(rows: readonly Row[]): readonly PasswordEntry[] {
  const [header, ...data] = rows;
  const names = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const nameAt = Math.max(0, names.indexOf(NAME_COLUMN));
  const named = names.indexOf(PASSWORD_COLUMN);
  const passwordAt = named >= 0 ? named : names.length - 1;
  const seen = new Map<string, number>();
  const entries: PasswordEntry[] = [];
  for (const { cells, line } of data) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    const archive = (cells[nameAt] ?? "").trim();
    const password = cells[passwordAt] ?? "";
    if (archive === "") unfit(`Line ${line} of the password file names no file.`);
    const before = seen.get(archiveKey(archive));
    if (before !== undefined) unfit(`Line ${line} of the password file names ${archive} again, after line ${before}.`);
    if (password === "") unfit(`Line ${line} of the password file has no password for ${archive}.`);
    seen.set(archiveKey(archive), line);
    entries.push({ archive, password });
  }
  return entries;
}

/** File names are compared as Windows does, where such packages are made. */
export function archiveKey(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? name;
  return base.normalize("NFC").toLowerCase();
}

interface Row {
  readonly cells: readonly string[];
  /** From 1, of its first character. */
  readonly line: number;
}

/** RFC 4180: quotes doubled, line ends within quotes; any of the three line ends. */
function parseTable(text: string, delimiter: string): readonly Row[] {
  const rows: Row[] = [];
  const special = delimiter === "\t" ? "\\t" : delimiter;
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${special}\\r\\n][^${special}\\r\\n]*|))(${special}|\\r\\n|\\r|\\n|$)`,
    "y",
  );
  let cells: string[] = [];
  let [line, start, at] = [1, 1, 0];
  while (at < text.length || cells.length > 0) {
    cell.lastIndex = at;
    const found = cell.exec(text);
    if (found === null) return unfit(`Line ${line} of the password file has a quote where none can stand.`);
    const [whole, quoted, plain = "", end] = found;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.split(/\r\n|\r|\n/).length - 1;
    at += whole.length;
    if (end === delimiter) continue;
    rows.push({ cells, line: start });
    cells = [];
    start = line;
  }
  return rows;
}

function unfit(message: string): never {
  return raise("format.unfit", message, "Correct the password file, or type the passwords.");
}
