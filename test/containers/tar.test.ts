import { pack } from "tar-stream";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../workers/containers/container.ts";
import { containerOf } from "../../workers/containers/registry.ts";
import { tar } from "../../workers/containers/tar.ts";
import { makeTar, pax, type TarPart, tarParts } from "./make-tar.ts";
import { readMembers, readUntilFault, sourceOf } from "./read-members.ts";

const LOG = "one\ntwo\nthree\n".repeat(100);
const LONG_NAME = `${"folder/".repeat(30)}audit.log`;

function read(parts: readonly TarPart[], chunkSize?: number) {
  return readMembers(tar, sourceOf(makeTar(parts), "logs.tar", chunkSize));
}

describe("tar", () => {
  test.each([
    ["posix", { name: "audit.log", prefix: "var/log" }, "var/log/audit.log"],
    ["gnu", { name: "audit.log", form: "gnu" }, "audit.log"],
    ["old", { name: "audit.log", form: "old" }, "audit.log"],
    ["old, the flag a NUL", { name: "audit.log", form: "old", type: "\0" }, "audit.log"],
    ["contiguous", { name: "audit.log", type: "7" }, "audit.log"],
    ["a size in binary", { name: "audit.log", size: "binary" }, "audit.log"],
    ["a name in UTF-8", { name: "žurnál-審査.log" }, "žurnál-審査.log"],
    ["a name behind ./", { name: "./logs/audit.log" }, "logs/audit.log"],
  ] as const)("reads %s, whatever the chunks", async (_name, part, path) => {
    const bytes = makeTar([{ ...part, data: LOG }]);
    expect(containerOf(bytes)).toBe(tar);
    for (const size of [1, 511, 512, 1000, 1 << 20]) {
      expect(await readMembers(tar, sourceOf(bytes, "logs.tar", size))).toEqual([
        { path, text: LOG, problem: undefined, isKept: true },
      ]);
    }
  });

  test("reads what a well-kept library writes", async () => {
    const packer = pack();
    packer.entry({ name: LONG_NAME, mtime: new Date(1_735_689_600_500) }, LOG);
    packer.entry({ name: "é.log" }, "short\n");
    packer.finalize();
    const parts: Uint8Array[] = [];
    for await (const part of packer as AsyncIterable<Uint8Array>) parts.push(part);
    const members = await readMembers(tar, sourceOf(Buffer.concat(parts)));
    expect(members.map(({ path, text }) => [path, text])).toEqual([
      [LONG_NAME, LOG],
      ["é.log", "short\n"],
    ]);
  });

  test("long names of GNU and of pax, and attributes for all that follows", async () => {
    const members = await read([
      pax({ comment: "for all", mtime: "1735689600.25" }, "g"),
      { name: "././@LongLink", type: "L", form: "gnu", data: `${LONG_NAME}\0` },
      { name: LONG_NAME.slice(0, 100), form: "gnu", data: LOG },
      pax({ path: `${LONG_NAME}.2`, mtime: "1700000000" }),
      { name: "short", data: LOG },
      pax({ size: String(LOG.length) }),
      { name: "sized.log", data: LOG, size: 0 },
      { name: "last.log", data: "x\n" },
    ]);
    expect(members.map(({ path, text }) => [path, text.length])).toEqual([
      [LONG_NAME, LOG.length],
      [`${LONG_NAME}.2`, LOG.length],
      ["sized.log", LOG.length],
      ["last.log", 2],
    ]);
  });

  test("says when a member was changed, in µs", async () => {
    const { signal } = new AbortController();
    const source = sourceOf(
      makeTar([{ name: "a", mtime: 1_735_689_600 }, pax({ mtime: "1735689600.25" }), { name: "b" }, { name: "c" }]),
    );
    const times: unknown[] = [];
    for await (const { modified } of tar.members(source, { limits: DEFAULT_LIMITS, signal, passwords: [] }))
      times.push(modified);
    expect(times).toEqual([1_735_689_600_000_000, 1_735_689_600_250_000, undefined]);
  });

  test.each([
    ["a link", { type: "2", link: "/etc/passwd" }, "source.not-a-file", '"/etc/passwd"'],
    ["a hard link", { type: "1", link: "other.log" }, "source.not-a-file", '"other.log"'],
    ["a character device", { type: "3" }, "source.not-a-file", "device"],
    ["a block device", { type: "4" }, "source.not-a-file", "device"],
    ["a folder", { type: "5" }, "source.not-a-file", "folder"],
    ["a folder of an old tar", { name: "x/", form: "old" }, "source.not-a-file", "folder"],
    ["a pipe", { type: "6" }, "source.not-a-file", "pipe"],
    ["a sparse file", { type: "S", form: "gnu", data: LOG }, "container.unsupported", "sparse"],
    ["a file of several archives", { type: "M", form: "gnu", data: LOG }, "container.unsupported", "another archive"],
    ["a kind of nobody knows", { type: "Q", data: LOG }, "container.unsupported", "kind Q"],
    ["a climbing path", { name: "../../evil.log", data: LOG }, "container.unsafe-path", "climbs"],
    ["an absolute path", { name: "/etc/evil.log", data: LOG }, "container.unsafe-path", "absolute"],
    ["a device of Windows", { name: "logs/AUX.log", data: LOG }, "container.unsafe-path", "device"],
  ] as const)("lists %s with the reason and reads on", async (_what, part, code, words) => {
    const [member, next] = await read([
      { name: "x", ...part },
      { name: "good.log", data: LOG },
    ]);
    expect(member).toMatchObject({ text: "", problem: { code } });
    expect(member?.problem?.message).toContain(words);
    expect(next).toMatchObject({ path: "good.log", text: LOG, problem: undefined });
  });

  test("a sparse file of pax, and the map of an old one that goes on", async () => {
    const map = Buffer.alloc(512);
    const members = await readMembers(
      tar,
      sourceOf(
        Buffer.concat([
          tarParts([
            pax({ "GNU.sparse.major": "1", "GNU.sparse.name": "holes.log" }),
            { name: "GNUSparseFile/h", data: LOG },
          ]),
          tarParts([{ name: "old.log", type: "S", form: "gnu", size: 512, patch: { 482: 1 } }]),
          map,
          Buffer.alloc(512, "data"),
          makeTar([{ name: "good.log", data: LOG }]),
        ]),
      ),
    );
    expect(members.map(({ path, problem }) => [path, problem?.code])).toEqual([
      ["holes.log", "container.unsupported"],
      ["old.log", "container.unsupported"],
      ["good.log", undefined],
    ]);
  });

  test("a hard link that claims a size has no data, unless data follow", async () => {
    const link = { name: "link", type: "1", link: "a", form: "gnu" } as const;
    const without = await read([
      { ...link, size: LOG.length },
      { name: "good.log", data: LOG },
    ]);
    expect(without[1]).toMatchObject({ path: "good.log", text: LOG });
    const withData = await read([
      { ...link, data: LOG },
      { name: "good.log", data: LOG },
    ]);
    expect(withData[1]).toMatchObject({ path: "good.log", text: LOG });
  });

  test("a damaged header is listed with what was passed over, and the next member read", async () => {
    const members = await read([
      { name: "a.log", data: LOG },
      { name: "bad.log", data: LOG, isBroken: true },
      { name: "c.log", data: LOG },
    ]);
    expect(members.map(({ path, text, problem }) => [path, text.length, problem?.code])).toEqual([
      ["a.log", LOG.length, undefined],
      ["(damaged at byte 2048)", 0, "container.corrupt"],
      ["c.log", LOG.length, undefined],
    ]);
    expect(members[1]?.problem).toMatchObject({ offset: 2048 });
    expect(members[1]?.problem?.message).toContain("2048 bytes were passed over");
  });

  test("archives one behind the other are read as one; foreign bytes behind are told", async () => {
    const two = Buffer.concat([makeTar([{ name: "a", data: LOG }]), makeTar([{ name: "b", data: LOG }])]);
    expect((await readMembers(tar, sourceOf(two))).map(({ path }) => path)).toEqual(["a", "b"]);
    const trailed = Buffer.concat([makeTar([{ name: "a", data: LOG }]), Buffer.from("something else".repeat(50))]);
    const { members, fault } = await readUntilFault(tar, sourceOf(trailed));
    expect(members).toMatchObject([{ text: LOG, problem: undefined }]);
    expect(fault).toMatchObject({ code: "container.corrupt", offset: 512 + 1536 + 1024 });
  });

  test("cut anywhere, complete members come out whole and the cut is told with its place", async () => {
    const bytes = makeTar([pax({ mtime: "1" }), { name: "a", data: LOG }, { name: "b", data: LOG }]);
    const aEnd = 512 * 3 + 1536;
    for (let length = 512; length < bytes.length - 1024; length += 37) {
      const { members, fault } = await readUntilFault(tar, sourceOf(bytes.subarray(0, length)));
      expect(fault?.code).toBe("container.truncated");
      expect(fault?.offset).toBeGreaterThan(length - 512);
      if (length >= aEnd) expect(members[0]).toMatchObject({ path: "a", text: LOG, problem: undefined });
      for (const { text, isKept } of members)
        expect(isKept ? text : LOG.slice(0, text.length)).toBe(isKept ? LOG : text);
    }
    const unended = await readUntilFault(tar, sourceOf(bytes.subarray(0, bytes.length - 1024)));
    expect(unended.members).toHaveLength(2);
    expect(unended.fault?.message).toContain("no end mark");
  });

  test("any byte changed is a fault or another name, never a crash", async () => {
    const bytes = makeTar([pax({ path: "long" }), { name: "a", data: "hello\n" }, { name: "l", type: "2", link: "a" }]);
    for (let at = 0; at < bytes.length; at++) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] as number) ^ 0x81;
      const { members, fault } = await readUntilFault(tar, sourceOf(broken));
      expect(members.length + (fault === undefined ? 0 : 1)).toBeGreaterThan(0);
    }
  });

  test("too long a name, and too many members, stop with a reason", async () => {
    const huge = { name: "x", type: "L", form: "gnu", size: 2 ** 30 } as const;
    expect((await readUntilFault(tar, sourceOf(makeTar([huge])))).fault?.code).toBe("container.corrupt");
    const many = makeTar([{ name: "a" }, { name: "b" }, { name: "c" }]);
    const { members, fault } = await readUntilFault(tar, sourceOf(many), { ...DEFAULT_LIMITS, members: 2 });
    expect(members).toHaveLength(2);
    expect(fault?.code).toBe("container.too-large");
  });
});
