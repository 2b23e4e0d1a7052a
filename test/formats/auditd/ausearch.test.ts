/**
 * Our reading beside that of ausearch 3.0.9 over the whole corpus: its events, every field of every record (`-i`), its
 * lines (`--format raw`) and its table (`--format csv`). A difference must be on a list, with its reason: a fault of the
 * tool. A reason that explains nothing fails.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { parseLine, type AuditRecord } from "../../../workers/formats/auditd/record.ts";
import { RecordView } from "../../../workers/formats/auditd/view.ts";
import { sharedPath } from "../../support/shared.ts";
import { isSame, type OurField } from "./ausearch-same.ts";
import { cutBody, readToolText, type ToolRecord } from "./ausearch-text.ts";
import { logOf, readLog, type ReadEntry } from "./run-log.ts";

interface OurRecord {
  readonly audit: AuditRecord;
  readonly entry: ReadEntry;
  readonly fields: readonly OurField[];
  /** Names as written, which `old auid=` is not. */
  readonly written: readonly string[];
}
interface Difference {
  readonly record: OurRecord;
  readonly ours: OurField;
  readonly tool: string;
}
/** `expected`: how many differences in the whole corpus it explains. */
interface Reason<T> {
  readonly expected: number;
  readonly why: string;
  readonly holds: (difference: T) => boolean;
  times: number;
}

/** Faults of the tool in single values. The part of the facts on auditd that names each stands in brackets. */
const VALUE_REASONS: readonly Reason<Difference>[] = [
  reason(
    38,
    "a trailer without its separator stays in the value in front, and its A is eaten as a hex digit [6]",
    ({ record, tool }) =>
      / ?(?:A?RCH|SYSCALL|[OU]?UID)=["x]/.test(tool) &&
      record.audit.text.includes("UID=") &&
      !record.audit.text.includes("\x1d"),
  ),
  reason(
    2,
    "several records on one line: only the first is read, the others stay in its last value [2.9]",
    ({ tool }) => tool.includes(" type=CWD msg=audit("),
  ),
  reason(
    28,
    "CR at the end of a line is taken as part of the last value [1]",
    ({ record, tool }) => tool.endsWith("\\015") && record.audit.carried.length === record.audit.end + "\r\n".length,
  ),
  reason(
    8,
    "the fingerprint of an ssh key is not a set of capabilities [7, fp]",
    ({ ours }) => ours.name === "fp" && /^[0-9a-f]{2}(?::[0-9a-f]{2}){15}$/.test(ours.value),
  ),
  reason(1, "octal flags are read as hex [7, oflag]", ({ ours }) => ours.name === "oflag" && ours.recorded === "0302"),
  reason(
    20,
    "family 0 is unspec [7, saddr]",
    ({ ours, tool }) => tool === "unknown-family(0)" && ours.meaning === "unspec",
  ),
  reason(
    21,
    "text that is no number is taken as the number 0 [known faults, mode=abc]",
    ({ ours, tool }) => /^(?:root|none)$/.test(tool) && !/^[0-9a-f]+$/i.test(ours.recorded),
  ),
  reason(
    2,
    "names in the place of numbers, of a line that was interpreted before, are taken as 0 [1, -i text]",
    (it) => /^(?:unknown-elf-type\(x86_64\)|read)$/.test(it.tool) && it.record.audit.text.includes("arch=x86_64 "),
  ),
];

/** Why an event of ours is none of the tool's. */
const EVENT_REASONS: readonly Reason<readonly AuditRecord[]>[] = [
  reason(37, "a tag in front of type=: the tool reads only lines that begin with type= or node= [1]", (records) =>
    records.every(({ text, start }) => start > 0 || !/^(?:type|node)=/.test(text)),
  ),
  reason(1, "an AppArmor record is dropped [11]", (records) => records.every(({ text }) => text.includes("apparmor="))),
  reason(1, "the end of an event is no event [3]", (records) => records.every(({ type }) => type.name === "EOE")),
];

function reason<T>(expected: number, why: string, holds: (difference: T) => boolean): Reason<T> {
  return { expected, why, holds, times: 0 };
}
function explained<T>(reasons: readonly Reason<T>[], difference: T): boolean {
  const found = reasons.find(({ holds }) => holds(difference));
  if (found !== undefined) found.times++;
  return found !== undefined;
}

const folder = sharedPath("corpus", "auditd");
const SUFFIX = ".ausearch-i.txt";
const sources =
  folder === undefined
    ? []
    : readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(SUFFIX))
        .map((name) => name.slice(0, -SUFFIX.length))
        .filter((name) => existsSync(`${folder}/${name}`));

describe.skipIf(folder === undefined)("beside ausearch over the corpus", () => {
  let events = 0;
  let fields = 0;

  it.each(sources)("%s", (name) => {
    const bytes = readFileSync(`${folder}/${name}`);
    const { entries } = readLog(bytes);
    const tool = readToolText(readFileSync(`${folder}/${name}${SUFFIX}`, "utf8"));
    const result = compare(entries, tool);
    events += result.events;
    fields += result.fields;
    expect(linesNotKept(entries, readFileSync(`${folder}/${name}.ausearch-raw.txt`, "latin1"))).toEqual([]);
  });

  afterAll(() => {
    if (sources.length === 0) return;
    expect(sources.length).toBeGreaterThan(50);
    expect({ events, fields }).toEqual({ events: 2426, fields: 64_626 });
    for (const { why, times, expected } of [...VALUE_REASONS, ...EVENT_REASONS]) expect(times, why).toBe(expected);
  });
});

/** A log of our own, for a clone without the corpus, and what the tool prints for it. */
const OWN_LOG = [
  'node=h1 type=SYSCALL msg=audit(1700000000.042:7): arch=c000003e syscall=257 success=no exit=-13 a0=ffffff9c a1=7ffd a2=241 a3=1a4 items=1 ppid=1 pid=77 auid=4294967295 uid=0 gid=1000 tty=(none) ses=4294967295 comm="cat" exe="/usr/bin/cat" key=(null)',
  'node=h1 type=CWD msg=audit(1700000000.042:7): cwd="/root"',
  "node=h1 type=PATH msg=audit(1700000000.042:7): item=0 name=2F746D702F6120622E747874 mode=0104755 ouid=0 ogid=1000 rdev=00:00 nametype=NORMAL cap_fp=3000 cap_fi=0",
  "node=h1 type=PROCTITLE msg=audit(1700000000.042:7): proctitle=636174002F746D702F6120622E747874",
  "type=SOCKADDR msg=audit(1700000001.000:8): saddr=0A000050000000000000000000000000000000000000000100000000",
  'type=ANOM_ABEND msg=audit(1700000002.500:9): auid=1000 uid=1000 ses=3 pid=5 comm="x" sig=11 res=1',
  "type=USER_CMD msg=audit(1700000003.007:10): pid=9 uid=0 auid=1000 ses=3 msg='cwd=\"/\" cmd=6C73202D6C terminal=pts/1 res=success'",
];
const OWN_TEXT = `----
node=h1 type=PROCTITLE msg=audit(11/14/23 22:13:20.042:7) : proctitle=cat /tmp/a b.txt 
node=h1 type=PATH msg=audit(11/14/23 22:13:20.042:7) : item=0 name=/tmp/a b.txt mode=file,suid,755 ouid=root ogid=unknown(1000) rdev=00:00 nametype=NORMAL cap_fp=net_admin,net_raw cap_fi=none 
node=h1 type=CWD msg=audit(11/14/23 22:13:20.042:7) : cwd=/root 
node=h1 type=SYSCALL msg=audit(11/14/23 22:13:20.042:7) : arch=x86_64 syscall=openat success=no exit=EACCES(Permission denied) a0=AT_FDCWD a1=0x7ffd a2=O_WRONLY|O_CREAT|O_TRUNC a3=0644 items=1 ppid=1 pid=77 auid=unset uid=root gid=unknown(1000) tty=(none) ses=unset comm=cat exe=/usr/bin/cat key=(null) 
----
type=SOCKADDR msg=audit(11/14/23 22:13:21.000:8) : saddr={ saddr_fam=inet6 laddr=::1 lport=80 } 
----
type=ANOM_ABEND msg=audit(11/14/23 22:13:22.500:9) : auid=unknown(1000) uid=unknown(1000) ses=3 pid=5 comm=x sig=SIGSEGV res=yes 
----
type=USER_CMD msg=audit(11/14/23 22:13:23.007:10) : pid=9 uid=root auid=unknown(1000) ses=3 msg='cwd=/ cmd=ls -l terminal=pts/1 res=success' 
`;

describe("beside ausearch over a log of our own", () => {
  const { entries } = logOf(...OWN_LOG);

  it("says the same of every field", () => {
    expect(compare(entries, readToolText(OWN_TEXT))).toEqual({ events: 4, fields: 46 });
  });

  it.each([
    ["EACCES(Permission denied)", "ENOENT(No such file or directory)"],
    ["file,suid,755", "file,755"],
    ["O_CREAT|", ""],
    ["net_admin,net_raw", "net_admin"],
    ["laddr=::1 lport=80", "laddr=::1 lport=81"],
    ["/tmp/a b.txt ", "/tmp/a.txt "],
    ["SIGSEGV", "SIGILL"],
    ["auid=unset", "auid=root"],
    ["ses=unset", "ses=4"],
    ["a3=0644", "a3=0600"],
    ["cmd=ls -l", "cmd=6C73202D6C"],
  ])("finds a difference: %s or %s", (ours, other) => {
    expect(OWN_TEXT).toContain(ours);
    expect(() => compare(entries, readToolText(OWN_TEXT.replace(ours, other)))).toThrow();
  });
});

/** Every line that the tool keeps is in an entry. It prints none of the separators in front of a trailer. */
function linesNotKept(entries: readonly ReadEntry[], raw: string): readonly string[] {
  const ours = new Set<string>();
  for (const { body } of entries.flatMap(({ carried }) => carried))
    if (body.kind === "text") ours.add(plain(body.text));
  return raw.split("\n").filter((line) => /^(?:type|node)=/.test(line) && !ours.has(plain(line)));
}
function plain(line: string): string {
  return line.replaceAll("\x1d", "").trimEnd();
}

function compare(
  entries: readonly ReadEntry[],
  tool: readonly ToolRecord[],
): { readonly events: number; readonly fields: number } {
  const ours = recordsById(entries);
  const theirs = groupById(tool);
  let fields = 0;
  for (const [id, records] of theirs) {
    const own = ours.get(id);
    if (own === undefined && id.endsWith("|0.0:0")) continue;
    expect(own, `event ${id}: ${records[0]?.body}`).toBeDefined();
    if (own === undefined) continue;
    fields += compareEvent(records, own);
    expect(new Set(own.map(({ entry }) => entry)).size, `one entry of ${id}`).toBe(1);
  }
  for (const [id, records] of ours) {
    if (!theirs.has(id))
      expect(
        explained(
          EVENT_REASONS,
          records.map(({ audit }) => audit),
        ),
        `${id} is ours alone`,
      ).toBe(true);
  }
  return { events: theirs.size, fields };
}

function compareEvent(theirs: readonly ToolRecord[], ours: readonly OurRecord[]): number {
  const left = new Set(ours);
  let fields = 0;
  for (const tool of distinct(theirs)) {
    const own = closest(tool, left);
    expect(own, `${tool.type} of ${tool.id}: ${tool.body.slice(0, 100)}`).toBeDefined();
    if (own === undefined) continue;
    left.delete(own);
    fields += compareRecord(tool, own);
  }
  return fields;
}

/** The record of that type most of whose values stand in the tool's text. */
function closest(tool: ToolRecord, records: ReadonlySet<OurRecord>): OurRecord | undefined {
  const alike = [...records].filter(({ audit }) => audit.type.name === tool.type || audit.typeWord === tool.type);
  const score = ({ fields }: OurRecord) =>
    fields.filter(({ name, value }) => tool.body.includes(`${name}=${value}`)).length;
  return alike.toSorted((a, b) => score(b) - score(a))[0];
}

function compareRecord(tool: ToolRecord, own: OurRecord): number {
  const { fields, missing } = cutBody(tool.body, own.written);
  expect(missing, `fields that the tool does not have: ${tool.body}`).toEqual([]);
  for (const [i, { text }] of fields.entries()) {
    const ours = own.fields[i];
    if (ours === undefined || isSame(tool.type, ours, text)) continue;
    const said = `${tool.type} ${tool.id} ${ours.name}=${ours.recorded}: ${ours.meaning ?? ours.value}, not ${text}`;
    expect(explained(VALUE_REASONS, { record: own, ours, tool: text }), said).toBe(true);
  }
  compareArguments(tool, own, fields);
  return fields.length;
}

/** The command of the entry is the arguments of its one EXECVE record. */
function compareArguments(
  { type }: ToolRecord,
  { entry }: OurRecord,
  fields: ReturnType<typeof cutBody>["fields"],
): void {
  const isOnly = entry.carried.length > 0 && entry.originals["argc"]?.length === 1;
  const argv = fields.filter(({ name }) => /^a\d+$/.test(name)).map(({ text }) => text);
  if (type !== "EXECVE" || !isOnly || argv.length !== Number(entry.originals["argc"]?.[0])) return;
  const command = (entry.originals["command"]?.[0] ?? "").replaceAll("\n", "\\012").trimEnd();
  expect(command).toBe(argv.join(" ").trimEnd());
}

function groupById(records: readonly ToolRecord[]): ReadonlyMap<string, readonly ToolRecord[]> {
  const found = new Map<string, ToolRecord[]>();
  for (const record of records) found.set(record.id, [...(found.get(record.id) ?? []), record]);
  return found;
}

function distinct(records: readonly ToolRecord[]): readonly ToolRecord[] {
  return [...new Map(records.map((record) => [`${record.type} ${record.body}`, record])).values()];
}

function recordsById(entries: readonly ReadEntry[]): ReadonlyMap<string, readonly OurRecord[]> {
  const found = new Map<string, OurRecord[]>();
  for (const entry of entries) {
    // A repeat is explained where its first is.
    const firsts = new Map<string, OurRecord>();
    for (const audit of entry.carried.flatMap((carried) => parseLine(carried))) {
      const text = `${audit.type.name} ${audit.text.slice(audit.bodyStart, audit.end)}`;
      const own = firsts.get(text) ?? ourRecord(audit, entry);
      const id = `${audit.node}|${keyOf(audit)}`;
      const known = found.get(id) ?? [];
      if (!known.includes(own)) found.set(id, [...known, own]);
      firsts.set(text, own);
    }
  }
  return found;
}

/** A damaged stamp is one of the start of 1970 for the tool. */
function keyOf({ stamp }: AuditRecord): string {
  const [, seconds, milli, serial] = /^(\d+)\.(\d+):(\d+)$/.exec(stamp.key ?? "") ?? [];
  return `${seconds ?? 0}.${Number(milli ?? 0)}:${serial ?? 0}`;
}

function ourRecord(audit: AuditRecord, entry: ReadEntry): OurRecord {
  const number = entry.carried.indexOf(audit.carried);
  const view = new RecordView(audit, number);
  const shown = view.fields.filter(({ scope, nameAt }) => scope !== "trailer" && nameAt >= 0);
  const meanings = entry.explanation.interpretations.filter(({ mark }) => mark?.record === number);
  return {
    audit,
    entry,
    written: shown.map(({ field, nameAt }) =>
      audit.text.startsWith("old ", nameAt - 4) ? `old ${field.name.slice(4)}` : field.name,
    ),
    fields: shown.map((field) => ({
      name: field.field.name,
      recorded: audit.text.slice(field.start, field.end),
      value: view.valueOf(field),
      meaning: meanings.find(({ field: name, mark }) => name === field.field.name && mark?.start === field.start)
        ?.meaning,
    })),
  };
}
