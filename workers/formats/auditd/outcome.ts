/** Whether what the event tells of was done: exactly `success` or `fail`, or undefined where it cannot be said. */
import { lookup } from "../../base/lookup.ts";
import type { MeaningOrigin } from "../../contract.ts";
import { isDecision, WAITING_CALLS } from "./actions.ts";
import { errnoOf } from "./tables.ts";
import type { RecordView } from "./view.ts";

export interface Outcome {
  readonly value: "success" | "fail" | undefined;
  readonly origin: MeaningOrigin;
  readonly view: RecordView;
  /** Name of the field it was read from. */
  readonly field: string;
  /** `EACCES`, `in progress` … for people. */
  readonly detail: string;
}

const FROM_RECORD: MeaningOrigin = { kind: "record", text: "record" };
const FROM_PERMISSIVE: MeaningOrigin = { kind: "computed", text: "denied, but permissive=1 let it through" };
const FROM_PROGRESS: MeaningOrigin = { kind: "computed", text: "in progress, neither done nor failed" };
const FROM_ACTION: MeaningOrigin = { kind: "table", text: "seccomp action" };

const EINTR = 4;
const EAGAIN = 11;
const EINPROGRESS = 115;
/** Restart codes of include/linux/errno.h: the call starts again after the signal. */
const FIRST_RESTART = 512;
const LAST_RESTART = 516;

/**
 * By the naming record, else by the system call beside it. A crash has no outcome: `res=1` of ANOM_ABEND says that the
 * record was written. An anomaly was detected, which is neither success nor failure.
 */
export function outcomeOf(
  naming: RecordView,
  call: RecordView | undefined,
  callName: string | undefined,
): Outcome | undefined {
  if (isDecision(naming.type) && naming.type !== "SELINUX_ERR") {
    return decision(naming) ?? callOutcome(call, callName);
  }
  if (naming.type === "SECCOMP") return seccomp(naming);
  if (naming.type === "FANOTIFY") return RESPONSES[naming.raw("resp") ?? ""]?.(naming);
  if (naming.type === "ANOM_ABEND") return undefined;
  if (naming === call) return callOutcome(call, callName);
  return stated(naming) ?? callOutcome(call, callName);
}

/** `success=` and `exit=` of SYSCALL and URINGOP. */
function callOutcome(call: RecordView | undefined, callName: string | undefined): Outcome | undefined {
  if (call === undefined) return undefined;
  const success = call.raw("success", "header");
  if (success === "yes") return say(call, "success", "success");
  if (success !== "no") return undefined;
  const exit = Number(call.raw("exit", "header") ?? "NaN");
  const name = errnoOf(-exit)?.name ?? "";
  if (isInProgress(-exit, callName))
    return { value: undefined, origin: FROM_PROGRESS, view: call, field: "exit", detail: `${name}, in progress` };
  return say(call, "fail", "success", name);
}

/** A non-blocking connect always ends so; counting it as a failure would make every client look broken. */
function isInProgress(errno: number, callName: string | undefined): boolean {
  if (errno === EINPROGRESS || (errno >= FIRST_RESTART && errno <= LAST_RESTART && errno !== 515)) return true;
  return (errno === EAGAIN || errno === EINTR) && callName !== undefined && WAITING_CALLS.has(callName);
}

function say(view: RecordView, value: "success" | "fail", field: string, detail = ""): Outcome {
  return { value, origin: FROM_RECORD, view, field, detail };
}

const WORDS: Readonly<Record<string, "success" | "fail">> = lookup({
  success: "success",
  yes: "success",
  "1": "success",
  failed: "fail",
  fail: "fail",
  failure: "fail",
  no: "fail",
  "0": "fail",
});

/** include/uapi/linux/fanotify.h */
const RESPONSES: Readonly<Record<string, (view: RecordView) => Outcome>> = lookup({
  "1": (view) => say(view, "success", "resp", "allowed"),
  "2": (view) => say(view, "fail", "resp", "denied"),
});

/** `res=` or `result=`, wherever it stands. */
function stated(view: RecordView): Outcome | undefined {
  for (const name of ["res", "result"]) {
    const value = WORDS[(view.raw(name, "nested") ?? view.raw(name, "header") ?? "").toLowerCase()];
    if (value !== undefined) return say(view, value, name);
  }
  if (view.raw("seresult") === "denied") return say(view, "fail", "seresult", "denied");
  return undefined;
}

/** SELinux says denied or granted in its lead text, AppArmor in `apparmor=`. */
function decision(view: RecordView): Outcome | undefined {
  const apparmor = view.raw("apparmor");
  if (apparmor === "DENIED") return say(view, "fail", "apparmor", "denied");
  if (apparmor === "ALLOWED" || apparmor === "AUDIT") return say(view, "success", "apparmor", apparmor.toLowerCase());
  if (apparmor !== undefined) return undefined;
  const { word, field } = decisionWord(view);
  if (word === "granted") return say(view, "success", field, "granted");
  if (word === undefined) return stated(view);
  if (view.raw("permissive") === "1")
    return {
      value: "success",
      origin: FROM_PERMISSIVE,
      view,
      field: "permissive",
      detail: "denied but let through (permissive)",
    };
  return say(view, "fail", field, "denied");
}

/** Other forms of the record have the word of its lead text in a field of its own. */
function decisionWord(view: RecordView): { readonly word?: "granted" | "denied"; readonly field: string } {
  const lead = view.lead + view.nestedLead;
  if (lead.includes("granted")) return { word: "granted", field: "tclass" };
  if (lead.includes("denied")) return { word: "denied", field: "tclass" };
  const said = view.raw("seresult");
  return said === "granted" || said === "denied" ? { word: said, field: "seresult" } : { field: "seresult" };
}

/** An access decision that kept somebody from something: one of permissive=1 did not. */
export function isRefused(view: RecordView): boolean {
  const apparmor = view.raw("apparmor");
  if (apparmor !== undefined) return apparmor === "DENIED";
  return decisionWord(view).word === "denied" && view.raw("permissive") !== "1";
}

/** include/uapi/linux/seccomp.h: what the filter made of the call. */
function seccomp(view: RecordView): Outcome | undefined {
  const code = Number(view.raw("code") ?? "NaN");
  if (Number.isNaN(code)) return undefined;
  const action = code >>> 16;
  if (action === 0x7ffc || action === 0x7fff)
    return { value: "success", origin: FROM_ACTION, view, field: "code", detail: "allowed" };
  if (action === 0x7fc0 || action === 0x7ff0) return undefined;
  return { value: "fail", origin: FROM_ACTION, view, field: "code", detail: "stopped by seccomp" };
}
