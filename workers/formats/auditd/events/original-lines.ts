/** Records whose lines an object keeps as they were written. */
import { parseLine, type AuditRecord } from "../record.ts";
import type { EventHead, WrittenRecord } from "../rewritten.ts";
import { latin1, type Leaf } from "./leaves.ts";

export interface FromLines {
  readonly head: EventHead;
  readonly records: readonly WrittenRecord<string>[];
}

/**
 * `type`: where the line begins with its stamp. `nameOf`: the name that the object gives the number of a user or group.
 * undefined: no line is a record, or one of them is none.
 */
export function fromLines(
  leaves: readonly Leaf[],
  type: string,
  nameOf: (field: string, value: string) => string | undefined,
): FromLines | undefined {
  const records: WrittenRecord<string>[] = [];
  for (const leaf of leaves) {
    const bytes = latin1(leaf.text).replace(/[\r\n]+$/, "");
    const line = bytes.startsWith("audit(") ? `type=${type} msg=${bytes}` : bytes;
    const text = withNames(line, nameOf);
    const found = parseLine({ offset: 0, length: text.length, line: 0, body: { kind: "text", text }, flags: [] });
    if (found.length === 0) return undefined;
    const pieces = [{ start: 0, end: text.length, from: leaf.path }];
    found.forEach((record, i) => records.push({ record, pieces: i === 0 ? pieces : [] }));
  }
  const first = records[0]?.record;
  return first === undefined ? undefined : { head: headOf(first), records };
}

function headOf({ stamp, node }: AuditRecord): EventHead {
  const { time, precision, timeText, key } = stamp;
  return { node, time, precision, timeText, key };
}

const IDS = ["auid", "uid", "euid", "suid", "fsuid", "gid", "egid", "sgid", "fsgid", "old-auid"];

/** The trailer of an ENRICHED record, where the line has none. */
function withNames(line: string, nameOf: (field: string, value: string) => string | undefined): string {
  if (line.includes("\x1d") || /[A-Z]UID="/.test(line)) return line;
  const names = IDS.flatMap((field) => {
    const value = new RegExp(`[ (']${field}=(\\d+)(?![\\w.])`).exec(line)?.[1];
    const name = value === undefined ? undefined : nameOf(field, value);
    return name === undefined ? [] : [`${field.toUpperCase()}="${latin1(name).replaceAll('"', "'")}"`];
  });
  return names.length === 0 ? line : `${line}\x1d${names.join(" ")}`;
}
