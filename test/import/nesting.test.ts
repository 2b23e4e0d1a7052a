import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { readdir, readlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { faultOf } from "../../workers/base/fault.ts";
import { BEYOND_LIMITS, type ByteSource, DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { containerOf } from "../../workers/containers/registry.ts";
import type { Fault } from "../../workers/contract.ts";
import { expandSource } from "../../workers/import/expand.ts";
import { holdBytes } from "../../workers/import/spool.ts";
import { bzip2Lines, LINES } from "../containers/compressed.ts";
import { makeTar } from "../containers/make-tar.ts";
import { makeZip } from "../containers/make-zip.ts";
import { sourceOf } from "../containers/read-members.ts";
import { collector } from "../support/collector.ts";

const { signal } = new AbortController();

interface Seen {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly problem: Fault | undefined;
}

async function expand(source: ByteSource, limits = DEFAULT_LIMITS): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const container = containerOf(await source.readAt(0, 65_536));
  for await (const { path, content } of expandSource(container, source, { limits, signal, passwords: [] })) {
    const hash = createHash("sha256");
    let bytes = 0;
    let problem = content.kind === "refused" ? content.problem : undefined;
    if (content.kind === "open") {
      try {
        for await (const chunk of content.bytes) {
          hash.update(chunk);
          bytes += chunk.length;
        }
      } catch (error) {
        problem = faultOf(error);
        if (problem === undefined) throw error;
      }
    }
    seen.push({ path, bytes, sha256: hash.digest("hex"), problem });
  }
  return seen;
}

function sha256(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

describe("containers in containers", () => {
  test("a tar inside its compressor is one with it; every other container is a part of the path", async () => {
    const tar = makeTar([{ name: "logs/audit.log", data: LINES }]);
    const seen = await expand(
      sourceOf(
        makeZip([
          { name: "bundle.tar.gz", data: gzipSync(tar) },
          { name: "one.log.bz2", data: bzip2Lines },
          { name: "bundle.tar", data: tar },
        ]),
        "case.zip",
      ),
    );
    expect(seen.map(({ path }) => path)).toEqual([
      "bundle.tar.gz!logs/audit.log",
      "one.log.bz2!one.log",
      "bundle.tar!logs/audit.log",
    ]);
    for (const each of seen) expect(each).toMatchObject({ sha256: sha256(LINES), problem: undefined });
    expect((await expand(sourceOf(gzipSync(tar), "bundle.tgz"))).map(({ path }) => path)).toEqual(["logs/audit.log"]);
  });

  test("five deep is read, the sixth is listed with the reason", async () => {
    let bytes: Uint8Array = Buffer.from(LINES);
    for (let depth = 5; depth >= 1; depth--) bytes = makeZip([{ name: `${depth}.zip`, data: bytes }]);
    expect(await expand(sourceOf(bytes, "0.zip"))).toMatchObject([
      { path: "1.zip!2.zip!3.zip!4.zip!5.zip", bytes: LINES.length, problem: undefined },
    ]);
    bytes = makeTar([{ name: "0.zip", data: bytes }]);
    const [sixth] = await expand(sourceOf(bytes, "all.tar"));
    expect(sixth?.problem).toMatchObject({ code: "container.too-large" });
    expect(sixth?.path).toBe("0.zip!1.zip!2.zip!3.zip!4.zip");
  });

  test("a failed checksum around an archive is told, and what is inside is read", async () => {
    const zip = makeZip(
      [{ name: "a.log", data: LINES.repeat(3) }].map((part) => ({ ...part, data: Buffer.from(part.data) })),
    );
    for (const [inner, path] of [
      [zip, "x!a.log"],
      [makeTar([{ name: "a.log", data: LINES.repeat(3) }]), "a.log"],
    ] as const) {
      const packed = gzipSync(inner);
      packed.writeUInt32LE(7, packed.length - 8);
      const seen = await expand(sourceOf(packed, "x.gz"));
      expect(seen[0]).toMatchObject({ path, sha256: sha256(LINES.repeat(3)), problem: undefined });
      expect(seen[1]?.problem?.code).toBe("container.corrupt");
      expect(seen).toHaveLength(2);
    }
  });

  test("a cut tar.gz keeps its complete members and says that it is cut", async () => {
    const noise = randomBytes(200_000).toString("base64");
    const packed = gzipSync(
      makeTar([
        { name: "a.log", data: noise },
        { name: "b.log", data: noise },
      ]),
    );
    const seen = await expand(sourceOf(packed.subarray(0, packed.length * 0.75), "x.tar.gz"));
    expect(seen.map(({ path, problem }) => [path, problem?.code])).toEqual([
      ["a.log", undefined],
      ["b.log", "container.truncated"],
      ["x.tar", "container.truncated"],
    ]);
    expect(seen[0]?.sha256).toBe(sha256(noise));
  });

  test("what all members expand to has a limit; a person may go on", async () => {
    const zip = makeZip(["a", "b", "c"].map((name) => ({ name, data: Buffer.from(LINES) })));
    const limits = { ...DEFAULT_LIMITS, totalFrom: LINES.length * 1.5, ratio: 1 };
    const seen = await expand(sourceOf(zip), limits);
    expect(seen.map(({ bytes, problem }) => [bytes, problem?.code])).toEqual([
      [LINES.length, undefined],
      [0, "container.too-large"],
      [0, "container.too-large"],
    ]);
    expect(seen[2]?.problem?.next).toContain("continue");
    const beyond = await expand(sourceOf(zip), { ...BEYOND_LIMITS, totalFrom: 1 });
    expect(beyond.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
  });

  test("two members of one name are both kept", async () => {
    const tar = makeTar([
      { name: "a.log", data: "1\n" },
      { name: "./a.log", data: "2\n" },
    ]);
    expect((await expand(sourceOf(tar))).map(({ path }) => path)).toEqual(["a.log", "a.log (2)"]);
  });
});

describe("an archive inside another, held for random access", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  function folder(): string {
    const made = mkdtempSync(join(tmpdir(), "exhibit-test-"));
    folders.push(made);
    return made;
  }
  async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }

  test("small ones stay in memory, larger ones give the same bytes from disk, at any place", async () => {
    const bytes = randomBytes(100_003);
    const place = folder();
    for (const memory of [200_000, 50_000, 0]) {
      const held = await holdBytes("x", pieces(bytes, 7777), memory, place);
      expect(held.size).toBe(bytes.length);
      for (const [offset, length] of [
        [0, 10],
        [5, 16],
        [16, 16],
        [17, 50_000],
        [99_999, 50],
        [100_003, 1],
        [0, 100_003],
      ] as const) {
        expect(Buffer.compare(await held.readAt(offset, length), bytes.subarray(offset, offset + length))).toBe(0);
      }
      const parts: Uint8Array[] = [];
      for await (const part of held.stream(signal)) parts.push(part);
      expect(Buffer.concat(parts).equals(bytes)).toBe(true);
      await held.close();
      await held.close();
    }
    expect(readdirSync(place)).toEqual([]);
  });

  test.skipIf(process.platform !== "linux")("the file has no name and holds nothing readable", async () => {
    const place = folder();
    const held = await holdBytes(
      "x",
      pieces(Buffer.from("secret text of the evidence ".repeat(9000)), 5000),
      1000,
      place,
    );
    expect(readdirSync(place)).toEqual([]);
    const { readFileSync } = await import("node:fs");
    const open = await Promise.all((await readdir("/proc/self/fd")).map(async (fd) => [fd, await link(fd)] as const));
    const [own] = open.filter(([, path]) => path.startsWith(place));
    if (own === undefined) throw new Error("no open file in the folder");
    const stored = readFileSync(`/proc/self/fd/${own[0]}`);
    expect(stored.length).toBe(held.size);
    expect(stored.includes("secret")).toBe(false);
    await held.close();
  });
  async function link(fd: string): Promise<string> {
    return readlink(`/proc/self/fd/${fd}`).catch(() => "");
  }

  test("nothing stays behind when the bytes end in an error; no room to write is a fault", async () => {
    const place = folder();
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield randomBytes(5000);
      throw new Error("the outer archive is damaged");
    }
    await expect(holdBytes("x", failing(), 100, place)).rejects.toThrow("damaged");
    expect(readdirSync(place)).toEqual([]);
    const gone = holdBytes("x", pieces(randomBytes(500), 100), 10, join(place, "not there"));
    await expect(gone).rejects.toMatchObject({ fault: { code: "target.unwritable" } });
    if (process.platform !== "linux") return;
    vi.stubEnv("TMPDIR", "/dev/full");
    await expect(holdBytes("x", pieces(randomBytes(500), 100), 10)).rejects.toHaveProperty("fault.code");
    vi.unstubAllEnvs();
  });

  test("a zip of more than 64 MB in a tar.gz is read with flat memory, and nothing stays behind", async () => {
    const place = folder();
    vi.stubEnv("TMPDIR", place);
    const big = 80_000_000;
    const collect = collector();
    collect();
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    const source = streamedSource(big);
    const timer = setInterval(() => {
      collect();
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    }, 100);
    const seen = await expand(source);
    clearInterval(timer);
    vi.unstubAllEnvs();
    expect(seen).toMatchObject([{ path: "inner.zip!big.log", bytes: big, problem: undefined }]);
    expect(seen[0]?.sha256).toBe(sha256Of(big));
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(60_000_000);
    expect(readdirSync(place)).toEqual([]);
  }, 240_000);
});

/** Bytes that do not repeat within a window, made on the fly. */
function* noiseOf(length: number): Generator<Uint8Array> {
  const block = createHash("sha512").update("seed").digest();
  const piece = Buffer.alloc(1_000_000);
  for (let at = 0; at < piece.length; at += 4)
    piece.writeUInt32LE((Math.imul(at + 1, 0x9e3779b1) ^ block.readUInt32LE(at % 60)) >>> 0, at);
  for (let at = 0; at < length; at += piece.length) {
    piece.writeUInt32LE(at, 0);
    yield Buffer.from(piece.subarray(0, length - at));
  }
}

function sha256Of(length: number): string {
  const hash = createHash("sha256");
  for (const piece of noiseOf(length)) hash.update(piece);
  return hash.digest("hex");
}

/** A tar.gz (of stored blocks) of a zip of one stored member of `length` bytes, never whole in memory. */
function streamedSource(length: number): ByteSource {
  let crc = 0;
  for (const piece of noiseOf(length)) crc = crc32(piece, crc);
  const frame = makeZip([{ name: "big.log", stored: true, crc, size: length, data: new Uint8Array(0) }]);
  const central = frame.lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
  frame.writeUInt32LE(length, 18);
  frame.writeUInt32LE(length, central + 20);
  frame.writeUInt32LE(central + length, frame.length - 6);
  const zipBytes = frame.length + length;
  const tarHead = makeTar([{ name: "inner.zip", size: zipBytes }]).subarray(0, 512);
  function* tarBytes(): Generator<Uint8Array> {
    yield tarHead;
    yield frame.subarray(0, central);
    yield* noiseOf(length);
    yield frame.subarray(central);
    yield Buffer.alloc(((512 - (zipBytes % 512)) % 512) + 1024);
  }
  const head = gzipSync("").subarray(0, 10);
  return {
    name: "outer.tar.gz",
    size: zipBytes,
    readAt: async () => head,
    stream: async function* () {
      yield head;
      let sum = 0;
      let size = 0;
      for (const bytes of tarBytes()) {
        for (let at = 0; at < bytes.length; at += 65_535) {
          const part = bytes.subarray(at, at + 65_535);
          const stored = Buffer.from([0, 0, 0, 0, 0]);
          stored.writeUInt16LE(part.length, 1);
          stored.writeUInt16LE(part.length ^ 0xffff, 3);
          yield Buffer.concat([stored, part]);
        }
        sum = crc32(bytes, sum);
        size += bytes.length;
      }
      const end = Buffer.from([1, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
      end.writeUInt32LE(sum, 5);
      end.writeUInt32LE(size, 9);
      yield end;
    },
  };
}
