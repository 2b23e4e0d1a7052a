/** Numbers and names: what the facts on auditd say of each field, each call and each type of record. */
import { describe, expect, it } from "vitest";
import { recordType } from "../../../workers/formats/auditd/record-types.ts";
import { readSaddr } from "../../../workers/formats/auditd/saddr.ts";
import { meaningOf, onlyEntry, type ReadEntry } from "./run-log.ts";

const stamp = "msg=audit(1700000000.001:7):";
const read = (type: string, body: string): ReadEntry => onlyEntry(`type=${type} ${stamp} ${body}`);
const inCall = (call: string, line: string): ReadEntry =>
  onlyEntry(`type=SYSCALL ${stamp} ${call}`, line.replace("@", stamp));

describe("machines and calls", () => {
  it.each([
    ["c000003e", "x86_64"],
    ["40000003", "i386"],
    ["c00000b7", "aarch64"],
    ["40000028", "arm"],
    ["80000015", "ppc64"],
    ["c0000015", "ppc64le"],
    ["14", "ppc"],
    ["16", "s390"],
    ["80000016", "s390x"],
    ["c00000f3", "riscv64"],
    ["C000003E", "x86_64"],
    ["c0000fff", "ELF machine 4095, 64 bit, little endian"],
    ["7", "ELF machine 7, 32 bit, big endian"],
  ])("arch %s is %s", (arch, machine) =>
    expect(meaningOf(read("SYSCALL", `arch=${arch} syscall=1`), "arch")?.meaning).toBe(machine),
  );

  it.each([
    ["c000003e", "11", "munmap"],
    ["40000003", "11", "execve"],
    ["c00000b7", "221", "execve"],
    ["40000028", "11", "execve"],
    ["80000015", "11", "execve"],
    ["14", "11", "execve"],
    ["80000016", "11", "execve"],
    ["c00000f3", "221", "execve"],
    ["c000003e", String(0x40000000 + 1), "write"],
    ["c000003e", String(0x40000000 + 520), "execve"],
    ["c000003e", String(0x40000000 + 547), "pwritev2"],
    ["c000003e", String(0x40000000 + 600), String(0x40000000 + 600)],
    ["c000003e", "99999", "99999"],
    ["7", "11", "11"],
  ])("arch %s call %s is %s", (arch, call, name) => {
    const entry = read("SYSCALL", `arch=${arch} syscall=${call}`);
    expect(meaningOf(entry, "syscall")?.meaning).toBe(name);
    expect(entry.fields["event"]).toBe(`system call ${name}`);
  });

  it("takes the call of a ring, and of a filter by its own machine", () => {
    expect(meaningOf(read("URINGOP", "uring_op=18 success=yes exit=0 pid=1"), "uring_op")?.meaning).toBe("openat");
    expect(read("SECCOMP", "arch=40000003 syscall=11 code=0x50001").fields["target"]).toBe("execve");
  });
});

describe("results", () => {
  it.each([
    ["c000003e syscall=2", "-13", "EACCES, permission denied"],
    ["c000003e syscall=42", "-115", "EINPROGRESS, operation now in progress"],
    ["c000003e syscall=2", "-512", "ERESTARTSYS, interrupted, will be restarted"],
    ["c000003e syscall=2", "-513", "ERESTARTNOINTR, interrupted, will always be restarted"],
    ["c000003e syscall=2", "-514", "ERESTARTNOHAND, interrupted, restarted if there is no handler"],
    ["c000003e syscall=16", "-515", "ENOIOCTLCMD, no such ioctl command"],
    ["c000003e syscall=2", "-516", "ERESTART_RESTARTBLOCK, interrupted, restarted by restart_syscall"],
    ["c000003e syscall=2", "-9999", "-9999"],
    ["c000003e syscall=2", "3", "3"],
    ["c000003e syscall=9", "140737488355328", "0x800000000000"],
    ["c000003e syscall=12", "94000000000000", `0x${(94_000_000_000_000).toString(16)}`],
    ["c000003e syscall=9", "72057594037927935", "0xffffffffffffff"],
  ])("arch=%s exit=%s: %s", (call, exit, meaning) => {
    const entry = read("SYSCALL", `arch=${call} success=yes exit=${exit}`);
    expect(meaningOf(entry, "exit")?.meaning).toBe(meaning);
  });
});

/** Arguments by machine and number of the call. */
const X86 = "arch=c000003e syscall=";
const I386 = "arch=40000003 syscall=";
describe("arguments", () => {
  it.each([
    [`${X86}2 a1=0`, "a1", "O_RDONLY"],
    [`${X86}2 a1=241 a2=1a4`, "a1", "O_WRONLY|O_CREAT|O_TRUNC"],
    [`${X86}2 a1=241 a2=1a4`, "a2", "0644, rw-r--r--"],
    [`${X86}257 a0=ffffff9c a2=90800`, "a0", "AT_FDCWD"],
    [`${X86}257 a0=ffffffffffffff9c a2=90800`, "a0", "AT_FDCWD"],
    [`${X86}257 a0=5 a2=90800`, "a0", "fd 5"],
    [`${X86}257 a0=5 a2=90800`, "a2", "O_RDONLY|O_NONBLOCK|O_DIRECTORY|O_CLOEXEC"],
    [`${X86}257 a2=410000`, "a2", "O_RDONLY|O_DIRECTORY|__O_TMPFILE"],
    [`${X86}257 a2=410002 a3=180`, "a3", "0600, rw-------"],
    ["arch=c00000b7 syscall=56 a2=4000", "a2", "O_RDONLY|O_DIRECTORY"],
    ["arch=c00000b7 syscall=56 a2=8000", "a2", "O_RDONLY|O_NOFOLLOW"],
    ["arch=c00000b7 syscall=56 a2=10000", "a2", "O_RDONLY|O_DIRECT"],
    ["arch=c00000b7 syscall=56 a2=20000", "a2", "O_RDONLY|O_LARGEFILE"],
    ["arch=40000028 syscall=5 a1=4000", "a1", "O_RDONLY|O_DIRECTORY"],
    ["arch=c0000015 syscall=5 a1=4000", "a1", "O_RDONLY|O_DIRECTORY"],
    ["arch=c0000015 syscall=5 a1=8000", "a1", "O_RDONLY|O_NOFOLLOW"],
    ["arch=c0000015 syscall=5 a1=10000", "a1", "O_RDONLY|O_LARGEFILE"],
    ["arch=14 syscall=5 a1=20000", "a1", "O_RDONLY|O_DIRECT"],
    ["arch=c00000f3 syscall=56 a2=10000", "a2", "O_RDONLY|O_DIRECTORY"],
    [`${X86}85 a1=1ed`, "a1", "0755, rwxr-xr-x"],
    [`${X86}90 a1=9ed`, "a1", "04755, rwsr-xr-x"],
    [`${X86}91 a1=1b6`, "a1", "0666, rw-rw-rw-"],
    [`${X86}268 a2=3ff`, "a2", "01777, rwxrwxrwt"],
    [`${X86}452 a2=3ff`, "a2", "01777, rwxrwxrwt"],
    [`${X86}83 a1=1c0`, "a1", "0700, rwx------"],
    [`${X86}258 a2=1c0`, "a2", "0700, rwx------"],
    [`${X86}133 a1=1180`, "a1", "010600, fifo, rw-------"],
    [`${X86}133 a1=21b6`, "a1", "020666, character device, rw-rw-rw-"],
    [`${X86}92 a1=3e8 a2=ffffffff`, "a1", "1000"],
    [`${X86}92 a1=3e8 a2=ffffffff`, "a2", "unchanged"],
    [`${X86}260 a0=ffffff9c a2=0 a3=5`, "a3", "5"],
    [`${X86}105 a0=0`, "a0", "0"],
    [`${X86}113 a0=ffffffff a1=21`, "a1", "33"],
    [`${X86}117 a0=1 a1=2 a2=3`, "a2", "3"],
    [`${X86}21 a1=6`, "a1", "W_OK|R_OK"],
    [`${X86}21 a1=0`, "a1", "F_OK"],
    [`${X86}269 a0=ffffff9c a2=1`, "a2", "X_OK"],
    [`${X86}62 a0=4d2 a1=9`, "a0", "pid 1234"],
    [`${X86}62 a0=ffffffff a1=9`, "a0", "pid -1"],
    [`${X86}62 a0=4d2 a1=9`, "a1", "SIGKILL"],
    [`${X86}62 a0=4d2 a1=0`, "a1", "no signal, a check that the process exists"],
    [`${X86}200 a0=4d2 a1=f`, "a1", "SIGTERM"],
    [`${X86}234 a2=6`, "a2", "SIGABRT"],
    [`${X86}9 a2=5 a3=22`, "a2", "PROT_READ|PROT_EXEC"],
    [`${X86}9 a2=5 a3=22`, "a3", "MAP_PRIVATE|MAP_ANONYMOUS"],
    [`${X86}10 a2=0`, "a2", "PROT_NONE"],
    [`${X86}56 a0=1200011`, "a0", "CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD"],
    ["arch=80000016 syscall=120 a0=7f a1=1200011", "a1", "CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD"],
    ["arch=80000016 syscall=120 a0=7f a1=1200011", "a0", "0x7f"],
    [`${X86}272 a0=10000000`, "a0", "CLONE_NEWUSER"],
    [`${X86}308 a0=3 a1=40000000`, "a1", "CLONE_NEWNET"],
    [`${X86}101 a0=10 a1=4d2`, "a0", "PTRACE_ATTACH"],
    [`${X86}101 a0=10 a1=4d2`, "a1", "pid 1234"],
    [`${X86}157 a0=26`, "a0", "PR_SET_NO_NEW_PRIVS"],
    [`${X86}41 a0=2 a1=80801 a2=6`, "a0", "inet"],
    [`${X86}41 a0=2 a1=80801 a2=6`, "a1", "SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC"],
    [`${X86}41 a0=2 a1=80801 a2=6`, "a2", "tcp"],
    [`${I386}102 a0=1`, "a0", "socket"],
    [`${I386}102 a0=3`, "a0", "connect"],
    [`${I386}102 a0=5`, "a0", "accept"],
    [`${X86}165 a3=1000`, "a3", "MS_BIND"],
    [`${X86}166 a1=2`, "a1", "MNT_DETACH"],
    [`${X86}72 a0=3 a1=4 a2=800`, "a1", "F_SETFL"],
    [`${X86}72 a0=3 a1=4 a2=800`, "a2", "O_RDONLY|O_NONBLOCK"],
    [`${X86}72 a0=3 a1=1 a2=1`, "a2", "0x1"],
    [`${X86}16 a0=3 a1=5401`, "a1", "TCGETS"],
    [`${X86}321 a0=5`, "a0", "BPF_PROG_LOAD"],
    [`${X86}135 a0=40000`, "a0", "PER_LINUX|ADDR_NO_RANDOMIZE"],
    [`${X86}160 a0=7`, "a0", "RLIMIT_NOFILE"],
    [`${X86}313 a0=3 a2=2`, "a2", "MODULE_INIT_IGNORE_VERMAGIC"],
    [`${X86}176 a1=800`, "a1", "O_RDONLY|O_NONBLOCK"],
    [`${X86}169 a0=fee1dead a1=28121969 a2=1234567`, "a2", "restart"],
    [`${X86}250 a0=1`, "a0", "KEYCTL_JOIN_SESSION_KEYRING"],
    [`${X86}8 a0=3 a2=2`, "a2", "SEEK_END"],
    [`${X86}264 a0=ffffff9c a2=4`, "a2", "fd 4"],
    [`${X86}265 a0=3 a2=ffffff9c`, "a2", "AT_FDCWD"],
    [`${X86}263 a0=3 a2=200`, "a2", "AT_REMOVEDIR"],
    [`${X86}233 a0=3 a1=1`, "a1", "EPOLL_CTL_ADD"],
    [`${X86}144 a0=0 a1=1`, "a1", "SCHED_FIFO"],
    [`${X86}54 a0=3 a1=1 a2=2`, "a1", "SOL_SOCKET"],
    [`${X86}54 a0=3 a1=1 a2=2`, "a2", "SO_REUSEADDR"],
    [`${X86}59 a0=7ffd`, "a0", "0x7ffd"],
  ])("%s: %s is %s", (body, name, meaning) => expect(meaningOf(read("SYSCALL", body), name)?.meaning).toBe(meaning));

  it("reads those of a socket call where they are", () => {
    const entry = inCall(`${I386}102 success=yes exit=3 a0=1 a1=bf8`, "type=SOCKETCALL @ nargs=3 a0=2 a1=80001 a2=6");
    const meanings = entry.explanation.interpretations.map(({ field, meaning }) => `${field} ${meaning}`);
    expect(meanings).toEqual(expect.arrayContaining(["a0 inet", "a1 SOCK_STREAM|SOCK_CLOEXEC", "a2 tcp"]));
    const connect = inCall(`${I386}102 success=yes exit=0 a0=3 a1=bf8`, "type=SOCKADDR @ saddr=0200005001020304");
    expect(connect.fields).toMatchObject({
      action: "connected-to",
      target: "1.2.3.4:80",
      event: "system call connect",
    });
  });

  it("reads the flags of OPENAT2 as the machine of the call has them", () => {
    const flags = (arch: string) =>
      meaningOf(inCall(`arch=${arch} syscall=437`, "type=OPENAT2 @ oflag=040000 mode=0 resolve=0x8"), "oflag")?.meaning;
    expect(flags("c00000b7")).toBe("O_RDONLY|O_DIRECTORY");
    expect(flags("c000003e")).toBe("O_RDONLY|O_DIRECT");
  });
});

describe("fields", () => {
  it.each([
    ["PATH", "mode=0100755", "mode", "file, rwxr-xr-x"],
    ["PATH", "mode=0104755", "mode", "file, rwsr-xr-x"],
    ["PATH", "mode=0102755", "mode", "file, rwxr-sr-x"],
    ["PATH", "mode=041777", "mode", "directory, rwxrwxrwt"],
    ["PATH", "mode=0120777", "mode", "link, rwxrwxrwx"],
    ["PATH", "mode=060660", "mode", "block device, rw-rw----"],
    ["PATH", "mode=020620", "mode", "character device, rw--w----"],
    ["PATH", "mode=010644", "mode", "fifo, rw-r--r--"],
    ["PATH", "mode=0140666", "mode", "socket, rw-rw-rw-"],
    ["PATH", "mode=abc", "mode", "abc"],
    ["PATH", "dev=08:01", "dev", "major 8, minor 1"],
    ["PATH", "dev=fd:1f", "dev", "major 253, minor 31"],
    ["AVC", 'dev="dm-0"', "dev", "dm-0"],
    ["PATH", "nametype=PARENT", "nametype", "the directory that the object is in"],
    ["PATH", "objtype=DELETE", "objtype", "the object, removed"],
    ["PATH", "ouid=4294967295", "ouid", "unset"],
    ["SYSCALL", "auid=-1", "auid", "unset"],
    ["SYSCALL", "ses=4294967295", "ses", "unset"],
    ["LOGIN", "old-ses=4294967295", "old-ses", "unset"],
    ["NETFILTER_PKT", "proto=1", "proto", "icmp"],
    ["NETFILTER_PKT", "proto=58", "proto", "ipv6-icmp"],
    ["NETFILTER_PKT", "icmptype=8", "icmptype", "echo"],
    ["NETFILTER_PKT", "hook=1", "hook", "INPUT"],
    ["NETFILTER_PKT", "macproto=0x0800 x=1", "macproto", "0x0800"],
    ["NETFILTER_PKT", "macproto=86dd", "macproto", "IPv6"],
    ["NETFILTER_PKT", "action=0", "action", "drop"],
    ...["0 unspecified", "1 inet", "2 ipv4", "3 arp", "5 netdev", "7 bridge", "10 ipv6"].map((pair) => {
      const [number, name] = pair.split(" ");
      return ["NETFILTER_CFG", `table=filter family=${number}`, "family", name ?? ""] as const;
    }),
    ["NETFILTER_CFG", "table=security:48 family=10", "table", "security, generation 48"],
    ["NETFILTER_CFG", "table=filter:1;raw:2", "table", "filter, generation 1; raw, generation 2"],
    ["NETFILTER_CFG", "table=filter", "table", "filter"],
    ...[
      "cap_fp",
      "cap_fi",
      "fp",
      "fi",
      "pp",
      "pi",
      "pe",
      "pa",
      "cap_pp",
      "cap_pi",
      "cap_pe",
      "cap_pa",
      "old_pp",
      "old_pi",
      "old_pe",
      "old_pa",
      "new_pp",
      "new_pi",
      "new_pe",
    ].map((name) => ["BPRM_FCAPS", `${name}=0000000000003001`, name, "chown,net_admin,net_raw"] as const),
    ["BPRM_FCAPS", "new_pp=000001ffffffffff", "new_pp", "full"],
    ["BPRM_FCAPS", "new_pp=0", "new_pp", "none"],
    ["BPRM_FCAPS", "new_pp=0000010000000000", "new_pp", "checkpoint_restore"],
    ["BPRM_FCAPS", "fe=1", "fe", "in effect as soon as it runs"],
    ["PATH", "cap_fver=2", "cap_fver", "version 2"],
    ["AVC", "avc:  denied  { x } for capability=12", "capability", "net_admin"],
    ["USER_AUTH", "msg='op=pubkey fp=ab res=success'", "fp", "ab"],
    ["CONFIG_CHANGE", "perm=15", "perm", "read,write,exec,attr"],
    ["CONFIG_CHANGE", "perm=1", "perm", "exec"],
    ["INTEGRITY_DATA", "perm_mask=6", "perm_mask", "read,write"],
    ["ANOM_ABEND", "sig=11", "sig", "SIGSEGV"],
    ["SECCOMP", "sig=31 code=0x80000000", "sig", "SIGSYS"],
    ["SECCOMP", "sig=0", "sig", "no signal"],
    ["SECCOMP", "code=0x80000000", "code", "kill-process"],
    ["SECCOMP", "code=0x0", "code", "kill-thread"],
    ["SECCOMP", "code=0x30000", "code", "trap"],
    ["SECCOMP", "code=0x5000d", "code", "errno EACCES"],
    ["SECCOMP", "code=0x7fc00000", "code", "user-notify"],
    ["SECCOMP", "code=0x7ff00000", "code", "trace"],
    ["SECCOMP", "code=0x7ffc0000", "code", "log"],
    ["SECCOMP", "code=0x7fff0000", "code", "allow"],
    ["SECCOMP", "compat=1", "compat", "the compatible way of calls (32 bit)"],
    ["USER_AUTH", "msg='res=1'", "res", "success"],
    ["USER_AUTH", "msg='res=no'", "res", "failed"],
    ["USER_AUTH", "msg='res=maybe'", "res", "maybe"],
    ...["user", "task", "entry", "watch", "exit", "exclude", "filesystem", "io_uring"].map(
      (name, i) => ["CONFIG_CHANGE", `list=${i}`, "list", name] as const,
    ),
    ["CONFIG_CHANGE", "op=set audit_enabled=2 old=1", "audit_enabled", "on and locked"],
    ["CONFIG_CHANGE", "op=set audit_enabled=0 old=1", "old", "on"],
    ["CONFIG_CHANGE", "op=set audit_failure=2 old=1", "audit_failure", "panic"],
    ["CONFIG_CHANGE", "op=set audit_failure=2 old=1", "old", "printk"],
    ["CONFIG_CHANGE", "op=set audit_backlog_limit=8192 old=64", "old", "64"],
    ["MAC_STATUS", "enforcing=0 old_enforcing=1", "enforcing", "permissive"],
    ["MAC_STATUS", "enforcing=0 old_enforcing=1", "old_enforcing", "enforcing"],
    ["ANOM_PROMISCUOUS", "prom=256 old_prom=0", "prom", "promiscuous"],
    ["ANOM_PROMISCUOUS", "prom=256 old_prom=2", "old_prom", "off"],
    ["FANOTIFY", "resp=1", "resp", "allow"],
    ["FANOTIFY", "resp=2", "resp", "deny"],
    ["FANOTIFY", "resp=2 fan_type=0 fan_info=0", "fan_type", "no information"],
    ["FANOTIFY", "resp=2 fan_type=0 fan_info=0", "fan_info", "0"],
    ["FANOTIFY", "resp=2 fan_type=1 fan_info=1A", "fan_info", "rule 26"],
    ["FANOTIFY", "subj_trust=2", "subj_trust", "unknown"],
    ["FANOTIFY", "obj_trust=1", "obj_trust", "yes"],
    ["TIME_INJOFFSET", "sec=5 nsec=250000000", "sec", "the clock was set forward by 5.25 s"],
    ["TIME_INJOFFSET", "sec=-3600 nsec=0", "sec", "the clock was set back by 3600 s"],
    ["TIME_ADJNTPVAL", "op=status old=1 new=64", "new", "STA_UNSYNC"],
    ["TIME_ADJNTPVAL", "op=offset old=1 new=64", "new", "64"],
    ["INTEGRITY_PCR", "errno=13", "errno", "EACCES"],
    ["INTEGRITY_PCR", "errno=0", "errno", "no error"],
    ["MQ_OPEN", "oflag=0x42 mode=0600", "oflag", "O_RDWR|O_CREAT"],
    [
      "OPENAT2",
      "oflag=0302 resolve=0x3f",
      "resolve",
      "RESOLVE_NO_XDEV|RESOLVE_NO_MAGICLINKS|RESOLVE_NO_SYMLINKS|RESOLVE_BENEATH|RESOLVE_IN_ROOT|RESOLVE_CACHED",
    ],
    ["EVENT_LISTENER", "nl-mcgrp=1", "nl-mcgrp", "AUDIT_NLGRP_READLOG"],
    ["AVC", "avc:  denied  { ioctl } for ioctlcmd=0x5401", "ioctlcmd", "TCGETS"],
    ["TTY", "major=136 minor=3", "major", "/dev/pts/3"],
    [
      "SYSCALL",
      "subj=system_u:system_r:httpd_t:s0-s0:c0.c3",
      "subj",
      "user system_u, role system_r, type httpd_t, level s0, up to s0:c0.c3",
    ],
    ["SYSCALL", "subj=a:b:c", "subj", "user a, role b, type c"],
    ["SYSCALL", "subj==/usr/sbin/ntpd (enforce)", "subj", "AppArmor profile /usr/sbin/ntpd, mode enforce"],
    ["SYSCALL", "subj=unconfined", "subj", "unconfined: no profile holds it"],
    [
      "VIRT_RESOURCE",
      `msg='old-disk=${Buffer.from("/a b").toString("hex")} new-disk="/c" res=success'`,
      "old-disk",
      "/a b",
    ],
    ["SERVICE_START", "msg='unit=systemd\\x2dx res=success'", "unit", "systemd-x"],
  ] as const)("%s %s: %s is %s", (type, body, name, meaning) =>
    expect(meaningOf(read(type, body), name)?.meaning).toBe(meaning),
  );

  it("marks a command line that the kernel may have cut", () => {
    const title = (length: number) => meaningOf(read("PROCTITLE", `proctitle=${"61".repeat(length)}`), "proctitle");
    expect(title(127)?.origin.text).toBe("hex, NUL to blank");
    expect(title(128)?.origin.text).toContain("128 bytes");
  });
});

describe("socket addresses", () => {
  it.each([
    ["0200115C0A0000010000000000000000", "inet 10.0.0.1:4444"],
    ["0002115C0A0000010000000000000000", "inet 10.0.0.1:4444"],
    ["0A0000500000000120010DB80000000000000000000000010000000000", "inet6 [2001:db8::1]:80"],
    ["000A005000000000FE80000000000000000000000000000100000002", "inet6 [fe80::1%2]:80"],
    ["0A00005000000000FE80000000000000000000000000000102000000", "inet6 [fe80::1%2]:80"],
    ["01002F72756E2F61000000FFFF", "local /run/a"],
    ["00012F72756E2F61", "local /run/a"],
    ["0100006162006364", "local @ab@cd"],
    ["0100", "local unnamed"],
    ["10000000D204000003000000", "netlink pid 1234 groups 3"],
    ["00100000000004D200000003", "netlink pid 1234 groups 3"],
    ["110008060300000001000006AABBCCDDEEFF0000", "packet protocol 0x0806 interface 3 address aa:bb:cc:dd:ee:ff"],
    ["001108060000000300010006AABBCCDDEEFF0000", "packet protocol 0x0806 interface 3 address aa:bb:cc:dd:ee:ff"],
    ["2800000050C300000200000000000000", "vsock cid 2 port 50000"],
    ["002800000000C3500000000200000000", "vsock cid 2 port 50000"],
    ["0000000000000000", "unspec"],
    ["0200", "inet too short"],
    ["1F00AABB", "bluetooth"],
    ["26000000", "alg"],
  ])("%s is %s", (saddr, text) => expect(readSaddr(saddr)?.text).toBe(text));

  it("is the target of connect and bind, the sender of accept, and text in NETFILTER_PKT", () => {
    const address = "type=SOCKADDR @ saddr=020000500A000001";
    expect(inCall(`${X86}42 success=yes exit=0`, address).fields).toMatchObject({ target: "10.0.0.1:80" });
    expect(inCall(`${X86}42 success=yes exit=0`, address).fields["from"]).toBeUndefined();
    expect(inCall(`${X86}49 success=yes exit=0`, address).fields).toMatchObject({ target: "10.0.0.1:80" });
    expect(inCall(`${X86}43 success=yes exit=5`, address).fields).toMatchObject({ from: "10.0.0.1" });
    expect(read("NETFILTER_PKT", "saddr=10.0.0.1 daddr=10.0.0.2 proto=6").fields).toMatchObject({
      from: "10.0.0.1",
      target: "10.0.0.2",
    });
  });
});

describe("types of records", () => {
  const NAMED =
    "1006 LOGIN 1100 USER_AUTH 1101 USER_ACCT 1102 USER_MGMT 1103 CRED_ACQ 1104 CRED_DISP 1105 USER_START 1106 USER_END 1107 USER_AVC " +
    "1108 USER_CHAUTHTOK 1109 USER_ERR 1110 CRED_REFR 1111 USYS_CONFIG 1112 USER_LOGIN 1113 USER_LOGOUT 1114 ADD_USER 1115 DEL_USER " +
    "1116 ADD_GROUP 1117 DEL_GROUP 1123 USER_CMD 1124 USER_TTY 1127 SYSTEM_BOOT 1128 SYSTEM_SHUTDOWN 1129 SYSTEM_RUNLEVEL " +
    "1130 SERVICE_START 1131 SERVICE_STOP 1132 GRP_MGMT 1138 SOFTWARE_UPDATE 1200 DAEMON_START 1201 DAEMON_END 1202 DAEMON_ABORT " +
    "1203 DAEMON_CONFIG 1205 DAEMON_ROTATE 1300 SYSCALL 1302 PATH 1303 IPC 1304 SOCKETCALL 1305 CONFIG_CHANGE 1306 SOCKADDR 1307 CWD " +
    "1309 EXECVE 1316 KERNEL_OTHER 1317 FD_PAIR 1318 OBJ_PID 1319 TTY 1320 EOE 1321 BPRM_FCAPS 1322 CAPSET 1323 MMAP 1324 NETFILTER_PKT " +
    "1325 NETFILTER_CFG 1326 SECCOMP 1327 PROCTITLE 1328 FEATURE_CHANGE 1329 REPLACE 1330 KERN_MODULE 1331 FANOTIFY 1332 TIME_INJOFFSET " +
    "1333 TIME_ADJNTPVAL 1334 BPF 1335 EVENT_LISTENER 1336 URINGOP 1337 OPENAT2 1338 DM_CTRL 1339 DM_EVENT 1400 AVC 1401 SELINUX_ERR " +
    "1403 MAC_POLICY_LOAD 1404 MAC_STATUS 1405 MAC_CONFIG_CHANGE 1423 LANDLOCK_ACCESS 1424 LANDLOCK_DOMAIN 1425 MAC_TASK_CONTEXTS " +
    "1426 MAC_OBJ_CONTEXTS 1700 ANOM_PROMISCUOUS 1701 ANOM_ABEND 1702 ANOM_LINK 1703 ANOM_CREAT 1800 INTEGRITY_DATA 1807 INTEGRITY_POLICY_RULE";
  const pairs = NAMED.split(" ").flatMap((word, i, all) => (i % 2 === 0 ? [[word, all[i + 1] ?? ""] as const] : []));

  it.each(pairs)("%s is %s, however it is written", (number, name) => {
    expect(recordType(number).name).toBe(name);
    expect(recordType(`UNKNOWN[${number}]`).name).toBe(name);
    expect(recordType(name).number).toBe(Number(number));
  });

  it.each([
    ["1000", "control"],
    ["1199", "user-space"],
    ["1299", "audit-daemon"],
    ["1399", "audit-rule"],
    ["1499", "mac"],
    ["1550", "mac-decision"],
    ["1650", "crypto"],
    ["1750", "anomaly"],
    ["1850", "integrity"],
    ["2000", "kernel"],
    ["2150", "anomaly"],
    ["2250", "anomaly-response"],
    ["2350", "mac"],
    ["2450", "crypto"],
    ["2550", "virt"],
    ["9999", "unknown"],
  ])("%s is of the class %s", (number, category) => expect(recordType(number).category).toBe(category));

  it("keeps the number of a draft", () => {
    const entry = read("UNKNOWN[1420]", "subj_apparmor=unconfined");
    expect(entry.fields["code"]).toBe("UNKNOWN[1420]");
    expect(entry.explanation.records[0]?.title).toContain("IPE_ACCESS");
  });
});
