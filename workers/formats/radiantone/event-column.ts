/** Which column of a raw source holds the id of the event: the one whose values the definitions know. */
import { jsonText } from "../../base/json.ts";
import type { MappingReading } from "../../contract.ts";
import type { CarriedRecord } from "../format.ts";
import { type ReadDefinitions, readDefinitions } from "./definitions.ts";

const read = new WeakMap<MappingReading, ReadDefinitions>();

export function definitionsOf(mapping: MappingReading): ReadDefinitions {
  const known = read.get(mapping) ?? readDefinitions(mapping);
  read.set(mapping, known);
  return known;
}

/** What the definitions themselves call it wins over a column with more known ids. */
const OWN_NAME = "eventid";

export interface EventColumn {
  readonly name: string;
  /** How many of the records hold a known id there. */
  readonly known: number;
}

export function eventColumn(records: readonly CarriedRecord[], mapping: MappingReading): EventColumn | undefined {
  const { definitions } = definitionsOf(mapping);
  if (definitions === undefined) return undefined;
  const counts = new Map<string, number>();
  for (const { body } of records) {
    if (body.kind !== "object") continue;
    for (const [name, value] of Object.entries(body.value)) {
      if (value === null || !definitions.fields.has(jsonText(value))) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const columns = [...counts].map(([name, known]) => ({ name, known }));
  const named = columns.find(({ name }) => name === (mapping.eventId ?? OWN_NAME));
  return named ?? columns.sort((a, b) => b.known - a.known)[0];
}
