/** One plain sentence about an event. */
import type { Summary } from "./summary.ts";
import type { EventView } from "./view.ts";
import { errnoOf } from "./tables.ts";

export function sentenceOf(view: EventView, summary: Summary): string {
  const node = view.records.find((record) => record.record.node !== "")?.record.node ?? "";
  const parts = [
    who(summary),
    summary.action.replaceAll("-", " "),
    what(summary),
    node === "" ? "" : `on ${node}`,
    summary.from === undefined || summary.objects.target?.value.startsWith(summary.from.value) === true
      ? ""
      : `from ${summary.from.value}`,
    how(summary),
  ];
  return `${parts.filter((part) => part !== "").join(" ")}${result(summary)}.`;
}

function who(summary: Summary): string {
  const value = summary.actor?.value;
  if (value === undefined) return "Something";
  return /^\d+$/.test(value) ? `User ${value}` : value;
}

function what({ objects, action, callName }: Summary): string {
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
    if (reason !== undefined) return `; the kernel refused: ${reason.name}, ${reason.text.toLowerCase()}`;
    return outcome.detail === "" ? "; it failed" : `; ${outcome.detail}`;
  }
  if (outcome.value === undefined) return outcome.detail === "" ? "" : `; ${outcome.detail}`;
  return outcome.detail === "" ? "; it succeeded" : `; ${outcome.detail}`;
}
