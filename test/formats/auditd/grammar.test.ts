/** The grammar of records, sentence by sentence: how bodies are cut into fields and values are decoded. */
import { describe, expect, it } from "vitest";
import { onlyEntry, type ReadEntry } from "./run-log.ts";

const hex = (text: string) => Buffer.from(text, "latin1").toString("hex").toUpperCase();
const read = (type: string, body: string): ReadEntry => onlyEntry(`type=${type} msg=audit(1700000000.001:7): ${body}`);
const GS = "\x1d";

describe("values", () => {
  it.each<[string, string, string, Readonly<Record<string, readonly string[]>>]>([
    [
      "a quoted value ends at a quote in front of a blank",
      "CONFIG_CHANGE",
      'op="remove rule" path="/a b" list=4',
      { op: ["remove rule"], path: ["/a b"], list: ["4"] },
    ],
    [
      "… and not at one inside",
      "USER_AUTH",
      `msg='op=x acct="a"b" exe="/x" res=failed'`,
      { acct: ['a"b'], exe: ["/x"], res: ["failed"] },
    ],
    ["… in front of an apostrophe", "USER_CMD", `pid=1 msg='cwd="/" cmd="ls"'`, { cwd: ["/"], cmd: ["ls"] }],
    [
      "an apostrophe in a value closes no message that was cut",
      "USER_AUTH",
      `msg='op=x acct="o'brien" exe="/x" res=fai`,
      { acct: ["o'brien"], exe: ["/x"], res: ["fai"] },
    ],
    [
      "… nor one that was not",
      "USER_AUTH",
      `msg='op=x acct="o'brien" exe="/x" res=failed'UID="root"`,
      { acct: ["o'brien"], exe: ["/x"], res: ["failed"] },
    ],
    ["… in front of a bracket", "USER_ACCT", `msg='PAM: x acct="a" (hostname=?, exe="/bin/su")'`, { exe: ["/bin/su"] }],
    ["… in front of a GS", "CWD", `cwd="/a"${GS}UID="root"`, { cwd: ["/a"] }],
    [
      "an empty value is not the next field",
      "DAEMON_END",
      "auditd normal halt, sending auid=? subj= res=success",
      { res: ["success"] },
    ],
    [
      "a label begins with =",
      "SYSCALL",
      "arch=c000003e syscall=2 subj==unconfined key=(null)",
      { subj: ["=unconfined"], key: ["(null)"] },
    ],
    [
      "a label keeps its mode",
      "SYSCALL",
      "syscall=2 subj==/usr/sbin/ntpd (enforce) key=(null)",
      { subj: ["=/usr/sbin/ntpd (enforce)"], key: ["(null)"] },
    ],
    ["… complain", "SYSCALL", "syscall=2 subj=/usr/bin/x (complain)", { subj: ["/usr/bin/x (complain)"] }],
    ["… kill", "SYSCALL", "syscall=2 subj=/usr/bin/x (kill) key=(null)", { subj: ["/usr/bin/x (kill)"] }],
    ["… unconfined", "SYSCALL", "syscall=2 subj=lsb (unconfined) key=(null)", { subj: ["lsb (unconfined)"] }],
    [
      "a range has colons and commas",
      "SYSCALL",
      "syscall=2 subj=u:r:t:s0-s0:c0,c1.c1023 key=(null)",
      { subj: ["u:r:t:s0-s0:c0,c1.c1023"], subj_type: ["t"], subj_sen: ["s0"], subj_clr: ["s0:c0,c1.c1023"] },
    ],
    [
      "a blank in a name, old auid",
      "LOGIN",
      "login pid=1 uid=0 old auid=4294967295 new auid=7 old ses=4294967295 new ses=3",
      { "old-auid": ["4294967295"], auid: ["7"], "old-ses": ["4294967295"], ses: ["3"] },
    ],
    [
      "… with commas",
      "LOGIN",
      "login pid=1 uid=0 old auid=4294967295, new auid=7, old ses=1, new ses=3",
      { "old-auid": ["4294967295"], auid: ["7"], "old-ses": ["1"], ses: ["3"] },
    ],
    ["text in front is the lead", "USER_ACCT", "user pid=13015 uid=0", { lead: ["user"], pid: ["13015"] }],
    [
      "… of an AVC",
      "AVC",
      'avc:  denied  { read write } for  pid=1 comm="x"',
      { lead: ["avc:  denied  { read write } for"], seresult: ["denied"], seperms: ["read", "write"] },
    ],
    [
      "… of netlabel",
      "MAC_MAP_ADD",
      "netlabel: auid=0 nlbl_domain=(default) res=1",
      { lead: ["netlabel:"], auid: ["0"], nlbl_domain: ["(default)"] },
    ],
    ["… of a terminal", "TTY", "tty pid=2 uid=0 data=6C73", { lead: ["tty"], pid: ["2"] }],
    ["… of the daemon", "DAEMON_START", "auditd start, ver=2.4 format=raw", { lead: ["auditd start,"], ver: ["2.4"] }],
    [
      "… of a message",
      "USYS_CONFIG",
      `pid=1 msg='changing system time exe="/usr/sbin/hwclock" res=success'`,
      { lead: ["changing system time"], exe: ["/usr/sbin/hwclock"] },
    ],
    [
      "AppArmor has none",
      "AVC",
      'apparmor="DENIED" operation="open" profile="/usr/bin/evince"',
      { apparmor: ["DENIED"], operation: ["open"], profile: ["/usr/bin/evince"] },
    ],
    [
      "old PAM text loses its commas and brackets",
      "USER_START",
      `user pid=1 uid=0 msg='PAM: session open acct="root" : exe="/usr/sbin/crond" (hostname=?, addr=?, terminal=cron res=success)'`,
      { op: ["PAM: session open"], acct: ["root"], hostname: ["?"], addr: ["?"], terminal: ["cron"], res: ["success"] },
    ],
    [
      "brackets of a value stay",
      "PATH",
      "name=(null) dev=(none) obj=(unknown)",
      { name: ["(null)"], dev: ["(none)"], obj: ["(unknown)"] },
    ],
    [
      "(deleted) is part of the name",
      "SYSCALL",
      'syscall=2 exe="/a (deleted)" comm="x"',
      { exe: ["/a (deleted)"], comm: ["x"] },
    ],
    [
      "a name twice is a list",
      "CRYPTO_SESSION",
      `pid=9 suid=1 msg='op=start suid=74 spid=3 addr=1.2.3.4 res=success'`,
      { suid: ["1", "74"], pid: ["9"] },
    ],
    [
      "several blanks between fields",
      "CRYPTO_SESSION",
      `pid=1  uid=0 msg='op=start  lport=22  exe="/usr/sbin/sshd" res=success '`,
      { uid: ["0"], lport: ["22"], exe: ["/usr/sbin/sshd"], res: ["success"] },
    ],
    [
      "op= runs to the next name",
      "ADD_USER",
      `pid=1 msg='op=adding user id=1003 exe="/x" res=success'`,
      { op: ["adding user"], id: ["1003"] },
    ],
    [
      "the last apostrophe closes a message",
      "USER_CMD",
      `pid=1 msg='cwd="/" cmd="it's" res=success'`,
      { cmd: ["it's"], res: ["success"] },
    ],
    [
      "a message that is not closed",
      "USER_CMD",
      `pid=1 msg='op=x acct="root" exe="/usr/sb`,
      { op: ["x"], acct: ["root"], exe: ["/usr/sb"] },
    ],
    [
      "a message closed in front of a trailer without GS",
      "USER_LOGIN",
      `pid=1 uid=0 msg='op=login acct="root" res=success'UID="root"`,
      { res: ["success"], UID: ["root"] },
    ],
    ["no res", "USER_ACCT", `pid=1 msg='op=x acct="a"'`, { acct: ["a"] }],
  ])("%s", (_what, type, body, wanted) => expect(read(type, body).originals).toMatchObject(wanted));

  it("keeps header and message apart", () => {
    const entry = read(
      "CRYPTO_KEY_USER",
      `pid=9 uid=0 auid=700 ses=3 msg='op=destroy kind=session suid=74 exe="/usr/sbin/sshd" res=success'`,
    );
    expect(entry.fields).toMatchObject({ actor: "700", session: "3" });
  });

  it("says that a torn record is incomplete", () => {
    expect(read("USER_CMD", `pid=1 msg='op=x acct="ro`).flags).toContain("incomplete");
  });
});

describe("the ENRICHED trailer", () => {
  const enriched = (body: string) => read("SYSCALL", `arch=c000003e syscall=59 auid=1004 uid=0 ${body}`);
  it.each<[string, string, Readonly<Record<string, readonly string[]>>]>([
    [
      "behind a GS",
      `key="x"${GS}ARCH=x86_64 SYSCALL=execve AUID="al" UID="root"`,
      { key: ["x"], ARCH: ["x86_64"], AUID: ["al"] },
    ],
    [
      "GS lost",
      `key="x"ARCH=x86_64 SYSCALL=execve AUID="al" UID="root"`,
      { key: ["x"], ARCH: ["x86_64"], AUID: ["al"] },
    ],
    [
      "GS a blank",
      `key="x" ARCH=x86_64 SYSCALL=execve AUID="al" UID="root"`,
      { key: ["x"], ARCH: ["x86_64"], AUID: ["al"] },
    ],
    ["… behind (null)", `key=(null)ARCH=x86_64 SYSCALL=execve AUID="al"`, { key: ["(null)"], ARCH: ["x86_64"] }],
    ["… behind hex digits", `code=0x80000000AUID="al" UID="root"`, { code: ["0x80000000"], AUID: ["al"] }],
    ["… behind hex that would eat the A", `name=${hex("/a b")}AUID="al" UID="root"`, { name: ["/a b"], AUID: ["al"] }],
    [
      "… where the A is the last digit",
      `name=${hex("/a b").slice(0, -2)}2AUID="root"`,
      { name: ["/a *"], UID: ["root"] },
    ],
    ["… behind a number", `errno=0UID="root"`, { errno: ["0"], UID: ["root"] }],
    ["an empty one", `key="x"${GS}`, { key: ["x"] }],
    ["a name inside quotes is text", `comm="AUID=7" key="x"`, { comm: ["AUID=7"], key: ["x"] }],
    ["a name without its field is none", `key="x" OAUID="al"`, { key: ["x"] }],
  ])("%s", (_what, body, wanted) => expect(enriched(body).originals).toMatchObject(wanted));

  it.each([
    ["PATH", `item=0 name="/x" ouid=7 ogid=8${GS}OUID="al" OGID="wheel"`, { OUID: ["al"], OGID: ["wheel"] }],
    [
      "SOCKADDR",
      `saddr=0200005001020304${GS}SADDR={ saddr_fam=inet laddr=1.2.3.4 lport=80 }`,
      { saddr_addr: ["1.2.3.4"], SADDR: ["{ saddr_fam=inet laddr=1.2.3.4 lport=80 }"] },
    ],
    [
      "SOCKADDR",
      `saddr=0200005001020304SADDR={ saddr_fam=inet laddr=1.2.3.4 lport=80 }`,
      { saddr: ["0200005001020304"], saddr_addr: ["1.2.3.4"] },
    ],
    [
      "LOGIN",
      `pid=1 uid=0 old-auid=4294967295 auid=7 res=1${GS}UID="root" OLD-AUID="unset" AUID="al"`,
      { "OLD-AUID": ["unset"], AUID: ["al"] },
    ],
    ["OBJ_PID", `opid=5 oauid=7 ouid=0 oses=1 ocomm="x"${GS}OAUID="al" OUID="root"`, { OAUID: ["al"] }],
    [
      "USER_LOGIN",
      `pid=1 uid=0 auid=7 msg='op=login id=7 res=success'${GS}UID="root" AUID="al" ID="al"`,
      { ID: ["al"] },
    ],
    ["USER_TTY", `pid=1 uid=0 data=6C6F67UID="root"`, { data: ['"log"'], UID: ["root"] }],
  ])("%s %s", (type, body, wanted) => expect(read(type, body).originals).toMatchObject(wanted));

  it("names, but never replaces the number", () => {
    const entry = enriched(`key="x"${GS}AUID="al" UID="root"`);
    expect(entry.fields["actor"]).toBe("al");
    expect(entry.originals).toMatchObject({ auid: ["1004"], uid: ["0"] });
  });
});

describe("encoding", () => {
  const ENCODED =
    "path comm exe file watch cwd cmd acct dir vm device cgroup ocomm grp new_group invalid_context sw root_dir name " +
    "old-chardev new-chardev old-disk new-disk old-fs new-fs old-net new-net old-rng new-rng " +
    "apparmor operation profile denied_mask requested_mask info proctitle key";
  it.each(ENCODED.split(" "))("%s is hex where it is not quoted", (name) => {
    expect(read("AVC", `${name}=${hex("a b")}`).originals[name]).toEqual(["a b"]);
    expect(read("AVC", `${name}=${hex("a b").toLowerCase()}`).originals[name]).toEqual(["a b"]);
    expect(read("AVC", `${name}="6120"`).originals[name]).toEqual(["6120"]);
    for (const none of ["(null)", "(none)", "?"])
      expect(read("AVC", `${name}=${none}`).originals[name]).toEqual([none]);
    expect(read("AVC", `${name}=612`).originals[name]).toEqual(["612"]);
  });

  it.each([
    ["SYSCALL", "a0=6162 a1=6162 a2=6162 a3=6162", "a1", "6162"],
    ["SYSCALL", "arch=40000003", "arch", "40000003"],
    ["SYSCALL", "ses=1234", "ses", "1234"],
    ["SYSCALL", "key=(null)", "key", "(null)"],
    ["LOGIN", "res=10", "res", "10"],
    ["SOCKADDR", "saddr=0100", "saddr", "0100"],
    ["FANOTIFY", "fan_info=3137", "fan_info", "3137"],
    ["TRUSTED_APP", `pid=1 uid=0 detail=${hex("a b")} id=12`, "detail", "a b"],
    ["PATH", `name=${hex("/tmp/\xc3\xa9")}`, "name", "/tmp/é"],
    ["PATH", `name=${hex("/tmp/\xff")}`, "name", "/tmp/\\xFF"],
    ["SYSCALL", `exe=${hex("/usr/bin/python2.7;58d1cfcb (deleted)")}`, "exe", "/usr/bin/python2.7;58d1cfcb (deleted)"],
    ["PROCTITLE", `proctitle=${hex("sh\0-c\0a b")}`, "proctitle", "sh -c a b"],
    ["USER_CMD", `msg='cwd="/" cmd=${hex("ls -l /x")} res=success'`, "cmd", "ls -l /x"],
    ["USER_TTY", `pid=1 msg=${hex("ls -l")}`, "data", '"ls -l"'],
    ["USER_TTY", "pid=1 msg='ls -l'", "data", '"ls -l"'],
    ["USER_TTY", `pid=1 msg='data=${hex("id\r")}'`, "data", '"id",<ret>'],
    ["USER_AUTH", `msg='op=x acct=${hex("(unknown)")} res=failed'`, "acct", "(unknown)"],
    ["USER_AUTH", `msg='op=x acct=${hex("a' or '1'='1")} res=failed'`, "acct", "a' or '1'='1"],
    ["USER_AUTH", "msg='op=x acct=1001 res=failed'", "acct", "1001"],
    ["USER_AUTH", "msg='op=x acct=bad res=failed'", "acct", "bad"],
  ])("%s %s: %s is %s", (type, body, name, wanted) => expect(read(type, body).originals[name]).toEqual([wanted]));

  it("splits keys, and keys alone", () => {
    expect(read("SYSCALL", `key=${hex("exec\x01a-b_c")}`).originals["key"]).toEqual(["exec", "a-b_c"]);
    expect(read("CONFIG_CHANGE", `op=add_rule key=${hex("x\x01y")} list=4`).originals["key"]).toEqual(["x", "y"]);
  });
});
