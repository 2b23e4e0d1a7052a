/** One entry with its secrets hidden: in the values, in all that is said of them, and in the bytes. */
import type { ByteMark, DetailField, DetailRecord, EntryDetail, Interpretation } from "../contract.ts";
import { longestFirst, type Masking, spellings, starAll, starText } from "./secrets.ts";

const ORIGINAL = "raw.";

/** What is said of an entry's bytes. */
export type ToldBytes = Pick<EntryDetail, "fields" | "records" | "interpretations">;

/** `secret`: query names. The same detail where the entry has none of these fields. */
export function maskedDetail(detail: EntryDetail, secret: ReadonlySet<string>, masking: Masking): EntryDetail {
  const hidden = secretFields(detail, secret);
  if (hidden.length === 0) return detail;
  const secrets = longestFirst(hidden.flatMap(({ values }) => values));
  const clean = (text: string): string => masking.without(text, secrets, false);
  return {
    ...detail,
    action: clean(detail.action),
    target: clean(detail.target),
    outcome: clean(detail.outcome),
    sentence: clean(detail.sentence),
    fields: detail.fields.map((field) => maskedField(field, secret, secrets, masking)),
    records: maskedRecords(detail, hidden, secret, secrets),
    interpretations: detail.interpretations.map((each) => maskedMeaning(each, secret, clean, masking)),
    masked: true,
  };
}

/** The records with their secrets hidden; undefined for an entry that has none of these fields. */
export function maskedBytes(told: ToldBytes, secret: ReadonlySet<string>): readonly DetailRecord[] | undefined {
  if (!told.fields.some(({ name, values }) => secret.has(name) && values.length > 0)) return undefined;
  const hidden = secretFields(told, secret);
  return maskedRecords(told, hidden, secret, longestFirst(hidden.flatMap(({ values }) => values)));
}

/** An empty cell of a table is no secret. */
function secretFields({ fields }: ToldBytes, secret: ReadonlySet<string>): readonly DetailField[] {
  return fields.filter(({ name, values }) => secret.has(name) && values.some((value) => value !== ""));
}

function maskedField(
  field: DetailField,
  secret: ReadonlySet<string>,
  secrets: readonly string[],
  masking: Masking,
): DetailField {
  const { name, values } = field;
  const shown = values.map((value) =>
    secret.has(name) ? masking.mask(value) : masking.without(value, secrets, name === "data"),
  );
  const isMasked = shown.some((value, at) => value !== values[at]);
  return isMasked ? { ...field, values: shown, masked: true } : field;
}

/** Interpretations and tokens call an original field by its own name. */
function isOf(secret: ReadonlySet<string>, name: string): boolean {
  return secret.has(name) || secret.has(`${ORIGINAL}${name}`);
}

function maskedMeaning(
  each: Interpretation,
  secret: ReadonlySet<string>,
  clean: (text: string) => string,
  masking: Masking,
): Interpretation {
  const hide = isOf(secret, each.field) ? (text: string): string => masking.mask(text) : clean;
  return { ...each, recorded: hide(each.recorded), meaning: hide(each.meaning) };
}

/**
 * What is marked as a secret is overwritten, and so is every other place where it stands as it is. A secret that is
 * found neither way hides all bytes of the entry: better too much than one key.
 */
function maskedRecords(
  detail: ToldBytes,
  hidden: readonly DetailField[],
  secret: ReadonlySet<string>,
  secrets: readonly string[],
): readonly DetailRecord[] {
  const marks = [
    ...hidden.flatMap(({ mark }) => mark ?? []),
    ...detail.interpretations.flatMap(({ field, mark }) => (isOf(secret, field) ? (mark ?? []) : [])),
  ];
  const found = new Set<string>();
  const masked = detail.records.map((record, at) => {
    const out = new Uint8Array(record.bytes);
    const own = [...marks.filter((mark) => mark.record === at), ...tokensOf(record, at, secret)];
    for (const { start, end } of own) starAll(out.subarray(start, end));
    for (const value of secrets) {
      for (const text of spellings(value)) if (starText(out, record.bytes, Buffer.from(text))) found.add(value);
    }
    return { ...record, bytes: out };
  });
  const hasPlace = (field: DetailField): boolean =>
    field.values.every((value) => value === "" || found.has(value)) ||
    (field.values.length === 1 && isMarked(field, detail, secret));
  if (!hidden.every(hasPlace)) for (const { bytes } of masked) starAll(bytes);
  return masked;
}

function tokensOf({ tokens }: DetailRecord, record: number, secret: ReadonlySet<string>): readonly ByteMark[] {
  return tokens.flatMap(({ start, end, field }) =>
    field !== undefined && isOf(secret, field) ? [{ record, start, end }] : [],
  );
}

/** Whether the one value of a field has bytes of its own. */
function isMarked({ name, mark }: DetailField, { records }: ToldBytes, secret: ReadonlySet<string>): boolean {
  if (mark !== undefined && mark.end > mark.start) return true;
  const bare = name.startsWith(ORIGINAL) ? name.slice(ORIGINAL.length) : name;
  return records.some(({ tokens }) => tokens.some(({ field }) => field === bare && isOf(secret, bare)));
}
