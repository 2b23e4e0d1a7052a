/**
 * Microsoft's OMS plugin of auditd (https://github.com/microsoft/OMS-Auditd-Plugin): `{"Timestamp":"1521757638.392",
 * "SerialNumber":262332,"records":[{"RecordTypeCode":1300,"RecordType":"SYSCALL",…}]}`, also wrapped by fluentd. Values
 * are interpreted and `NAME_r` holds what was written; AUOMS_EXECVE and AUOMS_SYSCALL are several records in one.
 */
import { lookup } from "../../../base/lookup.ts";
import { parseJson } from "../../../base/json-parse.ts";
import { isJsonArray, isJsonObject } from "../../../base/json.ts";
import { jsonText } from "../../../base/json.ts";
import { numberOf } from "../ausearch/numbers.ts";
import { recordType } from "../record-types.ts";
import { type EventHead, writeRecord, type WrittenRecord } from "../rewritten.ts";
import { readStamp } from "../stamp.ts";
import { byScope, type Form, type PathPart, type PathRecord } from "./form.ts";
import { latin1, type Leaf, type Leaves } from "./leaves.ts";
import { fromLines } from "./original-lines.ts";

export const oms: Form = {
  id: "oms-auditd",
  title: "OMS auditd plugin, Linux audit events",
  claims: (object, leaves) =>
    /^\d+\.\d+$/.test(leaves.find("Timestamp")?.text ?? "") &&
    /^\d+$/.test(leaves.find("SerialNumber")?.text ?? "") &&
    isJsonArray(object["records"]) &&
    leaves.find("records.RecordType") !== undefined,
  understand(leaves) {
    const head = headOf(leaves);
    const groups = groupsOf(leaves);
    const records = groups.flatMap((group) => recordsOf(group, head, leaves));
    const host = leaves.find("Computer", "Hostname");
    const names = { kind: "record", text: "OMS auditd plugin" } as const;
    const told = { head, records, names, timePath: "Timestamp", isOneOfSeveral: false };
    return host === undefined ? told : { ...told, host };
  },
};

function headOf(leaves: Leaves): EventHead {
  const time = leaves.find("Timestamp");
  const serial = leaves.find("SerialNumber");
  const stamp = readStamp(`audit(${time?.text ?? ""}:${serial?.text ?? ""}):`, 0);
  for (const leaf of [time, serial]) if (leaf !== undefined) leaves.take(leaf);
  return {
    node: "",
    time: stamp?.time,
    precision: stamp?.precision ?? 0,
    timeText: stamp?.timeText ?? "",
    key: stamp?.key,
  };
}

type Group = ReadonlyMap<string, Leaf>;

function groupsOf(leaves: Leaves): readonly Group[] {
  const groups = new Map<string, Map<string, Leaf>>();
  for (const leaf of leaves.all) {
    const [, index = "", name = ""] = /^records\[(\d+)\]\.(.+)$/s.exec(leaf.path) ?? [];
    if (name === "") continue;
    const known = groups.get(index) ?? new Map<string, Leaf>();
    known.set(name, leaf);
    groups.set(index, known);
  }
  return [...groups.values()];
}

/** Names that the plugin gives to the numbers of users and groups. */
const NAME_OF: Readonly<Record<string, string>> = lookup({
  audit_user: "auid",
  user: "uid",
  effective_user: "euid",
  set_user: "suid",
  filesystem_user: "fsuid",
  group: "gid",
  effective_group: "egid",
  set_group: "sgid",
  filesystem_group: "fsgid",
  o_user: "ouid",
  owner_group: "ogid",
});
const OWN = new Set(["RecordType", "RecordTypeCode", "RecordText"]);
const OF_PATH = new Set(["name", "inode", "dev", "mode", "ouid", "ogid", "rdev", "nametype", "objtype", "cap_fp"]);
const OF_PATHS = /^path_(name|nametype|mode|ouid|ogid)$/;
const OF_EXECVE = new Set(["argc", "cmdline"]);

function recordsOf(group: Group, head: EventHead, leaves: Leaves): readonly WrittenRecord<string>[] {
  const line = group.get("RecordText");
  if (line !== undefined && line.text.includes("audit(")) {
    const given = fromLines([line], "", (field, value) => nameFor(group, field, value));
    if (given !== undefined) {
      for (const leaf of group.values()) if (!isExtra(leaf)) leaves.take(leaf);
      return given.records;
    }
  }
  const parts = partsOf(group, leaves);
  const name = group.get("RecordType")?.text ?? "";
  for (const own of OWN) takeFrom(group, own, leaves);
  const written = name.startsWith("AUOMS_") ? apart(group, parts, leaves) : [whole(name, parts)];
  return written.map((record) => writeRecord(head, record));
}

/** What the line does not say by itself. */
function isExtra({ path }: Leaf): boolean {
  return /\.(?:containerid|cgroup|process_\w+)$/i.test(path);
}

function takeFrom(group: Group, name: string, leaves: Leaves): void {
  const leaf = group.get(name);
  if (leaf !== undefined) leaves.take(leaf);
}

function nameFor(group: Group, field: string, value: string): string | undefined {
  const place = Object.entries(NAME_OF).find(([, of]) => of === field)?.[0];
  const name = place === undefined ? undefined : group.get(place)?.text;
  return name === undefined || name === "unset" || name === value ? undefined : name;
}

interface Parts {
  readonly fields: readonly PathPart[];
  readonly trailer: readonly PathPart[];
}

function partsOf(group: Group, leaves: Leaves): Parts {
  const fields: PathPart[] = [];
  const trailer: PathPart[] = [];
  const type = group.get("RecordType")?.text ?? "";
  for (const [name, leaf] of group) {
    if (OWN.has(name) || OF_PATHS.test(name) || !/^[a-z][\w-]*$/.test(name)) continue;
    const of = NAME_OF[name];
    const written = group.get(`${name}_r`);
    if (of !== undefined && group.has(of)) {
      leaves.take(leaf);
      if (leaf.text !== "unset") trailer.push(quoted(of.toUpperCase(), leaf));
    } else if (name.endsWith("_r") && group.has(name.slice(0, -2))) {
      leaves.take(leaf);
    } else if (name === "cmdline") {
      leaves.take(leaf);
      fields.push({ name, value: latin1(leaf.text), from: leaf.path });
    } else {
      leaves.take(leaf);
      fields.push(fieldOf(type, name, leaf, written));
    }
  }
  return { fields, trailer };
}

function quoted(name: string, leaf: Leaf): PathPart {
  return { name, value: `"${latin1(leaf.text).replaceAll('"', "'")}"`, from: leaf.path, bare: true };
}

/** What was written, where the plugin kept it; the plugin has taken the quotes off. */
function fieldOf(type: string, name: string, leaf: Leaf, written: Leaf | undefined): PathPart {
  if (written !== undefined) return { name, value: latin1(written.text), from: leaf.path, bare: true };
  const call = type.startsWith("AUOMS_") ? "SYSCALL" : type;
  return { name, value: numberOf(call, name, latin1(leaf.text)), from: leaf.path };
}

function whole(type: string, { fields, trailer }: Parts): PathRecord {
  return { type, ...byScope(recordType(type).user, fields), trailer };
}

/** SYSCALL, EXECVE, CWD and PATH of one event, which the plugin has put into one record. */
function apart(group: Group, { fields, trailer }: Parts, leaves: Leaves): readonly PathRecord[] {
  const pick = (wanted: (name: string) => boolean): readonly PathPart[] => fields.filter(({ name }) => wanted(name));
  const isPath = (name: string): boolean => OF_PATH.has(name) || name.startsWith("cap_");
  const isElsewhere = (name: string): boolean =>
    isPath(name) || OF_EXECVE.has(name) || name === "cwd" || name === "proctitle" || name === "saddr";
  const records: PathRecord[] = [];
  const put = (type: string, header: readonly PathPart[], own: readonly PathPart[] = []): void => {
    if (header.length > 0) records.push({ type, header, nested: [], trailer: own });
  };
  const ofPath = trailer.filter(({ name }) => name === "OUID" || name === "OGID");
  const call = pick((name) => !isElsewhere(name));
  if (call.some(({ name }) => name === "syscall"))
    put(
      "SYSCALL",
      call,
      trailer.filter((part) => !ofPath.includes(part)),
    );
  else put(group.get("RecordType")?.text ?? "", call, trailer);
  put("EXECVE", argumentsOf(fields));
  put(
    "SOCKADDR",
    pick((name) => name === "saddr"),
  );
  put(
    "CWD",
    pick((name) => name === "cwd"),
  );
  const listed = listedPaths(group, leaves);
  if (listed.length > 0) for (const paths of listed) put("PATH", paths);
  else put("PATH", pick(isPath), ofPath);
  put(
    "PROCTITLE",
    pick((name) => name === "proctitle"),
  );
  return records;
}

/** The command line is one text with the arguments quoted where they need it, as a shell would read it. */
function argumentsOf(fields: readonly PathPart[]): readonly PathPart[] {
  const line = fields.find(({ name }) => name === "cmdline");
  if (line === undefined) return [];
  const found = [...line.value.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/gs)];
  return found.map((match, i) => ({
    name: `a${i}`,
    value: match[1]?.replace(/\\(["\\$`])/g, "$1") ?? match[2] ?? match[3] ?? "",
    from: line.from,
  }));
}

/** `path_name` and its like are lists as JSON in a text: one place of each list makes a PATH. */
function listedPaths(group: Group, leaves: Leaves): readonly (readonly PathPart[])[] {
  const items: PathPart[][] = [];
  for (const [name, leaf] of group) {
    const field = OF_PATHS.exec(name)?.[1];
    const list = field === undefined ? undefined : listIn(leaf.text);
    if (field === undefined || list === undefined) continue;
    leaves.take(leaf);
    list.forEach((value, i) => {
      const item = (items[i] ??= [{ name: "item", value: String(i), from: leaf.path }]);
      item.push({ name: field, value: latin1(value), from: leaf.path });
    });
  }
  // The first path is written out in full beside the lists.
  const first = items[0];
  if (first !== undefined)
    for (const name of ["inode", "dev", "rdev"]) {
      const leaf = group.get(name);
      if (leaf !== undefined) first.push({ name, value: latin1(leaf.text), from: leaf.path });
    }
  return items;
}

function listIn(text: string): readonly string[] | undefined {
  const parsed = parseJson(`{"list":${text}}`);
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  const list = parsed.value["list"];
  return isJsonArray(list) ? list.map(jsonText) : undefined;
}
