/** An event as the detail view explains it: in order, every field, with where its meaning comes from. */
import { describe, expect, it } from "vitest";
import { auditd } from "../../../workers/formats/auditd/index.ts";
import { meaningOf, onlyEntry, onlyEntryNamed, type ReadEntry } from "./run-log.ts";

const stamp = "msg=audit(1700000000.001:7):";
const event = (...records: readonly string[]): ReadEntry => onlyEntry(...records.map(line));
const line = (record: string): string => record.replace(/^(\S+) ?/, `type=$1 ${stamp} `);
const SYSCALL =
  'SYSCALL arch=c000003e syscall=59 success=yes exit=0 a0=7ffd a1=0 a2=0 a3=0 items=2 ppid=1 pid=77 auid=1000 uid=0 euid=0 tty=pts0 ses=3 comm="cat" exe="/usr/bin/cat" subj=unconfined key="x"';
const MEMBERS = [
  "PROCTITLE proctitle=636174002F6574632F736861646F77",
  'PATH item=1 name="/lib64/ld.so" nametype=NORMAL',
  "EXECVE a1=2F6574632F736861646F77",
  'PATH item=0 name="/usr/bin/cat" mode=0100755 nametype=NORMAL',
  'CWD cwd="/root"',
  'EXECVE argc=2 a0="cat"',
  "BPRM_FCAPS fver=0 fp=0",
  "EOE",
];
const typesOf = (entry: ReadEntry): readonly string[] =>
  entry.explanation.interpretations.filter(({ field }) => field === "type").map(({ recorded }) => recorded);

describe("an explanation", () => {
  it("goes from the call to the command line, in whatever order the records lie", () => {
    const order = ["SYSCALL", "EXECVE", "EXECVE", "CWD", "PATH", "PATH", "BPRM_FCAPS", "PROCTITLE", "EOE"];
    expect(typesOf(event(...MEMBERS, SYSCALL))).toEqual(order);
    const names = event(...MEMBERS, SYSCALL)
      .explanation.interpretations.filter(({ field }) => field === "name" || /^a\d$/.test(field))
      .map(({ field, meaning }) => `${field} ${meaning}`);
    expect(names.slice(4)).toEqual(["a0 cat", "a1 /etc/shadow", "name /usr/bin/cat", "name /lib64/ld.so"]);
    const connect = event("PROCTITLE proctitle=63", "SOCKADDR saddr=020000500A000001", SYSCALL.replace("=59", "=42"));
    expect(typesOf(connect)).toEqual(["SYSCALL", "SOCKADDR", "PROCTITLE"]);
  });

  it("has every field of every record once, with its bytes and where its meaning comes from", () => {
    const entry = event(SYSCALL, ...MEMBERS);
    const { interpretations } = entry.explanation;
    for (const [number, { body }] of entry.carried.entries()) {
      const text = body.kind === "text" ? body.text : "";
      for (const [, name = "", value = ""] of text.slice(text.indexOf("):")).matchAll(/ ([\w-]+)="?([^" \n]+)/g)) {
        const found = interpretations.filter(({ field, mark }) => field === name && mark?.record === number);
        expect(found, `${name} of record ${number}`).toHaveLength(1);
        const [
          { mark, recorded, origin, meaning } = { recorded: "", meaning: "", origin: undefined, mark: undefined },
        ] = found;
        expect([recorded, text.slice(mark?.start, mark?.end)]).toEqual([value, value]);
        expect(origin?.text).not.toBe("");
        expect(meaning).not.toBe("");
      }
    }
    expect(interpretations.find(({ field }) => field === "command")).toMatchObject({
      recorded: "2 arguments",
      meaning: "cat /etc/shadow",
      origin: { kind: "decoded", text: "EXECVE arguments" },
    });
  });

  it("says where each meaning comes from", () => {
    const entry = event(SYSCALL, ...MEMBERS);
    const origins = ["arch", "syscall", "auid", "comm", "mode", "proctitle", "nametype", "subj"].map(
      (field) => `${field}: ${meaningOf(entry, field)?.origin.text}`,
    );
    expect(origins).toEqual([
      "arch: kernel table",
      "syscall: x86_64 table",
      "auid: number as it stands",
      "comm: record",
      "mode: mode bits",
      "proctitle: hex, NUL to blank",
      "nametype: kernel table",
      "subj: parts of the label",
    ]);
  });
});

describe("sentences", () => {
  const call = (number: number, rest: string, ...records: readonly string[]): ReadEntry =>
    event(`SYSCALL arch=c000003e syscall=${number} ${rest}`, ...records);
  const user = (type: string, message: string): ReadEntry =>
    event(`${type} pid=9 uid=0 auid=1000 ses=3 msg='${message}'`);
  it.each([
    [event(SYSCALL, ...MEMBERS), "User 1000 (running as 0) executed /usr/bin/cat (cat /etc/shadow), which succeeded."],
    [
      call(
        257,
        'success=no exit=-13 a0=ffffff9c auid=1000 uid=1000 euid=1000 comm="cat" exe="/usr/bin/cat"',
        'CWD cwd="/etc"',
        'PATH item=0 name="shadow" nametype=NORMAL',
      ),
      "User 1000 opened file /etc/shadow with /usr/bin/cat, which failed: EACCES, permission denied.",
    ],
    [
      call(
        42,
        'success=no exit=-115 auid=1000 uid=1000 euid=1000 comm="ssh" exe="/usr/bin/ssh"',
        "SOCKADDR saddr=02000016CB00714D",
      ),
      "User 1000 connected to 203.0.113.77:22 with /usr/bin/ssh (EINPROGRESS, in progress).",
    ],
    [
      call(
        62,
        'success=yes exit=0 a0=1f4 a1=9 auid=1000 euid=1000 comm="bash" exe="/usr/bin/bash"',
        'OBJ_PID opid=500 ocomm="sshd"',
      ),
      "User 1000 sent SIGKILL to process 500 (sshd) with /usr/bin/bash, which succeeded.",
    ],
    [
      call(
        87,
        'success=yes exit=0 auid=1000 euid=1000 comm="job.py" exe="/usr/bin/python3.11"',
        'PATH item=0 name="/var/log/secure" nametype=DELETE',
      ),
      "User 1000 deleted /var/log/secure with /usr/bin/python3.11 as job.py, which succeeded.",
    ],
    [
      user("USER_LOGIN", 'op=login id=1000 exe="/usr/sbin/sshd" hostname=h addr=203.0.113.9 terminal=ssh res=success'),
      "User 1000 logged in as 1000 from 203.0.113.9 with /usr/sbin/sshd, which succeeded.",
    ],
    [
      user("USER_CMD", 'cwd="/root" cmd=6964202D61 exe="/usr/bin/sudo" terminal=pts/1 res=success'),
      "User 1000 ran command id -a with /usr/bin/sudo, which succeeded.",
    ],
    [
      event(
        'AVC avc:  denied  { read } for  pid=9 comm="httpd" name="shadow" scontext=u:r:httpd_t:s0 tcontext=u:r:t:s0 tclass=file permissive=0',
      ),
      "u:r:httpd_t:s0 asked for read on file shadow with httpd, which was denied.",
    ],
    [
      event(
        'AVC apparmor="DENIED" operation="open" profile="/usr/bin/evince" name="/etc/shadow" pid=9 comm="evince" denied_mask="r"',
      ),
      "/usr/bin/evince asked for r on /etc/shadow (open) with evince, which was denied.",
    ],
    [event("DAEMON_END op=terminate auid=0 pid=1 res=success"), "User 0 stopped auditing, which succeeded."],
    [
      event('CONFIG_CHANGE auid=1000 ses=3 op=remove_rule key="exec" list=4 res=1'),
      "User 1000 changed audit configuration exec (remove_rule), which succeeded.",
    ],
    [
      event("CONFIG_CHANGE op=set audit_enabled=0 old=1 auid=1000 ses=3 res=1"),
      "User 1000 changed audit configuration audit_enabled from 1 to 0, which succeeded.",
    ],
    [event("NEW_THING a=1"), "The system caused NEW_THING."],
    [event('CWD cwd="/"'), "Only CWD of this event; the record that says what happened is missing."],
  ])("%#", (entry, sentence) => expect(entry.explanation.sentence).toBe(sentence));
});

describe("names of accounts", () => {
  const NAMES = {
    origin: "etc/passwd",
    users: { "1000": "alice", "0": "root", "1003": "mallory" },
    groups: { "1000": "staff", "1004": "dba" },
  };
  const body = "SYSCALL arch=c000003e syscall=105 success=yes exit=0 a0=3eb auid=1000 uid=0 euid=0 gid=1000";

  it("come from a file of the evidence, which is named", () => {
    const entry = onlyEntryNamed(NAMES, line(body));
    expect(entry.fields).toMatchObject({ actor: "alice", target: "mallory" });
    expect(entry.origins["actor"]).toEqual({ kind: "evidence", text: "names in etc/passwd" });
    expect(meaningOf(entry, "auid")).toMatchObject({
      recorded: "1000",
      meaning: "alice",
      origin: { kind: "evidence" },
    });
    expect(meaningOf(entry, "gid")).toMatchObject({ meaning: "staff", origin: { text: "names in etc/passwd" } });
    expect(entry.originals["auid"]).toEqual(["1000"]);
    expect(entry.explanation.sentence).toContain("alice (running as root)");
  });

  it("come from the record's own host first", () => {
    const entry = onlyEntryNamed(NAMES, line(`${body}\x1dAUID="al" UID="unknown(0)"`));
    expect(entry.fields["actor"]).toBe("al");
    expect(meaningOf(entry, "auid")?.origin.text).toBe("enriched AUID");
    expect(meaningOf(entry, "uid")?.origin.text).toBe("names in etc/passwd");
  });

  it("stay numbers where nothing in the evidence names them", () => {
    expect(onlyEntryNamed({ ...NAMES, users: {} }, line(body)).fields["actor"]).toBe("1000");
    expect(onlyEntry(line(body)).fields["actor"]).toBe("1000");
    const unset = onlyEntryNamed(
      { ...NAMES, users: { "4294967295": "nobody" } },
      line(body.replace("=1000", "=4294967295")),
    );
    expect(unset.fields["actor"]).toBe("0");
    const hostile = onlyEntryNamed(NAMES, line(body.replace("auid=1000", "auid=constructor")));
    expect(hostile.fields["actor"]).toBe("constructor");
  });

  it("are groups where groups are administered", () => {
    const group = onlyEntryNamed(NAMES, line("ADD_GROUP pid=1 uid=0 auid=1000 msg='op=add-group id=1004 res=success'"));
    expect(meaningOf(group, "id")?.meaning).toBe("dba");
    const user = onlyEntryNamed(NAMES, line("ADD_USER pid=1 uid=0 auid=1000 msg='op=add-user id=1004 res=success'"));
    expect(meaningOf(user, "id")?.meaning).toBe("1004");
  });

  it("are learned within a record only, and said to be", () => {
    const entry = event(`ADD_USER pid=1 uid=0 auid=1000 msg='op=add-user acct="eve" id=1005 res=success'`);
    expect(meaningOf(entry, "id")).toMatchObject({
      meaning: "eve",
      origin: { kind: "inferred", text: "learned from acct of this record" },
    });
    expect(meaningOf(entry, "auid")?.meaning).toBe("1000");
    expect(
      meaningOf(event(`USER_LOGIN pid=1 uid=0 msg='op=login acct="(unknown)" id=7 res=failed'`), "id")?.meaning,
    ).toBe("7");
  });
});

describe("keystrokes", () => {
  const SECRET = "hunter2";
  const hex = Buffer.from(`su -\r${SECRET}\r`).toString("hex").toUpperCase();
  it.each([
    `TTY tty pid=2 uid=1000 auid=1000 ses=3 major=136 minor=0 comm="bash" data=${hex}`,
    `USER_TTY pid=2 uid=1000 auid=1000 ses=3 data=${hex}`,
    `USER_TTY pid=2 uid=1000 auid=1000 ses=3 data="${SECRET}"`,
    `USER_TTY pid=2 uid=1000 auid=1000 ses=3 msg=${hex}`,
    `USER_TTY pid=2 uid=1000 auid=1000 ses=3 msg='${SECRET}'`,
    `USER_TTY pid=2 uid=1000 auid=1000 ses=3 msg='${SECRET} comm="bash"'`,
    `UNKNOWN[1319] tty pid=2 uid=1000 auid=1000 data=${hex}`,
  ])("stand in raw.data alone: %s", (record) => {
    expect(auditd.secrets).toContain("raw.data");
    const entry = event(record);
    expect(entry.originals["data"]?.join()).toContain(SECRET);
    const { data: _data, ...others } = entry.originals;
    const open = JSON.stringify([entry.fields, others, entry.explanation.sentence, entry.explanation.records]);
    expect(open).not.toContain(SECRET);
    expect(open).not.toContain(hex);
    const { interpretations } = entry.explanation;
    expect(JSON.stringify(interpretations.filter(({ field }) => field !== "data"))).not.toContain(SECRET);
    expect(meaningOf(entry, "data")?.meaning).toContain(SECRET);
  });

  it("are told from typed brackets", () => {
    const typed = Buffer.from("<ret>\r").toString("hex");
    expect(event(`TTY tty pid=2 data=${typed}`).originals["data"]).toEqual(['"<ret>",<ret>']);
  });
});
