/**
 * Query fields of identity matching: for the actor and each target what is behind it, how the search ended, by which
 * rule. They stand beside what was recorded; only `person`, as a condition or a facet, means both (`personField`).
 */
import type { FieldInfo, MatchRole } from "../contract.ts";
import { MATCH_ROLES, MATCH_STATES } from "../contract.ts";
import type { CaseColumns, Codes, Dictionary, StoredField } from "./columns.ts";
import { utf8 } from "./bytes-test.ts";
import { type IdentityMatch, type IdentityMatches, stateOf } from "./identities.ts";
import { nameColumn } from "./name-column.ts";
import { pairsOf, type RolePairs } from "./pairs.ts";

const PARTS = ["identity", "person", "match", "rule", "kind", "status"] as const;
type Part = (typeof PARTS)[number];
interface IdentityField {
  readonly name: string;
  readonly role: MatchRole;
  readonly part: Part;
}
const ROLE_TITLES: Readonly<Record<MatchRole, string>> = {
  actor: "Actor",
  target: "Target",
  target2: "Second target",
};
const PART_TITLES: Readonly<Record<Part, string>> = {
  identity: "identity",
  person: "person",
  match: "match",
  rule: "matching rule",
  kind: "ledger kind",
  status: "ledger status",
};

const FIELDS: readonly IdentityField[] = MATCH_ROLES.flatMap((role) =>
  PARTS.map((part) => ({ name: `${role}.${part}`, role, part })),
);
const BY_NAME = new Map(FIELDS.map((field) => [field.name, field]));

/** In display order. */
export const IDENTITY_NAMES: readonly string[] = FIELDS.map(({ name }) => name);
/** Fields whose values are states, which a reader may misspell. */
export const STATE_FIELDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  MATCH_ROLES.map((role) => [`${role}.match`, MATCH_STATES]),
);

export function isIdentityField(name: string): boolean {
  return BY_NAME.has(name);
}

export function identityInfos(columns: CaseColumns): readonly FieldInfo[] {
  return FIELDS.map(({ name, role, part }) => ({
    name,
    title: `${ROLE_TITLES[role]} ${PART_TITLES[part]}`,
    group: "identity",
    kind: "text",
    aliases: [],
    present: columns.identities !== undefined,
    secret: false,
  }));
}

export type DictField = Extract<StoredField, { kind: "dict" }>;

/** undefined: nothing was matched in this case. */
export function identityField(columns: CaseColumns, name: string): DictField | undefined {
  const field = BY_NAME.get(name);
  const { identities } = columns;
  if (field === undefined || identities === undefined) return undefined;
  return remembered(columns, name, () => {
    const pairs = pairsOf(columns, field.role);
    return column(pairs, (pair) => textOf(pairs, identities, pair, field.part));
  });
}

function textOf(pairs: RolePairs, identities: IdentityMatches, pair: number, part: Part): string | undefined {
  const found = matchOf(pairs, identities, pair);
  if (part === "match") return found === undefined ? missState(pairs, identities, pair) : stateOf(found);
  if (found === undefined) return undefined;
  if (part === "rule") return `rule ${found.rule}`;
  if (part === "kind") return found.kind;
  if (stateOf(found) === "ambiguous") return undefined;
  if (part === "person") return found.person === "" ? undefined : found.person;
  if (part === "status") return found.status === "" ? undefined : found.status;
  return found.shown === "" ? pairs.name(pair) : found.shown;
}

/** Names are read only of pairs that could be found. */
export function matchOf(pairs: RolePairs, identities: IdentityMatches, pair: number): IdentityMatch | undefined {
  const entity = pairs.entity(pair);
  if (!identities.hasAny(entity)) return undefined;
  return identities.find(entity, pairs.name(pair) ?? "", pairs.parent(pair) ?? "");
}

export function missState(pairs: RolePairs, identities: IdentityMatches, pair: number): (typeof MATCH_STATES)[number] {
  const hasRule = identities.entities.has(pairs.entity(pair));
  const name = pairs.name(pair);
  if (name === undefined || name.trim() === "") return "empty";
  return hasRule ? "unmatched" : "no-rule";
}

/** `person` as a condition: whom the log names, and whom the ledger knows behind the actor. */
export function personField(columns: CaseColumns): StoredField | undefined {
  if (columns.identities === undefined) return columns.field("person");
  return remembered(columns, "person", () => {
    const found = identityField(columns, "actor.person");
    const recorded = recordedPerson(columns);
    return found === undefined || recorded === undefined
      ? (found ?? recorded)
      : joined(columns.entries, recorded, found);
  });
}

/** With so many people that the store tells them apart by hash alone, the first that an entry names. */
function recordedPerson(columns: CaseColumns): Known | undefined {
  const field = columns.field("person");
  if (field?.kind !== "hash64") return field;
  const { codes = new Uint8Array(columns.entries), size, text } = nameColumn(columns, "person");
  const texts = Array.from({ length: size }, (_, at) => text(at + 1));
  return { kind: "dict", codes, dictionary: dictionaryOf(texts) };
}

type Known = Exclude<StoredField, { kind: "hash64" }>;

/** Both as one list; a name that both tell counts once. */
function joined(entries: number, recorded: Known, found: DictField): StoredField {
  const texts = new Texts();
  const ends = new Uint32Array(entries);
  const codes: number[] = [];
  const own = codesOf(recorded, texts);
  const other = codesOf(found, texts);
  for (let entry = 0; entry < entries; entry++) {
    const values = [...own(entry), ...other(entry)];
    for (const code of new Set(values)) codes.push(code);
    ends[entry] = codes.length;
  }
  return { kind: "list", ends, codes: Uint32Array.from(codes), dictionary: dictionaryOf(texts.all) };
}

function codesOf(field: Known, texts: Texts): (entry: number) => readonly number[] {
  const table = Uint32Array.from({ length: field.dictionary.size }, (_, code) =>
    texts.code(field.dictionary.text(code)),
  );
  if (field.kind === "dict") {
    return (entry) => {
      const code = field.codes[entry] as number;
      return code === 0 ? [] : [table[code - 1] as number];
    };
  }
  return (entry) => {
    const from = entry === 0 ? 0 : (field.ends[entry - 1] as number);
    return Array.from(field.codes.subarray(from, field.ends[entry]), (code) => table[code] as number);
  };
}

class Texts {
  readonly all: string[] = [];
  readonly #codes = new Map<string, number>();

  code(text: string): number {
    let code = this.#codes.get(text);
    if (code === undefined) this.#codes.set(text, (code = this.all.push(text) - 1));
    return code;
  }
}

/** A column of one text a pair. */
function column(pairs: RolePairs, text: (pair: number) => string | undefined): DictField {
  const texts = new Texts();
  const table = new Uint32Array(pairs.count);
  for (let pair = 0; pair < pairs.count; pair++) {
    const own = text(pair);
    table[pair] = own === undefined ? 0 : texts.code(own) + 1;
  }
  const codes = roomFor(texts.all.length, pairs.codes.length);
  for (let entry = 0; entry < codes.length; entry++) codes[entry] = table[pairs.codes[entry] as number] as number;
  return { kind: "dict", codes, dictionary: dictionaryOf(texts.all) };
}

function roomFor(size: number, entries: number): Codes {
  if (size < 256) return new Uint8Array(entries);
  return size < 65_536 ? new Uint16Array(entries) : new Uint32Array(entries);
}

function dictionaryOf(texts: readonly string[]): Dictionary {
  const parts = texts.map(utf8);
  const ends = new Uint32Array(parts.length);
  let end = 0;
  parts.forEach((part, code) => (ends[code] = end += part.length));
  const pool = new Uint8Array(end);
  parts.forEach((part, code) => pool.set(part, (ends[code] as number) - part.length));
  return { size: texts.length, pool, ends, text: (code) => texts[code] ?? "" };
}

const fields = new WeakMap<CaseColumns, Map<string, StoredField | undefined>>();

function remembered<T extends StoredField | undefined>(columns: CaseColumns, name: string, make: () => T): T {
  const own = fields.get(columns) ?? new Map<string, StoredField | undefined>();
  fields.set(columns, own);
  // One name is always made by one function.
  if (own.has(name)) return own.get(name) as T;
  const made = make();
  own.set(name, made);
  return made;
}
