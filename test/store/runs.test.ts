/** Runs of an import that have several sources open, and what is known of entries only when their member has ended. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fault } from "../../workers/base/fault.ts";
import { FLAG } from "../../workers/contract.ts";
import { CaseReread, parseAgain } from "../../workers/engine/case-reread.ts";
import { importSources } from "../../workers/import/pipeline.ts";
import { CaseReader } from "../../workers/store/case-reader.ts";
import { CaseWriter } from "../../workers/store/case-writer.ts";
import { auditLog } from "../import/samples.ts";
import { lines } from "./support/evidence.ts";
import { messagesOf } from "./support/model.ts";
import { temporaryCase } from "./support/temporary.ts";

type Files = readonly (readonly [string, string | Uint8Array])[];

async function importFiles(writer: CaseWriter, files: Files): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "exhibit-runs-"));
  try {
    const requests = files.map(([name, bytes]) => {
      writeFileSync(join(folder, name), bytes);
      return { path: join(folder, name), choices: {}, skip: [] };
    });
    const noBug = (error: unknown): void => expect(error).toBeUndefined();
    await importSources(requests, writer, new AbortController().signal, () => undefined, noBug);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The records of the third event of `auditLog` lie in both files. */
function halves(): [old: string, young: string] {
  const records = auditLog(40).split(/(?<=\n)/);
  const at = records.findIndex((line) => line.includes(":1005)")) + 1;
  return [records.slice(0, at).join(""), records.slice(at).join("")];
}

describe("a rotated log in a case", () => {
  test("is sealed, and its entries are read again from both files", async () => {
    const [old, young] = halves();
    const file = temporaryCase();
    const writer = CaseWriter.create(file, { segmentEntries: 16 });
    await importFiles(writer, [
      ["audit.log", young],
      ["audit.log.1", old],
    ]);
    const whole = temporaryCase("whole.exhibit");
    const other = CaseWriter.create(whole);
    await importFiles(other, [["audit.log", auditLog(40)]]);
    const info = writer.info();
    expect(info).toMatchObject({ state: "sealed", entries: 40, rejects: 4 });
    expect(info.sources.map(({ name, state }) => [name, state])).toEqual([
      ["audit.log", "ready"],
      ["audit.log.1", "ready"],
    ]);
    const [cut, uncut] = [file, whole].map((path) => CaseReader.open(path, (reader) => new CaseReread(reader)));
    if (cut === undefined || uncut === undefined) throw new Error("no reader");
    let straddling = 0;
    for (let entry = 0; entry < 40; entry++) {
      const [again, alone] = [parseAgain(cut, entry), parseAgain(uncut, entry)];
      const fields = (of: typeof again) => [...(of.entry?.fields.originals ?? [])].map(([, { values }]) => values);
      expect(fields(again)).toEqual(fields(alone));
      expect(again.places.length).toBe(4);
      if (new Set(again.spans.map(({ member }) => member)).size > 1) straddling++;
      const text = again.places.map(({ member, offset, length }) => cut.bytes(member, offset, length));
      expect(Buffer.concat(text).equals(Buffer.from(uncut.text.bytes(entry)))).toBe(true);
      expect(Buffer.from(cut.text.bytes(entry)).equals(Buffer.concat(text))).toBe(true);
    }
    expect(straddling).toBeGreaterThan(0);
    for (const member of cut.members) expect(writer.digestFromBlocks(member.id)).toBe(member.sha256);
    const counted = cut.members.map(({ firstEntry, entries }) => [firstEntry, entries]);
    expect(counted).toEqual([
      [0, counted[0]?.[1]],
      [counted[0]?.[1], 40 - (counted[0]?.[1] ?? 0)],
    ]);
    for (const reader of [cut, uncut]) reader.close();
    writer.close();
    other.close();
  });

  test("that broke off leaves each of its sources as what it is", async () => {
    const writer = CaseWriter.create(temporaryCase());
    const messages = [...messagesOf(lines("a.log", 30))];
    const [source, member, blocks] = messages;
    if (source?.kind !== "source" || member?.kind !== "member" || blocks === undefined) throw new Error("no messages");
    await writer.accept(source);
    await writer.accept({ ...source, number: 1, source: { ...source.source, name: "a.log.1" } });
    for (const message of [member, blocks]) await writer.accept(message);
    expect(writer.importing.length).toBe(2);
    writer.abandon(fault("cancelled", "It was cancelled.", "Do it again."));
    expect(writer.info().sources.map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
    expect(writer.info().sources[0]?.members.map(({ state }) => state)).toEqual(["cancelled"]);
    expect(writer.importing).toEqual([]);
    writer.close();
  });

  test("entries of a file may not come after those of a later one", async () => {
    const writer = CaseWriter.create(temporaryCase());
    const [source, member, blocks] = [...messagesOf(lines("a.log", 30))];
    if (source === undefined || member?.kind !== "member" || blocks?.kind !== "blocks") throw new Error("no messages");
    for (const message of [source, member, { ...member, number: 1 }, { ...blocks, member: 1 }]) {
      await writer.accept(message);
    }
    await expect(writer.accept(blocks)).rejects.toThrow("after those of a later one");
    writer.close();
  });
});

describe("flags that a member's end brings", () => {
  const flagged = (reader: CaseReader): number[] =>
    [...reader.flags.entries()].flatMap(([at, bits]) => ((bits & FLAG.integrity) === 0 ? [] : [at]));

  test("are on all its entries, in segments that are full and in the open one, and on no others", async () => {
    const file = temporaryCase();
    const writer = CaseWriter.create(file, { segmentEntries: 16, commitBytes: 0 });
    await importFiles(writer, [["a.log", auditLog(20)]]);
    const before = CaseReader.open(file);
    const wrong = gzipSync(auditLog(40));
    wrong.writeUInt32LE((wrong.readUInt32LE(wrong.length - 8) ^ 1) >>> 0, wrong.length - 8);
    await importFiles(writer, [["b.log.gz", wrong]]);
    await importFiles(writer, [["c.log", auditLog(10)]]);
    const expected = Array.from({ length: 40 }, (_, at) => 20 + at);
    const follower = before.refresh();
    expect(flagged(follower)).toEqual(expected);
    expect(flagged(before)).toEqual([]);
    writer.close();
    const reader = CaseReader.open(file);
    expect(flagged(reader)).toEqual(expected);
    expect([...reader.flags].map((bits) => bits & ~FLAG.integrity)).toEqual(
      [...follower.flags].map((bits) => bits & ~FLAG.integrity),
    );
    for (const each of [before, reader]) each.close();
  });

  test("are on the entries of the file before that go on in it", async () => {
    const [old, young] = halves();
    const wrong = gzipSync(young);
    wrong.writeUInt32LE((wrong.readUInt32LE(wrong.length - 8) ^ 1) >>> 0, wrong.length - 8);
    const file = temporaryCase();
    const writer = CaseWriter.create(file, { segmentEntries: 16 });
    await importFiles(writer, [
      ["audit.log.1", old],
      ["audit.log.gz", wrong],
    ]);
    writer.close();
    const reader = CaseReader.open(file);
    const bad = reader.members.find(({ path }) => path === "audit.log")?.id;
    const inIt = Array.from({ length: 40 }, (_, at) => at).filter((entry) =>
      reader.placeOf(entry).spans.some(({ member }) => member === bad),
    );
    expect(flagged(reader)).toEqual(inIt);
    expect(inIt.length).toBeGreaterThan(reader.members.find(({ id }) => id === bad)?.entries ?? 0);
    reader.close();
  });
});
