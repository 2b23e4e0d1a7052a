/** One plain sentence about an event. */
import { utf8Text } from "../../base/bytes.ts";
import type { Summary } from "./summary.ts";
import type { EventView } from "./view.ts";
import { errnoOf } from "./tables.ts";

export function sentenceOf(view: EventView, summary: Summary): string {
  const node = utf8Text(view.nodeRecord?.node ?? "");
  if (summary.naming.record.type.member) return loneMembers(view, node);
  const parts = [
    who(summary),
    summary.action.replaceAll(/[-_]/g, " "),
    what(summary),
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
  return /^\d+$/.test(value) ? `User ${value}` : value;
}

/** What stands between an action and the account it concerns. */
const JOINS: Readonly<Record<string, string>> = {
  "was-authorized": "as",
  "acquired-credentials": "of",
  "refreshed-credentials": "of",
  "disposed-credentials": "of",
  "started-session": "for",
  "ended-session": "for",
  "logged-in": "as",
  "logged-out": "as",
};

function what(summary: Summary): string {
  const target = targetOf(summary);
  const join = JOINS[summary.action];
  return target === "" || join === undefined ? target : `${join} ${target}`;
}

function targetOf({ objects, action, callName }: Summary): string {
  const target = objects.target?.value ?? "";
  const second = objects.second?.value;
  if (action === "renamed" && second !== undefined) return `${target} to ${second}`;
  return target === "" && action === "called-seccomp-controlled-syscall" ? callName : target;
}

function how({ naming, call }: Summary): string {
  const view = call ?? naming;
  const exe = view.text("exe") ?? view.text("comm");
  return exe === undefined ? "" : `with ${exe}`;
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
