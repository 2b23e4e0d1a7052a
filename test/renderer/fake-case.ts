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
    format: "aqtive-guard",
    title: "AQtive Guard",
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
    timeRevision: 0,
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

/** The case of someone whose import was cut off, whose archive is locked and met a limit, and whose page is one of many. */
export function troubledCase(rows: readonly FakeRow[], revision: number): CaseInfo {
  const whole = fakeCase(rows, "incomplete", revision);
  const sources = whole.sources.map((source) => TROUBLES[source.id]?.(source) ?? source);
  return { ...whole, sources, accounted: Math.floor(whole.bytes * 0.6) };
}

const TROUBLES: Readonly<Record<number, (source: SourceInfo) => SourceInfo>> = {
  0: (source) => ({
    ...source,
    state: "failed",
    sha256: undefined,
    problems: [
      {
        code: "cancelled",
        message: "The import of audit.log was interrupted before its end.",
        next: "Remove this source and import the file again; what was read is shown until then.",
        source: source.name,
      },
    ],
    members: source.members.map((member) => ({
      ...member,
      state: "failed",
      sha256: undefined,
      ledger: { ...member.ledger, entries: 331_402_118 },
    })),
  }),
  1: (source) => ({
    ...source,
    members: source.members.map((member) => ({
      ...member,
      reading: {
        encoding: "utf-16le",
        table: { delimiter: ",", columns: ["Date", "Performed By", "Type"] },
        year: 2026,
        yearFrom: "file time",
        names: { origin: "etc/passwd", users: { "0": "root", "1004": "dba-02" }, groups: { "0": "root" } },
      },
      problem: {
        code: "format.partial",
        message: "The log is page 1 of 12 of what the server has.",
        next: "Export the other pages too, if they matter.",
      },
    })),
  }),
  2: (source) => ({
    ...source,
    problems: [
      {
        code: "container.too-large",
        message: "cs-logs-bundle.zip unpacks to more than 200 times its size.",
        next: "Leave it out, or continue past this limit.",
        source: source.name,
      },
    ],
    members: source.members.map((member) => ({
      ...member,
      state: "refused",
      problem: {
        code: "container.encrypted",
        message: "logs/events.jsonl is encrypted.",
        next: "Add the archive with its password.",
        member: member.path,
      },
    })),
  }),
};
