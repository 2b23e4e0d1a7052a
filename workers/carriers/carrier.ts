/**
 * A carrier cuts a member into units and unwraps the record of each. The units partition the bytes: every byte belongs
 * to exactly one unit, in order, at whatever sizes the chunks arrive. Synchronous within a chunk.
 */
import type { CarriedRecord, Recognition } from "../formats/format.ts";

export interface UnitOutput {
  record(record: CarriedRecord): void;
  /** Bytes that should be a record and are none. */
  reject(offset: number, length: number, line: number, code: string, detail: string): void;
  /**
   * Not log. `lines`: how many units of it count as ignored, 1 unless stated; 0 for bytes that are no unit of their own
   * (byte order mark, brackets, separators).
   */
  ignore(offset: number, length: number, lines?: number): void;
  /** Blank lines. */
  blank(offset: number, length: number): void;
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
  readonly yields: "text" | "object";
  /** Pure; `head` is the first 64 KiB at most; `whole` says that it is all there is. Never a file name. */
  recognise(head: Uint8Array, whole: boolean): Recognition;
  split(output: UnitOutput): Splitter;
  /** Cuts one unit again, for the detail view: the bytes of exactly one record as it lies in the member. */
  reread(bytes: Uint8Array, offset: number, line: number): CarriedRecord | undefined;
}
