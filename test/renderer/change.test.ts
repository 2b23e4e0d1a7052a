import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Hunk, foldedSame, hunkWords, hunksOf } from "../../renderer/views/detail/change.ts";
import { jsonLines } from "../../renderer/views/detail/json-lines.ts";
import { longValue, textPieces, valueHead } from "../../renderer/views/detail/long-value.ts";
import { allowedMs } from "../support/machine.ts";

describe("long values", () => {
  test("lines and characters are counted exactly", () => {
    expect(longValue("one line")).toBeUndefined();
    expect(longValue("x".repeat(400))).toBeUndefined();
    expect(longValue("x".repeat(401))).toEqual({ lines: 1, characters: 401 });
    expect(longValue("a\nb\n")).toEqual({ lines: 2, characters: 4 });
    expect(longValue("a\r\nb\rc")).toEqual({ lines: 3, characters: 6 });
    expect(longValue("😀\n")).toEqual({ lines: 1, characters: 2 });
  });

  test("a head is three lines at most", () => {
    expect(valueHead("a\nb\nc\nd")).toEqual(["a", "b", "c"]);
    expect(valueHead("x".repeat(1000))[0]).toHaveLength(240);
  });

  test("the pieces are the text: only line feeds go, a carriage return stays to be seen", () => {
    expect(textPieces("a\r\n\tb\n\nc").map(({ text }) => text)).toEqual(["a\r", "\tb", "", "c"]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "\n", "\r", "😀", "x".repeat(1999)), { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        const lines: string[] = [];
        for (const { text: piece, continued } of textPieces(text)) {
          if (continued) lines[lines.length - 1] += piece;
          else lines.push(piece);
        }
        const joined = lines.join("\u0000").replaceAll("\u0000", "");
        expect(joined).toBe(text.replaceAll("\n", ""));
      }),
    );
  });

  test("a megabyte is taken apart in no time", () => {
    const text = "x".repeat(500_000) + "\n".repeat(500_000);
    const start = performance.now();
    expect(longValue(text)).toEqual({ lines: 500_000, characters: 1_000_000 });
    expect(textPieces(text)).toHaveLength(250 + 499_999);
    expect(performance.now() - start).toBeLessThan(allowedMs(2000));
  });
});

describe("JSON on lines", () => {
  test("what is written stays as it is written", () => {
    expect(jsonLines('{"a":9007199254740993,"a":[],"b":[1, "x,{\\"y"],"c":{}}')).toEqual([
      "{",
      '  "a": 9007199254740993,',
      '  "a": [],',
      '  "b": [',
      "    1,",
      '    "x,{\\"y"',
      "  ],",
      '  "c": {}',
      "}",
    ]);
    expect(jsonLines("365")).toBeUndefined();
    expect(jsonLines("{broken")).toBeUndefined();
  });

  test("nothing but blanks between values is added or lost", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const lines = jsonLines(text);
        if (lines !== undefined) expect(JSON.parse(lines.join("\n"))).toEqual(JSON.parse(text));
        else expect(/^\s*[[{]/.test(text)).toBe(false);
      }),
    );
  });
});

describe("old and new", () => {
  const kinds = (hunks: readonly Hunk[]): readonly string[] => hunks.map(({ kind }) => kind);

  test("lines that differ are told by kind", () => {
    const hunks = hunksOf('{"a":1,"b":2,"c":3}', '{"a":1,"b":5,"c":3,"d":4}');
    expect(kinds(hunks)).toEqual(["same", "changed", "same", "added", "same"]);
    expect(hunks[1]).toEqual({ kind: "changed", old: ['  "b": 2,'], new: ['  "b": 5,'] });
    // A comma that came with the next member is shown, and is no change.
    expect(hunks[2]).toEqual({ kind: "same", old: ['  "c": 3'], new: ['  "c": 3,'] });
    expect(hunks.map((hunk) => hunkWords(hunk).words)).toEqual([
      "2 lines the same",
      "changed",
      "1 line the same",
      "1 line only after",
      "1 line the same",
    ]);
  });

  test("one side alone", () => {
    expect(kinds(hunksOf("", "365"))).toEqual(["added"]);
    expect(kinds(hunksOf("365", ""))).toEqual(["removed"]);
    expect(kinds(hunksOf("365", "365"))).toEqual(["same"]);
    expect(kinds(hunksOf("365", "30"))).toEqual(["changed"]);
  });

  test("both sides are shown whole, whatever changed", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "{", "a,"), { maxLength: 20 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (old, next) => {
        const hunks = hunksOf(old, next);
        expect(hunks.flatMap((hunk) => hunk.old).join("\n")).toBe(old);
        expect(hunks.flatMap((hunk) => hunk.new).join("\n")).toBe(next);
      }),
    );
  });

  test("equal lines far from a change are folded, near ones are not", () => {
    expect(foldedSame(5, false, false)).toEqual({ head: 5, hidden: 0 });
    expect(foldedSame(20, false, false)).toEqual({ head: 2, hidden: 16 });
    expect(foldedSame(20, true, false)).toEqual({ head: 0, hidden: 18 });
    expect(foldedSame(20, false, true)).toEqual({ head: 2, hidden: 18 });
  });
});
