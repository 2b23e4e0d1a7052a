/** What is said of a place in a definition file. */
import type { DefinitionCell, DefinitionFile, DefinitionRow } from "./definition-file.ts";

export type DefinitionName = "eventproperties.csv" | "eventmapping.csv";
export interface Finding {
  readonly file: DefinitionName;
  /** From 1; the column counts chars. */
  readonly line: number;
  readonly column: number;
  /** An error refuses both files; a warning is told and goes on. */
  readonly severity: "error" | "warning";
  readonly text: string;
}
export type Note = (severity: Finding["severity"], cell: DefinitionCell | undefined, text: string) => void;

/** The rows below the header that hold something. */
export function rowsOf({ rows }: DefinitionFile): readonly DefinitionRow[] {
  return rows.slice(1).filter(({ cells }) => cells.some(({ raw }) => raw !== ""));
}
