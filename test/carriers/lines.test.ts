import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOfLatin1 } from "../../workers/base/bytes.ts";
import { lines, splitLines } from "../../workers/carriers/lines.ts";
import { collector } from "../support/collector.ts";
import { firstHole, placeOf, unitsOf } from "../support/split.ts";

const cut = (text: string, ...sizes: number[]) => unitsOf(lines.split, bytesOfLatin1(text), sizes);
const short = (text: string) =>
  cut(text).map((unit) =>
    unit.kind === "record" && unit.record.body.kind === "text"
      ? [unit.record.line, unit.record.body.text, unit.record.offset, unit.record.length]
      : [unit.kind, placeOf(unit).offset, placeOf(unit).length],
  );

describe("lines", () => {
  test("end with LF or CRLF, the last one may have no end", () => {
    expect(short("a\nbc\r\nd")).toEqual([
      [1, "a", 0, 2],
      [2, "bc", 2, 4],
      [3, "d", 6, 1],
    ]);
  });
  test("of nothing, or of blanks, are blank; they still count as lines", () => {
    expect(short("\n \t\r\nx\n\n")).toEqual([
      ["blank", 0, 1],
      ["blank", 1, 4],
      [3, "x", 5, 2],
      ["blank", 7, 1],
    ]);
  });
  test("behind NUL are the same however they are cut, and so is NUL behind the last", () => {
    const text = "a\n\0\0\0b\n\0\0\n\0\0\r\nc\0\0\n\0 \n\0\0\0";
    const whole = cut(text);
    expect(short(text)).toEqual([
      [1, "a", 0, 2],
      ["mark", 2, 3],
      [2, "b", 5, 2],
      ["ignored", 7, 3],
      ["ignored", 10, 4],
      [5, "c", 14, 4],
      ["ignored", 18, 3],
      ["ignored", 21, 3],
    ]);
    for (let size = 1; size < text.length; size++) expect(cut(text, size)).toEqual(whole);
  });
  test("a byte order mark is no line and part of none", () => {
    expect(short("\xef\xbb\xbfa\n")).toEqual([
      ["mark", 0, 3],
      [1, "a", 3, 2],
    ]);
    expect(short("\xef\xbb\xbf")).toEqual([["mark", 0, 3]]);
    expect(short("\xef\xbb")).toEqual([[1, "\xef\xbb", 0, 2]]);
    expect(short("a\xef\xbb\xbf\n")).toEqual([[1, "a\xef\xbb\xbf", 0, 5]]);
  });
  test("NUL after the text of a line is no text; a line of NUL is ignored", () => {
    expect(short("a\0\0\n\0\0\0\r\nb\n\0\0")).toEqual([
      [1, "a", 0, 4],
      ["ignored", 4, 5],
      [3, "b", 9, 2],
      ["ignored", 11, 2],
    ]);
  });
  test("NUL before the text of a line is ignored, and the line is what it is without them", () => {
    expect(short("\0\0\0a\0b\nc\n")).toEqual([
      ["mark", 0, 3],
      [1, "a\0b", 3, 4],
      [2, "c", 7, 2],
    ]);
    expect(short("\0\0 \t\n\0x")).toEqual([
      ["ignored", 0, 5],
      ["mark", 5, 1],
      [2, "x", 6, 1],
    ]);
  });
  test("a stray CR is text, unless the first line of the member ends with one", () => {
    expect(short("a\nb\rc\n")).toEqual([
      [1, "a", 0, 2],
      [2, "b\rc", 2, 4],
    ]);
    expect(short("a\rb\r\nc\n\rd")).toEqual([
      [1, "a", 0, 2],
      [2, "b", 2, 3],
      [3, "c", 5, 2],
      ["blank", 7, 1],
      [5, "d", 8, 1],
    ]);
  });
  test("U+2028, U+0085, VT and FF end no line", () => {
    expect(short("a\xe2\x80\xa8b\xc2\x85c\x0bd\x0ce\n")).toHaveLength(1);
  });
  test("bytes that are no UTF-8 raise a flag", () => {
    const flags = cut("a\xe9\n\xc3\xa9\n").map((unit) => unit.kind === "record" && unit.record.flags);
    expect(flags).toEqual([["encoding"], []]);
  });
});

describe("a line beyond the limit", () => {
  const limited = (text: string, ...sizes: number[]) =>
    unitsOf(
      (output) =>
        splitLines(
          output,
          (line, offset, length, at) => {
            output.record({ offset, length, line: at, body: { kind: "text", text: line }, flags: [] });
          },
          {},
          8,
        ),
      bytesOfLatin1(text),
      sizes,
    );

  test.each([1, 3, 7, 100])("is one reject, whatever the chunks (%d bytes)", (size) => {
    const units = limited(`ok\n${"x".repeat(20)}\nexactly\n\0\0\0\0\0\0\0\0\0\r\n12345678`, size);
    expect(units.map(({ kind }) => kind)).toEqual(["record", "reject", "record", "ignored", "record"]);
    expect(units[1]).toMatchObject({
      offset: 3,
      length: 21,
      line: 2,
      code: "line.too-long",
      detail: "a line of 21 bytes, longer than the 8 that are read as one record",
    });
  });

  test("is none for the NUL bytes that it begins with", () => {
    for (const sizes of [[7], [100], [1]]) {
      expect(limited(`${"\0".repeat(50)}ab\n`, ...sizes)).toMatchObject([
        { kind: "mark", offset: 0, length: 50 },
        { kind: "record", record: { offset: 50, length: 3, line: 1 } },
      ]);
    }
  });

  test("is never held as a whole", () => {
    let rejected = 0;
    const splitter = lines.split(
      {
        record() {},
        reject: (_offset, length) => (rejected = length),
        ignore() {},
        blank() {},
        note() {},
      },
      {},
    );
    const chunk = new Uint8Array(1 << 20).fill(0x78);
    const collect = collector();
    collect();
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    for (let i = 0; i < 300; i++) {
      splitter.push(chunk);
      if (i % 20 !== 19) continue;
      collect();
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    splitter.finish();
    expect(rejected).toBe(300 << 20);
    expect(most).toBeLessThan(64 << 20);
  });
});

const text = fc.array(
  fc.constantFrom("a", "b ", "\n", "\r", "\r\n", "\0", "\xef\xbb\xbf", "\xef", "\xe9", " ", "long line of text"),
  { maxLength: 30 },
);

test("any chunks give the same units, and the units partition the bytes", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(text, sizes, (parts, chunks) => {
      const whole = parts.join("");
      for (const limit of [undefined, 6]) {
        const split = (sized: readonly number[]) =>
          unitsOf(
            (output) =>
              splitLines(
                output,
                (line, offset, length, at) => {
                  output.record({ offset, length, line: at, body: { kind: "text", text: line }, flags: [] });
                },
                {},
                limit,
              ),
            bytesOfLatin1(whole),
            sized,
          );
        const units = split([]);
        expect(firstHole(units, whole.length)).toBeUndefined();
        expect(split(chunks)).toEqual(units);
        expect(split([1])).toEqual(units);
        expect(split([7])).toEqual(units);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a record cut again alone is the same record", () => {
  fc.assert(
    fc.property(text, (parts) => {
      const bytes = bytesOfLatin1(parts.join(""));
      for (const unit of unitsOf(lines.split, bytes, [])) {
        if (unit.kind !== "record") continue;
        const { offset, length, line } = unit.record;
        expect(lines.reread(bytes.subarray(offset, offset + length), offset, line, {}, undefined)).toEqual(unit.record);
      }
    }),
  );
});

test("what is text is told by content", () => {
  const confidence = (head: string, whole = true): number => lines.recognise(bytesOfLatin1(head), whole).confidence;
  expect(confidence("type=SYSCALL msg=audit(1.2:3): x\n")).toBe(1);
  expect(confidence("caf\xe9 au lait\n")).toBe(0.95);
  expect(confidence("a line\nanother, cut inside a letter \xc3", false)).toBe(1);
  expect(confidence(`torn${"\0".repeat(4000)}\nline\n`)).toBe(1);
  expect(confidence("\0".repeat(100))).toBe(0);
  expect(confidence("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0")).toBe(0);
  expect(confidence("U\0T\0F\0-\x001\x006\0")).toBe(0);
});
