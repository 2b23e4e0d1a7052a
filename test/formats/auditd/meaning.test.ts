import { describe, expect, it } from "vitest";
import { capabilityNames, modeText, openFlags } from "../../../workers/formats/auditd/bits.ts";
import { auditd } from "../../../workers/formats/auditd/index.ts";
import { logOf, meaningOf, onlyEntry } from "./run-log.ts";

const stamp = "msg=audit(1700000000.001:7):";
const call = (body: string, ...more: readonly string[]) =>
  onlyEntry(`type=SYSCALL ${stamp} arch=c000003e ${body}`, ...more.map((line) => line.replace("@", stamp)));

describe("interpretations", () => {
  it.each([
    ["arch=c000003e syscall=11", "syscall", "munmap"],
    ["arch=40000003 syscall=11", "syscall", "execve"],
    ["arch=c00000b7 syscall=221", "syscall", "execve"],
    ["arch=c000003e syscall=1073741825", "syscall", "write"],
    ["arch=c000003e syscall=99999", "syscall", "99999"],
    ["arch=c000003e syscall=2 exit=-13", "exit", "EACCES, permission denied"],
    ["arch=c000003e syscall=2 exit=-512", "exit", "ERESTARTSYS, interrupted, will be restarted"],
    ["arch=c000003e syscall=9 exit=139637976727552", "exit", "0x7f0000000000"],
    ["arch=c000003e syscall=257 a0=ffffff9c", "a0", "AT_FDCWD"],
    ["arch=c000003e syscall=257 a0=ffffffffffffff9c", "a0", "AT_FDCWD"],
    ["arch=c000003e syscall=257 a2=80241", "a2", "O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC"],
    ["arch=c000003e syscall=257 a2=0", "a2", "O_RDONLY"],
    ["arch=c00000b7 syscall=56 a2=4000", "a2", "O_RDONLY|O_DIRECTORY"],
    ["arch=c0000015 syscall=5 a1=20000", "a1", "O_RDONLY|O_DIRECT"],
    ["arch=c000003e syscall=257 a2=41 a3=1b6", "a3", "0666, rw-rw-rw-"],
    ["arch=c000003e syscall=62 a1=9", "a1", "SIGKILL"],
    ["arch=c000003e syscall=101 a0=4206", "a0", "PTRACE_SEIZE"],
    ["arch=c000003e syscall=41 a0=a", "a0", "inet6"],
    ["arch=c000003e syscall=41 a0=2 a1=80802", "a1", "SOCK_DGRAM|SOCK_NONBLOCK|SOCK_CLOEXEC"],
    ["arch=c000003e syscall=54 a1=0 a2=40", "a2", "IPT_SO_SET_REPLACE"],
    ["arch=c000003e syscall=10 a2=7", "a2", "PROT_READ|PROT_WRITE|PROT_EXEC"],
    ["arch=c000003e syscall=272 a0=20000", "a0", "CLONE_NEWNS"],
    ["arch=40000003 syscall=102 a0=3", "a0", "connect"],
    ["arch=c000003e syscall=165 a3=1001", "a3", "MS_RDONLY|MS_BIND"],
    ["arch=c000003e syscall=117 a0=ffffffff a1=0", "a0", "unchanged"],
  ])("SYSCALL %s: %s is %s", (body, field, meaning) => {
    expect(meaningOf(onlyEntry(`type=SYSCALL ${stamp} ${body}`), field)?.meaning).toBe(meaning);
  });

  it("does not read the mode of an open that makes nothing", () => {
    expect(meaningOf(call("syscall=257 a2=0 a3=1b6"), "a3")).toMatchObject({
      meaning: "0x1b6",
      origin: { kind: "number" },
    });
  });

  it.each([
    ["CONFIG_CHANGE", "list=4", "list", "exit"],
    ["CONFIG_CHANGE", "audit_enabled=2", "audit_enabled", "on and locked"],
    ["AVC", "avc:  denied  { setuid } for  capability=7 permissive=1", "capability", "setuid"],
    ["SECCOMP", "sig=31 code=0x50001", "code", "errno EPERM"],
    ["SECCOMP", "sig=31 code=0x7ffc0000", "code", "log"],
    ["SECCOMP", "sig=0 code=0", "sig", "no signal"],
    ["ANOM_PROMISCUOUS", "prom=256 old_prom=0", "prom", "promiscuous"],
    ["CAPSET", "cap_pp=3000", "cap_pp", "net_admin,net_raw"],
    ["CAPSET", "cap_pp=1fffffffff", "cap_pp", expect.stringContaining("chown,dac_override")],
    ["NETFILTER_CFG", "family=7", "family", "bridge"],
    ["NETFILTER_PKT", "proto=17", "proto", "udp"],
    ["MMAP", "flags=0x22", "flags", "MAP_PRIVATE|MAP_ANONYMOUS"],
    ["PATH", "mode=0104755", "mode", "file, rwsr-xr-x"],
    ["TTY", "major=136 minor=3", "major", "/dev/pts/3"],
    ["TTY", "major=4 minor=1", "major", "/dev/tty1"],
    ["FANOTIFY", "resp=2 fan_type=1 fan_info=10", "fan_info", "rule 16"],
    ["OPENAT2", "oflag=0302 resolve=0xa", "resolve", "RESOLVE_NO_MAGICLINKS|RESOLVE_BENEATH"],
    ["OPENAT2", "oflag=0302 resolve=0xa", "oflag", "O_RDWR|O_EXCL|O_CREAT"],
    ["URINGOP", "uring_op=28", "uring_op", "openat2"],
    ["SOCKADDR", "saddr=020000507F000001", "saddr", "inet 127.0.0.1:80"],
    ["LOGIN", "old-auid=4294967295", "old-auid", "unset"],
    ["SERVICE_START", "msg='unit=a\\x2db res=success'", "unit", "a-b"],
  ])("%s %s: %s", (type, body, field, meaning) => {
    const found = meaningOf(onlyEntry(`type=${type} ${stamp} ${body}`), field)?.meaning;
    if (field === "oflag") expect(found?.split("|").toSorted()).toEqual(String(meaning).split("|").toSorted());
    else expect(found).toEqual(meaning);
  });

  it("takes a user's name from the record and never from this machine", () => {
    const bare = call("syscall=59 auid=0 uid=0");
    expect(meaningOf(bare, "auid")).toMatchObject({
      meaning: "0",
      origin: { kind: "number", text: "number as it stands" },
    });
    expect(bare.fields["actor"]).toBe("0");
    const named = call('syscall=59 auid=1004 uid=0\x1dAUID="dba" UID="root"');
    expect(meaningOf(named, "auid")).toMatchObject({
      meaning: "dba",
      origin: { kind: "enriched", text: "enriched AUID" },
    });
    expect(named.fields["actor"]).toBe("dba");
    expect(named.origins["actor"]).toEqual({ kind: "enriched", text: "enriched AUID" });
    expect(call('syscall=59 auid=1501 uid=0\x1dAUID="unknown(1501)" UID="root"').fields["actor"]).toBe("1501");
    expect(call('syscall=59 auid=4294967295 uid=48\x1dAUID="unset" UID="apache"').fields["actor"]).toBe("apache");
  });

  it("reads modes, flags and capabilities", () => {
    expect(modeText(0o41777)).toBe("directory, rwxrwxrwt");
    expect(modeText(0o102644)).toBe("file, rw-r-Sr--");
    expect(openFlags(0x101001, "x86_64")).toBe("O_WRONLY|O_SYNC");
    expect(capabilityNames("0")).toBe("none");
    expect(capabilityNames("1ffffffffff")).toBe("full");
    expect(capabilityNames("zz")).toBeUndefined();
  });
});

describe("outcomes", () => {
  it.each([
    ["type=SYSCALL @ arch=c000003e syscall=42 success=no exit=-115", undefined],
    ["type=SYSCALL @ arch=c000003e syscall=0 success=no exit=-11", undefined],
    ["type=SYSCALL @ arch=c000003e syscall=57 success=no exit=-11", "fail"],
    ["type=SYSCALL @ arch=c000003e syscall=2 success=no exit=-512", undefined],
    ["type=SYSCALL @ arch=c000003e syscall=2 success=no exit=-13", "fail"],
    ["type=SYSCALL @ arch=c000003e syscall=2 success=yes exit=3", "success"],
    ["type=SYSCALL @ arch=c000003e syscall=2", undefined],
    ["type=USER_AUTH @ pid=1 msg='op=x res=failed'", "fail"],
    ["type=USER_AUTH @ pid=1 msg='op=x res=1'", "success"],
    ["type=USER_AUTH @ pid=1 msg='op=x result=no'", "fail"],
    ["type=USER_AUTH @ pid=1 msg='op=x'", undefined],
    ["type=AVC @ avc:  denied  { read } for  pid=1 tclass=file permissive=0", "fail"],
    ["type=AVC @ avc:  denied  { read } for  pid=1 tclass=file permissive=1", "success"],
    ["type=AVC @ avc:  granted  { read } for  pid=1 tclass=file", "success"],
    ['type=AVC @ apparmor="DENIED" operation="open"', "fail"],
    ['type=AVC @ apparmor="ALLOWED" operation="open"', "success"],
    ['type=AVC @ apparmor="STATUS" operation="profile_load"', undefined],
    ["type=SECCOMP @ code=0x7ffc0000", "success"],
    ["type=SECCOMP @ code=0x80000000", "fail"],
    ["type=SECCOMP @ code=0x7ff00000", undefined],
    ["type=ANOM_ABEND @ sig=11 res=1", undefined],
    ["type=DAEMON_START @ op=start res=success", "success"],
  ])("%s", (line, outcome) => {
    const entry = onlyEntry(line.replace("@", stamp));
    expect(entry.fields["outcome"]).toBe(outcome);
  });

  it.each([
    [["type=SYSCALL @ arch=c000003e syscall=2 success=no exit=-13"], "warning"],
    [["type=USER_AUTH @ pid=1 msg='op=x res=failed'"], "warning"],
    [["type=USER_AUTH @ pid=1 msg='op=x res=success'"], "info"],
    [["type=SECCOMP @ code=0x80000000"], "warning"],
    [["type=SELINUX_ERR @ op=security_compute_av seresult=denied"], "warning"],
    [["type=DAEMON_ABORT @ op=x res=failed"], "warning"],
    [["type=ANOM_ABEND @ sig=11 res=1"], "error"],
    [["type=ANOM_PROMISCUOUS @ dev=eth0 prom=256 old_prom=0"], "error"],
    [["type=RESP_ACCT_LOCK @ pid=1 msg='acct=\"eva\" res=success'"], "error"],
    [["type=AVC @ avc:  denied  { read } for  pid=1 tclass=file permissive=0"], "error"],
    [["type=AVC @ avc:  denied  { read } for  pid=1 tclass=file"], "error"],
    [["type=AVC @ avc:  denied  { read } for  pid=1 tclass=file permissive=1"], "info"],
    [["type=AVC @ avc:  granted  { read } for  pid=1 tclass=file"], "info"],
    [["type=USER_AVC @ pid=1 msg='avc:  denied  { start } for auid=1 tclass=service'"], "error"],
    [["type=USER_AVC @ pid=1 msg='avc:  received policyload notice (seqno=2) res=failed'"], "warning"],
    [['type=AVC @ apparmor="DENIED" operation="open"'], "error"],
    [['type=AVC @ apparmor="ALLOWED" operation="open"'], "info"],
    // The gravest record of an event counts, whichever names it.
    [
      [
        "type=AVC @ avc:  granted  { read } for  pid=1 tclass=file",
        "type=AVC @ avc:  denied  { write } for  pid=1 tclass=file",
        "type=SYSCALL @ arch=c000003e syscall=2 success=yes exit=3",
      ],
      "error",
    ],
  ])("level of %j is %s, and said to be derived", (lines, level) => {
    const entry = onlyEntry(...lines.map((line) => line.replace("@", stamp)));
    expect(entry.fields["level"]).toBe(level);
    expect(entry.flags).toContain("levelDerived");
  });
});

describe("the raw view", () => {
  it("has tokens in order that name their fields and lie in the record", () => {
    const line = `node=h type=USER_CMD ${stamp} pid=1 auid=7 msg='cwd="/" cmd=6C73 res=success'\x1dAUID="al"`;
    const [record] = onlyEntry(line).explanation.records;
    const tokens = record?.tokens ?? [];
    const texts = tokens
      .filter(({ kind }) => kind === "value" || kind === "type")
      .map(({ start, end, field }) => `${field}=${line.slice(start, end)}`);
    expect(texts).toEqual([
      "node=h",
      "type=USER_CMD",
      "time=audit(1700000000.001:7):",
      "pid=1",
      "auid=7",
      'cwd="/"',
      "cmd=6C73",
      "res=success",
      'AUID="al"',
    ]);
    let last = 0;
    for (const { start, end } of tokens) {
      expect(start).toBeGreaterThanOrEqual(last);
      last = end;
    }
    expect(record?.title).toBe("USER_CMD");
  });

  it("marks the bytes of what it shows", () => {
    const entry = call(
      'syscall=257 success=no exit=-13 auid=1004 comm="cat" exe="/usr/bin/cat"',
      'type=PATH @ item=0 name="/etc/shadow" nametype=NORMAL',
    );
    const marked = Object.fromEntries(entry.marks.map(({ name, text }) => [name, text]));
    expect(marked).toMatchObject({
      time: "1700000000.001",
      actor: "1004",
      target: "/etc/shadow",
      outcome: "no",
      "raw.exit": "-13",
      code: "SYSCALL",
      ref: "1700000000.001:7",
    });
  });

  it("says what happened in one sentence", () => {
    expect(
      call(
        'syscall=257 success=no exit=-13 auid=1004 exe="/usr/bin/cat"',
        'type=PATH @ item=0 name="/etc/shadow" nametype=NORMAL',
      ).explanation.sentence,
    ).toBe("User 1004 opened file /etc/shadow with /usr/bin/cat, which failed: EACCES, permission denied.");
  });
});

describe("recognition", () => {
  it("goes by the share of lines with a stamp", () => {
    const good = logOf(`type=CWD ${stamp} cwd="/"`, "# c", "----", "noise");
    expect(auditd.recognise(good.heads)).toEqual({ confidence: 0.5, reasons: ["1 of 2 lines carry an audit stamp"] });
    expect(auditd.recognise(logOf("a b c", '{"x":1}').heads).confidence).toBe(0);
    expect(auditd.recognise(logOf("he wrote audit(1.2:3): in a letter").heads).confidence).toBe(0);
  });

  it("leaves JSON that carries records to the carrier that unwraps it", () => {
    expect(auditd.recognise(logOf(`{"date":1.5,"log":"type=CWD ${stamp} cwd=\\"/\\""}`).heads).confidence).toBe(0);
  });

  it("claims its own samples", () => {
    for (const sample of auditd.samples) expect(auditd.recognise(logOf(sample).heads).confidence).toBe(1);
  });

  it.each([
    [[`type=CWD ${stamp} cwd="/"`], "Linux auditd, raw"],
    [[`node=h type=CWD ${stamp} cwd="/"`], "Linux auditd, raw, with node"],
    [[`type=CWD ${stamp} cwd="/"`, `type=USER ${stamp} uid=0\x1dUID="root"`], "Linux auditd, enriched"],
    [[`type=USER ${stamp} uid=0`, `type=USER ${stamp} uid=0\x1dUID="root"`], "Linux auditd, raw + enriched"],
  ])("describes %j as %s", (lines, title) => expect(auditd.describe(logOf(...lines).heads)).toBe(title));
});
