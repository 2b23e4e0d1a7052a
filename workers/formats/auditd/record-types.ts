/** Record types by name or number, with the class of events they belong to. */
import { lookup } from "../../base/lookup.ts";
import { CATEGORY_BY_TYPE, CATEGORY_RANGES, EVENT_WORDS } from "./actions.ts";
import { TABLES } from "./tables.ts";

export interface RecordType {
  readonly name: string;
  readonly number: number | undefined;
  readonly category: string;
  /** The name in words. */
  readonly words: string;
  /** Never an event of its own: PATH, CWD, EXECVE … */
  readonly member: boolean;
  /** Written by user space with a nested `msg='…'`. */
  readonly user: boolean;
}

/** 1329 has a name in the kernel's list of types but never reached the audit project's. */
const EXTRA_TYPES: Readonly<Record<string, string>> = lookup({ "1329": "REPLACE" });

/** Records of 1300-1399 that stand alone, or that name the event they are in. */
const NOT_MEMBERS = new Set([
  "SYSCALL",
  "CONFIG_CHANGE",
  "NETFILTER_CFG",
  "NETFILTER_PKT",
  "SECCOMP",
  "FEATURE_CHANGE",
  "REPLACE",
  "KERN_MODULE",
  "FANOTIFY",
  "TIME_INJOFFSET",
  "TIME_ADJNTPVAL",
  "BPF",
  "EVENT_LISTENER",
  "URINGOP",
  "DM_CTRL",
  "DM_EVENT",
  "TTY",
  "BPRM_FCAPS",
  "CAPSET",
  "OBJ_PID",
  "MMAP",
  "KERNEL_OTHER",
]);

const byName = new Map<string, RecordType>();
const byNumber = new Map<string, RecordType>();
for (const [number, name] of [...Object.entries(TABLES.record_types), ...Object.entries(EXTRA_TYPES)]) {
  const type = build(name, Number(number));
  byName.set(name, type);
  byNumber.set(number, type);
}
/** A stamp without any type in front of it. */
const UNTYPED: RecordType = build("UNKNOWN", undefined);

/** `SYSCALL`, `1300` (printk) and `UNKNOWN[1300]` (a writer older than its kernel) are the same type. */
export function recordType(word: string): RecordType {
  const known = byName.get(word);
  if (known !== undefined) return known;
  if (word === "") return UNTYPED;
  const number = /^(?:UNKNOWN\[)?(\d{1,9})\]?$/.exec(word)?.[1];
  if (number === undefined) return build(word, undefined);
  const named = DRAFTED.has(number) ? undefined : byNumber.get(number);
  return named ?? build(`UNKNOWN[${number}]`, Number(number));
}

/** Distribution kernels used these for drafts that were merged under other numbers: the number alone proves no name. */
const DRAFTED = new Set(["1420", "1421"]);

/** The name that a bare number has in today's kernel, for the types that are not read by it. */
export function mergedName(type: RecordType): string | undefined {
  return DRAFTED.has(String(type.number)) && type.name.startsWith("UNKNOWN")
    ? byNumber.get(String(type.number))?.name
    : undefined;
}

function build(name: string, number: number | undefined): RecordType {
  const user = number !== undefined && ((number >= 1100 && number < 1200) || (number >= 2100 && number < 3000));
  const member = number !== undefined && number >= 1300 && number < 1400 && !NOT_MEMBERS.has(name);
  return {
    name,
    number,
    category: categoryOf(name, number),
    words: wordsOf(name),
    member,
    user: user || number === 1005,
  };
}

function categoryOf(name: string, number: number | undefined): string {
  const own = CATEGORY_BY_TYPE[name];
  if (own !== undefined) return own;
  if (number === undefined) return "unknown";
  return CATEGORY_RANGES.find(([from, to]) => number >= from && number <= to)?.[2] ?? "unknown";
}

function wordsOf(name: string): string {
  return EVENT_WORDS[name] ?? name.toLowerCase().replaceAll("_", " ");
}
