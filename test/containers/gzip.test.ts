import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { gzip } from "../../workers/containers/gzip.ts";
import { readMembers, sourceOf } from "./read-members.ts";

const TEXT = Array.from(
  { length: 4000 },
  (_, at) => `line ${at} of a log that is long enough for several chunks\n`,
).join("");

async function read(bytes: Uint8Array, chunkSize?: number, limits = DEFAULT_LIMITS) {
  const [member] = await readMembers(gzip, sourceOf(bytes, "audit.log.gz", chunkSize), limits);
  if (member === undefined) throw new Error("a gzip has one member");
  return member;
}

describe("gzip", () => {
  test.each([1, 7, 4096, 1 << 20])("expands chunks of %i bytes", async (size) => {
    const short = TEXT.slice(0, 20_000);
    expect(await read(gzipSync(short), size)).toEqual({
      path: "audit.log",
      text: short,
      problem: undefined,
      isKept: true,
    });
  });

  test("joins members that stand back to back, whatever falls on a chunk's end", async () => {
    const joined = Buffer.concat([gzipSync("first\n"), gzipSync(""), gzipSync("second\n"), gzipSync(TEXT)]);
    for (const size of [1, 3, 18, 25, 26, 27, 1000, joined.length]) {
      const member = await read(joined, size);
      expect(member.problem).toBeUndefined();
      expect(member.text).toBe(`first\nsecond\n${TEXT}`);
    }
  });

  test("reads the optional parts of a header", async () => {
    const plain = gzipSync("x\n");
    const head = Buffer.from(plain.subarray(0, 10));
    head[3] = 4 | 8 | 16 | 2;
    const extras = Buffer.concat([
      Buffer.from([3, 0, 1, 2, 3]),
      Buffer.from("name.log\0a comment\0"),
      Buffer.from([0, 0]),
    ]);
    expect((await read(Buffer.concat([head, extras, plain.subarray(10)]), 2)).text).toBe("x\n");
  });

  test("tells a cut from damage, and both from trailing bytes, with the place", async () => {
    const packed = gzipSync(TEXT);
    const cut = await read(packed.subarray(0, packed.length - 100));
    expect(cut.problem).toMatchObject({ code: "container.truncated", offset: packed.length - 100 });
    expect(TEXT.startsWith(cut.text)).toBe(true);
    expect(cut.isKept).toBe(false);

    const broken = Buffer.from(packed);
    broken.fill(0xff, 10, 20);
    expect((await read(broken)).problem?.code).toBe("container.corrupt");

    const trailed = await read(Buffer.concat([packed, Buffer.from("not gzip")]));
    expect(trailed).toMatchObject({
      text: TEXT,
      isKept: true,
      problem: { code: "container.corrupt", offset: packed.length },
    });
  });

  test("cut anywhere, it gives what came before and never another error", async () => {
    const packed = gzipSync(TEXT.slice(0, 500));
    for (let length = 3; length < packed.length; length++) {
      const member = await read(packed.subarray(0, length), 16);
      expect(member.problem?.code).toBe("container.truncated");
      expect(TEXT.startsWith(member.text)).toBe(true);
    }
  });

  test("keeps a member whose checksum is wrong, and says so", async () => {
    const packed = gzipSync(TEXT);
    packed.writeUInt32LE(1, packed.length - 8);
    expect(await read(packed)).toMatchObject({ text: TEXT, isKept: true, problem: { code: "container.corrupt" } });
  });

  test("stops at the limits, measured on what comes out", async () => {
    const zeros = gzipSync(Buffer.alloc(3_000_000));
    const byRatio = await read(zeros, 4096, { ...DEFAULT_LIMITS, ratioFrom: 1_000_000 });
    expect(byRatio.problem?.code).toBe("container.too-large");
    expect(byRatio.text.length).toBeLessThanOrEqual(1_000_000);
    const bySize = await read(zeros, 4096, { ...DEFAULT_LIMITS, memberBytes: 2_000_000 });
    expect(bySize.problem?.code).toBe("container.too-large");
    expect(bySize.text.length).toBeLessThanOrEqual(2_000_000);
  });

  test("says when the file was changed, in µs, where the header does", async () => {
    const packed = gzipSync(TEXT);
    const { signal } = new AbortController();
    const opening = { limits: DEFAULT_LIMITS, signal, passwords: [] };
    const times: unknown[] = [];
    for (const seconds of [0, 1_735_689_600]) {
      packed.writeUInt32LE(seconds, 4);
      for await (const { modified } of gzip.members(sourceOf(packed), opening)) times.push(modified);
    }
    expect(times).toEqual([undefined, 1_735_689_600_000_000]);
  });
});
