/** Who did what to what, how, and with what result. */
import { ACTION_BY_TYPE, callRule, isDecision, namesEvent } from "./actions.ts";
import { socketCallName } from "./arguments.ts";
import { argumentsOf, commandOf, labelOf } from "./command.ts";
import type { Arguments } from "./execve.ts";
import { identity, isUnset } from "./identity.ts";
import { objectsOfCall, objectsOfRecord, socketSaid, type Objects } from "./objects.ts";
import { RECORD, SADDR } from "./origins.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";
import { archName, syscallName, TABLES } from "./tables.ts";
import type { EventView, RecordView, Said } from "./view.ts";

export interface Summary {
  /** The record that names the event. */
  readonly naming: RecordView;
  /** SYSCALL or URINGOP, which gives subject and result. */
  readonly call: RecordView | undefined;
  /** Name of the system call, or its number; "" without one. */
  readonly callName: string;
  readonly machine: string | undefined;
  readonly action: string;
  readonly event: string;
  readonly actor: Said | undefined;
  readonly objects: Objects;
  readonly outcome: Outcome | undefined;
  readonly session: Said | undefined;
  readonly from: Said | undefined;
  readonly args: Arguments | undefined;
  readonly command: Said | undefined;
  readonly label: Said | undefined;
}

export function summarise(event: EventView): Summary {
  const call = event.first("SYSCALL") ?? event.first("URINGOP");
  const naming = namingRecord(event, call);
  const machine = archName(call?.raw("arch", "header") ?? "");
  const callName = call === undefined ? "" : nameOfCall(call, machine);
  const rule = callRule(callName);
  const isCall = naming === call && call !== undefined;
  const objects = isCall ? objectsOfCall(event, call, callName, rule) : objectsOfRecord(event, naming, callName);
  const outcome = outcomeOf(naming, call, callName === "" ? undefined : callName);
  const args = argumentsOf(event);
  const command = commandOf(event, args);
  return {
    naming,
    call,
    callName,
    machine,
    objects,
    outcome,
    args,
    command,
    action: isCall ? callAction(rule.action, objects) : recordAction(naming, callName),
    event: isCall ? `${naming.record.type.words} ${callName}` : naming.record.type.words,
    actor: actorOf(naming, call),
    session: sessionOf(event, naming, call),
    from: fromOf(event, naming, callName),
    label: labelOf(event, naming, command, outcome?.detail ?? ""),
  };
}

/** These stand in every kind of event, so they never say which it is. */
const SILENT = new Set(["EOE", "PROCTITLE", "CWD", "PATH", "MAC_TASK_CONTEXTS", "MAC_OBJ_CONTEXTS"]);

/** A record beside the SYSCALL that says more than it; else the SYSCALL; else the first that is no mere member. */
function namingRecord(event: EventView, call: RecordView | undefined): RecordView {
  const { records } = event;
  if (call === undefined) return records.find((view) => !SILENT.has(view.type)) ?? (records[0] as RecordView);
  return records.find((view) => view !== call && (view.record.type.user || namesEvent(view.type))) ?? call;
}

function nameOfCall(call: RecordView, machine: string | undefined): string {
  if (call.type === "URINGOP") {
    const op = call.raw("uring_op") ?? "";
    return TABLES.uring_op[op] ?? op;
  }
  const number = call.raw("syscall", "header") ?? "";
  const name = syscallName(machine, number) ?? number;
  return name === "socketcall" ? (socketCallName(call.raw("a0", "header") ?? "") ?? name) : name;
}

function callAction(action: string, objects: Objects): string {
  return action === "opened-file" && objects.isCreated === true ? "created" : action;
}

/** Where one type means opposite things, its fields decide. */
function recordAction(naming: RecordView, callName: string): string {
  const { type } = naming;
  if (type === "BPF") return naming.raw("op") === "UNLOAD" ? "unloaded-bpf-program" : "loaded-bpf-program";
  if (type === "KERN_MODULE" && callName === "delete_module") return "unloaded-kernel-module";
  if (type.startsWith("VIRT_") || type.startsWith("INTEGRITY_"))
    return ACTION_BY_TYPE[type] ?? naming.text("op") ?? type.toLowerCase();
  return ACTION_BY_TYPE[type] ?? type.toLowerCase();
}

/**
 * The login identity, which su and sudo do not change; a daemon has none, then the user it runs as. An access decision
 * alone names no user, but the context or profile that asked.
 */
function actorOf(naming: RecordView, call: RecordView | undefined): Said | undefined {
  if (naming.type === "LOGIN") return identity(naming, "old-auid") ?? identity(naming, "uid");
  if (call !== undefined) return identity(call, "auid") ?? identity(call, "uid") ?? identity(naming, "auid");
  const user = identity(naming, "auid") ?? identity(naming, "uid");
  if (user !== undefined || !isDecision(naming.type)) return user;
  return naming.said("scontext", RECORD) ?? naming.said("profile", RECORD);
}

/** A LOGIN starts the session that it names, so its new number counts and not that of the call beside it. */
function sessionOf(event: EventView, naming: RecordView, call: RecordView | undefined): Said | undefined {
  for (const view of [naming, call, ...event.records]) {
    const said = view?.said("ses", RECORD, "header");
    if (said !== undefined) return isUnset(said.value) ? undefined : said;
  }
  return undefined;
}

/** Calls whose SOCKADDR is the sender; that of connect and sendto is where to, and so the target. */
const INCOMING_CALLS = new Set(["accept", "accept4", "recvfrom", "recvmsg", "recvmmsg"]);

/** Where it came from: the address in the user message, or the other end of an incoming connection. */
function fromOf(event: EventView, naming: RecordView, callName: string): Said | undefined {
  if (naming.type === "NETFILTER_PKT") return naming.said("saddr", RECORD);
  const stated = naming.said("addr", RECORD) ?? (naming.record.type.user ? naming.said("hostname", RECORD) : undefined);
  if (stated !== undefined || !INCOMING_CALLS.has(callName)) return stated;
  const socket = socketSaid(event);
  if (socket === undefined || !socket.address.isIp) return undefined;
  return { value: socket.address.address ?? "", origin: SADDR, mark: socket.said.mark };
}
