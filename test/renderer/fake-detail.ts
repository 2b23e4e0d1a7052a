import type {
  ByteMark,
  DetailField,
  EntryDetail,
  EntryId,
  EpochMicros,
  MemberId,
  MeaningOrigin,
  RecordToken,
} from "../../workers/contract.ts";
import type { FakeRow } from "./fake-rows.ts";

const RECORDED: MeaningOrigin = { kind: "record", text: "record" };
const ENRICHED: MeaningOrigin = { kind: "enriched", text: "enriched" };

/** An auditd event of four records around one generated row. */
export function fakeDetail(row: FakeRow): EntryDetail {
  const one = (name: string): string => row.fields[name]?.[0] ?? "";
  const failed = one("outcome") !== "success";
  const stamp = `${(row.time / 1e6).toFixed(3)}:${90_000 + row.id}`;
  const texts = [
    `node=pay-db-02 type=SYSCALL msg=audit(${stamp}): arch=c000003e syscall=257 success=${failed ? "no" : "yes"} exit=${failed ? "-13" : "3"} a0=ffffff9c items=1 ppid=20733 pid=${one("raw.pid")} auid=1004 uid=1004 tty=pts1 ses=${one("session")} comm="cat" exe="/usr/bin/cat" key="shadow-read"\u001dARCH=x86_64 SYSCALL=openat AUID="${one("actor")}"\n`,
    `node=pay-db-02 type=CWD msg=audit(${stamp}): cwd="/user/${one("actor")}"\n`,
    `node=pay-db-02 type=PATH msg=audit(${stamp}): item=0 name="${one("target")}" inode=131842 mode=0100640 ouid=0\u001dOUID="root"\n`,
    `node=pay-db-02 type=PROCTITLE msg=audit(${stamp}): proctitle=636174002F6574632F736861646F77\n`,
  ];
  let offset = 171_715_088;
  const records = texts.map((text, index) => {
    const bytes = new TextEncoder().encode(text);
    const record = {
      title: /type=(\w+)/.exec(text)?.[1] ?? "",
      offset,
      length: bytes.length,
      line: index + 1,
      member: row.member as MemberId,
      bytes,
      tokens: tokensOf(text),
    };
    offset += bytes.length;
    return record;
  });
  const exit = markOf(texts[0] as string, "exit=");
  const name = { ...markOf(texts[2] as string, "name="), record: 2 };
  return {
    id: row.id as EntryId,
    member: row.member as MemberId,
    time: Number.isNaN(row.time) ? undefined : (row.time as EpochMicros),
    precision: row.precision,
    timeText: (row.time / 1e6).toFixed(row.precision),
    flags: row.flags === 0 ? [] : ["zoneAssumed"],
    action: one("action"),
    target: one("target"),
    outcome: one("outcome"),
    sentence: `${one("actor")} asked cat to read ${one("target")} on pay-db-02${failed ? " and the kernel refused" : ""}.`,
    fields: fieldsOf(row, exit, name),
    times: timesOf(row),
    records,
    interpretations: [
      {
        field: "arch",
        recorded: "c000003e",
        meaning: "x86_64",
        origin: { kind: "table", text: "kernel table" },
        mark: markOf(texts[0] as string, "arch="),
      },
      {
        field: "syscall",
        recorded: "257",
        meaning: "openat",
        origin: { kind: "table", text: "x86_64 table" },
        mark: markOf(texts[0] as string, "syscall="),
      },
      {
        field: "exit",
        recorded: failed ? "-13" : "3",
        meaning: failed ? "EACCES, permission denied" : "3",
        origin: { kind: "table", text: "errno table" },
        mark: exit,
      },
      {
        field: "auid",
        recorded: "1004",
        meaning: one("actor"),
        origin: { kind: "enriched", text: "enriched AUID" },
        mark: markOf(texts[0] as string, "auid="),
      },
      {
        field: "gid",
        recorded: "1004",
        meaning: "1004",
        origin: { kind: "number", text: "number as it stands" },
        mark: undefined,
      },
      {
        field: "proctitle",
        recorded: "636174002F65…",
        meaning: "cat /etc/shadow",
        origin: { kind: "decoded", text: "hex, NUL to blank" },
        mark: undefined,
      },
      {
        field: "from",
        recorded: "",
        meaning: "198.51.100.23",
        origin: { kind: "inferred", text: "login of the session" },
        mark: undefined,
      },
    ],
    copies: [],
    masked: false,
  };
}

function fieldsOf(row: FakeRow, exit: ByteMark | undefined, name: ByteMark | undefined): readonly DetailField[] {
  const field = (
    group: DetailField["group"],
    key: string,
    values: readonly string[],
    origin = RECORDED,
    mark?: ByteMark,
  ): DetailField => ({
    group,
    name: key,
    values,
    origin,
    mark,
    masked: false,
  });
  return [
    field("when", "time", [(row.time / 1e6).toFixed(row.precision)]),
    field("who", "actor", row.fields["actor"] ?? [], ENRICHED),
    field("who", "session", row.fields["session"] ?? []),
    field("what", "action", row.fields["action"] ?? [], { kind: "table", text: "x86_64 table" }),
    field("what", "target", row.fields["target"] ?? [], { kind: "record", text: "PATH item 0" }, name),
    field("what", "outcome", row.fields["outcome"] ?? [], { kind: "table", text: "errno table" }, exit),
    field("where", "to", row.fields["to"] ?? [], { kind: "record", text: "node=" }),
    field("where", "from", ["198.51.100.23"], { kind: "inferred", text: "from the login" }),
    field("evidence", "source", row.fields["source"] ?? [], { kind: "evidence", text: "evidence" }),
    field("original", "raw.pid", row.fields["raw.pid"] ?? []),
    field("original", "raw.exe", ["/usr/bin/cat"]),
  ];
}

function tokensOf(text: string): readonly RecordToken[] {
  const tokens: RecordToken[] = [];
  for (const found of text.matchAll(/(\w+)=("[^"]*"|[^\s\u001d]*)/g)) {
    const key = found[1] as string;
    const value = found.index + key.length + 1;
    tokens.push({ start: found.index, end: value, kind: "key" });
    tokens.push({
      start: value,
      end: value + (found[2] as string).length,
      kind: key === "type" ? "type" : "value",
      field: key,
    });
  }
  return tokens;
}

function markOf(text: string, key: string): ByteMark {
  const start = text.indexOf(key);
  const end = text.slice(start).search(/[ \u001d\n]/);
  return { record: 0, start, end: start + end };
}

/** A row that is flagged had no zone, and is read two hours earlier than the import did. */
function timesOf(row: FakeRow): EntryDetail["times"] {
  const recorded = (row.time + 7_200_000_000) as EpochMicros;
  const text =
    "No zone is written; read as Europe/Paris (changed by ana on 2026-08-17 09:40 UTC; the import read it as UTC).";
  const steps = row.flags === 0 ? [] : [{ kind: "zone", text } as const];
  return { recorded, uncorrected: row.time as EpochMicros, steps };
}
