/** What the query thread answers: the questions of `EngineApi`, with Faults thrown. */
import type { EngineApi } from "../contract.ts";
import type { MatchOutcome } from "./identity-matching.ts";

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
  | "identities"
  | "worklist"
  | "close";

export type QueryThreadApi = { readonly [Name in Question]: Throwing<EngineApi[Name]> } & {
  /** Matches every distinct pair of the case by what is in force, for the writer to store. */
  matchIdentities(): Promise<MatchOutcome>;
};
export interface QueryThreadData {
  readonly caseFile: string;
}
