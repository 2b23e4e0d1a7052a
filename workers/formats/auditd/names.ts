/** Field names, interned, with what kind of value each holds. */
import { lookup } from "../../base/lookup.ts";
import { TABLES } from "./tables.ts";

export type ValueClass =
  | "plain"
  | "uid"
  | "gid"
  | "syscall"
  | "arch"
  | "exit"
  | "escaped"
  | "account"
  | "key"
  | "proctitle"
  | "keystrokes"
  | "perm"
  | "mode"
  | "sockaddr"
  | "flags"
  | "promisc"
  | "capability"
  | "result"
  | "argument"
  | "signal"
  | "list"
  | "session"
  | "capabilities"
  | "nfproto"
  | "icmptype"
  | "protocol"
  | "seccomp"
  | "oflag"
  | "label"
  | "op"
  | "resolve"
  | "hook"
  | "ioctl"
  | "fanotify"
  | "fan_type"
  | "fan_info"
  | "trust"
  | "errno"
  | "switch"
  | "personality"
  | "execve";

export interface FieldName {
  readonly name: string;
  readonly kind: ValueClass;
}

/** Classes of the fact table by ours; what is not here is plain. */
const CLASS_OF: Readonly<Record<string, ValueClass>> = lookup({
  uid: "uid",
  gid: "gid",
  syscall: "syscall",
  arch: "arch",
  exit: "exit",
  escaped: "escaped",
  escaped_file: "escaped",
  escaped_key: "key",
  perm: "perm",
  mode: "mode",
  sockaddr: "sockaddr",
  flags: "flags",
  promisc: "promisc",
  capability: "capability",
  success: "result",
  a0: "argument",
  a1: "argument",
  a2: "argument",
  a3: "argument",
  signal: "signal",
  list: "list",
  tty_data: "keystrokes",
  session: "session",
  cap_bitmap: "capabilities",
  nfproto: "nfproto",
  icmptype: "icmptype",
  protocol: "protocol",
  personality: "personality",
  seccomp: "seccomp",
  oflag: "oflag",
  mac_label: "label",
  proctitle: "proctitle",
  hook: "hook",
  ioctl_req: "ioctl",
  fanotify: "fanotify",
  resolve: "resolve",
  trust: "trust",
  fan_type: "fan_type",
  fan_info: "fan_info",
  errno: "errno",
});

/** Kinds of fields that the table has under another class or not at all. */
const OWN_KINDS: Readonly<Record<string, ValueClass>> = lookup({
  acct: "account",
  success: "result",
  "old-ses": "session",
  oses: "session",
  op: "op",
  reason: "op",
  text: "op",
  audit_enabled: "switch",
  audit_failure: "switch",
  enforcing: "switch",
  old_enforcing: "switch",
  permissive: "switch",
  label: "label",
  profile: "escaped",
  flags: "flags",
});

/** Names that carry no class but are frequent: known beforehand, so that the scanner allocates no text for them. */
const FREQUENT =
  "node type msg pid ppid items tty ses terminal hostname addr item inode dev rdev nametype objtype cap_fe cap_fver " +
  "cap_frootid argc unit grantors ino scontext tcontext tclass permissive sw_type key_enforce gpg_res table entries " +
  "ARCH SYSCALL AUID UID GID EUID SUID FSUID EGID SGID FSGID OUID OGID OAUID OLD-AUID ID SAUID SADDR " +
  "old new old-level new-level ver format kernel state opid laddr lport rport cipher ksize mac pfs spid kind direction";

const known = new Map<string, FieldName>();
for (const [group, names] of Object.entries(TABLES.field_class)) {
  for (const name of names) add(name, CLASS_OF[group] ?? "plain");
}
for (const [name, kind] of Object.entries(OWN_KINDS)) known.set(name, { name, kind });
for (const name of FREQUENT.split(" ")) add(name, "plain");

function add(name: string, kind: ValueClass): void {
  if (!known.has(name)) known.set(name, { name, kind });
}

/**
 * Known names are found by comparing in place, which allocates nothing; a Map would need the name cut out first.
 * Open hash of the known names by the rolling hash that the scanner computes anyway.
 */
const SLOTS = 4096;
const slots: (FieldName | undefined)[] = Array.from({ length: SLOTS });
for (const field of known.values()) {
  let slot = hashName(field.name) & (SLOTS - 1);
  while (slots[slot] !== undefined) slot = (slot + 1) & (SLOTS - 1);
  slots[slot] = field;
}

export function hashStep(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

function hashName(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = hashStep(hash, name.charCodeAt(i));
  return hash;
}

/** The name in `text` from `start` to `end`; `hash` is its rolling hash. */
export function internName(text: string, start: number, end: number, hash: number): FieldName {
  let slot = hash & (SLOTS - 1);
  for (let field = slots[slot]; field !== undefined; field = slots[slot]) {
    if (field.name.length === end - start && text.startsWith(field.name, start)) return field;
    slot = (slot + 1) & (SLOTS - 1);
  }
  return { name: text.slice(start, end), kind: "plain" };
}

export function fieldName(name: string): FieldName {
  return known.get(name) ?? { name, kind: "plain" };
}

/** Whether a field of that name is known to occur. */
export function isKnownName(name: string): boolean {
  return known.has(name);
}
