/** Bytes of a record as runs of one role: what the raw view paints, and where each run lies. */
import type { RecordToken } from "../../../workers/contract.ts";
import type { TextRun } from "../../ui/text-runs.ts";
import { byteRuns, wholeBefore } from "./utf8.ts";

export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}
export interface RawRun extends ByteSpan {
  readonly role: RecordToken["kind"] | "plain";
  /** Name of the original field whose value, or whose key, these bytes are. */
  readonly field: string | undefined;
  readonly marked: boolean;
  readonly parts: readonly TextRun[];
}

/**
 * Cuts `bytes` at every edge of a token and of the mark. The runs follow each other without gap or overlap from the
 * first byte to the last; an edge inside of a character moves to where that character begins.
 */
export function rawRuns(
  bytes: Uint8Array,
  tokens: readonly RecordToken[],
  mark: ByteSpan | undefined,
): readonly RawRun[] {
  const ordered = tokens
    .map((token) => snapped(bytes, token))
    .filter(({ start, end }) => end > start)
    .toSorted((one, other) => one.start - other.start);
  const wanted = mark && snapped(bytes, mark);
  const edges = edgesOf(bytes, wanted === undefined ? ordered : [...ordered, wanted]);
  const runs: RawRun[] = [];
  let next = 0;
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const start = edges[index] as number;
    const end = edges[index + 1] as number;
    while (next < ordered.length && (ordered[next] as RecordToken).end <= start) next += 1;
    const token = ordered[next];
    const inside = token !== undefined && token.start < end ? token : undefined;
    runs.push({
      start,
      end,
      role: inside?.kind ?? "plain",
      field: fieldOf(ordered, next, inside),
      marked: wanted !== undefined && wanted.start < end && wanted.end > start,
      parts: byteRuns(bytes.subarray(start, end)),
    });
  }
  return runs;
}

function snapped<T extends ByteSpan>(bytes: Uint8Array, span: T): T {
  return { ...span, start: wholeBefore(bytes, span.start), end: wholeBefore(bytes, span.end) };
}

/** A key belongs to the field of the value that follows it. */
function fieldOf(tokens: readonly RecordToken[], at: number, token: RecordToken | undefined): string | undefined {
  if (token === undefined || token.kind !== "key") return token?.field;
  const after = tokens[at + 1];
  const value = after?.kind === "separator" ? tokens[at + 2] : after;
  return token.field ?? (value?.kind === "key" ? undefined : value?.field);
}

function edgesOf(bytes: Uint8Array, spans: readonly ByteSpan[]): readonly number[] {
  if (bytes.length === 0) return [];
  const inside = spans.flatMap(({ start, end }) => [start, end]).filter((at) => at > 0 && at < bytes.length);
  return [...new Set([0, ...inside, bytes.length])].toSorted((one, other) => one - other);
}
