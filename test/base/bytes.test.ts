import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOfLatin1, decodeUtf8, isAscii, latin1Of } from "../../workers/base/bytes.ts";
import { utf8Of } from "../support/utf8.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe("decodeUtf8", () => {
  test("gives every well-formed text back, from bytes and from latin1 text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const encoded = utf8Of(text);
        expect(decodeUtf8(encoded)).toEqual({ text, valid: true });
        expect(decodeUtf8(latin1Of(encoded))).toEqual({ text, valid: true });
      }),
    );
  });

  test.each([
    ["a lone continuation", bytes(0x61, 0x80, 0x62), "a\\x80b"],
    ["a cut sequence", bytes(0xe2, 0x82, 0x41), "\\xE2\\x82A"],
    ["a cut sequence at the end", bytes(0x41, 0xf0, 0x9f, 0x98), "A\\xF0\\x9F\\x98"],
    ["an overlong slash", bytes(0xc0, 0xaf), "\\xC0\\xAF"],
    ["an overlong of three", bytes(0xe0, 0x80, 0xaf), "\\xE0\\x80\\xAF"],
    ["a surrogate", bytes(0xed, 0xa0, 0x80), "\\xED\\xA0\\x80"],
    ["above U+10FFFF", bytes(0xf4, 0x90, 0x80, 0x80), "\\xF4\\x90\\x80\\x80"],
    ["damage between letters that are fine", bytes(0xc3, 0xa9, 0xff, 0xc3, 0xa9), "é\\xFFé"],
  ])("shows the bytes of %s", (_name, input, text) => {
    expect(decodeUtf8(input)).toEqual({ text, valid: false });
  });

  test("agrees with the platform's decoder on what is valid", () => {
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (input) => {
        let expected: string | undefined;
        try {
          expected = strict.decode(input);
        } catch {
          expected = undefined;
        }
        const { text, valid } = decodeUtf8(input);
        expect(valid).toBe(expected !== undefined);
        if (expected !== undefined) expect(text).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

test("latin1 text keeps every byte", () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  const text = latin1Of(all);
  expect(Array.from(text).map((char) => char.codePointAt(0))).toEqual([...all]);
  expect(bytesOfLatin1(text)).toEqual(all);
  expect(latin1Of(all, 65, 68)).toBe("ABC");
});

test("isAscii", () => {
  expect(isAscii("\0plain\x7f")).toBe(true);
  expect(isAscii("caf\xe9")).toBe(false);
  expect(isAscii("\u2028")).toBe(false);
});
