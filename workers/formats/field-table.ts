/** Field tables: the meaning of a JSON or CSV format as data. `mapper.ts` executes them. */
import type { CanonicalName } from "../contract.ts";

export interface FieldTable {
  /** Paths of the event time, tried in order; the first that reads as a time is taken. */
  readonly time: readonly string[];
  /** In order; of several rules for one field the first that yields a value wins. */
  readonly rules: readonly FieldRule[];
}

export interface FieldRule {
  readonly to: CanonicalName;
  /**
   * Dotted paths, tried in order; the first that holds something wins. Names compare exactly first, then without case
   * and separators ("Performed By" = performedBy). Items of an array are joined by a comma, unless `as` says otherwise.
   */
  readonly from?: readonly string[];
  /** Instead of `from`: the same for every record. */
  readonly constant?: string;
  /** Only where one of these paths holds something. */
  readonly when?: readonly string[];
  /** Value table, keys in lower case; what it does not hold goes the way of `otherwise`. */
  readonly words?: Readonly<Record<string, string>>;
  /** keep: the value as it stands (default). drop: nothing. A field: the value goes there instead. */
  readonly otherwise?: "keep" | "drop" | CanonicalName;
  /** Objects count too, as JSON text; else they are passed over. */
  readonly objects?: boolean;
  /**
   * words: a code as words ("user-login-failed" -> "user login failed"). verb: the first verb of VERBS among them. list:
   * every item of an array is a value of its own.
   */
  readonly as?: "words" | "verb" | "list";
}
