/**
 * The one-line text of an event: what was typed or run, or the record's own words. Keystrokes (TTY) are left out: they
 * may hold passwords, and a label is shown everywhere.
 */
import { utf8Text } from "../../base/bytes.ts";
import { readArguments, type Arguments } from "./execve.ts";
import { identity, isUnset } from "./identity.ts";
import { ARGUMENTS, COMPUTED, HEX_NUL, RECORD } from "./origins.ts";
import { TABLES } from "./tables.ts";
import type { EventView, RecordView, Said } from "./view.ts";

export function argumentsOf(event: EventView): Arguments | undefined {
  const records = event.all("EXECVE");
  if (records.length === 0) return undefined;
  const args = readArguments(records.map((record) => record.parts));
  if (args === undefined || args.argv[0] !== undefined) return args;
  const isFirstOnly = records.some((record) => record.find("a1") !== undefined || record.find("a1_len") !== undefined);
  return withProgram(args, event, isFirstOnly ? "" : " …");
}

/** Where the record with a0 is missing, the call still names the program. */
function withProgram(args: Arguments, event: EventView, rest: string): Arguments {
  const call = event.first("SYSCALL");
  const program = call?.text("comm") ?? call?.text("exe");
  return program === undefined ? args : { ...args, command: `${program}${rest}${args.command.slice(1)}` };
}

/** EXECVE is whole where PROCTITLE is cut at 128 bytes; USER_CMD has its own. */
export function commandOf(event: EventView, args: Arguments | undefined): Said | undefined {
  if (args !== undefined) return { value: args.command, origin: ARGUMENTS, mark: undefined };
  const title = event.first("PROCTITLE")?.said("proctitle", HEX_NUL);
  return title ?? event.first("USER_CMD")?.said("cmd", RECORD);
}

/** Longest text taken over from a record that has no better summary. */
const LONGEST = 300;

export function labelOf(
  event: EventView,
  naming: RecordView,
  command: Said | undefined,
  detail: string,
): Said | undefined {
  const message = command === undefined ? messageLabel(naming, detail) : undefined;
  const base = command ?? message ?? programLabel(event, naming);
  // A record's own words say the result already.
  return base === undefined || detail === "" || message !== undefined
    ? base
    : { ...base, value: `${base.value}: ${detail}` };
}

/** `PAM:session_open by /usr/sbin/sshd`, `remove_rule key=exec`, `avc:  denied  { read } for`. */
function messageLabel(naming: RecordView, detail: string): Said | undefined {
  const { record } = naming;
  const isCall = naming.type === "SYSCALL" || naming.type === "URINGOP";
  const isTyped = naming.type === "TTY" || naming.type === "USER_TTY";
  if (isCall || isTyped) return undefined;
  if (naming.type === "ANOM_ABEND") return crash(naming);
  if (naming.type === "SECCOMP" || naming.type === "LOGIN")
    return naming.type === "LOGIN" ? login(naming) : filtered(naming, detail);
  const op =
    naming.text("op") ?? naming.text("unit") ?? naming.text("operation") ?? naming.text("text") ?? nestedWords(naming);
  const exe = naming.text("exe") ?? naming.text("comm");
  if (record.type.user && (op ?? exe) !== undefined) {
    const value = op === undefined ? `by ${exe}` : exe === undefined ? op : `${op} by ${exe}`;
    return { value, origin: COMPUTED, mark: undefined };
  }
  const body = record.text
    .slice(record.bodyStart, Math.min(naming.parts.trailerStart, record.end))
    .replace(/\x1d/g, "")
    .trim();
  if (body === "") return undefined;
  const value = body.length > LONGEST ? `${body.slice(0, LONGEST)}…` : body;
  return { value, origin: RECORD, mark: { record: naming.number, start: record.bodyStart, end: record.end } };
}

function nestedWords(naming: RecordView): string | undefined {
  const words = utf8Text(naming.nestedLead).trim();
  return words === "" ? undefined : words;
}

/** `login user 1004, session 31`. */
function login(naming: RecordView): Said {
  const user = identity(naming, "auid")?.value ?? "unset";
  const session = naming.raw("ses", "header");
  return {
    value: `login user ${user}${isUnset(session) ? "" : `, session ${session}`}`,
    origin: COMPUTED,
    mark: undefined,
  };
}

/** `nginx: stopped by seccomp`. */
function filtered(naming: RecordView, detail: string): Said {
  const program = naming.text("comm") ?? naming.text("exe") ?? "?";
  return { value: detail === "" ? program : `${program}: ${detail}`, origin: COMPUTED, mark: undefined };
}

/** `sshd: SIGSEGV, memory violation`. */
function crash(naming: RecordView): Said {
  const signal = naming.raw("sig") ?? "";
  const reason = naming.text("reason");
  const name = TABLES.signals[signal] ?? `signal ${signal}`;
  const value = `${naming.text("comm") ?? naming.text("exe") ?? "?"}: ${name}${reason === undefined ? "" : `, ${reason}`}`;
  return { value, origin: COMPUTED, mark: undefined };
}

function programLabel(event: EventView, naming: RecordView): Said | undefined {
  const view = event.first("SYSCALL") ?? naming;
  return view.said("exe", RECORD) ?? view.said("comm", RECORD);
}
