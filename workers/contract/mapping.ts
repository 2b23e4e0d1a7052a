/** The two definition files of a RadiantOne log collection, as the window edits them. Plain data. */

export type DefinitionName = "eventproperties.csv" | "eventmapping.csv";

/** Text of the two files, byte order mark and line ends included. */
export interface MappingTexts {
  readonly properties: string;
  readonly attributes: string;
}

export interface MappingFinding {
  readonly file: DefinitionName;
  /** From 1; the column counts chars. */
  readonly line: number;
  readonly column: number;
  /** The cell that it concerns, from 0; row 0 is the header. */
  readonly row: number;
  readonly cell: number;
  /** An error refuses both files; a warning is told and goes on. */
  readonly severity: "error" | "warning";
  readonly text: string;
}

/** One change. Rows and cells count as in `DefinitionTable` after the changes before it. */
export type MappingEdit =
  | {
      readonly kind: "cell";
      readonly file: DefinitionName;
      readonly row: number;
      readonly cell: number;
      readonly value: string;
    }
  /** A row at the end of each file that does not have the id yet; `like` is the id whose row of the mapping is copied. */
  | { readonly kind: "add"; readonly id: string; readonly like?: string }
  /** Takes the rows of an id out of both files. */
  | { readonly kind: "remove"; readonly id: string }
  /** Takes one row out of one file, where its id stands twice or is empty. */
  | { readonly kind: "remove-row"; readonly file: DefinitionName; readonly row: number }
  /** Names the columns of the mapping as the vendor does, and adds those that are missing, empty. */
  | { readonly kind: "header" }
  /** One more numbered column in the event properties. */
  | { readonly kind: "property" };

export interface DefinitionTable {
  readonly columns: readonly string[];
  /** `row` is the place in the file, blank lines included; the header is row 0 and not among them. */
  readonly rows: readonly { readonly row: number; readonly line: number; readonly cells: readonly string[] }[];
}
export interface MappingDraft {
  readonly texts: MappingTexts;
  readonly properties: DefinitionTable;
  readonly attributes: DefinitionTable;
  readonly findings: readonly MappingFinding[];
  /** No finding is an error: entries can be read through it. */
  readonly usable: boolean;
}

/** How definitions fit the first records of a member. */
export interface MappingFit {
  /** The column of the event ids; undefined where none holds any. */
  readonly eventId: string | undefined;
  /** How many of the `records` have a known id there. */
  readonly known: number;
  readonly records: number;
  /** Half of the records or more have one: the member is read through the definitions. */
  readonly fits: boolean;
  /** Columns that the first of the records have, for people who write templates. */
  readonly columns: readonly string[];
  /** Placeholders of the mapping that none of the records, or no event, has. */
  readonly unknown: readonly string[];
}

export interface SavedMapping {
  readonly folder: string;
  readonly files: readonly DefinitionName[];
}

/** Columns of the attribute mapping that the vendor calls mandatory. */
export const MANDATORY_COLUMNS: readonly string[] = [
  "log_datasource",
  "log_family",
  "log_date",
  "log_whologin",
  "log_whorepository",
  "log_whateventcode",
  "log_whateventcodelabel",
  "log_whataction",
  "log_whatcount",
];
