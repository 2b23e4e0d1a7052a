/**
 * When two entries are the same thing recorded twice. Both have the same family, and their times are equal to the
 * coarser of the two precisions (a thing recorded at 10:00:00.345 is at 10:00:00 in a table of whole seconds); then
 *
 * - where both have a reference, it is equal. Undated entries must also have the same actor and code, as no time bears
 *   the reference out. Of a family of assembled events (auditd) either may hold but a part of its event, at the end of a
 *   file that was cut or rotated: there they lie in different members, actor, code, target, outcome and completeness
 *   are equal too, and the places do not contradict each other.
 * - where one has no reference, both are dated, lie in different members, have an equal code and actor, and do not
 *   contradict each other in any field of `TOLD`. An entry has at most one such copy in each other member: two logins in
 *   one second pair with two, in order of time and bytes, those that tell exactly the same first.
 *
 * Doubt is decided against the copy: what is taken for one is hidden when one asks to see each thing once.
 */
import { FLAG } from "../contract.ts";
import type { CaseColumns } from "./columns.ts";
import { type Compared, compared, joinedKey } from "./compared.ts";

const SECOND = 1_000_000;

/** What two records of one thing say alike where both say it. */
const TOLD = ["target", "outcome", "from", "to", "label"] as const;
/** Target and outcome are told by the records of an event: one that lacks them may be a part of it. */
const TOLD_BY_WHOLE = 2;
/** All but the label, which one product may word anew in a table and in a dump. */
const TOLD_BY_PRODUCT = TOLD.length - 1;

/** Families whose entries are put together of several records. */
const ASSEMBLED = ["linux-auditd"];
/** Families in which only a reference tells that two entries are one: an equal line of text is no equal event. */
const BY_REFERENCE = [...ASSEMBLED, "text"];
/** Families that many systems share: alike entries of two systems are no copies, so more has to be alike. */
const SHARED = ["generic-json", "cef"];

export class SameThing {
  readonly #columns: CaseColumns;
  readonly #family: Compared;
  readonly #ref: Compared;
  readonly #actor: Compared;
  readonly #code: Compared;
  readonly #told: readonly Compared[];
  readonly #assembled: (entry: number) => boolean;
  readonly #byReference: (entry: number) => boolean;
  readonly #shared: (entry: number) => boolean;

  constructor(columns: CaseColumns) {
    const field = (name: string): Compared => compared(columns.field(name));
    this.#columns = columns;
    this.#family = field("family");
    this.#ref = field("ref");
    this.#actor = field("actor");
    this.#code = field("code");
    this.#told = TOLD.map(field);
    this.#assembled = isOneOf(columns, ASSEMBLED);
    this.#byReference = isOneOf(columns, BY_REFERENCE);
    this.#shared = isOneOf(columns, SHARED);
  }

  /** Entries of another second, or of none, are never one with this one. */
  secondOf(entry: number): number {
    return Math.floor((this.#columns.time[entry] as number) / SECOND);
  }

  hasReference(entry: number): boolean {
    return this.#ref.has(entry) && this.#family.has(entry);
  }

  /** Equal for entries that `isOneByReference`. */
  referenceKey(entry: number): number {
    return joinedKey(this.#family.key(entry), this.#ref.key(entry));
  }

  /** Both have a reference and lie in one second, or are undated. */
  isOneByReference(a: number, b: number): boolean {
    if (!this.#ref.equal(a, b) || !this.#family.equal(a, b) || !this.#isAtOneTime(a, b)) return false;
    return this.#isDated(a) || this.hasEqualActorAndCode(a, b);
  }

  /** Copies of such an entry lie in other members, one in each, and `isWholeAlike` holds for them as well. */
  isAssembled(entry: number): boolean {
    return this.#assembled(entry);
  }

  /** Whether an event holds the records that `one` holds, of whose thing `tellers` tell. */
  isWholeAlike(one: number, tellers: readonly number[], entry: number): boolean {
    const { flags } = this.#columns;
    const isIncomplete = (each: number): boolean => ((flags[each] as number) & FLAG.incomplete) !== 0;
    return (
      isIncomplete(one) === isIncomplete(entry) &&
      this.hasEqualActorAndCode(one, entry) &&
      this.#isToldAlike(tellers, entry, TOLD_BY_PRODUCT, TOLD_BY_WHOLE)
    );
  }

  /** Whether an entry can be known again without a reference. */
  tellsEnough(entry: number): boolean {
    return (
      this.#isDated(entry) &&
      this.#family.has(entry) &&
      this.#code.has(entry) &&
      !this.#byReference(entry) &&
      (this.#actor.has(entry) || !this.#shared(entry))
    );
  }

  /** Equal for entries that may be one by what they tell. */
  tellingKey(entry: number): number {
    return joinedKey(joinedKey(this.#family.key(entry), this.#actor.key(entry)), this.#code.key(entry));
  }

  /** Entries that say something of each field of `TOLD`: of those given, the first that does, -1 where none does. */
  tellers(entries: readonly number[]): readonly number[] {
    return this.#told.map((field) => entries.find((entry) => field.has(entry)) ?? -1);
  }

  /**
   * Whether `entry` may tell of the thing of which `tellers` tell and whose time `finest` has. exactly: it speaks of the
   * same fields too.
   */
  isOneByTelling(finest: number, tellers: readonly number[], entry: number, exactly: boolean): boolean {
    if (!this.#family.equal(finest, entry) || !this.hasEqualActorAndCode(finest, entry)) return false;
    const fields = this.#shared(entry) ? TOLD.length : TOLD_BY_PRODUCT;
    return this.#isAtOneTime(finest, entry) && this.#isToldAlike(tellers, entry, fields, exactly ? fields : 0);
  }

  hasEqualActorAndCode(a: number, b: number): boolean {
    return this.#actor.equal(a, b) && this.#code.equal(a, b);
  }

  /** The one of two whose time was written with more digits. */
  finer(a: number, b: number): number {
    return this.#digits(b) > this.#digits(a) ? b : a;
  }

  /** Of the first `fields` of `TOLD`, the first `exact` are also told by both or by none. */
  #isToldAlike(tellers: readonly number[], entry: number, fields: number, exact: number): boolean {
    for (let i = 0; i < fields; i++) {
      const field = this.#told[i] as Compared;
      const teller = tellers[i] as number;
      if (teller < 0 || !field.has(entry)) {
        if (i < exact && teller >= 0 !== field.has(entry)) return false;
      } else if (!field.equal(teller, entry)) return false;
    }
    return true;
  }

  #isDated(entry: number): boolean {
    return !Number.isNaN(this.#columns.time[entry]);
  }

  #isAtOneTime(a: number, b: number): boolean {
    const { time } = this.#columns;
    if (!this.#isDated(a) || !this.#isDated(b)) return !this.#isDated(a) && !this.#isDated(b);
    const unit = 10 ** (6 - Math.min(this.#digits(a), this.#digits(b), 6));
    return Math.floor((time[a] as number) / unit) === Math.floor((time[b] as number) / unit);
  }

  #digits(entry: number): number {
    return this.#columns.precision[entry] as number;
  }
}

/** Whether the family of an entry is one of these. */
function isOneOf(columns: CaseColumns, families: readonly string[]): (entry: number) => boolean {
  const field = columns.field("family");
  if (field === undefined || field.kind !== "dict") return () => false;
  const { codes, dictionary } = field;
  const wanted = new Uint8Array(dictionary.size + 1);
  for (let code = 0; code < dictionary.size; code++)
    wanted[code + 1] = families.includes(dictionary.text(code)) ? 1 : 0;
  return (entry) => wanted[codes[entry] as number] === 1;
}
