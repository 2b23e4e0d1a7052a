/**
 * The public `Linux.Auditd` log schema: its 123 fields as data (linux-auditd-fields.json), in the schema's own order. One
 * row is one audit record. Every field is text but `timestamp`, unix seconds, and `extra_message_fields`, a map of what
 * has no field of its own.
 */
import fieldFile from "./linux-auditd-fields.json" with { type: "json" };

export interface SchemaField {
  /** As the schema spells it, a mix of `-` and `_`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** `ip`, `hostname`, `actor_id`: what the field's values are indicators of. */
  readonly indicators: readonly string[];
  /** Record types in which it is known; `*` = every record, a trailing `*` = every type with that beginning. */
  readonly records: readonly string[];
  readonly description: string;
  readonly encoded?: boolean;
  readonly multiValuedInEvent?: boolean;
  /** False where the schema declares an indicator that the field is not: `ip` is the address of an instruction. */
  readonly indicatorHonoured?: boolean;
}
export const SCHEMA_NAME: string = fieldFile.schema;
export const SCHEMA_FIELDS: readonly SchemaField[] = fieldFile.fields;
/** Map of everything that has no field of its own. */
export const EXTRA_FIELDS = "extra_message_fields";

const byName = new Map(SCHEMA_FIELDS.map((field) => [field.name, field]));

export function schemaField(name: string): SchemaField | undefined {
  return byName.get(name);
}
