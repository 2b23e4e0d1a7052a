/** The rows of a result as an export takes them. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ExportRow, ExportRows, RowOrigin } from "../export/export-writer.ts";
import { assumptionNames } from "../query/assumed.ts";
import { MAX_ROWS } from "../query/rows.ts";
import type { Result } from "../query/result.ts";
import type { CaseReader } from "../store/case-reader.ts";
import type { CaseSecrets } from "./secrets.ts";

/** Without `secrets` they are written as recorded. */
export function exportRows(
  reader: CaseReader,
  result: Result,
  columns: readonly string[],
  secrets: CaseSecrets | undefined,
): ExportRows {
  return {
    total: result.matched,
    async *pages(signal) {
      for (let first = 0; first < result.matched && !signal.aborted; first += MAX_ROWS) {
        yield exportPage(reader, result, first, MAX_ROWS, columns, secrets);
        // A cancel arrives as a message, which needs a turn to be heard.
        await nextTurn();
      }
    },
  };
}

export function exportPage(
  reader: CaseReader,
  result: Result,
  first: number,
  count: number,
  columns: readonly string[],
  secrets: CaseSecrets | undefined,
): readonly ExportRow[] {
  const found = result.rows(first, count, columns);
  const page = secrets?.page(found, columns) ?? found;
  return Array.from(page.entries, (entry, row) => ({
    time: page.time[row] as number,
    precision: page.precision[row] as number,
    recorded: reader.recordedTime[entry] as number,
    assumed: assumptionNames(page.flags[row] as number),
    cells: page.cells.map((column) => column[row] ?? ""),
    origin: originOf(reader, entry),
  }));
}

function originOf(reader: CaseReader, entry: number): RowOrigin {
  const { member, spans } = reader.placeOf(entry);
  const source = reader.sources.find(({ id }) => id === member.source);
  return {
    source: source?.name ?? "",
    sourceSha256: source?.sha256 ?? "",
    member: member.path,
    memberSha256: member.sha256 ?? "",
    spans: spans.map(({ member: id, offset, length }) =>
      id === member.id ? { offset, length } : { member: reader.memberInfo(id).path, offset, length },
    ),
    parser: member.parser,
    entry,
  };
}
