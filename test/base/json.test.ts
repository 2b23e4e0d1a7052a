import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latin1Of } from "../../workers/base/bytes.ts";
import { JSON_DEPTH, parseJson } from "../../workers/base/json-parse.ts";
import {
  emptyObject,
  ExactNumber,
  isJsonArray,
  isJsonObject,
  type JsonValue,
  jsonText,
  printJson,
} from "../../workers/base/json.ts";
import { allowedMs } from "../support/machine.ts";
import { utf8Of } from "../support/utf8.ts";

const parse = (text: string) => parseJson(latin1Of(utf8Of(text)));

function valueOf(text: string): JsonValue {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(`${parsed.reason} at ${parsed.offset}`);
  return parsed.value;
}

/** As JSON.parse would give it: exact numbers rounded, objects ordinary. */
function plain(value: JsonValue): unknown {
  if (value instanceof ExactNumber) return Number(value.text);
  if (isJsonArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

describe("agrees with JSON.parse", () => {
  test("on every value without repeated keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(plain(valueOf(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test("on which texts are JSON at all", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "\\",
      "1",
      "-",
      ".5",
      "e3",
      "0",
      "true",
      "nul",
      " ",
      "\t",
      "\u00e9",
      "\\u12",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(parse(text).ok).toBe(isJson);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("numbers", () => {
  test.each(["0", "1", "-1", "1.5", "9007199254740991", "0.1"])("%s stays a number", (text) => {
    expect(valueOf(text)).toBe(Number(text));
  });
  test.each([
    "9007199254740993",
    "12345678901234567890",
    "-0",
    "1.0",
    "1e3",
    "0.1000000000000000055511151231257827",
    "1E400",
    "123456789.123456789123",
  ])("%s keeps its own spelling", (text) => {
    expect(valueOf(text)).toEqual(new ExactNumber(text));
    expect(jsonText(valueOf(text))).toBe(text);
  });
  test("the text of any number is what was written", () => {
    const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,25})(\.\d{1,25})?([eE][+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(digits, (text) => {
        expect(jsonText(valueOf(text))).toBe(text);
      }),
    );
  });
});

describe("names", () => {
  test("repeated ones are all kept, and reported", () => {
    const parsed = parse('{"a":1,"b":{"x":1,"x":2},"a":2,"a":3,"a#2":4}');
    expect(parsed).toMatchObject({ ok: true, duplicates: ["x#1", "a#1", "a#2", "a#2#1"] });
    expect(printJson(valueOf('{"a":1,"a":2}'))).toBe('{"a":2,"a#1":1}');
  });
  test("repeated very often take a time that grows with their number", () => {
    const started = performance.now();
    expect(parse(`{${'"a":1,'.repeat(200_000)}"a":2}`)).toMatchObject({ ok: true });
    expect(performance.now() - started).toBeLessThan(allowedMs(5000));
  });
  test("reach no prototype", () => {
    const value = valueOf('{"__proto__":{"polluted":1},"constructor":2,"toString":3}') as Record<string, JsonValue>;
    expect(Object.keys(value)).toEqual(["__proto__", "constructor", "toString"]);
    expect(value["polluted"]).toBeUndefined();
    expect(value["hasOwnProperty"]).toBeUndefined();
    expect(value["toString"]).toBe(3);
    expect("valueOf" in emptyObject()).toBe(false);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.isFrozen(Object.getPrototypeOf(emptyObject()))).toBe(true);
  });
});

describe("strings", () => {
  test("keep lone surrogates", () => {
    expect(valueOf(String.raw`"\ud800x"`)).toBe("\ud800x");
    expect(printJson(valueOf(String.raw`"\ud800x"`))).toBe(String.raw`"\ud800x"`);
  });
  test("join escapes and UTF-8", () => {
    expect(valueOf(String.raw`"é\u00e9\n\"\\\/😀\ud83d\ude00"`)).toBe('é\u00e9\n"\\/😀😀');
  });
  test("show bytes that are no UTF-8, and say so", () => {
    expect(parseJson('{"a":"x\xff"}')).toMatchObject({ ok: true, validUtf8: false, value: { a: "x\\xFF" } });
    expect(parseJson('{"a\xc3\xa9":"\xc3\xa9"}')).toMatchObject({ ok: true, validUtf8: true, value: { aé: "é" } });
  });
});

describe("errors say where and why", () => {
  test.each([
    ["", 0, "the text ends where a value should be"],
    ['{"a":1', 6, 'the text ends where "," or "}" should be'],
    ['{"a":"cut', 9, "the text ends inside a string"],
    ['{"a" 1}', 5, '"1" where ":" should be'],
    ["{a:1}", 1, '"a" where a name in quotes should be'],
    ["[1,]", 3, '"]" where a value should be'],
    ['"tab\there"', 4, "control character 0x09 inside a string"],
    [String.raw`"\x41"`, 1, "unknown escape in a string"],
    [String.raw`"\u12g4"`, 1, "\\u without four hex digits"],
    ["{} {}", 3, '"{" after the value'],
    ["\0", 0, "byte 0x00 where a value should be"],
  ])("%j", (text, offset, reason) => {
    expect(parse(text)).toEqual({ ok: false, offset, reason });
  });
  test("nesting ends at the limit", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    expect(parse(nested(JSON_DEPTH)).ok).toBe(true);
    expect(parse(nested(JSON_DEPTH + 1))).toEqual({
      ok: false,
      offset: JSON_DEPTH,
      reason: "nested deeper than 256 levels",
    });
    expect(parse("[".repeat(1_000_000)).ok).toBe(false);
  });
});

/** What an object of repeated names becomes, told without a parser. */
type Written = string | number | readonly (readonly [string, Written])[];

function spelled(value: Written, blank: string): string {
  if (typeof value !== "object") return JSON.stringify(value);
  const members = value.map(([name, inner]) => `${JSON.stringify(name)}${blank}:${blank}${spelled(inner, blank)}`);
  return `{${blank}${members.join(`${blank},${blank}`)}${blank}}`;
}
function meant(value: Written): unknown {
  if (typeof value !== "object") return value;
  const object = new Map<string, unknown>();
  for (const [name, inner] of value) {
    if (object.has(name)) {
      let ordinal = 1;
      while (object.has(`${name}#${ordinal}`)) ordinal++;
      object.set(`${name}#${ordinal}`, object.get(name));
    }
    object.set(name, meant(inner));
  }
  return Object.fromEntries(object);
}

test("names that were met before in another order, twice or spelled otherwise make no difference", () => {
  const { object } = fc.letrec<{ object: Written; value: Written }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.constantFrom("x", 1), tie("object")),
    object: fc.array(fc.tuple(fc.constantFrom("a", "b", "ab", "a#1", "a#2", "", "é", '"'), tie("value")), {
      maxLength: 6,
    }),
  }));
  fc.assert(
    fc.property(fc.array(fc.tuple(object, fc.constantFrom("", " ")), { maxLength: 8 }), (records) => {
      for (const [record, blank] of records) {
        expect(plain(valueOf(spelled(record, blank)))).toEqual(meant(record));
      }
    }),
    { numRuns: 1000 },
  );
});

test("a name is told from the same one with an escape, and from one that begins alike", () => {
  for (const text of ['{"name":1,"b":2}', String.raw`{"n\u0061me":1,"b":2}`, '{"name" :1,"b":2}']) {
    expect(printJson(valueOf(text))).toBe('{"name":1,"b":2}');
  }
  expect(printJson(valueOf('{"name2":1,"na":2}'))).toBe('{"name2":1,"na":2}');
});

describe("a value is verbatim", () => {
  const tokens = (text: string): readonly string[] => text.match(/[a-zA-Z0-9\u0080-\uffff]+/g) ?? [];
  test("only where all of its words stand in the text", () => {
    const text = fc.jsonValue().map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(text, (json) => {
        const parsed = parse(json);
        if (!parsed.ok) throw new Error(parsed.reason);
        expect(parsed.verbatim).toBe(!json.includes("\\"));
        const shown = new Set(tokens(json));
        if (parsed.verbatim) expect(tokens(printJson(parsed.value)).filter((word) => !shown.has(word))).toEqual([]);
      }),
    );
  });
  test.each([
    ['{"a":[1.0,-0,1e3,12345678901234567890,"é"],"b":{}}', true],
    [String.raw`{"a":"\n"}`, false],
    [String.raw`{"a\u0062":1}`, false],
    ['{"a":{"b":1,"b":2}}', false],
  ])("%s: %s", (text, expected) => expect(parse(text)).toMatchObject({ verbatim: expected }));
  test("not where bytes are no UTF-8", () => expect(parseJson('{"a":"\xff"}')).toMatchObject({ verbatim: false }));
});

test("numbers are printed as written wherever they stand", () => {
  const text = '{"a":[1.0,{"b":-0,"toJSON":"x","__proto__":1E400}],"c":2,"d":12345678901234567890}';
  expect(printJson(valueOf(text))).toBe(text);
  expect(printJson(valueOf('{"a":[1,{"b":"x"}]}'))).toBe('{"a":[1,{"b":"x"}]}');
});

test("printing and parsing give the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const once = valueOf(JSON.stringify(value));
      expect(valueOf(printJson(once))).toEqual(once);
    }),
  );
});
