import type { ByteMark, CanonicalName, EpochMicros, FlagName, MeaningOrigin } from "../contract.ts";
import { FLAG } from "../contract.ts";
import type { EntrySink } from "../formats/format.ts";

/** A field of one entry with all its values; origin and mark are those of the first. */
export interface KeptField {
  readonly name: string;
  readonly values: readonly string[];
  readonly origin: MeaningOrigin | undefined;
  readonly mark: ByteMark | undefined;
}
export interface KeptTime {
  /** undefined = undated. */
  readonly at: EpochMicros | undefined;
  readonly precision: number;
  readonly text: string;
  readonly origin: MeaningOrigin | undefined;
  readonly mark: ByteMark | undefined;
}
const NO_TIME: KeptTime = { at: undefined, precision: 0, text: "", origin: undefined, mark: undefined };

interface Growing extends KeptField {
  readonly values: string[];
  /** The values once more, where they are too many to be looked through each time. */
  known: Set<string> | undefined;
}
const MANY_VALUES = 32;

/** Keeps one entry as a person sees it: every value with where it came from. The counterpart of the column builder. */
export class ObjectSink implements EntrySink {
  #time = NO_TIME;
  #flags = 0;
  readonly #canonical = new Map<string, Growing>();
  readonly #originals = new Map<string, Growing>();

  get when(): KeptTime {
    return this.#time;
  }
  /** Bits of `FLAG`. */
  get flags(): number {
    return this.#flags;
  }
  /** Canonical fields under their short names, in the order they were written. */
  get canonical(): ReadonlyMap<string, KeptField> {
    return this.#canonical;
  }
  /** Original fields under the record's own names. */
  get originals(): ReadonlyMap<string, KeptField> {
    return this.#originals;
  }

  time(at: EpochMicros | undefined, precision: number, text: string, origin?: MeaningOrigin, mark?: ByteMark): void {
    this.#time = { at: Number.isNaN(at) ? undefined : at, precision, text, origin, mark };
  }

  text(field: CanonicalName, value: string, origin?: MeaningOrigin, mark?: ByteMark): void {
    keep(this.#canonical, field, value, origin, mark);
  }

  original(name: string, value: string, mark?: ByteMark): void {
    keep(this.#originals, name, value, undefined, mark);
  }

  originalIn(name: string, text: string, start: number, end: number, record: number): void {
    keep(this.#originals, name, text.slice(start, end), undefined, { record, start, end });
  }

  flag(flag: FlagName): void {
    this.#flags |= FLAG[flag];
  }
}

/** A value that an entry repeats is kept once, as in the columns. */
function keep(
  fields: Map<string, Growing>,
  name: string,
  value: string,
  origin: MeaningOrigin | undefined,
  mark: ByteMark | undefined,
): void {
  const known = fields.get(name);
  if (known === undefined) fields.set(name, { name, values: [value], origin, mark, known: undefined });
  else if (!isKnown(known, value)) known.values.push(value);
}

/** Takes it that a value which is not known yet is added next. */
function isKnown(field: Growing, value: string): boolean {
  if (field.known === undefined) {
    if (field.values.length < MANY_VALUES) return field.values.includes(value);
    field.known = new Set(field.values);
  }
  const { size } = field.known.add(value);
  return size === field.values.length;
}
