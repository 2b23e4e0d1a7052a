/** What is assumed about time, and changed after the import. */
import type { EpochMicros, MemberId } from "./base.ts";

/** The clock showed `shown` when it was `actual`. */
export interface ClockPoint {
  readonly shown: EpochMicros;
  readonly actual: EpochMicros;
}
/**
 * fixed: so many µs are added, below 0 where the clock was fast. points: two or more in the order of time, lines between
 * them; before the first and after the last their own shift holds.
 */
export type ClockCorrection =
  | { readonly kind: "fixed"; readonly micros: number }
  | { readonly kind: "points"; readonly points: readonly ClockPoint[] };
/** The fields whose values name the machine that a clock belongs to, the nearer one first. */
export const HOST_FIELDS = ["to", "datasource"] as const;
export type HostField = (typeof HOST_FIELDS)[number];
export interface HostScope {
  readonly field: HostField;
  /** A value of the field. */
  readonly host: string;
}
/** A member's own correction holds in place of its host's. */
export type ClockScope = { readonly member: MemberId } | HostScope;
/** An assumption made after the import. Without a zone or year that of the import holds, without a clock none is corrected. */
export type TimeChange =
  | { readonly kind: "zone"; readonly member: MemberId; readonly zone: string | undefined }
  /** `year`: that of the member's first time that is written without one; the others go along. */
  | { readonly kind: "year"; readonly member: MemberId; readonly year: number | undefined }
  | { readonly kind: "clock"; readonly of: ClockScope; readonly clock: ClockCorrection | undefined };
export interface LoggedTimeChange {
  readonly id: number;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly examiner: string;
  readonly change: TimeChange;
  /** undone: it can be done again until another change is made. */
  readonly state: "done" | "undone";
}
/** `text`: the change in words, with what it is about. */
export interface DescribedTimeChange extends LoggedTimeChange {
  readonly text: string;
}
/** What is assumed about the times of a member, and how many of its entries each assumption touches. */
export interface MemberTimes {
  readonly member: MemberId;
  readonly zoneless: number;
  readonly yearless: number;
  readonly twice: number;
  readonly skipped: number;
  readonly corrected: number;
  readonly zone: string | undefined;
  readonly importedZone: string | undefined;
  readonly year: number | undefined;
  readonly importedYear: number | undefined;
  /** Its own correction, not that of a host, and in words. */
  readonly clock: ClockCorrection | undefined;
  readonly clockText: string | undefined;
  /** The hosts that its entries name, of each field the most frequent first, at most 20. */
  readonly hosts: readonly HostScope[];
}
export interface HostTimes extends HostScope {
  readonly entries: number;
  readonly clock: ClockCorrection;
  readonly clockText: string;
}
export interface TimeAssumptions {
  /** Of the members that have entries and are shown. */
  readonly members: readonly MemberTimes[];
  /** The hosts with a correction. */
  readonly hosts: readonly HostTimes[];
  /** Oldest first. The last that is done is the next to be undone, the first undone the next to be done again. */
  readonly changes: readonly DescribedTimeChange[];
}
/** One step from what is written to the time that is shown. */
export interface TimeStep {
  readonly kind: "zone" | "year" | "clock";
  /** Why, in words. */
  readonly text: string;
}
export interface EntryTimes {
  /** As the import read it; undefined = undated. */
  readonly recorded: EpochMicros | undefined;
  /** Before the clock was corrected. */
  readonly uncorrected: EpochMicros | undefined;
  readonly steps: readonly TimeStep[];
}
