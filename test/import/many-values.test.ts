import fc from "fast-check";
import { expect, test } from "vitest";
import { FIRST_ORIGINAL, MAX_DICTIONARY } from "../../workers/base/batch.ts";
import { hash64, MANY_VALUES } from "../../workers/base/hash.ts";
import { FieldColumn } from "../../workers/import/field-column.ts";
import { ObjectSink } from "../../workers/import/object-sink.ts";

const values = fc.array(fc.array(fc.nat(80).map(String), { minLength: 1, maxLength: 300 }), {
  minLength: 1,
  maxLength: 6,
});

test("a value that an entry repeats is kept once, in the order it came, however many there are", () => {
  fc.assert(
    fc.property(values, (entries) => {
      const column = new FieldColumn(FIRST_ORIGINAL, false);
      for (const [entry, texts] of entries.entries()) {
        const sink = new ObjectSink();
        for (const text of texts) {
          sink.original("name", text);
          column.add(entry, text);
        }
        expect(sink.originals.get("name")?.values).toEqual([...new Set(texts)]);
      }
      expect(listsOf(column, entries.length)).toEqual(entries.map((texts) => [...new Set(texts)]));
    }),
  );
});

test("an entry that is taken back leaves nothing of its values to the next", () => {
  const column = new FieldColumn(FIRST_ORIGINAL, false);
  const many = Array.from({ length: 100 }, (_, at) => String(at));
  for (const text of many) column.add(0, text);
  column.discard(0);
  for (const text of ["7", "8", "7"]) column.add(0, text);
  for (const text of many) column.add(1, text);
  expect(listsOf(column, 2)).toEqual([["7", "8"], many]);
});

test("a field that entries repeat goes over to hashes as well, and sends no strings from then on", () => {
  const column = new FieldColumn(FIRST_ORIGINAL, false);
  const perBatch = 4096;
  for (let value = 0; value <= MAX_DICTIONARY; ) {
    for (let entry = 0; entry < perBatch; entry++, value += 2) {
      column.add(entry, `v${value}`);
      column.add(entry, `v${value + 1}`);
    }
    expect(column.cut(perBatch, value / 2).column.kind).toBe("list");
  }
  expect(column.isHashed).toBe(true);
  column.add(0, "one");
  column.add(0, "one");
  column.add(2, "one");
  column.add(2, "two");
  const { column: part, dictionary } = column.cut(3, 100_000);
  const one = new Uint32Array(2);
  hash64("one", one, 0);
  expect(part).toEqual({
    field: FIRST_ORIGINAL,
    kind: "hash64",
    words: Uint32Array.of(...one, 0, 0, ...MANY_VALUES),
  });
  expect(dictionary).toBeUndefined();
});

test("a hashed entry that is taken back leaves nothing behind", () => {
  const column = new FieldColumn(FIRST_ORIGINAL, true);
  column.add(0, "one");
  column.add(0, "two");
  column.discard(0);
  expect(column.cut(1, 1).column).toEqual({ field: FIRST_ORIGINAL, kind: "hash64", words: Uint32Array.of(0, 0) });
});

function listsOf(column: FieldColumn, entries: number): readonly (readonly string[])[] {
  const { column: part, dictionary } = column.cut(entries, entries);
  const pool = Buffer.from(dictionary?.pool ?? []);
  const text = (code: number): string => {
    const ends = dictionary?.ends ?? new Uint32Array();
    return pool.toString("utf8", code === 0 ? 0 : ends[code - 1], ends[code]);
  };
  if (part.kind === "dict") return Array.from(part.codes, (code) => (code === 0 ? [] : [text(code - 1)]));
  if (part.kind !== "list") throw new Error(`a column of ${part.kind}`);
  return Array.from(part.ends, (end, at) => {
    const start = at === 0 ? 0 : (part.ends[at - 1] ?? 0);
    return Array.from(part.codes.subarray(start, end), text);
  });
}
