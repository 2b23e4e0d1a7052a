/** What the query thread answers: the questions of `EngineApi`, with Faults thrown. */
import type { EngineApi } from "../contract.ts";

type Settled<T> = T extends { readonly ok: true; readonly value: infer Value }
  ? Value
  : T extends { readonly ok: false }
    ? never
    : T;
type Throwing<Method> = Method extends (...values: infer Values) => Promise<infer Answer>
  ? (...values: Values) => Promise<Settled<Answer>>
  : never;

type Question =
  | "rejects"
  | "byteMap"
  | "coverage"
  | "bytes"
  | "fields"
  | "check"
  | "open"
  | "rows"
  | "histogram"
  | "facets"
  | "entry"
  | "reveal"
  | "overlaps"
  | "locate"
  | "explain"
  | "exportPreview"
  | "close";

export type QueryThreadApi = { readonly [Name in Question]: Throwing<EngineApi[Name]> };
export interface QueryThreadData {
  readonly caseFile: string;
}
