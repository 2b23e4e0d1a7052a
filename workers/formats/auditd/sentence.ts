/** One plain sentence about an event. */
import { lookup } from "../../base/lookup.ts";
import { utf8Text } from "../../base/bytes.ts";
import { isDecision } from "./actions.ts";
import { identity } from "./identity.ts";
import { lowWord } from "./objects.ts";
import type { Summary } from "./summary.ts";
import type { EventView } from "./view.ts";
import { errnoOf, TABLES } from "./tables.ts";

export function sentenceOf(view: EventView, summary: Summary): string {
  const node = utf8Text(view.nodeRecord?.node ?? "");
  if (summary.naming.record.type.member) return loneMembers(view, node);
  const asked = askedFor(summary);
  const parts = [
    who(summary),
    ...(asked === undefined ? [verb(summary), what(summary)] : [asked]),
    node === "" ? "" : `on ${node}`,
    summary.from === undefined || summary.objects.target?.value.startsWith(summary.from.value) === true
      ? ""
      : `from ${summary.from.value}`,
    how(summary),
  ];
  return `${parts.filter((part) => part !== "").join(" ")}${result(summary)}.`;
}

/** PATH, CWD, EXECVE … whose SYSCALL is not in the import. */
function loneMembers(view: EventView, node: string): string {
  const types = [...new Set(view.records.map((record) => record.type))].join(", ");
  return `Only ${types} of this event${node === "" ? "" : ` on ${node}`}; the record that says what happened is missing.`;
}

function who(summary: Summary): string {
  const value = summary.actor?.value;
  if (value === undefined) return "The system";
  const name = /^\d+$/.test(value) ? `User ${value}` : value;
  // sudo and su: the login user is not the one that the program runs as.
  const runsAs = summary.call === undefined ? undefined : identity(summary.call, "euid")?.value;
  return runsAs === undefined || runsAs === value ? name : `${name} (running as ${runsAs})`;
}

/** Actions whose words are no sentence. */
const VERBS: Readonly<Record<string, string>> = lookup({
  "shutdown-audit": "stopped auditing",
  "started-audit": "started auditing",
  "aborted-auditd-startup": "gave up starting to audit",
  "booted-system": "booted the system",
  "shutdown-system": "shut the system down",
  "crashed-program": "crashed the program",
  "listen-for-connections": "listened for connections",
  "make-device": "made the device",
  "killed-pid": "sent",
  "access-error": "had an access error",
  typed: "typed at the terminal",
});

/** A type without an action of its own is named; `connected-to` without an object says less. */
function verb({ action, naming, objects }: Summary): string {
  if (action === naming.type.toLowerCase()) return `caused ${naming.type}`;
  const words = VERBS[action] ?? action.replaceAll(/[-_]/g, " ");
  return objects.target === undefined ? words.replace(/ (?:to|from|of)$/, "") : words;
}

/** `asked for read and write on the dir cache`: what an access decision was about. */
function askedFor({ naming, objects }: Summary): string | undefined {
  const asked = objects.second?.value;
  if (!isDecision(naming.type) || asked === undefined || objects.secondKind !== "permissions") return undefined;
  const target = objects.target?.value ?? "";
  // SELinux names the class of the object, AppArmor the operation.
  const words = naming.find("tclass") === undefined ? [target, aside(objects.kind)] : [objects.kind, target];
  return `asked for ${asked} on ${words.filter((word) => word !== "").join(" ")}`;
}

/** What stands between an action and the account it concerns. */
const JOINS: Readonly<Record<string, string>> = lookup({
  "was-authorized": "as",
  "changed-password": "of",
  "acquired-credentials": "of",
  "refreshed-credentials": "of",
  "disposed-credentials": "of",
  "started-session": "for",
  "ended-session": "for",
  "logged-in": "as",
  "logged-out": "as",
});

function what(summary: Summary): string {
  const target = targetOf(summary);
  const join = JOINS[summary.action];
  return target === "" || join === undefined ? target : `${join} ${target}`;
}

const TWO_NAMES = new Set(["renamed", "linked", "symlinked"]);

function targetOf(summary: Summary): string {
  const { objects, action, callName } = summary;
  const target = objects.target?.value ?? "";
  const second = objects.second?.value;
  if (summary.naming.type === "CONFIG_CHANGE") return configuration(summary);
  if (second !== undefined && TWO_NAMES.has(action)) return `${target} to ${second}`;
  if (action === "killed-pid") return `${signalOf(summary)} to process ${[target, aside(second)].join(" ").trim()}`;
  if (action === "executed") return [target, aside(commandOf(summary))].filter((part) => part !== "").join(" ");
  return target === "" && action === "called-seccomp-controlled-syscall" ? callName : target;
}

/** `audit_enabled from 1 to 0`, `exec (remove_rule)`: what was done to the rules says who covers his tracks. */
function configuration({ naming, objects }: Summary): string {
  const change =
    objects.old === undefined || objects.now === undefined ? "" : `from ${objects.old.value} to ${objects.now.value}`;
  const op = change === "" ? aside(naming.text("op")) : "";
  return [objects.target?.value ?? "", change, op].filter((part) => part !== "").join(" ");
}

function aside(text: string | undefined): string {
  return text === undefined || text === "" ? "" : `(${text})`;
}

/** Longest command in a sentence. */
const LONGEST = 200;

/** What was run, where it says more than the name of the program. */
function commandOf({ args, objects }: Summary): string {
  const command = args?.command ?? "";
  if (command === objects.target?.value) return "";
  return command.length > LONGEST ? `${command.slice(0, LONGEST)}…` : command;
}

const SIGNAL_ARGUMENTS: Readonly<Record<string, string>> = lookup({ tgkill: "a2", rt_tgsigqueueinfo: "a2" });
function signalOf({ call, callName }: Summary): string {
  const number = lowWord(call?.raw(SIGNAL_ARGUMENTS[callName] ?? "a1", "header") ?? "");
  if (Number.isNaN(number)) return "a signal";
  return number === 0
    ? "signal 0, which only asks whether it exists,"
    : (TABLES.signals[String(number)] ?? `signal ${number}`);
}

/** The kernel keeps 15 bytes of a command's name. */
const COMM_LENGTH = 15;

/** The program; of a script its own name as well, which its interpreter hides. */
function how({ naming, call, objects }: Summary): string {
  const view = call ?? naming;
  const exe = view.text("exe");
  const comm = view.text("comm");
  const target = objects.target?.value;
  if (exe === undefined) return comm === undefined || comm === target ? "" : `with ${comm}`;
  const name = exe.slice(exe.lastIndexOf("/") + 1);
  const isOther =
    comm !== undefined && comm.slice(0, COMM_LENGTH) !== name.slice(0, COMM_LENGTH) && !exe.endsWith(" (deleted)");
  if (exe === target) return isOther ? `as ${comm}` : "";
  return isOther ? `with ${exe} as ${comm}` : `with ${exe}`;
}

function result({ outcome }: Summary): string {
  if (outcome === undefined) return "";
  const exit = Number(outcome.view.raw("exit", "header") ?? "0");
  const reason = exit < 0 ? errnoOf(-exit) : undefined;
  if (outcome.value === "fail") {
    if (reason !== undefined) return `, which failed: ${reason.name}, ${reason.text.toLowerCase()}`;
    return outcome.detail === "" ? ", which failed" : `, which was ${outcome.detail}`;
  }
  if (outcome.value === undefined) return outcome.detail === "" ? "" : ` (${outcome.detail})`;
  return outcome.detail === "" ? ", which succeeded" : `, which was ${outcome.detail}`;
}
