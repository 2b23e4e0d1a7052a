import type { EntryBatch, MemberStart } from "../base/batch.ts";
import type { WriteDb } from "./connection.ts";
import { printReading } from "./reading-json.ts";
import { insertMember } from "./statements/members.ts";
import { insertReading } from "./statements/readings.ts";

/** A member whose end has not come: its row, and what was written of it. */
export interface OpenMember {
  readonly id: number;
  /** Number of its source in the run. */
  readonly source: number;
  /** The case's number of its block 0, once there is one: others' blocks may come before. */
  firstBlock: number | undefined;
  blocks: number;
  /** The case's number of its first entry, once there is one. */
  firstEntry: number;
  bytes: number;
  entries: number;
  rejects: number;
  undated: number;
  first: number;
  last: number;
}

/** Writes the member's row. `entries`: those that the case has. */
export function startMember(
  db: WriteDb,
  source: { readonly id: number; readonly number: number },
  start: MemberStart,
  entries: number,
): OpenMember {
  const id = insertMember(db, {
    source_id: source.id,
    path: start.path,
    ordinal: start.ordinal,
    carrier: start.carrier,
    format: start.format,
    format_title: start.formatTitle,
    parser: start.parser,
    reasons: JSON.stringify(start.reasons),
    overridden: start.overridden ? 1 : 0,
    zone: start.zone === undefined ? null : JSON.stringify(start.zone),
    first_entry: entries,
  });
  const reading = printReading(start.reading);
  if (reading !== undefined) insertReading(db, id, reading);
  return {
    id,
    source: source.number,
    firstBlock: undefined,
    blocks: 0,
    firstEntry: entries,
    bytes: 0,
    entries: 0,
    rejects: 0,
    undated: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  };
}

/** Counts a batch that was written. */
export function tally(member: OpenMember, batch: EntryBatch): void {
  member.entries += batch.count;
  for (let i = 0; i < batch.count; i++) {
    const at = batch.time[i] as number;
    if (at !== at) member.undated++;
    if (at < member.first) member.first = at;
    if (at > member.last) member.last = at;
  }
}
