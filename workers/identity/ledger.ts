/** The tables of a ledger as one: values by column, people behind accounts, repositories by their names. */
import { folded } from "../base/identity-pair.ts";
import type { LedgerKind } from "../contract.ts";
import type { LedgerTable } from "./table.ts";

export interface LedgerRow {
  readonly table: LedgerTable;
  readonly values: readonly string[];
}

const OF_IDENTITY = "identity.";

export class IdentityLedger {
  readonly #rows = new Map<LedgerKind, LedgerRow[]>();
  readonly #columns = new Map<LedgerKind, Set<string>>();
  /** By folded code: the one row of that code, undefined where several have it. */
  readonly #identities = new Map<string, LedgerRow | undefined>();
  /** Folded codes by the folded name of a repository; undefined where several have that name. */
  readonly #repositories = new Map<string, string | undefined>();

  constructor(tables: readonly LedgerTable[]) {
    for (const table of tables) {
      const rows = this.#rows.get(table.kind) ?? [];
      for (const values of table.rows) rows.push({ table, values });
      this.#rows.set(table.kind, rows);
      const columns = this.#columns.get(table.kind) ?? new Set();
      for (const column of table.columns) columns.add(column);
      this.#columns.set(table.kind, columns);
    }
    for (const row of this.rows("identity")) noteOnce(this.#identities, folded(this.value(row, "hrcode")), row);
    for (const row of this.rows("repository")) {
      const name = folded(this.value(row, "name"));
      if (name !== "") noteOnce(this.#repositories, name, folded(this.value(row, "code")));
    }
    // A name that is also the code of another repository means that one.
    for (const row of this.rows("repository")) this.#repositories.delete(folded(this.value(row, "code")));
  }

  rows(kind: LedgerKind): readonly LedgerRow[] {
    return this.#rows.get(kind) ?? [];
  }

  /** Whether a rule or display method of this kind may name the column. */
  hasColumn(kind: LedgerKind, column: string): boolean {
    const isJoined = column.startsWith(OF_IDENTITY);
    const columns = this.#columns.get(isJoined ? "identity" : kind);
    return columns?.has(isJoined ? column.slice(OF_IDENTITY.length) : column) === true;
  }

  /** "" where the row has none. `identity.COLUMN` is a column of the one person behind the row. */
  value(row: LedgerRow, column: string): string {
    if (!column.startsWith(OF_IDENTITY)) return cellOf(row, column);
    const person = row.table.kind === "identity" ? row : this.#identityOf(row);
    return person === undefined ? "" : cellOf(person, column.slice(OF_IDENTITY.length));
  }

  /** The folded code of a repository that is given by its code or its name. */
  repository(name: string): string {
    const own = folded(name);
    return this.#repositories.get(own) ?? own;
  }

  /**
   * One text for one person: the name with the code that tells people of one name apart. An account without a person is
   * one of its own; what is no account and no identity is nobody.
   */
  person(row: LedgerRow): string {
    const { kind } = row.table;
    if (kind === "identity") return personLabel(row);
    if (kind !== "account") return "";
    const code = cellOf(row, "identity");
    if (code !== "") {
      const person = this.#identityOf(row);
      return person === undefined ? code : personLabel(person);
    }
    const [login, repository] = [cellOf(row, "login"), cellOf(row, "repository")];
    const display = cellOf(row, "display_name");
    return display === "" ? `${login} (${repository})` : `${display} (${login}, ${repository})`;
  }

  #identityOf(row: LedgerRow): LedgerRow | undefined {
    const code = folded(cellOf(row, "identity"));
    return code === "" ? undefined : this.#identities.get(code);
  }
}

function cellOf({ table, values }: LedgerRow, column: string): string {
  return values[table.columns.indexOf(column)] ?? "";
}

function personLabel(row: LedgerRow): string {
  const code = cellOf(row, "hrcode");
  const name = `${cellOf(row, "givenname")} ${cellOf(row, "surname")}`.trim() || cellOf(row, "mail");
  return name === "" ? code : `${name} (${code})`;
}

function noteOnce<T>(map: Map<string, T | undefined>, key: string, value: T): void {
  map.set(key, map.has(key) ? undefined : value);
}
