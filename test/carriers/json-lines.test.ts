import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOfLatin1 } from "../../workers/base/bytes.ts";
import { jsonLines } from "../../workers/carriers/json-lines.ts";
import { mongoexport } from "../../workers/carriers/mongoexport.ts";
import { firstHole, unitsOf } from "../support/split.ts";
import { utf8Of } from "../support/utf8.ts";

const cut = (text: string) => unitsOf(jsonLines.split, bytesOfLatin1(text), []);

test("one object a line, others are rejects with column, byte and reason", () => {
  const units = cut('{"a":1}\n\n{"a":\n[1]\n{"b":"\xff"} \r\ntext');
  expect(units).toEqual([
    {
      kind: "record",
      record: {
        offset: 0,
        length: 8,
        line: 1,
        body: { kind: "object", value: { a: 1 }, text: '{"a":1}', verbatim: true },
        flags: [],
      },
    },
    { kind: "blank", offset: 8, length: 1 },
    {
      kind: "reject",
      offset: 9,
      length: 6,
      line: 3,
      code: "json.syntax",
      detail: "the text ends where a value should be, at column 6 (byte 14)",
    },
    {
      kind: "reject",
      offset: 15,
      length: 4,
      line: 4,
      code: "json.syntax",
      detail: "a JSON value but no object, at column 1",
    },
    {
      kind: "record",
      record: {
        offset: 19,
        length: 12,
        line: 5,
        body: { kind: "object", value: { b: "\\xFF" }, text: '{"b":"\xff"} ', verbatim: false },
        flags: ["encoding"],
      },
    },
    {
      kind: "reject",
      offset: 31,
      length: 4,
      line: 6,
      code: "json.syntax",
      detail: '"t" where a value should be, at column 1 (byte 31)',
    },
  ]);
});

const objects = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue());
const endings = fc.constantFrom("\n", "\r\n", "\n\n", "\0\0\n", "");

describe.each([jsonLines, mongoexport])("$id", (carrier) => {
  test("any chunks give the same units, and the units partition the bytes", () => {
    const line = fc.oneof(
      objects.map((value) => JSON.stringify(value)),
      fc.constantFrom("{", '{"a":', "2025-01-10T12:00:00.000+0000\tconnected to: x", '{"_id":{"$oid":"ab"}}'),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, endings), { maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        (parts, size) => {
          const bytes = utf8Of(parts.flat().join(""));
          const units = unitsOf(carrier.split, bytes, []);
          expect(firstHole(units, bytes.length)).toBeUndefined();
          expect(unitsOf(carrier.split, bytes, [size])).toEqual(units);
          expect(unitsOf(carrier.split, bytes, [1])).toEqual(units);
        },
      ),
    );
  });

  test("a record cut again alone is the same record, with its bytes", () => {
    fc.assert(
      fc.property(objects, endings, (value, ending) => {
        const bytes = utf8Of(`{"first":1}\n${JSON.stringify(value)}${ending}`);
        const unit = unitsOf(carrier.split, bytes, [])[1];
        if (unit?.kind !== "record" || unit.record.body.kind !== "object") throw new Error("expected a record");
        const { offset, length, line, flags } = unit.record;
        const { text, verbatim: _, ...body } = unit.record.body;
        expect(bytesOfLatin1(text ?? "")).toEqual(utf8Of(JSON.stringify(value)));
        const own = bytes.subarray(offset, offset + length);
        expect(carrier.reread(own, offset, line, {}, undefined)).toEqual({
          offset,
          length,
          line,
          flags,
          body: { ...body, bytes: own },
        });
      }),
    );
  });

  test("bytes of no record are none", () => {
    expect(carrier.reread(utf8Of("[1]\n"), 0, 1, {}, undefined)).toBeUndefined();
    expect(carrier.reread(utf8Of('{"a"\n'), 0, 1, {}, undefined)).toBeUndefined();
  });
});

describe("recognising", () => {
  const confidence = (head: string, whole = true): number => jsonLines.recognise(bytesOfLatin1(head), whole).confidence;
  test("objects in lines", () => {
    expect(confidence('{"a":1}\n{"a":2}\n')).toBe(1);
    expect(confidence('{"a":1}\n{"a":2', false)).toBe(1);
    expect(confidence('{"a":1}\n{"a":2')).toBeCloseTo(0.95);
    expect(confidence("text\n")).toBe(0);
    expect(confidence("[1]\n")).toBe(0);
  });
  test("Extended JSON is mongoexport's", () => {
    const head = bytesOfLatin1('{"_id":{"$oid":"65a0c1d2e3f4a5b6c7d8e9f0"}}\n');
    expect(mongoexport.recognise(head, true).confidence).toBe(1);
    expect(mongoexport.recognise(bytesOfLatin1('{"_id":1}\n'), true).confidence).toBe(0);
  });
});
