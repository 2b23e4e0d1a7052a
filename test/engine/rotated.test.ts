/** Rotated logs through the whole engine: dropped loose, in a folder, in archives; and what lies beside them. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { EntryId } from "../../workers/contract.ts";
import { auditLog } from "../import/samples.ts";
import { sharedPath } from "../support/shared.ts";
import { Harness, query, value } from "./harness.ts";

function halves(): [old: string, young: string] {
  const records = auditLog(40).split(/(?<=\n)/);
  const at = records.findIndex((line) => line.includes(":1005)")) + 1;
  return [records.slice(0, at).join(""), records.slice(at).join("")];
}

describe("a rotated log", () => {
  it.each([
    ["newest first", ["audit.log", "audit.log.1.gz"]],
    ["oldest first", ["audit.log.1.gz", "audit.log"]],
  ])("dropped as loose files, %s, is one log of two sources", async (_order, names) => {
    const h = new Harness();
    await h.newCase();
    const [old, young] = halves();
    h.write("audit.log.1.gz", gzipSync(old));
    h.write("audit.log", young);
    const other = h.write("other.log", auditLog(4));
    const job = await h.import(...names.map((name) => h.path(name)), other);
    expect(job.items.map(({ name, state, fault }) => [name, state, fault])).toEqual([
      [names[0], "done", undefined],
      [names[1], "done", undefined],
      ["other.log", "done", undefined],
    ]);
    expect(job).toMatchObject({ state: "done", entries: 44, done: job.total });
    const info = await h.info();
    expect(info).toMatchObject({ state: "sealed", entries: 44 });
    expect(info.sources.map(({ name }) => name)).toEqual([...names, "other.log"]);
    const straddling: number[] = [];
    for (let id = 0; id < 40; id++) {
      const { records, member } = value(await h.api.entry(id as EntryId));
      expect(records.length).toBe(4);
      if (records.some((record) => record.member !== member)) straddling.push(id);
      for (const record of records) {
        const bytes = value(await h.api.bytes(record.member, record.offset, record.length));
        expect(Buffer.from(bytes).equals(Buffer.from(record.bytes))).toBe(true);
        expect(record.line).toBeGreaterThan(0);
      }
    }
    expect(straddling.length).toBeGreaterThan(0);
    // The decoded command line is in the file after the one that its entry belongs to.
    expect(value(await h.api.open(query("shadow5"))).matched).toBe(5);
    expect(h.bugs).toEqual([]);
  });

  it("is told apart from files that only look like its parts", async () => {
    const h = new Harness();
    await h.newCase();
    h.write("notes.log", "type the command, please\n");
    h.write("notes.log.1", auditLog(4));
    const job = await h.import(h.path("notes.log"), h.path("notes.log.1"));
    expect(job.items.map(({ entries }) => entries)).toEqual([expect.any(Number), 4]);
    expect((await h.info()).sources[1]?.members[0]?.reasons.join()).not.toContain("read as one log");
  });

  it("whose one file is damaged fails in that file only", async () => {
    const h = new Harness();
    await h.newCase();
    const [old, young] = halves();
    const packed = gzipSync(old + auditLog(400));
    h.write("audit.log.1.gz", packed.subarray(0, packed.length / 2));
    h.write("audit.log", young);
    const job = await h.import(h.path("audit.log.1.gz"), h.path("audit.log"));
    expect(job.items.map(({ state }) => state)).toEqual(["failed", "done"]);
    expect((await h.info()).sources.map(({ state }) => state)).toEqual(["ready", "ready"]);
  });
});

describe("the rotated logs of the corpus", () => {
  const corpus = sharedPath("corpus/auditd/derived/rotated");
  const names = ["audit.log", "audit.log.1", "audit.log.2"];
  const orders = [names, names.toReversed(), ["audit.log.1", "audit.log", "audit.log.2"]];

  async function imported(prepare: (h: Harness, folder: string) => readonly string[]) {
    const h = new Harness();
    await h.newCase();
    const folder = h.path("evidence");
    mkdirSync(folder);
    for (const name of names) copyFileSync(join(corpus ?? "", name), join(folder, name));
    const job = await h.import(...prepare(h, folder));
    expect(job.state).toBe("done");
    const info = await h.info();
    expect(info.state).toBe("sealed");
    return { h, info };
  }

  it.skipIf(corpus === undefined).each(orders)("have 903 events loose, as %s %s %s", async (...order) => {
    const { info } = await imported((_h, folder) => order.map((name) => join(folder, name)));
    expect(info.entries).toBe(903);
  });

  it.skipIf(corpus === undefined)("have 903 events in a zip and in a tar.gz", async () => {
    const packed = await imported((h, folder) => {
      execFileSync("tar", ["-czf", h.path("set.tar.gz"), "-C", folder, ...names]);
      return [h.path("set.tar.gz")];
    });
    expect(packed.info.entries).toBe(903);
    const counts = packed.info.sources[0]?.members.map(({ path, entries, records }) => [path, entries, records]);
    expect(counts).toEqual([
      ["audit.log.2", 480, 814],
      ["audit.log.1", 200, 727],
      ["audit.log", 223, 787],
    ]);
  });
});

it("account names dropped with a log hold for it", async () => {
  const h = new Harness();
  await h.newCase();
  mkdirSync(h.path("etc"));
  mkdirSync(h.path("log"));
  writeFileSync(h.path("etc/passwd"), "root:x:0:0:root:/root:/bin/bash\nalice:x:1000:1000::/user/alice:/bin/sh\n");
  writeFileSync(h.path("log/audit.log"), auditLog(4));
  const job = await h.import(h.path("log/audit.log"), h.path("etc/passwd"));
  expect(job.state).toBe("done");
  const info = await h.info();
  expect(info.state).toBe("sealed");
  expect(info.sources[0]?.members[0]?.reading.names).toMatchObject({ users: { 0: "root", 1000: "alice" } });
  expect(info.sources[1]?.members[0]).toMatchObject({
    formatTitle: "Account names (passwd)",
    state: "unrecognised",
    problem: undefined,
  });
});

it("flag:integrity finds the entries of a member whose checksum is wrong, also in a case that was open", async () => {
  const h = new Harness();
  await h.newCase();
  await h.import(h.write("a.log", auditLog(6)));
  expect(value(await h.api.open(query("flag:integrity"))).matched).toBe(0);
  const wrong = gzipSync(auditLog(20));
  wrong.writeUInt32LE((wrong.readUInt32LE(wrong.length - 8) ^ 1) >>> 0, wrong.length - 8);
  await h.import(h.write("b.log.gz", wrong));
  expect(value(await h.api.open(query("flag:integrity"))).matched).toBe(20);
  expect(value(await h.api.open(query("NOT flag:integrity"))).matched).toBe(6);
});
