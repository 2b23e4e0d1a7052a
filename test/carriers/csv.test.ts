import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOfLatin1, latin1Of } from "../../workers/base/bytes.ts";
import { csv } from "../../workers/carriers/csv.ts";
import { RowCutter } from "../../workers/carriers/csv-cutter.ts";
import type { Reading } from "../../workers/contract.ts";
import { firstHole, type Unit, unitsOf } from "../support/split.ts";
import { utf8Of } from "../support/utf8.ts";

function studied(bytes: Uint8Array): Reading {
  const reading = csv.study?.(bytes, true, {}, undefined);
  if (reading === undefined) throw new Error("a table has a reading");
  return reading;
}
function unitsIn(text: string, ...sizes: number[]): readonly Unit[] {
  const bytes = utf8Of(text);
  const units = unitsOf(csv.split, bytes, sizes, studied(bytes));
  expect(firstHole(units, bytes.length)).toBe(undefined);
  return units;
}
function valueOf(unit: Unit): unknown {
  if (unit.kind !== "record") return unit.kind === "reject" ? unit.code : unit.kind;
  return unit.record.body.kind === "object" ? unit.record.body.value : undefined;
}
const told = (text: string, ...sizes: number[]): readonly unknown[] => unitsIn(text, ...sizes).map(valueOf);

describe("rows", () => {
  test.each<[string, string, readonly unknown[]]>([
    ["commas", "a,b,c\n1,2,3\n", ["mark", { a: "1", b: "2", c: "3" }]],
    ["semicolons, with commas in cells", "a;b;c\n1,5;2;3\n", ["mark", { a: "1,5", b: "2", c: "3" }]],
    ["TAB", "a\tb\tc\n1\t\t3", ["mark", { a: "1", b: "", c: "3" }]],
    ["bars, CRLF", "a|b|c\r\n1|2|3\r\n", ["mark", { a: "1", b: "2", c: "3" }]],
    ["lone CR", "a,b,c\r1,2,3\r4,5,6", ["mark", { a: "1", b: "2", c: "3" }, { a: "4", b: "5", c: "6" }]],
    ["a told separator", "sep=;\r\na;b;c\r\n1;2;3\r\n", ["mark", "mark", { a: "1", b: "2", c: "3" }]],
    ["a byte order mark", "\ufeffa,b,c\n1,2,3\n", ["mark", "mark", { a: "1", b: "2", c: "3" }]],
    ["quotes", 'a,b,c\n"1,5","say ""hi""","x\r\ny\nz"\n', ["mark", { a: "1,5", b: 'say "hi"', c: "x\r\ny\nz" }]],
    ["a quote within a cell is no quote", 'a,b,c\n5" disk,2,3\n', ["mark", { a: '5" disk', b: "2", c: "3" }]],
    ["blanks around quotes", 'a,b,c\n1, "x, y" ,3\n', ["mark", { a: "1", b: "x, y", c: "3" }]],
    [
      "repeated and empty names",
      "a,a,,d,e\n1,2,3,4,5\n",
      ["mark", { a: "1", "a#2": "2", "column 3": "3", d: "4", e: "5" }],
    ],
    [
      "names of the prototype",
      "__proto__,constructor,c\n1,2,3\n",
      ["mark", JSON.parse('{"__proto__":"1","constructor":"2","c":"3"}')],
    ],
    [
      "blank lines and rows without a cell",
      "a,b,c\n\n1,2,3\n,,\n",
      ["mark", "blank", { a: "1", b: "2", c: "3" }, "ignored"],
    ],
    ["the header again", "a,b,c\n1,2,3\na,b,c\n", ["mark", { a: "1", b: "2", c: "3" }, "ignored"]],
    [
      "ragged rows",
      "a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6",
      ["mark", { a: "1", b: "2", c: "3" }, "csv.ragged", "csv.ragged", { a: "4", b: "5", c: "6" }],
    ],
    [
      "a delimiter at the end of every row",
      "a,b,c\n1,2,3,\n4,5,6,\n",
      ["mark", { a: "1", b: "2", c: "3", "column 4": "" }, { a: "4", b: "5", c: "6", "column 4": "" }],
    ],
    ["text after a quote", 'a,b,c\n"1"x,2,3\n4,5,6\n', ["mark", "csv.quote", { a: "4", b: "5", c: "6" }]],
    ["a cut quote at the end", 'a,b,c\n1,2,3\n4,"x\ny', ["mark", { a: "1", b: "2", c: "3" }, "csv.quote"]],
    [
      "a quote that is never closed",
      'a,b,c\n1,"2,3\n4,5,6\n7,8,9\n',
      ["mark", "csv.quote", { a: "4", b: "5", c: "6" }, { a: "7", b: "8", c: "9" }],
    ],
  ])("%s", (_name, text, expected) => {
    expect(told(text)).toEqual(expected);
    expect(told(text, 1)).toEqual(expected);
    expect(told(text, 3, 2)).toEqual(expected);
  });

  test("leave out cells at their end only where the table does so throughout", () => {
    expect(told("a,b,c,d\n1,2,3\n4,5\n6,7,8,9\n")).toEqual([
      "mark",
      { a: "1", b: "2", c: "3" },
      { a: "4", b: "5" },
      { a: "6", b: "7", c: "8", d: "9" },
    ]);
    expect(told("a,b,c,d\n1,2,3\n4,5,6,7\n4,5,6,7\n")[1]).toBe("csv.ragged");
  });

  test("tell line and reason of what is none", () => {
    const rejects = unitsIn('a,b,c\n"1\n2",x,y\n1,2\n"q"z,1,2\n').filter(({ kind }) => kind === "reject");
    expect(rejects).toMatchObject([
      { line: 4, offset: 16, length: 4, detail: "2 cells where the header has 3 columns" },
      { line: 5, detail: "text after the quote that closes a cell, at byte 23" },
    ]);
  });

  test("one beyond the limit is a reject of which nothing was kept", () => {
    const seen: unknown[] = [];
    const output = {
      row: (text: string) => void seen.push(text),
      reject: (offset: number, length: number, line: number, code: string) =>
        void seen.push([offset, length, line, code]),
      mark() {},
    };
    const cutter = new RowCutter(output, ",", 2, 30);
    cutter.push(utf8Of(`a,b\n${"x".repeat(100)},1\n3,4\n"${"y".repeat(40)}\n5,6\n7,8\n`));
    cutter.finish();
    expect(seen).toEqual(["a,b", [4, 103, 2, "csv.too-long"], "3,4", [111, 42, 4, "csv.quote"], "5,6", "7,8"]);
  });

  test("not UTF-8 are flagged", () => {
    const bytes = bytesOfLatin1("a,b,c\n\xff,2,3\n");
    expect(unitsOf(csv.split, bytes, [], studied(bytes))[1]).toMatchObject({
      record: { flags: ["encoding"], body: { value: { a: "\\xFF" } } },
    });
  });
});

test("a row is read again alone, and its cells are marked where they lie", () => {
  const text = 'id,note,end\n1,"x ""y""\nz",9\n';
  const bytes = utf8Of(text);
  const reading = studied(bytes);
  const own = bytes.slice(12);
  const again = csv.reread(own, 12, 2, reading, undefined);
  expect(again).toMatchObject({
    offset: 12,
    length: own.length,
    line: 2,
    body: { value: { id: "1", note: 'x "y"\nz', end: "9" } },
  });
  const spans = again?.body.kind === "object" ? again.body.spans?.() : undefined;
  const marked = [...(spans?.values ?? [])].map(([name, { start, end }]) => [name, latin1Of(own, start, end)]);
  expect(marked).toEqual([
    ["id", "1"],
    ["note", '"x ""y""\nz"'],
    ["end", "9"],
  ]);
  expect(spans?.tokens.map(({ start, end }) => latin1Of(own, start, end)).join("")).toBe(latin1Of(own));
});

describe("what is no table", () => {
  test.each([
    ["prose", "Dear colleague, the logs\nare attached, as agreed.\n"],
    ["lines with few commas", "started, now\nstopped\nstarted, again\n"],
    ["a table without a header", "2025-01-01T00:00:00Z,eva,login\n2025-01-01T00:00:01Z,bob,login\n"],
    ["JSON lines", '{"a":1,"b":2,"c":3}\n{"a":4,"b":5,"c":6}\n'],
    ["audit records", "type=CWD msg=audit(1,2): a,b,c\ntype=CWD msg=audit(1,3): a,b,c\n"],
    ["a header alone", "a,b,c\n"],
    ["CEF", "CEF:0|Vendor|Product|1.0|100|name|5|src=1\nCEF:0|Vendor|Product|1.0|101|name|5|src=2\n"],
    ["bytes", "\0\x01\x02,\x03"],
  ])("%s", (_name, text) => {
    expect(csv.recognise(utf8Of(text), true).confidence).toBe(0);
  });

  test("chosen by hand, a table without a header loses no row", () => {
    expect(told("2025-01-01,eva,login\n2025-01-02,bob,login\n")).toEqual([
      { "column 1": "2025-01-01", "column 2": "eva", "column 3": "login" },
      { "column 1": "2025-01-02", "column 2": "bob", "column 3": "login" },
    ]);
  });
});

test("any table, written by the rules, comes back; any chunks give the same units", () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('"', ",", ";", "\n", "\r", "\t", "|", "a", " "), maxLength: 8 }),
  );
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 1, max: 9 }),
      (cells, delimiter, end, size) => {
        const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
        const lines = [["when", "who", "what"], ...cells].map((row) => row.map(quoted).join(delimiter));
        const bytes = utf8Of(lines.map((line) => line + end).join(""));
        const reading = { table: { delimiter, columns: ["when", "who", "what"] } };
        const whole = unitsOf(csv.split, bytes, [], reading);
        expect(firstHole(whole, bytes.length)).toBe(undefined);
        expect(unitsOf(csv.split, bytes, [size], reading)).toEqual(whole);
        const read = whole.flatMap((unit) => (unit.kind === "record" ? [valueOf(unit)] : []));
        const wellFormed = (value: string): string => new TextDecoder().decode(utf8Of(value));
        const held = cells.filter((row) => row.some((value) => value !== "") && row.join() !== "when,who,what");
        expect(read).toEqual(
          held.map(([when, who, what]) => ({
            when: wellFormed(when ?? ""),
            who: wellFormed(who ?? ""),
            what: wellFormed(what ?? ""),
          })),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test("any bytes are accounted for, the same in any chunks", () => {
  const piece = fc.constantFrom('"', ",", "\n", "\r", "\r\n", "a", " ", '""', "\0", "é", "a,b,c\n");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
      const bytes = utf8Of(pieces.join(""));
      const reading = { table: { delimiter: ",", columns: ["a", "b", "c"] } };
      const whole = unitsOf(csv.split, bytes, [], reading);
      expect(firstHole(whole, bytes.length)).toBe(undefined);
      expect(unitsOf(csv.split, bytes, [size], reading)).toEqual(whole);
    }),
    { numRuns: 1000 },
  );
});
