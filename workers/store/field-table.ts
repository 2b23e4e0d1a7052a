import { CANONICAL } from "../contract.ts";
import { FIRST_ORIGINAL, type FieldNumber } from "../base/batch.ts";
import type { WriteDb } from "./connection.ts";
import { FieldColumn } from "./field-column.ts";
import { allFields, insertField } from "./statements/columns.ts";

/** Original fields that get a column; the rest is found by reading entries again (architecture.md, columns). */
export const MAX_ORIGINAL_COLUMNS = 512;

/** The canonical and original fields of a case that is being written. */
export class FieldTable {
  readonly #db: WriteDb;
  readonly #capacity: number;
  readonly #maxOriginals: number;
  readonly #byKey = new Map<string, FieldColumn>();
  #originals = 0;

  constructor(db: WriteDb, capacity: number, maxOriginals: number) {
    this.#db = db;
    this.#capacity = capacity;
    this.#maxOriginals = maxOriginals;
    for (const row of allFields(db)) {
      if (row.origin === "system") continue;
      const kind = row.kind === "list" || row.kind === "hash64" ? row.kind : "dict";
      const stored = { id: row.id, name: row.name, origin: row.origin, kind, overflow: row.overflow !== 0 } as const;
      this.#add(new FieldColumn(db, capacity, stored));
    }
  }

  all(): Iterable<FieldColumn> {
    return this.#byKey.values();
  }

  canonical(field: FieldNumber): FieldColumn {
    const name = field < FIRST_ORIGINAL ? CANONICAL[field] : undefined;
    if (name === undefined) throw new RangeError(`field ${field} was not announced`);
    return this.#byKey.get(`canonical ${name}`) ?? this.#create("canonical", name, false);
  }

  /** `hasColumn` false: entries will have it without a column, here or from now on. */
  original(name: string, hasColumn: boolean): FieldColumn {
    const known = this.#byKey.get(`original ${name}`);
    if (known === undefined) return this.#create("original", name, !hasColumn || this.#originals >= this.#maxOriginals);
    if (!hasColumn) known.setOverflow();
    return known;
  }

  #create(origin: "canonical" | "original", name: string, overflow: boolean): FieldColumn {
    const id = insertField(this.#db, name, origin, "dict", overflow);
    const column = new FieldColumn(this.#db, this.#capacity, { id, name, origin, kind: "dict", overflow });
    this.#add(column);
    return column;
  }

  #add(column: FieldColumn): void {
    this.#byKey.set(`${column.origin} ${column.name}`, column);
    if (column.origin === "original" && !column.overflow) this.#originals++;
  }
}
