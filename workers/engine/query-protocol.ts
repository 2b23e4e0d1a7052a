/** What the query thread answers: the questions of `EngineApi`, with Faults thrown. */
import type { EngineApi, MemberId } from "../contract.ts";
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
  | "timeAssumptions"
  | "locate"
  | "explain"
  | "exportPreview"
  | "identities"
  | "worklist"
  | "close";

export type QueryThreadApi = { readonly [Name in Question]: Throwing<EngineApi[Name]> } & {
  /** Matches every distinct pair of the case by what is in force, for the writer to store. */
  matchIdentities(): Promise<MatchOutcome>;
  /** As written-times.ts: what the engine itself asks before a year is changed. */
  writtenTimes(member: MemberId): Promise<Float64Array>;
};
export interface QueryThreadData {
  readonly caseFile: string;
}
