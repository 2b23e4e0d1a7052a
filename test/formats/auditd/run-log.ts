import { lines } from "../../../workers/carriers/lines.ts";
import type { IdentityNames, Interpretation, MeaningOrigin } from "../../../workers/contract.ts";
import { auditd } from "../../../workers/formats/auditd/index.ts";
import type { AnyFormat, CarriedRecord, Explanation, ReadContext } from "../../../workers/formats/format.ts";

export interface ReadEntry {
  readonly time: number | undefined;
  readonly precision: number;
  readonly timeText: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly origins: Readonly<Record<string, MeaningOrigin>>;
  readonly originals: Readonly<Record<string, readonly string[]>>;
  readonly flags: readonly string[];
  readonly carried: readonly CarriedRecord[];
  readonly duplicates: number;
  readonly explanation: Explanation;
  readonly marks: readonly { readonly name: string; readonly value: string; readonly text: string }[];
}
export interface ReadLog {
  readonly entries: readonly ReadEntry[];
  readonly rejects: readonly { readonly record: CarriedRecord; readonly code: string }[];
  readonly ignored: readonly CarriedRecord[];
  /** Bytes that the carrier itself found blank or no log. */
  readonly otherBytes: number;
  readonly blankLines: number;
  readonly heads: readonly CarriedRecord[];
}

const PLAIN: ReadContext = { zone: undefined, memberName: "audit.log" };

/** A log through the real carrier and the format, in chunks of `chunk` bytes. */
export function readLog(
  bytes: Uint8Array,
  chunk = bytes.length,
  format: AnyFormat = auditd,
  context: ReadContext = PLAIN,
): ReadLog {
  const entries: ReadEntry[] = [];
  const rejects: { record: CarriedRecord; code: string }[] = [];
  const ignored: CarriedRecord[] = [];
  const heads: CarriedRecord[] = [];
  let otherBytes = 0;
  let blankLines = 0;
  const assembler = format.assemble(context, {
    entry: (carried, duplicates, write, explain) => entries.push(collect(carried, duplicates, write, explain)),
    reject: (record, code) => rejects.push({ record, code }),
    ignore: (record) => ignored.push(record),
  });
  const splitter = lines.split(
    {
      record(record) {
        heads.push(record);
        assembler.push(record);
      },
      reject: (_offset, length) => (otherBytes += length),
      ignore: (_offset, length) => (otherBytes += length),
      blank(_offset, length) {
        otherBytes += length;
        blankLines++;
      },
      note() {},
    },
    {},
  );
  for (let at = 0; at < bytes.length; at += chunk) splitter.push(bytes.subarray(at, at + chunk));
  splitter.finish();
  assembler.finish();
  return { entries, rejects, ignored, otherBytes, blankLines, heads };
}

type Write = Parameters<Parameters<AnyFormat["assemble"]>[1]["entry"]>[2];

function collect(
  carried: readonly CarriedRecord[],
  duplicates: number,
  write: Write,
  explain: () => Explanation,
): ReadEntry {
  const fields: Record<string, string> = {};
  const origins: Record<string, MeaningOrigin> = {};
  const originals: Record<string, string[]> = {};
  const flags = new Set<string>();
  const marks: { name: string; value: string; text: string }[] = [];
  const note = (name: string, value: string, mark: { record: number; start: number; end: number } | undefined) => {
    const body = mark === undefined ? undefined : carried[mark.record]?.body;
    if (mark !== undefined && body?.kind === "text")
      marks.push({ name, value, text: body.text.slice(mark.start, mark.end) });
  };
  let time: number | undefined;
  let precision = 0;
  let timeText = "";
  write({
    time(at, digits, text, _origin, mark) {
      time = at;
      precision = digits;
      timeText = text;
      note("time", text, mark);
    },
    text(field, value, origin, mark) {
      fields[field] = value;
      if (origin !== undefined) origins[field] = origin;
      note(field, value, mark);
    },
    original(name, value, mark) {
      const values = (originals[name] ??= []);
      if (!values.includes(value)) values.push(value);
      note(`raw.${name}`, value, mark);
    },
    originalIn(name, text, start, end, record) {
      this.original(name, text.slice(start, end), { record, start, end });
    },
    flag: (flag) => flags.add(flag),
  });
  let explanation: Explanation | undefined;
  return {
    time,
    precision,
    timeText,
    fields,
    origins,
    originals,
    flags: [...flags],
    carried,
    duplicates,
    marks,
    get explanation() {
      explanation ??= explain();
      return explanation;
    },
  };
}

/** Cuts an entry's own bytes out of the log and reads them again, as the detail view does. */
export function rereadEntry(bytes: Uint8Array, entry: ReadEntry): readonly ReadEntry[] {
  const entries: ReadEntry[] = [];
  const assembler = auditd.assemble(
    { zone: undefined, memberName: "audit.log" },
    {
      entry: (carried, duplicates, write, explain) => entries.push(collect(carried, duplicates, write, explain)),
      reject: () => undefined,
      ignore: () => undefined,
    },
  );
  for (const { offset, length, line } of entry.carried) {
    const record = lines.reread(bytes.subarray(offset, offset + length), offset, line, {}, undefined);
    if (record !== undefined) assembler.push(record);
  }
  assembler.finish();
  return entries;
}

export function logOf(...linesOfLog: readonly string[]): ReadLog {
  return readLog(new Uint8Array(Buffer.from(`${linesOfLog.join("\n")}\n`, "utf8")));
}

/** The same where a passwd or group file was found beside the log. */
export function onlyEntryNamed(names: IdentityNames, ...linesOfLog: readonly string[]): ReadEntry {
  const bytes = new Uint8Array(Buffer.from(`${linesOfLog.join("\n")}\n`, "utf8"));
  const { entries } = readLog(bytes, bytes.length, auditd, { ...PLAIN, names });
  if (entries.length !== 1) throw new Error(`${entries.length} entries, one expected`);
  return entries[0] as ReadEntry;
}

export function onlyEntry(...linesOfLog: readonly string[]): ReadEntry {
  const { entries } = logOf(...linesOfLog);
  if (entries.length !== 1) throw new Error(`${entries.length} entries, one expected`);
  return entries[0] as ReadEntry;
}

export function meaningOf(entry: ReadEntry, field: string): Interpretation | undefined {
  return entry.explanation.interpretations.find((one) => one.field === field);
}
