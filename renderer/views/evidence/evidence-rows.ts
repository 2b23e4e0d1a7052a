/** Sources and members as rows of the evidence table. A plain file is one row: it is its own member. */
import type { CaseInfo, Ledger, MemberId, MemberInfo, SourceId, SourceInfo } from "../../../workers/contract.ts";
import { isCaseIncomplete, lacksPassword, shownSources, standingOf } from "../../app/source-standing.ts";
import { shareText } from "../../ui/count.tsx";

export interface EvidenceRow {
  /** "s1" or "m4": stays the same while the case grows. */
  readonly key: string;
  readonly level: 1 | 2;
  readonly source: SourceInfo;
  /** Undefined for an archive, and for a source without any member. */
  readonly member: MemberInfo | undefined;
  readonly name: string;
  readonly format: string;
  readonly bytes: number;
  /** Undefined where members are counted on rows of their own. */
  readonly entries: number | undefined;
  readonly rejects: number | undefined;
  readonly ledger: LedgerState;
  /** Of an archive: its members are shown. */
  readonly open: boolean | undefined;
}

export type LedgerState =
  | { readonly kind: "whole"; readonly text: string }
  | { readonly kind: "short"; readonly text: string }
  | { readonly kind: "yet"; readonly text: string }
  | { readonly kind: "incomplete"; readonly text: string }
  | { readonly kind: "failed"; readonly text: string }
  | { readonly kind: "none"; readonly text: string };

export function evidenceRows(info: CaseInfo, closed: ReadonlySet<SourceId>): readonly EvidenceRow[] {
  return shownSources(info).flatMap((source) => {
    const [only] = source.members;
    if (source.container === "plain" && only !== undefined && source.members.length === 1)
      return [singleRow(source, only)];
    const open = !closed.has(source.id);
    const head = archiveRow(source, source.members.length === 0 ? undefined : open);
    return [head, ...(open ? source.members.map((member) => memberRow(source, member, 2)) : [])];
  });
}

const singleRow = (source: SourceInfo, member: MemberInfo): EvidenceRow => ({
  ...memberRow(source, member, 1),
  name: source.name,
});

function memberRow(source: SourceInfo, member: MemberInfo, level: 1 | 2): EvidenceRow {
  return {
    key: `m${member.id}`,
    level,
    source,
    member,
    name: member.path,
    format: member.formatTitle === "" ? stateWord(member.state) : member.formatTitle,
    bytes: member.bytes,
    entries: member.entries,
    rejects: member.rejects,
    ledger: memberLedger(source, member),
    open: undefined,
  };
}

function archiveRow(source: SourceInfo, open: boolean | undefined): EvidenceRow {
  const count = source.members.length;
  return {
    key: `s${source.id}`,
    level: 1,
    source,
    member: undefined,
    name: source.name,
    format: count === 0 ? "no member" : `${source.container}, ${count} ${count === 1 ? "member" : "members"}`,
    bytes: source.bytes,
    entries: undefined,
    rejects: undefined,
    ledger: sourceLedger(source),
    open,
  };
}

function stateWord(state: MemberInfo["state"]): string {
  if (state === "unrecognised") return "not recognised";
  return state === "refused" ? "refused" : "";
}

export const accounted = ({ entries, rejects, ignored, blank }: Ledger): number => entries + rejects + ignored + blank;

export function memberLedger(source: SourceInfo, member: MemberInfo): LedgerState {
  const { ledger, state } = member;
  const text = `${shareText(accounted(ledger), ledger.total)} %`;
  if (state === "refused" && lacksPassword(member.problem)) return { kind: "incomplete", text: "locked" };
  if (state === "refused") return { kind: "failed", text: "refused" };
  // A member that an interruption cut off is as incomplete as its source; one that could not be read has failed.
  if (state === "failed" && source.state === "failed" && member.problem === undefined) return INCOMPLETE;
  if (state === "failed") return { kind: "failed", text: "failed" };
  if (state === "importing") return source.state === "importing" ? { kind: "yet", text } : INCOMPLETE;
  if (state === "cancelled") return INCOMPLETE;
  return { kind: accounted(ledger) === ledger.total ? "whole" : "short", text };
}

const INCOMPLETE: LedgerState = { kind: "incomplete", text: "incomplete" };

/** Of an archive: a tick once each of its members is accounted for. */
function sourceLedger(source: SourceInfo): LedgerState {
  const standing = standingOf(source);
  if (standing === "failed") return { kind: "failed", text: "failed" };
  if (standing === "incomplete") return INCOMPLETE;
  if (standing === "importing") return { kind: "yet", text: "importing" };
  const states = source.members.map((member) => memberLedger(source, member).kind);
  if (states.length === 0) return { kind: "none", text: "" };
  if (states.every((kind) => kind === "whole")) return { kind: "whole", text: "" };
  return states.every((kind) => kind === "whole" || kind === "incomplete")
    ? { kind: "incomplete", text: "in part" }
    : { kind: "short", text: "not whole" };
}

export interface EvidenceSum {
  readonly bytes: number;
  readonly entries: number;
  readonly rejects: number;
  readonly ledger: LedgerState;
}

/** Bytes are those of members as expanded; a refused one has none that could be read. */
export function evidenceSum(info: CaseInfo): EvidenceSum {
  const text = `${shareText(info.accounted, info.bytes)} %`;
  const isWhole = info.accounted === info.bytes;
  const kind = info.state === "importing" ? "yet" : isCaseIncomplete(info) ? "incomplete" : isWhole ? "whole" : "short";
  return { bytes: info.bytes, entries: info.entries, rejects: info.rejects, ledger: { kind, text } };
}

export function rowOfMember(rows: readonly EvidenceRow[], member: MemberId | undefined): number {
  return rows.findIndex((row) => row.member !== undefined && row.member.id === member);
}
