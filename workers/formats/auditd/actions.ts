/**
 * What an event means, as data: categories and action words by record type and by system call, and where the object of
 * the action is found. Words follow `ausearch --format csv`, so that results can be compared, except where its words
 * are wrong or missing ("used-suspcious-link", "did-unknown").
 */
import { TABLES } from "./tables.ts";

type Words = Readonly<Record<string, string>>;

/** Classes of record types: [first, last, class]. Ranges as in the kernel's include/uapi/linux/audit.h. */
export const CATEGORY_RANGES: readonly (readonly [number, number, string])[] = [
  [1000, 1099, "control"],
  [1100, 1199, "user-space"],
  [1200, 1299, "audit-daemon"],
  [1300, 1399, "audit-rule"],
  [1400, 1499, "mac"],
  [1500, 1599, "mac-decision"],
  [1600, 1699, "crypto"],
  [1700, 1799, "anomaly"],
  [1800, 1899, "integrity"],
  [2000, 2099, "kernel"],
  [2100, 2199, "anomaly"],
  [2200, 2299, "anomaly-response"],
  [2300, 2399, "mac"],
  [2400, 2499, "crypto"],
  [2500, 2599, "virt"],
];

export const CATEGORY_BY_TYPE: Words = {
  ...each(
    "user-login",
    "LOGIN USER_AUTH USER_ACCT CRED_ACQ CRED_DISP CRED_REFR USER_START USER_END USER_ERR USER_LOGIN USER_LOGOUT USER_CHAUTHTOK",
  ),
  ...each(
    "user-account",
    "USER_MGMT ADD_USER DEL_USER ADD_GROUP DEL_GROUP GRP_MGMT GRP_CHAUTHTOK ACCT_LOCK ACCT_UNLOCK",
  ),
  ...each("group-change", "CHGRP_ID GRP_AUTH"),
  ...each("system-services", "SYSTEM_BOOT SYSTEM_SHUTDOWN SYSTEM_RUNLEVEL SERVICE_START SERVICE_STOP"),
  ...each(
    "configuration",
    "CONFIG_CHANGE FEATURE_CHANGE NETFILTER_CFG USYS_CONFIG SOFTWARE_UPDATE TIME_INJOFFSET TIME_ADJNTPVAL USER_DEVICE DM_CTRL DM_EVENT KERN_MODULE EVENT_LISTENER",
  ),
  ...each("mac-decision", "AVC AVC_PATH USER_AVC SELINUX_ERR USER_SELINUX_ERR MAC_CHECK IPE_ACCESS LANDLOCK_ACCESS"),
  ...each("dac-decision", "SECCOMP DAC_CHECK"),
  ...each("TTY", "TTY USER_TTY"),
  ...each("av-decision", "FANOTIFY"),
  ...each("bpf-program", "BPF"),
};

/** Names of record types in words where lower-casing the name does not read well. */
export const EVENT_WORDS: Words = {
  SYSCALL: "system call",
  EXECVE: "program arguments",
  CWD: "working directory",
  PROCTITLE: "command line",
  EOE: "end of event",
  AVC: "access vector decision",
  USER_AVC: "user space access vector decision",
  CRED_ACQ: "credentials acquired",
  CRED_DISP: "credentials disposed",
  CRED_REFR: "credentials refreshed",
  USER_CMD: "user command",
  USER_CHAUTHTOK: "password or account attribute change",
  ADD_USER: "user added",
  DEL_USER: "user deleted",
  ADD_GROUP: "group added",
  DEL_GROUP: "group deleted",
  GRP_MGMT: "group change",
  USER_MGMT: "user account change",
  SERVICE_START: "service start",
  SERVICE_STOP: "service stop",
  ANOM_ABEND: "program ended abnormally",
  ANOM_PROMISCUOUS: "promiscuous mode change",
  NETFILTER_CFG: "firewall change",
  CONFIG_CHANGE: "audit configuration change",
  DAEMON_START: "audit daemon start",
  DAEMON_END: "audit daemon end",
  OBJ_PID: "target process",
};

/** An access decision of SELinux or AppArmor. */
export function isDecision(type: string): boolean {
  return type === "AVC" || type === "USER_AVC" || type === "SELINUX_ERR" || type.startsWith("APPARMOR");
}

/** Record types that name the event even when a SYSCALL of the same key stands beside them. */
export function namesEvent(type: string): boolean {
  if (NOT_NAMING.has(type)) return false;
  return NAMING.has(type) || NAMING_BEGINNINGS.some((beginning) => type.startsWith(beginning));
}
const NAMING = new Set([
  "AVC",
  "USER_AVC",
  "SELINUX_ERR",
  "SECCOMP",
  "CONFIG_CHANGE",
  "NETFILTER_CFG",
  "BPF",
  "KERN_MODULE",
  "LOGIN",
  "FANOTIFY",
  "URINGOP",
  "TTY",
  "FEATURE_CHANGE",
]);
/** Labels of further security modules, which stand beside every kind of event. */
const NOT_NAMING = new Set(["MAC_TASK_CONTEXTS", "MAC_OBJ_CONTEXTS"]);
const NAMING_BEGINNINGS = ["ANOM_", "INTEGRITY_", "MAC_", "TIME_", "IPE_", "LANDLOCK_", "APPARMOR"];

export const ACTION_BY_TYPE: Words = {
  ...TABLES.ausearch_action_by_record_type,
  ANOM_LINK: "used-suspicious-link",
  ANOM_PROMISCUOUS: "changed-promiscuous-mode-on-device",
  ROLE_REMOVE: "removed-user-role-from",
  TIME_INJOFFSET: "changed-system-time",
  TIME_ADJNTPVAL: "changed-system-time",
  NETFILTER_CFG: "changed-firewall",
  ...each("accessed-mac-policy-controlled-object", "SELINUX_ERR APPARMOR_DENIED APPARMOR_ALLOWED APPARMOR_AUDIT"),
};

/** Where the object of a system call is found. */
type ObjectRule =
  | "program"
  | "path"
  | "deleted"
  | "renamed"
  | "linked"
  | "created"
  | "mounted"
  | "module"
  | "socket"
  | "process"
  | "identity"
  | "child"
  | "none";

export interface CallRule {
  readonly action: string;
  readonly object: ObjectRule;
  readonly kind: string;
}

const RULES: readonly (readonly [calls: string, action: string, object: ObjectRule, kind: string])[] = [
  ["execve execveat", "executed", "program", "file"],
  [
    "open openat openat2 creat truncate ftruncate readlink readlinkat memfd_create open_by_handle_at",
    "opened-file",
    "path",
    "file",
  ],
  ["unlink unlinkat rmdir", "deleted", "deleted", "file"],
  ["rename renameat renameat2", "renamed", "renamed", "file"],
  ["link linkat", "linked", "linked", "file"],
  ["symlink symlinkat", "symlinked", "linked", "file"],
  ["mkdir mkdirat", "created-directory", "created", "directory"],
  ["mknod mknodat", "make-device", "created", "device"],
  ["chmod fchmod fchmodat fchmodat2", "changed-file-permissions-of", "path", "file"],
  ["chown fchown fchownat lchown chown32 fchown32 lchown32", "changed-file-ownership-of", "path", "file"],
  [
    "setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat",
    "changed-file-attributes-of",
    "path",
    "file",
  ],
  ["utime utimes utimensat futimesat utimensat_time64", "changed-timestamp-of", "path", "file"],
  [
    "access faccessat faccessat2 stat lstat fstat newfstatat statx stat64 lstat64 fstat64 fstatat64",
    "checked-metadata-of",
    "path",
    "file",
  ],
  ["statfs fstatfs statmount", "checked-filesystem-metadata-of", "path", "file-system"],
  ["chdir fchdir", "changed-directory-to", "path", "directory"],
  ["chroot pivot_root", "changed-root-directory-to", "path", "directory"],
  ["mount move_mount fsmount", "mounted", "mounted", "file-system"],
  ["umount umount2 oldumount", "unmounted", "mounted", "file-system"],
  ["init_module finit_module", "loaded-kernel-module", "module", "module"],
  ["delete_module", "unloaded-kernel-module", "module", "module"],
  ["connect", "connected-to", "socket", "socket"],
  ["accept accept4", "accepted-connection-from", "socket", "socket"],
  ["bind", "bound-socket", "socket", "socket"],
  ["sendto sendmsg sendmmsg", "sent-to", "socket", "socket"],
  ["recvfrom recvmsg recvmmsg", "received-from", "socket", "socket"],
  ["listen", "listen-for-connections", "socket", "socket"],
  ["kill tkill tgkill rt_sigqueueinfo pidfd_send_signal", "killed-pid", "process", "process"],
  ["ptrace process_vm_readv process_vm_writev", "traced", "process", "process"],
  [
    "setuid seteuid setfsuid setreuid setresuid setgid setegid setfsgid setregid setresgid setgroups " +
      "setuid32 setfsuid32 setreuid32 setresuid32 setgid32 setfsgid32 setregid32 setresgid32 setgroups32",
    "changed-identity-of",
    "identity",
    "process",
  ],
  ["settimeofday clock_settime clock_settime64 stime adjtimex clock_adjtime", "changed-system-time", "none", "system"],
  ["sethostname setdomainname", "changed-system-name", "none", "system"],
  ["clone clone3 fork vfork", "created-process", "child", "process"],
  ["unshare setns", "changed-namespace", "none", "process"],
  ["mmap mmap2 mprotect brk", "allocated-memory", "none", "memory"],
];
const callRules = new Map<string, CallRule>();
for (const [calls, action, object, kind] of RULES) {
  for (const call of calls.split(" ")) callRules.set(call, { action, object, kind });
}

/** Action and object of a system call by name; what is not listed is "called-NAME" on its first path. */
export function callRule(call: string): CallRule {
  return callRules.get(call) ?? { action: `called-${call}`, object: "path", kind: "file" };
}

/** Calls that answer EAGAIN or EINTR when they would have to wait: not yet done rather than refused. */
export const WAITING_CALLS = new Set(
  (
    "connect accept accept4 read readv pread pread64 preadv write writev pwrite pwrite64 pwritev recv recvfrom recvmsg recvmmsg " +
    "send sendto sendmsg sendmmsg poll ppoll select pselect6 epoll_wait epoll_pwait futex nanosleep clock_nanosleep wait4 waitid pause"
  ).split(" "),
);

function each(value: string, types: string): Words {
  return Object.fromEntries(types.split(" ").map((type) => [type, value]));
}
