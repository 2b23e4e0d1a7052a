/**
 * laurel (https://github.com/threathunters-io/laurel): one object an event, with a member for each record type. Bytes
 * that are no printable text are `%XX`, octal and hex numbers have `0o` and `0x`, and arguments are lists.
 */
import { fieldName } from "../names.ts";
import { type RecordType, recordType } from "../record-types.ts";
import { type EventHead, hexOf, writeRecord } from "../rewritten.ts";
import { readStamp } from "../stamp.ts";
import { byScope, type Form, type PathPart, type PathRecord } from "./form.ts";
import { latin1, type Leaf, type Leaves } from "./leaves.ts";

export const laurel: Form = {
  id: "laurel",
  title: "laurel, Linux audit events",
  claims: (object) =>
    typeof object["ID"] === "string" && /^\d+\.\d+:\d+$/.test(object["ID"]) && Object.keys(object).some(isType),
  understand(leaves) {
    const head = headOf(leaves);
    const records = groupsOf(leaves).map(([type, group]) => writeRecord(head, recordOf(type, group, leaves)));
    return { head, records, timePath: "ID", names: undefined, isOneOfSeveral: false };
  },
};

function headOf(leaves: Leaves): EventHead {
  const id = leaves.find("ID");
  const stamp = readStamp(`audit(${id?.text ?? ""}):`, 0);
  const node = leaves.find("NODE");
  for (const leaf of [id, node]) if (leaf !== undefined) leaves.take(leaf);
  return {
    node: node === undefined ? "" : latin1(node.text),
    time: stamp?.time,
    precision: stamp?.precision ?? 0,
    timeText: stamp?.timeText ?? "",
    key: stamp?.key,
  };
}

function isType(name: string): boolean {
  return typeOf(name) !== undefined;
}

function typeOf(name: string): RecordType | undefined {
  if (!/^[A-Z][A-Z0-9_]*(?:\[\d+\])?$/.test(name)) return undefined;
  const type = recordType(name);
  return type.number === undefined ? undefined : type;
}

type Group = readonly (readonly [rest: string, leaf: Leaf])[];

/** Leaves by record: `SYSCALL.exe`, `PATH[1].name`. */
function groupsOf(leaves: Leaves): readonly (readonly [RecordType, Group])[] {
  const groups = new Map<string, [RecordType, (readonly [string, Leaf])[]]>();
  for (const leaf of leaves.all) {
    const found = /^([A-Z][A-Z0-9_]*(?:\[\d+\])?)\.(.+)$/s.exec(leaf.path);
    const name = found?.[1] ?? "";
    const type = found === null ? undefined : (typeOf(name) ?? typeOf(name.replace(/\[\d+\]$/, "")));
    if (type === undefined) continue;
    const known = groups.get(name);
    const entry = [found?.[2] ?? "", leaf] as const;
    if (known === undefined) groups.set(name, [type, [entry]]);
    else known[1].push(entry);
  }
  return [...groups.values()];
}

function recordOf(type: RecordType, group: Group, leaves: Leaves): PathRecord {
  const parts: PathPart[] = [];
  const trailer: PathPart[] = [];
  const nested: PathPart[] = [];
  let lead: string | undefined;
  const words = new Map<string, Leaf[]>();
  const titles: Leaf[] = [];
  for (const [name, leaf] of group) {
    const list = /^(\w+)\[(\d+)\]$/.exec(name);
    const inner = /^msg\.([\w-]+)$/.exec(name)?.[1];
    if (list?.[1] === "ARGV" && type.name === "PROCTITLE") titles.push(leaf);
    else if (list?.[1] === "ARGV") parts.push(argument(type, list[2] ?? "0", leaf));
    else if (list !== null && (list[1] === "denied" || list[1] === "granted")) push(words, list[1], leaf);
    else if (list?.[1] === "key") push(words, "key", leaf);
    else if (name === "ARGV_STR") parts.push(commandLine(type, leaf));
    else if (inner !== undefined) nested.push(partOf(inner, leaf));
    else if (/^[A-Z][A-Z_-]*$/.test(name) && isInterpretation(name, group)) trailer.push(interpreted(name, leaf));
    else if (/^[a-z][\w-]*$/.test(name)) parts.push(partOf(name, leaf));
    else continue;
    leaves.take(leaf);
  }
  for (const decision of ["denied", "granted"]) {
    const asked = words.get(decision);
    if (asked !== undefined) lead = `avc:  ${decision}  { ${asked.map(({ text }) => unescaped(text)).join(" ")} } for `;
  }
  const keys = words.get("key");
  if (keys?.[0] !== undefined)
    parts.push({ name: "key", value: keys.map(({ text }) => unescaped(text)).join("\x01"), from: keys[0].path });
  if (titles[0] !== undefined) parts.push(title(titles));
  const scoped = byScope(type.user && nested.length === 0, withoutCount(type, parts));
  return {
    type: type.name,
    header: scoped.header,
    nested: [...nested, ...scoped.nested],
    trailer,
    ...(lead === undefined ? {} : { lead }),
  };
}

function push(map: Map<string, Leaf[]>, name: string, leaf: Leaf): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, [leaf]);
  else known.push(leaf);
}

/** Upper-case names interpret the lower-case field beside them; others (LABELS, PID …) are laurel's own. */
function isInterpretation(name: string, group: Group): boolean {
  const lower = name.toLowerCase();
  return group.some(([other]) => other === lower);
}

function interpreted(name: string, leaf: Leaf): PathPart {
  const text = unescaped(leaf.text);
  const braces = /^\{(.*)\}$/s.exec(text)?.[1];
  return braces === undefined
    ? { name, value: `"${text.replaceAll('"', "'")}"`, from: leaf.path, bare: true }
    : { name, value: `{ ${braces.trim()} }`, from: leaf.path, bare: true };
}

/** Of SYSCALL, numbers in hex; of EXECVE, texts. */
function argument(type: RecordType, index: string, leaf: Leaf): PathPart {
  const name = `a${index}`;
  if (type.name === "EXECVE") return { name, value: unescaped(leaf.text), from: leaf.path };
  return { name, value: leaf.text.replace(/^0x/, ""), from: leaf.path, bare: true };
}

/** The whole command line as one text, where laurel was asked for it: where an argument ends is not known any more. */
function commandLine(type: RecordType, leaf: Leaf): PathPart {
  const name = type.name === "PROCTITLE" ? "proctitle" : "a0";
  return { name, value: unescaped(leaf.text), from: leaf.path };
}

function withoutCount(type: RecordType, parts: readonly PathPart[]): readonly PathPart[] {
  const isJoined = type.name === "EXECVE" && parts.some(({ from }) => from.endsWith("ARGV_STR"));
  return isJoined ? parts.filter(({ name }) => name !== "argc") : parts;
}

function title(leaves: readonly Leaf[]): PathPart {
  const value = leaves.map(({ text }) => unescaped(text)).join("\0");
  return { name: "proctitle", value, from: leaves[0]?.path ?? "" };
}

const TEXT = new Set(["escaped", "account", "key", "proctitle", "op", "label"]);

function partOf(name: string, leaf: Leaf): PathPart {
  const from = leaf.path;
  if (leaf.value === null) return { name, value: "(null)", from, bare: true };
  const text = unescaped(leaf.text);
  const { kind } = fieldName(name);
  if (kind === "sockaddr") return { name, value: hexOf(text), from, bare: true };
  if (kind === "keystrokes") return { name, value: hexOf(text), from, bare: true };
  if (TEXT.has(kind)) return { name, value: text, from };
  return { name, value: text.replace(/^0x(?=[0-9a-f]+$)/i, "").replace(/^0o(?=[0-7]+$)/, "0"), from };
}

/** `%XX` is a byte; everything else is UTF-8. */
function unescaped(text: string): string {
  const bytes = latin1(text);
  return bytes.includes("%")
    ? bytes.replace(/%([0-9a-fA-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : bytes;
}
