import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bytesOfLatin1 } from "../../workers/base/bytes.ts";
import { parseJson } from "../../workers/base/json-parse.ts";
import { isJsonObject, printJson } from "../../workers/base/json.ts";
import { decodeExtended } from "../../workers/carriers/extended-json.ts";
import { mongoexport } from "../../workers/carriers/mongoexport.ts";
import { sharedPath } from "../support/shared.ts";
import { unitsOf } from "../support/split.ts";

function decoded(json: string): string {
  const parsed = parseJson(`{"v":${json}}`);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error("no object");
  return printJson(decodeExtended(parsed.value).value).slice('{"v":'.length, -1);
}

describe("Extended JSON", () => {
  test.each([
    ['{"$oid":"65a0c1d2e3f4a5b6c7d8e9f0"}', '"65a0c1d2e3f4a5b6c7d8e9f0"'],
    ['{"$date":"2024-11-04T08:01:02.345Z"}', '"2024-11-04T08:01:02.345Z"'],
    ['{"$date":"2020-05-05T05:05:16.138+0000"}', '"2020-05-05T05:05:16.138+0000"'],
    ['{"$date":"2024-11-04T08:01:02Z"}', '"2024-11-04T08:01:02Z"'],
    ['{"$date":{"$numberLong":"1730707262345"}}', '"2024-11-04T08:01:02.345Z"'],
    ['{"$date":1588655161468}', '"2020-05-05T05:06:01.468Z"'],
    ['{"$date":{"$numberLong":"-1"}}', '"1969-12-31T23:59:59.999Z"'],
    ['{"$date":{"$numberLong":"253402300800000"}}', '"+010000-01-01T00:00:00.000Z"'],
    ['{"$date":{"$numberLong":"9223372036854775807"}}', "9223372036854775807"],
    ['{"$numberInt":"1"}', "1"],
    ['{"$numberLong":"9223372036854775807"}', "9223372036854775807"],
    ['{"$numberDouble":"1.0"}', "1.0"],
    ['{"$numberDouble":"NaN"}', '"NaN"'],
    ['{"$numberDouble":"-Infinity"}', '"-Infinity"'],
    ['{"$numberDecimal":"0.1000000000000000000000000000000001"}', "0.1000000000000000000000000000000001"],
    ['{"$binary":{"base64":"SGVsbG8=","subType":"00"}}', '"SGVsbG8="'],
    ['{"$binary":"SGVsbG8=","$type":"00"}', '"SGVsbG8="'],
    ['{"$binary":{"base64":"EjRWeBI0VngSNFZ4EjRWeA==","subType":"04"}}', '"12345678-1234-5678-1234-567812345678"'],
    ['{"$uuid":"12345678-1234-5678-1234-567812345678"}', '"12345678-1234-5678-1234-567812345678"'],
    ['{"$regularExpression":{"pattern":"^a","options":"i"}}', '"/^a/i"'],
    ['{"$regex":"^a","$options":""}', '"/^a/"'],
    ['{"$undefined":true}', "null"],
    ['{"$minKey":1}', '"MinKey"'],
    ['[{"$numberInt":"1"},{"a":{"$oid":"ab"}}]', '[1,{"a":"ab"}]'],
  ])("%s is %s", (json, value) => {
    expect(decoded(json)).toBe(value);
  });

  test.each([
    '{"$timestamp":{"t":1,"i":2}}',
    '{"$oid":7}',
    '{"$oid":"ab","more":1}',
    '{"$date":"2024-01-01T00:00:00Z","$other":1}',
    '{"$numberLong":"many"}',
    '{"$date":{"a":1}}',
    '{"$unknown":1}',
    '{"$constructor":1}',
    "{}",
  ])("%s stays as it is written", (json) => {
    expect(decoded(json)).toBe(json);
  });

  test.each([
    ['{"$oid":"ab"}', true],
    ['{"a":[{"$date":"2024-11-04T08:01:02.345Z"},{"$numberDouble":"1.0"},{"$numberLong":"7"}]}', true],
    ['{"$unknown":{"a":1}}', true],
    ['{"$date":1588655161468}', false],
    ['[1,{"a":{"$date":{"$numberLong":"1730707262345"}}}]', false],
    ['{"$binary":{"base64":"EjRWeBI0VngSNFZ4EjRWeA==","subType":"04"}}', false],
    ['{"$undefined":true}', false],
    ['{"$minKey":1}', false],
  ])("of %s the text is as written: %s", (json, verbatim) => {
    const unit = unitsOf(mongoexport.split, bytesOfLatin1(`{"v":${json}}`), [])[0];
    expect(unit).toMatchObject({ kind: "record", record: { body: { kind: "object", verbatim } } });
  });

  test("the record itself is never unwrapped", () => {
    const parsed = parseJson('{"$oid":"ab"}');
    expect(parsed.ok && isJsonObject(parsed.value) && printJson(decodeExtended(parsed.value).value)).toBe(
      '{"$oid":"ab"}',
    );
  });
});

test("the tool's own lines are rejects that say so", () => {
  const lines = [
    "2025-01-10T12:00:00.000+0000\tconnected to: mongodb://localhost/",
    '{"_id":{"$oid":"65a0c1d2e3f4a5b6c7d8e9f0"}}',
    "2025-01-10T12:00:01.500+0000\texported 1 record",
    "exported 1 record",
    "2025-01-10 is no output of the tool",
  ];
  const units = unitsOf(mongoexport.split, bytesOfLatin1(lines.join("\r\n")), []);
  expect(units.map((unit) => (unit.kind === "reject" ? unit.code : unit.kind))).toEqual([
    "mongoexport.tool-output",
    "record",
    "mongoexport.tool-output",
    "mongoexport.tool-output",
    "json.syntax",
  ]);
  expect(units[0]).toMatchObject({ detail: "tool output", line: 1, offset: 0 });
});

test("a terminal's redirect: CRLF, a byte order mark, progress lines, two records cut", () => {
  const file = sharedPath("corpus", "binalyze-air", "mongoexport-noise-crlf.json");
  if (file === undefined) return;
  const bytes = readFileSync(file);
  const units = unitsOf(mongoexport.split, bytes, [4096]);
  const count = (kind: string): number => units.filter((unit) => unit.kind === kind).length;
  expect([count("record"), count("reject"), count("blank"), count("mark")]).toEqual([36, 4, 1, 1]);
  const rejects = units.flatMap((unit) => (unit.kind === "reject" ? [[unit.line, unit.code]] : []));
  expect(rejects).toEqual([
    [1, "mongoexport.tool-output"],
    [10, "json.syntax"],
    [40, "mongoexport.tool-output"],
    [41, "json.syntax"],
  ]);
  const last = units.at(-1);
  expect(last).toMatchObject({
    kind: "reject",
    detail: `the text ends inside a string, at column 73 (byte ${bytes.length})`,
  });
});
