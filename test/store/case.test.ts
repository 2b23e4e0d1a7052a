import { describe, expect, test } from "vitest";
import { fault } from "../../workers/base/fault.ts";
import type { ImportMessage } from "../../workers/base/batch.ts";
import type { MemberId, SourceId } from "../../workers/contract.ts";
import { CaseReader } from "../../workers/store/case-reader.ts";
import { CaseWriter, type WriterOptions } from "../../workers/store/case-writer.ts";
import { openForReading } from "../../workers/store/connection.ts";
import { allActions } from "../../workers/store/statements/actions.ts";
import { sourceCode } from "../../workers/store/source-code.ts";
import { importSource, lines } from "./support/evidence.ts";
import { expectCase } from "./support/expected.ts";
import { faultFrom } from "./support/faults.ts";
import { CUTTING, messagesOf, type ModelSource } from "./support/model.ts";
import { temporaryCase } from "./support/temporary.ts";

async function caseOf(sources: readonly ModelSource[], options: WriterOptions = {}): Promise<string> {
  const file = temporaryCase();
  const writer = CaseWriter.create(file, options);
  for (const source of sources) await importSource(writer, source);
  writer.close();
  return file;
}

describe("what a case says of itself", () => {
  test("empty, then sealed, every byte accounted", async () => {
    const file = temporaryCase("demo.exhibit");
    const writer = CaseWriter.create(file);
    expect(writer.info()).toMatchObject({
      name: "demo",
      schema: 4,
      entries: 0,
      rejects: 0,
      state: "empty",
      sources: [],
    });
    await importSource(writer, lines("audit.log", 8));
    const info = writer.info();
    expect(info).toMatchObject({ entries: 8, rejects: 2, state: "sealed", file });
    expect(info.accounted).toBe(info.bytes);
    expect(info.bytes).toBeGreaterThan(0);
    const source = info.sources[0];
    expect(source).toMatchObject({
      name: "audit.log",
      code: "AU",
      lane: 0,
      state: "ready",
      mtime: 1_700_000_000_123,
      problems: [],
    });
    const member = source?.members[0];
    expect(member).toMatchObject({
      path: "audit.log",
      carrier: "lines",
      format: "test",
      formatTitle: "Test lines",
      parser: "test@1",
      reasons: ["made up"],
      overridden: false,
      zone: undefined,
      reading: {},
      state: "ready",
      entries: 8,
      rejects: 2,
      undated: 0,
      first: 1.7e15,
      last: 1.7e15 + 7e6,
      problem: undefined,
    });
    writer.close();
    const reader = CaseReader.open(file);
    expect(reader.info()).toEqual({ ...info, bytesOnDisk: expect.any(Number) });
    reader.close();
  });

  test("importing while it is under way, incomplete when it was cut off", async () => {
    const file = temporaryCase();
    const writer = CaseWriter.create(file, { commitBytes: 0 });
    const messages = [...messagesOf(lines("a.log", 30))];
    for (const message of messages.slice(0, -2)) await writer.accept(message);
    const source = writer.importing[0] as SourceId;
    expect(writer.info()).toMatchObject({ state: "importing", entries: 30 });
    const reader = CaseReader.open(file);
    expect(reader.info([source]).state).toBe("importing");
    const cutOff = reader.info();
    expect(cutOff.state).toBe("incomplete");
    expect(cutOff.sources[0]?.state).toBe("failed");
    expect(cutOff.sources[0]?.problems[0]?.message).toContain("interrupted");
    reader.close();
    writer.abandon(fault("cancelled", "The import was cancelled.", "Import again."));
    const ended = writer.info();
    expect(ended.state).toBe("incomplete");
    expect(ended.sources[0]).toMatchObject({ state: "cancelled", problems: [{ code: "cancelled" }] });
    expect(ended.sources[0]?.members[0]).toMatchObject({ state: "cancelled", entries: 30, sha256: undefined });
    expect(ended.accounted).toBe(0);
    writer.close();
  });

  test("incomplete when a ledger does not add up, whatever the states say", async () => {
    const writer = CaseWriter.create(temporaryCase());
    for (const message of messagesOf(lines("a.log", 8))) await writer.accept(shortOfOneByte(message));
    const info = writer.info();
    expect(info.state).toBe("incomplete");
    expect(info.bytes - info.accounted).toBe(1);
    writer.close();
  });

  test("a member that could not be opened does not count against the seal", async () => {
    const writer = CaseWriter.create(temporaryCase());
    const problem = fault("container.encrypted", "x is encrypted.", "Import it decrypted.", { member: "x" });
    for (const message of messagesOf(lines("a.log", 8))) {
      if (message.kind === "source-end") {
        await writer.accept({ kind: "member", number: 1, of: 0, member: { ...start(), path: "x" } });
        await writer.accept({ kind: "member-end", number: 1, end: { ...refusedEnd(), problem } });
      }
      await writer.accept(message);
    }
    expect(writer.info().state).toBe("sealed");
    expect(writer.info().sources[0]?.members[1]).toMatchObject({ state: "refused", problem });
    writer.close();
  });

  test("sources get codes of their own and lanes in turn", async () => {
    const writer = CaseWriter.create(temporaryCase());
    for (const name of ["audit.log", "audit.log", "AUDIT.zip", "7", "", ...Array(30).keys()]) {
      await importSource(writer, lines(String(name), 1));
    }
    const sources = writer.info().sources;
    expect(sources.slice(0, 3).map((source) => source.code)).toEqual(["AU", "AD", "AI"]);
    expect(new Set(sources.map((source) => source.code)).size).toBe(sources.length);
    expect(sources.every((source) => /^[A-Z]{2}$/.test(source.code))).toBe(true);
    expect(sources.slice(0, 10).map((source) => source.lane)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0, 1]);
    writer.close();
  });

  test("no two of a thousand sources have one code", () => {
    const codes: string[] = [];
    for (let at = 0; at < 1_000; at += 1) codes.push(sourceCode(at % 2 === 0 ? "audit.log" : "7", codes));
    expect(new Set(codes).size).toBe(1_000);
    expect(codes.filter((code) => /^[A-Z]{3}$/.test(code))).toHaveLength(324);
  });
});

describe("removing a source", () => {
  test("takes its entries and rejects out of view, keeps its bytes, and is logged", async () => {
    const file = temporaryCase();
    const writer = CaseWriter.create(file, { examiner: "R. Example", now: () => 1_800_000_000_000 });
    await importSource(writer, lines("a.log", 10));
    await importSource(writer, lines("b.log", 20));
    await importSource(writer, lines("c.log", 5));
    const second = writer.info().sources[1]?.id as SourceId;
    const before = CaseReader.open(file);
    writer.removeSource(second);
    const after = before.refresh();
    expect(before.removed).toEqual([]);
    expect(after.removed).toEqual([{ first: 10, end: 30 }]);
    expect(after.entries).toBe(35);
    expect(after.info()).toMatchObject({ entries: 15, rejects: 3, state: "sealed" });
    expect(after.info().sources.map((source) => source.state)).toEqual(["ready", "replaced", "ready"]);
    expect(after.rejects(0, 100, undefined, undefined).rows.map((row) => row.member)).toEqual([1, 1, 3]);
    expect(Buffer.from(after.text.bytes(12)).toString()).toBe("line 2 of b.log\n");
    expect(faultFrom(() => writer.removeSource(second)).code).toBe("request.stale");
    expect(faultFrom(() => writer.removeSource(99 as SourceId)).code).toBe("request.stale");
    before.close();
    writer.log("export", { rows: 15 });
    writer.close();
    const db = openForReading(file);
    expect(allActions(db).slice(-2)).toEqual([
      { seq: 4, at: 1_800_000_000_000, examiner: "R. Example", kind: "source.remove", payload: `{"source":${second}}` },
      { seq: 5, at: 1_800_000_000_000, examiner: "R. Example", kind: "export", payload: '{"rows":15}' },
    ]);
    db.close();
  });

  test("waits until its import has ended", async () => {
    const writer = CaseWriter.create(temporaryCase());
    const [begin] = messagesOf(lines("a.log", 3));
    await writer.accept(begin as ImportMessage);
    expect(faultFrom(() => writer.removeSource(writer.importing[0] as SourceId)).code).toBe("request.stale");
    writer.close();
  });
});

describe("rejects", () => {
  test("come in pages, by member and by reason, with their bytes and places", async () => {
    const file = await caseOf([lines("a.log", 12), lines("b.log", 8)]);
    const reader = CaseReader.open(file);
    const all = reader.rejects(0, 100, undefined, undefined);
    expect(all).toMatchObject({ total: 5, first: 0, byReason: [{ code: "torn", count: 5 }] });
    const pages = [0, 2, 4].flatMap((first) => reader.rejects(first, 2, undefined, undefined).rows);
    expect(pages).toEqual(all.rows);
    expect(reader.rejects(0, 100, 2 as MemberId, undefined)).toMatchObject({ total: 2 });
    expect(reader.rejects(0, 100, undefined, "binary")).toMatchObject({ total: 0, rows: [], byReason: all.byReason });
    for (const row of all.rows) {
      expect(Buffer.from(row.bytes).toString()).toBe("torn line\n");
      expect(Buffer.from(reader.bytes(row.member, row.offset, row.length))).toEqual(Buffer.from(row.bytes));
    }
    reader.close();
  });

  test("show no more than 4,096 bytes", async () => {
    const source = lines("a.log", 4);
    const [member] = source.members;
    const long = { kind: "reject", bytes: Buffer.alloc(10_000, "x"), code: "too-long" } as const;
    const file = await caseOf([
      {
        ...source,
        members: [
          { ...member, path: "a.log", entries: member?.entries ?? [], units: [...(member?.units ?? []), long] },
        ],
      },
    ]);
    const reader = CaseReader.open(file);
    const row = reader.rejects(0, 10, undefined, "too-long").rows[0];
    expect(row?.length).toBe(10_000);
    expect(row?.bytes.length).toBe(4_096);
    reader.close();
  });
});

describe("the byte map", () => {
  const half = (kind: "ignored" | "blank" | "reject", bytes: number) =>
    kind === "reject"
      ? ({ kind, bytes: Buffer.alloc(bytes, "r"), code: "torn" } as const)
      : ({ kind, bytes: Buffer.alloc(bytes, " ") } as const);
  const entry = { time: 1, flags: 0, precision: 0, fields: {} };
  const source: ModelSource = {
    name: "m.log",
    members: [
      {
        path: "m.log",
        entries: [entry],
        units: [
          { kind: "piece", entry: 0, bytes: Buffer.alloc(100, "e") },
          half("ignored", 100),
          half("blank", 100),
          half("reject", 100),
        ],
      },
    ],
  };

  test("says what each stretch mostly is, and lets a reject win", async () => {
    const reader = CaseReader.open(await caseOf([source]));
    const kinds = (cells: number): number[] => [...reader.byteMap(1 as MemberId, cells).kinds];
    expect(kinds(4)).toEqual([0, 2, 3, 1]);
    expect(kinds(8)).toEqual([0, 0, 2, 2, 3, 3, 1, 1]);
    expect(kinds(1)).toEqual([1]);
    expect(kinds(400).filter((kind) => kind === 2)).toHaveLength(100);
    expect(kinds(800)).toHaveLength(800);
    expect(faultFrom(() => reader.byteMap(9 as MemberId, 4)).code).toBe("request.stale");
    reader.close();
  });

  test("says what was not read", async () => {
    const writer = CaseWriter.create(temporaryCase());
    for (const message of messagesOf(source)) {
      await writer.accept(
        message.kind === "member-end" ? { ...message, end: { ...message.end, bytes: 800 } } : message,
      );
    }
    const reader = CaseReader.open(writer.file);
    expect([...reader.byteMap(1 as MemberId, 8).kinds]).toEqual([0, 2, 3, 1, 4, 4, 4, 4]);
    reader.close();
    writer.close();
  });
});

describe("original fields", () => {
  const withFields = (names: readonly string[]): ModelSource => {
    const source = lines("a.log", 3);
    const fields = Object.fromEntries(names.map((name) => [`raw.${name}`, [`${name} value`]]));
    return {
      ...source,
      members: source.members.map((member) => ({
        ...member,
        entries: member.entries.map((entry) => ({ ...entry, fields })),
      })),
    };
  };

  test("beyond the last column are told by name and have none", async () => {
    const names = ["a", "b", "c", "d"];
    const reader = CaseReader.open(await caseOf([withFields(names)], { maxOriginals: 3 }));
    expect(reader.originalNames).toEqual(["a", "b", "c"]);
    expect(reader.overflowNames).toEqual(["d"]);
    expect(reader.field("raw.d")).toBeUndefined();
    reader.close();
  });

  test("that one source sends without a column have none in the whole case", async () => {
    const file = temporaryCase();
    const writer = CaseWriter.create(file);
    await importSource(writer, withFields(["a", "b"]));
    const before = CaseReader.open(file);
    expect(before.overflowNames).toEqual([]);
    await importSource(writer, withFields(["a", "b"]), { ...CUTTING, columnless: ["raw.a"] });
    const after = before.refresh();
    expectCase(after, [withFields(["a", "b"]), withFields(["a", "b"])], ["raw.a"]);
    expect(after.overflowNames).toEqual(["a"]);
    before.close();
    writer.close();
  });
});

test("a field stays a dictionary until its values are many and more than half the entries", async () => {
  const source = lines("a.log", 40);
  const few = CaseReader.open(await caseOf([source], { maxDictionary: 100 }));
  expect(few.field("raw.n")?.kind).toBe("dict");
  few.close();
  const many = CaseReader.open(await caseOf([source], { maxDictionary: 10 }));
  expect(many.field("raw.n")?.kind).toBe("hash64");
  expect(many.field("actor")?.kind).toBe("dict");
  expectCase(many, [source]);
  many.close();
});

test("a field that is absent for a while costs no segment", async () => {
  const source = lines("a.log", 64);
  const entries = source.members[0]?.entries.map((entry, i) => (i < 40 ? { ...entry, fields: {} } : entry)) ?? [];
  const sparse = { ...source, members: source.members.map((member) => ({ ...member, entries })) };
  const file = await caseOf([sparse], { segmentEntries: 16 });
  const db = openForReading(file);
  const sql = "SELECT seg FROM col_seg JOIN field ON field.id = field_id WHERE name = 'actor' ORDER BY seg";
  expect(
    db
      .prepare<[], { seg: number }>(sql)
      .all()
      .map((row) => row.seg),
  ).toEqual([2, 3]);
  db.close();
  const reader = CaseReader.open(file);
  expectCase(reader, [sparse]);
  reader.close();
});

test("signatures come back as they were sent", async () => {
  const file = await caseOf([lines("a.log", 40)]);
  const reader = CaseReader.open(file);
  const sent = [...messagesOf(lines("a.log", 40))].flatMap((message) =>
    message.kind === "blocks" ? message.blocks : [],
  );
  expect(reader.text.blocks).toBe(sent.length);
  sent.forEach((block, i) => expect(Buffer.from(reader.text.signature(i)).equals(block.signature)).toBe(true));
  reader.close();
});

function shortOfOneByte(message: ImportMessage): ImportMessage {
  if (message.kind !== "member-end") return message;
  const ledger = { ...message.end.ledger, blank: message.end.ledger.blank - 1 };
  return { ...message, end: { ...message.end, ledger } };
}

function start(): Extract<ImportMessage, { kind: "member" }>["member"] {
  const title = { carrier: "", format: "", formatTitle: "", parser: "" };
  return { path: "", ordinal: 1, ...title, reasons: [], overridden: false, zone: undefined, reading: {} };
}

function refusedEnd(): Extract<ImportMessage, { kind: "member-end" }>["end"] {
  const counts = {
    records: 0,
    entries: 0,
    rejects: 0,
    ignored: 0,
    undated: 0,
    duplicates: 0,
    flags: 0,
    gaps: new Float64Array(0),
  };
  const ledger = { entries: 0, rejects: 0, ignored: 0, blank: 0, total: 500 };
  return { state: "refused", bytes: 500, sha256: undefined, ...counts, ledger, problem: undefined };
}
