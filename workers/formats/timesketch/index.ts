/**
 * Timesketch: a timeline as CSV or JSON lines. Source: Timesketch user guide, "Create a timeline from JSON/JSONL/CSV
 * file" (message, datetime and timestamp_desc are mandatory; timestamp is µs since 1970).
 */
import { jsonText } from "../../base/json.ts";
import { epochMicros, type ParsedTime } from "../../base/time.ts";
import { parseWritten } from "../../base/written-time.ts";
import { defineMapped } from "../mapped.ts";
import type { Found, Mapping } from "../mapper.ts";
import type { RecordTime } from "../time-column.ts";
import { TABLE } from "./table.ts";

export const timesketch = defineMapped({
  id: "timesketch",
  title: "Timesketch timeline",
  samples: [
    '{"message":"opened /etc/shadow","timestamp":1736510400250000,"datetime":"2025-01-10T12:00:00.250000+00:00","timestamp_desc":"Event Logged","user":"eva"}',
  ],
  table: TABLE,
  recordTitle: "Timesketch event",
  has: "message, timestamp_desc and a datetime or timestamp",
  fits: (object) =>
    "message" in object && "timestamp_desc" in object && ("datetime" in object || "timestamp" in object),
  time: timeOf,
});

const WRITTEN = ["datetime"] as const;
const NUMBER = ["timestamp"] as const;

/** `datetime` wins, even where it cannot be read: that the other one would say the same is not known. */
function timeOf(mapping: Mapping): RecordTime | undefined {
  const written = filled(mapping, WRITTEN);
  const found = written ?? filled(mapping, NUMBER);
  if (found === undefined) return undefined;
  const text = jsonText(found.value).trim();
  const time =
    written === undefined ? (microseconds(text) ?? parseWritten(text, undefined)) : parseWritten(text, undefined);
  if (time?.at !== undefined) {
    mapping.use(found.path);
    mapping.noteTime();
  }
  return { found, time };
}

/** Cells may hold nothing but blanks. */
function filled(mapping: Mapping, paths: readonly string[]): Found | undefined {
  const found = mapping.find(paths);
  return found === undefined || jsonText(found.value).trim() === "" ? undefined : found;
}

/** Whole µs since 1970, however many digits: small numbers are early, not seconds. */
function microseconds(text: string): ParsedTime | undefined {
  if (!/^-?\d{1,18}$/.test(text)) return undefined;
  const micros = Number(text);
  const at = Number.isSafeInteger(micros) ? epochMicros(0, micros) : undefined;
  return { at, precision: 6, zoneless: false, offsetMinutes: 0 };
}
