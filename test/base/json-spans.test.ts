import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latin1Of } from "../../workers/base/bytes.ts";
import { eachLeaf } from "../../workers/base/json-leaves.ts";
import { jsonSpans } from "../../workers/base/json-spans.ts";
import { parseJson } from "../../workers/base/json-parse.ts";
import { isJsonObject, type JsonObject } from "../../workers/base/json.ts";
import { utf8Of } from "../support/utf8.ts";

function objectOf(latin1: string): JsonObject {
  const parsed = parseJson(latin1);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error("no object");
  return parsed.value;
}
const walk = (text: string) => {
  const latin1 = latin1Of(utf8Of(text));
  return { latin1, ...jsonSpans(latin1, objectOf(latin1)) };
};

test("tokens cover the record, and say which field they hold", () => {
  const { latin1, tokens } = walk(' {"a":1, "list":["x",{"b":null}],"o":{},"é":"\\"y"}\n');
  const parts = tokens.map(({ start, end, kind, field }) => [kind, latin1.slice(start, end), field]);
  expect(parts).toEqual([
    ["separator", " {", undefined],
    ["key", '"a"', undefined],
    ["separator", ":", undefined],
    ["value", "1", "a"],
    ["separator", ", ", undefined],
    ["key", '"list"', undefined],
    ["separator", ":[", undefined],
    ["value", '"x"', "list"],
    ["separator", ",{", undefined],
    ["key", '"b"', undefined],
    ["separator", ":", undefined],
    ["value", "null", "list.b"],
    ["separator", "}],", undefined],
    ["key", '"o"', undefined],
    ["separator", ":", undefined],
    ["value", "{}", "o"],
    ["separator", ",", undefined],
    ["key", '"\xc3\xa9"', undefined],
    ["separator", ":", undefined],
    ["value", '"\\"y"', "é"],
    ["separator", "}\n", undefined],
  ]);
});

test("a list has the span of the whole array, an object that of its braces", () => {
  const { latin1, values } = walk('{"list":[1,2],"o":{"x":true}}');
  const text = (path: string): string => latin1.slice(values.get(path)?.start, values.get(path)?.end);
  expect([text("list"), text("o"), text("o.x")]).toEqual(["[1,2]", '{"x":true}', "true"]);
});

test("a wrapper that the carrier unwrapped is one value", () => {
  const latin1 = '{"at":{"$date":{"$numberLong":"17"}},"n":{"inner":{"$oid":"ab"}}}';
  const value = objectOf('{"at":"1970-01-01T00:00:00.017Z","n":{"inner":"ab"}}');
  const { values, tokens } = jsonSpans(latin1, value);
  expect(values.get("at")).toEqual({ start: 6, end: 36, wrapper: "$date" });
  expect(values.get("n.inner")?.wrapper).toBe("$oid");
  expect(tokens.filter(({ kind }) => kind === "value").map(({ field }) => field)).toEqual(["at", "n.inner"]);
});

test("repeated names keep apart", () => {
  const { latin1, values } = walk('{"a":1,"b":{"x":5},"a":{"x":6,"x":7},"a":22,"b":8,"a#1":9}');
  const at = (path: string): string => latin1.slice(values.get(path)?.start, values.get(path)?.end);
  expect(["a", "a#1#1", "a#2", "a#2.x", "a#2.x#1", "b", "b#1.x", "a#1"].map(at)).toEqual([
    "22",
    "1",
    '{"x":6,"x":7}',
    "7",
    "6",
    "8",
    "5",
    "9",
  ]);
});

describe("of any object", () => {
  const objects = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue());

  test("tokens partition the bytes and every leaf has a span", () => {
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1), (value, indent) => {
        const { latin1, values, tokens } = walk(`${JSON.stringify(value, undefined, indent)}\r\n`);
        let at = 0;
        for (const token of tokens) {
          expect(token.start).toBe(at);
          expect(token.end).toBeGreaterThan(token.start);
          at = token.end;
        }
        expect(at).toBe(latin1.length);
        const seen = new Set<string>();
        eachLeaf(objectOf(latin1), (path) => seen.add(path));
        for (const path of seen) expect(values.has(path)).toBe(true);
        const fields = tokens.filter(({ kind }) => kind === "value").map(({ field }) => field);
        expect(new Set(fields)).toEqual(seen);
      }),
    );
  });

  test("the bytes of a text span are that text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const { latin1, values } = walk(JSON.stringify({ before: [1], text, after: null }));
        const span = values.get("text");
        const parsed = parseJson(latin1.slice(span?.start, span?.end));
        expect(parsed.ok && parsed.value).toBe(text);
      }),
    );
  });
});
