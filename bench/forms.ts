/** Logs of each form, made here: the records differ as those of a real log do. */
import { readFileSync, writeFileSync } from "node:fs";
import type { FormatChoice } from "../workers/contract.ts";
import { callLines, seeded } from "./generate.ts";
import { limitSkim } from "./limits.ts";

export interface Form {
  readonly name: string;
  readonly choice: FormatChoice;
  /** Answers the number of entries. */
  write(file: string): number;
  /** Beside hashing and compressing, which every import does: the least that reading such a log takes. */
  limit(file: string): unknown;
  readonly limitName: string;
  /** Times the limit. */
  readonly target: number;
}

const START = Date.UTC(2026, 0, 5);
const EVENTS = 6_000;
const RECORDS = 15_000;

type Below = (n: number) => number;

function auditLines(wrap: (line: string, ms: number) => string): string[] {
  const below = seeded(3);
  return Array.from({ length: EVENTS }, (_, at) => {
    const ms = START + at * 377;
    const stamp = `msg=audit(${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, "0")}:${1000 + at})`;
    return callLines(stamp, 1000 + below(40), below).map((line) => wrap(line, ms));
  }).flat();
}

function records(make: (at: number, below: Below) => object): object[] {
  const below = seeded(4);
  return Array.from({ length: RECORDS }, (_, at) => make(at, below));
}

function guardRecord(at: number, below: Below): object {
  return {
    id: `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`,
    created_at: new Date(START + at * 613).toISOString().replace("Z", "000Z"),
    hostname: `guard-${below(4)}`,
    level: ["info", "warning", "error"][below(3)],
    log_type: "audit",
    pid: 100 + below(900),
    user_id: below(60),
    user_name: `user${below(60)}`,
    action: ["login_attempt", "api_request"][below(2)],
    access_granted: below(8) > 0,
    client_ip: `192.0.2.${below(250)}`,
    request_id: `10000000-0000-4000-8000-${String(below(2 ** 31)).padStart(12, "0")}`,
  };
}

function airRecord(at: number, below: Below): object {
  const date = { $date: new Date(START + at * 613).toISOString() };
  const user = `user${below(60)}`;
  return {
    _id: { $oid: `65a0c1d2e3f4a5b6${at.toString(16).padStart(8, "0")}` },
    createdAt: date,
    updatedAt: date,
    type: ["user-login-success", "case-created", "policy-updated"][below(3)],
    description: `User ${user} did what was asked in case ${below(5000)}`,
    performedBy: user,
    organizationIds: [below(9)],
    eventSource: "console",
    ipAddress: `192.0.2.${below(250)}`,
    sessionId: `s-${below(9000)}`,
    success: below(9) > 0,
    data: { case: { id: `C-${below(5000)}`, name: `case ${below(5000)}` }, note: "x".repeat(below(60)) },
  };
}

function journalRecord(at: number, below: Below): Readonly<Record<string, string>> {
  return {
    __REALTIME_TIMESTAMP: String((START + at * 613) * 1000),
    _HOSTNAME: "guard-1",
    SYSLOG_IDENTIFIER: "guard",
    _PID: "100",
    PRIORITY: "4",
    _TRANSPORT: "stdout",
    MESSAGE: JSON.stringify(guardRecord(at, below)),
  };
}

function cefLine(at: number, below: Below): string {
  const rt = START + at * 613;
  return `CEF:0|Binalyze|AIR|4.23.0|user-login-success|User logged in|${below(10)}|rt=${rt} src=192.0.2.${below(250)} suser=user${below(60)} outcome=success externalId=${at.toString(16).padStart(24, "0")} msg=User user${below(60)} logged in to case ${below(5000)}`;
}

function csvRow(at: number, below: Below): string {
  const date = new Date(START + at * 613).toISOString();
  return `${date},user-login-success,"User, number ${below(60)}, logged in",user${below(60)},${below(9)},console,,203.0.113.${below(250)},Success,{}`;
}

function windowsEvent(at: number, below: Below): string {
  const data = Object.entries({
    SubjectUserSid: "S-1-5-18",
    TargetUserName: `user${below(60)}`,
    TargetDomainName: "CORP",
    TargetLogonId: `0x${below(2 ** 24).toString(16)}`,
    LogonType: String(2 + below(9)),
    ProcessName: "C:\\Windows\\System32\\svchost.exe",
    IpAddress: `192.0.2.${below(250)}`,
  }).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
  const time = new Date(START + at * 613).toISOString().replace("Z", "4567Z");
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing' Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>4624</EventID><Version>2</Version><Level>0</Level><Task>12544</Task><Opcode>0</Opcode><Keywords>0x8020000000000000</Keywords><TimeCreated SystemTime='${time}'/><EventRecordID>${at}</EventRecordID><Correlation/><Execution ProcessID='684' ThreadID='${below(9000)}'/><Channel>Security</Channel><Computer>srv${below(4)}</Computer><Security/></System><EventData>${data.join("")}</EventData></Event>`;
}

const CSV_HEADER = "Date,Type,Description,Performed By,Organization,Event Source,Endpoint,IP Address,Result,Details";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function syslogHead(ms: number): string {
  const at = new Date(ms);
  const clock = at.toISOString().slice(11, 19);
  return `${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${clock} web1 audispd: `;
}

function written(entries: number, lines: readonly string[]): Form["write"] {
  return (file) => {
    writeFileSync(file, `${lines.join("\n")}\n`);
    return entries;
  };
}

const parseLines: Pick<Form, "limit" | "limitName"> = {
  limit(file) {
    let count = 0;
    for (const line of readFileSync(file, "utf8").split("\n"))
      if (line !== "") count += Object.keys(JSON.parse(line)).length;
    return count;
  },
  limitName: "hash+zip+JSON.parse",
};
const parseWhole: Pick<Form, "limit" | "limitName"> = {
  limit: (file) => JSON.parse(readFileSync(file, "utf8")),
  limitName: "hash+zip+JSON.parse",
};
const skim: Pick<Form, "limit" | "limitName"> = { limit: limitSkim, limitName: "hash+zip+skim" };

function exportText(record: Readonly<Record<string, string>>): string {
  return `${Object.entries(record)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("")}`;
}

export const forms: readonly Form[] = [
  {
    name: "auditd",
    choice: "lines+auditd",
    write: written(
      EVENTS,
      auditLines((line) => line),
    ),
    ...skim,
    target: 24,
  },
  {
    name: "auditd.fluent-bit",
    choice: "fluent-bit+auditd",
    write: written(
      EVENTS,
      auditLines((log, ms) => JSON.stringify({ date: ms / 1000, log })),
    ),
    ...parseLines,
    target: 26,
  },
  {
    name: "auditd.syslog",
    choice: "syslog+auditd",
    write: written(
      EVENTS,
      auditLines((line, ms) => syslogHead(ms) + line),
    ),
    ...skim,
    target: 26,
  },
  {
    name: "air.mongoexport",
    choice: "mongoexport+binalyze-air",
    write: written(
      RECORDS,
      records(airRecord).map((each) => JSON.stringify(each)),
    ),
    ...parseLines,
    target: 14,
  },
  {
    name: "air.array",
    choice: "mongoexport-documents+binalyze-air",
    write: written(RECORDS, [
      `[${records(airRecord)
        .map((each) => JSON.stringify(each))
        .join(",\n")}]`,
    ]),
    ...parseWhole,
    target: 14,
  },
  {
    name: "air.csv",
    choice: "csv+binalyze-air",
    write: written(RECORDS, [CSV_HEADER, ...Array.from({ length: RECORDS }, withSeed(csvRow))]),
    ...skim,
    target: 50,
  },
  {
    name: "cef",
    choice: "cef+cef",
    write: written(RECORDS, Array.from({ length: RECORDS }, withSeed(cefLine))),
    ...skim,
    target: 50,
  },
  {
    name: "windows.xml",
    choice: "windows-xml+windows-events",
    write: written(RECORDS, Array.from({ length: RECORDS }, withSeed(windowsEvent))),
    ...skim,
    target: 34,
  },
  {
    name: "guard.json-lines",
    choice: "json-lines+aqtive-guard",
    write: written(
      RECORDS,
      records(guardRecord).map((each) => JSON.stringify(each)),
    ),
    ...parseLines,
    target: 18,
  },
  {
    name: "guard.journal-json",
    choice: "journal-json+aqtive-guard",
    write: written(
      RECORDS,
      records(journalRecord).map((each) => JSON.stringify(each)),
    ),
    ...parseLines,
    target: 28,
  },
  {
    name: "guard.journal-export",
    choice: "journal-export+aqtive-guard",
    write: written(
      RECORDS,
      Array.from(
        { length: RECORDS },
        withSeed((at, below) => exportText(journalRecord(at, below))),
      ),
    ),
    ...skim,
    target: 30,
  },
];

function withSeed(make: (at: number, below: Below) => string): (value: unknown, at: number) => string {
  const below = seeded(5);
  return (_value, at) => make(at, below);
}
