/** Which values of a case are secrets, and what stands in their place. Formats say which of their fields are secret. */
import { createHash, randomBytes } from "node:crypto";
import type { Cell, FieldInfo, MemberInfo, RowPage } from "../contract.ts";
import { formatById } from "../formats/registry.ts";
import { bind, type BoundField } from "../query/bind.ts";
import type { CaseColumns } from "../query/columns.ts";

/** Name of the setting that holds the salt of a case. */
export const SALT_SETTING = "secret-salt";
const DOTS = "••••••";
/** A shorter secret is looked for in no other value: it would be found everywhere. */
const LEAST_SOUGHT = 4;

export function newSalt(): string {
  return randomBytes(16).toString("hex");
}

/** Replaces secrets by text that tells equal ones apart from others and leads back to none. */
export class Masking {
  readonly #salt: string;

  constructor(salt: string) {
    this.#salt = salt;
  }

  /** For example "•••••• 3f2a". */
  mask(secret: string): string {
    const digest = createHash("sha256").update(this.#salt).update("\0").update(secret).digest("hex");
    return `${DOTS} ${digest.slice(0, 4)}`;
  }

  /** A value that is no secret itself, without the secrets that it shows. `isData`: it may hold the whole record. */
  without(value: string, secrets: readonly string[], isData: boolean): string {
    let text = value;
    for (const secret of secrets) {
      if (value === secret) return this.mask(secret);
      for (const shown of spellings(secret)) {
        if (shown.length >= LEAST_SOUGHT) text = text.replaceAll(shown, this.mask(secret));
        else if (isData && shown !== "" && text.includes(shown)) return this.mask(value);
      }
    }
    return text;
  }
}

/** A secret as it may stand in other text: by itself, and as part of a JSON text. */
export function spellings(secret: string): readonly string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return inJson === secret ? [secret] : [inJson, secret];
}

/** Longest first, so that one secret that holds another is hidden whole. */
export function longestFirst(secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
}

const NONE: ReadonlySet<string> = new Set();

/** The secrets of one snapshot of a case. */
export class CaseSecrets {
  readonly masking: Masking;
  readonly #columns: CaseColumns;
  /** Query names by format. */
  readonly #byFormat = new Map<string, ReadonlySet<string>>();

  constructor(columns: CaseColumns, salt: string) {
    this.#columns = columns;
    this.masking = new Masking(salt);
    for (const { format } of columns.members) {
      if (this.#byFormat.has(format)) continue;
      const secrets = formatById(format)?.secrets ?? [];
      if (secrets.length > 0) this.#byFormat.set(format, new Set(secrets));
    }
  }

  /** Query names of the secret fields of a member's entries. */
  of(member: MemberInfo | undefined): ReadonlySet<string> {
    return (member === undefined ? undefined : this.#byFormat.get(member.format)) ?? NONE;
  }

  /** Whether some member's field of that name is secret. */
  isSecretSomewhere(name: string): boolean {
    return [...this.#byFormat.values()].some((names) => names.has(name));
  }

  /** Secret values of an entry; nearly free for one that has none. */
  valuesOf(entry: number): readonly string[] {
    const names = [...this.of(this.#memberOf(entry))].filter((name) => has(bind(this.#columns, name), entry));
    if (names.length === 0) return [];
    return longestFirst(this.#columns.text.values(entry, names).flat());
  }

  /** False only where the entry surely has no secret. */
  isHolder(entry: number): boolean {
    return [...this.of(this.#memberOf(entry))].some((name) => has(bind(this.#columns, name), entry));
  }

  /** All such entries, in their order. */
  *holders(): Generator<number> {
    const { members, member, entries } = this.#columns;
    const bound = members.map((each) => [...this.of(each)].map((name) => bind(this.#columns, name)));
    for (let entry = 0; entry < entries; entry++) {
      if (bound[member[entry] ?? -1]?.some((field) => has(field, entry)) === true) yield entry;
    }
  }

  /** `fields`: query names of the columns of the page. */
  page(page: RowPage, fields: readonly string[]): RowPage {
    if (this.#byFormat.size === 0) return page;
    const cells = page.cells.map((column) => [...column]);
    for (const [row, entry] of page.entries.entries()) {
      const secret = this.of(this.#memberOf(entry));
      const values = secret.size === 0 ? [] : this.valuesOf(entry);
      if (values.length === 0) continue;
      for (const [at, field] of fields.entries()) {
        const column = cells[at];
        const cell = column?.[row];
        if (column === undefined || cell === undefined) continue;
        column[row] = eachValue(cell, (value) =>
          secret.has(field) ? this.masking.mask(value) : this.masking.without(value, values, field === "data"),
        );
      }
    }
    return { ...page, cells };
  }

  infos(fields: readonly FieldInfo[]): readonly FieldInfo[] {
    return fields.map((field) => (this.isSecretSomewhere(field.name) ? { ...field, secret: true } : field));
  }

  #memberOf(entry: number): MemberInfo | undefined {
    return this.#columns.members[this.#columns.member[entry] ?? -1];
  }
}

/** False only where the entry surely has no value of the field. */
function has(field: BoundField, entry: number): boolean {
  switch (field.kind) {
    case "dict":
      return field.codes[entry] !== 0;
    case "list":
      return field.ends[entry] !== (entry === 0 ? 0 : field.ends[entry - 1]);
    case "hash64":
      return field.words[entry * 2] !== 0 || field.words[entry * 2 + 1] !== 0;
    case "none":
      return false;
    default:
      return true;
  }
}

/** An empty cell is an absent value. */
export function eachValue(cell: Cell, change: (value: string) => string): Cell {
  if (typeof cell !== "string") return cell.map(change);
  return cell === "" ? cell : change(cell);
}

const STAR = 0x2a;
const LF = 10;
const CR = 13;

/** Bytes with every occurrence of the secrets overwritten; all of them, but line ends, where one of them stands nowhere. */
export function starred(
  bytes: Uint8Array,
  secrets: readonly string[],
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly missing: readonly string[] } {
  const out = Buffer.from(bytes);
  const missing = secrets.filter((secret) => {
    const found = spellings(secret).map((text) => starText(out, bytes, Buffer.from(text)));
    return !found.includes(true);
  });
  if (missing.length > 0) starAll(out);
  return { bytes: new Uint8Array(out), missing };
}

export function starAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== LF && bytes[at] !== CR) bytes[at] = STAR;
  }
}

/** Overwrites in `out` what stands in `bytes`; false where it stands nowhere, or is too short to be looked for. */
export function starText(out: Uint8Array, bytes: Uint8Array, needle: Buffer): boolean {
  if (needle.length < LEAST_SOUGHT) return false;
  const hay = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let isFound = false;
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    out.fill(STAR, at, at + needle.length);
    isFound = true;
  }
  return isFound;
}
