/** Records of one event that say the same. */
import { isStampless, type AuditRecord } from "./record.ts";

export interface Told {
  /** Each once. */
  readonly records: readonly AuditRecord[];
  readonly repeats: readonly AuditRecord[];
  /** The audit transport's line of a record that the kernel printed as well: both are in the journal, by design. */
  readonly twins: readonly AuditRecord[];
}

/** `all`: the records of an event, in the order of their bytes. */
export function toldOnce(all: readonly AuditRecord[]): Told {
  const twins = all.some(isStampless) ? twinsOf(all) : NONE;
  const own = twins.size === 0 ? all : all.filter((record) => !twins.has(record));
  const repeats = own.length <= FEW ? repeatsOfFew(own) : repeatsOfMany(own);
  const records = repeats.size === 0 ? own : own.filter((record) => !repeats.has(record));
  return { records, repeats: [...repeats], twins: [...twins] };
}

function twinsOf(all: readonly AuditRecord[]): ReadonlySet<AuditRecord> {
  const printed = new Set(all.filter((record) => !isStampless(record)).map(textOf));
  if (printed.size === 0) return NONE;
  return new Set(all.filter((record) => isStampless(record) && isPrinted(record, printed)));
}

/** Without a stamp of its own it is here because a line that the kernel printed says the same. */
function isPrinted(record: AuditRecord, printed: ReadonlySet<string>): boolean {
  return record.stamp.key === undefined || printed.has(textOf(record));
}

/** Up to here comparing each with each is faster than hashing their text. */
const FEW = 16;
const NONE: ReadonlySet<AuditRecord> = new Set();

/** Records with the type and text of an earlier one; what stands in front (a tag, a header, node=) is not compared. */
function repeatsOfFew(records: readonly AuditRecord[]): ReadonlySet<AuditRecord> {
  let repeats: Set<AuditRecord> | undefined;
  for (let i = 1; i < records.length; i++) {
    const record = records[i] as AuditRecord;
    for (let j = 0; j < i; j++) {
      if (!isRepeat(record, records[j] as AuditRecord)) continue;
      repeats ??= new Set();
      repeats.add(record);
      break;
    }
  }
  return repeats ?? NONE;
}

function isRepeat(a: AuditRecord, b: AuditRecord): boolean {
  return a.type.name === b.type.name && a.end - a.bodyStart === b.end - b.bodyStart && bodyOf(a) === bodyOf(b);
}

function repeatsOfMany(records: readonly AuditRecord[]): ReadonlySet<AuditRecord> {
  const repeats = new Set<AuditRecord>();
  const seen = new Set<string>();
  for (const record of records) {
    const text = textOf(record);
    if (seen.has(text)) repeats.add(record);
    seen.add(text);
  }
  return repeats;
}

function textOf(record: AuditRecord): string {
  return `${record.type.name} ${bodyOf(record)}`;
}

function bodyOf(record: AuditRecord): string {
  return record.text.slice(record.bodyStart, record.end);
}
