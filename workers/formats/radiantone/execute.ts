/**
 * A record of a raw source under the definitions of RadiantOne. Where the vendor is silent: a placeholder that nothing
 * fills gives no text, surplus property values go to the data as property_N, a count that is no number is 1, and an event
 * without a row of the mapping keeps all its columns in the data.
 */
import { emptyObject, type JsonObject, jsonText, printJson } from "../../base/json.ts";
import type { FlagName, MeaningOrigin } from "../../contract.ts";
import type { Found, Mapping } from "../mapper.ts";
import type { Definitions, EventType, MappedField } from "./definitions.ts";
import { STATUS } from "./table.ts";
import type { Template, TemplatePart } from "./template.ts";

type ColumnPart = Extract<TemplatePart, { readonly kind: "column" }>;

const VALUES = ["properties"] as const;
const BY_MAPPING: MeaningOrigin = { kind: "table", text: "the attribute mapping" };
const ONE: MeaningOrigin = { kind: "inferred", text: "a count that is no number is 1" };
const LEFT: MeaningOrigin = { kind: "record", text: "all without a field of its own" };

export interface Executed {
  /** What the mapping makes of the date; undefined where it gives none. */
  readonly date: Found | undefined;
  /** Writes what no field took; called after everything else. */
  writeData(): void;
}

/** Writes the canonical fields. `id` is the event id as the record has it. */
export function execute(
  mapping: Mapping,
  id: string,
  definitions: Definitions,
  flag: (flag: FlagName) => void,
): Executed {
  const event = definitions.events.get(id);
  const fields = definitions.fields.get(id);
  const record = new MappedRecord(mapping, event);
  if (fields === undefined) {
    flag("unmapped");
    const date = definitions.date === undefined ? undefined : record.fill(definitions.date, "log_date");
    return { date, writeData: () => writeAll(mapping) };
  }
  let [date, data]: (Found | undefined)[] = [];
  for (const field of fields) {
    const found = record.fill(field.template, field.column);
    if (found === undefined) continue;
    if (field.to === "time") date = found;
    else if (field.to === "data") data = found;
    else writeField(mapping, { ...field, to: field.to }, found, flag);
  }
  if (!mapping.has("count")) writeOne(mapping, flag);
  return { date, writeData: () => writeData(mapping, record, data) };
}

function writeField(
  mapping: Mapping,
  { to, template }: MappedField & { readonly to: Exclude<MappedField["to"], "time"> },
  found: Found,
  flag: (flag: FlagName) => void,
): void {
  const text = jsonText(found.value);
  if (to === "count" && !/^0*[1-9]\d*$/.test(text)) return writeOne(mapping, flag);
  const word = to === "outcome" ? STATUS[text.toLowerCase()] : undefined;
  mapping.write(
    to,
    word ?? text,
    isOneColumn(template) ? found : undefined,
    isOneColumn(template) ? undefined : BY_MAPPING,
  );
}

function writeOne(mapping: Mapping, flag: (flag: FlagName) => void): void {
  mapping.write("count", "1", undefined, ONE);
  flag("valueUnfit");
}

function writeAll(mapping: Mapping): void {
  mapping.write("data", printJson(mapping.object), undefined, LEFT);
}

function writeData(mapping: Mapping, record: MappedRecord, data: Found | undefined): void {
  const surplus = record.surplus;
  const hasSurplus = Object.keys(surplus).length > 0;
  if (data !== undefined) {
    const text = jsonText(data.value);
    mapping.write("data", hasSurplus ? `${text}\n${printJson(surplus)}` : text, undefined, BY_MAPPING);
    return;
  }
  const left = Object.assign(emptyObject(), surplus);
  for (const [name, value] of Object.entries(mapping.object)) {
    if (value !== "" && value !== null && !record.used.has(name)) left[name] = value;
  }
  if (Object.keys(left).length > 0) mapping.write("data", printJson(left), undefined, LEFT);
}

function isOneColumn(template: Template): boolean {
  return template.length === 1 && template[0]?.kind === "column";
}

/** Fills templates from one record and remembers which of its columns went into a field. */
class MappedRecord {
  readonly used = new Set<string>();
  readonly #mapping: Mapping;
  readonly #event: EventType | undefined;
  readonly #values: readonly string[];
  readonly #properties = new Set<string>();

  constructor(mapping: Mapping, event: EventType | undefined) {
    this.#mapping = mapping;
    this.#event = event;
    const found = mapping.object[VALUES[0]];
    this.#values = found === undefined || found === null || found === "" ? [] : jsonText(found).split("|");
  }

  /** undefined where no text comes of it. */
  fill(template: Template, column: string): Found | undefined {
    const [first] = template;
    if (template.length === 1 && first?.kind === "column") return this.#column(first);
    const value = template.map((part) => this.#text(part)).join("");
    return value === "" ? undefined : { path: column, value, origin: BY_MAPPING };
  }

  /** Property values beyond the names of the event, by place from 1. */
  get surplus(): JsonObject {
    const names = this.#event?.properties ?? [];
    const surplus = emptyObject();
    this.#values.forEach((value, i) => {
      if ((names[i] ?? "") === "" && value !== "") surplus[`property_${i + 1}`] = value;
    });
    return surplus;
  }

  #text(part: TemplatePart): string {
    if (part.kind === "text") return part.text;
    if (part.kind === "event") return this.#event?.[part.name] ?? "";
    if (part.kind === "property") return this.#property(part.name);
    if (part.kind === "all properties") return this.#all();
    const found = this.#column(part);
    return found === undefined ? "" : jsonText(found.value);
  }

  /** Names are case sensitive. */
  #column({ name, path }: ColumnPart): Found | undefined {
    const found = this.#mapping.find(path, true);
    if (found?.path !== name) return undefined;
    this.used.add(name);
    return found;
  }

  #property(name: string): string {
    const at = this.#event?.properties.indexOf(name) ?? -1;
    if (at === -1 || name === "") return "";
    this.#take([name]);
    return this.#values[at] ?? "";
  }

  #all(): string {
    const names = this.#event?.properties ?? [];
    this.#take(names);
    return names.flatMap((name, i) => (name === "" ? [] : [`${name}: ${this.#values[i] ?? ""}`])).join("\n");
  }

  /** The column of the values has gone into fields once each named value has. */
  #take(names: readonly string[]): void {
    for (const name of names) this.#properties.add(name);
    const isDone = this.#event?.properties.every((name) => name === "" || this.#properties.has(name)) ?? false;
    if (isDone) this.used.add(VALUES[0]);
  }
}
