/**
 * Audit records as journald keeps them: `SYSCALL arch=…`, without `audit(time:serial)`. JSON and export output name the
 * serial and the time in fields beside the text (`_AUDIT_ID`, `_SOURCE_REALTIME_TIMESTAMP`, systemd.journal-fields(7));
 * short output shows neither.
 */
import type { EpochMicros } from "../../contract.ts";
import type { CarriedRecord, Wrap } from "../format.ts";
import { type RecordType, recordType } from "./record-types.ts";
import type { Stamp } from "./stamp.ts";

export interface JournalHeading {
  readonly type: RecordType;
  readonly typeWord: string;
  readonly stamp: Stamp;
}

/** Of a record that is known by the journal's own fields or by its tag `audit`; undefined = it is none. */
export function journalHeading({ wrap }: CarriedRecord, text: string): JournalHeading | undefined {
  if (wrap === undefined) return undefined;
  const number = fieldOf(wrap, "_AUDIT_TYPE");
  if (number === undefined && wrap.app !== "audit") return undefined;
  const typeWord = /^(?:[A-Z][A-Z0-9_]*|UNKNOWN\[\d+\])(?=\s|$)/.exec(text)?.[0];
  if (typeWord === undefined) return undefined;
  const type = typeOf(typeWord, number);
  if (type === undefined) return undefined;
  return { type, typeWord, stamp: stampOf(wrap, typeWord.length) };
}

/** journald writes `AUDIT1336` for a type that it has no name for. */
function typeOf(word: string, number: string | undefined): RecordType | undefined {
  const bare = /^AUDIT(\d{4})$/.exec(word)?.[1];
  const type = recordType(bare ?? word);
  if (type.number !== undefined) return type;
  return number === undefined ? undefined : recordType(number);
}

function stampOf(wrap: Wrap, end: number): Stamp {
  const serial = fieldOf(wrap, "_AUDIT_ID");
  const micros = fieldOf(wrap, "_SOURCE_REALTIME_TIMESTAMP");
  if (serial === undefined || micros === undefined || !isNumber(serial) || !isNumber(micros)) {
    return { ...NO_STAMP, end };
  }
  const padded = micros.padStart(7, "0");
  const seconds = padded.slice(0, -6);
  const millis = padded.slice(-6, -3);
  // The kernel's stamps are whole milliseconds, which is how the records of the same event are known elsewhere.
  const precision = padded.endsWith("000") ? 3 : 6;
  return {
    at: -1,
    end,
    time: Number(micros) as EpochMicros,
    precision,
    timeText: `${seconds}.${padded.slice(-6, precision === 3 ? -3 : undefined)}`,
    key: `${seconds}.${millis}:${serial.replace(/^0+(?=\d)/, "")}`,
  };
}

const NO_STAMP: Stamp = { at: -1, end: 0, time: undefined, precision: 0, timeText: "", key: undefined };

function isNumber(text: string): boolean {
  return /^\d{1,16}$/.test(text);
}

function fieldOf(wrap: Wrap, name: string): string | undefined {
  return wrap.fields.find(([field]) => field === name)?.[1];
}
