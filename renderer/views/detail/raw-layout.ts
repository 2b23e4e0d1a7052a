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
  const ordered = tokens.filter((token) => token.end > token.start).toSorted((one, other) => one.start - other.start);
  const edges = edgesOf(bytes, ordered, mark);
  const runs: RawRun[] = [];
  let next = 0;
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const start = edges[index] as number;
    const end = edges[index + 1] as number;
    while (next < ordered.length && (ordered[next] as RecordToken).end <= start) next += 1;
    const token = ordered[next];
    const inside = token !== undefined && token.start < end && token.end > start ? token : undefined;
    runs.push({
      start,
      end,
      role: inside?.kind ?? "plain",
      field: fieldOf(ordered, next, inside),
      marked: mark !== undefined && mark.start < end && mark.end > start,
      parts: byteRuns(bytes.subarray(start, end)),
    });
  }
  return runs;
}

/** A key belongs to the field of the value that follows it. */
function fieldOf(tokens: readonly RecordToken[], at: number, token: RecordToken | undefined): string | undefined {
  if (token === undefined || token.kind !== "key") return token?.field;
  const after = tokens[at + 1];
  const value = after?.kind === "separator" ? tokens[at + 2] : after;
  return token.field ?? (value?.kind === "key" ? undefined : value?.field);
}

function edgesOf(bytes: Uint8Array, tokens: readonly RecordToken[], mark: ByteSpan | undefined): readonly number[] {
  const edges = new Set<number>([0, bytes.length]);
  const add = (at: number): void => {
    if (at > 0 && at < bytes.length) edges.add(wholeBefore(bytes, at));
  };
  for (const { start, end } of tokens) {
    add(start);
    add(end);
  }
  if (mark !== undefined) {
    add(mark.start);
    add(mark.end);
  }
  return bytes.length === 0 ? [] : [...edges].toSorted((one, other) => one - other);
}
