import { randomBytes } from "node:crypto";
import zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Codec, compress, decompress } from "../../workers/base/codec.ts";
import { faultOf } from "../../workers/base/fault.ts";
import { RefSet } from "../../workers/base/ref-set.ts";

const CODECS: readonly Codec[] = typeof zlib.zstdCompressSync === "function" ? [0, 1, 2] : [0, 1];

describe.each(CODECS)("codec %i", (codec) => {
  test("gives back what went in", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.nat(20), (bytes, times) => {
        const raw = Buffer.concat(Array.from({ length: times }, () => bytes));
        const packed = compress(raw, codec);
        expect(packed.data.length).toBeLessThanOrEqual(raw.length);
        expect(Buffer.from(decompress(packed.codec, packed.data, raw.length)).equals(raw)).toBe(true);
        expect(Buffer.from(decompress(packed.codec, packed.data, raw.length, false)).equals(raw)).toBe(true);
      }),
    );
  });

  test("what is packed stands alone in its buffer, ready to be transferred", () => {
    const { data } = compress(Buffer.alloc(1000, "abc"), codec);
    expect(data.buffer.byteLength).toBe(data.byteLength);
  });

  test("damage and a false length are the fault of a corrupt store", () => {
    const { codec: used, data } = compress(Buffer.from("evidence ".repeat(500)), codec);
    for (const length of [0, 10, 4499, 4501])
      expect(codeOf(() => decompress(used, data, length))).toBe("store.corrupt");
    if (codec !== 0) expect(codeOf(() => decompress(used, data.subarray(0, 20), 4500))).toBe("store.corrupt");
  });
});

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return faultOf(error)?.code;
  }
}

test("what does not shrink is stored as it is", () => {
  expect(compress(randomBytes(1000)).codec).toBe(0);
});

test("a set of references agrees with a set of strings", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 }), (texts) => {
      const [refs, strings] = [new RefSet(), new Set<string>()];
      for (const text of texts) {
        expect(refs.add(text)).toBe(!strings.has(text));
        strings.add(text);
      }
      expect(refs.size).toBe(strings.size);
    }),
  );
  const many = new RefSet();
  for (let at = 0; at < 100_000; at++) expect(many.add(`audit(${at}.123:${at})`)).toBe(true);
  for (let at = 0; at < 100_000; at += 997) expect(many.add(`audit(${at}.123:${at})`)).toBe(false);
  expect(many.size).toBe(100_000);
  many.clear();
  expect(many.size).toBe(0);
  expect([many.add("audit(1.123:1)"), many.add("audit(1.123:1)")]).toEqual([true, false]);
});
