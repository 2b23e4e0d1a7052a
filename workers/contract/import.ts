/** What files are taken for, how a person says otherwise, and how an import goes. */
import type { Fault, GrantId, JobId, SourceId } from "./base.ts";
import type { ExportOutcome } from "./export.ts";
import type { MappingFit } from "./mapping.ts";
import type { Cell } from "./query.ts";
import type { Reading, ReadingAnswer } from "./reading.ts";

/** A carrier and a format by id, joined by "+", for example "lines+auditd". */
export type FormatChoice = string;

export interface MemberChoice {
  readonly choice: FormatChoice;
  readonly title: string;
  /** Titles of the two parts. */
  readonly format: string;
  readonly carrier: string;
}
export interface RunnerUp {
  readonly choice: FormatChoice;
  readonly title: string;
  /** Title of its carrier. */
  readonly carrier: string;
  readonly reasons: readonly string[];
  /** Why it lost, one sentence. */
  readonly lost: string;
}
/** What members of one kind share, whatever their names: the carrier, and the header or the form of the records. */
export interface MemberShape {
  /** Equal for members that look alike. */
  readonly key: string;
  /** In words. */
  readonly text: string;
}

export interface MemberVerdict {
  readonly path: string;
  readonly bytes: number | undefined;
  /** certain: content proves it; likely: fits; text: readable, no format; refused: cannot be opened. */
  readonly verdict: "certain" | "likely" | "text" | "binary" | "empty" | "refused";
  readonly choice: FormatChoice | undefined;
  readonly title: string;
  readonly reasons: readonly string[];
  readonly alsoTried: readonly string[];
  /** The next best pair of carrier and format; undefined: no other fits at all. */
  readonly runnerUp: RunnerUp | undefined;
  /** Every choice a person may make instead. */
  readonly choices: readonly MemberChoice[];
  /** Ids of the carriers that its first bytes can be cut by, the best first. */
  readonly carriers: readonly string[];
  /** What later members like it have, too; undefined: it is no text that can be cut into records. */
  readonly shape: MemberShape | undefined;
  readonly problem: Fault | undefined;
  /** The comment that the archive holds beside the member. */
  readonly comment: string | undefined;
  readonly reading: Reading;
  /** What a person should say before the import; unanswered, the import goes on and flags what it could not know. */
  readonly questions: readonly MemberQuestion[];
}
/** `samples`: up to five values as written. */
export type MemberQuestion =
  | {
      readonly kind: "time-field";
      readonly fields: readonly TimeField[];
    }
  | { readonly kind: "date-order"; readonly samples: readonly string[] }
  | { readonly kind: "year"; readonly samples: readonly string[]; readonly guess: number | undefined };
export interface InspectedItem {
  readonly grant: GrantId;
  readonly name: string;
  readonly bytes: number;
  readonly container: string;
  readonly members: readonly MemberVerdict[];
  readonly problem: Fault | undefined;
  /** This file's content is already in the case, under this source. */
  readonly alreadyIn: SourceId | undefined;
  /**
   * locked: members need a password that is not known. wrong: those given do not fit. open: a password fits. none: nothing
   * is encrypted.
   */
  readonly password: "none" | "locked" | "wrong" | "open";
}
/** What became of a password file: a CSV with the columns "File Name" and "Zip Password", or one password a line. */
export interface PasswordFileOutcome {
  readonly passwords: number;
  /** Files that it names and that are not among those chosen. */
  readonly missing: readonly string[];
}
/** The first entries and rejects as they will appear, in the order of their bytes, at most 200. */
export interface Preview {
  /** What this choice finds by itself in this encoding: no other answer stands in it, or closes one of `questions`. */
  readonly reading: Reading;
  readonly questions: readonly MemberQuestion[];
  readonly columns: readonly string[];
  readonly rows: readonly PreviewRow[];
  /** In the part that was read. */
  readonly rejects: number;
  /** Nothing of the member comes after these rows. */
  readonly isWhole: boolean;
  /** Where the times come from, in words; undefined: no row has one. */
  readonly timeFrom: string | undefined;
  /** Fields of which most values read as times, any of which a person may name as that of the event. */
  readonly timeFields: readonly TimeField[];
  /** How the definitions that were answered fit the first records. */
  readonly mapping?: MappingFit;
}
export interface TimeField {
  readonly name: string;
  /** Up to five values as written. */
  readonly samples: readonly string[];
}
export interface PreviewRow {
  readonly time: number;
  readonly precision: number;
  readonly flags: number;
  readonly cells: readonly Cell[];
  readonly raw: Uint8Array;
  readonly offset: number;
  readonly line: number;
  /** It is no entry but a reject, for this reason. */
  readonly reject?: { readonly code: string; readonly detail: string };
}

export interface ImportRequest {
  readonly items: readonly ImportItem[];
  /** Files that were chosen with them and are no logs: account names and settings among them speak for the logs. */
  readonly beside?: readonly GrantId[];
}
export interface ImportItem {
  readonly grant: GrantId;
  /** Overrides by member path. */
  readonly choices: Readonly<Record<string, FormatChoice>>;
  readonly skip: readonly string[];
  /** Assumed for times without a zone: IANA name or fixed offset. Without it they are read as UTC and flagged. */
  readonly zone?: string;
  /** By member path. */
  readonly answers?: Readonly<Record<string, ReadingAnswer>>;
  /** Read on past the limits that guard against archives made to harm; the choice is logged. */
  readonly beyondLimits?: boolean;
}

/** How one member is to be read: nothing said = as it is found. */
export interface MemberRequest {
  readonly choice?: FormatChoice;
  readonly answer: ReadingAnswer;
}
/** What a person chooses from when a member is imported again. */
export interface AgainLook {
  readonly item: InspectedItem;
  /** By member path, what was said of it at its last import. */
  readonly said: Readonly<Record<string, MemberRequest>>;
}

export interface JobState {
  readonly job: JobId;
  readonly kind: "import" | "export";
  /** What it imports takes the place of what is in the case, which stays as it is unless all goes well. */
  readonly inPlace?: boolean;
  readonly state: "running" | "done" | "failed" | "cancelled";
  /** Grows with every change; pass it back as `seen`. */
  readonly revision: number;
  readonly phase: "waiting" | "reading" | "ordering" | "writing" | "checking" | "done";
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly unit: "bytes" | "entries";
  /** Units a second over the last seconds. */
  readonly rate: number;
  readonly secondsLeft: number | undefined;
  readonly entries: number;
  readonly rejects: number;
  readonly items: readonly JobItem[];
  readonly fault: Fault | undefined;
  readonly exported: ExportOutcome | undefined;
}
export interface JobItem {
  readonly name: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number | undefined;
  readonly entries: number;
  readonly rejects: number;
  readonly fault: Fault | undefined;
}
