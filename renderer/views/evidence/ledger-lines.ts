/** The ledger of a member as a table that adds up, or says by how much it does not. */
import type { MemberInfo } from "../../../workers/contract.ts";
import { accounted } from "./evidence-rows.ts";

type ByteKind = "entries" | "rejects" | "ignored" | "blank";

export interface LedgerLine {
  readonly kind: ByteKind;
  readonly title: string;
  readonly bytes: number;
  readonly share: string;
  /** How many there are; undefined where they are only counted together with another kind. */
  readonly count: number | undefined;
  readonly note: string | undefined;
}

export interface LedgerTable {
  readonly lines: readonly LedgerLine[];
  readonly sum: number;
  readonly total: number;
  /** Bytes that lie on no line, negative when some lie on two. */
  readonly missing: number;
}

export function ledgerTable(member: MemberInfo): LedgerTable {
  const { ledger, ignored } = member;
  const sum = accounted(ledger);
  const line = (kind: ByteKind, title: string, count: number | undefined, note?: string): LedgerLine => ({
    kind,
    title,
    bytes: ledger[kind],
    share: shareOf(ledger[kind], ledger.total),
    count,
    note,
  });
  // Blank lines and other ignored units are counted in one figure.
  const both = ledger.ignored > 0 && ledger.blank > 0;
  // What no format was found for is ignored as a whole, without being counted.
  const counted = (bytes: number): number | undefined => (bytes === 0 ? 0 : ignored === 0 ? undefined : ignored);
  return {
    lines: [
      line("entries", "Entries", member.entries),
      line("rejects", "Rejects", member.rejects),
      line("ignored", "Ignored", both ? undefined : counted(ledger.ignored), both ? "with blank:" : undefined),
      line("blank", "Blank", counted(ledger.blank)),
    ],
    sum,
    total: ledger.total,
    missing: ledger.total - sum,
  };
}

/** Four digits, cut off: only all of it is 100 %, and something is never 0. */
export function shareOf(part: number, whole: number): string {
  if (part === 0) return "0 %";
  if (part === whole) return "100 %";
  const parts = Number((BigInt(part) * 1_000_000n) / BigInt(whole));
  if (parts === 0) return "< 0.0001 %";
  return `${Math.floor(parts / 10_000)}.${String(parts % 10_000).padStart(4, "0")} %`;
}
