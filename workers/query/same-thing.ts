/**
 * When two entries are the same thing recorded twice. Both have the same family, and their times are equal to the
 * coarser of the two precisions (a thing recorded at 10:00:00.345 is at 10:00:00 in a table of whole seconds); then
 *
 * - where both have a reference, it is equal, and they contradict each other in no field of `TOLD`: where both have it, it
 *   is equal. Undated entries have the same actor and code, as no time bears the reference out. Of a family of assembled
 *   events (auditd) either may hold but a part of its event, at the end of a file that was cut or rotated: there they lie
 *   in different members, and one says nothing of actor, code, target, outcome and completeness that the other does not.
 *   What is one record of an event is a copy of the event only where that is all of it.
 * - where one has no reference, both are dated, lie in different members, have the same actor and code, and contradict
 *   each other in no field of `TOLD`. An entry has at most one such copy in each other member: two logins in one second
 *   pair with two, in order of time and bytes, those that tell of exactly the same fields first.
 *
 * Doubt is decided against the copy: what is taken for one is hidden when one asks to see each thing once.
 */
import { FLAG } from "../contract.ts";
import type { CaseColumns } from "./columns.ts";
import { type Compared, compared, joinedKey } from "./compared.ts";

const SECOND = 1_000_000;

/** What records of one thing do not contradict each other in; of the first ones some rules ask more. */
const TOLD = ["actor", "code", "target", "outcome", "from", "to", "label"] as const;
const ACTOR_AND_CODE = 2;
/** Actor, code, target and outcome are told by the records of an event: one that lacks them may be a part of it. */
const TOLD_BY_WHOLE = 4;
/** All but the label, which one product may word anew in a table and in a dump. */
const TOLD_BY_PRODUCT = TOLD.length - 1;

/** Families whose entries are put together of several records. */
const ASSEMBLED = ["linux-auditd"];
/**
 * Formats whose entries are one record each of such an event. They share its reference, but are a copy of the event only
 * where it has no other record: else what the others say would be hidden behind the one.
 */
const RECORD_BY_RECORD = ["panther"];
/** Families in which only a reference tells that two entries are one: an equal line of text is no equal event. */
const BY_REFERENCE = [...ASSEMBLED, "text"];
/** Families that many systems share: alike entries of two systems are no copies, so more has to be alike. */
const SHARED = ["generic-json", "cef"];

/** What the entries of a thing tell together. */
export interface Told {
  /** The entry whose time was written with the most digits. */
  readonly finest: number;
  /** As `SameThing.tellers`. */
  readonly tellers: readonly number[];
}
export interface Shape {
  readonly fields: number;
  readonly digits: number;
}

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
  readonly #isRecord: (entry: number) => boolean;
  readonly #recordTypes: Compared;

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
    const ofRecords = columns.members.map(({ format }) => RECORD_BY_RECORD.includes(format));
    this.#isRecord = (entry) => ofRecords[columns.member[entry] as number] === true;
    this.#recordTypes = compared(ofRecords.includes(true) ? columns.field("raw.type") : undefined);
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

  /** Whether `entry`, with a reference, may tell of the thing that is told so. */
  isOneByReference({ finest, tellers }: Told, entry: number): boolean {
    if (!this.#ref.equal(finest, entry) || !this.#family.equal(finest, entry)) return false;
    if (!this.#isAtOneTime(finest, entry)) return false;
    const isWhole = this.#assembled(entry);
    if (isWhole && this.#isIncomplete(finest) !== this.#isIncomplete(entry)) return false;
    if (this.#isRecord(finest) !== this.#isRecord(entry) && !this.#hasEqualRecords(finest, entry)) return false;
    const exact = isWhole ? TOLD_BY_WHOLE : this.#isDated(entry) ? 0 : ACTOR_AND_CODE;
    return this.#isToldAlike(tellers, entry, exact);
  }

  /** Copies of such an entry lie in other members, one in each. */
  isAssembled(entry: number): boolean {
    return this.#assembled(entry);
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

  /** Entries that say something of each field of `TOLD`: of those given, the first that does, -1 where none does. */
  tellers(entries: readonly number[]): readonly number[] {
    const tellers: number[] = [];
    for (const field of this.#told) {
      let at = 0;
      while (at < entries.length && !field.has(entries[at] as number)) at++;
      tellers.push(entries[at] ?? -1);
    }
    return tellers;
  }

  /** Which fields are told of, as bits, and how exactly the time. */
  shapeOf({ finest, tellers }: Told): Shape {
    let fields = 0;
    const count = this.#toldFields(finest);
    for (let i = 0; i < count; i++) if ((tellers[i] as number) >= 0) fields |= 1 << i;
    return { fields, digits: this.#digits(finest) };
  }

  /** Equal for what agrees in actor, code and the fields and digits that both shapes have. */
  tellingKey({ finest, tellers }: Told, one: Shape, other: Shape): number {
    const common = one.fields & other.fields;
    const time = this.#columns.time[finest] as number;
    const unit = unitOf(Math.min(one.digits, other.digits));
    let key = joinedKey(joinedKey(this.#family.key(finest), this.#actor.key(finest)), this.#code.key(finest));
    key = joinedKey(key, Math.floor((time - this.secondOf(finest) * SECOND) / unit));
    for (let i = ACTOR_AND_CODE; i < tellers.length; i++) {
      if ((common & (1 << i)) !== 0) key = joinedKey(key, (this.#told[i] as Compared).key(tellers[i] as number));
    }
    return key;
  }

  /** Whether `entry`, without a reference, may tell of the thing that is told so. */
  isOneByTelling({ finest, tellers }: Told, entry: number): boolean {
    if (!this.#family.equal(finest, entry) || !this.#isAtOneTime(finest, entry)) return false;
    return this.#isToldAlike(tellers, entry, ACTOR_AND_CODE);
  }

  hasEqualActorAndCode(a: number, b: number): boolean {
    return this.#actor.equal(a, b) && this.#code.equal(a, b);
  }

  #hasEqualRecords(a: number, b: number): boolean {
    return this.#recordTypes.has(a) && this.#recordTypes.equal(a, b);
  }

  #toldFields(entry: number): number {
    return this.#shared(entry) ? TOLD.length : TOLD_BY_PRODUCT;
  }

  /** The one of two whose time was written with more digits. */
  finer(a: number, b: number): number {
    return this.#digits(b) > this.#digits(a) ? b : a;
  }

  /** The first `exact` of `TOLD` are also told by both or by none. */
  #isToldAlike(tellers: readonly number[], entry: number, exact: number): boolean {
    const count = this.#toldFields(entry);
    for (let i = 0; i < count; i++) {
      const field = this.#told[i] as Compared;
      const teller = tellers[i] as number;
      if (teller < 0 || !field.has(entry)) {
        if (i < exact && teller >= 0 !== field.has(entry)) return false;
      } else if (!field.equal(teller, entry)) return false;
    }
    return true;
  }

  #isIncomplete(entry: number): boolean {
    return ((this.#columns.flags[entry] as number) & FLAG.incomplete) !== 0;
  }

  #isDated(entry: number): boolean {
    return !Number.isNaN(this.#columns.time[entry]);
  }

  #isAtOneTime(a: number, b: number): boolean {
    const { time } = this.#columns;
    if (!this.#isDated(a) || !this.#isDated(b)) return !this.#isDated(a) && !this.#isDated(b);
    const unit = unitOf(Math.min(this.#digits(a), this.#digits(b)));
    return Math.floor((time[a] as number) / unit) === Math.floor((time[b] as number) / unit);
  }

  /** Digits of its second that a column of microseconds holds. */
  #digits(entry: number): number {
    return Math.min(this.#columns.precision[entry] as number, 6);
  }
}

/** µs that a last digit stands for. */
function unitOf(digits: number): number {
  return 10 ** (6 - digits);
}

/** Whether the family of an entry is one of these; where that cannot be told, the strictest rules hold. */
function isOneOf(columns: CaseColumns, families: readonly string[]): (entry: number) => boolean {
  const field = columns.field("family");
  if (field?.kind !== "dict") return () => true;
  const { codes, dictionary } = field;
  const wanted = new Uint8Array(dictionary.size + 1);
  for (let code = 0; code < dictionary.size; code++)
    wanted[code + 1] = families.includes(dictionary.text(code)) ? 1 : 0;
  return (entry) => wanted[codes[entry] as number] === 1;
}
