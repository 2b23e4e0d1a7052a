/**
 * Turns what ausearch printed for a person back into what the kernel wrote, so far as the meaning of an event depends on
 * it. What it cannot turn back stays the text that it is.
 */
import { lookup } from "../../../base/lookup.ts";
import { TABLES } from "../tables.ts";
import { fieldName } from "../names.ts";

/** The value as the kernel writes it; `type`: of its record. */
export function numberOf(type: string, name: string, value: string): string {
  if (type === "EXECVE") return value;
  if (type === "SYSCALL" && /^a[0-3]$/.test(name)) return argument(value);
  switch (fieldName(name).kind) {
    case "uid":
    case "gid":
      return account(value);
    case "session":
      return value === "unset" ? UNSET : value;
    case "exit":
      return exit(value);
    case "mode":
      return mode(value);
    case "sockaddr":
      return address(value);
    case "signal":
      return /^SIG0$/.test(value) ? "0" : (SIGNALS.get(value) ?? value);
    case "seccomp":
      return SECCOMP.get(value) ?? value;
    case "promisc":
      return value === "yes" ? "256" : value === "no" ? "0" : value;
    case "fanotify":
      return RESPONSES[value] ?? value;
    case "list":
      return LISTS[value] ?? value;
    default:
      return value;
  }
}

const UNSET = "4294967295";

/** `unknown(1000)` is a number that the machine had no name for. */
function account(value: string): string {
  if (value === "unset") return UNSET;
  return /^unknown\((-?\d+)\)$/.exec(value)?.[1] ?? value;
}

/** Arguments are hex without 0x; signals and AT_FDCWD are the names that the meaning of a call depends on. */
function argument(value: string): string {
  const hex = /^0x([0-9a-f]+)$/i.exec(value)?.[1];
  if (hex !== undefined) return hex;
  if (value === "AT_FDCWD") return "ffffff9c";
  const octal = /^0[0-7]+$/.exec(value)?.[0];
  if (octal !== undefined) return Number.parseInt(octal, 8).toString(16);
  const number = account(value);
  return number !== value ? Number(number).toString(16) : value;
}

const CODES = new Map(Object.entries(TABLES.errno).map(([code, [name]]) => [name, code]));
const SIGNALS = new Map(Object.entries(TABLES.signals).map(([number, name]) => [name, number]));
const SECCOMP = new Map(Object.entries(TABLES.seccomp_action).map(([code, name]) => [name, code]));
const LISTS: Readonly<Record<string, string>> = lookup({
  user: "0",
  task: "1",
  entry: "2",
  exit: "4",
  exclude: "5",
  filesystem: "6",
  io_uring: "7",
});

const RESPONSES: Readonly<Record<string, string>> = lookup({ allow: "1", deny: "2" });

/** `EACCES(Permission denied)`, or the name alone; a result is a number. */
function exit(value: string): string {
  const name = /^(E[A-Z0-9]+)(?:\(|$)/.exec(value)?.[1];
  const code = name === undefined ? undefined : CODES.get(name);
  if (code !== undefined) return `-${code}`;
  return /^0x[0-9a-f]{1,13}$/i.test(value) ? String(Number(value)) : value;
}

const TYPES: Readonly<Record<string, number>> = lookup({
  file: 0o100000,
  dir: 0o040000,
  link: 0o120000,
  block: 0o060000,
  char: 0o020000,
  character: 0o020000,
  fifo: 0o010000,
  socket: 0o140000,
});
const BITS: Readonly<Record<string, number>> = lookup({ suid: 0o4000, sgid: 0o2000, sticky: 0o1000 });

/** `file,suid,755`. */
function mode(value: string): string {
  let bits = 0;
  for (const word of value.split(",")) {
    const part = TYPES[word] ?? BITS[word] ?? (/^[0-7]+$/.test(word) ? Number.parseInt(word, 8) : undefined);
    if (part === undefined) return value;
    bits |= part;
  }
  return `0${bits.toString(8).padStart(3, "0")}`;
}

/** `{ saddr_fam=inet laddr=169.254.169.254 lport=80 }` as the C structure, little endian; older versions say `fam=`. */
function address(value: string): string {
  const family = /\b(?:saddr_)?fam=(\w+)/.exec(value)?.[1];
  const at = /\b(?:laddr|saddr|host)[=:](\S+)/.exec(value)?.[1];
  const port = Number(/\b(?:lport|sport|serv)[=:](\d+)/.exec(value)?.[1] ?? "0");
  if (family === "inet" && at !== undefined) return inet(at, port) ?? value;
  if (family === "inet6" && at !== undefined) return inet6(at, port) ?? value;
  if (family === "local") return local(/\bpath=(.*?)\s*\}$/.exec(value)?.[1] ?? "");
  if (family === "netlink") return netlink(Number(/\bnlnk-pid=(\d+)/.exec(value)?.[1] ?? "0"));
  return value.startsWith("unknown-family(0)") ? "0000" : value;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}

function inet(at: string, port: number): string | undefined {
  const parts = at.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return `0200${hex(port, 4)}${parts.map((part) => hex(part, 2)).join("")}${"0".repeat(16)}`;
}

function inet6(at: string, port: number): string | undefined {
  const groups = groupsOf(at);
  if (groups === undefined) return undefined;
  return `0A00${hex(port, 4)}${"0".repeat(8)}${groups.map((group) => hex(group, 4)).join("")}${"0".repeat(8)}`;
}

function groupsOf(at: string): readonly number[] | undefined {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(at);
  const plain =
    dotted === null
      ? at
      : `${dotted[1]}${hex(Number(dotted[2]) * 256 + Number(dotted[3]), 4)}:${hex(Number(dotted[4]) * 256 + Number(dotted[5]), 4)}`;
  const [front = "", back, ...more] = plain.split("::");
  if (more.length > 0) return undefined;
  const list = (text: string): number[] =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const [head, end] = [list(front), list(back ?? "")];
  const missing = 8 - head.length - end.length;
  if (back === undefined ? missing !== 0 : missing < 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...end];
  return groups.every((group) => group >= 0 && group <= 0xffff) ? groups : undefined;
}

function local(path: string): string {
  const bytes = Buffer.from(path.startsWith("@") ? `\0${path.slice(1)}` : path, "latin1");
  return `0100${bytes.toString("hex").toUpperCase()}00`;
}

function netlink(pid: number): string {
  const little = [pid & 255, (pid >> 8) & 255, (pid >> 16) & 255, (pid >>> 24) & 255];
  return `10000000${little.map((byte) => hex(byte, 2)).join("")}00000000`;
}
