import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import type { MemberId } from "../../workers/contract.ts";
import { CaseReader } from "../../workers/store/case-reader.ts";
import { CaseWriter } from "../../workers/store/case-writer.ts";
import { describeSchema } from "../../workers/store/schema-check.ts";
import { textsOf } from "./support/expected.ts";
import { importSource, lines } from "./support/evidence.ts";
import { faultFrom } from "./support/faults.ts";
import { temporaryCase } from "./support/temporary.ts";

const fixtures = join(import.meta.dirname, "fixtures");

function versionZero(): string {
  const file = temporaryCase("old.exhibit");
  const db = new Database(file);
  db.exec(readFileSync(join(fixtures, "case-v0.sql"), "utf8"));
  db.close();
  return file;
}

function read<T>(file: string, sql: string): T[] {
  const db = new Database(file, { readonly: true });
  const rows = db.prepare<[], T>(sql).all();
  db.close();
  return rows;
}

describe("a case of version 0", () => {
  test("is copied beside itself first, byte for byte", () => {
    const file = versionZero();
    const before = readFileSync(file);
    CaseWriter.open(file).close();
    expect(readdirSync(dirname(file)).toSorted()).toEqual(["old.exhibit", "old.v0.exhibit"]);
    expect(readFileSync(join(dirname(file), "old.v0.exhibit")).equals(before)).toBe(true);
  });

  test("never overwrites an earlier copy", () => {
    const file = versionZero();
    writeFileSync(join(dirname(file), "old.v0.exhibit"), "mine");
    CaseWriter.open(file).close();
    expect(readFileSync(join(dirname(file), "old.v0.exhibit"), "utf8")).toBe("mine");
    expect(readdirSync(dirname(file)).toSorted()).toEqual(["old.exhibit", "old.v0-2.exhibit", "old.v0.exhibit"]);
  });

  test("becomes exactly these rows", () => {
    const file = versionZero();
    const blocks = read(file, "SELECT * FROM block");
    CaseWriter.open(file).close();
    expect(read(file, "SELECT * FROM setting")).toEqual([
      { name: "revision", value: "1" },
      { name: "segment_entries", value: "65536" },
    ]);
    expect(read(file, "SELECT * FROM source")).toEqual([
      {
        id: 1,
        name: "audit.log",
        path: "/evidence/audit.log",
        bytes: 43,
        mtime: 1_700_000_000_000,
        sha256: "f3b1f8b95dc8c1d8f1a1ed2ee5e84d92ae2f2ba0b6c1a6d3b6f0f5b5e1b6d6a7",
        container: "plain",
        state: "ready",
        code: "AA",
        lane: 0,
        imported_at: 1_700_000_000_000,
        problems: "[]",
      },
    ]);
    expect(read(file, "SELECT * FROM member")).toEqual([
      {
        id: 1,
        source_id: 1,
        path: "audit.log",
        ordinal: 0,
        carrier: "lines",
        format: "auditd",
        format_title: "auditd",
        parser: "auditd@0",
        reasons: "[]",
        overridden: 0,
        bytes: 43,
        sha256: "8b3f96f5b3d5e7b7ef6a4f4b5f66c9b0a3de2ad2bbbe5f6cf4d08a0c4b5a4f3c",
        zone: null,
        clock: null,
        records: 4,
        entries: 3,
        first_entry: 0,
        rejects: 1,
        ignored: 0,
        undated: 0,
        duplicates: 0,
        first_time: null,
        last_time: null,
        ledger: '{"entries":33,"rejects":10,"ignored":0,"blank":0,"total":43}',
        state: "ready",
        problem: null,
      },
    ]);
    expect(read(file, "SELECT * FROM block")).toEqual(blocks);
    expect(read(file, "SELECT name, origin, kind, overflow FROM field ORDER BY id")).toEqual([
      ...[
        ["time", "time"],
        ["member", "int"],
        ["flags", "bits"],
        ["precision", "int"],
        ["block", "int"],
      ].map(system),
      ...[
        ["off", "int"],
        ["len", "int"],
        ["spans", "int"],
      ].map(system),
      { name: "actor", origin: "canonical", kind: "dict", overflow: 0 },
      { name: "exe", origin: "original", kind: "dict", overflow: 0 },
    ]);
    expect(
      read(file, "SELECT field_id, seg, kind, n, width, hex(data) AS data FROM col_seg ORDER BY field_id"),
    ).toEqual([
      { field_id: 1, seg: 0, kind: "time", n: 3, width: 8, data: "0000000060E346410000000080842E41000000000000F87F" },
      { field_id: 4, seg: 0, kind: "int", n: 3, width: 1, data: "030300" },
      { field_id: 6, seg: 0, kind: "int", n: 3, width: 1, data: "000A13" },
      { field_id: 7, seg: 0, kind: "int", n: 3, width: 1, data: "0A090A" },
      { field_id: 8, seg: 0, kind: "int", n: 3, width: 1, data: "000100" },
      { field_id: 9, seg: 0, kind: "dict", n: 3, width: 1, data: "010201" },
      { field_id: 10, seg: 0, kind: "dict", n: 2, width: 1, data: "0001" },
    ]);
    expect(read(file, "SELECT * FROM span")).toEqual([{ entry: 1, ord: 1, block_id: 0, off: 39, len: 6 }]);
    expect(read(file, "SELECT * FROM reject")).toEqual([
      { id: 1, member_id: 1, line: 4, block_id: 0, off: 29, len: 10, code: "torn", detail: "" },
    ]);
    expect(read(file, "SELECT seq, at, examiner, kind, payload FROM action")).toEqual([
      { seq: 1, at: 1_700_000_000_000, examiner: "R. Example", kind: "case.create", payload: "{}" },
    ]);
    expect(read(file, "SELECT count(*) AS n FROM gap")).toEqual([{ n: 0 }]);
    expect(read(file, "SELECT * FROM reading")).toEqual([]);
    expect(read(file, "PRAGMA user_version")).toEqual([{ user_version: 4 }]);
    expect(read(file, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  });

  test("reads like a new one afterwards, and takes more", async () => {
    const file = versionZero();
    const writer = CaseWriter.open(file);
    const reader = CaseReader.open(file);
    expect([...reader.time]).toEqual([3e6, 1e6, Number.NaN]);
    expect([...(reader.timeOrder ?? [])]).toEqual([1, 0, 2]);
    const actor = reader.field("actor");
    if (actor === undefined || actor.kind === "hash64") throw new Error("actor is not a dictionary");
    expect([0, 1, 2].map((entry) => textsOf(actor, entry))).toEqual([["root"], ["alice"], ["root"]]);
    expect(reader.originalNames).toEqual(["exe"]);
    expect(Buffer.from(reader.text.bytes(1)).toString()).toBe("second a\nsec b\n");
    expect(Buffer.from(reader.rejects(0, 1, 1 as MemberId, undefined).rows[0]?.bytes ?? []).toString()).toBe(
      "torn line\n",
    );
    await importSource(writer, lines("new.log", 5));
    const after = reader.refresh();
    expect(after.entries).toBe(8);
    expect(Buffer.from(after.text.bytes(3)).toString()).toBe("line 0 of new.log\n");
    reader.close();
    writer.close();
  });

  test("is not read before it was upgraded, and a failed upgrade leaves it as it was", () => {
    const file = versionZero();
    const before = readFileSync(file);
    const fault = faultFrom(() => CaseReader.open(file));
    expect(fault.code).toBe("target.unwritable");
    expect(fault.message).toContain("upgraded");
    expect(readFileSync(file).equals(before)).toBe(true);

    const db = new Database(file);
    db.exec("INSERT INTO source VALUES (2, 'x', 'x', 1, 1, NULL, 'plain', 'lost')");
    db.close();
    const odd = readFileSync(file);
    expect(faultFrom(() => CaseWriter.open(file)).code).toBe("store.corrupt");
    expect(readFileSync(file).equals(odd)).toBe(true);
  });
});

/** A case as version 1 wrote it: what a new one is without the tables that later versions brought. */
async function versionOne(): Promise<string> {
  const file = temporaryCase("older.exhibit");
  const writer = CaseWriter.create(file);
  await importSource(writer, lines("old.log", 9));
  writer.close();
  const db = new Database(file);
  db.exec("DROP TABLE reading; DROP TABLE ledger_table; DROP TABLE identity_setup; DROP TABLE identity_match");
  db.exec("DROP TABLE time_change; DROP TABLE written_time");
  db.pragma("user_version = 1");
  db.close();
  return file;
}

describe("a case of version 1", () => {
  test("is copied beside itself, then reads and grows like a new one", async () => {
    const file = await versionOne();
    const before = readFileSync(file);
    const writer = CaseWriter.open(file);
    expect(readFileSync(join(dirname(file), "older.v1.exhibit")).equals(before)).toBe(true);
    await importSource(writer, lines("new.log", 5));
    writer.close();
    const reader = CaseReader.open(file);
    expect(reader.entries).toBe(14);
    expect(reader.members.map(({ reading }) => reading)).toEqual([{}, {}]);
    expect(Buffer.from(reader.text.bytes(3)).toString()).toBe("line 3 of old.log\n");
    expect(reader.info()).toMatchObject({ schema: 4, state: "sealed" });
    reader.close();
  });

  test("gets the schema of a new one", async () => {
    const file = await versionOne();
    CaseWriter.open(file).close();
    const db = new Database(file, { readonly: true });
    expect(readFileSync(join(fixtures, "schema.golden.sql"), "utf8")).toContain(describeSchema(db));
    db.close();
  });
});

test("the schema is the one on record", () => {
  const golden = join(fixtures, "schema.golden.sql");
  const file = temporaryCase();
  CaseWriter.create(file).close();
  const db = new Database(file, { readonly: true });
  const settings = ["application_id", "user_version", "page_size", "journal_mode"].map(
    (name) => `-- ${name} ${String(db.pragma(name, { simple: true }))}\n`,
  );
  const text = `${settings.join("")}\n${describeSchema(db)}`;
  db.close();
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, "utf8"));
});

test("an upgraded case has the schema of a new one", () => {
  const file = versionZero();
  CaseWriter.open(file).close();
  const db = new Database(file, { readonly: true });
  expect(readFileSync(join(fixtures, "schema.golden.sql"), "utf8")).toContain(describeSchema(db));
  db.close();
});

function system([name, kind]: string[]): unknown {
  return { name, origin: "system", kind, overflow: 0 };
}
