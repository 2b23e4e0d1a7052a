/** How definitions fit a member: the column of the event ids, and placeholders that nothing fills. */
import type { MappingFit, MappingReading } from "../../contract.ts";
import type { CarriedRecord, Remark } from "../format.ts";
import type { Definitions } from "./definitions.ts";
import { definitionsOf, eventColumn } from "./event-column.ts";

/** A few ids that the definitions do not know are entries that are flagged; a column of them is another log. */
const FEWEST_KNOWN = 0.5;
const MOST_COLUMNS = 600;

export function mappingFit(records: readonly CarriedRecord[], mapping: MappingReading): MappingFit {
  const column = eventColumn(records, mapping);
  const { definitions } = definitionsOf(mapping);
  const seen = new Set(records.flatMap(({ body }) => (body.kind === "object" ? Object.keys(body.value) : [])));
  const unfilled = definitions === undefined ? [] : [...columnsIn(definitions)].filter((name) => !seen.has(name));
  return {
    eventId: column?.name,
    known: column?.known ?? 0,
    records: records.length,
    fits: column !== undefined && column.known > 0 && column.known >= records.length * FEWEST_KNOWN,
    columns: [...seen].slice(0, MOST_COLUMNS),
    unknown: [...unfilled, ...(definitions === undefined ? [] : strangers(definitions))].map((name) => `{${name}}`),
  };
}

/** Looks at every record of a member, so that each placeholder that none of them fills is told once. */
export class UnfilledWatch {
  readonly #unfilled: Set<string>;
  readonly #strangers: readonly string[];

  constructor(definitions: Definitions) {
    this.#unfilled = columnsIn(definitions);
    this.#strangers = strangers(definitions);
  }

  see(record: CarriedRecord): void {
    if (this.#unfilled.size === 0 || record.body.kind !== "object") return;
    for (const name of this.#unfilled) if (Object.hasOwn(record.body.value, name)) this.#unfilled.delete(name);
  }

  remark(): Remark | undefined {
    const names = [...this.#unfilled, ...this.#strangers].map((name) => `{${name}}`);
    if (names.length === 0) return undefined;
    return {
      message: `The mapping names ${names.join(", ")}, which ${names.length === 1 ? "nothing" : "none of it"} fills: no text comes of it.`,
      next: "Compare it with the columns of the file; the mapping can be edited with the file beside it.",
    };
  }
}

/** Source columns that the mapping names. */
function columnsIn({ fields }: Definitions): Set<string> {
  const parts = [...fields.values()].flatMap((own) => own.flatMap(({ template }) => template));
  return new Set(parts.flatMap((part) => (part.kind === "column" ? [part.name] : [])));
}

/** Own properties that the mapping names and the event does not have, as they are written. */
function strangers({ events, fields }: Definitions): readonly string[] {
  const found = [...fields].flatMap(([id, own]) => {
    const known = events.get(id)?.properties ?? [];
    const parts = own.flatMap(({ template }) => template);
    return parts.flatMap((part) => (part.kind === "property" && !known.includes(part.name) ? [part.name] : []));
  });
  return [...new Set(found)].map((name) => `param.${name}`);
}
