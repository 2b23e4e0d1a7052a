import type {
  CaseInfo,
  EpochMicros,
  Fault,
  Ledger,
  MemberId,
  MemberInfo,
  Sha256,
  SourceId,
  SourceInfo,
} from "../../workers/contract.ts";
import type { FakeRow } from "./fake-rows.ts";

const SHA = "5c1e09f47a3d1b60c2e88f150d94a7e361bf5a209ce4d87324f01b6e8d35b7a2" as Sha256;

interface FakeSource {
  readonly name: string;
  readonly member: string;
  readonly container: string;
  readonly code: string;
  readonly format: string;
  readonly title: string;
  readonly bytes: number;
  readonly rejects: number;
}
const SOURCES: readonly FakeSource[] = [
  {
    name: "audit.log",
    member: "audit.log",
    container: "plain",
    code: "AU",
    format: "auditd",
    title: "Linux auditd, raw and enriched",
    bytes: 731_402_118,
    rejects: 3,
  },
  {
    name: "air-auditlogs-dump.json",
    member: "air-auditlogs-dump.json",
    container: "plain",
    code: "AI",
    format: "binalyze-air",
    title: "Binalyze AIR, mongoexport lines",
    bytes: 48_903_377,
    rejects: 0,
  },
  {
    name: "cs-logs-bundle.zip",
    member: "logs/events.jsonl",
    container: "zip",
    code: "CS",
    format: "jsonl",
    title: "JSON lines",
    bytes: 30_118_902,
    rejects: 0,
  },
];

export function fakeCase(rows: readonly FakeRow[], state: CaseInfo["state"], revision: number): CaseInfo {
  const sources = SOURCES.map((source, index) => sourceInfo(source, index, rows));
  const bytes = SOURCES.reduce((sum, source) => sum + source.bytes, 0);
  return {
    name: "INC-2041 harbour payroll",
    file: "/cases/inc-2041.exhibit",
    schema: 1,
    revision,
    entries: rows.length,
    rejects: 3,
    state,
    accounted: state === "importing" ? Math.floor(bytes * 0.9248) : bytes,
    bytes,
    sources,
    bytesOnDisk: 190_000_000,
  };
}

function sourceInfo(source: FakeSource, index: number, rows: readonly FakeRow[]): SourceInfo {
  return {
    id: index as SourceId,
    name: source.name,
    path: `/evidence/${source.name}`,
    bytes: source.bytes,
    mtime: Date.UTC(2026, 7, 12, 17, 20, 9),
    sha256: SHA,
    container: source.container,
    state: "ready",
    code: source.code,
    lane: index,
    importedAt: Date.UTC(2026, 7, 17, 9, 12, 40),
    members: [memberInfo(source, index, rows)],
    problems: [],
  };
}

function memberInfo(source: FakeSource, index: number, rows: readonly FakeRow[]): MemberInfo {
  const own = rows.filter((row) => row.member === index);
  const times = own.map((row) => row.time).filter((time) => !Number.isNaN(time));
  return {
    id: index as MemberId,
    source: index as SourceId,
    path: source.member,
    carrier: "lines",
    format: source.format,
    formatTitle: source.title,
    parser: `${source.format}@1.0.0`,
    bytes: source.bytes,
    sha256: SHA,
    state: "ready",
    records: own.length * 3,
    entries: own.length,
    firstEntry: own[0]?.id ?? 0,
    rejects: source.rejects,
    ignored: 2,
    undated: own.length - times.length,
    duplicates: 0,
    first: Math.min(...times) as EpochMicros,
    last: Math.max(...times) as EpochMicros,
    ledger: ledgerOf(source),
    reasons: ["50 of 50 lines carry an audit stamp", "type= names known record types"],
    overridden: false,
    zone: undefined,
    reading: {},
    problem: undefined,
  };
}

function ledgerOf(source: FakeSource): Ledger {
  const rejects = source.rejects * 362;
  return { entries: source.bytes - rejects - 1192 - 40, rejects, ignored: 1192, blank: 40, total: source.bytes };
}

export const FAKE_REJECTS = [
  {
    offset: 58_887_432,
    length: 362,
    code: "stamp not readable",
    detail: "the audit stamp has letters where its serial should be",
    text: "type=SYSCALL msg=audit(16523210---): arch=c000003e syscall=257 success=no\n",
  },
  {
    offset: 59_170_544,
    length: 362,
    code: "stamp not readable",
    detail: "the audit stamp has letters where its serial should be",
    text: 'type=CWD msg=audit(16523210---): cwd="/root"\n',
  },
  {
    offset: 147_973_540,
    length: 402,
    code: "cut off",
    detail: "the line ends at byte 402, before its record does",
    text: "type=PATH msg=audit(1786512003.771:\n",
  },
] as const;

export const stale: Fault = {
  code: "request.stale",
  message: "This result was closed.",
  next: "Run the query again.",
};
