/** An event with its records cut into fields, and the questions that reading and explaining ask of it. */
import type { ByteMark, IdentityNames, MeaningOrigin } from "../../contract.ts";
import { isAscii } from "../../base/bytes.ts";
import type { AuditEvent } from "./assembly.ts";
import { readFields, type Field, type RecordFields, type Scope } from "./fields.ts";
import type { AuditRecord } from "./record.ts";
import { isAbsent, isAsWritten, rawValue, valueText } from "./values.ts";

/** A value with where it comes from. */
export interface Said {
  readonly value: string;
  readonly origin: MeaningOrigin;
  readonly mark: ByteMark | undefined;
}

/**
 * Fields are searched in order instead of being put in a map: a record has some twenty, names are interned, and a map a
 * record would cost more than all the questions asked of it.
 */
export class RecordView {
  readonly record: AuditRecord;
  readonly parts: RecordFields;
  readonly fields: readonly Field[];
  readonly type: string;
  /** Place of its carried record in the entry. */
  readonly number: number;
  /** Account names found in the same evidence. */
  readonly names: IdentityNames | undefined;

  readonly #isAscii: boolean;

  constructor(record: AuditRecord, number: number, names?: IdentityNames) {
    this.record = record;
    this.names = names;
    this.#isAscii = isAscii(record.text);
    this.parts = readFields(record);
    this.fields = this.parts.fields;
    this.type = record.type.name;
    this.number = number;
  }

  /** The first field of that name; the header's before the nested one. */
  find(name: string, scope?: Scope): Field | undefined {
    for (const field of this.fields) {
      if (field.field.name === name && (scope === undefined || field.scope === scope)) return field;
    }
    return undefined;
  }

  /** Decoded text; undefined = no such field, or it says that there is none (`?`, `(null)`, unset). */
  text(name: string, scope?: Scope): string | undefined {
    const field = this.find(name, scope);
    if (field === undefined) return undefined;
    const value = this.valueOf(field);
    return isAbsent(value) ? undefined : value;
  }

  /** As written. */
  raw(name: string, scope?: Scope): string | undefined {
    const field = this.find(name, scope);
    return field === undefined ? undefined : rawValue(this.record.text, field);
  }

  valueOf(field: Field): string {
    return valueText(this.record.text, field, this.#isAscii);
  }

  /** The field's value is its bytes, without any decoding. */
  isAsWritten(field: Field): boolean {
    return this.#isAscii && isAsWritten(field);
  }

  /** Where a field's value lies in its carried record. */
  mark(field: Field): ByteMark {
    return { record: this.number, start: field.start, end: field.end };
  }

  said(name: string, origin: MeaningOrigin, scope?: Scope): Said | undefined {
    const field = this.find(name, scope);
    if (field === undefined) return undefined;
    const value = this.valueOf(field);
    return isAbsent(value) ? undefined : { value, origin, mark: this.mark(field) };
  }

  get lead(): string {
    return this.record.text.slice(this.parts.lead.start, this.parts.lead.end);
  }

  get nestedLead(): string {
    return this.record.text.slice(this.parts.nestedLead.start, this.parts.nestedLead.end);
  }
}

/** Where the word of a record's type stands. */
export function typeMark(view: RecordView): ByteMark | undefined {
  const { text, start, stamp, typeWord } = view.record;
  if (typeWord === "") return undefined;
  // A journal's record has no stamp and begins with its type.
  if (stamp.at < 0) return { record: view.number, start, end: start + typeWord.length };
  const at = text.lastIndexOf(typeWord, stamp.at);
  return at < start ? undefined : { record: view.number, start: at, end: at + typeWord.length };
}

export class EventView {
  readonly event: AuditEvent;
  readonly records: readonly RecordView[];

  constructor(event: AuditEvent, names?: IdentityNames) {
    this.event = event;
    let number = 0;
    this.records = event.records.map((record) => {
      if (event.carried[number] !== record.carried) number = event.carried.indexOf(record.carried, number);
      return new RecordView(record, number, names);
    });
  }

  /** The record that names its node: of repeated records only one may. */
  get nodeRecord(): AuditRecord | undefined {
    const named = (record: AuditRecord) => record.node !== "";
    return this.event.records.find(named) ?? this.event.repeats.find(named);
  }

  first(type: string): RecordView | undefined {
    for (const record of this.records) if (record.type === type) return record;
    return undefined;
  }

  all(type: string): readonly RecordView[] {
    return this.records.filter((record) => record.type === type);
  }
}
