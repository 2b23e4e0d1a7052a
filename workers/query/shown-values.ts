/** Spares parsing an entry again where its bytes tell that no value of it can pass. */
import type { CaseColumns } from "./columns.ts";
import type { Clues } from "./match.ts";
import { canonicalField } from "../base/canonical-fields.ts";
import { SHOWN_WORDS } from "../base/shown-words.ts";

/**
 * Whether a value without a dictionary may pass, as far as the entry's bytes tell: where they show all words of its
 * values, a word that they do not show is in no value.
 */
export function valueMayPass(columns: CaseColumns, entry: number, { needs }: Clues): boolean {
  if (needs.length === 0 || !showsWords(columns, entry)) return true;
  const bytes = columns.text.bytes(entry);
  return needs.every((need) => need(bytes, 0, bytes.length));
}

/** Whether all words of the values that never get a dictionary stand in the entry's bytes. */
export function showsWords({ flags }: CaseColumns, entry: number): boolean {
  return ((flags[entry] as number) & SHOWN_WORDS) !== 0;
}

/** Whether the importer answers for the words of a field: of those that it never gives a dictionary. */
export function bytesTell(name: string): boolean {
  const storage = canonicalField(name)?.storage;
  return !name.startsWith("raw.") && (storage === "hash64" || storage === "reread");
}

/** Whether that holds for every field without a dictionary. Other fields become hashes only when they grow. */
export function bytesTellAll(columns: CaseColumns): boolean {
  if (columns.overflowNames.length > 0) return false;
  const names = [...columns.canonicalNames, ...columns.originalNames.map((name) => `raw.${name}`)];
  return names.every((name) => columns.field(name)?.kind !== "hash64" || bytesTell(name));
}
