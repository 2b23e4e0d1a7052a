import { describe, expect, test } from "vitest";
import type { BlockPart } from "../../workers/base/batch.ts";
import { decompress } from "../../workers/base/codec.ts";
import { hasBits, tokenBits } from "../../workers/base/signature.ts";
import { BlockBuilder } from "../../workers/import/block-builder.ts";

const KIB = 1024;
const MIB = 1024 * KIB;

function bytesOf(length: number, word = "word "): Buffer {
  return Buffer.alloc(length, word);
}
function finished(builder: BlockBuilder): BlockPart[] {
  builder.finish();
  return builder.take();
}
function has(block: BlockPart | undefined, word: string): boolean {
  return block !== undefined && hasBits(block.signature, tokenBits(Buffer.from(word)));
}

/** Feeds units of these lengths as one chunk each. */
function cut(lengths: readonly number[]): BlockPart[] {
  const builder = new BlockBuilder();
  let offset = 0;
  for (const length of lengths) {
    builder.append(bytesOf(length));
    builder.unit(offset, length, false);
    offset += length;
  }
  return finished(builder);
}

describe("blocks", () => {
  test("end at the first unit end from 128 KiB on", () => {
    expect(cut(Array.from({ length: 30 }, () => 10 * KIB)).map((block) => block.rawLength / KIB)).toEqual([
      130, 130, 40,
    ]);
  });

  test("hold an oversized unit by itself", () => {
    expect(cut([KIB, 2 * MIB, KIB]).map((block) => block.rawLength / KIB)).toEqual([1, 2 * KIB, 1]);
  });

  test("cut a unit of more than 16 MiB into pieces, between words", () => {
    const blocks = cut([40 * MIB + 3]);
    expect(blocks.map((block) => block.rawLength).every((length) => length <= 16 * MIB)).toBe(true);
    expect(blocks.reduce((sum, block) => sum + block.rawLength, 0)).toBe(40 * MIB + 3);
    expect(blocks.map((block) => block.memberOffset)).toEqual(
      blocks.map((_, at) => blocks.slice(0, at).reduce((sum, b) => sum + b.rawLength, 0)),
    );
    const raw = decompress(blocks[1]?.codec ?? 0, blocks[1]?.data ?? new Uint8Array(0), blocks[1]?.rawLength ?? 0);
    expect(Buffer.from(raw.subarray(0, 5)).toString()).toBe("word ");
  });

  test("of a unit that is announced late are the same", () => {
    const builder = new BlockBuilder();
    for (let at = 0; at < 40; at++) {
      builder.append(bytesOf(MIB, "0123456 "));
      expect(builder.take()).toEqual([]);
    }
    builder.unit(0, 40 * MIB, true);
    builder.decided(0, 40 * MIB);
    expect(finished(builder).map((block) => block.rawLength / MIB)).toEqual([16, 16, 8]);
  });

  test("wait until every record in them is decided, in parts or whole", () => {
    const builder = new BlockBuilder();
    builder.append(bytesOf(300 * KIB));
    builder.unit(0, 150 * KIB, true);
    builder.unit(150 * KIB, 150 * KIB, true);
    builder.decided(150 * KIB, 150 * KIB);
    expect(builder.take()).toEqual([]);
    builder.decided(0, 100 * KIB);
    expect(builder.take()).toEqual([]);
    builder.decided(100 * KIB, 50 * KIB);
    expect(builder.take().map((block) => block.ordinal)).toEqual([0, 1]);
    expect(builder.sent).toBe(2);
  });

  test("that wait too long go out with a signature that excludes nothing", () => {
    const builder = new BlockBuilder();
    const length = 128 * KIB;
    const sent: BlockPart[] = [];
    for (let at = 0; at < 1100; at++) {
      builder.append(bytesOf(length));
      builder.unit(at * length, length, true);
      if (at > 0) builder.decided(at * length, length);
      sent.push(...builder.take());
    }
    expect(sent.length).toBe(1100);
    expect(has(sent[0], "nowhere")).toBe(true);
    expect(has(sent[1], "nowhere")).toBe(false);
  });

  test("know the words of their bytes, and those of decoded values where the entry lies", () => {
    const builder = new BlockBuilder();
    builder.append(Buffer.concat([bytesOf(128 * KIB, "alpha "), bytesOf(128 * KIB, "beta "), bytesOf(10, "gamma ")]));
    builder.unit(0, 128 * KIB, true);
    builder.unit(128 * KIB, 128 * KIB, true);
    builder.unit(256 * KIB, 10, true);
    builder.addWords(0, 256 * KIB, Buffer.from("decoded"));
    expect([0, 128 * KIB - 1, 128 * KIB, 256 * KIB].map((offset) => builder.blockAt(offset))).toEqual([0, 0, 1, 2]);
    const blocks = finished(builder);
    expect(blocks.map((block) => ["alpha", "beta", "gamma", "decoded"].map((word) => has(block, word)))).toEqual([
      [true, false, false, true],
      [false, true, false, true],
      [false, false, true, false],
    ]);
  });
});
