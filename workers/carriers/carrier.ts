/**
 * A carrier cuts a member into units and unwraps the record of each. The units partition the bytes: every byte belongs
 * to exactly one unit, in order, at whatever sizes the chunks arrive. Synchronous within a chunk.
 */
import type { Reading } from "../contract.ts";
import type { CarriedRecord, Recognition } from "../formats/format.ts";

export interface UnitOutput {
  record(record: CarriedRecord): void;
  /** Bytes that should be a record and are none. */
  reject(offset: number, length: number, line: number, code: string, detail: string): void;
  /**
   * Not log. `lines`: how many units of it count as ignored, 1 unless stated; 0 for bytes that are no unit of their own
   * (byte order mark, brackets, separators). `length` 0: a line that is no log, whose bytes belong to the record that
   * follows because it cannot be read again without them.
   */
  ignore(offset: number, length: number, lines?: number): void;
  /** Blank lines. */
  blank(offset: number, length: number): void;
  /** Something about the member as a whole that the reader should know, for example that it is one page of several. */
  note(message: string, next: string): void;
}
export interface Splitter {
  /** Chunks follow one another without gaps; the carrier keeps what it needs of the last one. */
  push(chunk: Uint8Array): void;
  finish(): void;
}
export interface Carrier {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly yields: "text" | "object" | "either";
  /** The one format that its units are for; no other carrier goes with that. */
  readonly only?: string;
  /** Its units hold lengths and other bytes that are no text: never read as of another encoding because of them. */
  readonly keepsBytes?: boolean;
  /** Cuts by `Reading.delimiter` where a person says one. */
  readonly takesDelimiter?: boolean;
  /**
   * Pure; `head` is the first 64 KiB at most; `whole` says that it is all there is. Never a file name. `asked` is what a
   * person said.
   */
  recognise(head: Uint8Array, whole: boolean, asked?: Reading): Recognition;
  /**
   * What the first bytes say of how the member is to be read (delimiter and header, year). Pure. `asked` is what a person
   * said, which wins; `modified` is the time of the file, in µs since 1970.
   */
  study?(head: Uint8Array, whole: boolean, asked: Reading, modified: number | undefined): Reading;
  split(output: UnitOutput, reading: Reading): Splitter;
  /**
   * Cuts one unit again, for the detail view: the bytes of exactly one record as it lies in the member. `near` is the
   * time that the record was given at import, which decides a year that is not written.
   */
  reread(
    bytes: Uint8Array,
    offset: number,
    line: number,
    reading: Reading,
    near: number | undefined,
  ): CarriedRecord | undefined;
  /** Makes one record of its pieces, in the order of their bytes; the result lies where the first piece lies. */
  join?(pieces: readonly CarriedRecord[]): CarriedRecord;
}
