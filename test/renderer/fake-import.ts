import type { GrantId, InspectedItem, MemberVerdict, Preview } from "../../workers/contract.ts";
import type { FakeRow } from "./fake-rows.ts";

const choices = [
  { choice: "lines+auditd", title: "Linux auditd", format: "Linux auditd", carrier: "Lines" },
  {
    choice: "json-lines+binalyze-air",
    title: "Binalyze AIR, mongoexport lines",
    format: "Binalyze AIR",
    carrier: "JSON lines",
  },
  { choice: "json-lines+generic", title: "JSON lines", format: "JSON records", carrier: "JSON lines" },
  { choice: "csv+generic", title: "JSON records (Table)", format: "JSON records", carrier: "Table" },
  { choice: "lines+text", title: "Text, one entry a line", format: "Text lines", carrier: "Lines" },
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
  runnerUp: {
    choice: "lines+text",
    title: "Text, one entry a line",
    carrier: "Lines",
    reasons: ["50 of 50 lines begin with a time"],
    lost: "as Text, its records show less of what the format asks for.",
  },
  choices,
  carriers: ["lines"],
  shape: { key: "0123456789abcdef0123456789abcdef", text: "Lines: lines like a=a a=a(0.0:0):" },
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

const lockedMember = (
  path: string,
  bytes: number,
  code: "container.encrypted" | "container.password",
): MemberVerdict => ({
  ...certain,
  path,
  bytes,
  verdict: "refused",
  choice: undefined,
  title: "Not opened",
  reasons: ["encrypted with AES-256"],
  alsoTried: [],
  choices: [],
  comment: path === "Case.ppc" ? '{"Name":"Case-0812","Endpoint":"pay-db-02"}' : undefined,
  problem: {
    code,
    message: `${path} is encrypted.`,
    next: "Give its password.",
    source: "Case-0812.zip",
    member: path,
  },
});

/** The password of the fake archive. */
export const FAKE_PASSWORD = "opensesame";

/** An archive of two, of which one name says something without a password. */
export function fakeLocked(grant: GrantId, password: InspectedItem["password"]): InspectedItem {
  const code = password === "wrong" ? "container.password" : "container.encrypted";
  return {
    grant,
    name: "Case-0812.zip",
    bytes: 8_340_551,
    container: "zip",
    members:
      password === "open"
        ? [
            { ...certain, path: "audit.log" },
            { ...certain, path: "Case.ppc", verdict: "text", choice: undefined, comment: '{"Name":"Case-0812"}' },
          ]
        : [lockedMember("audit.log", 731_402, code), lockedMember("Case.ppc", 4120, code)],
    problem: undefined,
    alreadyIn: undefined,
    password,
  };
}

const plainItem = (grant: GrantId, member: MemberVerdict): InspectedItem => ({
  grant,
  name: member.path,
  bytes: member.bytes ?? 0,
  container: "plain",
  members: [member],
  problem: undefined,
  alreadyIn: undefined,
  password: "none",
});

/** One item for each thing that an import can ask or say; told by the name in the grant. */
const ASKING: Readonly<Record<string, (grant: GrantId) => InspectedItem>> = {
  locked: (grant) => fakeLocked(grant, "locked"),
  "time-field": (grant) =>
    plainItem(grant, {
      ...certain,
      path: "sensors.csv",
      verdict: "likely",
      title: "CSV",
      reasons: ["first 200 rows all have 5 columns"],
      reading: { table: { delimiter: ";", columns: ["id", "seen", "stored", "who", "what"] }, encoding: "utf-16le" },
      questions: [
        {
          kind: "time-field",
          fields: [
            { name: "seen", samples: ["2026-08-12 03:13:02", "2026-08-12 03:14:40"] },
            { name: "stored", samples: ["2026-08-12 03:15:00", "2026-08-12 03:15:00"] },
          ],
        },
      ],
    }),
  "date-order": (grant) =>
    plainItem(grant, {
      ...certain,
      path: "visits.csv",
      title: "CSV",
      questions: [{ kind: "date-order", samples: ["01/02/2025 10:00", "03/04/2025 11:30", "12/11/2025 08:00"] }],
    }),
  year: (grant) =>
    plainItem(grant, {
      ...certain,
      path: "messages",
      title: "syslog",
      reading: { year: 2026, yearFrom: "file time" },
      questions: [{ kind: "year", samples: ["Aug 12 03:13:21", "Aug 12 03:13:24"], guess: 2026 }],
    }),
  limit: (grant) => ({
    ...plainItem(grant, certain),
    name: "bomb.zip",
    container: "zip",
    members: [{ ...certain, path: "a.log" }],
    problem: {
      code: "container.too-large",
      message: "bomb.zip unpacks to more than 200 times its size.",
      next: "Leave it out, or continue past this limit.",
      source: "bomb.zip",
    },
  }),
  link: (grant) => ({
    ...plainItem(grant, certain),
    name: "var/log/current",
    bytes: 0,
    members: [],
    problem: {
      code: "source.not-a-file",
      message: "var/log/current is a link to another place; links are not followed.",
      next: "Add the file that it leads to.",
      source: "var/log/current",
    },
  }),
  notice: (grant) =>
    plainItem(grant, {
      ...certain,
      path: "page-1.json",
      title: "Binalyze AIR, API answer",
      problem: {
        code: "format.partial",
        message: "page-1.json is page 1 of 12 of what the server has.",
        next: "Export the other pages too, if they matter.",
      },
    }),
};

/** One of each, and eight logs that ask nothing. */
const fakeFolder = (): readonly InspectedItem[] => [
  ...Object.entries(ASKING).map(([name, make]) => make(name as GrantId)),
  ...Array.from({ length: 8 }, (_, index) =>
    plainItem(`log-${index}` as GrantId, { ...certain, path: `var/log/audit/audit.log.${index + 1}` }),
  ),
];

/** Each grant that names one of these is looked at as that; others are the usual three. */
export function fakeInspect(grants: readonly GrantId[]): readonly InspectedItem[] {
  return grants.flatMap((grant, index) => {
    if (grant === "folder") return fakeFolder();
    const asking = ASKING[grant];
    if (asking !== undefined) return [asking(grant)];
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
      password: "none" as const,
    };
  });
}

export function fakePreview(rows: readonly FakeRow[]): Preview {
  const columns = ["outcome", "actor", "action", "target", "to"];
  return {
    reading: {},
    questions: [],
    columns,
    rejects: 0,
    isWhole: rows.length <= 10,
    timeFrom: "field time",
    timeFields: [
      { name: "seen", samples: ["2026-08-12 03:13:02"] },
      { name: "stored", samples: ["2026-08-12 03:15:00"] },
    ],
    rows: rows.slice(0, 10).map((row) => ({
      time: row.time,
      precision: row.precision,
      flags: row.flags,
      cells: columns.map((column) => row.fields[column]?.[0] ?? ""),
      raw: new TextEncoder().encode(
        `type=SYSCALL msg=audit(${(row.time / 1e6).toFixed(3)}:${90_000 + row.id}): arch=c000003e syscall=257 success=yes exit=3 auid=1004 key="payroll"\n`,
      ),
      offset: row.id * 322,
      line: row.id + 1,
    })),
  };
}
