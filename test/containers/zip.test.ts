import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { containerOf } from "../../workers/containers/registry.ts";
import { zip } from "../../workers/containers/zip.ts";
import { makeZip, type ZipPart } from "./make-zip.ts";
import { listingFault, readMembers, sourceOf } from "./read-members.ts";

const LOG = Buffer.from("one\ntwo\nthree\n".repeat(500));

function read(parts: readonly ZipPart[], limits = DEFAULT_LIMITS) {
  return readMembers(zip, sourceOf(makeZip(parts)), limits);
}

describe("zip", () => {
  test("reads stored and deflated members, empty ones and names in UTF-8", async () => {
    const members = await read([
      { name: "a/stored.log", data: LOG, stored: true },
      { name: "a/審査.log", data: LOG },
      { name: "empty.log" },
    ]);
    expect(members.map(({ path, text, problem }) => [path, text.length, problem])).toEqual([
      ["a/stored.log", LOG.length, undefined],
      ["a/審査.log", LOG.length, undefined],
      ["empty.log", 0, undefined],
    ]);
    expect(members[1]?.text).toBe(LOG.toString());
  });

  test("reads an archive behind foreign bytes, which its end gives away", async () => {
    const bytes = makeZip([{ name: "x.log", data: LOG }], Buffer.from("#!/bin/sh\nexit 0\n"));
    expect(containerOf(bytes, bytes).id).toBe("zip");
    expect(containerOf(bytes).id).toBe("plain");
    expect((await readMembers(zip, sourceOf(bytes)))[0]?.text).toBe(LOG.toString());
  });

  test("a text that mentions the end mark stays a plain file", () => {
    const mark = Buffer.concat([Buffer.from("PK\x05\x06", "latin1"), Buffer.alloc(16), Buffer.from([5, 0])]);
    mark.writeUInt32LE(40, 12);
    const text = Buffer.concat([LOG, mark, Buffer.from("hello")]);
    expect(containerOf(text, text).id).toBe("plain");
  });

  test.each([
    ["../up.log", "container.unsafe-path"],
    ["a/../../up.log", "container.unsafe-path"],
    ["a\\..\\up.log", "container.unsafe-path"],
    ["/etc/passwd", "container.unsafe-path"],
    ["\\\\server\\share\\x", "container.unsafe-path"],
    ["C:\\x.log", "container.unsafe-path"],
    ["nul\0.log", "container.unsafe-path"],
    ["", "container.unsafe-path"],
    ["folder/", "source.not-a-file"],
  ])("lists %j without opening it", async (name, code) => {
    const [member, other] = await read([
      { name, data: LOG },
      { name: "good.log", data: LOG },
    ]);
    expect(member).toMatchObject({ path: name, text: "", problem: { code } });
    expect(other?.text).toBe(LOG.toString());
  });

  test("a backslash by itself is a letter of the label", async () => {
    expect((await read([{ name: "logs\\win\\audit.log", data: LOG }]))[0]).toMatchObject({
      path: "logs\\win\\audit.log",
      problem: undefined,
    });
  });

  test.each([
    ["a link", { mode: 0o120777 }, "source.not-a-file"],
    ["an encrypted member", { flags: 1 }, "container.encrypted"],
    ["an unknown method", { method: 14 }, "container.unsupported"],
  ])("lists %s with the reason", async (_what, lie, code) => {
    const [member] = await read([{ name: "x", data: LOG, ...lie }]);
    expect(member).toMatchObject({ text: "", problem: { code } });
    expect(member?.problem?.next).not.toBe("");
  });

  test("keeps a member whose checksum, size or name is a lie, and says so", async () => {
    const members = await read([
      { name: "crc", data: LOG, crc: 7 },
      { name: "size", data: LOG, size: LOG.length + 1 },
      { name: "name", data: LOG, localName: "nome" },
      { name: "good", data: LOG },
    ]);
    expect(members.map(({ problem }) => problem?.code)).toEqual([
      "container.corrupt",
      "container.corrupt",
      "container.corrupt",
      undefined,
    ]);
    for (const member of members) expect(member).toMatchObject({ text: LOG.toString(), isKept: true });
  });

  test("names in code page 437, and in UTF-8 beside them (0x7075)", async () => {
    const raw = Buffer.from([0x6c, 0x94, 0x67]);
    const unicode = Buffer.concat([Buffer.from([0x75, 0x70, 0, 0, 1, 0, 0, 0, 0]), Buffer.from("žurnál.log")]);
    unicode.writeUInt16LE(unicode.length - 4, 2);
    unicode.writeUInt32LE(crc32(raw), 5);
    const members = await read([
      { name: "", rawName: raw, data: LOG },
      { name: "", rawName: raw, data: LOG, extra: unicode },
    ]);
    expect(members.map(({ path, text }) => [path, text === LOG.toString()])).toEqual([
      ["lög", true],
      ["žurnál.log", true],
    ]);
  });

  test("says when a member was changed, where the archive knows it in UTC", async () => {
    const unix = Buffer.from([0x55, 0x54, 5, 0, 1, 0, 0, 0, 0]);
    unix.writeInt32LE(1_735_689_600, 5);
    const windows = Buffer.alloc(36);
    windows.writeUInt16LE(10, 0);
    windows.writeUInt16LE(32, 2);
    windows.writeUInt16LE(1, 8);
    windows.writeUInt16LE(24, 10);
    windows.writeBigUInt64LE((1_735_689_600_250_000n + 11_644_473_600_000_000n) * 10n, 12);
    const { signal } = new AbortController();
    const source = sourceOf(makeZip([{ name: "a", extra: unix }, { name: "b", extra: windows }, { name: "c" }]));
    const times: unknown[] = [];
    for await (const { modified } of zip.members(source, { limits: DEFAULT_LIMITS, signal, passwords: [] }))
      times.push(modified);
    expect(times).toEqual([1_735_689_600_000_000, 1_735_689_600_250_000, undefined]);
  });

  test("bytes behind the end of the archive do not hide it; both of two members of one name are there", async () => {
    const bytes = makeZip([
      { name: "x.log", data: LOG },
      { name: "x.log", data: Buffer.from("other\n") },
    ]);
    const members = await readMembers(zip, sourceOf(Buffer.concat([bytes, Buffer.from("appended".repeat(100))])));
    expect(members.map(({ path, text }) => [path, text.length])).toEqual([
      ["x.log", LOG.length],
      ["x.log", 6],
    ]);
  });

  test("one part of an archive in several files is named as such", async () => {
    const bytes = makeZip([{ name: "x.log", data: LOG }]);
    bytes.writeUInt16LE(2, bytes.length - 18);
    const fault = await listingFault(zip, sourceOf(bytes, "x.z02"));
    expect(fault?.code).toBe("container.unsupported");
    expect(fault?.message).toContain("x.z02");
  });

  test("damage in one member leaves the next alone", async () => {
    const bytes = makeZip([
      { name: "bad", data: LOG },
      { name: "good", data: LOG },
    ]);
    bytes.fill(0xff, 33, 40);
    const [bad, good] = await readMembers(zip, sourceOf(bytes));
    expect(bad).toMatchObject({ isKept: false, problem: { code: "container.corrupt" } });
    expect(good).toMatchObject({ text: LOG.toString(), problem: undefined });
  });

  test("refuses members that share their bytes", async () => {
    const bytes = makeZip([
      { name: "aa", data: LOG },
      { name: "bb", data: LOG },
    ]);
    const second = bytes.lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
    bytes.writeUInt32LE(0, second + 42);
    const members = await readMembers(zip, sourceOf(bytes));
    expect(members[1]?.problem?.code).toBe("container.corrupt");
  });

  test("a cut archive is one clear fault", async () => {
    const bytes = makeZip([{ name: "x.log", data: LOG }]);
    const fault = await listingFault(zip, sourceOf(bytes.subarray(0, bytes.length * 0.6), "cut.zip"));
    expect(fault).toMatchObject({ code: "container.truncated" });
    expect(fault?.message).toContain("cut.zip");
  });

  test("cut or damaged anywhere, it never throws anything but a fault", async () => {
    const bytes = makeZip([
      { name: "a", data: Buffer.from("hello\n") },
      { name: "b", data: Buffer.from("world\n"), stored: true },
    ]);
    for (let at = 0; at < bytes.length; at++) {
      await listingFault(zip, sourceOf(bytes.subarray(0, at)));
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] as number) ^ 0xff;
      await listingFault(zip, sourceOf(broken));
    }
  });

  test("stops at the limits", async () => {
    const [bomb, good] = await read(
      [
        { name: "bomb", data: Buffer.alloc(3_000_000), size: 10 },
        { name: "good", data: LOG },
      ],
      { ...DEFAULT_LIMITS, ratioFrom: 1_000_000 },
    );
    expect(bomb).toMatchObject({ isKept: false, problem: { code: "container.too-large" } });
    expect(good?.text).toBe(LOG.toString());
    const many = makeZip([{ name: "a" }, { name: "b" }, { name: "c" }]);
    await expect(readMembers(zip, sourceOf(many), { ...DEFAULT_LIMITS, members: 2 })).rejects.toMatchObject({
      fault: { code: "container.too-large" },
    });
  });
});
