/**
 * Opens case files. A case that is open for writing is in WAL mode with its side files; closing the writer folds them
 * back, so that a finished case is one file that a reader on read-only media can open.
 */
import { copyFileSync, constants, existsSync, rmSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import Database from "better-sqlite3";
import type { Brand } from "../contract.ts";
import { raise } from "../base/fault.ts";
import { APPLICATION_ID, checkHeader, checkVersion } from "./case-header.ts";
import { createSchema, migrate, SCHEMA_VERSION } from "./migrations/registry.ts";
import { checkSchema } from "./schema-check.ts";
import { corrupt, notACase, storeFault } from "./sqlite-fault.ts";

export type ReadDb = Brand<Database.Database, "ReadDb">;
export type WriteDb = Brand<ReadDb, "WriteDb">;

export interface ConnectionOptions {
  /** Tests only: the file may not grow beyond this many pages of 8 KiB. */
  readonly maxPages?: number;
  /** Tests only: entries a segment, 65,536 unless stated. Fixed when the case is made. */
  readonly segmentEntries?: number;
}

const GIB = 2 ** 30;
const BUSY_MS = 2_000;

/** Makes a new case. Faults: store.exists, target.unwritable, disk.full. */
export function createCase(path: string, options: ConnectionOptions = {}): WriteDb {
  const file = resolve(path);
  if (existsSync(file)) {
    raise("store.exists", `${basename(file)} exists already.`, "Open it, or choose another name for the new case.");
  }
  if (!existsSync(dirname(file))) {
    raise("target.unwritable", `The folder ${dirname(file)} is not there.`, "Choose a folder that exists.");
  }
  let db: Database.Database | undefined;
  try {
    db = connect(file, false);
    db.pragma("page_size = 8192");
    db.pragma(`application_id = ${APPLICATION_ID}`);
    if (options.maxPages !== undefined) db.pragma(`max_page_count = ${options.maxPages}`);
    writeSchema(db, options);
    prepareForWriting(db);
    return db as WriteDb;
  } catch (error) {
    if (db !== undefined) discard(db, file);
    throw storeFault(error, file);
  }
}

/** Opens a case for writing; an older one is copied to `name.vN.exhibit` and brought up to date first. */
export function openForWriting(path: string, options: ConnectionOptions = {}): WriteDb {
  const file = resolve(path);
  let db: Database.Database | undefined;
  try {
    checkHeader(file);
    if (existsSync(walOf(file))) foldWal(file);
    const version = checkHeader(file);
    if (version < SCHEMA_VERSION) upgrade(file, version);
    db = connect(file, false);
    checkOpened(db, file);
    if (options.maxPages !== undefined) db.pragma(`max_page_count = ${options.maxPages}`);
    prepareForWriting(db);
    return db as WriteDb;
  } catch (error) {
    db?.close();
    throw storeFault(error, file);
  }
}

/** Opens a case for reading. An older one must be opened for writing once before (target.unwritable says so). */
export function openForReading(path: string): ReadDb {
  const file = resolve(path);
  let db: Database.Database | undefined;
  try {
    // A -wal says that someone writes the case, maybe this process, whose locks a look at the header would drop.
    if (!existsSync(walOf(file))) checkHeader(file);
    db = connect(file, true);
    const version = checkOpened(db, file);
    if (version < SCHEMA_VERSION) refuseOld(file);
    db.pragma(`mmap_size = ${Math.min(statSync(file).size, 2 * GIB - 65_536)}`);
    db.pragma("cache_size = -65536");
    return db as ReadDb;
  } catch (error) {
    db?.close();
    throw storeFault(error, file);
  }
}

/** Closes a writer so that one file is left. A reader elsewhere keeps the side files until it closes. */
export function closeWriter(db: WriteDb): void {
  try {
    db.pragma("wal_checkpoint(TRUNCATE)");
    db.pragma("busy_timeout = 0");
    db.pragma("journal_mode = DELETE");
  } catch (error) {
    const isShared = error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
    if (!isShared) throw storeFault(error, db.name);
  } finally {
    db.close();
  }
}

function connect(file: string, readonly: boolean): Database.Database {
  const db = new Database(file, { readonly, timeout: BUSY_MS, ...nativeBinding() });
  db.pragma("trusted_schema = OFF");
  db.pragma("cell_size_check = ON");
  db.pragma("temp_store = MEMORY");
  return db;
}

/** The binding compiled for an older Electron, where the launcher names one. */
function nativeBinding(): { nativeBinding?: string } {
  const path = process.env["EXHIBIT_SQLITE_BINDING"];
  return path === undefined || path === "" ? {} : { nativeBinding: path };
}

function writeSchema(db: Database.Database, options: ConnectionOptions): void {
  db.transaction(() => {
    createSchema(db);
    const insert = db.prepare("INSERT INTO setting (name, value) VALUES (?, ?)");
    insert.run("revision", "1");
    insert.run("segment_entries", String(options.segmentEntries ?? 65_536));
  })();
}

function prepareForWriting(db: Database.Database): void {
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.pragma("wal_autocheckpoint = 8000");
  // Writing is as fast with 2 MB as with 512: the pages of blobs are not read again.
  db.pragma("cache_size = -8192");
  db.pragma("foreign_keys = OFF");
}

function checkOpened(db: Database.Database, file: string): number {
  if (db.pragma("application_id", { simple: true }) !== APPLICATION_ID) throw notACase(file);
  const version = checkVersion(file, Number(db.pragma("user_version", { simple: true })));
  if (version === SCHEMA_VERSION) checkSchema(db, file, nativeBinding());
  return version;
}

/** A -wal left by a crash belongs to the case: it is folded in before the version is read or the file copied. */
function foldWal(file: string): void {
  const db = connect(file, false);
  try {
    db.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    db.close();
  }
}

function walOf(file: string): string {
  return `${file}-wal`;
}

function upgrade(file: string, from: number): void {
  copyFileSync(file, freeCopyName(file, from), constants.COPYFILE_EXCL);
  const db = connect(file, false);
  try {
    db.pragma("legacy_alter_table = ON");
    db.pragma("foreign_keys = OFF");
    db.transaction(() => upgradeInside(db, file, from)).immediate();
  } finally {
    db.close();
  }
}

/** Nothing of an older case is changed unless all of it fits the new schema. */
function upgradeInside(db: Database.Database, file: string, from: number): void {
  const active = db
    .prepare("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view') OR sql LIKE '%VIRTUAL%'")
    .all();
  if (active.length > 0) throw corrupt(file, "its tables are not those of a case");
  try {
    migrate(db, from);
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : "";
    const isMisfit = code === "SQLITE_ERROR" || code.startsWith("SQLITE_CONSTRAINT");
    throw isMisfit ? corrupt(file, "rows of the older version do not fit together") : error;
  }
  checkSchema(db, file, nativeBinding());
  const loose = db.pragma("foreign_key_check");
  if (!Array.isArray(loose) || loose.length > 0) throw corrupt(file, "rows of the older version do not fit together");
}

function freeCopyName(file: string, version: number): string {
  const stem = file.endsWith(".exhibit") ? file.slice(0, -".exhibit".length) : file;
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${stem}.v${version}.exhibit` : `${stem}.v${version}-${n}.exhibit`;
    if (!existsSync(name)) return name;
  }
}

function refuseOld(file: string): never {
  return raise(
    "target.unwritable",
    `${basename(file)} was written by an earlier version and must be upgraded before it is read.`,
    "Copy it to a folder where you may write, and open it there.",
  );
}

/** Takes back a case that could not be made. */
function discard(db: Database.Database, file: string): void {
  db.close();
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${file}${suffix}`, { force: true });
}
