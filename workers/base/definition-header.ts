/** What the first line of a RadiantOne definition file looks like: told without knowing what is wrong in it. */
import type { DefinitionName } from "../contract.ts";

const SEPARATORS = [";", ",", "\t", "|"] as const;
const PROPERTIES = ["eventid", "message", "category", "subcategory"];
/** With so many columns of a mapping a header is one, whichever is missing or misspelt. */
const FEWEST_MAPPED = 20;
const MAPPED = /^log_(?:mandant|datasource|externalref|family|date|w(?:here|ho|hat)\w+|custom\d+)$/;

/** Which of the two files a text (latin1 or decoded) begins like; undefined for any other. */
export function definitionName(text: string): DefinitionName | undefined {
  const header = /^(?:\ufeff|\u00ef\u00bb\u00bf)?([^\r\n]*)/.exec(text.slice(0, 16_384))?.[1] ?? "";
  for (const separator of SEPARATORS) {
    const columns = header.split(separator).map((column) => column.replaceAll('"', "").trim().toLowerCase());
    if (columns.filter((column) => MAPPED.test(column)).length >= FEWEST_MAPPED) return "eventmapping.csv";
    if (isProperties(columns, separator)) return "eventproperties.csv";
  }
  return undefined;
}

/**
 * These are words that many a log has. Behind them the numbers must follow; that nothing follows is told from a log's
 * own header only by the separator, which is theirs (RadiantOne: `eventid;message;category;subcategory`, then 1, 2, 3 …).
 */
function isProperties(columns: readonly string[], separator: string): boolean {
  if (!PROPERTIES.every((name, at) => columns[at] === name)) return false;
  const fifth = columns[PROPERTIES.length] ?? "";
  return fifth === "" ? separator === ";" : /^\d+$/.test(fifth);
}
