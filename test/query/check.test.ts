import { describe, expect, test } from "vitest";
import { check } from "../../workers/query/check.ts";
import { FieldNames } from "../../workers/query/names.ts";

const names = new FieldNames(["auid"]);
const UTC_10 = Date.UTC(2024, 4, 1, 10) * 1000;

describe("tokens", () => {
  test("cover what was typed, in order", () => {
    const text = `actor:root AND NOT (auid!=(1, 'x y') OR ssh*) count:[1 TO 5]`;
    const { tokens, fault } = check(text, names, "UTC");
    expect(fault).toBeUndefined();
    expect(tokens.map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`)).toEqual([
      "field actor",
      "operator :",
      "value root",
      "keyword AND",
      "keyword NOT",
      "bracket (",
      "field auid",
      "operator !=",
      "bracket (",
      "value 1",
      "operator ,",
      "quoted 'x y'",
      "bracket )",
      "keyword OR",
      "word ssh*",
      "bracket )",
      "field count",
      "operator :",
      "bracket [",
      "value 1",
      "keyword TO",
      "value 5",
      "bracket ]",
    ]);
  });

  test("up to a fault are still there", () => {
    const { tokens, fault } = check('actor:root "open', names, "UTC");
    expect(tokens.map(({ kind }) => kind)).toEqual(["field", "operator", "value"]);
    expect(fault).toMatchObject({ code: "query.syntax", offset: 11 });
    expect(check("actr:root b", names, "UTC").tokens).toHaveLength(4);
  });
});

describe("brackets that precedence implies", () => {
  test.each([
    ["a b OR c", "(a b) OR c"],
    ["a OR b c", "a OR (b c)"],
    ["a AND b OR c AND d", "(a AND b) OR (c AND d)"],
    ["x (a OR NOT b c)", "x (a OR (NOT b c))"],
    ["(a b OR c) OR d e", "((a b) OR c) OR (d e)"],
  ])("%s", (text, inferred) => {
    expect(check(text, names, "UTC").inferred).toBe(inferred);
  });

  test.each(["a b c", "a OR b", "(a b) OR c", "a (b OR c)", "actor:(a OR b) c"])("%s needs none", (text) => {
    expect(check(text, names, "UTC").inferred).toBeUndefined();
  });
});

describe("instants", () => {
  test("zone-less and counted times are echoed with their place", () => {
    const text = "time>=2024-05-01T12:00 time<@1714557600.5 time<2024-05-01T10:00Z";
    expect(check(text, names, "+02:00").instants).toEqual([
      { start: 6, text: "2024-05-01T12:00", at: UTC_10 },
      { start: 28, text: "@1714557600.5", at: UTC_10 + 500_000 },
    ]);
  });

  test("of a date after which, the end of its day is echoed", () => {
    const at = (text: string) => check(text, names, "Europe/Paris").instants.map((instant) => instant.at);
    expect(at("time>2024-05-01")).toEqual([Date.UTC(2024, 4, 1, 22) * 1000]);
    expect(at("time>=2024-05-01")).toEqual([Date.UTC(2024, 3, 30, 22) * 1000]);
  });
});
