/**
 * Users and groups. A number gets a name from the ENRICHED trailer of the same record, written by the host it happened
 * on, or from a passwd or group file of the same evidence; otherwise it stays the number. The examiner's machine is
 * never asked.
 */
import type { IdentityNames, MeaningOrigin } from "../../contract.ts";
import type { Field } from "./fields.ts";
import { fieldName } from "./names.ts";
import { isAbsent } from "./values.ts";
import type { RecordView, Said } from "./view.ts";

const AS_NUMBER: MeaningOrigin = { kind: "number", text: "number as it stands" };
const AS_RECORDED: MeaningOrigin = { kind: "record", text: "record" };
const enrichedOrigins = new Map<string, MeaningOrigin>();
const fileOrigins = new WeakMap<IdentityNames, MeaningOrigin>();

/** (uint32_t) -1: no login user, no session. */
const UNSET = "4294967295";

export function isUnset(value: string | undefined): boolean {
  return value === undefined || value === UNSET || value === "-1" || value === "unset" || isAbsent(value);
}

/** The user or group of a field (`auid`, `uid`, `ogid` …): its name, else the number; undefined = not set. */
export function identity(view: RecordView, name: string): Said | undefined {
  const field = view.find(name, "header") ?? view.find(name, "nested");
  return field === undefined ? undefined : identityOf(view, field);
}

export function identityOf(view: RecordView, field: Field): Said | undefined {
  const value = view.valueOf(field);
  if (isUnset(value)) return undefined;
  const mark = view.mark(field);
  return (
    enrichedName(view, field.field.name) ??
    fileName(view, field, value) ?? { value, origin: isNumber(value) ? AS_NUMBER : AS_RECORDED, mark }
  );
}

export function enrichedName(view: RecordView, name: string): Said | undefined {
  if (!view.parts.hasTrailer) return undefined;
  const upper = name.toUpperCase();
  const field = view.find(upper, "trailer");
  if (field === undefined) return undefined;
  const value = view.valueOf(field);
  return isNoName(value) ? undefined : { value, origin: enrichedOrigin(upper), mark: view.mark(field) };
}

/** As the passwd or group file that came with the log names it. */
function fileName(view: RecordView, field: Field, value: string): Said | undefined {
  const name = evidenceName(view, value, isGroup(view, field.field.name) ? "groups" : "users");
  return name === undefined ? undefined : { ...name, mark: view.mark(field) };
}

export function evidenceName(
  { names }: RecordView,
  number: string,
  kind: "users" | "groups",
): { readonly value: string; readonly origin: MeaningOrigin } | undefined {
  if (names === undefined || !Object.hasOwn(names[kind], number)) return undefined;
  const value = names[kind][number];
  return value === undefined ? undefined : { value, origin: fileOrigin(names) };
}

/** `id` is a group's number where groups are administered. */
const GROUP_TYPES = new Set(["ADD_GROUP", "DEL_GROUP", "GRP_MGMT", "GRP_CHAUTHTOK"]);
function isGroup(view: RecordView, name: string): boolean {
  return fieldName(name).kind === "gid" || (name === "id" && GROUP_TYPES.has(view.type));
}

function fileOrigin(names: IdentityNames): MeaningOrigin {
  const known = fileOrigins.get(names);
  if (known !== undefined) return known;
  const origin: MeaningOrigin = { kind: "evidence", text: `names in ${names.origin}` };
  fileOrigins.set(names, origin);
  return origin;
}

export function enrichedOrigin(upper: string): MeaningOrigin {
  const known = enrichedOrigins.get(upper);
  if (known !== undefined) return known;
  const origin: MeaningOrigin = { kind: "enriched", text: `enriched ${upper}` };
  if (enrichedOrigins.size < 100) enrichedOrigins.set(upper, origin);
  return origin;
}

/** `unset` and `unknown(1501)` are the host's way to say that it had no name. */
function isNoName(value: string): boolean {
  return isAbsent(value) || /^unknown\(-?\d+\)$/.test(value);
}

function isNumber(value: string): boolean {
  return /^-?\d+$/.test(value);
}
