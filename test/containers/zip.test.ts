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
