import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordToken } from "../../workers/contract.ts";
import { hexOffset, hexRows, hexText } from "../../renderer/views/detail/hex-rows.ts";
import { type RawRun, rawRuns } from "../../renderer/views/detail/raw-layout.ts";
import { byteRuns, characterLength, lenientText, wholeBefore, wholeEnd } from "../../renderer/views/detail/utf8.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const shown = (runs: readonly RawRun[]): readonly string[] =>
  runs.map(({ parts }) => parts.map((part) => (part.kind === "text" ? part.text : `[${part.name}]`)).join(""));
const token = (text: string, word: string, kind: RecordToken["kind"], field?: string): RecordToken => {
  const start = text.indexOf(word);
  return { start, end: start + word.length, kind, ...(field !== undefined && { field }) };
};

describe("bytes as runs", () => {
  test("keys, values and the type are told apart, and a key belongs to the field of its value", () => {
    const text = 'type=PATH name="/x"\n';
    const tokens = [
      token(text, "type=", "key"),
      token(text, "PATH", "type", "type"),
      token(text, "name=", "key"),
      token(text, '"/x"', "value", "name"),
    ];
    const runs = rawRuns(bytesOf(text), tokens, undefined);
    expect(runs.map(({ role, field }) => [role, field])).toEqual([
      ["key", "type"],
      ["type", "type"],
      ["plain", undefined],
      ["key", "name"],
      ["value", "name"],
      ["plain", undefined],
    ]);
    expect(shown(runs)).toEqual(["type=", "PATH", " ", "name=", '"/x"', "[LF]"]);
  });

  test("a mark cuts tokens and is itself marked, whole", () => {
    const text = "exit=-13 a0=1";
    const runs = rawRuns(bytesOf(text), [token(text, "exit=", "key"), token(text, "-13", "value", "exit")], {
      start: 0,
      end: 8,
    });
    const marked = runs.filter((run) => run.marked);
    expect(shown(marked).join("")).toBe("exit=-13");
    expect(runs.filter((run) => !run.marked && run.start < 8)).toEqual([]);
  });

  test("a mark inside of a character moves to where it begins", () => {
    const runs = rawRuns(bytesOf("aé€😀z"), [], { start: 2, end: 7 });
    expect(shown(runs)).toEqual(["a", "é€", "😀z"]);
    expect(runs.map((run) => run.marked)).toEqual([false, true, false]);
  });

  test("bytes that are no UTF-8 keep their place and are named", () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0x62, 0xed, 0xa0, 0x80);
    expect(shown(rawRuns(bytes, [], undefined))).toEqual(["a[\\xFF][\\xC3]([\\xE2][\\x82]b[\\xED][\\xA0][\\x80]"]);
  });

  test("control, bidirectional and zero-width characters are tokens", () => {
    expect(shown(rawRuns(bytesOf("a\u001d\u202eb\u200b\u0000"), [], undefined))).toEqual([
      "a[GS][U+202E]b[U+200B][NUL]",
    ]);
  });

  test("runs cover any bytes without gap or overlap, wherever tokens and marks lie", () => {
    const spans = fc
      .tuple(fc.nat(60), fc.nat(60))
      .map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) }));
    const tokens = fc.array(
      spans.map((span) => ({ ...span, kind: "value" as const, field: "x" })),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 50 }),
        tokens,
        fc.option(spans, { nil: undefined }),
        (bytes, list, mark) => {
          const runs = rawRuns(bytes, list, mark);
          expect(runs.map((run) => run.start)).toEqual(
            [0, ...runs.slice(0, -1).map((run) => run.end)].slice(0, runs.length),
          );
          expect(runs.at(-1)?.end ?? 0).toBe(bytes.length);
        },
      ),
    );
  });

  test("the text of valid UTF-8 is the text, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const parts = byteRuns(bytesOf(text));
        expect(parts.some((part) => part.kind === "token" && part.name.startsWith("\\x"))).toBe(false);
      }),
    );
  });
});

describe("characters", () => {
  test.each([
    [[0x41], 1],
    [[0xc3, 0xa9], 2],
    [[0xe2, 0x82, 0xac], 3],
    [[0xf0, 0x9f, 0x98, 0x80], 4],
    [[0xc0, 0xaf], 0],
    [[0xe0, 0x80, 0xaf], 0],
    [[0xed, 0xa0, 0x80], 0],
    [[0xf4, 0x90, 0x80, 0x80], 0],
    [[0xf0, 0x9f], 0],
    [[0x80], 0],
  ])("%j takes %i bytes", (bytes, length) => {
    expect(characterLength(Uint8Array.from(bytes), 0)).toBe(length);
  });

  test("a chunk ends where its last whole character does", () => {
    const bytes = bytesOf("ab😀");
    expect([3, 4, 5, 6].map((length) => wholeEnd(bytes.subarray(0, length)))).toEqual([2, 2, 2, 6]);
    expect(wholeEnd(Uint8Array.of(0x61, 0xff))).toBe(2);
    expect(wholeBefore(bytes, 4)).toBe(2);
    expect(wholeBefore(Uint8Array.of(0x80, 0x80), 1)).toBe(1);
    expect(lenientText(Uint8Array.of(0x61, 0xff))).toBe("a\ufffd");
  });
});

describe("hex", () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);

  test("rows are aligned to the member's offsets, and the row before the mark is shown", () => {
    const rows = hexRows({ bytes, offset: 1000, mark: { start: 40, end: 44 }, perRow: 16, rows: 3 });
    expect(rows.map((row) => row.offset)).toEqual([1024, 1040, 1056]);
    const marked = rows.flatMap((row) => row.cells.filter((cell) => cell?.marked).map((cell) => cell?.hex));
    expect(marked).toEqual(["28", "29", "2a", "2b"]);
  });

  test("what lies before the first byte and after the last is blank", () => {
    const [first] = hexRows({ bytes: bytesOf("Az\n"), offset: 18, mark: undefined, perRow: 16, rows: 3 });
    expect(first?.offset).toBe(16);
    expect(first?.cells.slice(0, 6)).toEqual([
      undefined,
      undefined,
      { hex: "41", text: "A", marked: false },
      { hex: "7a", text: "z", marked: false },
      { hex: "0a", text: "·", marked: false },
      undefined,
    ]);
    expect(hexRows({ bytes: new Uint8Array(), offset: 5, mark: undefined, perRow: 8, rows: 3 })).toEqual([]);
  });

  test("the last rows are shown whole rather than fewer", () => {
    const rows = hexRows({ bytes, offset: 0, mark: { start: 99, end: 100 }, perRow: 16, rows: 3 });
    expect(rows.map((row) => row.offset)).toEqual([64, 80, 96]);
  });

  test("offsets beyond 4 GiB keep all their digits", () => {
    expect(hexOffset(171_715_186)).toBe("0a3c2a72");
    expect(hexOffset(2 ** 40)).toBe("10000000000");
    expect(hexText(Uint8Array.of(1, 255))).toBe("01 ff");
  });
});
