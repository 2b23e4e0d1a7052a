/**
 * Elastic's Auditbeat and go-libaudit write one object an event, Filebeat's auditd module one a record; names are nested
 * or dotted. Where the original lines are kept (`event.original`, `raw_msg`) those are read; else the records are put
 * together again from the fields.
 */
import { lookup } from "../../../base/lookup.ts";
import { parseIso } from "../../../base/time.ts";
import type { MeaningOrigin } from "../../../contract.ts";
import { numberOf } from "../ausearch/numbers.ts";
import { recordType, type RecordType } from "../record-types.ts";
import { type EventHead, stampSeconds, writeRecord } from "../rewritten.ts";
import { AUDITBEAT, FILEBEAT, goLibaudit, type Names } from "./beats-names.ts";
import { byScope, type Form, type PathPart, type PathRecord, type Understood } from "./form.ts";
import { latin1, type Leaf, type Leaves } from "./leaves.ts";
import { fromLines } from "./original-lines.ts";

/** Old LOGIN records say `old auid=… new auid=…`, which newer ones call so. */
const TODAY: Readonly<Record<string, string>> = lookup({
  old_auid: "old-auid",
  new_auid: "auid",
  old_ses: "old-ses",
  new_ses: "ses",
});
export const BEATS: readonly Form[] = [
  form("auditbeat", "Auditbeat, Linux audit events", AUDITBEAT, ["@timestamp"], { kind: "record", text: "Auditbeat" }),
  form("filebeat", "Filebeat, Linux audit records", FILEBEAT, ["@timestamp"], { kind: "record", text: "Filebeat" }),
  form("go-libaudit", "go-libaudit, Linux audit events", goLibaudit(""), ["@timestamp"], undefined),
  form("go-libaudit-case", "go-libaudit, Linux audit events", goLibaudit("event."), ["event.@timestamp"], undefined),
];

function form(
  id: string,
  title: string,
  names: Names,
  time: readonly string[],
  named: MeaningOrigin | undefined,
): Form {
  return {
    id,
    title,
    claims: (_object, leaves) =>
      /^\d{1,10}$/.test(leaves.find(...names.serial)?.text ?? "") &&
      (isTypeName(leaves.find(...names.type)) || hasLine(leaves, names)),
    understand: (leaves) => understand(leaves, names, time, named),
  };
}

function hasLine(leaves: Leaves, names: Names): boolean {
  return leaves.list(...names.original).some(({ text }) => /\baudit\(\d+\.\d+:\d+\):/.test(text));
}

function isTypeName(leaf: Leaf | undefined): boolean {
  return leaf !== undefined && /^(?:[A-Za-z][A-Za-z0-9_]*|[Uu][Nn][Kk][Nn][Oo][Ww][Nn]\[\d+\])$/.test(leaf.text);
}

function typeOf(leaf: Leaf | undefined): RecordType {
  return recordType((leaf?.text ?? "").toUpperCase());
}

function understand(
  leaves: Leaves,
  names: Names,
  timeNames: readonly string[],
  named: MeaningOrigin | undefined,
): Understood {
  const type = typeOf(leaves.find(...names.type));
  const original = leaves.list(...names.original).filter(({ text }) => text.includes("audit("));
  const time = leaves.find(...timeNames);
  // What wrote events tells of who did what; what wrote records does not.
  const host = leaves.find("host.name", "host.hostname", "agent.hostname");
  const about = { names: named, ...(host === undefined ? {} : { host }) };
  const isOneOfSeveral = leaves.below("auditd.summary", "summary", "event.summary").length === 0;
  if (original.length > 0) {
    const given = fromLines(original, type.name, (field, value) => nameOf(leaves, names, field, value));
    if (given !== undefined) {
      for (const leaf of original) leaves.take(leaf);
      return { ...given, ...about, timePath: original[0]?.path, isOneOfSeveral };
    }
  }
  const head = headOf(leaves, names, time);
  if (time !== undefined) leaves.take(time);
  const records = recordsOf(type, leaves, names).map((record) => writeRecord(head, record));
  return { head, records, timePath: time?.path, ...about, isOneOfSeveral };
}

/** The stamp's milliseconds are the event's: the same event has the same key in every form. */
function headOf(leaves: Leaves, names: Names, time: Leaf | undefined): EventHead {
  const parsed = time === undefined ? undefined : parseIso(time.text);
  const serial = leaves.find(...names.serial);
  const node = leaves.find("auditd.log.node", "node");
  for (const leaf of [serial, node]) if (leaf !== undefined) leaves.take(leaf);
  const at = parsed?.at;
  return {
    node: node === undefined ? "" : latin1(node.text),
    time: at,
    precision: parsed?.precision ?? 0,
    timeText: time?.text ?? "",
    key: at === undefined || serial === undefined ? undefined : `${stampSeconds(at)}:${serial.text}`,
  };
}

function nameOf(leaves: Leaves, names: Names, field: string, value: string): string | undefined {
  const places = names.ids[field];
  if (places === undefined || leaves.find(places[0])?.text !== value) return undefined;
  const name = leaves.find(places[1])?.text;
  return name === undefined || name === "unset" || name === value ? undefined : name;
}

const CALL = /^(?:arch|syscall|success|exit|a[0-3]|items|tty)$/;
/** Parts of the context that the object has split up, and what is a record of its own. */
const NOT_FIELDS = /^(?:sequence|record_type|message_type|result|subj_\w+|obj_\w+|socket_\w+|argc|result)$/;

function recordsOf(type: RecordType, leaves: Leaves, names: Names): readonly PathRecord[] {
  const data = leaves.below(...names.data).filter(([name]) => /^[\w-]+$/.test(name) && !NOT_FIELDS.test(name));
  const isCall = type.name === "SYSCALL";
  const hasCall = data.some(([name]) => name === "syscall");
  const records: PathRecord[] = [];
  if (!isCall) records.push(ownRecord(type, data, leaves, names, hasCall));
  if (hasCall || isCall) records.push(callRecord(data, leaves, names));
  const args = leaves.list(...names.args);
  if ((hasCall || isCall) && args.length > 0) records.push(execve(args, leaves));
  const address = socket(leaves, names);
  if (address !== undefined) records.push(record("SOCKADDR", [address]));
  const cwd = leaves.find(...names.cwd);
  if (cwd !== undefined && type.name !== "CWD") records.push(record("CWD", [taken(leaves, "cwd", cwd)]));
  records.push(...pathRecords(leaves, names));
  const title = leaves.find(...names.title);
  if (title !== undefined) records.push(record("PROCTITLE", [taken(leaves, "proctitle", title)]));
  return records;
}

function record(type: string, header: readonly PathPart[]): PathRecord {
  return { type, header, nested: [], trailer: [] };
}

function taken(leaves: Leaves, name: string, leaf: Leaf): PathPart {
  leaves.take(leaf);
  return { name, value: latin1(leaf.text), from: leaf.path };
}

type Data = readonly (readonly [name: string, leaf: Leaf])[];

function ownRecord(type: RecordType, data: Data, leaves: Leaves, names: Names, hasCall: boolean): PathRecord {
  const parts: PathPart[] = [];
  const trailer: PathPart[] = [];
  const about: PathPart[] = [];
  subject(leaves, names, about, trailer, type.user ? ["auid", "uid", "gid"] : Object.keys(names.ids));
  const own = data.filter(([name]) => !(hasCall && CALL.test(name)));
  for (const [name, leaf] of own) parts.push(numbered(type, taken(leaves, TODAY[name] ?? name, leaf)));
  // The session that a LOGIN starts counts, not the one that it was written in.
  if (type.name === "LOGIN") parts.push(...about);
  else parts.unshift(...about);
  parts.push(...source(leaves, names, parts));
  for (const name of ["exe", "comm"]) {
    const leaf = leaves.find(names.process[name] ?? "");
    if (leaf !== undefined && !hasCall) parts.push(taken(leaves, name, leaf));
  }
  parts.push(...keys(leaves, names, parts));
  const result = leaves.find(...names.result);
  if (result !== undefined && !parts.some(({ name }) => name === "res")) parts.push(stated(leaves, "res", result));
  return { type: type.name, ...byScope(type.user, unique(parts)), trailer };
}

function callRecord(data: Data, leaves: Leaves, names: Names): PathRecord {
  const parts: PathPart[] = [];
  const trailer: PathPart[] = [];
  for (const [name, leaf] of data) parts.push(numbered(recordType("SYSCALL"), taken(leaves, name, leaf)));
  const result = leaves.find(...names.result);
  if (result !== undefined && !parts.some(({ name }) => name === "success")) {
    const said = stated(leaves, "success", result);
    parts.push({ ...said, value: said.value === "success" ? "yes" : said.value === "failed" ? "no" : said.value });
  }
  subject(leaves, names, parts, trailer, Object.keys(names.ids));
  for (const [name, place] of Object.entries(names.process)) {
    const leaf = leaves.find(place);
    if (leaf !== undefined) parts.push(taken(leaves, name, leaf));
  }
  parts.push(...keys(leaves, names, parts));
  return { type: "SYSCALL", header: unique(parts), nested: [], trailer };
}

/** Auditbeat moves an address out of the data. */
function source(leaves: Leaves, names: Names, parts: readonly PathPart[]): readonly PathPart[] {
  const leaf = leaves.find(...names.source);
  return leaf === undefined || parts.some(({ name }) => name === "addr") ? [] : [taken(leaves, "addr", leaf)];
}

/** A name may stand among the data and beside them: the first counts. */
function unique(parts: readonly PathPart[]): readonly PathPart[] {
  const seen = new Set<string>();
  return parts.filter(({ name }) => !seen.has(name) && seen.add(name));
}

function numbered(type: RecordType, part: PathPart): PathPart {
  const isAddress = part.name === "saddr";
  return { ...part, value: numberOf(type.name, part.name, part.value), ...(isAddress ? { bare: true } : {}) };
}

/** `success`, `fail`, `failure` as the kernel and user space write it. */
function stated(leaves: Leaves, name: string, leaf: Leaf): PathPart {
  leaves.take(leaf);
  const value = leaf.text === "fail" || leaf.text === "failure" ? "failed" : leaf.text;
  return { name, value: latin1(value), from: leaf.path };
}

function subject(
  leaves: Leaves,
  names: Names,
  parts: PathPart[],
  trailer: PathPart[],
  wanted: readonly string[],
): void {
  const pid = leaves.find(names.process["pid"] ?? "");
  if (pid !== undefined) parts.push(taken(leaves, "pid", pid));
  for (const field of wanted) {
    const leaf = leaves.find(names.ids[field]?.[0] ?? "");
    if (leaf === undefined) continue;
    const part = taken(leaves, TODAY[field] ?? field, leaf);
    parts.push({ ...part, value: numberOf("", part.name, part.value) });
    const name = nameOf(leaves, names, field, leaf.text);
    const place = leaves.find(names.ids[field]?.[1] ?? "");
    if (name !== undefined && place !== undefined) {
      leaves.take(place);
      trailer.push({ name: part.name.toUpperCase(), value: `"${latin1(name)}"`, from: place.path, bare: true });
    }
  }
  const session = leaves.find(...names.session);
  if (session !== undefined) {
    const part = taken(leaves, "ses", session);
    parts.push({ ...part, value: numberOf("", "ses", part.value) });
  }
}

function keys(leaves: Leaves, names: Names, parts: readonly PathPart[]): readonly PathPart[] {
  const list = leaves.list(...names.keys);
  if (list[0] === undefined || parts.some(({ name }) => name === "key")) return [];
  for (const leaf of list) leaves.take(leaf);
  return [{ name: "key", value: latin1(list.map(({ text }) => text).join("\x01")), from: list[0].path }];
}

function execve(args: readonly Leaf[], leaves: Leaves): PathRecord {
  const parts = args.map((leaf, i) => taken(leaves, `a${i}`, leaf));
  return record("EXECVE", [{ name: "argc", value: String(args.length), from: args[0]?.path ?? "" }, ...parts]);
}

function pathRecords(leaves: Leaves, names: Names): readonly PathRecord[] {
  const items = new Map<string, PathPart[]>();
  const front = names.paths[0] ?? "";
  for (const leaf of leaves.all) {
    const found = leaf.path.startsWith(`${front}[`) ? /^\[(\d+)\]\.(\w+)$/.exec(leaf.path.slice(front.length)) : null;
    const [, item = "", name = ""] = found ?? [];
    if (found === null || name.startsWith("obj_")) continue;
    const part = numbered(recordType("PATH"), taken(leaves, name, leaf));
    const known = items.get(item);
    if (known === undefined) items.set(item, [part]);
    else known.push(part);
  }
  return [...items.values()].map((parts) => record("PATH", parts));
}

/** Auditbeat has taken the address apart. */
function socket(leaves: Leaves, names: Names): PathPart | undefined {
  const at = (name: string): Leaf | undefined => leaves.find(...names.data.map((front) => `${front}.socket_${name}`));
  const family = at("family");
  if (family === undefined) return undefined;
  const address = at("addr");
  const path = at("path");
  const port = at("port");
  const known: Readonly<Record<string, string>> = { ipv4: "inet", ipv6: "inet6", unix: "local" };
  const kind = known[family.text] ?? family.text;
  const text =
    kind === "local"
      ? `{ saddr_fam=local path=${path?.text ?? ""} }`
      : `{ saddr_fam=${kind} laddr=${address?.text ?? ""} lport=${port?.text ?? "0"} }`;
  for (const leaf of [family, address, path, port]) if (leaf !== undefined) leaves.take(leaf);
  const from = (address ?? path ?? family).path;
  return { name: "saddr", value: numberOf("SOCKADDR", "saddr", latin1(text)), from, bare: true };
}
