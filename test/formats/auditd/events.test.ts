/** Who did what to what, how and with what result, for each kind of event that the facts on auditd name. */
import { describe, expect, it } from "vitest";
import { onlyEntry, type ReadEntry } from "./run-log.ts";

const stamp = "msg=audit(1700000000.001:7):";
const X86 = "arch=c000003e success=yes exit=0";
const WHO = 'ppid=1 pid=77 auid=1000 uid=1000 euid=1000 tty=pts0 ses=3 comm="x" exe="/usr/bin/x"';
/** A call by number with further records, each `TYPE body`. */
const call = (number: number, args: string, ...records: readonly string[]): ReadEntry =>
  onlyEntry(...[`SYSCALL ${X86} syscall=${number} ${args} ${WHO}`, ...records].map(line));
const event = (...records: readonly string[]): ReadEntry => onlyEntry(...records.map(line));
const line = (record: string): string => record.replace(/^(\S+) ?/, `type=$1 ${stamp} `);
const path = (item: number, name: string, nametype: string): string =>
  `PATH item=${item} name="${name}" nametype=${nametype}`;
const CWD = 'CWD cwd="/user/al"';

describe("calls", () => {
  it.each<[string, ReadEntry, Readonly<Record<string, string>>]>([
    [
      "execve",
      call(
        59,
        "items=2",
        'EXECVE argc=2 a0="ls" a1="-l"',
        CWD,
        path(0, "/bin/ls", "NORMAL"),
        path(1, "/lib64/ld.so", "NORMAL"),
      ),
      { action: "executed", target: "/bin/ls", label: "ls -l" },
    ],
    [
      "execveat",
      call(322, "a0=ffffff9c", CWD, path(0, "run.sh", "NORMAL")),
      { action: "executed", target: "/user/al/run.sh" },
    ],
    ["open", call(2, "a1=0", CWD, path(0, "a.txt", "NORMAL")), { action: "opened-file", target: "/user/al/a.txt" }],
    [
      "openat that makes",
      call(257, "a0=ffffff9c a2=41", CWD, path(0, "/tmp/", "PARENT"), path(1, "/tmp/n", "CREATE")),
      { action: "created", target: "/tmp/n" },
    ],
    [
      "openat from a directory",
      call(257, "a0=5 a2=41", CWD, path(0, "/srv/d", "PARENT"), path(1, "n", "CREATE")),
      { action: "created", target: "/srv/d/n" },
    ],
    [
      "… that the kernel did not know",
      call(257, "a0=5 a2=41", CWD, path(0, "/user/al", "PARENT"), path(1, "n", "CREATE")),
      { action: "created", target: "n" },
    ],
    ["truncate", call(76, "", CWD, path(0, "/tmp/n", "NORMAL")), { action: "opened-file", target: "/tmp/n" }],
    [
      "unlink",
      call(87, "", CWD, path(0, "/tmp/", "PARENT"), path(1, "/tmp/n", "DELETE")),
      { action: "deleted", target: "/tmp/n" },
    ],
    [
      "unlinkat",
      call(263, "a0=ffffff9c", CWD, path(0, "/user/al", "PARENT"), path(1, "n", "DELETE")),
      { action: "deleted", target: "/user/al/n" },
    ],
    [
      "rmdir",
      call(84, "", CWD, path(0, "/tmp", "PARENT"), path(1, "/tmp/d", "DELETE")),
      { action: "deleted", target: "/tmp/d" },
    ],
    [
      "rename",
      call(
        82,
        "",
        CWD,
        path(0, "/tmp/", "PARENT"),
        path(1, "/tmp/", "PARENT"),
        path(2, "/tmp/a", "DELETE"),
        path(3, "/tmp/b", "CREATE"),
      ),
      { action: "renamed", target: "/tmp/a", target2: "/tmp/b", old: "/tmp/a", new: "/tmp/b" },
    ],
    [
      "link",
      call(86, "", CWD, path(0, "/tmp/a", "NORMAL"), path(1, "/tmp/", "PARENT"), path(2, "/tmp/b", "CREATE")),
      { action: "linked", target: "/tmp/a", target2: "/tmp/b" },
    ],
    [
      "symlink",
      call(88, "", CWD, path(0, "/etc/x", "UNKNOWN"), path(1, "/tmp/", "PARENT"), path(2, "/tmp/l", "CREATE")),
      { action: "symlinked", target: "/etc/x", target2: "/tmp/l" },
    ],
    [
      "mkdir",
      call(83, "a1=1c0", CWD, path(0, "/tmp", "PARENT"), path(1, "/tmp/d", "CREATE")),
      { action: "created-directory", target: "/tmp/d" },
    ],
    [
      "mknod",
      call(133, "a1=1180", CWD, path(0, "/tmp", "PARENT"), path(1, "/tmp/f", "CREATE")),
      { action: "make-device", target: "/tmp/f" },
    ],
    [
      "chmod",
      call(90, "a1=9ed", CWD, path(0, "/tmp/s", "NORMAL")),
      { action: "changed-file-permissions-of", target: "/tmp/s", new: "04755" },
    ],
    [
      "fchmodat",
      call(268, "a0=ffffff9c a2=1ff", CWD, path(0, "s", "NORMAL")),
      { action: "changed-file-permissions-of", target: "/user/al/s", new: "0777" },
    ],
    [
      "chown",
      call(92, "a1=0 a2=0", CWD, path(0, "/tmp/s", "NORMAL")),
      { action: "changed-file-ownership-of", target: "/tmp/s", new: "0" },
    ],
    [
      "setxattr",
      call(188, "", CWD, path(0, "/tmp/s", "NORMAL")),
      { action: "changed-file-attributes-of", target: "/tmp/s" },
    ],
    [
      "utimensat",
      call(280, "a0=ffffff9c", CWD, path(0, "s", "NORMAL")),
      { action: "changed-timestamp-of", target: "/user/al/s" },
    ],
    [
      "access",
      call(21, "a1=4", CWD, path(0, "/etc/shadow", "NORMAL")),
      { action: "checked-metadata-of", target: "/etc/shadow" },
    ],
    ["mount", call(165, "a3=0", CWD, path(0, "/mnt", "NORMAL"), path(1, "/dev/sdb1", "NORMAL")), { action: "mounted" }],
    ["umount2", call(166, "a1=0", CWD, path(0, "/mnt", "NORMAL")), { action: "unmounted", target: "/mnt" }],
    [
      "finit_module",
      call(313, "", 'KERN_MODULE name="rootkit"'),
      { action: "loaded-kernel-module", target: "rootkit" },
    ],
    ["delete_module", call(176, "", 'KERN_MODULE name="nf"'), { action: "unloaded-kernel-module", target: "nf" }],
    [
      "connect",
      call(42, "a0=3", "SOCKADDR saddr=020001BBCB00714D0000000000000000"),
      { action: "connected-to", target: "203.0.113.77:443" },
    ],
    [
      "accept4",
      call(288, "a0=3", "SOCKADDR saddr=020001BBCB00714D0000000000000000"),
      { action: "accepted-connection-from", target: "203.0.113.77:443", from: "203.0.113.77" },
    ],
    [
      "bind",
      call(49, "a0=3", "SOCKADDR saddr=02000050000000000000000000000000"),
      { action: "bound-socket", target: "0.0.0.0:80" },
    ],
    [
      "sendto",
      call(44, "a0=3", "SOCKADDR saddr=02000035080808080000000000000000"),
      { action: "sent-to", target: "8.8.8.8:53" },
    ],
    [
      "recvfrom",
      call(45, "a0=3", "SOCKADDR saddr=02000035080808080000000000000000"),
      { action: "received-from", target: "8.8.8.8:53" },
    ],
    ["listen", call(50, "a0=3 a1=80"), { action: "listen-for-connections" }],
    [
      "kill",
      call(62, "a0=1f4 a1=9", 'OBJ_PID opid=500 oauid=-1 ouid=0 oses=-1 ocomm="sshd"'),
      { action: "killed-pid", target: "500", target2: "sshd" },
    ],
    ["kill without OBJ_PID", call(62, "a0=1f4 a1=9"), { action: "killed-pid", target: "500" }],
    ["ptrace", call(101, "a0=10 a1=1f4", 'OBJ_PID opid=500 ocomm="sshd"'), { action: "traced", target: "500" }],
    ["setuid", call(105, "a0=0"), { action: "changed-identity-of", target: "0" }],
    ["setreuid", call(113, "a0=ffffffff a1=21"), { action: "changed-identity-of", target: "33" }],
    ["setresgid", call(119, "a0=ffffffff a1=ffffffff a2=5"), { action: "changed-identity-of", target: "5" }],
    ["clock_settime", call(227, ""), { action: "changed-system-time" }],
    ["sethostname", call(170, ""), { action: "changed-system-name" }],
    ["bpf", call(321, "a0=5", "BPF prog-id=9 op=LOAD"), { action: "loaded-bpf-program", target: "9" }],
    [
      "clone",
      onlyEntry(line(`SYSCALL arch=c000003e syscall=56 success=yes exit=4242 a0=11 ${WHO}`)),
      { action: "created-process", target: "4242" },
    ],
    ["unshare", call(272, "a0=10000000"), { action: "changed-namespace" }],
    ["mprotect", call(10, "a2=7"), { action: "allocated-memory" }],
    ["another", call(185, "", CWD, path(0, "/x", "NORMAL")), { target: "/x" }],
    [
      "of i386",
      onlyEntry(line(`SYSCALL arch=40000003 syscall=213 success=yes exit=0 a0=0 ${WHO}`)),
      { action: "changed-identity-of", target: "0" },
    ],
    [
      "a ring's",
      event(`URINGOP uring_op=18 success=yes exit=0 items=1 ${WHO}`, CWD, path(0, "/etc/passwd", "NORMAL")),
      { action: "opened-file", target: "/etc/passwd", actor: "1000", outcome: "success" },
    ],
  ])("%s", (_name, entry, wanted) => expect(entry.fields).toMatchObject(wanted));
});

describe("records", () => {
  const user = (type: string, message: string): ReadEntry =>
    event(`${type} pid=9 uid=0 auid=1000 ses=3 msg='${message}'`);
  it.each<[string, ReadEntry, Readonly<Record<string, string>>]>([
    [
      "LOGIN",
      event("LOGIN pid=9 uid=0 old-auid=4294967295 auid=1000 old-ses=4294967295 ses=7 res=1"),
      { action: "changed-login-id-to", target: "1000", session: "7", outcome: "success" },
    ],
    ...[
      "USER_AUTH authenticated",
      "USER_ACCT was-authorized",
      "CRED_ACQ acquired-credentials",
      "CRED_REFR refreshed-credentials",
      "CRED_DISP disposed-credentials",
      "USER_START started-session",
      "USER_END ended-session",
      "USER_LOGIN logged-in",
      "USER_LOGOUT logged-out",
    ].map((pair) => {
      const [type = "", action = ""] = pair.split(" ");
      const entry = user(
        type,
        'op=PAM:x acct="bob" exe="/usr/sbin/sshd" hostname=h addr=203.0.113.9 terminal=ssh res=failed',
      );
      return [type, entry, { action, target: "bob", target2: "ssh", from: "203.0.113.9", outcome: "fail" }] as [
        string,
        ReadEntry,
        Readonly<Record<string, string>>,
      ];
    }),
    [
      "USER_CMD",
      user("USER_CMD", 'cwd="/root" cmd=6964202D61 exe="/usr/bin/sudo" terminal=pts/1 res=success'),
      { action: "ran-command", target: "id -a", label: "id -a", target2: "pts/1" },
    ],
    [
      "USER_CHAUTHTOK",
      user("USER_CHAUTHTOK", 'op=PAM:chauthtok acct="bob" exe="/usr/bin/passwd" res=success'),
      { action: "changed-password", target: "bob" },
    ],
    [
      "ACCT_LOCK",
      user("ACCT_LOCK", 'op=locked-password id=1001 exe="/usr/bin/passwd" res=success'),
      { action: "locked-account", target: "1001" },
    ],
    [
      "ADD_USER",
      user("ADD_USER", 'op=add-user acct="eve" id=1005 exe="/usr/sbin/useradd" res=success'),
      { action: "added-user-account", target: "eve" },
    ],
    [
      "DEL_USER",
      user("DEL_USER", 'op=delete-user id=1005 exe="/usr/sbin/userdel" res=success'),
      { action: "deleted-user-account", target: "1005" },
    ],
    [
      "SERVICE_STOP",
      user("SERVICE_STOP", 'unit=auditd comm="systemd" exe="/x" res=success'),
      { action: "stopped-service", target: "auditd" },
    ],
    [
      "SYSTEM_SHUTDOWN",
      user("SYSTEM_SHUTDOWN", ' comm="systemd-update-utmp" exe="/x" res=success'),
      { action: "shutdown-system" },
    ],
    [
      "DAEMON_END",
      event("DAEMON_END op=terminate auid=0 uid=0 ses=2 pid=1 subj=x res=success"),
      { action: "shutdown-audit", actor: "0", outcome: "success" },
    ],
    [
      "CONFIG_CHANGE set",
      event("CONFIG_CHANGE op=set audit_enabled=0 old=1 auid=1000 ses=3 res=1"),
      { target: "audit_enabled", old: "1", new: "0", actor: "1000" },
    ],
    [
      "CONFIG_CHANGE remove",
      event('CONFIG_CHANGE auid=1000 ses=3 op=remove_rule key="exec" list=4 res=1'),
      { target: "exec", outcome: "success" },
    ],
    [
      "AVC",
      event(
        'AVC avc:  denied  { read } for  pid=9 comm="httpd" name="shadow" scontext=u:r:httpd_t:s0 tcontext=u:r:shadow_t:s0 tclass=file permissive=0',
      ),
      { actor: "u:r:httpd_t:s0", "target.type": "file", target: "shadow", target2: "read", outcome: "fail" },
    ],
    [
      "AVC of AppArmor",
      event(
        'AVC apparmor="DENIED" operation="open" profile="/usr/bin/evince" name="/etc/shadow" pid=9 comm="evince" requested_mask="r" denied_mask="r" fsuid=1000 ouid=0',
      ),
      { actor: "/usr/bin/evince", target: "/etc/shadow", target2: "r", outcome: "fail" },
    ],
    [
      "SECCOMP",
      event(
        'SECCOMP auid=1000 uid=33 gid=33 ses=3 pid=9 comm="nginx" exe="/usr/sbin/nginx" sig=31 arch=c000003e syscall=59 compat=0 ip=0x7f56 code=0x80000000',
      ),
      { action: "called-seccomp-controlled-syscall", target: "execve", outcome: "fail" },
    ],
    [
      "ANOM_ABEND",
      event('ANOM_ABEND auid=1000 uid=0 gid=0 ses=3 pid=9 comm="sshd" exe="/usr/sbin/sshd" sig=11 res=1'),
      { action: "crashed-program", target: "/usr/sbin/sshd" },
    ],
    [
      "ANOM_PROMISCUOUS",
      event("ANOM_PROMISCUOUS dev=eth0 prom=256 old_prom=0 auid=1000 uid=0 gid=0 ses=3"),
      { action: "changed-promiscuous-mode-on-device", target: "eth0", old: "0", new: "256" },
    ],
    [
      "ANOM_LINK",
      event('ANOM_LINK op=linkat ppid=1 pid=2 auid=1000 uid=0 comm="x" exe="/x" res=0', path(0, "/tmp/l", "NORMAL")),
      { action: "used-suspicious-link", target: "/tmp/l" },
    ],
    [
      "INTEGRITY_DATA",
      event(
        'INTEGRITY_DATA pid=1 uid=0 auid=0 ses=1 op=appraise_data cause=invalid-hash comm="x" name="/usr/bin/evil" dev="sda1" ino=1 res=0',
      ),
      { action: "appraise_data", target: "/usr/bin/evil", outcome: "fail" },
    ],
    [
      "NETFILTER_CFG",
      event('NETFILTER_CFG table=filter:2 family=2 entries=4 op=nft_register_rule pid=5 comm="nft"'),
      { action: "changed-firewall", target: "filter:2" },
    ],
    [
      "MAC_STATUS",
      event("MAC_STATUS enforcing=0 old_enforcing=1 auid=1000 ses=3"),
      { action: "changed-selinux-enforcement-to", target: "0", old: "1", new: "0" },
    ],
    [
      "TTY",
      event('TTY tty pid=2 uid=1000 auid=1000 ses=3 major=136 minor=0 comm="bash" data=6C730D'),
      { action: "typed" },
    ],
    [
      "CRYPTO_KEY_USER",
      user(
        "CRYPTO_KEY_USER",
        'op=destroy kind=server fp=SHA256:a1:cd spid=9 suid=0 exe="/usr/sbin/sshd" addr=203.0.113.9 res=success',
      ),
      { action: "negotiated-crypto-key", target: "SHA256:a1:cd", from: "203.0.113.9" },
    ],
    [
      "SOFTWARE_UPDATE",
      user("SOFTWARE_UPDATE", 'op=install sw="curl-8" sw_type=rpm exe="/usr/bin/python3" res=success'),
      { action: "installed-software", target: "curl-8", target2: "rpm" },
    ],
    [
      "VIRT_CONTROL",
      user("VIRT_CONTROL", 'virt=kvm op=start reason=booted vm="web" exe="/usr/sbin/libvirtd" res=success'),
      { target: "web" },
    ],
    ["a type nobody knows", event("NEW_THING a=1"), { action: "new_thing", code: "NEW_THING" }],
    [
      "beside a call",
      call(1, "a0=3", "LOGIN pid=77 uid=0 old-auid=4294967295 auid=1000 ses=7 res=1"),
      { code: "LOGIN", action: "changed-login-id-to", session: "7" },
    ],
    [
      "labels of further modules",
      call(2, "a1=0", "MAC_TASK_CONTEXTS subj_selinux=a:b:c:s0 subj_apparmor=unconfined", path(0, "/x", "NORMAL")),
      { code: "SYSCALL", action: "opened-file", target: "/x" },
    ],
  ])("%s", (_name, entry, wanted) => expect(entry.fields).toMatchObject(wanted));

  it("never takes an instruction pointer for an address", () => {
    const entry = event("SECCOMP auid=1000 uid=33 arch=c000003e syscall=59 ip=0x7f5648cbf597 code=0x80000000");
    expect(entry.fields["from"]).toBeUndefined();
  });
});
