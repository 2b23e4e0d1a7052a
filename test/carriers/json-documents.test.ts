import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latin1Of } from "../../workers/base/bytes.ts";
import type { UnitOutput } from "../../workers/carriers/carrier.ts";
import { jsonDocuments, mongoexportDocuments } from "../../workers/carriers/json-documents.ts";
import { jsonText } from "../../workers/base/json.ts";
import { DocumentCutter } from "../../workers/carriers/json-document-cutter.ts";
import { formOf } from "../../workers/carriers/json-form.ts";
import { jsonLines } from "../../workers/carriers/json-lines.ts";
import { allowedMs } from "../support/machine.ts";
import { firstHole, type Unit, unitsOf } from "../support/split.ts";
import { utf8Of } from "../support/utf8.ts";

const split = (text: string, ...sizes: number[]): readonly Unit[] => unitsOf(jsonDocuments.split, utf8Of(text), sizes);

/** Values of the records, `!` and the bytes of rejects; nothing of what stands around them. */
function told(text: string, ...sizes: number[]): readonly unknown[] {
  const bytes = utf8Of(text);
  const units = split(text, ...sizes);
  expect(firstHole(units, bytes.length)).toBe(undefined);
  return units.flatMap((unit): readonly unknown[] => {
    if (unit.kind === "record") return [unit.record.body.kind === "object" ? unit.record.body.value : undefined];
    if (unit.kind !== "reject") return [];
    return [`!${latin1Of(bytes, unit.offset, unit.offset + unit.length)}`];
  });
}

function notes(text: string): readonly string[] {
  const said: string[] = [];
  const output: UnitOutput = {
    record() {},
    reject() {},
    ignore() {},
    blank() {},
    note: (message) => void said.push(message),
  };
  const splitter = jsonDocuments.split(output, {});
  splitter.push(utf8Of(text));
  splitter.finish();
  return said;
}

describe("records", () => {
  test.each<[string, readonly unknown[]]>([
    ['[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    [' [\n  {"a":1},\n  {"a":2}\n]\n', [{ a: 1 }, { a: 2 }]],
    ["[]", []],
    ['\ufeff[{"a":"]},{[\\""}]', [{ a: ']},{["' }]],
    ['{"a":1}{"a":2}', [{ a: 1 }, { a: 2 }]],
    [
      '{\n\t"a": {\n\t\t"b": [\n\t\t\t{\n\t\t\t\t"c": 1\n\t\t\t}\n\t\t]\n\t}\n}\n{\n\t"a": 2\n}',
      [{ a: { b: [{ c: 1 }] } }, { a: 2 }],
    ],
    ['\u001e{"a":1}\n\u001e{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['{"a":1},\n{"a":2},\n', [{ a: 1 }, { a: 2 }]],
    ['[{"a":1}]\n[{"a":2}]\n', [{ a: 1 }, { a: 2 }]],
    ['[{"a":1},null,[1,{"b":2}],"x",{"a":2}]', [{ a: 1 }, "!null,", '![1,{"b":2}],', '!"x",', { a: 2 }]],
  ])("of %j", (text, expected) => {
    expect(told(text)).toEqual(expected);
    expect(told(text, 1)).toEqual(expected);
    expect(told(text, 3, 1, 7)).toEqual(expected);
  });

  test("their units hold the separators behind them, so that nothing but brackets is around", () => {
    const units = split('[\n {"a":1},\n {"a":2}\n]');
    expect(
      units.map((unit) =>
        unit.kind === "record" ? [unit.record.offset, unit.record.length, unit.record.line] : unit.kind,
      ),
    ).toEqual(["mark", [3, 10, 2], [13, 8, 3], "mark"]);
  });

  test("are read again alone, with their separators", () => {
    const text = '[\n {"a":1},\n {"a":2}\n]';
    for (const unit of split(text)) {
      if (unit.kind !== "record") continue;
      const { offset, length, line, body } = unit.record;
      const again = jsonDocuments.reread(utf8Of(text).slice(offset, offset + length), offset, line, {}, undefined);
      expect(again).toMatchObject({
        offset,
        length,
        line,
        body: { value: body.kind === "object" ? body.value : undefined },
      });
    }
  });
});

describe("damage", () => {
  test.each<[string, string, readonly unknown[]]>([
    ["an array cut in an element", '[{"a":1},{"a":2},{"a":"x', [{ a: 1 }, { a: 2 }, '!{"a":"x']],
    ["an array cut behind an element", '[{"a":1},{"a":2},', [{ a: 1 }, { a: 2 }]],
    ["an element that is no JSON", '[{"a":1},{"a":tru},{"a":3}]', [{ a: 1 }, '!{"a":tru},', { a: 3 }]],
    ["a torn object before a whole one", '{\n "a": "x\n{\n "a": 2\n}\n', ['!{\n "a": "x\n', { a: 2 }]],
    ["one torn behind a name", '{\n "a": 1,\n "b"\n{\n "a": 2\n}\n', ['!{\n "a": 1,\n "b"\n', { a: 2 }]],
    [
      "one torn in an array of pretty elements",
      '[\n {\n  "a": [\n {\n  "a": 2\n }\n]',
      ['!{\n  "a": [\n {\n  "a": 2\n }\n]'],
    ],
    [
      "a tear in a string among pretty elements",
      '[\n {\n  "a": "x\n },\n {\n  "a": 2\n }\n]',
      ['!{\n  "a": "x\n },\n ', { a: 2 }],
    ],
    ["a bracket of the wrong kind", '[\n{"a":[1}\n,\n{"a":2}\n]', ['!{"a":[1}\n,\n', { a: 2 }]],
    ["two commas", '[{"a":1},,{"a":2}]', [{ a: 1 }, "!,", { a: 2 }]],
    ["a stray brace", '[{"a":1}},{"a":2}]', [{ a: 1 }, "!},", { a: 2 }]],
    ["a line of text between", '{"a":1}\noops\n{\n"a":2}', [{ a: 1 }, "!oops\n", { a: 2 }]],
    ["a control character", '[{"a":"x\u0000y"},{"a":2}]', ['!{"a":"x\u0000y"},', { a: 2 }]],
  ])("%s", (_name, text, expected) => {
    expect(told(text)).toEqual(expected);
    expect(told(text, 1)).toEqual(expected);
    expect(told(text, 5)).toEqual(expected);
  });

  test("is told with its place", () => {
    const rejects = split('[\n{"a":1},\n{"a": tru}\n]').filter((unit) => unit.kind === "reject");
    expect(rejects).toMatchObject([
      { line: 3, offset: 11, code: "json.syntax", detail: '"t" where a value should be, at column 7 (byte 17)' },
    ]);
  });

  test("brackets without end are one reject", () => {
    const text = `[${"[".repeat(100_000)}`;
    expect(split(text, 4096).filter(({ kind }) => kind === "reject")).toMatchObject([
      { detail: expect.stringContaining("nested deeper than 256 levels") as unknown },
    ]);
    const deep = `[${'{"a":'.repeat(300)}1${"}".repeat(300)},{"a":1}]`;
    expect(told(deep).at(-1)).toEqual({ a: 1 });
    expect(split(deep)[1]).toMatchObject({ kind: "reject", detail: expect.stringContaining("256") as unknown });
  });

  test("a value beyond the limit is a reject whose bytes were not kept; those behind it are read", () => {
    const seen: unknown[] = [];
    const cutter = new DocumentCutter(
      {
        value: (text) => void seen.push(text),
        garbage: (text) => void seen.push(`?${text}`),
        reject: (offset, length, line, code) => void seen.push([offset, length, line, code]),
        around() {},
      },
      undefined,
      20,
    );
    cutter.push(utf8Of(`[{"a":"${"x".repeat(50)}"},{"b":1}]`));
    cutter.finish();
    expect(seen).toEqual([[1, 59, 1, "json.too-long"], '{"b":1}']);
  });
});

describe("envelopes", () => {
  const page = (total: number): string =>
    `{"success":true,"result":{"entities":[{"_id":1},{"_id":2}],"filters":[{"x":1}],"totalEntityCount":${total},"nextPage":2},"statusCode":200}`;

  test.each<[string, string, readonly string[] | undefined]>([
    ["Binalyze AIR", page(2), ["result", "entities"]],
    ["CloudTrail", '{"Records":[{"eventVersion":"1"}]}', ["Records"]],
    ["a search response", '{"took":1,"hits":{"total":{"value":9},"hits":[{"_id":1}]}}', ["hits", "hits"]],
    ["the only array of objects", '{"kind":"List","metadata":{"n":1},"things":[{"a":1}],"names":["x"]}', ["things"]],
    ["the array with a usual name", '{"links":[{"a":1}],"data":[{"b":1}]}', ["data"]],
    ["cut in its array", '{"Records":[{"a":1},{"a"', ["Records"]],
    ["two arrays of one rank", '{"a":[{"a":1}],"b":[{"b":1}]}', undefined],
    ["a record with an array", '{"@timestamp":"2025-01-01T00:00:00Z","targets":[{"a":1}]}', undefined],
    ["several records with arrays", '{"a":[{"b":1}]}\n{"a":[{"b":2}]}', undefined],
    ["a plain object", '{"a":{"b":1}}', undefined],
  ])("%s", (_name, text, path) => {
    const form = formOf(utf8Of(text));
    expect(form?.kind === "envelope" ? form.path : undefined).toEqual(path);
  });

  test("what lies in them is a record, what stands around is not", () => {
    for (const size of [1, 6, 1000]) expect(told(page(2), size)).toEqual([{ _id: 1 }, { _id: 2 }]);
    expect(jsonLines.recognise(utf8Of(page(2)), true).confidence).toBe(0);
    expect(notes(page(2))).toEqual([]);
  });

  test("a page of several says so, counted over all pages of the member", () => {
    expect(notes(page(250))).toEqual(["Holds 2 of 250 records: it is one page of several."]);
    expect(notes(`${page(4)}\n${page(4)}`)).toEqual([]);
    expect(told(`${page(4)}\n${page(4)}`)).toHaveLength(4);
    expect(notes('{"value":[{"a":1}],"@odata.nextLink":"https://example.test/2"}')).toEqual([
      "Holds 1 records and names a further page.",
    ]);
    expect(notes('{"hits":{"total":{"value":9,"relation":"eq"},"hits":[{"_id":1}]}}')).toEqual([
      "Holds 1 of 9 records: it is one page of several.",
    ]);
  });

  test("an object among pages that is none is a reject, never passed over", () => {
    expect(told(`${page(2)}\n{"error":"forbidden"}\n`)).toEqual([{ _id: 1 }, { _id: 2 }, '!{"error":"forbidden"}']);
    expect(told(`${page(2)}\n{"error":"forb`)).toEqual([{ _id: 1 }, { _id: 2 }, '!{"error":"forb']);
  });

  test("a file that ends too early says so", () => {
    expect(notes('[{"a":1},{"a":2}')).toEqual([
      "The file ends before its JSON does, after 2 records: the rest is missing.",
    ]);
    expect(notes('{"Records":[{"a":1}]')).toHaveLength(1);
    expect(notes('[{"a":1}]')).toEqual([]);
  });
});

test("tool output around a pretty printed dump", () => {
  const dump =
    '2025-01-10T12:00:00.000+0000\tconnected to: x\r\n{\r\n\t"_id": {\r\n\t\t"$oid": "ab"\r\n\t}\r\n}\r\n2025-01-10T12:00:01.000+0000\texported 1 record\r\n';
  const units = unitsOf(mongoexportDocuments.split, utf8Of(dump), [9]);
  expect(units.map((unit) => (unit.kind === "reject" ? unit.code : unit.kind))).toEqual([
    "mongoexport.tool-output",
    "record",
    "mongoexport.tool-output",
  ]);
  expect(units[1]).toMatchObject({ record: { body: { value: { _id: "ab" } }, line: 2 } });
  expect(mongoexportDocuments.recognise(utf8Of(dump), true).confidence).toBeGreaterThan(0.5);
  expect(mongoexportDocuments.recognise(utf8Of('[{"a":1}]'), true).confidence).toBe(0);
});

const json = fc
  .jsonValue({ maxDepth: 3 })
  .filter((value) => typeof value === "object" && value !== null && !Array.isArray(value));

test("any objects, written in any form, come back; any chunks give the same units", () => {
  fc.assert(
    fc.property(
      fc.array(json, { maxLength: 8 }),
      fc.constantFrom("array", "pretty array", "sequence", "pretty"),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      (objects, form, sizes) => {
        const indent = form.startsWith("pretty") ? 2 : undefined;
        const text = form.endsWith("array")
          ? JSON.stringify(objects, undefined, indent)
          : objects.map((object) => `${JSON.stringify(object, undefined, indent)}\n`).join("");
        const bytes = utf8Of(text);
        const whole = unitsOf(jsonDocuments.split, bytes, []);
        expect(unitsOf(jsonDocuments.split, bytes, sizes)).toEqual(whole);
        expect(firstHole(whole, bytes.length)).toBe(undefined);
        // An object that reads as an envelope is told apart by the tests above.
        if (formOf(bytes)?.kind === "envelope") return;
        expect(whole.filter(({ kind }) => kind === "record")).toHaveLength(objects.length);
      },
    ),
    { numRuns: 200 },
  );
});

test("any bytes are accounted for, the same in any chunks", () => {
  const piece = fc.constantFrom(
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    '"',
    "\\",
    "\n",
    " ",
    "1",
    "a",
    '"b":',
    "\0",
    "é",
    "\r\n",
    '{"a":1}',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
      const bytes = utf8Of(pieces.join(""));
      const whole = unitsOf(jsonDocuments.split, bytes, []);
      expect(firstHole(whole, bytes.length)).toBe(undefined);
      expect(unitsOf(jsonDocuments.split, bytes, [size])).toEqual(whole);
    }),
    { numRuns: 1000 },
  );
});

describe("a damaged record in a document without line ends", () => {
  const record = (number: number): string =>
    `{"eventVersion":"1.08","user":{"type":"Root","arn":"a,{b"},"name":"N${number}","items":[{"eventVersion":1},{"type":2}],"note":null}`;
  const wrapped = {
    envelope: (list: string) => `{"Records":[${list}]}`,
    "unknown envelope": (list: string) => `{"count":4,"value":[${list}],"next":null}`,
    array: (list: string) => `[${list}]`,
  };
  type Form = keyof typeof wrapped;
  const forms = Object.keys(wrapped) as Form[];
  const named = (form: Form, records: readonly string[], size: number): readonly string[] =>
    unitsOf(jsonDocuments.split, utf8Of(wrapped[form](records.join(","))), [size]).flatMap((unit) => {
      if (unit.kind === "reject") return [unit.code];
      return unit.kind === "record" && unit.record.body.kind === "object"
        ? [jsonText(unit.record.body.value["name"] ?? null)]
        : [];
    });

  const whole = record(1);
  const DAMAGED = [
    ["a quote is missing", whole.replace('"Root"', '"Root')],
    ["a quote too many", whole.replace("Root", 'Ro"ot')],
    ["a word that is none", whole.replace("null", "nul")],
    ["a bracket is missing", whole.replace("}]", "}")],
    ["a brace is missing", whole.slice(0, -1)],
    ["it is cut in a text", whole.slice(0, 50)],
    ["it is cut in a name", whole.slice(0, 58)],
    ["its start is missing", whole.slice(5)],
    ["a colon is missing", whole.replace(":", "")],
    ["something else stands there", "garbage"],
  ] as const;

  test.each(DAMAGED)("%s", (_what, damaged) => {
    for (const form of forms) {
      for (const size of [1, 7, 10_000]) {
        expect(named(form, [record(0), damaged, record(2), record(3)], size)).toEqual([
          "N0",
          "json.syntax",
          "N2",
          "N3",
        ]);
      }
    }
  });

  test("at the start and at the end", () => {
    const [, cut] = DAMAGED[0];
    for (const form of forms) {
      expect(named(form, [cut, record(2), record(3)], 9)).toEqual(["json.syntax", "N2", "N3"]);
      expect(named(form, [record(2), record(3), cut], 9)).toEqual(["N2", "N3", "json.syntax"]);
    }
  });

  test("objects within it are no records", () => {
    const nested = '{"name":"N1","type":"x,"items":[{"name":"a"},{"name":"b"},{"name":"c"}]}';
    const other = '{"name":"N2","type":"y","items":[],"when":"now"}';
    expect(named("array", [other, nested, other], 9)).toEqual(["N2", "json.syntax", "N2"]);
  });

  describe("that may hold objects like itself: none of them is taken for a record", () => {
    const tree = (name: string, ...parts: readonly string[]): string =>
      `{"name":"${name}","type":"x","items":[${parts.join(",")}]}`;
    const parts = [tree("a"), tree("b"), tree("c")];
    const torn = tree("N1", ...parts).replace('"x"', '"x');

    test.each([
      ["by the record before", [tree("N0", ...parts), torn], ["N0", "json.syntax"]],
      ["by the one before that", [tree("N0", ...parts), tree("N9"), torn, tree("N2")], ["N0", "N9", "json.syntax"]],
      [
        "by what can be read of the damaged one",
        [tree("N0"), `{"items":[${parts.join(",")}],"name":"N1,"type":[{"name":"a"},${parts.join(",")}]}`],
        ["N0", "json.syntax"],
      ],
      [
        "by what can be read of the damaged one, the first",
        [`{"name":"N1","type":{"name":"n","type":"t"},"items":[x y,${parts.join(",")}]}`],
        ["json.syntax"],
      ],
    ])("%s", (_what, records, expected) => {
      for (const form of forms) for (const size of [1, 7, 10_000]) expect(named(form, records, size)).toEqual(expected);
    });

    test("and a document that ends behind them is not called cut", () => {
      const none = (): void => undefined;
      const cutter = new DocumentCutter({ value: none, garbage: none, reject: none, around: none }, undefined);
      cutter.push(utf8Of(wrapped.array([tree("N0", ...parts), torn].join(","))));
      expect(cutter.finish()).toMatchObject({ records: 2, isCut: false });
    });
  });

  test.each(forms)("a byte that is lost or another costs no other record (%s)", (form) => {
    for (let at = 1; at < whole.length; at++) {
      for (const byte of ["", "x", '"', "{", "}", "]", ":", ","]) {
        const damaged = whole.slice(0, at) + byte + whole.slice(at + 1);
        const found = named(form, [record(0), damaged, record(2), record(3)], 1000);
        expect(
          found.filter((name) => /^N[023]$/.test(name)),
          damaged,
        ).toEqual(["N0", "N2", "N3"]);
      }
    }
  });
});

test("very much damage takes a time that grows with its bytes", () => {
  for (const piece of ['{"a":"b"c,', '{"a":1,', '{"a":{"a":1 2},', ',{"a"', '[,{"a":[']) {
    const text = `[{"a":1,"b":2},{"a"x${piece.repeat(50_000)}`;
    const started = performance.now();
    expect(unitsOf(jsonDocuments.split, utf8Of(text), [65_536]).length).toBeGreaterThan(0);
    expect(performance.now() - started, piece).toBeLessThan(allowedMs(5000));
  }
});

test("what records look like is found out once, not behind each that is damaged", () => {
  const large = `{"a":[${"1,".repeat(4_000_000)}1]}`;
  const text = `[${large},\n${large}${',\n{"a" x'.repeat(2000)}]`;
  const started = performance.now();
  const units = unitsOf(jsonDocuments.split, utf8Of(text), [65_536]);
  expect(units.filter(({ kind }) => kind === "reject")).toHaveLength(2000);
  expect(performance.now() - started).toBeLessThan(allowedMs(10_000));
});
