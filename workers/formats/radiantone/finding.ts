/** What is said of a place in a definition file. */
import type { DefinitionName, MappingFinding } from "../../contract.ts";
import type { DefinitionCell, DefinitionFile, DefinitionRow } from "./definition-file.ts";

/** `offset`: chars from the start of the cell, where less than all of it is meant. */
export type Note = (
  severity: MappingFinding["severity"],
  cell: DefinitionCell | undefined,
  text: string,
  offset?: number,
) => void;

/** The rows below the header that hold something. */
export function rowsOf({ rows }: DefinitionFile): readonly DefinitionRow[] {
  return rows.slice(1).filter(({ cells }) => cells.some(({ raw }) => raw !== ""));
}

/** Collects what is noted of one file, with the place of each cell. */
export class Findings {
  readonly list: MappingFinding[] = [];
  readonly #places = new Map<DefinitionCell, { readonly row: number; readonly cell: number }>();
  readonly #name: DefinitionName;

  constructor(name: DefinitionName, { rows }: DefinitionFile) {
    this.#name = name;
    rows.forEach(({ cells }, row) => cells.forEach((each, cell) => this.#places.set(each, { row, cell })));
  }

  readonly note: Note = (severity, cell, text, offset = 0) => {
    const place = (cell === undefined ? undefined : this.#places.get(cell)) ?? { row: 0, cell: 0 };
    // In a quoted cell a quote stands before the text, and a line end or a quote within moves what follows.
    const isPlain = cell !== undefined && cell.raw === cell.value;
    const column = (cell?.column ?? 1) + (isPlain ? offset : 0);
    this.list.push({ file: this.#name, line: cell?.line ?? 1, column, ...place, severity, text });
  };
}
