/**
 * Bytes of a member with its secrets hidden. Entries that have one are parsed again and hidden as the detail view hides
 * them. Bytes of no entry, and of entries that have none, are gone through for the names of secrets: a torn line may hold
 * one, too. Members of a format without secrets are left to the caller, at no cost.
 */
import type { DetailRecord, EntryId, MemberId, MemberInfo, RejectPage, RejectRow } from "../contract.ts";
import type { CaseReader } from "../store/case-reader.ts";
import type { MemberSpan } from "../store/stored-text.ts";
import { bytesOfEntry } from "./entry-detail.ts";
import { maskedBytes } from "./masked-detail.ts";
import { namesInText, starAfterNames } from "./secret-scan.ts";
import { type CaseSecrets, starAll } from "./secrets.ts";

/** Before a stretch, names are looked for as far: a secret that begins before it may end in it. Even, for UTF-16. */
const LOOK_BACK = 65_536;
/** Entries that one call parses again; 1 MiB of a log seldom has as many. All bytes of those beyond are hidden. */
const MOST_PARSED = 8_192;
/** Bytes of all those entries; what lies beyond is hidden, too. An entry may be far longer than what is asked for. */
const MOST_BYTES = 16 * 2 ** 20;

/** Where in one member entries lie that have a secret, with stretches of others between their first and last byte. */
interface Holders {
  readonly entries: number[];
  readonly from: number[];
  readonly to: number[];
}

/** Of one snapshot of a case. */
export class MaskedBytes {
  readonly #reader: CaseReader;
  readonly #secrets: CaseSecrets;
  #held: ReadonlyMap<MemberId, Holders> | undefined;

  constructor(reader: CaseReader, secrets: CaseSecrets) {
    this.#reader = reader;
    this.#secrets = secrets;
  }

  /**
   * undefined: the member can have no secrets. `open`: an entry whose bytes are shown as they are. Fault: request.stale
   * for a member or an entry that is not in the case.
   */
  bytes(id: MemberId, offset: number, length: number, open: EntryId | undefined): Uint8Array<ArrayBuffer> | undefined {
    const member = this.#reader.memberInfo(id);
    if (this.#secrets.of(member).size === 0) return undefined;
    const part = new Part(id, offset, this.#scanned(member, offset, length));
    if (this.#isSecretTable(member)) this.#showEntries(part, member);
    this.#hideIn(part);
    if (open !== undefined) this.#show(part, open);
    return part.bytes;
  }

  rejects(page: RejectPage): RejectPage {
    return { ...page, rows: page.rows.map((row) => this.#rejectRow(row)) };
  }

  #rejectRow(row: RejectRow): RejectRow {
    const member = this.#reader.memberInfo(row.member);
    if (this.#secrets.of(member).size === 0) return row;
    return { ...row, bytes: this.#scanned(member, row.offset, row.bytes.length) };
  }

  #scanned(member: MemberInfo, offset: number, length: number): Uint8Array<ArrayBuffer> {
    const from = Math.max(0, offset - (offset % 2) - LOOK_BACK);
    const bytes = new Uint8Array(this.#reader.bytes(member.id, from, offset - from + length));
    if (this.#isSecretTable(member)) starAll(bytes);
    else starAfterNames(bytes, namesInText(this.#secrets.of(member)), member.reading);
    return bytes.slice(offset - from);
  }

  /** In a row of a table nothing but its place tells what a value is, and a damaged row has no places. */
  #isSecretTable(member: MemberInfo): boolean {
    const secret = this.#secrets.of(member);
    return member.reading.table?.columns.some((column) => secret.has(`raw.${column}`)) === true;
  }

  /** Rows of a table are entries in the order of their bytes. */
  #showEntries(part: Part, { firstEntry, entries }: MemberInfo): void {
    const end = Math.min(firstEntry + entries, this.#reader.entries);
    let low = firstEntry;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const span = this.#spans(middle)[0];
      if (span !== undefined && span.offset + span.length <= part.offset) low = middle + 1;
      else high = middle;
    }
    for (let entry = low; entry < end && this.#spans(entry).some((span) => part.touches(span)); entry++) {
      this.#show(part, entry);
    }
  }

  #show(part: Part, entry: number): void {
    for (const span of this.#spans(entry)) {
      if (!part.touches(span)) continue;
      const from = Math.max(span.offset, part.offset);
      const to = Math.min(span.offset + span.length, part.end);
      part.put(from, this.#reader.bytes(span.member, from, to - from));
    }
  }

  #hideIn(part: Part): void {
    const { entries, from, to } = this.#holders().get(part.member) ?? { entries: [], from: [], to: [] };
    let parsed = 0;
    let read = 0;
    for (const [at, entry] of entries.entries()) {
      if ((to[at] ?? 0) <= part.offset || (from[at] ?? 0) >= part.end) continue;
      const spans = this.#spans(entry);
      const own = spans.filter((span) => part.touches(span));
      if (own.length === 0) continue;
      parsed++;
      read += spans.reduce((sum, { length }) => sum + length, 0);
      const isParsed = parsed <= MOST_PARSED && read <= MOST_BYTES;
      const masked = isParsed ? this.#maskedRecords(entry) : [];
      if (masked === undefined) continue;
      for (const { offset, length } of own) part.hide(offset, length);
      for (const { member, offset, bytes } of masked) if (member === part.member) part.put(offset, bytes);
    }
  }

  /** undefined: it has no secret after all. None: its bytes make no entry any more, so nobody knows where it is. */
  #maskedRecords(entry: number): readonly DetailRecord[] | undefined {
    const told = bytesOfEntry(this.#reader, entry);
    if (told.fields.length === 0) return [];
    return maskedBytes(told, this.#secrets.of(this.#reader.placeOf(entry).member));
  }

  /** Found once for a snapshot: an entry need not lie in the order of its number, nor in its own member alone. */
  #holders(): ReadonlyMap<MemberId, Holders> {
    if (this.#held !== undefined) return this.#held;
    const held = new Map<MemberId, Holders>();
    for (const entry of this.#secrets.holders()) {
      for (const { member, offset, length } of this.#spans(entry)) add(held, member, entry, offset, offset + length);
    }
    this.#held = held;
    return held;
  }

  #spans(entry: number): readonly MemberSpan[] {
    return this.#reader.placeOf(entry).spans;
  }
}

function add(held: Map<MemberId, Holders>, member: MemberId, entry: number, from: number, to: number): void {
  let own = held.get(member);
  if (own === undefined) {
    own = { entries: [], from: [], to: [] };
    held.set(member, own);
  }
  const last = own.entries.length - 1;
  if (own.entries[last] !== entry) {
    own.entries.push(entry);
    own.from.push(from);
    own.to.push(to);
    return;
  }
  own.from[last] = Math.min(own.from[last] ?? from, from);
  own.to[last] = Math.max(own.to[last] ?? to, to);
}

/** A stretch of a member that is being made ready to be shown. */
class Part {
  readonly member: MemberId;
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(member: MemberId, offset: number, bytes: Uint8Array<ArrayBuffer>) {
    this.member = member;
    this.offset = offset;
    this.bytes = bytes;
  }

  get end(): number {
    return this.offset + this.bytes.length;
  }

  touches({ member, offset, length }: MemberSpan): boolean {
    return member === this.member && offset < this.end && offset + length > this.offset;
  }

  /** Those that lie in it; `offset` counts in the member. */
  put(offset: number, bytes: Uint8Array): void {
    const skipped = Math.max(0, this.offset - offset);
    const inside = bytes.subarray(skipped, Math.max(skipped, this.end - offset));
    if (inside.length > 0) this.bytes.set(inside, offset + skipped - this.offset);
  }

  hide(offset: number, length: number): void {
    starAll(this.bytes.subarray(Math.max(0, offset - this.offset), Math.max(0, offset + length - this.offset)));
  }
}
