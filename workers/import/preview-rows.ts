import { CANONICAL, type Preview, type PreviewRow } from "../contract.ts";
import type { AnyOutput, CarriedRecord, EntrySink } from "../formats/format.ts";
import { ObjectSink } from "./object-sink.ts";

const MAX_RAW_BYTES = 4096;
/** Records that are kept to look for fields of times. */
const SAMPLE = 200;

type Place = Pick<CarriedRecord, "offset" | "length" | "line">;
type Reject = NonNullable<PreviewRow["reject"]>;
interface Shown {
  readonly places: readonly Place[];
  readonly first: Place;
  readonly fields: ObjectSink;
  readonly reject: Reject | undefined;
}

/** Gathers what a carrier and a format decide, entries and rejects, for a preview in the order of the bytes. */
export class PreviewRows implements AnyOutput {
  readonly sample: CarriedRecord[] = [];
  readonly #most: number;
  readonly #rows: Shown[] = [];
  #rejects = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** More was decided than is shown. */
  get isFull(): boolean {
    return this.#rows.length >= this.#most;
  }

  get count(): number {
    return this.#rows.length;
  }

  see(record: CarriedRecord): void {
    if (this.sample.length < SAMPLE) this.sample.push(record);
  }

  entry(records: readonly CarriedRecord[], _duplicates: number, write: (sink: EntrySink) => void): void {
    const fields = new ObjectSink();
    write(fields);
    for (const record of records) for (const flag of record.flags) fields.flag(flag);
    this.#add(records.map(placeOf), fields, undefined);
  }

  reject(record: CarriedRecord, code: string, detail: string): void {
    this.rejected(record, { code, detail });
  }

  rejected(place: Place, reject: Reject): void {
    this.#rejects++;
    this.#add([placeOf(place)], new ObjectSink(), reject);
  }

  ignore(): void {}

  /** `bytes`: the member from its start, as far as it was read. */
  shown(bytes: Uint8Array): Pick<Preview, "columns" | "rows" | "rejects" | "timeFrom"> {
    const rows = this.#rows.toSorted((a, b) => a.first.offset - b.first.offset).slice(0, this.#most);
    const columns = columnsOf(rows);
    return {
      columns,
      rows: rows.map((row) => rowOf(row, columns, bytes)),
      rejects: this.#rejects,
      timeFrom: rows.find(({ fields }) => fields.when.at !== undefined)?.fields.when.origin?.text,
    };
  }

  #add(places: readonly Place[], fields: ObjectSink, reject: Reject | undefined): void {
    const [first] = places;
    if (first !== undefined) this.#rows.push({ places, first, fields, reject });
  }
}

/** Without the body, which would be kept with it. */
function placeOf({ offset, length, line }: Place): Place {
  return { offset, length, line };
}

/** Canonical fields that some row has, in their order, then original ones as they were met. */
function columnsOf(rows: readonly Shown[]): string[] {
  const canonical = CANONICAL.filter((name) => rows.some(({ fields }) => fields.canonical.has(name)));
  const originals = new Set(rows.flatMap(({ fields }) => [...fields.originals.keys()]));
  return [...canonical, ...[...originals].map((name) => `raw.${name}`)];
}

function rowOf({ places, first, fields, reject }: Shown, columns: readonly string[], bytes: Uint8Array): PreviewRow {
  return {
    time: fields.when.at ?? Number.NaN,
    precision: fields.when.precision,
    flags: fields.flags,
    cells: columns.map((name) => cellOf(fields, name)),
    raw: rawOf(places, bytes),
    offset: first.offset,
    line: first.line,
    ...(reject === undefined ? {} : { reject }),
  };
}

function cellOf(fields: ObjectSink, column: string): string | readonly string[] {
  const isOriginal = column.startsWith("raw.");
  const kept = isOriginal ? fields.originals.get(column.slice("raw.".length)) : fields.canonical.get(column);
  const values = kept?.values ?? [];
  return values.length > 1 ? values : (values[0] ?? "");
}

function rawOf(places: readonly Place[], bytes: Uint8Array): Uint8Array {
  const parts = places.map(({ offset, length }) => bytes.subarray(offset, offset + Math.min(length, MAX_RAW_BYTES)));
  return new Uint8Array(Buffer.concat(parts).subarray(0, MAX_RAW_BYTES));
}
