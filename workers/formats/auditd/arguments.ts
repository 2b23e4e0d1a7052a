/** What the four recorded arguments of a system call mean, as data. `a0`-`a3` are hex without 0x. */
import { lookup } from "../../base/lookup.ts";
import { bitsOf, modeText, namesOfBits, openFlags, type Bits } from "./bits.ts";
import { lowWord } from "./objects.ts";
import { byNumber, TABLES } from "./tables.ts";

type Names = Readonly<Record<string, string>>;
type Kind = keyof typeof READERS;

/** Calls by the kinds of their arguments, `-` = a pointer or nothing to say. */
const SIGNATURES: readonly (readonly [calls: string, kinds: string])[] = [
  ["open", "- open mode -"],
  ["openat", "dirfd - open mode"],
  ["openat2", "dirfd - - -"],
  ["open_by_handle_at", "dirfd - open -"],
  ["creat chmod mkdir", "- mode - -"],
  ["fchmod", "fd mode - -"],
  ["fchmodat fchmodat2", "dirfd - mode -"],
  ["mkdirat mknodat", "dirfd - mode -"],
  ["mknod", "- mode - -"],
  ["umask", "mode - - -"],
  ["chown lchown chown32 lchown32", "- id id -"],
  ["fchown fchown32", "fd id id -"],
  ["fchownat", "dirfd - id id"],
  ["setuid setgid seteuid setegid setfsuid setfsgid setuid32 setgid32 setfsuid32 setfsgid32", "id - - -"],
  ["setreuid setregid setreuid32 setregid32", "id id - -"],
  ["setresuid setresgid setresuid32 setresgid32", "id id id -"],
  ["access", "- access - -"],
  ["faccessat faccessat2", "dirfd - access -"],
  ["kill tkill rt_sigqueueinfo", "pid signal - -"],
  ["tgkill rt_tgsigqueueinfo", "pid pid signal -"],
  ["pidfd_send_signal", "fd signal - -"],
  ["mmap mmap2", "- count prot map"],
  ["mprotect pkey_mprotect", "- count prot -"],
  ["clone", "clone - - -"],
  ["unshare", "clone - - -"],
  ["setns", "fd clone - -"],
  ["ptrace", "ptrace pid - -"],
  ["prctl", "prctl - - -"],
  ["socket socketpair", "family socktype ipproto -"],
  ["socketcall", "socketcall - - -"],
  ["connect bind accept sendto recvfrom", "fd - - -"],
  ["accept4", "fd - - socktype"],
  ["listen shutdown", "fd count - -"],
  ["setsockopt getsockopt", "fd level sockopt -"],
  ["mount", "- - - mount"],
  ["umount2", "- umount - -"],
  ["fcntl fcntl64", "fd fcntl setfl -"],
  ["ioctl", "fd ioctl - -"],
  ["bpf", "bpf - - -"],
  ["personality", "personality - - -"],
  ["setrlimit getrlimit", "rlimit - - -"],
  ["prlimit64", "pid rlimit - -"],
  ["finit_module", "fd - module -"],
  ["delete_module", "- open - -"],
  ["reboot", "- - reboot -"],
  ["keyctl", "keyctl - - -"],
  ["lseek", "fd count seek -"],
  ["renameat renameat2 linkat", "dirfd - dirfd -"],
  ["unlinkat", "dirfd - unlink -"],
  ["readlinkat utimensat newfstatat statx name_to_handle_at execveat futimesat fstatat64", "dirfd - - -"],
  ["symlinkat", "- dirfd - -"],
  ["epoll_ctl", "fd epoll fd -"],
  ["sched_setscheduler", "pid sched - -"],
  ["read write pread pwrite close fstat fsync fchdir ftruncate fallocate", "fd - - -"],
];
const signatures = new Map<string, readonly string[]>();
for (const [calls, kinds] of SIGNATURES) for (const call of calls.split(" ")) signatures.set(call, kinds.split(" "));

/**
 * Meaning of argument `index` (0 … 3) of a call; undefined = an address or unknown. `context` is the value of the
 * argument that `contextArgument` names, on which another depends.
 */
export function argumentMeaning(
  call: string,
  index: number,
  value: string,
  machine: string | undefined,
  context: number,
): string | undefined {
  const kind = kindOf(call, index, machine, context);
  const word = lowWord(value);
  if (kind === undefined || Number.isNaN(word)) return undefined;
  return kind === "sockopt" ? socketOption(context, word) : READERS[kind](word, machine);
}

/** Without O_CREAT or O_TMPFILE the mode argument of open is left over from before. */
function kindOf(call: string, index: number, machine: string | undefined, context: number): Kind | undefined {
  if (call === "clone" && machine?.startsWith("s390") === true) return index === 1 ? "clone" : undefined;
  const kind = signatures.get(call)?.[index];
  if (kind === undefined || !isKind(kind)) return undefined;
  if (kind === "setfl" && context !== F_SETFL) return undefined;
  const isOpenMode = kind === "mode" && (call === "open" || call === "openat");
  return isOpenMode && (context & OPEN_MAKES) === 0 ? undefined : kind;
}
/** O_CREAT, and the bit of its own of O_TMPFILE. */
const OPEN_MAKES = 0x40 | 0x400000;

const F_SETFL = 4;
const A1_MATTERS = new Set(["open", "setsockopt", "getsockopt", "fcntl", "fcntl64"]);

/** The flags of open, the command of fcntl, the level of setsockopt: what the meaning of another argument depends on. */
export function contextArgument(call: string): "a1" | "a2" | undefined {
  if (call === "openat") return "a2";
  return A1_MATTERS.has(call) ? "a1" : undefined;
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(READERS, kind);
}

const PTRACE = byNumber(TABLES.ptrace_request);
const PRCTL = byNumber(TABLES.prctl_option);
const FCNTL = byNumber(TABLES.fcntl_cmd);
const BPF = byNumber(TABLES.bpf_cmd);
const CLONE = bitsOf(TABLES.clone_flags);
const MAP = bitsOf(TABLES.mmap_flags);
const PROT = bitsOf(TABLES.mmap_prot);
const UMOUNT = bitsOf(TABLES.umount_flags);
const ACCESS_MODES = bitsOf(TABLES.access_mode);
/** include/uapi/linux/mount.h */
const MOUNT: Bits = [
  [0x1, "MS_RDONLY"],
  [0x2, "MS_NOSUID"],
  [0x4, "MS_NODEV"],
  [0x8, "MS_NOEXEC"],
  [0x10, "MS_SYNCHRONOUS"],
  [0x20, "MS_REMOUNT"],
  [0x40, "MS_MANDLOCK"],
  [0x80, "MS_DIRSYNC"],
  [0x100, "MS_NOSYMFOLLOW"],
  [0x400, "MS_NOATIME"],
  [0x800, "MS_NODIRATIME"],
  [0x1000, "MS_BIND"],
  [0x2000, "MS_MOVE"],
  [0x4000, "MS_REC"],
  [0x8000, "MS_SILENT"],
  [0x10000, "MS_POSIXACL"],
  [0x20000, "MS_UNBINDABLE"],
  [0x40000, "MS_PRIVATE"],
  [0x80000, "MS_SLAVE"],
  [0x100000, "MS_SHARED"],
  [0x200000, "MS_RELATIME"],
  [0x400000, "MS_KERNMOUNT"],
  [0x800000, "MS_I_VERSION"],
  [0x1000000, "MS_STRICTATIME"],
  [0x2000000, "MS_LAZYTIME"],
];
const UNLINK: Bits = [[0x200, "AT_REMOVEDIR"]];
const MODULE: Bits = [
  [1, "MODULE_INIT_IGNORE_MODVERSIONS"],
  [2, "MODULE_INIT_IGNORE_VERMAGIC"],
  [4, "MODULE_INIT_COMPRESSED_FILE"],
];

const SOCKET_CALLS =
  "? socket bind connect listen accept getsockname getpeername socketpair send recv sendto recvfrom shutdown setsockopt getsockopt sendmsg recvmsg accept4 recvmmsg sendmmsg".split(
    " ",
  );
/** Name of the call that socketcall(2) was asked for; its argument is hex. */
export function socketCallName(argument: string): string | undefined {
  const number = lowWord(argument);
  return number > 0 ? SOCKET_CALLS[number] : undefined;
}
const SEEK = ["SEEK_SET", "SEEK_CUR", "SEEK_END", "SEEK_DATA", "SEEK_HOLE"];
const SCHEDULERS = [
  "SCHED_OTHER",
  "SCHED_FIFO",
  "SCHED_RR",
  "SCHED_BATCH",
  "SCHED_ISO",
  "SCHED_IDLE",
  "SCHED_DEADLINE",
  "SCHED_EXT",
];
const LIMITS = "CPU FSIZE DATA STACK CORE RSS NPROC NOFILE MEMLOCK AS LOCKS SIGPENDING MSGQUEUE NICE RTPRIO RTTIME"
  .split(" ")
  .map((name) => `RLIMIT_${name}`);
const EPOLL = ["?", "EPOLL_CTL_ADD", "EPOLL_CTL_DEL", "EPOLL_CTL_MOD"];
const KEYCTL =
  "GET_KEYRING_ID JOIN_SESSION_KEYRING UPDATE REVOKE CHOWN SETPERM DESCRIBE CLEAR LINK UNLINK SEARCH READ INSTANTIATE NEGATE SET_REQKEY_KEYRING SET_TIMEOUT ASSUME_AUTHORITY GET_SECURITY SESSION_TO_PARENT REJECT INSTANTIATE_IOV INVALIDATE GET_PERSISTENT".split(
    " ",
  );
/** include/uapi/linux/reboot.h */
const REBOOT: Names = {
  "0": "power off on Ctrl-Alt-Del disabled",
  "19088743": "restart",
  "2309737967": "Ctrl-Alt-Del on",
  "3454992675": "halt",
  "1126301404": "power off",
  "2712847316": "restart with a command",
  "3489725666": "suspend",
  "1163412803": "kexec",
};
/** include/uapi/linux/personality.h, the low byte. */
const PERSONALITIES: Names = { "0": "PER_LINUX", "8": "PER_LINUX32" };
const LEVELS: Names = {
  "0": "SOL_IP",
  "1": "SOL_SOCKET",
  "6": "SOL_TCP",
  "17": "SOL_UDP",
  "41": "SOL_IPV6",
  "58": "SOL_ICMPV6",
  "255": "SOL_RAW",
  "263": "SOL_PACKET",
  "270": "SOL_NETLINK",
};
/** include/uapi/asm-generic/socket.h, include/uapi/linux/netfilter_ipv4/ip_tables.h: those that change what a host lets in. */
const SOCKET_OPTIONS: Readonly<Record<string, Names>> = lookup({
  SOL_SOCKET: {
    "1": "SO_DEBUG",
    "2": "SO_REUSEADDR",
    "3": "SO_TYPE",
    "4": "SO_ERROR",
    "6": "SO_BROADCAST",
    "7": "SO_SNDBUF",
    "8": "SO_RCVBUF",
    "9": "SO_KEEPALIVE",
    "13": "SO_LINGER",
    "15": "SO_REUSEPORT",
    "16": "SO_PASSCRED",
    "17": "SO_PEERCRED",
    "20": "SO_RCVTIMEO",
    "21": "SO_SNDTIMEO",
    "25": "SO_BINDTODEVICE",
    "26": "SO_ATTACH_FILTER",
    "31": "SO_PEERSEC",
    "36": "SO_MARK",
    "50": "SO_ATTACH_BPF",
  },
  SOL_IP: { "64": "IPT_SO_SET_REPLACE", "65": "IPT_SO_SET_ADD_COUNTERS" },
  SOL_IPV6: { "64": "IP6T_SO_SET_REPLACE", "65": "IP6T_SO_SET_ADD_COUNTERS" },
  SOL_PACKET: { "1": "PACKET_ADD_MEMBERSHIP", "2": "PACKET_DROP_MEMBERSHIP" },
});

function socketOption(level: number, option: number): string {
  return SOCKET_OPTIONS[LEVELS[String(level)] ?? ""]?.[String(option)] ?? `option ${option}`;
}

/** IANA protocol numbers, those that Linux logs. */
export const IP_PROTOCOLS: Names = {
  "0": "ip",
  "1": "icmp",
  "2": "igmp",
  "4": "ipip",
  "6": "tcp",
  "17": "udp",
  "33": "dccp",
  "41": "ipv6",
  "47": "gre",
  "50": "esp",
  "51": "ah",
  "58": "ipv6-icmp",
  "88": "eigrp",
  "89": "ospf",
  "103": "pim",
  "112": "vrrp",
  "132": "sctp",
  "136": "udplite",
  "255": "raw",
};

/** mode_t of the kernel: the type of the file that mknod makes included. */
const MODE = 0xffff;
const AT_FDCWD = 0xffffff9c;
const UNCHANGED = 0xffffffff;
const SOCK_NONBLOCK = 0x800;
const SOCK_CLOEXEC = 0x80000;

const READERS = {
  dirfd: (word: number) => (word === AT_FDCWD ? "AT_FDCWD" : `fd ${word | 0}`),
  fd: (word: number) => `fd ${word | 0}`,
  open: openFlags,
  mode: (word: number) => `0${(word & MODE).toString(8)}, ${modeText(word & MODE)}`,
  id: (word: number) => (word === UNCHANGED ? "unchanged" : String(word)),
  access: (word: number) => namesOfBits(word, ACCESS_MODES, "F_OK"),
  pid: (word: number) => `pid ${word | 0}`,
  signal: (word: number) =>
    word === 0 ? "no signal, a check that the process exists" : (TABLES.signals[String(word)] ?? `signal ${word}`),
  count: (word: number) => String(word),
  prot: (word: number) => namesOfBits(word, PROT, "PROT_NONE"),
  map: (word: number) => namesOfBits(word, MAP),
  clone: (word: number) => cloneFlags(word),
  ptrace: (word: number) => PTRACE.get(word) ?? `request ${word}`,
  prctl: (word: number) => PRCTL.get(word) ?? `option ${word}`,
  family: (word: number) => TABLES.address_families[String(word)] ?? `family ${word}`,
  socktype: (word: number) => socketType(word),
  ipproto: (word: number) => IP_PROTOCOLS[String(word)] ?? `protocol ${word}`,
  socketcall: (word: number) => SOCKET_CALLS[word] ?? `call ${word}`,
  level: (word: number) => LEVELS[String(word)] ?? `level ${word}`,
  sockopt: (word: number) => `option ${word}`,
  mount: (word: number) => namesOfBits(word, MOUNT),
  umount: (word: number) => namesOfBits(word, UMOUNT),
  setfl: openFlags,
  unlink: (word: number) => namesOfBits(word, UNLINK, "a file, no directory"),
  fcntl: (word: number) => FCNTL.get(word) ?? `command ${word}`,
  ioctl: (word: number) => ioctlName(word) ?? `request 0x${word.toString(16)}`,
  bpf: (word: number) => BPF.get(word) ?? `command ${word}`,
  personality: (word: number) => personalityName(word),
  rlimit: (word: number) => LIMITS[word] ?? `limit ${word}`,
  module: (word: number) => namesOfBits(word, MODULE),
  reboot: (word: number) => REBOOT[String(word)] ?? `command ${word}`,
  keyctl: (word: number) => (KEYCTL[word] === undefined ? `operation ${word}` : `KEYCTL_${KEYCTL[word]}`),
  seek: (word: number) => SEEK[word] ?? `whence ${word}`,
  epoll: (word: number) => EPOLL[word] ?? `operation ${word}`,
  sched: (word: number) => SCHEDULERS[word & 0xff] ?? `policy ${word}`,
} satisfies Readonly<Record<string, (word: number, machine: string | undefined) => string>>;

/** The low byte is the signal that the parent gets. */
function cloneFlags(word: number): string {
  const signal = TABLES.signals[String(word & 0xff)];
  const flags = namesOfBits((word & ~0xff) >>> 0, CLONE, "");
  return [flags, signal].filter((part) => part !== undefined && part !== "").join("|") || "none";
}

function socketType(word: number): string {
  const names = [TABLES.socket_type[String(word & 0xf)] ?? `type ${word & 0xf}`];
  if ((word & SOCK_NONBLOCK) !== 0) names.push("SOCK_NONBLOCK");
  if ((word & SOCK_CLOEXEC) !== 0) names.push("SOCK_CLOEXEC");
  return names.join("|");
}

/** The table's keys are hex as the headers write them. */
const ioctls = byNumber(TABLES.ioctl_request);
export function ioctlName(word: number): string | undefined {
  return ioctls.get(word);
}

export function personalityName(word: number): string {
  const base = PERSONALITIES[String(word & 0xff)] ?? `personality ${word & 0xff}`;
  return (word & 0x40000) === 0 ? base : `${base}|ADDR_NO_RANDOMIZE`;
}
