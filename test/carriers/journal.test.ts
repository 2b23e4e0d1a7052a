import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { journalExport } from "../../workers/carriers/journal-export.ts";
import { ExportCutter } from "../../workers/carriers/journal-export-cutter.ts";
import { journalJson } from "../../workers/carriers/journal-json.ts";
import type { Carrier, UnitOutput } from "../../workers/carriers/carrier.ts";
import type { CarriedRecord } from "../../workers/formats/format.ts";
import { firstHole, type Unit, unitsOf } from "../support/split.ts";

const TIME = "1741024820549000";
const field = (name: string, value: string): Buffer => Buffer.from(`${name}=${value}\n`);
function binary(name: string, value: Buffer, length = value.length): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(length));
  return Buffer.concat([Buffer.from(`${name}\n`), size, value, Buffer.from("\n")]);
}
const block = (...fields: Buffer[]): Buffer =>
  Buffer.concat([field("__REALTIME_TIMESTAMP", TIME), ...fields, Buffer.from("\n")]);

function cut(carrier: Carrier, bytes: Uint8Array, ...sizes: number[]): readonly Unit[] {
  const units = unitsOf(carrier.split, new Uint8Array(bytes), sizes.length === 0 ? [bytes.length] : sizes);
  expect(firstHole(units, bytes.length)).toBeUndefined();
  return units;
}
const recordsOf = (units: readonly Unit[]): readonly CarriedRecord[] =>
  units.flatMap((unit) => (unit.kind === "record" ? [unit.record] : []));
const textOf = ({ body }: CarriedRecord): string => (body.kind === "text" ? body.text : JSON.stringify(body.value));

describe("the export form", () => {
  test("is read as bytes: a value may hold line ends, NUL and empty lines", () => {
    const value = Buffer.from([0x61, 0x0a, 0x0a, 0x00, 0xff, 0x3d]);
    const bytes = Buffer.concat([
      block(binary("MESSAGE", value), field("_PID", "7")),
      block(field("MESSAGE", "plain")),
    ]);
    const records = recordsOf(cut(journalExport, bytes));
    expect(records.map(textOf)).toEqual(["a\n\n\0\xff=", "plain"]);
    expect(records[0]?.wrap).toMatchObject({ pid: "7", time: { text: TIME, parsed: { precision: 6 } } });
    expect(records[0]?.flags).toContain("encoding");
    expect(records[1]?.line).toBe(8);
  });
  test("a field that occurs twice is kept twice", () => {
    const [record] = recordsOf(cut(journalExport, block(field("MESSAGE", "m"), field("X", "1"), field("X", "2"))));
    expect(record?.wrap?.fields.filter(([name]) => name === "X")).toEqual([
      ["X", "1"],
      ["X", "2"],
    ]);
  });
  test("what is damaged is rejected up to the next empty line, with its reason", () => {
    const codes = (bytes: Buffer): readonly string[] =>
      cut(journalExport, bytes).map((unit) => (unit.kind === "reject" ? unit.code : unit.kind));
    const good = block(field("MESSAGE", "m"));
    expect(codes(Buffer.concat([Buffer.from("no field here\n\n"), good]))).toEqual(["journal.field", "record"]);
    expect(codes(Buffer.concat([block(binary("MESSAGE", Buffer.from("abc"), 2)), good]))).toEqual([
      "journal.length",
      "record",
    ]);
    expect(codes(Buffer.concat([block(binary("MESSAGE", Buffer.from("abc"), 2 ** 45)), good]))).toEqual([
      "journal.length",
      "record",
    ]);
    expect(codes(Buffer.concat([good, binary("MESSAGE", Buffer.from("abc")).subarray(0, 14)]))).toEqual([
      "record",
      "journal.cut",
    ]);
    expect(codes(good.subarray(0, -3))).toEqual(["record"]);
  });
  test("a block beyond the limit is counted, not kept, and the next one is read", () => {
    const rejects: string[] = [];
    let taken = 0;
    const output: UnitOutput = {
      record() {},
      reject: (offset, length, _line, code) => rejects.push(`${code} ${offset}+${length}`),
      ignore() {},
      blank() {},
      note() {},
    };
    const cutter = new ExportCutter(output, () => taken++, 100);
    const long = block(binary("MESSAGE", Buffer.alloc(5000, 0x0a)));
    const wide = block(...Array.from({ length: 30 }, (_, i) => field(`F${i}`, "value")));
    for (const byte of Buffer.concat([long, wide, block(field("MESSAGE", "m"))])) cutter.push(Uint8Array.of(byte));
    cutter.finish();
    expect(rejects).toEqual([`journal.too-long 0+${long.length}`, `journal.too-long ${long.length}+${wide.length}`]);
    expect(taken).toBe(1);
  });
  test("units partition the bytes and do not depend on the chunks", () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((value) => block(binary("MESSAGE", Buffer.from(value)))),
      fc.constantFrom(block(field("MESSAGE", "m")), Buffer.from("\n"), Buffer.from("A\n"), Buffer.from("x y\n\n")),
      fc.uint8Array({ maxLength: 12 }).map((value) => Buffer.from(value)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.integer({ min: 1, max: 30 }), (parts, size) => {
        const bytes = Buffer.concat(parts);
        expect(cut(journalExport, bytes, size)).toEqual(cut(journalExport, bytes, bytes.length + 1));
      }),
      { numRuns: 300 },
    );
  });
});

describe("JSON", () => {
  const line = (fields: Record<string, unknown>): string =>
    `${JSON.stringify({ __REALTIME_TIMESTAMP: TIME, ...fields })}\n`;
  const first = (fields: Record<string, unknown>): CarriedRecord | undefined =>
    recordsOf(cut(journalJson, Buffer.from(line(fields))))[0];

  test("messages: text, object, bytes, repeated, left out, none", () => {
    expect(first({ MESSAGE: "é" })?.body).toMatchObject({ kind: "text", text: "\xc3\xa9" });
    expect(first({ MESSAGE: '{"a":1}' })?.body).toMatchObject({ kind: "object", value: { a: 1 } });
    expect(first({ MESSAGE: [0x61, 0xff, 0x0a] })?.body).toMatchObject({ text: "a\xff\n" });
    expect(first({ MESSAGE: ["one", "two"] })?.wrap?.fields).toContainEqual(["MESSAGE", "two"]);
    expect(first({ MESSAGE: null })?.wrap?.omitted).toBe("message omitted by journalctl, export with --all");
    expect(first({ _PID: "1" })?.body).toMatchObject({ text: "" });
  });
  test("fields: repeated, bytes, left out; a level and a host", () => {
    const record = first({ MESSAGE: "m", X: ["1", [0x32]], Y: null, PRIORITY: "3", _HOSTNAME: "h", _PID: "7" });
    expect(record?.wrap?.fields).toEqual([
      ["__REALTIME_TIMESTAMP", TIME],
      ["X", "1"],
      ["X", "2"],
      ["PRIORITY", "3"],
      ["_HOSTNAME", "h"],
      ["_PID", "7"],
    ]);
    expect(record?.wrap).toMatchObject({ level: "error", host: "h", pid: "7" });
    expect(record?.flags).toEqual(["incomplete"]);
  });
  test.each([
    ["lines", (fields: object[]) => fields.map((each) => `${JSON.stringify(each)}\n`).join("")],
    ["pretty", (fields: object[]) => fields.map((each) => `${JSON.stringify(each, undefined, "\t")}\n`).join("")],
    ["an array", (fields: object[]) => JSON.stringify(fields)],
    ["a text sequence", (fields: object[]) => fields.map((each) => `\u001e${JSON.stringify(each)}\n`).join("")],
    ["server-sent events", (fields: object[]) => fields.map((each) => `data: ${JSON.stringify(each)}\n\n`).join("")],
  ])("is read as %s", (_name, print) => {
    const bytes = Buffer.from(print([1, 2, 3].map((n) => ({ __REALTIME_TIMESTAMP: TIME, MESSAGE: `m${n}` }))));
    expect(journalJson.recognise(bytes, true).confidence).toBeGreaterThan(0.9);
    const records = recordsOf(cut(journalJson, bytes));
    expect(records.map(textOf)).toEqual(["m1", "m2", "m3"]);
    for (const size of [1, 2, 7]) expect(cut(journalJson, bytes, size)).toEqual(cut(journalJson, bytes));
    for (const { offset, length, line: number, body } of records) {
      const again = journalJson.reread(bytes.subarray(offset, offset + length), offset, number, {}, undefined);
      expect(again?.body).toMatchObject(body.kind === "text" ? { text: body.text } : {});
    }
  });
  test("a record read again knows where each char of its message stands", () => {
    const bytes = Buffer.from(line({ MESSAGE: 'a"é\n\u001d😀z' }));
    const again = journalJson.reread(bytes, 0, 1, {}, undefined);
    const body = again?.body;
    if (body?.kind !== "text" || body.derived?.placeOf === undefined) throw new Error("its text is derived");
    const { text, derived } = body;
    const placed = (char: string): string => bytes.toString("latin1").slice(derived.placeOf?.(text.indexOf(char)) ?? 0);
    expect(placed("z")).toMatch(/^z"/);
    expect(placed("\n")).toMatch(/^\\n/);
    expect(placed("\u001d")).toMatch(/^\\u001d/);
    expect(derived.placeOf?.(text.length)).toBe(bytes.toString("latin1").indexOf('z"') + 1);
  });
  test("pieces are text, whatever they hold, and joined they are what was written", () => {
    const part = (MESSAGE: string, more: object): CarriedRecord => {
      const record = first({ MESSAGE, _STREAM_ID: "s", ...more });
      if (record === undefined) throw new Error("it is a record");
      return record;
    };
    const pieces = [
      part('{"a":', { _LINE_BREAK: "line-max" }),
      part('{"b":1}', { _LINE_BREAK: "line-max" }),
      part("}", {}),
    ];
    expect(pieces.map(({ body }) => body.kind)).toEqual(["text", "text", "text"]);
    expect(pieces.map(({ piece }) => piece)).toEqual([
      { stream: "s", last: false },
      { stream: "s", last: false },
      { stream: "s", last: true },
    ]);
    expect(journalJson.join?.(pieces).body).toMatchObject({ kind: "object", value: { a: { b: 1 } } });
    expect(journalJson.join?.(pieces.slice(0, 2)).flags).toContain("incomplete");
    const tail = part('{"b":1}', {});
    expect(tail.body.kind).toBe("object");
    expect(journalJson.join?.([part("[", { _LINE_BREAK: "line-max" }), tail]).body).toMatchObject({ text: '[{"b":1}' });
  });
});
