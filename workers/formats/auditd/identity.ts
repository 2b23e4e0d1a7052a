/**
 * Users and groups. A number gets a name only from the ENRICHED trailer of the same record, written by the host it
 * happened on; otherwise it stays the number. The examiner's machine is never asked.
 */
import type { MeaningOrigin } from "../../contract.ts";
import { isAbsent } from "./values.ts";
import type { RecordView, Said } from "./view.ts";

const AS_NUMBER: MeaningOrigin = { kind: "number", text: "number as it stands" };
const AS_RECORDED: MeaningOrigin = { kind: "record", text: "record" };
const enrichedOrigins = new Map<string, MeaningOrigin>();

/** (uint32_t) -1: no login user, no session. */
const UNSET = "4294967295";

export function isUnset(value: string | undefined): boolean {
  return value === undefined || value === UNSET || value === "-1" || value === "unset" || isAbsent(value);
}

/** The user or group of a field (`auid`, `uid`, `ogid` …): the enriched name, else the number; undefined = not set. */
export function identity(view: RecordView, name: string): Said | undefined {
  const field = view.find(name, "header") ?? view.find(name, "nested");
  if (field === undefined) return undefined;
  const value = view.valueOf(field);
  if (isUnset(value)) return undefined;
  return (
    enrichedName(view, name) ?? { value, origin: isNumber(value) ? AS_NUMBER : AS_RECORDED, mark: view.mark(field) }
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
