import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { CaseReader } from "../../workers/store/case-reader.ts";
import { CaseWriter } from "../../workers/store/case-writer.ts";
import { importSource, lines } from "./support/evidence.ts";
import { faultFrom, faultFromAsync } from "./support/faults.ts";
import { temporaryCase, temporaryFolder } from "./support/temporary.ts";

async function finishedCase(): Promise<string> {
  const file = temporaryCase();
  const writer = CaseWriter.create(file);
  await importSource(writer, lines("a.log", 20));
  writer.close();
  return file;
}

/** Both ways to open must refuse alike. */
const openers = [
  ["for writing", (file: string) => CaseWriter.open(file).close()],
  ["for reading", (file: string) => CaseReader.open(file).close()],
] as const;

describe.each(openers)("opening %s", (_, open) => {
  const foreign: readonly (readonly [name: string, make: (file: string) => void])[] = [
    ["a text file", (file) => writeFileSync(file, "type=SYSCALL msg=audit(1.0:1): ".repeat(100))],
    ["an empty file", (file) => writeFileSync(file, "")],
    ["a short file", (file) => writeFileSync(file, "SQLite format 3\0")],
    ["a directory", (file) => mkdirSync(file)],
    ["a database of another program", (file) => foreignDatabase(file, "DELETE")],
    ["a database of another program in WAL mode", (file) => foreignDatabase(file, "WAL")],
  ];
  test.each(foreign)("refuses %s, and leaves it as it was", (_name, make) => {
    const file = temporaryCase("thing.exhibit");
    make(file);
    const before = fingerprint(file);
    const fault = faultFrom(() => open(file));
    expect(fault.code).toBe("store.not-a-case");
    expect(fault.message).toContain("thing.exhibit");
    expect(fault.next).not.toBe("");
    expect(fingerprint(file)).toEqual(before);
  });

  test("refuses another program's database whose -wal still lies beside it, and leaves both as they were", () => {
    const file = temporaryCase("thing.exhibit");
    const original = temporaryCase("original.db");
    const db = new Database(original);
    db.pragma("journal_mode = WAL");
    db.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    for (const suffix of ["", "-wal"]) copyFileSync(original + suffix, file + suffix);
    db.close();
    const before = [fingerprint(file), readFileSync(`${file}-wal`)];
    expect(faultFrom(() => open(file)).code).toBe("store.not-a-case");
    expect([fingerprint(file), readFileSync(`${file}-wal`)]).toEqual(before);
  });

  test("says that a missing case is missing", () => {
    expect(faultFrom(() => open(temporaryCase())).code).toBe("store.none");
  });

  test("refuses a newer case, names both versions and leaves it as it was", async () => {
    const file = await finishedCase();
    change(file, (db) => db.pragma("user_version = 7"));
    const before = fingerprint(file);
    const fault = faultFrom(() => open(file));
    expect(fault.code).toBe("store.newer");
    expect(fault.message).toMatch(/version 7.*version 4/);
    expect(fingerprint(file)).toEqual(before);
  });

  const forgeries = [
    ["a trigger", "CREATE TRIGGER t AFTER INSERT ON source BEGIN DELETE FROM action; END"],
    ["a view", "CREATE VIEW v AS SELECT * FROM source"],
    ["a table more", "CREATE TABLE extra (x)"],
    ["a table less", "DROP TABLE gap"],
    ["a column more", "ALTER TABLE source ADD COLUMN extra TEXT"],
  ] as const;
  test.each(forgeries)("refuses a case with %s", async (_name, sql) => {
    const file = await finishedCase();
    change(file, (db) => db.exec(sql));
    expect(faultFrom(() => open(file)).code).toBe("store.corrupt");
  });

  test("refuses a case whose pages are overwritten", async () => {
    const file = await finishedCase();
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 0x5a)]));
    expect(faultFrom(() => open(file)).code).toBe("store.corrupt");
  });
});

describe("a case with forged columns is refused where it is read", () => {
  const forgeries = [
    ["a segment too short", "UPDATE col_seg SET data = x'00' WHERE kind = 'dict'"],
    ["an unknown width", "UPDATE col_seg SET width = 3 WHERE kind = 'dict'"],
    ["a packed segment with bytes that do not unpack", "UPDATE col_seg SET width = width + 16 WHERE kind = 'dict'"],
    ["more entries than a segment holds", "UPDATE col_seg SET n = 70000 WHERE kind = 'dict'"],
    ["a dictionary out of order", "UPDATE dict_seg SET ends = CAST(x'ffffff7f' || substr(ends, 5) AS BLOB)"],
  ] as const;
  test.each(forgeries)("%s", async (_name, sql) => {
    const file = await finishedCase();
    change(file, (db) => db.exec(sql));
    const reader = CaseReader.open(file);
    expect(faultFrom(() => reader.field("actor")).code).toBe("store.corrupt");
    reader.close();
  });

  test("a block that unpacks to another length", async () => {
    const file = await finishedCase();
    change(file, (db) => db.exec("UPDATE block SET raw_len = raw_len + 1 WHERE id = 0"));
    const reader = CaseReader.open(file);
    expect(faultFrom(() => reader.text.bytes(0)).code).toBe("store.corrupt");
    reader.close();
  });

  test("an entry in a block that is not there", async () => {
    const file = await finishedCase();
    change(file, (db) => db.exec("DELETE FROM block"));
    const reader = CaseReader.open(file);
    expect(faultFrom(() => reader.text.bytes(0)).code).toBe("store.corrupt");
    reader.close();
  });
});

test("a new case never overwrites a file", () => {
  const file = temporaryCase();
  writeFileSync(file, "evidence");
  expect(faultFrom(() => CaseWriter.create(file)).code).toBe("store.exists");
  expect(readFileSync(file, "utf8")).toBe("evidence");
});

test("a new case in a folder that is not there leaves nothing", () => {
  const folder = temporaryFolder();
  expect(faultFrom(() => CaseWriter.create(join(folder, "none", "c.exhibit"))).code).toBe("target.unwritable");
  expect(readdirSync(folder)).toEqual([]);
});

test("a finished case is one file, and opens where nothing may be written", async () => {
  const file = await finishedCase();
  expect(readdirSync(dirname(file))).toEqual([basename(file)]);
  chmodSync(file, 0o400);
  chmodSync(dirname(file), 0o500);
  const reader = CaseReader.open(file);
  expect(reader.entries).toBe(20);
  reader.close();
  chmodSync(dirname(file), 0o700);
  expect(readdirSync(dirname(file))).toEqual([basename(file)]);
});

test("a reader that outlives the writer leaves one file when it closes", async () => {
  const file = temporaryCase();
  const writer = CaseWriter.create(file);
  await importSource(writer, lines("a.log", 20));
  const reader = CaseReader.open(file);
  writer.close();
  expect(Buffer.from(reader.text.bytes(3)).toString()).toBe("line 3 of a.log\n");
  reader.close();
  expect(existsSync(file)).toBe(true);
  CaseWriter.open(file).close();
  expect(readdirSync(dirname(file))).toEqual([basename(file)]);
});

test("of two that write, the second is told", async () => {
  const file = temporaryCase();
  const one = CaseWriter.create(file);
  const other = CaseWriter.open(file);
  await importSource(one, lines("a.log", 5));
  expect((await faultFromAsync(() => importSource(other, lines("b.log", 5)))).code).toBe("store.locked");
  one.close();
  other.close();
});

function foreignDatabase(file: string, mode: string): void {
  const db = new Database(file);
  db.pragma(`journal_mode = ${mode}`);
  db.exec("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  db.close();
}

function change(file: string, work: (db: Database.Database) => void): void {
  const db = new Database(file);
  db.unsafeMode(true);
  work(db);
  db.close();
}

/** Names, sizes, times and content of what lies at and beside a path. */
function fingerprint(file: string): unknown {
  const stat = statSync(file);
  const content = stat.isFile() ? readFileSync(file).toString("latin1") : readdirSync(file);
  const beside = readdirSync(dirname(file)).filter((name) => !name.endsWith("-wal") && !name.endsWith("-shm"));
  return { content, mtime: stat.mtimeMs, size: stat.size, beside };
}
