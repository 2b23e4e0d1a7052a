import type { GrantId, InspectedItem, MemberVerdict, Preview } from "../../workers/contract.ts";
import type { FakeRow } from "./fake-rows.ts";

const choices = [
  { choice: "lines+auditd", title: "Linux auditd" },
  { choice: "json-lines+binalyze-air", title: "Binalyze AIR, mongoexport lines" },
  { choice: "json-lines+generic", title: "JSON lines" },
  { choice: "lines+text", title: "Text, one entry a line" },
];

const certain: MemberVerdict = {
  path: "audit.log",
  bytes: 731_402_118,
  verdict: "certain",
  choice: "lines+auditd",
  title: "Linux auditd, raw and enriched",
  reasons: [
    "50 of 50 lines carry an audit stamp",
    "record types are known: SYSCALL, PATH, CWD and 6 more",
    "enriched fields after the group separator",
  ],
  alsoTried: ["JSON lines (first byte is not an object)", "syslog (no priority)"],
  choices,
  problem: undefined,
  comment: undefined,
  reading: {},
  questions: [],
};
const verdicts: readonly MemberVerdict[] = [
  certain,
  {
    ...certain,
    path: "air-auditlogs-dump.json",
    bytes: 48_903_377,
    choice: "json-lines+binalyze-air",
    title: "Binalyze AIR, mongoexport lines",
    reasons: ["9 of 9 expected names in 50 of 50 objects"],
    alsoTried: ["generic JSON lines (fits, less specific)"],
  },
  {
    ...certain,
    path: "logs/notes.txt",
    bytes: 4120,
    verdict: "text",
    choice: "lines+text",
    title: "Text",
    reasons: ["readable text; no line has a time"],
    alsoTried: ["auditd", "JSON lines"],
  },
  {
    ...certain,
    path: "logs/core.1",
    bytes: 88_102,
    verdict: "refused",
    choice: undefined,
    title: "Not a log",
    reasons: [],
    problem: {
      code: "format.unknown",
      message: "core.1 is not text and no known format.",
      next: "Leave it out: its size and digest are kept in the ledger of the archive.",
    },
  },
];

export function fakeInspect(grants: readonly GrantId[]): readonly InspectedItem[] {
  return grants.map((grant, index) => {
    const archive = index === 2;
    return {
      grant,
      name: ["audit.log", "air-auditlogs-dump.json", "cs-logs-bundle.zip"][index] ?? `evidence-${index}.log`,
      bytes: [731_402_118, 48_903_377, 9_340_551][index] ?? 1000,
      container: archive ? "zip" : "plain",
      members: archive
        ? verdicts.slice(2).concat({ ...certain, path: "logs/audit.log" })
        : [verdicts[index] ?? certain],
      problem: undefined,
      alreadyIn: undefined,
      password: "none",
    };
  });
}

export function fakePreview(rows: readonly FakeRow[]): Preview {
  const columns = ["outcome", "actor", "action", "target", "to"];
  return {
    columns,
    rejects: 0,
    rows: rows.slice(0, 10).map((row) => ({
      time: row.time,
      precision: row.precision,
      flags: row.flags,
      cells: columns.map((column) => row.fields[column]?.[0] ?? ""),
      raw: new TextEncoder().encode(
        `type=SYSCALL msg=audit(${(row.time / 1e6).toFixed(3)}:${90_000 + row.id}): arch=c000003e syscall=257 success=yes exit=3 auid=1004 key="payroll"\n`,
      ),
      offset: row.id * 322,
    })),
  };
}
