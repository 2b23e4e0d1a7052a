/**
 * Field names of a query. A bare name is the canonical field (any spelling), then an evidence field, then an original
 * field of the records; `raw.NAME` is always the original one. Case does not matter where one field remains.
 */
import type { CaseColumns } from "./columns.ts";
import type { FieldInfo } from "../contract.ts";
import { CANONICAL_FIELDS, canonicalField } from "../base/canonical-fields.ts";
import { raise } from "../base/fault.ts";
import { SCHEMA_FIELDS } from "../base/linux-auditd.ts";
import { IDENTITY_NAMES, identityInfos, isIdentityField } from "./identity-fields.ts";
import { nearest } from "./nearest.ts";

/**
 * Fields that every entry has by where it was found. `source` is its code or name; `repeat` says whether the
 * case tells the same thing once more (repeats.ts).
 */
const EVIDENCE = ["source", "member", "format", "carrier", "id", "flag", "assumed", "repeat"] as const;
type EvidenceName = (typeof EVIDENCE)[number];

const EVIDENCE_TITLES: Readonly<Record<EvidenceName, string>> = {
  source: "Source",
  member: "Member",
  format: "Format",
  carrier: "Carrier",
  id: "Entry number",
  flag: "Flags",
  assumed: "Assumed",
  repeat: "Repeat",
};
const EVIDENCE_ALIASES: ReadonlyMap<string, EvidenceName> = new Map([
  ["src", "source"],
  ["flags", "flag"],
]);

/** Query names: a canonical short name, `time`, an evidence field, or `raw.NAME`. */
export class FieldNames {
  /** Original names by their lower-case form. */
  readonly #originals = new Map<string, string[]>();

  constructor(originals: Iterable<string>) {
    for (const name of originals) {
      const key = name.toLowerCase();
      const same = this.#originals.get(key);
      if (same === undefined) this.#originals.set(key, [name]);
      else if (!same.includes(name)) same.push(name);
    }
  }

  /** The query name behind a spelling; undefined when no field is called so. */
  resolve(spelling: string): string | undefined {
    const canonical = canonicalField(spelling)?.name ?? evidenceName(spelling);
    if (canonical !== undefined) return canonical;
    return (/^raw\./iu.test(spelling) ? this.#original(spelling.slice(4)) : undefined) ?? this.#original(spelling);
  }

  /** As `resolve`, or Fault query.field with the nearest three names. `offset` is the column of the name. */
  require(spelling: string, offset?: number): string {
    const name = this.resolve(spelling);
    if (name !== undefined) return name;
    const suggestions = this.nearest(spelling);
    const meant = suggestions.length === 0 ? "" : `Did you mean ${suggestions.join(", ")}? `;
    const next = `${meant}To search for the text itself, put it in quotes.`;
    return raise("query.field", `No field is called "${spelling}".`, next, {
      suggestions,
      ...(offset === undefined ? {} : { offset }),
    });
  }

  nearest(spelling: string): readonly string[] {
    const wanted = spelling.toLowerCase().replace(/^raw\./u, "");
    const spellings = new Map<string, string>();
    for (const names of this.#originals.values())
      for (const name of names) spellings.set(name.toLowerCase(), this.#shown(name));
    for (const field of CANONICAL_FIELDS) {
      for (const other of [field.dotted, field.long, field.name]) spellings.set(other.toLowerCase(), field.name);
    }
    spellings.set("host", "host");
    for (const name of [...EVIDENCE, ...IDENTITY_NAMES]) spellings.set(name, name);
    return nearest(wanted, spellings, 3);
  }

  /** Whether a bare name means the original field of that name. */
  #shown(name: string): string {
    return this.resolve(name) === `raw.${name}` ? name : `raw.${name}`;
  }

  #original(name: string): string | undefined {
    const same = this.#originals.get(name.toLowerCase());
    if (same === undefined) return undefined;
    if (same.includes(name)) return `raw.${name}`;
    return same.length === 1 ? `raw.${same[0]}` : undefined;
  }
}

function evidenceName(spelling: string): string | undefined {
  const lower = spelling.toLowerCase();
  if (isIdentityField(lower)) return lower;
  return EVIDENCE.find((name) => name === lower) ?? EVIDENCE_ALIASES.get(lower);
}

const known = new WeakMap<CaseColumns, FieldNames>();

export function fieldNames(columns: CaseColumns): FieldNames {
  let names = known.get(columns);
  if (names === undefined) {
    names = new FieldNames([...columns.originalNames, ...columns.overflowNames, ...schemaNames(columns)]);
    known.set(columns, names);
  }
  return names;
}

/** Formats whose original fields bear the names of the public `Linux.Auditd` schema. */
const OF_SCHEMA: ReadonlySet<string> = new Set(["panther", "auditd", "auditd-events", "ausearch-interpreted"]);

/** Fields of the schema may be asked for where no entry happens to have them: then nothing matches. */
function schemaNames({ members }: CaseColumns): readonly string[] {
  return members.some(({ format }) => OF_SCHEMA.has(format)) ? SCHEMA_FIELDS.map(({ name }) => name) : [];
}

/** Every field that a query on these columns may name, in display order. Loads no column. */
export function fieldInfos(columns: CaseColumns): readonly FieldInfo[] {
  const present = new Set(columns.canonicalNames);
  return [
    ...CANONICAL_FIELDS.map(
      ({ name, long, dotted, title, storage }): FieldInfo => ({
        name,
        title,
        group: "canonical",
        kind: name === "time" ? "time" : name === "count" ? "number" : "text",
        aliases: [...new Set([long, dotted, ...(name === "to" ? ["host"] : [])])].filter((alias) => alias !== name),
        present: name === "time" || storage === "reread" || present.has(name),
        secret: false,
      }),
    ),
    ...EVIDENCE.map(
      (name): FieldInfo => ({
        name,
        title: EVIDENCE_TITLES[name],
        group: "evidence",
        kind: name === "id" ? "number" : name === "flag" || name === "assumed" ? "list" : "text",
        aliases: [...EVIDENCE_ALIASES].filter(([, meant]) => meant === name).map(([alias]) => alias),
        present: columns.entries > 0,
        secret: false,
      }),
    ),
    ...identityInfos(columns),
    ...originalInfos(columns),
  ];
}

function originalInfos(columns: CaseColumns): readonly FieldInfo[] {
  const found = new Set([...columns.originalNames, ...columns.overflowNames]);
  const absent = schemaNames(columns).filter((name) => !found.has(name));
  return [
    ...[...found].map((name) => originalInfo(columns, name)),
    ...absent.map((name) => ({ ...originalInfo(columns, name), present: false })),
  ];
}

/** Original fields that gather what other logs may name, too. */
const GATHERED: ReadonlyMap<string, string> = new Map([
  ["indicator.ip", "IP indicator"],
  ["indicator.hostname", "Host indicator"],
  ["indicator.actor_id", "Actor indicator"],
]);

function originalInfo(columns: CaseColumns, name: string): FieldInfo {
  const query = `raw.${name}`;
  const aliases = fieldNames(columns).resolve(name) === query ? [name] : [];
  return {
    name: query,
    title: GATHERED.get(name) ?? name,
    group: "original",
    kind: "text",
    aliases,
    present: true,
    secret: false,
  };
}
