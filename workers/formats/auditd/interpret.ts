/**
 * The meaning of each field of a record for the detail view, with where that meaning comes from. A field without one
 * (a path, a pid) is left out: the record itself says it.
 */
import type { Interpretation, MeaningOrigin } from "../../contract.ts";
import { utf8Text } from "../../base/bytes.ts";
import { argumentMeaning, IP_PROTOCOLS, ioctlName, contextArgument, personalityName } from "./arguments.ts";
import { capabilityNames, modeText, namesOfBits, openFlags, permissionText, type Bits } from "./bits.ts";
import { hexText } from "./decode.ts";
import type { Field } from "./fields.ts";
import { enrichedName, enrichedOrigin, isUnset } from "./identity.ts";
import type { ValueClass } from "./names.ts";
import { lowWord } from "./objects.ts";
import { callTable, ERRNO_TABLE, HEX, HEX_NUL, KERNEL_TABLE, MODE_BITS, NUMBER, SADDR } from "./origins.ts";
import { readSaddr } from "./saddr.ts";
import { archName, errnoOf, syscallName, TABLES } from "./tables.ts";
import { isDecoded, keyList, rawValue } from "./values.ts";
import type { RecordView } from "./view.ts";

interface Meaning {
  readonly text: string;
  readonly origin: MeaningOrigin;
}
type Reader = (value: string, view: RecordView, field: Field) => Meaning | undefined;

export function interpretRecord(view: RecordView): readonly Interpretation[] {
  const found: Interpretation[] = [];
  for (const field of view.fields) {
    const recorded = utf8Text(rawValue(view.record.text, field));
    const meaning = field.scope === "trailer" ? undefined : meaningOf(view, field, recorded);
    if (meaning === undefined || recorded === "") continue;
    found.push({
      field: field.field.name,
      recorded,
      meaning: meaning.text,
      origin: meaning.origin,
      mark: view.mark(field),
    });
  }
  return found;
}

function meaningOf(view: RecordView, field: Field, recorded: string): Meaning | undefined {
  if (view.type === "EXECVE") return argument(field, recorded);
  const special = BY_NAME[field.field.name];
  const own = special?.(recorded, view, field);
  return own ?? BY_CLASS[field.field.kind]?.(recorded, view, field);
}

/** Pieces of a long argument make sense only together: `command` shows them. */
function argument(field: Field, recorded: string): Meaning | undefined {
  const text = field.quoted || !/^a\d+$/.test(field.field.name) ? undefined : hexText(recorded);
  return text === undefined ? undefined : { text, origin: HEX };
}

const table = (text: string | undefined, origin = KERNEL_TABLE): Meaning | undefined =>
  text === undefined ? undefined : { text, origin };

/** Never a name of this machine: only what the record's own host wrote. */
function identityMeaning(value: string, view: RecordView, field: Field): Meaning | undefined {
  if (isUnset(value)) return value === "?" || value === "" ? undefined : { text: "unset", origin: KERNEL_TABLE };
  const name = enrichedName(view, field.field.name);
  if (name !== undefined) return { text: name.value, origin: name.origin };
  return /^\d+$/.test(value) ? { text: value, origin: NUMBER } : undefined;
}

function decoded(_value: string, view: RecordView, field: Field): Meaning | undefined {
  if (!isDecoded(view.record.text, field)) return undefined;
  return { text: view.valueOf(field), origin: field.field.kind === "proctitle" ? HEX_NUL : HEX };
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

function exit(value: string, view: RecordView): Meaning | undefined {
  const code = Number(value);
  if (!Number.isInteger(code)) return undefined;
  if (code < 0) {
    const errno = errnoOf(-code);
    return errno === undefined
      ? { text: value, origin: NUMBER }
      : { text: `${errno.name}, ${errno.text.toLowerCase()}`, origin: ERRNO_TABLE };
  }
  return ADDRESS_CALLS.has(callOf(view) ?? "")
    ? { text: `0x${BigInt(code).toString(16)}`, origin: KERNEL_TABLE }
    : undefined;
}

function callArgument(value: string, view: RecordView, field: Field): Meaning | undefined {
  const call = callOf(view);
  if (call === undefined || view.type !== "SYSCALL") return undefined;
  const machine = machineOf(view);
  const contextName = contextArgument(call);
  const context = contextName === undefined ? 0 : lowWord(view.raw(contextName) ?? "0");
  const index = Number(field.field.name.slice(1));
  return table(argumentMeaning(call, index, value, machine, context), callTable(machine ?? "system call"));
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

const RESULTS: Readonly<Record<string, string>> = {
  "0": "failed",
  "1": "success",
  yes: "success",
  no: "failed",
  success: "success",
  failed: "failed",
};
const LISTS = ["user", "task", "entry", "watch", "exit", "exclude", "filesystem", "io_uring"];
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  audit_enabled: ["off", "on", "on and locked"],
  audit_failure: ["silent", "printk", "panic"],
  enforcing: ["permissive", "enforcing"],
  old_enforcing: ["permissive", "enforcing"],
  permissive: ["enforced", "permissive: the access was allowed"],
};
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
  arch: (value) => table(archName(value)),
  exit,
  escaped: decoded,
  account: decoded,
  proctitle: decoded,
  keystrokes: decoded,
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
  oflag: (value) => table(openFlags(number(value), undefined)),
  resolve: (value) => table(namesOfBits(number(value), RESOLVE)),
  fanotify: (value) => table(["", "allow", "deny"][Number(value)]),
  fan_type: (value) => table(["no information", "rule number in fan_info"][Number(value)]),
  fan_info: (value, view) => (view.raw("fan_type") === "1" ? table(`rule ${Number.parseInt(value, 16)}`) : undefined),
  trust: (value) => table(["no", "yes", "unknown"][Number(value)]),
  switch: (value, _view, field) => table(SWITCHES[field.field.name]?.[Number(value)]),
  flags: (value, view) => (view.type === "MMAP" ? table(namesOfBits(lowWord(value), MAP_FLAGS)) : undefined),
};

/** Names whose meaning the class alone does not give. */
const BY_NAME: Readonly<Record<string, Reader>> = {
  action: (value, view) => (view.type.startsWith("NETFILTER") ? table(["drop", "accept"][Number(value)]) : undefined),
  cap_fver: (value) => table(["none", "version 1", "version 2", "version 3"][Number(value)]),
  unit: (value) => (value.includes("\\x") ? { text: unescapedUnit(value), origin: UNIT } : undefined),
  major: (value, view) => table(terminalName(value, view.raw("minor") ?? "")),
  SYSCALL: (value) => ({ text: value, origin: enrichedOrigin("SYSCALL") }),
};

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
