import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  packSegment,
  packStrings,
  unpackSegment,
  unpackStrings,
  valueWidth,
} from "../../workers/store/segment-packing.ts";
import { SegmentError } from "../../workers/store/segment-codec.ts";

describe("a column segment", () => {
  test("comes back as it was, whatever it holds", () => {
    const runs = fc.array(fc.tuple(fc.nat(255), fc.nat(600)), { maxLength: 8 });
    fc.assert(
      fc.property(runs, fc.constantFrom(1, 2, 4, 8), (parts, width) => {
        const data = Uint8Array.from(parts.flatMap(([byte, times]) => Array.from({ length: times }, () => byte)));
        const packed = packSegment({ width, data });
        expect(valueWidth(packed.width)).toBe(width);
        const unpacked = unpackSegment(packed);
        expect(unpacked.width).toBe(width);
        expect(Buffer.from(data).equals(unpacked.data)).toBe(true);
      }),
    );
  });

  test("of a dictionary comes back too, packed or not", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("user", "/usr/bin/", "x", ""), { maxLength: 400 }), (strings) => {
        const pool = Buffer.from(strings.join(""));
        let length = 0;
        const ends = Uint32Array.from(strings, (text) => (length += text.length));
        const row = { n: strings.length, pool, ends: Buffer.from(ends.buffer) };
        const unpacked = unpackStrings({ n: row.n, ...packStrings(row.n, row) });
        expect(pool.equals(unpacked.pool)).toBe(true);
        expect(row.ends.equals(unpacked.ends)).toBe(true);
      }),
    );
    const pool = new Uint8Array(10_000).fill(97);
    expect(packStrings(10, { pool, ends: new Uint8Array(40) }).pool.length).toBeLessThan(1_000);
  });

  test("of a dictionary with a forged head is refused", () => {
    const part = new Uint8Array(20).fill(0xff);
    expect(() => unpackStrings({ n: 10, pool: part, ends: part })).toThrow(SegmentError);
  });

  test("that is mostly absent takes a fraction, and one without a pattern stays as it is", () => {
    const absent = new Uint8Array(65_536);
    absent[500] = 7;
    expect(packSegment({ width: 1, data: absent }).data.length).toBeLessThan(1_000);
    const random = Uint8Array.from({ length: 4_096 }, (_, at) => Math.imul(at + 1, 0x9e3779b1) >>> 24);
    const noise = random.map((byte, at) => byte ^ (random[(at * 31) % 4_096] as number));
    expect(packSegment({ width: 2, data: noise })).toEqual({ width: 2, data: noise });
  });

  test.each([
    ["an unknown codec", { width: 16 * 3 + 1, data: new Uint8Array(20) }],
    ["no length", { width: 16 + 1, data: new Uint8Array(3) }],
    ["a length beyond every segment", { width: 16 + 1, data: new Uint8Array(20).fill(0xff) }],
  ])("with %s is refused", (_name, forged) => {
    expect(() => unpackSegment(forged)).toThrow(SegmentError);
  });
});
