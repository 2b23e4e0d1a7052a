/** Parts of the query language that are promised and not there: they are refused by name, never read as plain text. */
import { raise } from "../base/fault.ts";

export function notYet(what: string, offset: number, text?: string): never {
  const next =
    text === undefined
      ? "To search for this text itself, put it in quotes."
      : `To search for this text, write ${quote(text)}.`;
  return raise("query.syntax", `${what} are not available yet.`.replace(/^(\S+\(…\)) are/u, "$1 is"), next, { offset });
}

/** Field-like words of the language to come. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ["tag", "Tags"],
  ["same", "Comparisons with the selected row (same:)"],
  ["gap", "Queries for gaps (gap:)"],
]);
const WORDS: ReadonlyMap<string, string> = new Map([
  ["marked", "Marks"],
  ["noted", "Notes"],
]);

export function refuseReservedField(name: string, offset: number): void {
  const what = FIELDS.get(name.toLowerCase());
  if (what === undefined) return;
  const next = `An original field of that name is queried as raw.${name}.`;
  raise("query.syntax", `${what} are not available yet.`, next, { offset });
}

export function refuseReservedWord(word: string, offset: number): void {
  const what = WORDS.get(word.toLowerCase());
  if (what !== undefined) notYet(`${what} (${word})`, offset, word);
}

/**
 * The expression at the start of `rest`: `/text/` alone, with `i`, or after regular expression signs with any of
 * `imsu`. Paths are no expressions: `/bin/su` and `/usr/lib/` are words.
 */
export function regexAt(rest: string): string | undefined {
  const found = /^\/((?:\\.|[^/\\\s])+)\/([imsu]*)(?=$|[\s),])/u.exec(rest);
  if (found === null) return undefined;
  const [written, inner = "", flags = ""] = found;
  return flags === "" || flags === "i" || /[[\](){}^$+\\|]|[.][*?]/u.test(inner) ? written : undefined;
}

function quote(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
