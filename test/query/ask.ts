/** Asks a case made of rows, as tests read best. */
import type { Fault, QueryRequest } from "../../workers/contract.ts";
import type { CaseColumns } from "../../workers/query/columns.ts";
import { faultOf } from "../../workers/base/fault.ts";
import { Result } from "../../workers/query/result.ts";

export const go = () => undefined;

export function request(text: string, changes: Partial<QueryRequest> = {}): QueryRequest {
  return { clauses: [], text, range: {}, zone: "UTC", sort: { field: "time", descending: false }, ...changes };
}

/** Matching entries in order. */
export async function ask(columns: CaseColumns, text: string, changes: Partial<QueryRequest> = {}): Promise<number[]> {
  return [...(await Result.open(columns, request(text, changes), go)).selection];
}

export function faultFrom(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    const fault = faultOf(error);
    if (fault !== undefined) return fault;
    throw error;
  }
  throw new Error("no fault");
}
