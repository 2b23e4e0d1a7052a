/**
 * What a value means, by the class of its field or by its name. A reader that has nothing to say answers undefined;
 * the value then stands as it is.
 */
import { lookup } from "../../base/lookup.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { argumentMeaning, contextArgument, IP_PROTOCOLS, ioctlName, personalityName } from "./arguments.ts";
import { capabilityNames, modeText, namesOfBits, openFlags, permissionText, type Bits } from "./bits.ts";
import type { Field } from "./fields.ts";
import { enrichedOrigin, identityOf, isUnset } from "./identity.ts";
import { labelText } from "./labels.ts";
import type { ValueClass } from "./names.ts";
import { lowWord } from "./objects.ts";
import { callTable, ERRNO_TABLE, HEX, HEX_NUL, KERNEL_TABLE, LABEL, MODE_BITS, NUMBER, SADDR } from "./origins.ts";
import { readSaddr } from "./saddr.ts";
import { archBits, archName, errnoOf, syscallName, TABLES } from "./tables.ts";
import { isDecoded, keyList, rawValue } from "./values.ts";
import type { RecordView } from "./view.ts";

export interface Meaning {
  readonly text: string;
  readonly origin: MeaningOrigin;
}
/** What the other records of the event say that a value depends on. */
export interface Around {
  /** Machine of the system call. */
  readonly machine: string | undefined;
  /** The call that i386 and s390 made through socketcall. */
  readonly socketCall: string | undefined;
}
type Reader = (value: string, view: RecordView, field: Field, around: Around) => Meaning | undefined;

export function meaningOf(view: RecordView, field: Field, recorded: string, around: Around): Meaning | undefined {
  const own = Object.hasOwn(BY_NAME, field.field.name) ? BY_NAME[field.field.name] : undefined;
  return own?.(recorded, view, field, around) ?? BY_CLASS[field.field.kind]?.(recorded, view, field, around);
}

const table = (text: string | undefined, origin = KERNEL_TABLE): Meaning | undefined =>
  text === undefined ? undefined : { text, origin };

/** Never a name of this machine: only what the record's own host or a file beside the log says. */
function identityMeaning(value: string, view: RecordView, field: Field): Meaning | undefined {
  if (isUnset(value)) return value === "?" || value === "" ? undefined : { text: "unset", origin: KERNEL_TABLE };
  const said = identityOf(view, field);
  if (said === undefined || said.origin.kind === "record") return undefined;
  const learned = said.origin.kind === "number" && field.field.name === "id" ? accountBeside(view) : undefined;
  return learned ?? { text: said.value, origin: said.origin };
}

const LEARNED: MeaningOrigin = { kind: "inferred", text: "learned from acct of this record" };
/** A record that makes or logs in an account tells its name beside its number: good for this record alone. */
function accountBeside(view: RecordView): Meaning | undefined {
  if (view.type !== "ADD_USER" && view.type !== "USER_LOGIN") return undefined;
  const account = view.text("acct", "nested");
  return account === undefined || account.startsWith("(") ? undefined : { text: account, origin: LEARNED };
}

function decoded(_value: string, view: RecordView, field: Field): Meaning | undefined {
  if (!isDecoded(view.record.text, field)) return undefined;
  return { text: view.valueOf(field), origin: HEX };
}

/** MAX_PROCTITLE_AUDIT_LEN of kernel/auditsc.c, in hex digits. */
const LONGEST_TITLE = 2 * 128;
const HEX_CUT: MeaningOrigin = { kind: "decoded", text: "hex, NUL to blank; the kernel keeps no more than 128 bytes" };
function title(value: string, view: RecordView, field: Field): Meaning | undefined {
  if (!isDecoded(view.record.text, field)) return undefined;
  return { text: view.valueOf(field), origin: value.length >= LONGEST_TITLE ? HEX_CUT : HEX_NUL };
}

function machineOf(view: RecordView): string | undefined {
  return archName(view.raw("arch") ?? "");
}

function callOf(view: RecordView): string | undefined {
  return syscallName(machineOf(view), view.raw("syscall") ?? "");
}

function syscall(value: string, view: RecordView): Meaning | undefined {
  if (view.type === "URINGOP") return table(TABLES.uring_op[value]);
  const machine = machineOf(view);
  const name = syscallName(machine, value);
  if (name === undefined) return { text: value, origin: NUMBER };
  return name === value ? undefined : { text: name, origin: callTable(machine ?? "system call") };
}

const ADDRESS_CALLS = new Set(["mmap", "mmap2", "brk", "mremap", "shmat"]);

/** Addresses are 64 bits wide: too wide for a number. */
function exit(value: string, view: RecordView): Meaning | undefined {
  if (!/^-?\d{1,20}$/.test(value)) return undefined;
  const code = Number(value);
  const errno = code < 0 ? errnoOf(-code) : undefined;
  if (errno !== undefined) return { text: `${errno.name}, ${errno.text.toLowerCase()}`, origin: ERRNO_TABLE };
  const isAddress = ADDRESS_CALLS.has(callOf(view) ?? "") && code > 0;
  return isAddress ? { text: `0x${BigInt(value).toString(16)}`, origin: KERNEL_TABLE } : undefined;
}

/** The arguments of SYSCALL, and those that SOCKETCALL holds for it. */
function callArgument(value: string, view: RecordView, field: Field, around: Around): Meaning | undefined {
  if (view.type !== "SYSCALL" && view.type !== "SOCKETCALL") return undefined;
  if (!/^[0-9a-f]{1,16}$/i.test(value)) return undefined;
  const isSocket = view.type === "SOCKETCALL";
  const call = isSocket ? around.socketCall : callOf(view);
  const machine = isSocket ? around.machine : machineOf(view);
  const contextName = contextArgument(call ?? "");
  const context = contextName === undefined ? 0 : lowWord(view.raw(contextName) ?? "0");
  const index = Number(field.field.name.slice(1));
  const meaning = call === undefined ? undefined : argumentMeaning(call, index, value, machine, context);
  return table(meaning, callTable(machine ?? "system call")) ?? { text: `0x${value}`, origin: NUMBER };
}

/** OPENAT2 and MQ_OPEN print octal with a leading 0, or hex with 0x. */
function number(value: string): number {
  return /^0[0-7]+$/.test(value) ? Number.parseInt(value, 8) : Number(value);
}

function octalMode(value: string): Meaning | undefined {
  return /^[0-7]+$/.test(value) ? { text: modeText(Number.parseInt(value, 8)), origin: MODE_BITS } : undefined;
}

function session(value: string): Meaning | undefined {
  return isUnset(value) && value !== "" && value !== "?" ? { text: "unset", origin: KERNEL_TABLE } : undefined;
}

const RESULTS: Readonly<Record<string, string>> = lookup({
  "0": "failed",
  "1": "success",
  yes: "success",
  no: "failed",
  success: "success",
  failed: "failed",
});
const LISTS = ["user", "task", "entry", "watch", "exit", "exclude", "filesystem", "io_uring"];
const SWITCHES: Readonly<Record<string, readonly string[]>> = lookup({
  audit_enabled: ["off", "on", "on and locked"],
  audit_failure: ["silent", "printk", "panic"],
  enforcing: ["permissive", "enforcing"],
  old_enforcing: ["permissive", "enforcing"],
  permissive: ["enforced", "permissive: the access was allowed"],
});
const RESOLVE: Bits = [
  [1, "RESOLVE_NO_XDEV"],
  [2, "RESOLVE_NO_MAGICLINKS"],
  [4, "RESOLVE_NO_SYMLINKS"],
  [8, "RESOLVE_BENEATH"],
  [0x10, "RESOLVE_IN_ROOT"],
  [0x20, "RESOLVE_CACHED"],
];
const MAP_FLAGS: Bits = Object.entries(TABLES.mmap_flags).map(([mask, name]) => [Number(mask), name] as const);

function seccompAction(value: string): Meaning | undefined {
  const code = Number(value);
  if (!Number.isInteger(code)) return undefined;
  const action = `0x${((code & 0xffff0000) >>> 0).toString(16).padStart(8, "0")}`;
  const name = TABLES.seccomp_action[action];
  if (name === undefined) return undefined;
  return table(name === "errno" ? `errno ${errnoOf(code & 0xffff)?.name ?? code & 0xffff}` : name);
}

function signal(value: string): Meaning | undefined {
  return value === "0" ? table("no signal") : table(TABLES.signals[value]);
}

function socketAddress(value: string): Meaning | undefined {
  const address = readSaddr(value);
  return address === undefined ? undefined : { text: address.text, origin: SADDR };
}

function keys(_value: string, view: RecordView, field: Field): Meaning | undefined {
  if (field.quoted || !isDecoded(view.record.text, field)) return undefined;
  return { text: keyList(rawValue(view.record.text, field), false).join(", "), origin: HEX };
}

const BY_CLASS: Partial<Readonly<Record<ValueClass, Reader>>> = {
  uid: identityMeaning,
  gid: identityMeaning,
  syscall,
  arch: (value) => table(archName(value) ?? archBits(value)),
  exit,
  escaped: decoded,
  account: decoded,
  proctitle: title,
  keystrokes: (_value, view, field) => ({ text: view.valueOf(field), origin: HEX }),
  key: keys,
  argument: callArgument,
  mode: octalMode,
  perm: (value) => (/^\d+$/.test(value) ? table(permissionText(Number(value))) : undefined),
  session,
  sockaddr: socketAddress,
  promisc: (value) => (/^\d+$/.test(value) ? table((Number(value) & 0x100) === 0 ? "off" : "promiscuous") : undefined),
  capability: (value) => table(TABLES.capabilities[value]),
  capabilities: (value, view) => (view.record.type.user ? undefined : table(capabilityNames(value))),
  result: (value) => table(RESULTS[value] === value ? undefined : RESULTS[value]),
  signal,
  list: (value) => table(LISTS[Number(value)]),
  nfproto: (value) => table(TABLES.netfilter_proto[value]),
  protocol: (value) => table(IP_PROTOCOLS[value]),
  icmptype: (value) => table(TABLES.icmp_type[value]),
  hook: (value) => table(TABLES.inet_hook[value]),
  ioctl: (value) => table(ioctlName(Number(value))),
  seccomp: seccompAction,
  errno: (value) => (value === "0" ? table("no error", ERRNO_TABLE) : table(errnoOf(Number(value))?.name, ERRNO_TABLE)),
  personality: (value) => table(personalityName(lowWord(value))),
  oflag: (value, _view, _field, { machine }) => table(openFlags(number(value), machine)),
  resolve: (value) => table(namesOfBits(number(value), RESOLVE)),
  fanotify: (value) => table(["", "allow", "deny"][Number(value)]),
  fan_type: (value) => table(["no information", "rule number in fan_info"][Number(value)]),
  fan_info: (value, view) => (view.raw("fan_type") === "1" ? table(`rule ${Number.parseInt(value, 16)}`) : undefined),
  trust: (value) => table(["no", "yes", "unknown"][Number(value)]),
  switch: (value, _view, field) => table(SWITCHES[field.field.name]?.[Number(value)]),
  flags: (value, view) => (view.type === "MMAP" ? table(namesOfBits(lowWord(value), MAP_FLAGS)) : undefined),
};

/** Names whose meaning the class alone does not give. */
const BY_NAME: Readonly<Record<string, Reader>> = lookup({
  action: (value, view) => (view.type.startsWith("NETFILTER") ? table(["drop", "accept"][Number(value)]) : undefined),
  cap_fver: (value) => table(["none", "version 1", "version 2", "version 3"][Number(value)]),
  unit: (value) => (value.includes("\\x") ? { text: unescapedUnit(value), origin: UNIT } : undefined),
  major: (value, view) => table(terminalName(value, view.raw("minor") ?? "")),
  SYSCALL: (value) => ({ text: value, origin: enrichedOrigin("SYSCALL") }),
  dev: (value) => table(deviceNumber(value)),
  rdev: (value) => (value === "00:00" ? undefined : table(deviceNumber(value))),
  nametype: (value) => table(NAME_TYPES[value]),
  objtype: (value) => table(NAME_TYPES[value]),
  compat: (value) => table(["the native way of calls", "the compatible way of calls (32 bit)"][Number(value)]),
  cap_fe: effective,
  fe: effective,
  table: (value) => table(firewallTable(value)),
  "nl-mcgrp": (value) => (value === "1" ? table("AUDIT_NLGRP_READLOG") : undefined),
  old: before,
  new: (value, view) => clockStatus(value, view),
  sec: (value, view) => (view.type === "TIME_INJOFFSET" ? table(clockOffset(value, view.raw("nsec"))) : undefined),
  macproto: (value) => table(ETHERNET[value.toLowerCase()]),
  subj: label,
  obj: label,
  scontext: label,
  tcontext: label,
});

function label(value: string): Meaning | undefined {
  return table(labelText(value), LABEL);
}

/** What a PATH record is to its event (enum audit_type of kernel/audit.h). */
const NAME_TYPES: Readonly<Record<string, string>> = lookup({
  NORMAL: "the object itself",
  PARENT: "the directory that the object is in",
  DELETE: "the object, removed",
  CREATE: "the object, made",
  UNKNOWN: "a name that was not found, or not looked up",
});

/** Linux/if_ether.h, those of a firewall's log. */
const ETHERNET: Readonly<Record<string, string>> = lookup({
  "0800": "IPv4",
  "0806": "ARP",
  "8100": "802.1Q VLAN",
  "86dd": "IPv6",
  "8863": "PPPoE discovery",
  "8864": "PPPoE session",
  "88cc": "LLDP",
});

/** PATH has major and minor in hex, AVC a name. */
function deviceNumber(value: string): string | undefined {
  const [, major = "", minor = ""] = /^([0-9a-f]+):([0-9a-f]+)$/i.exec(value) ?? [];
  if (major === "") return undefined;
  return `major ${Number.parseInt(major, 16)}, minor ${Number.parseInt(minor, 16)}`;
}

/** The effective bit of a file's capabilities is one for all of them. */
function effective(value: string): Meaning | undefined {
  return value === "1" ? table("in effect as soon as it runs") : undefined;
}

/** nf_tables: `name:generation`, and `;` between several. */
function firewallTable(value: string): string | undefined {
  const parts = value.split(";").map((part) => /^(.+):(\d+)$/.exec(part));
  if (parts.some((part) => part === null)) return undefined;
  return parts.map((part) => `${part?.[1]}, generation ${part?.[2]}`).join("; ");
}

/** `op=set audit_enabled=0 old=1`: of the same kind as the setting. */
function before(value: string, view: RecordView): Meaning | undefined {
  const setting = Object.keys(SWITCHES).find((name) => view.type === "CONFIG_CHANGE" && view.find(name) !== undefined);
  return setting === undefined ? clockStatus(value, view) : table(SWITCHES[setting]?.[Number(value)]);
}

/** include/uapi/linux/timex.h */
const CLOCK_STATUS: Bits = [
  [0x1, "STA_PLL"],
  [0x2, "STA_PPSFREQ"],
  [0x4, "STA_PPSTIME"],
  [0x8, "STA_FLL"],
  [0x10, "STA_INS"],
  [0x20, "STA_DEL"],
  [0x40, "STA_UNSYNC"],
  [0x80, "STA_FREQHOLD"],
  [0x100, "STA_PPSSIGNAL"],
  [0x200, "STA_PPSJITTER"],
  [0x400, "STA_PPSWANDER"],
  [0x800, "STA_PPSERROR"],
  [0x1000, "STA_CLOCKERR"],
  [0x2000, "STA_NANO"],
  [0x4000, "STA_MODE"],
  [0x8000, "STA_CLK"],
];
function clockStatus(value: string, view: RecordView): Meaning | undefined {
  const isStatus = view.type === "TIME_ADJNTPVAL" && view.raw("op") === "status" && /^\d{1,9}$/.test(value);
  return isStatus ? table(namesOfBits(Number(value), CLOCK_STATUS)) : undefined;
}

/** TIME_INJOFFSET: the clock was moved by so much. */
function clockOffset(seconds: string, nanoseconds = "0"): string | undefined {
  if (!/^-?\d{1,18}$/.test(seconds) || !/^-?\d{1,9}$/.test(nanoseconds)) return undefined;
  const total = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
  const size = total < 0n ? -total : total;
  const fraction = String(size % 1_000_000_000n)
    .padStart(9, "0")
    .replace(/0+$/, "");
  const amount = `${size / 1_000_000_000n}${fraction === "" ? "" : `.${fraction}`} s`;
  return `the clock was set ${total < 0n ? "back" : "forward"} by ${amount}`;
}

const UNIT: MeaningOrigin = { kind: "decoded", text: "systemd escapes decoded" };

/** systemd-escape(1): `\x2d` is a hyphen inside a unit name. */
function unescapedUnit(unit: string): string {
  return unit.replaceAll(/\\x([0-9a-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** drivers/tty: major 4 holds the consoles, 136 to 143 the pseudo terminals. */
function terminalName(major: string, minor: string): string | undefined {
  const number = Number(major);
  if (number === 4) return `/dev/tty${minor}`;
  return number >= 136 && number <= 143 ? `/dev/pts/${(number - 136) * 256 + Number(minor)}` : undefined;
}
