import { gzipSync, zstdCompressSync, constants } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteReader } from "../../workers/containers/byte-reader.ts";
import { bzip2 } from "../../workers/containers/bzip2.ts";
import { expandedName } from "../../workers/containers/compressed-file.ts";
import { type Container, DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { gzip } from "../../workers/containers/gzip.ts";
import { containerOf } from "../../workers/containers/registry.ts";
import { xz } from "../../workers/containers/xz.ts";
import { expandZstdFrame } from "../../workers/containers/zstd-frame.ts";
import { zstd } from "../../workers/containers/zstd.ts";
import * as made from "./compressed.ts";
import { readMembers, sourceOf } from "./read-members.ts";

const { LINES, LONG, NOISE } = made;
const checked = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
const zstdOf = (text: string): Buffer => zstdCompressSync(Buffer.from(text, "latin1"), checked);
const SKIPPED = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

const samples: readonly (readonly [string, Container, Buffer, string])[] = [
  ["bzip2", bzip2, made.bzip2Lines, LINES],
  ["bzip2 of several blocks", bzip2, made.bzip2Long, LONG],
  ["bzip2 of nothing", bzip2, made.bzip2Empty, ""],
  ["bzip2 of noise", bzip2, made.bzip2Noise, NOISE],
  ["bzip2 streams", bzip2, Buffer.concat([made.bzip2Lines, made.bzip2Empty, made.bzip2Long]), LINES + LONG],
  ["xz with CRC-64", xz, made.xzLines, LINES],
  ["xz with CRC-32", xz, made.xzCrc32, LINES],
  ["xz with SHA-256", xz, made.xzSha256, LINES],
  ["xz without a check, other properties", xz, made.xzUnchecked, LINES],
  ["xz of several blocks", xz, made.xzLong, LONG],
  ["xz of nothing", xz, made.xzEmpty, ""],
  ["xz of noise", xz, made.xzNoise, NOISE],
  [
    "xz streams with padding",
    xz,
    Buffer.concat([made.xzLines, Buffer.alloc(8), made.xzLong, Buffer.alloc(4)]),
    LINES + LONG,
  ],
  ["Zstandard", zstd, zstdOf(LINES), LINES],
  ["Zstandard of several blocks", zstd, zstdOf(LONG + NOISE.repeat(500)), LONG + NOISE.repeat(500)],
  ["Zstandard of nothing", zstd, zstdOf(""), ""],
  ["Zstandard without a checksum", zstd, zstdCompressSync(LINES), LINES],
  [
    "Zstandard frames and skipped ones",
    zstd,
    Buffer.concat([SKIPPED, zstdOf(LINES), SKIPPED, zstdOf(LONG)]),
    LINES + LONG,
  ],
  ["gzip filled up with zeros", gzip, Buffer.concat([gzipSync(LINES), Buffer.alloc(600)]), LINES],
];

/** Every byte of the small ones; the others take longer to expand, and a few places of each part do. */
function stepOf(text: string): number {
  return text.length > LINES.length ? 11 : 1;
}

async function read(container: Container, bytes: Uint8Array, chunkSize?: number, limits = DEFAULT_LIMITS) {
  const [member] = await readMembers(container, sourceOf(bytes, "audit.log", chunkSize), limits);
  if (member === undefined) throw new Error("a compressed file has one member");
  return member;
}

describe("compressed files", () => {
  test.each(samples)(
    "%s is recognised and comes out whole, whatever the chunks",
    async (_name, container, bytes, text) => {
      expect(containerOf(bytes)).toBe(container);
      for (const size of bytes.length > 5000 ? [1000, 1 << 20] : [1, 7, 1 << 20]) {
        const member = await read(container, bytes, size);
        expect(member.problem).toBeUndefined();
        expect(member.text === text).toBe(true);
      }
    },
  );

  test.each(samples.filter(([, , bytes]) => bytes.length < 5000))(
    "%s cut anywhere gives what came before and one fault",
    async (name, container, bytes, text) => {
      // Between two streams, and within the padding, a cut cannot be seen.
      const isSeveral = /streams|frames|zeros/.test(name);
      for (let length = 0; length < bytes.length; length += stepOf(text)) {
        const member = await read(container, bytes.subarray(0, length));
        expect(text.startsWith(member.text)).toBe(true);
        if (isSeveral) continue;
        expect(member.problem?.code).toBe("container.truncated");
        expect(member.isKept).toBe(false);
      }
    },
    30_000,
  );

  test.each(samples.filter(([, , bytes]) => bytes.length < 1000))(
    "%s with any byte changed never says that other bytes are the right ones",
    async (name, container, bytes, text) => {
      for (let at = 0; at < bytes.length; at += stepOf(text)) {
        const broken = Buffer.from(bytes);
        broken[at] = (broken[at] as number) ^ 0x11;
        const member = await read(container, broken);
        const isUnchecked = /without a check/.test(name);
        if (member.problem === undefined && !isUnchecked) expect([at, member.text === text]).toEqual([at, true]);
      }
    },
    30_000,
  );

  test.each([
    ["gzip", gzip, gzipSync(LINES)],
    ["bzip2", bzip2, made.bzip2Lines],
    ["xz", xz, made.xzLines],
    ["Zstandard", zstd, zstdOf(LINES)],
  ])("%s with foreign bytes behind is kept and flagged", async (_name, container, bytes) => {
    const member = await read(container, Buffer.concat([bytes, Buffer.from("something else")]));
    expect(member).toMatchObject({ text: LINES, isKept: true });
    expect(member.problem).toMatchObject({ code: "container.corrupt", offset: bytes.length });
  });

  test.each([
    ["bzip2", bzip2, made.bzip2Lines, 10],
    ["bzip2, of the whole stream", bzip2, made.bzip2Empty, 10],
    ["xz", xz, made.xzLines, made.xzLines.length - 28],
    ["xz, SHA-256", xz, made.xzSha256, made.xzSha256.length - 28],
    ["Zstandard", zstd, zstdOf(LINES), zstdOf(LINES).length - 1],
  ])("%s: a wrong checksum keeps all bytes, flagged", async (_name, container, bytes, at) => {
    const broken = Buffer.from(bytes);
    broken[at] = (broken[at] as number) ^ 1;
    const member = await read(container, broken);
    expect(member).toMatchObject({ isKept: true, problem: { code: "container.corrupt" } });
    expect(member.problem?.message).toContain("checksum");
    expect(["", LINES]).toContain(member.text);
  });

  test("stops at the limits, measured on what comes out", async () => {
    const limits = { ...DEFAULT_LIMITS, ratioFrom: 100_000 };
    for (const [container, bytes] of [
      [bzip2, made.bzip2Long],
      [xz, made.xzLong],
      [zstd, zstdOf("\0".repeat(3_000_000))],
    ] as const) {
      const member = await read(container, bytes, undefined, limits);
      expect(member.problem?.code).toBe("container.too-large");
      expect(member.problem?.next).toContain("continue");
      expect(member.text.length).toBeLessThanOrEqual(600_000);
    }
  });

  test("asks for no more memory than there is", async () => {
    const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 0x01, 0x00, 0x00]);
    expect((await read(zstd, header)).problem?.code).toBe("container.unsupported");
  });

  test("an xz filter for programs is refused by name", async () => {
    expect((await read(xz, made.xzFilter)).problem).toMatchObject({ code: "container.unsupported" });
  });

  test("a Zstandard dictionary that is not there is said to be missing", async () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x21, 0x07, 0x00, 0x01, 0x00, 0x00]);
    expect((await read(zstd, frame)).problem?.message).toContain("dictionary");
  });

  test("a text that begins like bzip2 is a plain file", () => {
    expect(containerOf(Buffer.from("BZh9 is how it starts, and it goes on")).id).toBe("plain");
  });

  test("names the member after the file", () => {
    const endings = { ".bz2": "", ".tbz2": ".tar" };
    const names = ["audit.log.bz2", "A.BZ2", "logs.tbz2", "renamed.log", ".bz2"];
    expect(names.map((name) => expandedName(name, endings))).toEqual([
      "audit.log",
      "A",
      "logs.tar",
      "renamed.log",
      ".bz2",
    ]);
  });

  test("noise behind a magic is a fault and nothing else", async () => {
    const starts = [made.bzip2Lines.subarray(0, 14), made.xzLines.subarray(0, 24), zstdOf(LINES).subarray(0, 6)];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), async (start, noise) => {
        const bytes = Buffer.concat([start, noise]);
        expect((await read(containerOf(bytes), bytes)).problem).toBeDefined();
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe("Zstandard where zlib has none", () => {
  test("the other decoder gives the same bytes, and the same faults", async () => {
    const frame = zstdCompressSync(Buffer.from(LONG));
    const good = await expand(frame);
    expect(good.text === LONG).toBe(true);
    const broken = Buffer.from(frame);
    broken.fill(0xff, 12, 40);
    expect((await expand(broken)).problem).toMatchObject({ fault: { code: "container.corrupt" } });
  });

  async function expand(frame: Uint8Array): Promise<{ readonly text: string; readonly problem: unknown }> {
    const parts: Uint8Array[] = [];
    const reader = new ByteReader(sourceOf(frame, "frame", 300).stream(new AbortController().signal));
    try {
      for await (const part of expandZstdFrame(reader.rest(), "frame", () => reader.offset, false)) parts.push(part);
    } catch (problem) {
      return { text: "", problem };
    }
    return { text: Buffer.concat(parts).toString("latin1"), problem: undefined };
  }
});
