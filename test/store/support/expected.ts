import { expect } from "vitest";
import { hash64, MANY_VALUES } from "../../../workers/base/hash.ts";
import { hasBits, SIGNATURE_BYTES, tokenBits } from "../../../workers/base/signature.ts";
import type { StoredField } from "../../../workers/query/columns.ts";
import type { CaseReader } from "../../../workers/store/case-reader.ts";
import { bytesOfMember, type ModelEntry, type ModelMember, type ModelSource, piecesOf } from "./model.ts";

/** Everything a reader says, against the plain arrays that were imported. */
export function expectCase(
  reader: CaseReader,
  sources: readonly ModelSource[],
  overflow: readonly string[] = [],
): void {
  const members = sources.flatMap((source) => source.members);
  const entries = members.flatMap((member) => member.entries);
  expect(reader.entries).toBe(entries.length);
  expect([...reader.time]).toEqual(entries.map((entry) => entry.time));
  expect([...reader.flags]).toEqual(entries.map((entry) => entry.flags));
  expect([...reader.precision]).toEqual(entries.map((entry) => entry.precision));
  expect([...reader.member]).toEqual(members.flatMap((member, i) => member.entries.map(() => i)));
  expectFields(reader, entries, overflow);
  expectOrder(reader, entries);
  expectText(reader, members);
}

function expectFields(reader: CaseReader, entries: readonly ModelEntry[], overflow: readonly string[]): void {
  const names = [...new Set(entries.flatMap((entry) => Object.keys(entry.fields)))];
  const held = [...reader.canonicalNames, ...reader.originalNames.map((name) => `raw.${name}`)];
  expect(held.toSorted()).toEqual(names.filter((name) => !overflow.includes(name)).toSorted());
  for (const name of names) {
    const field = reader.field(name);
    if (overflow.includes(name)) expect(field).toBeUndefined();
    else
      expectField(
        reader,
        field,
        entries.map((entry) => entry.fields[name] ?? []),
      );
  }
}

function expectField(reader: CaseReader, field: StoredField | undefined, values: readonly (readonly string[])[]): void {
  if (field === undefined) throw new Error("the field is missing");
  if (field.kind === "hash64") {
    expect([...field.words]).toEqual(values.flatMap(wordsOf));
    values.forEach((texts, entry) => expectSigned(reader, entry, texts));
  } else expect(values.map((_, entry) => textsOf(field, entry))).toEqual(values);
}

/** Word search relies on it: no dictionary holds these texts any more. */
function expectSigned(reader: CaseReader, entry: number, texts: readonly string[]): void {
  const { first, last } = reader.text.blocksOf(entry);
  const signature = new Uint8Array(SIGNATURE_BYTES);
  for (let block = first; block <= last; block++) {
    reader.text.signature(block).forEach((bits, i) => (signature[i] = (signature[i] as number) | bits));
  }
  for (const text of texts) expect(hasBits(signature, tokenBits(Buffer.from(text)))).toBe(true);
}

export function textsOf(field: Exclude<StoredField, { kind: "hash64" }>, entry: number): string[] {
  if (field.kind === "dict") {
    const code = field.codes[entry] as number;
    return code === 0 ? [] : [field.dictionary.text(code - 1)];
  }
  const start = entry === 0 ? 0 : (field.ends[entry - 1] as number);
  return Array.from(field.codes.subarray(start, field.ends[entry]), (code) => field.dictionary.text(code));
}

function wordsOf(values: readonly string[]): number[] {
  if (values.length > 1) return [...MANY_VALUES];
  const words = new Uint32Array(2);
  if (values[0] !== undefined) hash64(values[0], words, 0);
  return [...words];
}

function expectOrder(reader: CaseReader, entries: readonly ModelEntry[]): void {
  const key = (entry: number): number => {
    const at = (entries[entry] as ModelEntry).time;
    return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
  };
  const identity = entries.map((_, entry) => entry);
  const sorted = identity.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
  const isIdentity = sorted.every((entry, i) => entry === i);
  if (reader.timeOrder === undefined) expect(isIdentity).toBe(true);
  else expect([...reader.timeOrder]).toEqual(sorted);
}

function expectText(reader: CaseReader, members: readonly ModelMember[]): void {
  let entry = 0;
  for (const [index, member] of members.entries()) {
    const raw = bytesOfMember(member);
    const info = reader.members[index];
    if (info === undefined) throw new Error("a member is missing");
    expect(Buffer.from(reader.bytes(info.id, 0, raw.length + 10)).equals(raw)).toBe(true);
    for (const places of piecesOf(member)) {
      const spans = places.map((place) => ({ ...place, member: info.id }));
      expect(reader.placeOf(entry)).toEqual({ member: info, spans });
      const parts = places.map(({ offset, length }) => raw.subarray(offset, offset + length));
      expect(Buffer.from(reader.text.bytes(entry)).equals(Buffer.concat(parts))).toBe(true);
      entry++;
    }
  }
}
