/**
 * The distinct pairs of a case: login and repository of its actors, type, name and parent of its targets. Matching works
 * on these and not on entries. Found once as a case grows; what is matched anew afterwards reads no entry.
 */
import type { MatchRole, RuledEntity } from "../contract.ts";
import type { CaseColumns, Codes } from "./columns.ts";
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
  /** Three a pair: code of its type, name and parent. */
  readonly #codes: Uint32Array;
  readonly #isActor: boolean;
  readonly #entities: (RuledEntity | undefined)[] = [];
  readonly #keys: (string | undefined)[] = [];

  constructor(columns: CaseColumns, role: MatchRole) {
    const { type, name, parent } = FIELDS[role];
    const column = (field: string | undefined): NameColumn => nameColumn(columns, field ?? "");
    this.#isActor = role === "actor";
    this.#parts = [column(type), column(name), column(parent)];
    const whole = numbered(columns.entries, typed(columns.entries, this.#parts[0], this.#parts[1]), this.#parts[2]);
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
/** Codes are 0 … size. */
interface Coded {
  readonly codes: Codes | undefined;
  readonly size: number;
}

/** Combinations that are numbered by a table of all that could be; more go through a hash table. */
const MOST_IN_TABLE = 1 << 22;
const NARROW = 1 << 16;

/** Types and names as one column; where one of them is missing, the other as it is. */
function typed(entries: number, type: Coded, name: Coded): Coded {
  if (type.codes === undefined) return name;
  if (name.codes === undefined) return type;
  const { codes, count } = numbered(entries, type, name);
  return { codes, size: count };
}

/** Numbers the combinations of two columns, from 0 in order of appearance. */
function numbered(entries: number, a: Coded, b: Coded): Numbered {
  if (a.codes === undefined && b.codes === undefined) {
    return { codes: new Uint16Array(entries), count: Math.min(entries, 1), firsts: entries === 0 ? [] : [0] };
  }
  const one = a.codes ?? new Uint8Array(entries);
  const other = b.codes ?? new Uint8Array(entries);
  const width = b.size + 1;
  return (a.size + 1) * width <= MOST_IN_TABLE
    ? numberedByTable(one, other, width, (a.size + 1) * width)
    : numberedByHash(one, other);
}

function numberedByTable(a: Codes, b: Codes, width: number, size: number): Numbered {
  const table = new Uint32Array(size);
  const firsts: number[] = [];
  let codes: Uint16Array | Uint32Array = new Uint16Array(a.length);
  for (let entry = 0; entry < a.length; entry++) {
    const place = (a[entry] as number) * width + (b[entry] as number);
    let number = table[place] as number;
    if (number === 0) {
      number = firsts.push(entry);
      table[place] = number;
      if (number === NARROW + 1) codes = Uint32Array.from(codes);
    }
    codes[entry] = number - 1;
  }
  return { codes, count: firsts.length, firsts };
}

function numberedByHash(a: Codes, b: Codes): Numbered {
  const groups = new HashGroups();
  const firsts: number[] = [];
  const codes = new Uint32Array(a.length);
  for (let entry = 0; entry < a.length; entry++) {
    // The low bits choose the slot: small numbers are spread, or neighbours would all meet.
    const number = groups.group(Math.imul(a[entry] as number, 0x9e3779b1) >>> 0, b[entry] as number);
    if (number === firsts.length) firsts.push(entry);
    codes[entry] = number;
  }
  return { codes, count: firsts.length, firsts };
}

interface Kept {
  readonly entries: number;
  readonly roles: Map<MatchRole, RolePairs>;
}
/** By the memory of the members, which all snapshots of one case share while no entry is added. */
const known = new WeakMap<ArrayBufferLike, Kept>();

export function pairsOf(columns: CaseColumns, role: MatchRole): RolePairs {
  let kept = known.get(columns.member.buffer);
  if (kept === undefined || kept.entries !== columns.entries) {
    kept = { entries: columns.entries, roles: new Map() };
    known.set(columns.member.buffer, kept);
  }
  let pairs = kept.roles.get(role);
  if (pairs === undefined) kept.roles.set(role, (pairs = new RolePairs(columns, role)));
  return pairs;
}
