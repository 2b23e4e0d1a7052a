/** What each condition of a query does to the result: how many entries it matches alone, and how many would without it. */
import type { CaseColumns } from "./columns.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ClauseCount, QueryRequest } from "../contract.ts";
import { queryParts } from "./clauses.ts";
import { evaluate } from "./compile.ts";
import { fieldNames } from "./names.ts";
import { print } from "./print.ts";
import { shownEntries } from "./shown.ts";

/** Faults: those of `queryParts`; what the checkpoint throws. */
export async function explain(
  columns: CaseColumns,
  request: QueryRequest,
  checkpoint: Checkpoint,
): Promise<readonly ClauseCount[]> {
  const parts = queryParts(request, fieldNames(columns));
  const shown = shownEntries(columns);
  /** Of each entry: how many conditions it fails (2 = several), and the last of them. */
  const fails = new Uint8Array(columns.entries);
  const failed = new Uint16Array(columns.entries);
  const alone: number[] = [];
  for (const [index, { node }] of parts.entries()) {
    const mask = await evaluate(columns, node, checkpoint);
    let count = 0;
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 1) count++;
      else if (shown[i] === 1) {
        fails[i] = fails[i] === 0 ? 1 : 2;
        failed[i] = index;
      }
    }
    alone.push(count);
  }
  let matched = 0;
  const onlyThis = parts.map(() => 0);
  for (let i = 0; i < fails.length; i++) {
    if (shown[i] === 0) continue;
    if (fails[i] === 0) matched++;
    else if (fails[i] === 1) onlyThis[failed[i] as number] = (onlyThis[failed[i] as number] as number) + 1;
  }
  return parts.map(({ part, node }, index) => ({
    text: print(node),
    part,
    alone: alone[index] as number,
    without: matched + (onlyThis[index] as number),
  }));
}
