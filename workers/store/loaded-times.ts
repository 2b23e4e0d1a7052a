import type { HostField } from "../contract.ts";
import type { StoredField } from "../query/columns.ts";
import type { ReadDb } from "./connection.ts";
import type { TimeColumns, TimeView } from "./effective-time.ts";
import { allFields } from "./statements/columns.ts";
import { timeChanges, timeInForce } from "./time-in-force.ts";
import { finish } from "./time-order.ts";
import { timeVersion, timeView } from "./time-view.ts";

export interface KnownTimes {
  readonly recorded: TimeColumns;
  /** undefined: all is as it was imported. */
  readonly view: TimeView | undefined;
  readonly version: string;
}

/** Effective times in memory; made anew only when entries, flags or assumptions have changed. */
export class LoadedTimes {
  readonly #db: ReadDb;
  #last: KnownTimes | undefined;

  constructor(db: ReadDb) {
    this.#db = db;
  }

  of(recorded: TimeColumns, load: (field: number) => StoredField): KnownTimes {
    const version = timeVersion(this.#db);
    const last = this.#last;
    if (last !== undefined && last.version === version && isSame(last.recorded, recorded)) return last;
    const inForce = timeInForce(timeChanges(this.#db));
    const view = finish(timeView(this.#db, recorded, inForce, (field) => hostField(this.#db, field, load)));
    this.#last = { recorded, view, version };
    return this.#last;
  }
}

export function hostField(db: ReadDb, field: HostField, load: (field: number) => StoredField): StoredField | undefined {
  const row = allFields(db).find(({ name, origin }) => origin === "canonical" && name === field);
  return row === undefined ? undefined : load(row.id);
}

function isSame(a: TimeColumns, b: TimeColumns): boolean {
  return a.time.length === b.time.length && a.time.buffer === b.time.buffer && a.flags.buffer === b.flags.buffer;
}
