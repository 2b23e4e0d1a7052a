/** What it takes to read a member beside carrier and format. */
import type { MappingTexts } from "./mapping.ts";
import type { SirenSettings } from "./siren.ts";

/** A person's account names as a file of the same evidence gives them (passwd, group). */
export interface IdentityNames {
  /** Path of the member they come from. */
  readonly origin: string;
  /** By number, as decimal text. */
  readonly users: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, string>>;
}
/** "utf-8" only where a person says so: bytes that are none are shown escaped. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
/**
 * What it takes to read a member beside carrier, format and zone: found out from its first bytes or chosen by a person,
 * and kept with the member, so that each of its records can be read again alone.
 */
export interface Reading {
  /** Without it: UTF-8, and bytes that are none are shown escaped. */
  readonly encoding?: TextEncoding;
  /** "cr": lone CRs end lines as well, as in text of old Macs. Of a member without it the first line end decides. */
  readonly lineEnds?: "lf" | "cr";
  /** Of a table of text (CSV, TSV). */
  readonly table?: {
    readonly delimiter: string;
    /** The header, repeated names made distinct; `column 1` and so on where the first row is no header. */
    readonly columns: readonly string[];
    /** Rows leave out empty cells at their end throughout, so a short row is no damage. */
    readonly shortRows?: boolean;
  };
  /** Year of the first time that is written without one; `yearFrom` says where it comes from. */
  readonly year?: number;
  readonly yearFrom?: "records" | "person" | "file time";
  /** What a person said splits the cells of a table; `table` has what does. */
  readonly delimiter?: string;
  /** Path of the field that holds the event time: the format does not know it by itself, or a person says otherwise. */
  readonly timeField?: string;
  /** How 01/02/2025 is meant, where such dates occur. Without it they are not read. */
  readonly dateOrder?: "day-first" | "month-first";
  readonly names?: IdentityNames;
  /** The definitions of RadiantOne that give a raw source its meaning, and the column that holds the id of the event. */
  readonly mapping?: MappingReading;
  /** What the settings beside the log say could not be in it. */
  readonly settings?: SirenSettings;
}
/** The two files as they were given. */
export interface MappingReading extends MappingTexts {
  readonly eventId?: string;
}
/** The part of a `Reading` that a person can answer. */
export type ReadingAnswer = Pick<Reading, "year" | "timeField" | "dateOrder" | "encoding" | "delimiter" | "mapping"> & {
  readonly zone?: string;
};
