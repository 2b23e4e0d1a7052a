/** Which columns an export has. */
import { CANONICAL, type ExportRequest } from "../contract.ts";
import { bindShown } from "../query/bind.ts";
import { IDENTITY_NAMES } from "../query/identity-fields.ts";
import { fieldNames } from "../query/names.ts";
import type { Result } from "../query/result.ts";

/** Entries that are parsed again to learn whether any has a field that no column holds. */
const PARSED = 20_000;

/**
 * Query names in the order of the columns. "all": every canonical and original field that an exported entry has; one
 * that no column holds is taken as present where too many entries would have to be parsed to know.
 */
export function exportColumns(result: Result, columns: ExportRequest["columns"]): readonly string[] {
  const isTime = (name: string): boolean => name === "time";
  if (columns !== "all") {
    const names = fieldNames(result.columns);
    return [...new Set(columns.map((name) => names.require(name)))].filter((name) => !isTime(name));
  }
  const { canonicalNames, originalNames, overflowNames } = result.columns;
  const stored = new Set(canonicalNames);
  const canonical = CANONICAL.filter((name) => stored.has(name) || name === "data");
  const originals = [...originalNames, ...overflowNames].map((name) => `raw.${name}`);
  return [...canonical, ...IDENTITY_NAMES, ...originals].filter((name) => isPresent(result, name));
}

function isPresent({ columns, selection }: Result, name: string): boolean {
  const field = bindShown(columns, name);
  switch (field.kind) {
    case "dict":
      return selection.some((entry) => field.codes[entry] !== 0);
    case "list":
      return selection.some((entry) => field.ends[entry] !== (entry === 0 ? 0 : field.ends[entry - 1]));
    case "hash64":
      return selection.some((entry) => field.words[entry * 2] !== 0 || field.words[entry * 2 + 1] !== 0);
    case "reread":
      return (
        selection.length > PARSED || selection.some((entry) => (columns.text.values(entry, [name])[0] ?? []).length > 0)
      );
    case "none":
      return false;
    default:
      return true;
  }
}
