/** What stands behind a query name in the columns of a case. */
import type { CaseColumns, StoredField } from "./columns.ts";
import type { MemberInfo } from "../contract.ts";
import { canonicalField } from "../base/canonical-fields.ts";
import { FLAG } from "../contract.ts";
import { ASSUMED_FLAGS, assumedFlags, assumptionNames } from "./assumed.ts";
import { identityField, isIdentityField, personField } from "./identity-fields.ts";
import { repeatField } from "./repeats.ts";

export type BoundField =
  | { readonly kind: "time" }
  | { readonly kind: "id" }
  /** Names of those of `bits` that are set in the flags of an entry. */
  | {
      readonly kind: "flag";
      readonly flags: Uint32Array;
      readonly bits: number;
      readonly names: (flags: number) => readonly string[];
    }
  /** The same for all entries of a member: the values that queries match, the first of them the one shown. */
  | { readonly kind: "member"; readonly values: readonly (readonly string[])[] }
  /** The name is that of `EntryText.values`, which settles what a hash or no column tells. */
  | { readonly kind: "hash64"; readonly name: string; readonly words: Uint32Array }
  | { readonly kind: "reread"; readonly name: string }
  | { readonly kind: "none" }
  | Exclude<StoredField, { kind: "hash64" }>;

/** As a condition or a facet. `name` is a query name as `FieldNames` resolves it. */
export function bind(columns: CaseColumns, name: string): BoundField {
  return name === "person" ? boundTo(name, personField(columns)) : bindShown(columns, name);
}

/** As a cell: of a canonical field what was recorded, and nothing that was found out. */
export function bindShown(columns: CaseColumns, name: string): BoundField {
  if (name === "time" || name === "id") return { kind: name };
  if (name === "flag") return { kind: name, flags: columns.flags, bits: SHOWN_FLAGS, names: flagNames };
  if (name === "assumed") {
    return { kind: "flag", flags: assumedFlags(columns), bits: ASSUMED_FLAGS, names: assumptionNames };
  }
  const ofMember = MEMBER_FIELDS[name];
  if (ofMember !== undefined)
    return { kind: "member", values: columns.members.map((member) => ofMember(member, columns)) };
  if (name === "repeat") return repeatField(columns);
  if (isIdentityField(name)) return identityField(columns, name) ?? { kind: "none" };
  if (canonicalField(name)?.storage === "reread") return { kind: "reread", name };
  if (name.startsWith("raw.") && columns.overflowNames.includes(name.slice(4))) return { kind: "reread", name };
  return boundTo(name, columns.field(name));
}

function boundTo(name: string, stored: StoredField | undefined): BoundField {
  if (stored === undefined) return { kind: "none" };
  return stored.kind === "hash64" ? { kind: "hash64", name, words: stored.words } : stored;
}

type MemberValues = (member: MemberInfo, columns: CaseColumns) => readonly string[];
const MEMBER_FIELDS: Readonly<Record<string, MemberValues>> = {
  source: (member, columns) => {
    const source = columns.sources.find(({ id }) => id === member.source);
    return source === undefined ? [] : [source.code, source.name];
  },
  member: (member) => [member.path],
  format: (member) => [member.format],
  carrier: (member) => [member.carrier],
};

const FLAGS = Object.entries(FLAG);
/** All bits that a reader is shown. */
export const SHOWN_FLAGS = FLAGS.reduce((bits, [, bit]) => bits | bit, 0);

/** Names of the flags that are set, in the order of their bits. */
export function flagNames(flags: number): readonly string[] {
  return FLAGS.filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name);
}
