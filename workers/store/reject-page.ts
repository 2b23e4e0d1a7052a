import type { MemberId, RejectPage, RejectRow } from "../contract.ts";
import type { BlockStore } from "./block-store.ts";
import type { ReadDb } from "./connection.ts";
import { rejectPage, type RejectRecord, rejectsByReason } from "./statements/evidence.ts";

const SHOWN_BYTES = 4_096;

/** A page of the rejects of all sources that were not removed; `byReason` counts before `code` narrows them. */
export function readRejects(
  db: ReadDb,
  blocks: BlockStore,
  first: number,
  count: number,
  member: MemberId | undefined,
  code: string | undefined,
): RejectPage {
  const byReason = rejectsByReason(db, member);
  const shown = code === undefined ? byReason : byReason.filter((reason) => reason.code === code);
  return {
    total: shown.reduce((total, reason) => total + reason.count, 0),
    first,
    rows: rejectPage(db, member, code, first, count).map((row) => rowOf(blocks, row)),
    byReason,
  };
}

function rowOf(blocks: BlockStore, row: RejectRecord): RejectRow {
  return {
    id: row.id,
    member: row.member_id as MemberId,
    line: row.line,
    offset: blocks.offsetOf(row.block_id) + row.off,
    length: row.len,
    code: row.code,
    detail: row.detail,
    bytes: new Uint8Array(blocks.read(row.block_id, row.off, Math.min(row.len, SHOWN_BYTES))),
  };
}
