/**
 * A case as one revision of it was: columns in memory, evidence by block. Snapshots of one case share what they have
 * loaded, which is safe because entries are only ever appended; `refresh` makes the next one.
 */
import { raise } from "../base/fault.ts";
import type {
  ByteMap,
  CaseInfo,
  LoggedTimeChange,
  MemberId,
  MemberInfo,
  RejectPage,
  SourceId,
  SourceInfo,
} from "../contract.ts";
import type { CaseColumns, Codes, StoredField } from "../query/columns.ts";
import type { IdentityMatches } from "../query/identities.ts";
import { BlockStore } from "./block-store.ts";
import { byteMapOf } from "./byte-map.ts";
import { readCaseInfo, readSources } from "./case-info.ts";
import { openForReading, type ReadDb } from "./connection.ts";
import { entryCount, segmentEntries } from "./entry-count.ts";
import {
  type IdentitySetup,
  type LedgerFile,
  type MatchRun,
  readLedgerFile,
  readMatches,
  readRun,
  readSetup,
  runMark,
} from "./identity-store.ts";
import { LoadedField } from "./loaded-field.ts";
import { type IntField, LoadedSystem } from "./loaded-system.ts";
import { type KnownTimes, LoadedTimes } from "./loaded-times.ts";
import { readRejects } from "./reject-page.ts";
import { SegmentError } from "./segment-codec.ts";
import { corrupt, storeFault } from "./sqlite-fault.ts";
import { allFields, type FieldRow, fieldsWithSegments } from "./statements/columns.ts";
import { readSetting } from "./statements/settings.ts";
import { storedTimeOrder } from "./stored-order.ts";
import { type MemberSpan, type Reread, StoredText } from "./stored-text.ts";
import { type ImportedTime, importedTimes, timeChanges } from "./time-in-force.ts";
import { finish, isInTimeOrder, timeOrder } from "./time-order.ts";
import { timeVersion } from "./time-view.ts";

/** Makes what parses entries again for a snapshot. */
export type RereadFactory = (reader: CaseReader) => Reread;

/** What the snapshots of one open case share. */
interface Shared {
  readonly db: ReadDb;
  readonly capacity: number;
  readonly blocks: BlockStore;
  readonly system: LoadedSystem;
  readonly fields: Map<number, LoadedField>;
  readonly reread: RereadFactory;
  /** Read anew after each run of the matching alone. */
  matches: { readonly mark: string; readonly found: IdentityMatches | undefined };
  readonly times: LoadedTimes;
}

/** What is read anew for each snapshot, in one transaction. */
interface Snapshot {
  readonly revision: number;
  readonly entries: number;
  readonly sources: readonly SourceInfo[];
  readonly fields: readonly FieldRow[];
  readonly withColumn: ReadonlySet<number>;
  readonly identities: IdentityMatches | undefined;
  readonly times: KnownTimes;
}

const ORIGINAL = "raw.";

export class CaseReader implements CaseColumns {
  readonly file: string;
  readonly revision: number;
  readonly entries: number;
  readonly time: Float64Array;
  /** As the import read it; NaN = undated. */
  readonly recordedTime: Float64Array;
  /** `time` before clocks were corrected. */
  readonly uncorrectedTime: Float64Array;
  readonly flags: Uint32Array;
  readonly precision: Uint8Array;
  readonly member: Codes;
  readonly members: readonly MemberInfo[];
  readonly sources: readonly SourceInfo[];
  readonly removed: readonly { readonly first: number; readonly end: number }[];
  readonly canonicalNames: readonly string[];
  readonly originalNames: readonly string[];
  readonly overflowNames: readonly string[];
  readonly text: StoredText;
  readonly identities: IdentityMatches | undefined;
  readonly #shared: Shared;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #fields = new Map<number, StoredField>();
  readonly #orderBefore: Uint32Array | undefined;
  readonly #timeVersion: string;
  #order: { readonly known: Uint32Array | undefined } | undefined;
  #imported: ReadonlyMap<MemberId, ImportedTime> | undefined;

  /**
   * Opens a case for reading. Faults: store.none, store.not-a-case, store.newer, store.corrupt, store.locked,
   * target.unwritable (an older case that must be upgraded first).
   */
  static open(file: string, reread: RereadFactory = noReread): CaseReader {
    const db = openForReading(file);
    try {
      return sorted(db, () => {
        const capacity = segmentEntries(db);
        const system = new LoadedSystem(db, capacity);
        const times = new LoadedTimes(db);
        const matches = { mark: "", found: undefined };
        const shared = { db, capacity, blocks: new BlockStore(db), system, fields: new Map(), reread, times, matches };
        return new CaseReader(shared, undefined);
      });
    } catch (error) {
      db.close();
      throw error;
    }
  }

  private constructor(shared: Shared, before: CaseReader | undefined) {
    const snapshot = inOneRead(shared.db, () => takeSnapshot(shared));
    const { entries, sources, fields, withColumn, times } = snapshot;
    const ints = (name: IntField): Codes => shared.system.ints(name, entries);
    this.#shared = shared;
    this.file = shared.db.name;
    this.revision = snapshot.revision;
    this.entries = entries;
    this.sources = sources;
    this.identities = snapshot.identities;
    this.members = sources.flatMap((source) => source.members).toSorted((a, b) => a.id - b.id);
    this.removed = sources.filter((source) => source.state === "replaced").flatMap(stretches);
    this.recordedTime = times.recorded.time;
    this.time = times.view?.time ?? this.recordedTime;
    this.uncorrectedTime = times.view?.uncorrected ?? this.recordedTime;
    this.flags = times.view?.flags ?? times.recorded.flags;
    this.#timeVersion = times.version;
    this.precision = asBytes(ints("precision"));
    this.member = ints("member");
    const columns = fields.filter((row) => row.overflow === 0 && withColumn.has(row.id));
    this.canonicalNames = columns.filter((row) => row.origin === "canonical").map((row) => row.name);
    this.originalNames = columns.filter((row) => row.origin === "original").map((row) => row.name);
    this.overflowNames = fields.filter((row) => row.overflow !== 0).map((row) => row.name);
    this.#ids = new Map(columns.map((row) => [queryName(row), row.id]));
    const isRetimed = before === undefined || before.#timeVersion !== this.#timeVersion;
    this.#orderBefore = isRetimed ? undefined : before.timeOrder;
    const places = { block: ints("block"), off: ints("off"), len: ints("len"), spans: ints("spans") };
    this.text = new StoredText(shared.db, shared.blocks, places, shared.reread(this));
  }

  get timeOrder(): Uint32Array | undefined {
    this.#order ??= { known: this.#guard(() => this.#orderEntries()) };
    return this.#order.known;
  }

  field(name: string): StoredField | undefined {
    const id = this.#ids.get(name);
    if (id === undefined) return undefined;
    let field = this.#fields.get(id);
    if (field === undefined) {
      field = this.#guard(() => inOneRead(this.#shared.db, () => this.#load(id)));
      this.#fields.set(id, field);
    }
    return field;
  }

  /** The case as it is now; this snapshot stays as it was. The same snapshot when nothing was committed since. */
  refresh(): CaseReader {
    return this.#guard(() => {
      if (storedRevision(this.#shared.db) === this.revision) return this;
      return new CaseReader(this.#shared, this);
    });
  }

  /** As of now, not of this snapshot. `running`: sources that are being imported; others so marked were cut off. */
  info(running: readonly SourceId[] = []): CaseInfo {
    return this.#guard(() => readCaseInfo(this.#shared.db, this.file, running));
  }

  rejects(first: number, count: number, member: MemberId | undefined, code: string | undefined): RejectPage {
    return this.#guard(() => readRejects(this.#shared.db, this.#shared.blocks, first, count, member, code));
  }

  /** Fault: request.stale for a member that is not in the case. */
  byteMap(member: MemberId, cells: number): ByteMap {
    return this.#guard(() => byteMapOf(this.#shared.db, this.#shared.blocks, this.#memberOf(member), cells));
  }

  /** Bytes of a member; fewer than asked for where it ends, or was not read further. */
  bytes(member: MemberId, offset: number, length: number): Uint8Array {
    return this.#guard(() => {
      const { blocks } = this.#shared;
      const block = blocks.find(this.#memberOf(member).id, offset);
      return block === undefined ? new Uint8Array(0) : blocks.read(block, offset - blocks.offsetOf(block), length);
    });
  }

  /** The member an entry belongs to, and its stretches in the order of its records, each with the member it lies in. */
  placeOf(entry: number): { readonly member: MemberInfo; readonly spans: readonly MemberSpan[] } {
    const member = this.members[this.member[entry] ?? -1];
    if (member === undefined) {
      return raise("request.stale", `There is no entry ${entry}.`, "Look at the list again.");
    }
    return { member, spans: this.#guard(() => this.text.spansOf(entry)) };
  }

  /** As of now, not of this snapshot. */
  setting(name: string): string | undefined {
    return this.#guard(() => readSetting(this.#shared.db, name));
  }

  /** What identity matching rests on, as of now. */
  identityState(): { readonly setup: IdentitySetup; readonly run: MatchRun | undefined } {
    return this.#guard(() => ({ setup: readSetup(this.#shared.db), run: readRun(this.#shared.db) }));
  }

  /** A table of the identity ledger. Fault: store.corrupt. */
  ledgerFile(id: number): LedgerFile {
    return this.#guard(() => readLedgerFile(this.#shared.db, id));
  }

  /** Closes the case for all snapshots. */
  close(): void {
    this.#shared.db.close();
  }

  #load(id: number): StoredField {
    return loadedField(this.#shared, id).load(this.entries);
  }

  /**
   * A stored order may be older than this snapshot, or newer; what it says of these entries holds in either case, unless
   * the assumptions about time have changed between.
   */
  #orderEntries(): Uint32Array | undefined {
    const known = this.#orderBefore ?? this.#storedOrder();
    if (known.length === this.entries && known.length > 0) return known;
    if (known.length === 0 && isInTimeOrder(this.time)) return undefined;
    return finish(timeOrder(this.time, known));
  }

  #storedOrder(): Uint32Array {
    return inOneRead(this.#shared.db, () => {
      if (timeVersion(this.#shared.db) !== this.#timeVersion) return new Uint32Array(0);
      return storedTimeOrder(this.#shared.db).filter((entry) => entry < this.entries);
    });
  }

  /** The assumptions about time that were changed, oldest first. As of now, not of this snapshot. */
  timeChanges(): readonly LoggedTimeChange[] {
    return this.#guard(() => timeChanges(this.#shared.db));
  }

  /** The zone and year that a member was imported with. */
  importedTime(id: MemberId): ImportedTime {
    this.#imported ??= this.#guard(() => importedTimes(this.#shared.db));
    return this.#imported.get(id) ?? { zone: undefined, year: undefined };
  }

  /** Fault: request.stale for a member that is not in the case. */
  memberInfo(id: MemberId): MemberInfo {
    return this.#memberOf(id);
  }

  #memberOf(id: MemberId): MemberInfo {
    const member = this.members[id - 1];
    return member ?? raise("request.stale", `There is no member ${id} in the case.`, "Look at the list again.");
  }

  #guard<T>(work: () => T): T {
    return sorted(this.#shared.db, work);
  }
}

function takeSnapshot(shared: Shared): Snapshot {
  const { db, capacity, system, blocks, times } = shared;
  const entries = entryCount(db, capacity);
  system.refresh(entries);
  blocks.refresh();
  const recorded = { time: system.time(entries), flags: asFlags(system.ints("flags", entries)) };
  const mark = runMark(db);
  if (mark !== shared.matches.mark) shared.matches = { mark, found: readMatches(db) };
  return {
    revision: storedRevision(db),
    entries,
    sources: readSources(db, []),
    fields: allFields(db).filter((row) => row.origin !== "system"),
    withColumn: new Set(fieldsWithSegments(db)),
    identities: shared.matches.found,
    times: times.of(recorded, (id) => loadedField(shared, id).load(entries)),
  };
}

function loadedField({ db, capacity, fields }: Shared, id: number): LoadedField {
  let loaded = fields.get(id);
  if (loaded === undefined) {
    loaded = new LoadedField(db, id, capacity);
    fields.set(id, loaded);
  }
  return loaded;
}

function queryName(row: FieldRow): string {
  return row.origin === "original" ? `${ORIGINAL}${row.name}` : row.name;
}

/** Entries of a member stand together. */
function stretches(source: SourceInfo): { first: number; end: number }[] {
  return source.members
    .filter((member) => member.entries > 0)
    .map((member) => ({ first: member.firstEntry, end: member.firstEntry + member.entries }));
}

function asFlags(values: Codes): Uint32Array {
  return values instanceof Uint32Array ? values : Uint32Array.from(values);
}

/** Digits after the second; a forged case may hold more than fits. */
function asBytes(values: Codes): Uint8Array {
  return values instanceof Uint8Array ? values : Uint8Array.from(values);
}

function storedRevision(db: ReadDb): number {
  return Number(readSetting(db, "revision") ?? 0);
}

/** Several reads of one state of the case, whatever a writer commits meanwhile. */
function inOneRead<T>(db: ReadDb, work: () => T): T {
  if (db.inTransaction) return work();
  db.exec("BEGIN");
  try {
    return work();
  } finally {
    db.exec("COMMIT");
  }
}

/** What is wrong with the file becomes a fault. */
function sorted<T>(db: ReadDb, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SegmentError) throw corrupt(db.name, error.message);
    throw storeFault(error, db.name);
  }
}

function noReread(): Reread {
  const refuse = (): never => {
    throw new Error("this reader was opened without the means to parse entries again");
  };
  return { values: refuse, allValues: refuse };
}
