/** The manifest beside an export: what was asked, of which evidence, and the digest of what was written. */
import { GUARD_RULE, LIST_RULE, csvColumns } from "./csv.ts";
import type { ExportFormat, ExportWork, FileDigest, Written } from "./export-writer.ts";

const MANIFEST_VERSION = 1;

export interface Manifest {
  readonly manifest: number;
  readonly tool: string;
  readonly case: { readonly name: string; readonly entries: number };
  readonly query: string;
  readonly sort: string;
  readonly zone: string;
  /** What was assumed about time after the import; absent where nothing was. */
  readonly timeAssumptions?: readonly string[];
  readonly rows: number;
  /** Where rows are not entries. */
  readonly schema?: string;
  readonly entries?: number;
  readonly columns: readonly string[];
  readonly dialect: {
    readonly encoding: "utf-8";
    readonly lineEnd: "lf" | "crlf";
    readonly quoting: "rfc4180" | "json";
    readonly lists?: string;
    readonly formulaGuard: { readonly on: boolean; readonly rule: string; readonly cells: number };
  };
  readonly files: readonly FileDigest[];
  readonly sources: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/** `files`: the export first, then what it holds. */
export function manifestOf(
  format: Pick<ExportFormat, "quoting">,
  work: ExportWork,
  written: Written,
  files: readonly FileDigest[],
): Manifest {
  const { options, context } = work;
  return {
    manifest: MANIFEST_VERSION,
    tool: `Exhibit ${context.toolVersion}`,
    case: { name: context.caseName, entries: context.caseEntries },
    query: context.query,
    sort: context.sort,
    zone: options.zone,
    ...(context.timeAssumptions.length === 0 ? {} : { timeAssumptions: context.timeAssumptions }),
    rows: written.rows,
    ...(written.schema === undefined ? {} : { schema: written.schema.name, entries: written.schema.entries }),
    columns: written.schema?.columns ?? csvColumns(options),
    dialect: {
      encoding: "utf-8",
      lineEnd: options.lineEnd,
      quoting: format.quoting ?? "rfc4180",
      ...(written.schema === undefined ? { lists: LIST_RULE } : {}),
      formulaGuard: {
        on: options.formulaGuard && format.quoting !== "json",
        rule: GUARD_RULE,
        cells: written.guardedCells,
      },
    },
    files,
    sources: context.sources,
  };
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
