/** Messages of devices: a header in fields and an extension of keys with values, as they stand in one line (latin1). */
import type { JsonObject } from "../base/json.ts";
import type { JsonSpans, ValueSpan } from "../base/json-spans.ts";
import type { RecordToken } from "../contract.ts";

export interface KeyedMessage {
  readonly value: JsonObject;
  readonly parts: readonly KeyedPart[];
}
/** Where a value stands in the line, and its key if it has one. */
export interface KeyedPart {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly key: { readonly start: number; readonly end: number } | undefined;
}

/** A key that comes again keeps its values apart, as a repeated name of JSON does. */
export function freeName(value: Readonly<Record<string, unknown>>, name: string, repeats: Map<string, number>): string {
  if (!(name in value)) return name;
  let ordinal = repeats.get(name) ?? 2;
  while (`${name}#${ordinal}` in value) ordinal++;
  repeats.set(name, ordinal + 1);
  return `${name}#${ordinal}`;
}

/** The tokens cover all `length` bytes of the record. */
export function keyedSpans({ parts }: KeyedMessage, length: number): JsonSpans {
  const values = new Map<string, ValueSpan>();
  const tokens: RecordToken[] = [];
  let covered = 0;
  const token = (start: number, end: number, kind: RecordToken["kind"], field?: string): void => {
    if (start > covered) tokens.push({ start: covered, end: start, kind: "separator" });
    if (end > start) tokens.push(field === undefined ? { start, end, kind } : { start, end, kind, field });
    covered = Math.max(covered, end);
  };
  for (const { path, start, end, key } of parts) {
    if (end > start) values.set(path, { start, end, wrapper: undefined });
    if (key !== undefined) token(key.start, key.end, "key");
    token(start, end, "value", path);
  }
  token(length, length, "separator");
  return { values, tokens };
}
