/** Where values and meanings come from, as the detail view names it. */
import type { MeaningOrigin } from "../../contract.ts";

export const RECORD: MeaningOrigin = { kind: "record", text: "record" };
export const STAMP: MeaningOrigin = { kind: "record", text: "audit stamp" };
export const JOURNAL_FIELD: MeaningOrigin = { kind: "record", text: "journal field" };
export const NODE: MeaningOrigin = { kind: "record", text: "node=" };
export const TYPE_TABLE: MeaningOrigin = { kind: "table", text: "record type table" };
export const ERRNO_TABLE: MeaningOrigin = { kind: "table", text: "errno table" };
export const KERNEL_TABLE: MeaningOrigin = { kind: "table", text: "kernel table" };
export const MODE_BITS: MeaningOrigin = { kind: "table", text: "mode bits" };
export const COMPUTED: MeaningOrigin = { kind: "computed", text: "computed" };
export const HEX: MeaningOrigin = { kind: "decoded", text: "hex decoded" };
export const HEX_NUL: MeaningOrigin = { kind: "decoded", text: "hex, NUL to blank" };
export const SADDR: MeaningOrigin = { kind: "decoded", text: "socket address decoded" };
export const LABEL: MeaningOrigin = { kind: "decoded", text: "parts of the label" };
export const ARGUMENTS: MeaningOrigin = { kind: "decoded", text: "EXECVE arguments" };
export const NUMBER: MeaningOrigin = { kind: "number", text: "number as it stands" };
export const FORMAT: MeaningOrigin = { kind: "evidence", text: "format" };
export const FILE_NAME: MeaningOrigin = { kind: "evidence", text: "file name" };

const pathItems = new Map<string, MeaningOrigin>();
/** `PATH item 0`. */
export function pathItem(item: string): MeaningOrigin {
  const known = pathItems.get(item);
  if (known !== undefined) return known;
  const origin: MeaningOrigin = { kind: "record", text: `PATH item ${item}` };
  if (pathItems.size < 100) pathItems.set(item, origin);
  return origin;
}

const callTables = new Map<string, MeaningOrigin>();
/** `x86_64 table`. */
export function callTable(machine: string): MeaningOrigin {
  const known = callTables.get(machine);
  if (known !== undefined) return known;
  const origin: MeaningOrigin = { kind: "table", text: `${machine} table` };
  if (callTables.size < 100) callTables.set(machine, origin);
  return origin;
}
