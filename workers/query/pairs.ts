/**
 * The distinct pairs of a case: login and repository of its actors, type, name and parent of its targets. Matching works
 * on these and not on entries. Found once as a case grows; what is matched anew afterwards reads no entry.
 */
import type { MatchRole, RuledEntity } from "../contract.ts";
import type { CaseColumns } from "./columns.ts";
import { entityOfType, folded, pairKey } from "../base/identity-pair.ts";
import { HashGroups } from "./hash-groups.ts";
import { nameColumn, type NameColumn } from "./name-column.ts";

const FIELDS: Readonly<Record<MatchRole, { readonly type?: string; readonly name: string; readonly parent: string }>> =
  {
    actor: { name: "actor", parent: "domain" },
    target: { type: "target.type", name: "target", parent: "target.parent" },
    target2: { type: "target2.type", name: "target2", parent: "target2.parent" },
  };

export function fieldsOfRole(role: MatchRole): (typeof FIELDS)[MatchRole] {
  return FIELDS[role];
}

/** The pairs of one role, each as it is recorded; two that differ by case alone are two. */
export class RolePairs {
  readonly count: number;
  /** One an entry: the number of its pair, from 0. */
  readonly codes: Uint16Array | Uint32Array;
  readonly #parts: readonly [type: NameColumn, name: NameColumn, parent: NameColumn];
  /** Three an pair: code of its type, name and parent. */
  readonly #codes: Uint32Array;
  readonly #isActor: boolean;
  readonly #entities: (RuledEntity | undefined)[] = [];
  readonly #keys: (string | undefined)[] = [];

  constructor(columns: CaseColumns, role: MatchRole) {
    const { type, name, parent } = FIELDS[role];
    const column = (field: string | undefined): NameColumn => nameColumn(columns, field ?? "");
    this.#isActor = role === "actor";
    this.#parts = [column(type), column(name), column(parent)];
    const typed = numbered(columns.entries, this.#parts[0].codes, this.#parts[1].codes);
    const whole = numbered(columns.entries, typed.codes, this.#parts[2].codes);
    this.codes = whole.codes;
    this.count = whole.count;
    this.#codes = new Uint32Array(3 * whole.count);
    for (let pair = 0; pair < whole.count; pair++) {
      const first = whole.firsts[pair] as number;
      this.#parts.forEach(({ codes }, at) => (this.#codes[3 * pair + at] = codes?.[first] ?? 0));
    }
  }

  /** As recorded; undefined = absent. */
  type(pair: number): string | undefined {
    return this.#text(pair, 0);
  }

  name(pair: number): string | undefined {
    return this.#text(pair, 1);
  }

  parent(pair: number): string | undefined {
    return this.#text(pair, 2);
  }

  /** Which rules are for it. */
  entity(pair: number): RuledEntity {
    const code = this.#isActor ? 0 : (this.#codes[3 * pair] as number);
    return (this.#entities[code] ??= this.#isActor ? "actor" : entityOfType(this.type(pair) ?? ""));
  }

  /** The same for pairs that matching cannot tell apart; "" where there is no name to look up. Reads the texts. */
  key(pair: number): string {
    return (this.#keys[pair] ??= this.#keyOf(pair));
  }

  #keyOf(pair: number): string {
    const name = folded(this.name(pair) ?? "");
    return name === "" ? "" : `${this.entity(pair)}:${pairKey(name, folded(this.parent(pair) ?? ""))}`;
  }

  #text(pair: number, part: 0 | 1 | 2): string | undefined {
    const code = this.#codes[3 * pair + part] as number;
    return code === 0 ? undefined : this.#parts[part].text(code);
  }
}

interface Numbered {
  readonly codes: Uint16Array | Uint32Array;
  readonly count: number;
  /** By number: the first entry that has it. */
  readonly firsts: readonly number[];
}

/** Combinations that are numbered by a table of all that could be; more go through a hash table. */
const MOST_IN_TABLE = 1 << 22;
const NARROW = 1 << 16;

/** Numbers the combinations of two columns, from 0 in order of appearance. */
function numbered(entries: number, a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): Numbered {
  const firsts: number[] = [];
  const [most, other] = [greatest(a) + 1, greatest(b) + 1];
  const number = most * other <= MOST_IN_TABLE ? byTable(most, other) : byHash();
  let codes: Uint16Array | Uint32Array = new Uint16Array(entries);
  for (let entry = 0; entry < entries; entry++) {
    const code = number(a?.[entry] ?? 0, b?.[entry] ?? 0);
    if (code === firsts.length) {
      firsts.push(entry);
      if (code === NARROW) codes = Uint32Array.from(codes);
    }
    codes[entry] = code;
  }
  return { codes, count: firsts.length, firsts };
}

function byTable(most: number, other: number): (a: number, b: number) => number {
  const table = new Uint32Array(most * other);
  let count = 0;
  return (a, b) => {
    const place = a * other + b;
    const known = table[place] as number;
    if (known !== 0) return known - 1;
    table[place] = ++count;
    return count - 1;
  };
}

function byHash(): (a: number, b: number) => number {
  const groups = new HashGroups();
  // The low bits choose the slot: small numbers are spread, or neighbours would all meet.
  return (a, b) => groups.group(Math.imul(a, 0x9e3779b1) >>> 0, b);
}

function greatest(codes: ArrayLike<number> | undefined): number {
  let most = 0;
  for (let i = 0; i < (codes?.length ?? 0); i++) if ((codes?.[i] as number) > most) most = codes?.[i] as number;
  return most;
}

interface Kept {
  readonly entries: number;
  readonly roles: Map<MatchRole, RolePairs>;
}
/** By the memory of the times, which all snapshots of one case share while no entry is added. */
const known = new WeakMap<ArrayBufferLike, Kept>();

export function pairsOf(columns: CaseColumns, role: MatchRole): RolePairs {
  let kept = known.get(columns.time.buffer);
  if (kept === undefined || kept.entries !== columns.entries) {
    kept = { entries: columns.entries, roles: new Map() };
    known.set(columns.time.buffer, kept);
  }
  let pairs = kept.roles.get(role);
  if (pairs === undefined) kept.roles.set(role, (pairs = new RolePairs(columns, role)));
  return pairs;
}
