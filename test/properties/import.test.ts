import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CollectedMember } from "../import/collect.ts";
import { importBytes, importChunks } from "../import/run.ts";
import { auditLog, SAMPLES } from "../import/samples.ts";

/** All that must not depend on how the bytes arrive. */
function essence(member: CollectedMember | undefined) {
  if (member === undefined) return undefined;
  const { rows, rejects, end } = member;
  const blocks = member.blocks.map(({ memberOffset, rawLength, signature }) => [
    memberOffset,
    rawLength,
    Buffer.from(signature).toString("base64"),
  ]);
  return { rows, rejects, blocks, end };
}

describe.each(SAMPLES)("%s", (_what, text) => {
  const bytes = Buffer.from(text);

  test.each([1, 7, 64 * 1024])("chunks of %i bytes change nothing", (size) => {
    const whole = importChunks(bytes, bytes.length);
    expect(whole?.rows.length).toBeGreaterThan(10);
    expect(whole?.bytes.equals(bytes)).toBe(true);
    expect(essence(importChunks(bytes, size))).toEqual(essence(whole));
  });

  test("chunks of any size change nothing", () => {
    const whole = essence(importChunks(bytes, bytes.length));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (size) => {
        expect(essence(importChunks(bytes, size))).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  test("the name of the file gives nothing away and takes nothing", async () => {
    const [plain, blind] = await Promise.all([
      importBytes("member", bytes),
      importBytes("x.bin", bytes, { name: "member" }),
    ]);
    expect(blind.members[0]?.start).toEqual(plain.members[0]?.start);
    expect(blind.members[0]?.rows).toEqual(plain.members[0]?.rows);
  });

  test("it comes through gzip the same", async () => {
    const plain = await importBytes("member", bytes);
    const packed = await importBytes("member.gz", gzipSync(bytes));
    expect(packed.container).toBe("gzip");
    expect(packed.members[0]?.start).toEqual(plain.members[0]?.start);
    expect(essence(packed.members[0])).toEqual(essence(plain.members[0]));
  });

  test("cut anywhere, every byte is still accounted for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length }), fc.integer({ min: 100, max: 5000 }), (length, size) => {
        const member = importChunks(bytes.subarray(0, length), size);
        expect(member === undefined || member.bytes.equals(bytes.subarray(0, length))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("any bytes", () => {
  const choices = ["lines+auditd", "json-lines+generic-json", "mongoexport+binalyze-air", "lines+text-lines"];
  const pieces = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .constantFrom(
        "\n",
        "\r\n",
        "\r",
        "\0\0\0\0",
        "\ufeff",
        "{",
        "}",
        '{"a":1}\n',
        "type=X msg=audit(1.2:3): a=b\n",
        "\u2028",
      )
      .map((text) => Uint8Array.from(Buffer.from(text))),
    fc.string({ unit: "binary", maxLength: 40 }).map((text) => Uint8Array.from(Buffer.from(text))),
    fc.nat(40).map((line) => Uint8Array.from(Buffer.from(`${auditLog(2).split("\n")[line % 8]}\n`))),
  );

  test.each(choices)("are accounted for as %s, at any size of chunk", (choice) => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), fc.integer({ min: 1, max: 64 }), (parts, size) => {
        const bytes = Buffer.concat(parts);
        const whole = importChunks(bytes, Math.max(1, bytes.length), choice);
        expect(whole?.bytes.equals(bytes)).toBe(true);
        expect(essence(importChunks(bytes, size, choice))).toEqual(essence(whole));
      }),
      { numRuns: 60 },
    );
  });
});
