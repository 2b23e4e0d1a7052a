/** What an event was done to, and a second object where the action has two. */
import { lookup } from "../../base/lookup.ts";
import { utf8Text } from "../../base/bytes.ts";
import { isDecision, type CallRule } from "./actions.ts";
import { enrichedName, evidenceName, identity } from "./identity.ts";
import { fieldName } from "./names.ts";
import { callTable, COMPUTED, RECORD, SADDR } from "./origins.ts";
import { byNameType, lastObject, pathName, pathsOf } from "./paths.ts";
import { readSaddr, type SocketAddress } from "./saddr.ts";
import { archName, syscallName } from "./tables.ts";
import { targetRule } from "./targets.ts";
import type { EventView, RecordView, Said } from "./view.ts";

export interface Objects {
  readonly kind: string;
  readonly target: Said | undefined;
  readonly secondKind?: string;
  readonly second?: Said | undefined;
  readonly old?: Said | undefined;
  readonly now?: Said | undefined;
  /** The item was made by the call: `opened-file` becomes `created`. */
  readonly isCreated?: boolean;
}

/** Of an event that a record other than SYSCALL names. */
export function objectsOfRecord(event: EventView, view: RecordView, callName: string): Objects {
  if (isDecision(view.type) && view.type !== "SELINUX_ERR") return decisionObject(event, view, callName);
  if (view.type === "CONFIG_CHANGE") return configObject(view);
  if (view.type === "SECCOMP") return { kind: "system-call", target: seccompCall(view) };
  const rule = targetRule(view.type);
  if (rule === undefined) return { kind: "", target: pathName(event, lastObject(pathsOf(event)), callName) };
  const target =
    firstField(view, rule.fields) ??
    (rule.kind === "file" ? pathName(event, lastObject(pathsOf(event)), callName) : undefined);
  const second = rule.second === undefined ? undefined : firstField(view, rule.second.fields);
  return {
    kind: rule.kind,
    target,
    ...(second === undefined || second.value === target?.value ? {} : { second, secondKind: rule.second?.kind ?? "" }),
    ...(rule.change === undefined
      ? {}
      : { old: fieldSaid(view, rule.change[0]), now: fieldSaid(view, rule.change[1]) }),
  };
}

function firstField(view: RecordView, names: readonly string[]): Said | undefined {
  for (const name of names) {
    const said = fieldSaid(view, name, "nested") ?? fieldSaid(view, name, "header");
    if (said !== undefined) return said;
  }
  return undefined;
}

function fieldSaid(view: RecordView, name: string, scope?: "header" | "nested"): Said | undefined {
  const kind = fieldName(name).kind;
  if (kind === "uid" || kind === "gid") return view.find(name, scope) === undefined ? undefined : identity(view, name);
  return view.said(name, RECORD, scope);
}

/** SELinux: class of the object and what was asked of it; AppArmor: name and operation. */
function decisionObject(event: EventView, view: RecordView, callName: string): Objects {
  const target =
    firstField(view, ["path", "name"]) ??
    pathName(event, lastObject(pathsOf(event)), callName) ??
    view.said("dest", RECORD);
  const kind = view.text("tclass") ?? view.text("operation") ?? view.text("class") ?? "mac-object";
  const second = view.said("denied_mask", RECORD) ?? view.said("requested_mask", RECORD) ?? permissions(view);
  return second === undefined ? { kind, target } : { kind, target, second, secondKind: "permissions" };
}

/** The words in `{ read write }` of the lead text. */
export function permissions(view: RecordView): Said | undefined {
  for (const lead of [view.parts.lead, view.parts.nestedLead]) {
    const open = view.record.text.indexOf("{", lead.start);
    const close = view.record.text.indexOf("}", lead.start);
    if (open < 0 || close < open || close > lead.end) continue;
    const value = utf8Text(view.record.text.slice(open + 1, close)).trim();
    return { value, origin: RECORD, mark: { record: view.number, start: open, end: close + 1 } };
  }
  return undefined;
}

/** By the record's own arch: a filter sees calls of every machine the kernel serves. */
function seccompCall(view: RecordView): Said | undefined {
  const said = view.said("syscall", RECORD);
  if (said === undefined) return undefined;
  const machine = archName(view.raw("arch") ?? "");
  const name = syscallName(machine, said.value);
  return name === undefined ? said : { ...said, value: name, origin: callTable(machine ?? "system call") };
}

/** `op=set audit_enabled=0 old=1`, `audit_enabled=1 old=1`, `op=remove_rule key="exec" list=4`. */
function configObject(view: RecordView): Objects {
  const setting = view.fields.find((field) => field.field.name.startsWith("audit_"));
  const old = view.said("old", RECORD);
  if (setting === undefined) return { kind: "audit-config", target: firstField(view, ["path", "dir", "key"]), old };
  const value = view.valueOf(setting);
  const mark = view.mark(setting);
  const name = {
    value: setting.field.name,
    origin: RECORD,
    mark: { ...mark, start: setting.nameAt, end: setting.nameAt + setting.field.name.length },
  };
  return { kind: "audit-config", target: name, old, now: { value, origin: RECORD, mark } };
}

/** Of a system call. PARENT items and the loader that execve lists are never what was meant. */
export function objectsOfCall(event: EventView, call: RecordView, name: string, rule: CallRule): Objects {
  const paths = pathsOf(event);
  const path = (chosen = lastObject(paths)) => pathName(event, chosen, name);
  switch (rule.object) {
    case "program":
      return { kind: rule.kind, target: path(paths[0]) ?? call.said("exe", RECORD) };
    case "path":
      return {
        ...changed(call, name),
        kind: paths.length === 0 ? "" : rule.kind,
        target: path(),
        isCreated: byNameType(paths, "CREATE") !== undefined,
      };
    case "deleted":
      return { kind: rule.kind, target: path(byNameType(paths, "DELETE") ?? lastObject(paths)) };
    case "created":
      return { kind: rule.kind, target: path(byNameType(paths, "CREATE") ?? lastObject(paths)) };
    case "renamed":
    case "linked":
      return twoNames(rule, path(firstName(rule, paths)), path(byNameType(paths, "CREATE") ?? lastObject(paths)));
    case "mounted":
      return {
        kind: rule.kind,
        target: path(paths[1] ?? paths.at(-1)),
        ...(paths.length > 1 ? { second: path(paths[0]), secondKind: "device" } : {}),
      };
    case "module":
      return { kind: rule.kind, target: event.first("KERN_MODULE")?.said("name", RECORD) ?? path() };
    case "socket":
      return { kind: rule.kind, target: socketSaid(event)?.said };
    case "process":
      return processObject(event, call, rule, name);
    case "identity":
      return { kind: rule.kind, target: newIdentity(call, name) };
    case "child":
      return { kind: rule.kind, target: call.said("exit", RECORD) };
    case "none":
      return { kind: rule.kind, target: path() };
  }
}

/** A rename has a DELETE item; a link leaves its old name, which is NORMAL or, without an inode, UNKNOWN. */
function firstName(rule: CallRule, paths: ReturnType<typeof pathsOf>): ReturnType<typeof lastObject> {
  if (rule.object === "renamed") return byNameType(paths, "DELETE");
  return (
    byNameType(paths, "NORMAL") ??
    byNameType(paths, "UNKNOWN") ??
    paths.find((path) => path.nameType !== "CREATE" && path.nameType !== "PARENT")
  );
}

function twoNames(rule: CallRule, from: Said | undefined, to: Said | undefined): Objects {
  const isSame = from === undefined || from.value === to?.value;
  if (isSame) return { kind: rule.kind, target: to };
  return {
    kind: rule.kind,
    target: from,
    second: to,
    secondKind: rule.kind,
    ...(rule.object === "renamed" ? { old: from, now: to } : {}),
  };
}

/** (uid_t) -1 */
const UNCHANGED = 0xffffffff;

/** The argument that holds the new mode of chmod and the new owner of chown, by call. */
const MODE_ARGUMENT: Readonly<Record<string, string>> = lookup({
  chmod: "a1",
  fchmod: "a1",
  fchmodat: "a2",
  fchmodat2: "a2",
});
const OWNER_ARGUMENT: Readonly<Record<string, string>> = lookup({
  chown: "a1",
  fchown: "a1",
  lchown: "a1",
  chown32: "a1",
  fchown32: "a1",
  lchown32: "a1",
  fchownat: "a2",
});

function changed(call: RecordView, name: string): { readonly now?: Said } {
  const argument = MODE_ARGUMENT[name];
  if (argument !== undefined) return now(call, argument, (value) => `0${(value & 0o7777).toString(8)}`);
  const owner = OWNER_ARGUMENT[name];
  return owner === undefined ? {} : now(call, owner, (value) => (value === UNCHANGED ? "unchanged" : String(value)));
}

function now(call: RecordView, argument: string, show: (value: number) => string): { readonly now?: Said } {
  const field = call.find(argument, "header");
  if (field === undefined) return {};
  const value = lowWord(call.valueOf(field));
  return Number.isNaN(value) ? {} : { now: { value: show(value), origin: COMPUTED, mark: call.mark(field) } };
}

/** The low 32 bits of an argument, which is hex without 0x. */
export function lowWord(hex: string): number {
  const digits = hex.replace(/^0x/i, "");
  return /^[0-9a-f]+$/i.test(digits) ? Number.parseInt(digits.slice(-8), 16) : Number.NaN;
}

export function socketSaid(event: EventView): { readonly said: Said; readonly address: SocketAddress } | undefined {
  const view = event.first("SOCKADDR");
  const field = view?.find("saddr", "header");
  if (view === undefined || field === undefined) return undefined;
  const address = readSaddr(view.valueOf(field));
  if (address === undefined) return undefined;
  const value = address.address === undefined ? address.text : endpoint(address);
  return { said: { value, origin: SADDR, mark: view.mark(field) }, address };
}

function endpoint(address: SocketAddress): string {
  if (address.port === undefined) return address.address ?? "";
  return address.family === "inet6" ? `[${address.address}]:${address.port}` : `${address.address}:${address.port}`;
}

/** OBJ_PID holds the process that was meant; without it only the number in the arguments is known. */
function processObject(event: EventView, call: RecordView, rule: CallRule, name: string): Objects {
  const target = event.first("OBJ_PID");
  const pid = target?.said("opid", RECORD);
  const command = target?.said("ocomm", RECORD);
  if (pid !== undefined)
    return {
      kind: rule.kind,
      target: pid,
      ...(command === undefined ? {} : { second: command, secondKind: "command" }),
    };
  const argument = name === "tgkill" || name === "ptrace" ? "a1" : "a0";
  const field = call.find(argument, "header");
  if (field === undefined) return { kind: rule.kind, target: undefined };
  const value = lowWord(call.valueOf(field)) | 0;
  return { kind: rule.kind, target: { value: String(value), origin: COMPUTED, mark: call.mark(field) } };
}

/** Arguments that hold the new identity, the effective one first; of setgroups the record has none. */
const NEW_IDENTITY: Readonly<Record<string, readonly string[]>> = lookup({
  setreuid: ["a1", "a0"],
  setregid: ["a1", "a0"],
  setresuid: ["a1", "a0", "a2"],
  setresgid: ["a1", "a0", "a2"],
  setgroups: [],
});

/** The call says a number. Its name is known only where it equals the uid that the trailer names. */
function newIdentity(call: RecordView, name: string): Said | undefined {
  const arguments_ = NEW_IDENTITY[name.replace(/32$/, "")] ?? ["a0"];
  const fields = arguments_.flatMap((argument) => call.find(argument, "header") ?? []);
  const field = fields.find((one) => lowWord(call.valueOf(one)) !== UNCHANGED) ?? fields[0];
  if (field === undefined) return undefined;
  const value = lowWord(call.valueOf(field));
  if (Number.isNaN(value)) return undefined;
  const mark = call.mark(field);
  if (value === UNCHANGED) return { value: "unchanged", origin: COMPUTED, mark };
  const number = String(value);
  const named = number === call.raw("uid") ? enrichedName(call, "uid") : undefined;
  const inFile = evidenceName(call, number, name.includes("gid") ? "groups" : "users");
  return named ?? { value: number, origin: COMPUTED, ...inFile, mark };
}
